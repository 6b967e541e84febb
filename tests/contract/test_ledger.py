"""What the pipeline relies on in a ledger: calls are charged once, savings are written once, the past is told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fakes.ledger import a_baseline, a_call, a_spec
from fakes.services import FakeLedger
from inedit.ledger import Ledger
from inedit.model import Outcome, Usage
from inedit.model.errors import StoreError
from inedit.pipeline.services import PieceLedger

USED = Usage("gpt-5-mini", 10, 0, 5, 0, 0.1)


@pytest.fixture(params=["fake", "real"])
def ledger(request: pytest.FixtureRequest) -> PieceLedger:
    return FakeLedger() if request.param == "fake" else Ledger(request.getfixturevalue("store"))


def test_a_call_is_charged_once(ledger: PieceLedger) -> None:
    """With its answer, in one transaction; how it ended is kept."""
    seen: list[str] = []
    reservation = ledger.reserve(a_call(), 10, 5, within_transaction=lambda _: seen.append("reserved"))
    first = ledger.settle(
        reservation, USED, "a", outcome="cut", within_transaction=lambda _: seen.append("charged")
    )
    again = ledger.settle(
        reservation, USED, "a", outcome="cut", within_transaction=lambda _: seen.append("twice")
    )
    assert (first.outcome, first.response_id, again.id) == ("cut", "a", first.id)
    assert seen == ["reserved", "charged"]
    with pytest.raises(StoreError):
        ledger.void(reservation, "too late")


def test_what_was_given_back_is_not_charged(ledger: PieceLedger) -> None:
    """Giving it back twice is once."""
    reservation = ledger.reserve(a_call(), 10, 5)
    ledger.void(reservation, "down")
    ledger.void(reservation, "down")
    with pytest.raises(StoreError):
        ledger.settle(reservation, USED, "b")


def test_what_is_in_doubt_may_still_be_charged(ledger: PieceLedger) -> None:
    """Its answer may have been on its way."""
    reservation = ledger.reserve(a_call(), 10, 5)
    ledger.doubt(reservation, "lost")
    assert ledger.settle(reservation, USED, "c").outcome == "answered"
    ledger.doubt(reservation, "late")  # a charged call is no more in doubt
    assert ledger.settle(reservation, USED, "c").response_id == "c"


def test_who_is_refused_reserves_nothing(ledger: PieceLedger) -> None:
    """What somebody else claimed first costs nothing."""

    def refuse(_: object) -> None:
        raise LookupError("claimed")

    with pytest.raises(LookupError):
        ledger.reserve(a_call(), 10, 5, within_transaction=refuse)
    assert ledger.history.draft_outcomes("spring", a_spec().key, 1) == {}


def test_how_the_answers_to_a_piece_ended_is_told(ledger: PieceLedger) -> None:
    """By attempt, of this revision alone."""
    for attempt, outcome, revision_number in ((1, "cut", 1), (2, "answered", 1), (1, "empty", 2)):
        reservation = ledger.reserve(a_call(attempt=attempt, revision_number=revision_number), 10, 5)
        ledger.settle(reservation, USED, f"id-{revision_number}-{attempt}", outcome=outcome)
    spec = a_spec()
    assert ledger.history.draft_outcomes("spring", spec.key, 1) == {1: Outcome.CUT, 2: Outcome.ANSWERED}
    assert ledger.history.draft_outcomes("spring", spec.key, 2) == {1: Outcome.EMPTY}
    assert ledger.history.draft_outcomes("autumn", spec.key, 1) == {}
    assert ledger.history.draft_outcomes("spring", a_spec(1).key, 1) == {}


def test_a_saving_is_written_once(ledger: PieceLedger) -> None:
    """For each revision of a piece."""
    first = ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    again = ledger.record_saving(a_spec(), a_baseline(), run_id="run-2")
    assert (again.id, again.run_id, first.kind) == (first.id, "run-1", "memo")
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-2", revision_number=2)
    assert set(ledger.history.minutes_saved("spring")) == {(a_spec().key, 1), (a_spec().key, 2)}
    assert ledger.history.minutes_saved("autumn") == {}


def test_all_of_a_transaction_is_written_or_nothing(ledger: PieceLedger) -> None:
    """A saving and a review that an error interrupts leave no trace."""
    with pytest.raises(RuntimeError), ledger.transaction() as connection:
        ledger.record_saving(a_spec(), a_baseline(), run_id="run-1", connection=connection)
        ledger.record_review(a_spec(), Decimal(2), by="Ada", connection=connection, baseline=a_baseline())
        raise RuntimeError
    assert ledger.history.minutes_saved("spring") == {}
    with ledger.transaction() as connection:
        ledger.record_saving(a_spec(), a_baseline(), run_id="run-1", connection=connection)
        ledger.record_review(a_spec(), Decimal(2), by="Ada", connection=connection, baseline=a_baseline())
    assert set(ledger.history.minutes_saved("spring")) == {(a_spec().key, 1)}


def test_a_model_that_was_never_asked_has_no_past(ledger: PieceLedger) -> None:
    """None, not zero."""
    assert ledger.history.mean_usage(provider="openai", model="gpt-5-mini") is None
