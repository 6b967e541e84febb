"""Who reviewed a piece for what: in the chain, as a row, and both held against one another."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from fakes.ledger import Clock, a_baseline, a_spec
from inedit.ledger import Ledger
from inedit.ledger.journal.human_reviews import (
    NOBODY_REVIEWED,
    HumanReview,
    ReviewedPieces,
    ai_share,
    digest,
    human_reviews,
    record_human_review,
    reviewed_pieces,
    row_of,
    told_by,
)
from inedit.ledger.journal.reading import Scope
from inedit.model import Originality, Piece, Status, Verdict
from inedit.store import Store, utc_text
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


def review(ledger: Ledger, piece: Piece, checked: tuple[str, ...] = ALL, at: datetime = THEN) -> None:
    with ledger.transaction() as connection:
        record_human_review(
            connection,
            piece,
            by="Anne",
            checked=checked,
            seconds=90,
            decision="approved",
            at=at,
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


def test_a_review_says_what_it_was_and_of_which_text() -> None:
    """What for, or that nobody said; only that very text counts."""
    review = HumanReview(
        "p", "2026-11-22T09:30:00.000Z", "Anne", "rejected", accuracy=False, plausibility=True, sources=True,
        seconds=99, ai_share="0.5", text_sha256=digest("Été"),
    )  # fmt: skip
    assert review.checked == ("plausibility", "sources")
    assert review.told("Été") == "rejected by Anne, read for plausibility, sources, 2026-11-22, 1.6 minutes"
    assert (review.is_of("Été"), review.is_of("été")) == (True, False)
    unsaid = replace(review, plausibility=False, sources=False)
    assert unsaid.told("") == (
        "rejected by Anne, read without saying what for, 2026-11-22, 1.6 minutes; the text has changed since"
    )
    assert HumanReview(**review.as_json()) == review
    assert row_of("e", review.as_json()) == {
        **review.as_json(), "accuracy": 0, "plausibility": 1, "sources": 1, "entry_id": "e",
    }  # fmt: skip
    assert digest("Été") == hashlib.sha256("Été".encode()).hexdigest()


@pytest.mark.parametrize(
    ("pasted", "share"), [(None, "1"), (0.0, "1.0"), (1.0, "0.0"), (1 / 3, "0.6667"), (0.00004, "1.0")]
)
def test_the_share_that_a_model_wrote(pasted: float | None, share: str) -> None:
    """What is not pasted, to four digits; all of it where nobody measured."""
    assert str(ai_share(a_piece(0, pasted))) == share


def test_the_memo_of_a_review_names_its_piece_run_and_revision(ledger: Ledger, store: Store) -> None:
    """It saves nothing, in the currency of the piece's other memos, and tells what its row tells."""
    review(ledger, a_piece(), ("sources",))
    entry = next(one for one in ledger.entries() if one.purpose == "human review")
    spec = a_spec()
    assert (entry.kind, entry.run_id, entry.spec_key, entry.edition) == ("memo", "run-1", spec.key, 1)
    assert (entry.campaign_id, entry.language, entry.currency, entry.note) == ("spring", "fr", "EUR", None)
    assert (entry.provider, entry.model, entry.cost_micros) == (None, None, None)
    saved = [getattr(entry, f"saved_{what}_{end}") for what in ("seconds", "micros")
             for end in ("low", "expected", "high")]  # fmt: skip
    assert saved == [0] * 6
    assert (entry.occurred_at, entry.recorded_at, entry.period) == (utc_text(THEN), utc_text(THEN), "2026-11")
    with store.read() as connection:
        row = dict(connection.execute(text("SELECT * FROM human_reviews")).mappings().one())
    assert row == row_of(entry.id, told_by(entry))
    assert (row["accuracy"], row["plausibility"], row["sources"], row["decision"]) == (0, 0, 1, "approved")


def test_a_review_of_a_closed_month_is_booked_in_the_open_one(ledger: Ledger, clock: Clock) -> None:
    """With a note that says where it belongs."""
    clock.turn_to(2026, 12, 2)
    ledger.close_month("2026-11", "Ana")
    review(ledger, a_piece())
    entry = list(ledger.entries())[-1]
    assert (entry.period, entry.note) == ("2026-12", "belongs to 2026-11, which is closed")


def test_pieces_are_counted_once_and_minutes_as_often_as_they_were_spent(
    ledger: Ledger, store: Store
) -> None:
    """Two people read the one for different things: nobody read it for all of them. Parked pieces do not count."""
    accepted, parked, unread = a_piece(0), a_piece(1), a_piece(2)
    for piece in (accepted, parked, unread):
        keep(store, piece)
    with store.write() as connection:
        connection.execute(pieces.update().where(pieces.c.id == parked.id).values(status="parked"))
        seal_piece(connection, parked.id)
    review(ledger, accepted, ("accuracy", "sources"))
    review(ledger, accepted, ("plausibility",))
    review(ledger, parked)

    def counted(scope: Scope) -> ReviewedPieces:
        with store.read() as connection:
            return reviewed_pieces(connection, scope)

    assert counted(Scope()) == ReviewedPieces(2, 1, 0, 180)
    review(ledger, accepted)
    assert counted(Scope()) == ReviewedPieces(2, 1, 1, 270)
    assert counted(Scope(campaign_id="spring")) == counted(Scope())
    assert counted(Scope(campaign_id="autumn")) == ReviewedPieces() == NOBODY_REVIEWED
    assert counted(Scope()).told == (
        "1 of 2 accepted pieces, 1 for accuracy, plausibility, sources; 4.5 minutes"
    )
    found = human_reviews(store, [parked.id, accepted.id])
    assert len(found) == 4
    assert {one.piece_id for one in human_reviews(store, [accepted.id])} == {accepted.id}
    assert human_reviews(store, []) == ()


def test_reviews_are_told_oldest_first(ledger: Ledger, store: Store) -> None:
    """Whatever order they were written down in."""
    for minute in (5, 1, 3):
        review(ledger, a_piece(), at=THEN.replace(minute=minute))
    told = [one.reviewed_at for one in human_reviews(store, [a_piece().id])]
    assert told == sorted(told) and len(told) == 3


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


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(0, "0"), (29, "0.5"), (390, "6.5"), (3600, "60"), (7_260, "121"), (90_000, "1,500")],
)
def test_seconds_are_told_in_minutes_and_their_tenths(seconds: int, minutes: str) -> None:
    """However many."""
    told = ReviewedPieces(1200, 1000, 900, seconds).told
    assert (
        told == f"1,000 of 1,200 accepted pieces, 900 for accuracy, plausibility, sources; {minutes} minutes"
    )
