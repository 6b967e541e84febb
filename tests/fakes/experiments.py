"""Accepted pieces of the tiny brand's campaign, a test of them, and what tools would report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from inedit.archive.pieces import put_piece
from inedit.insight_loop.experiments.design import Arm, Design
from inedit.model import Piece, Status, VariantSpec, Verdict
from inedit.store import Store

FIRST_DAY = date(2026, 11, 1)


def a_piece(index: int, *, campaign: str = "spring", **made_of: Any) -> Piece:
    """An accepted piece, made of what is said and of defaults."""
    spec = VariantSpec(campaign, "email", "families", "fr", "warm", index, "testimony", ("odette",))
    spec = replace(spec, **made_of)
    return Piece(f"{spec.key}-1", "run-1", spec, Status.ACCEPTED, {"body": f"Texte {spec.key}"}, Verdict(), 1)


def keep(store: Store, *pieces: Piece) -> None:
    """The pieces in the archive."""
    with store.write() as connection:
        for piece in pieces:
            put_piece(connection, piece, scope="b:fr", brief_sha="s", revision_number=1)


def a_design(**changes: Any) -> Design:
    """A test of two angles that takes 1,000 impressions an arm."""
    arms = (Arm("A", "testimony", ("aaaa11-1",), 0.5), Arm("B", "how-to", ("bbbb22-1",), 0.5))
    design = Design(
        "spring-angle-1", "spring", "angle", "clicks", "fixed", 0.1, 0.3, 0.05, 0.8, 1000, arms, FIRST_DAY,
    )  # fmt: skip
    return replace(design, **changes)


def a_file(*days: tuple[tuple[int, int], ...], header: str = "arm,day,impressions,clicks") -> bytes:
    """A CSV file: for each day, impressions and clicks of each arm."""
    lines = [
        f"{'ABCDEF'[n]},{FIRST_DAY + timedelta(days=number)},{shown},{clicked}"
        for number, told in enumerate(days)
        for n, (shown, clicked) in enumerate(told)
    ]
    return "\n".join((header, *lines)).encode()
