"""A person's decision on one piece, pieces that are written again, and texts of any origin."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from fakes.brand import TODAY, tiny_brand
from fakes.pipeline import a_variant, brand_with_baseline
from fakes.services import FakeLedger, accepted
from inedit.archive import reviews
from inedit.archive.pieces import put_piece, read_pieces
from inedit.ledger import Ledger
from inedit.ledger.journal.human_reviews import human_reviews
from inedit.model import Approval, Piece, Receipt, Span, Status, Verdict
from inedit.model.errors import WrongInput
from inedit.pipeline.approval import book_reading
from inedit.pipeline.decision import decide
from inedit.pipeline.finished_text import judge_text, verdict_as_json
from inedit.pipeline.regeneration import must_be_newest, regeneration
from inedit.pipeline.task import Options
from inedit.planning import Narrowing
from inedit.store import Store

NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
WAITING = accepted(
    a_variant(), "Le lin sèche au vent.", status=Status.PARKED, approval=Approval.PENDING,
)  # fmt: skip


def kept(store: Store, piece: Piece) -> Piece:
    with store.write() as connection:
        put_piece(connection, piece, scope="orval:fr", brief_sha="sha", revision_number=piece.revision_number)
    return piece


def decided(store: Store, piece: Piece, approval: Approval = Approval.APPROVED, **more: Any) -> bool:
    given: dict[str, Any] = {"by": "Ada", "at": NOW, "seconds": 90, **more}
    return decide(store, Ledger(store), brand_with_baseline(), piece, approval, **given)


def now(store: Store, piece: Piece) -> Piece:
    return next(read_pieces(store, piece_id=piece.id))


# ---- one piece


def test_what_is_approved_is_accepted_and_saves_time(store: Store) -> None:
    """The person, the moment and the words are kept with it; the minutes count against what it saved."""
    piece = kept(store, WAITING)
    assert decided(store, piece, comment="  Good. ")
    after = now(store, piece)
    assert (after.status, after.approval, after.decided_by, after.comment) == (
        Status.ACCEPTED, Approval.APPROVED, "Ada", "Good.",
    )  # fmt: skip
    assert Ledger(store).history.minutes_saved("dawn") == {(piece.spec.key, 1): 60 - 1.5}


def test_what_is_sent_back_saves_nothing(store: Store) -> None:
    """It stays parked, and the reading is charged."""
    piece = kept(store, WAITING)
    assert decided(store, piece, Approval.CHANGES_REQUESTED, comment="Shorter.")
    assert (now(store, piece).status, now(store, piece).approval) == (
        Status.PARKED,
        Approval.CHANGES_REQUESTED,
    )
    assert Ledger(store).history.minutes_saved("dawn") == {(piece.spec.key, 1): -1.5}


def test_an_accepted_piece_can_be_read_for_accuracy_plausibility_and_sources(store: Store) -> None:
    """Nobody had to approve it: its human review stands in the chain all the same, beside the minutes."""
    piece = kept(store, replace(WAITING, status=Status.ACCEPTED, approval=None))
    ledger = Ledger(store)
    said: dict[str, Any] = {"by": "Anne", "minutes": Decimal("1.5"), "at": NOW}
    book_reading(ledger, brand_with_baseline(), piece, checked=(), **said)
    assert human_reviews(store, [piece.id]) == ()
    entry = book_reading(ledger, brand_with_baseline(), piece, checked=("accuracy", "sources"), **said)
    assert entry.purpose == "review"
    (review,) = human_reviews(store, [piece.id])
    assert (review.reviewed_by, review.checked, review.seconds) == ("Anne", ("accuracy", "sources"), 90)
    assert review.is_of(piece.text)
    assert ledger.verify().holds


@pytest.mark.parametrize(
    ("piece", "checked", "message"),
    [
        (WAITING, ("accuracy",), "is parked, so nobody has answered for it yet"),
        (replace(WAITING, status=Status.ACCEPTED, approval=None), ("grammar",), "not for grammar"),
    ],
)
def test_what_nobody_has_answered_for_has_no_human_review(
    store: Store, piece: Piece, checked: tuple[str, ...], message: str
) -> None:
    """Nothing is written, the minutes neither."""
    kept(store, piece)
    ledger = Ledger(store)
    before = ledger.summary().head
    with pytest.raises(WrongInput, match=message):
        book_reading(
            ledger, brand_with_baseline(), piece, by="Anne", minutes=Decimal(1), checked=checked, at=NOW
        )
    assert ledger.summary().head == before


@pytest.mark.parametrize(
    ("piece", "approval", "more", "message"),
    [
        (WAITING, Approval.APPROVED, {"by": " "}, "name"),
        (WAITING, Approval.CHANGES_REQUESTED, {"comment": " "}, "comment"),
        (replace(WAITING, status=Status.ACCEPTED, approval=None), Approval.REJECTED, {}, "accepted already"),
        (replace(WAITING, approval=None), Approval.APPROVED, {}, "something against"),
        (replace(WAITING, approval=Approval.REJECTED), Approval.APPROVED, {}, "something against"),
    ],
)
def test_what_cannot_be_decided_is_told(
    store: Store, piece: Piece, approval: Approval, more: dict[str, str], message: str
) -> None:
    """Before anything is written."""
    kept(store, piece)
    with pytest.raises(WrongInput, match=message):
        decided(store, piece, approval, **more)
    assert now(store, piece) == piece
    assert Ledger(store).history.minutes_saved("dawn") == {}


def test_what_the_checks_refused_can_be_sent_back(store: Store) -> None:
    """Nobody has to wait for a run's request; a rejection needs no comment."""
    piece = kept(store, replace(WAITING, approval=None))
    assert decided(store, piece, Approval.REJECTED)
    assert now(store, piece).approval is Approval.REJECTED


def test_the_first_decision_holds(store: Store) -> None:
    """Whoever had the same page open is told, and is not paid."""
    piece = kept(store, WAITING)
    assert decided(store, piece)
    assert not decided(store, piece, Approval.REJECTED, by="Bea")
    assert now(store, piece).decided_by == "Ada"
    assert len(Ledger(store).history.minutes_saved("dawn")) == 1


def test_the_last_decision_answers_the_request_of_the_run(store: Store) -> None:
    """Of two pieces that wait, the first leaves it open; a person decided them one by one."""
    first, second = kept(store, WAITING), kept(store, replace(
        accepted(a_variant(index=1), "Midi au verger.", status=Status.PARKED), approval=Approval.PENDING
    ))  # fmt: skip
    reviews.open_request(store, "run-1", now=NOW)
    assert decided(store, first)
    assert reviews.waiting_request(store, "run-1") is not None
    assert decided(store, second, Approval.REJECTED)
    assert reviews.waiting_request(store, "run-1") is None


# ---- pieces written again


def test_pieces_are_written_again_and_nothing_else() -> None:
    """The run is narrowed to where they are, each name once, in their order."""
    pieces = [
        accepted(a_variant(index=n, segment=segment), "x")
        for n, segment in enumerate(("young", "families", "young"))
    ]
    options = regeneration(
        pieces, concurrency=3, max_attempts=2, candidates=4, mirror=1, require_approval=True
    )
    assert options == Options(
        concurrency=3, max_attempts=2, candidates=4, mirror=1, require_approval=True, only_rewrite=True,
        rewrite=tuple(piece.id for piece in pieces),
        narrowing=Narrowing(("email",), ("young", "families"), ("fr",), ("plain",), 0),
    )  # fmt: skip
    plain = regeneration(pieces[:1], concurrency=1, max_attempts=1)
    assert (plain.candidates, plain.mirror, plain.require_approval) == (1, 5, False)


def test_only_the_newest_revision_is_written_again() -> None:
    """The message names the one that there is."""
    piece = accepted(a_variant(), "x", revision_number=2)
    must_be_newest(piece, [1, 2])
    with pytest.raises(WrongInput, match="the newest one ends in -3"):
        must_be_newest(piece, [1, 3, 2])


# ---- texts of any origin


def judged(text: str = "Le lin sèche au vent.", **more: str) -> Verdict:
    given = {"language": "fr", "channel": "email", **more}
    return judge_text(tiny_brand(), text, today=TODAY, **given)


def test_a_finished_text_is_judged_by_the_brand() -> None:
    """By its facts, and by the rules of its channel."""
    assert [f.check for f in judged("Chaque drap est garanti 25 ans contre la déchirure.").findings]
    assert {f.check for f in judged("Le drap ❤️ sèche au vent.", channel="sms").findings} == {"parts"}


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"language": "nl"}, "no language 'nl'. It has: fr, en, de, es, it."),
        ({"channel": "radio"}, "no channel 'radio'. It has: email, social, sms."),
        ({"segment": "cats"}, "no segment 'cats'. It has: families, young."),
        ({"campaign": "dusk"}, "no campaign 'dusk'. It has: dawn."),
        ({"language": ""}, "no language ''"), ({"channel": ""}, "no channel ''"),
        ({"text": ""}, "nothing to judge"),
    ],
)  # fmt: skip
def test_names_that_the_brand_does_not_have_are_told(names: dict[str, str], message: str) -> None:
    """With those that it has; no segment or campaign need be named."""
    with pytest.raises(WrongInput) as refused:
        judged(**names)
    assert message in str(refused.value)


def test_a_verdict_in_json_has_words_and_length() -> None:
    """Each receipt with the words that it stands for."""
    verdict = Verdict(receipts=(Receipt(Span(3, 6), "odette", "insight", "words"),))
    said = verdict_as_json(verdict, "Le lin sèche.", "fr")
    assert (said["decision"], said["findings"]) == ("accept", [])
    assert (said["receipts"][0]["text"], said["receipts"][0]["source_id"]) == ("lin", "odette")
    assert said["length"]["words"] == 3


def test_a_ledger_on_fakes_is_no_excuse(store: Store) -> None:
    """What fails while it is booked is not decided either."""

    class Broken(FakeLedger):
        def record_human_review(self, *_: Any, **__: Any) -> Any:
            raise RuntimeError("no")

    piece = kept(store, WAITING)
    broken = Broken()
    broken.transaction = Ledger(store).transaction  # type: ignore[method-assign]
    with pytest.raises(RuntimeError):
        decide(store, broken, brand_with_baseline(), piece, Approval.APPROVED, by="Ada", at=NOW, seconds=1)
    assert now(store, piece).approval is Approval.PENDING
