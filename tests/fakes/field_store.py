"""A store with what a community said, some of it coded, and a test of two insights: for the studio to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from fakes.experiments import a_design, a_file, a_piece
from inedit.insight_loop.coding.codings import OFFLINE, CodedText, Coding, keep_all
from inedit.insight_loop.experiments import journal
from inedit.insight_loop.experiments.design import Arm
from inedit.insight_loop.experiments.figures import read_figures
from inedit.insight_loop.field_store import add_verbatims
from inedit.insight_loop.verbatims import Verbatim
from inedit.model import Span
from inedit.store import Store

PLACE = "reprise-discord"
START = datetime(2026, 9, 1, tzinfo=UTC)
TORN = (
    "Au bout de deux ans le drap est déjà troué aux pieds.",
    "Après six mois, le drap est déjà tout usé et troué aux pieds.",
    "Le drap de ma fille est déjà troué aux pieds, au bout de trois mois.",
    "Un drap troué aux pieds, le reste était comme neuf.",
    "Le drap s'est troué aux pieds en deux hivers.",
    "Le tissu de mon drap est déjà troué aux pieds au bout de quelques mois.",
)


def a_verbatim(text: str, author: int, *, place: str = PLACE, consent: bool = False) -> Verbatim:
    """What somebody said; authors are numbers."""
    id, who = (sha256(told.encode()).hexdigest()[:32] for told in (f"{author}{text}", f"author {author}"))
    return Verbatim(id, place, who, START + timedelta(days=author), "fr", text, consent=consent)


def people_said(
    store: Store, texts: Sequence[str] = TORN, *, code: str = "wears-out", consenting: int = 0
) -> list[Verbatim]:
    """Each text by another person, coded offline; the first ``consenting`` may be quoted."""
    said = [a_verbatim(text, n, consent=n < consenting) for n, text in enumerate(texts)]
    add_verbatims(store, said)
    keep_all(
        store,
        [CodedText(one.id, OFFLINE, "offline", START, (Coding(code, Span(0, len(one.text)), 0.9),)) for one in said],
    )  # fmt: skip
    return said


def a_finished_test(store: Store, campaign: str, worse: str, better: str) -> str:
    """A test of two insights with a winner, of texts that are not kept; returns its id."""
    of = {"campaign": campaign, "angle": "testimony"}
    pieces = [a_piece(n, **of, insight_ids=(name,)) for n, name in enumerate((worse, better))]
    arms = tuple(
        Arm(arm, piece.spec.insight_ids[0], (piece.id,), 0.5) for arm, piece in zip("AB", pieces, strict=True)
    )
    design = replace(a_design(id=f"{campaign}-insight-1", campaign_id=campaign, factor="insight"), arms=arms)
    journal.put_design(store, design, START)
    good, bad = read_figures(a_file(((1200, 100), (1200, 200))), "f.csv", design, today=date(2026, 11, 29))
    assert not bad
    journal.put_figures(store, design, good, file_sha="0", now=START)
    return design.id
