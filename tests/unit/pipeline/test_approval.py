"""A person's answer on fakes: what may be said, what it means for each piece, and what is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from fakes.pipeline import a_variant, brand_with_baseline
from fakes.services import FakeLedger, FakeReviews, accepted
from inedit.archive.reviews import Request
from inedit.model import Approval, Severity, Status
from inedit.model.errors import WrongInput
from inedit.pipeline.approval import Answer, Decision, commented, settle

ASKED = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
REQUEST = Request("run-1", 1, ASKED)
A, B, C = (
    accepted(a_variant(index=index), f"Texte {index}.", status=Status.PARKED, approval=Approval.PENDING)
    for index in range(3)
)
ENGLISH = accepted(a_variant("en"), "A text.", status=Status.PARKED, approval=Approval.PENDING)


def an_answer(decision: Decision, **changes: Any) -> Answer:
    return Answer(**{"decision": decision, "by": "Ada", "minutes": Decimal(3), **changes})


@pytest.mark.parametrize(
    ("decision", "changes", "message"),
    [
        (Decision.APPROVE_ALL, {"by": "  "}, "name"),
        (Decision.APPROVE_ALL, {"minutes": Decimal("NaN")}, "minutes"),
        (Decision.APPROVE_ALL, {"minutes": Decimal("Infinity")}, "minutes"),
        (Decision.APPROVE_ALL, {"minutes": Decimal("-0.5")}, "minutes"),
        (Decision.APPROVE_BUT, {"picked": ("x-1", A.id, "w-1")}, "w-1, x-1"),
        (Decision.APPROVE_BUT, {}, "Pick"),
        (Decision.SEND_BACK, {}, "comment"),
        (Decision.SEND_BACK, {"comment": " \n"}, "comment"),
        (Decision.APPROVE_ALL, {"picked": (A.id,)}, "neither"),
        (Decision.APPROVE_ALL, {"comment": "Shorter."}, "neither"),
    ],
)
def test_an_answer_that_cannot_be_carried_out_says_what_is_missing(
    decision: Decision, changes: dict[str, Any], message: str
) -> None:
    """In a sentence for the form."""
    with pytest.raises(WrongInput, match=message):
        an_answer(decision, **changes).check({A.id, B.id})


@pytest.mark.parametrize(
    ("decision", "changes"),
    [
        (Decision.APPROVE_ALL, {"minutes": Decimal(0), "comment": " "}),
        (Decision.APPROVE_BUT, {"picked": (A.id,)}),
        (Decision.APPROVE_BUT, {"picked": (A.id,), "comment": "Shorter."}),
        (Decision.SEND_BACK, {"comment": "Shorter."}),
        (Decision.SEND_BACK, {"comment": "Shorter.", "picked": (A.id, B.id)}),
    ],
)
def test_an_answer_that_says_enough_is_fine(decision: Decision, changes: dict[str, Any]) -> None:
    """Half a minute or none at all included."""
    an_answer(decision, **changes).check({A.id, B.id})


@pytest.mark.parametrize(
    ("decision", "changes", "of_a", "of_b"),
    [
        (Decision.APPROVE_ALL, {}, Approval.APPROVED, Approval.APPROVED),
        (Decision.SEND_BACK, {"comment": "x"}, Approval.CHANGES_REQUESTED, Approval.CHANGES_REQUESTED),
        (
            Decision.SEND_BACK,
            {"comment": "x", "picked": (A.id,)},
            Approval.CHANGES_REQUESTED,
            Approval.PENDING,
        ),
        (Decision.APPROVE_BUT, {"picked": (A.id,)}, Approval.REJECTED, Approval.APPROVED),
        (
            Decision.APPROVE_BUT,
            {"picked": (A.id,), "comment": "x"},
            Approval.CHANGES_REQUESTED,
            Approval.APPROVED,
        ),
        (Decision.APPROVE_BUT, {"picked": (A.id,), "comment": " "}, Approval.REJECTED, Approval.APPROVED),
    ],
)
def test_what_an_answer_means_for_each_piece(
    decision: Decision, changes: dict[str, Any], of_a: Approval, of_b: Approval
) -> None:
    """For those that were picked, and for the others."""
    answer = an_answer(decision, **changes)
    assert (answer.of(A.id), answer.of(B.id)) == (of_a, of_b)


def settled(
    answer: Answer, *pieces: Any, waiting: set[str] | None = None
) -> tuple[bool, FakeLedger, FakeReviews]:
    pieces = pieces or (A, B, C)
    ledger, reviews = (
        FakeLedger(),
        FakeReviews({piece.id for piece in pieces} if waiting is None else waiting),
    )
    first = settle(
        ledger, brand_with_baseline(), REQUEST, pieces, answer,
        answered_at=ASKED + timedelta(seconds=90), archive=reviews,
    )  # fmt: skip
    return first, ledger, reviews


def test_what_is_approved_saves_and_what_was_read_costs() -> None:
    """Three minutes over three pieces; what they saved is written for those that were approved."""
    first, ledger, reviews = settled(an_answer(Decision.APPROVE_BUT, picked=(B.id,)))
    assert first
    assert {id: what for id, (what, _, _) in reviews.decided.items()} == {
        A.id: Approval.APPROVED, B.id: Approval.REJECTED, C.id: Approval.APPROVED,
    }  # fmt: skip
    assert set(ledger.savings) == {("dawn", piece.spec.key, 1) for piece in (A, C)}
    minutes = [told["minutes"] for found in ledger.reviews.values() for told in found]
    assert minutes == [Decimal(1)] * 3
    answered = reviews.answered["run-1", 1]
    assert (answered["seconds"], answered["reviewer"], answered["decision"]) == (
        180,
        "Ada",
        "Approve all but these",
    )


def test_the_time_is_divided_to_the_second() -> None:
    """The first pieces take what is left over; nothing is lost."""
    _, ledger, _ = settled(an_answer(Decision.APPROVE_ALL, minutes=Decimal("0.0833")))  # 4.998 seconds
    seconds = [told["minutes"] * 60 for found in ledger.reviews.values() for told in found]
    assert [round(one) for one in seconds] == [2, 2, 1]


def test_the_time_goes_to_pieces_whose_minutes_have_a_price() -> None:
    """An English piece has no baseline: nothing is saved by it, and nothing is booked on it."""
    _, ledger, reviews = settled(an_answer(Decision.APPROVE_ALL), A, ENGLISH)
    assert list(ledger.reviews) == [("dawn", A.spec.key, 1)]
    assert [told["minutes"] for told in ledger.reviews["dawn", A.spec.key, 1]] == [Decimal(3)]
    assert list(ledger.savings) == [("dawn", A.spec.key, 1)]
    assert set(reviews.decided) == {A.id, ENGLISH.id}


def test_what_is_written_with_the_minutes_says_how_it_came_about() -> None:
    """When it was asked and answered, how long it waited, what was decided and said."""
    _, ledger, _ = settled(an_answer(Decision.SEND_BACK, comment=" Shorter. "), A)
    ((told,),) = ledger.reviews.values()
    assert (told["by"], told["run_id"]) == ("Ada", "run-1")
    about = told["about"]
    assert (about["waited_seconds"], about["decision"], about["comment"]) == (
        90, "Send back with a comment", "Shorter.",
    )  # fmt: skip
    assert about["requested_at"] < about["answered_at"]
    assert ledger.savings == {}


def test_a_clock_that_goes_backwards_waited_for_nothing() -> None:
    """Never a negative time."""
    ledger = FakeLedger()
    settle(
        ledger, brand_with_baseline(), REQUEST, (A,), an_answer(Decision.APPROVE_ALL),
        answered_at=ASKED - timedelta(seconds=5), archive=FakeReviews({A.id}),
    )  # fmt: skip
    ((told,),) = ledger.reviews.values()
    assert told["about"]["waited_seconds"] == 0


def test_what_was_not_picked_goes_on_waiting() -> None:
    """It was read all the same."""
    _, ledger, reviews = settled(an_answer(Decision.SEND_BACK, comment="x", picked=(A.id,)))
    assert set(reviews.decided) == {A.id}
    assert len(ledger.reviews) == 3


def test_an_answer_counts_once() -> None:
    """The second one changes nothing."""
    ledger, reviews = FakeLedger(), FakeReviews({A.id})
    answers = [
        settle(
            ledger, brand_with_baseline(), REQUEST, (A,), an_answer(decision, comment=comment),
            answered_at=ASKED, archive=reviews,
        )
        for decision, comment in ((Decision.SEND_BACK, "x"), (Decision.APPROVE_ALL, ""))
    ]  # fmt: skip
    assert answers == [True, False]
    assert reviews.decided[A.id][0] is Approval.CHANGES_REQUESTED
    assert ledger.savings == {}
    assert len(ledger.reviews["dawn", A.spec.key, 1]) == 1


def test_a_piece_that_somebody_decided_meanwhile_saves_nothing_twice() -> None:
    """Its decision stands."""
    _, ledger, reviews = settled(an_answer(Decision.APPROVE_ALL), A, B, waiting={B.id})
    assert set(reviews.decided) == {B.id}
    assert set(ledger.savings) == {("dawn", B.spec.key, 1)}


def test_nothing_is_written_for_an_answer_that_cannot_be_carried_out() -> None:
    """It is asked again."""
    ledger, reviews = FakeLedger(), FakeReviews({A.id})
    with pytest.raises(WrongInput):
        settle(
            ledger, brand_with_baseline(), REQUEST, (A,), an_answer(Decision.SEND_BACK),
            answered_at=ASKED, archive=reviews,
        )  # fmt: skip
    assert (reviews.answered, reviews.decided, ledger.reviews) == ({}, {}, {})


def test_a_comment_is_the_finding_that_the_model_fixes() -> None:
    """The piece is then like any other that the guard sent back."""
    piece = commented(replace(A, approval=Approval.CHANGES_REQUESTED, decided_by="Ada", comment="Shorter."))
    (finding,) = piece.verdict.findings
    assert (finding.check, finding.severity, finding.remedy) == ("person", Severity.BLOCK, "Shorter.")
    assert (piece.reason, piece.approval) == ("Ada: Shorter.", None)


def test_what_nobody_checks_is_not_recorded() -> None:
    """The words that a piece is checked for are fixed; others are named in order."""
    with pytest.raises(WrongInput, match="not for speed, style"):
        an_answer(Decision.APPROVE_ALL, checked=("style", "accuracy", "speed")).check({A.id})
    an_answer(Decision.APPROVE_ALL, checked=("accuracy", "plausibility", "sources")).check({A.id})


def test_everybody_who_was_read_has_a_record_of_it() -> None:
    """What for, by whom, how long and with what decision; a piece that goes on waiting has none, though its share of
    the time is not given to others."""
    answer = an_answer(
        Decision.SEND_BACK, comment="x", picked=(B.id,), checked=("sources",), minutes=Decimal(3)
    )
    _, ledger, reviews = settled(answer)
    assert set(reviews.decided) == {B.id}
    told = {"by": "Ada", "checked": ("sources",), "seconds": 60, "decision": Approval.CHANGES_REQUESTED.value}
    assert ledger.human_reviews == [(B.id, told)]
    _, ledger, _ = settled(
        an_answer(Decision.APPROVE_BUT, picked=(C.id,), minutes=Decimal("0.0833")), A, ENGLISH, C
    )
    assert [(id, one["seconds"], one["decision"]) for id, one in ledger.human_reviews] == [
        (A.id, 2, Approval.APPROVED.value), (ENGLISH.id, 2, Approval.APPROVED.value),
        (C.id, 1, Approval.REJECTED.value),
    ]  # fmt: skip
    booked = {key: [told["minutes"] * 60 for told in found] for (_, key, _), found in ledger.reviews.items()}
    assert {key: [round(one) for one in found] for key, found in booked.items()} == {
        A.spec.key: [3],
        C.spec.key: [2],
    }


def test_no_time_is_no_time() -> None:
    """A reader who says nothing of minutes has spent none; the record stands all the same."""
    _, ledger, reviews = settled(an_answer(Decision.APPROVE_ALL, minutes=Decimal(0)), A)
    assert reviews.answered["run-1", 1]["seconds"] == 0
    assert [one["seconds"] for _, one in ledger.human_reviews] == [0]
    assert [told["minutes"] for found in ledger.reviews.values() for told in found] == [0]
