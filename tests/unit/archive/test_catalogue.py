"""The cards in memory follow what anybody writes to the archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from fakes.pipeline import a_variant
from inedit.archive.catalogue import Catalogue
from inedit.archive.pieces import put_piece
from inedit.archive.reviews import decide_piece
from inedit.model import Approval, Finding, Piece, Severity, Status, Verdict
from inedit.store import open_store

AT = datetime(2026, 11, 28, tzinfo=UTC)


def test_cards_follow_every_change_and_show_the_newest_revision(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'inedit.db'}")
    spec, finding = a_variant(), Finding("figures", Severity.NOTE, "x")
    piece = Piece(f"{spec.key}-1", "r", spec, Status.PARKED, {"body": "Un drap."}, Verdict((finding,)), 1,
                  approval=Approval.PENDING)  # fmt: skip
    catalogue = Catalogue(store)
    assert catalogue.cards() == ()
    with store.write() as connection:
        put_piece(connection, piece, scope="b:fr", brief_sha="x", revision_number=1)
    [card] = catalogue.cards()
    assert (card.opening, card.approval, card.checks) == (
        "Un drap.",
        Approval.PENDING,
        (("figures", "note"),),
    )
    assert catalogue.cards()[0] is card, "nothing is read twice"
    with store.write() as connection:
        decide_piece(connection, piece.id, Approval.APPROVED, by="Anne", at=AT, comment="")
    [card] = catalogue.cards()
    assert (card.status, card.decided_by) == (Status.ACCEPTED, "Anne")
    with store.write() as connection:
        newer = replace(piece, id=f"{spec.key}-2")
        put_piece(connection, newer, scope="b:fr", brief_sha="x", revision_number=2)
    assert [card.id for card in catalogue.cards()] == [newer.id]
    store.close()
