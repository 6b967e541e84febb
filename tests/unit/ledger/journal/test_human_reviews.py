"""Who reviewed a piece for what: in the chain, as a row, and both held against one another."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from fakes.ledger import Clock, a_baseline, a_spec
from inedit.ledger import Ledger
from inedit.ledger.journal.human_reviews import (
    ai_share,
    human_reviews,
    record_human_review,
    reviewed_pieces,
)
from inedit.ledger.journal.reading import Scope
from inedit.model import Originality, Piece, Status, Verdict
from inedit.store import Store
from inedit.store.seals import seal_piece
from inedit.store.tables import pieces

THEN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ALL = ("accuracy", "plausibility", "sources")


def a_piece(index: int = 0, paste_share: float | None = 0.25) -> Piece:
    """A piece of which a quarter stands word for word in what people supplied."""
    spec = a_spec(index)
    verdict = Verdict(originality=Originality(paste_share=paste_share))
    return Piece(f"{spec.key}-1", "run-1", spec, Status.ACCEPTED, {}, verdict, 1)


def keep(store: Store, piece: Piece) -> None:
    with store.write() as connection:
        connection.execute(
            pieces.insert().values(
                id=piece.id, run_id="run-1", campaign_id="spring", spec_key=piece.spec.key, brief_sha="b", scope="s",
                status="accepted", spec="{}", parts="{}", text="", verdict="{}", attempts=1,
                created_at="2026-11-22T09:00:00Z",
            )
        )  # fmt: skip
        seal_piece(connection, piece.id)


def review(ledger: Ledger, piece: Piece, checked: tuple[str, ...] = ALL) -> None:
    with ledger.transaction() as connection:
        record_human_review(
            connection,
            piece,
            by="Anne",
            checked=checked,
            seconds=90,
            decision="approved",
            at=THEN,
            currency="EUR",
        )


def test_a_review_is_in_the_chain_and_can_be_asked_for(ledger: Ledger, store: Store, clock: Clock) -> None:
    """What it was read for, by whom, when, how long, how much a model wrote, and whether the text is still the same."""
    first, second = a_piece(0), a_piece(1, None)
    for piece in (first, second):
        keep(store, piece)
    ledger.record_saving(first.spec, a_baseline(), run_id="run-1")
    before = ledger.summary()
    review(ledger, first)
    review(ledger, second, ("accuracy",))
    (found,) = human_reviews(store, [first.id])
    assert (found.checked, found.reviewed_by, found.seconds, found.ai_share) == (ALL, "Anne", 90, "0.75")
    assert "read for accuracy, plausibility, sources, 2026-11-22, 1.5 minutes" in found.told(first.text)
    assert found.told("another text").endswith("the text has changed since")
    assert str(ai_share(second)) == "1"
    with store.read() as connection:
        told = reviewed_pieces(connection, Scope())
        query = text("SELECT piece_id, accuracy, sources FROM finance_human_reviews ORDER BY 3")
        rows = connection.execute(query).all()
        savings = connection.execute(text("SELECT COUNT(*) FROM finance_savings")).scalar()
    assert (told.accepted, told.reviewed, told.for_everything, told.seconds) == (2, 2, 1, 180)
    assert [tuple(row) for row in rows] == [(second.id, 1, 0), (first.id, 1, 1)]
    assert savings == 1, "a review of this kind saves nothing, and is no row of savings"
    after = ledger.summary()
    assert (after.saved_seconds, after.saved_pieces) == (before.saved_seconds, before.saved_pieces)
    assert after.head.seq == before.head.seq + 2
    assert ledger.verify().holds


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE human_reviews SET sources = 1",
        "UPDATE human_reviews SET reviewed_by = 'Paul'",
        "DELETE FROM human_reviews",
        "INSERT INTO human_reviews SELECT 'made up', piece_id, reviewed_at, reviewed_by, decision, 1, 1, 1, seconds,"
        " ai_share, text_sha256 FROM human_reviews",
    ],
)
def test_a_row_that_says_something_else_than_the_chain_is_named(
    ledger: Ledger, store: Store, attack: str
) -> None:
    """Nobody can make a review of what was not reviewed, or take one away."""
    review(ledger, a_piece(), ("accuracy",))
    assert ledger.verify().holds
    store.close()
    with closing(sqlite3.connect(str(store.engine.url.database))) as raw, raw:
        triggers = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE name LIKE 'human_reviews_no_%'"
        ).fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(attack)  # whoever opens the file himself is asked for no foreign key
        for _, statement in triggers:
            raw.execute(statement)
    assert {flaw.rule for flaw in ledger.verify().flaws} == {"human review"}
