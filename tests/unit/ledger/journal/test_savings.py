"""Time saved."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.ledger import Clock, a_baseline, a_call, a_spec, pay, rest
from inedit.errors import WrongInput
from inedit.ledger import Ledger
from inedit.ledger.journal.savings import Range, savings


def test_the_first_piece_saves_writing_less_the_review_that_is_assumed() -> None:
    """Low takes the most review off the least writing; 48 EUR an hour are 800,000 millionths a minute."""
    saving = savings(a_baseline(), first=True)
    assert saving.seconds == Range((45 - 15) * 60, (60 - 10) * 60, (90 - 5) * 60)
    assert saving.micros == Range(24_000_000, 40_000_000, 68_000_000)
    assert (saving.currency, saving.measured) == ("EUR", False)


def test_every_other_piece_saves_adaptation_only() -> None:
    """It can be less than nothing: then it says so."""
    assert savings(a_baseline(), first=False).seconds == Range(-3 * 60, 10 * 60, 25 * 60)


def test_measured_minutes_take_the_place_of_assumed_ones() -> None:
    """What was measured is exact; the range that is left is the baseline's own."""
    saving = savings(a_baseline(), first=True, review_minutes=Decimal("12.5"))
    assert saving.seconds == Range(1950, 2850, 4650)
    assert saving.spent_seconds == Range(750, 750, 750)
    assert saving.measured


@given(minutes=st.decimals(0, 10_000, places=3), first=st.booleans())
def test_a_range_is_always_in_order(minutes: Decimal, first: bool) -> None:
    """Whatever a person spent, low <= expected <= high, in time and in money."""
    for review in (None, minutes):
        saving = savings(a_baseline(), first=first, review_minutes=review)
        for span in (saving.seconds, saving.micros):
            assert span.low <= span.expected <= span.high


def test_one_piece_of_a_channel_and_language_counts_as_written(ledger: Ledger) -> None:
    """The others are adaptations of it; another language or channel has a first piece of its own."""
    baseline = a_baseline()

    def saved(index: int, language: str = "fr", channel: str = "email") -> int | None:
        spec = a_spec(index, language, channel)
        return ledger.record_saving(spec, baseline, run_id="run-1").saved_seconds_expected

    assert [saved(0), saved(1), saved(2)] == [3000, 600, 600]
    assert [saved(3, "de"), saved(4, "de"), saved(5, "fr", "post")] == [3000, 600, 3000]


def test_a_piece_has_one_memo(ledger: Ledger) -> None:
    """Recording again returns the same; another edition of the piece has its own."""
    first = ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    assert ledger.record_saving(a_spec(), a_baseline(), run_id="run-2") == first
    assert ledger.record_saving(a_spec(), a_baseline(), run_id="run-2", edition=2).id != first.id
    assert ledger.summary().saved_pieces == 2


def test_time_saved_is_never_netted_with_cost(ledger: Ledger) -> None:
    """A memo has no cost; the summary shows both, side by side."""
    pay(ledger)
    memo = ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    assert (memo.kind, memo.cost_micros, memo.currency) == ("memo", None, "EUR")
    summary = ledger.summary()
    assert summary.cost_micros == {"USD": 602}
    assert summary.saved_micros == {"EUR": Range(24_000_000, 40_000_000, 68_000_000)}
    assert summary.minutes_saved() == (30.0, 50.0, 85.0)
    assert summary.measured_pieces == 0


def test_a_memo_keeps_what_it_was_computed_from(ledger: Ledger) -> None:
    """Baseline, its date and who approved it: whoever doubts the figure can recompute it."""
    details = ledger.record_saving(a_spec(), a_baseline(), run_id="run-1").details
    assert details is not None
    for proof in (
        '"approved_by":"Chief financial officer"',
        '"dated":"2026-07-01"',
        '"spent_is_measured":false',
    ):
        assert proof in details


def test_minutes_that_people_spent_are_added_up(ledger: Ledger, clock: Clock) -> None:
    """Each measurement is a memo that brings the total to what is now known."""
    rest(ledger.store)
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    ledger.record_review(a_spec(), Decimal(4), by="Ana")
    assert ledger.summary().saved_seconds == Range(41 * 60, 56 * 60, 86 * 60)
    ledger.record_review(a_spec(), Decimal("2.5"), by="Bruno")
    summary = ledger.summary()
    assert summary.saved_seconds == savings(a_baseline(), first=True, review_minutes=Decimal("6.5")).seconds
    assert summary.saved_micros["EUR"].expected == 42_800_000
    assert (summary.saved_pieces, summary.measured_pieces) == (1, 1)
    assert ledger.verify().holds


def test_minutes_spent_on_a_piece_that_is_not_accepted_save_nothing(ledger: Ledger) -> None:
    """They are work all the same: less than nothing was saved. Without a baseline nobody knows what they are worth."""
    pay(ledger, a_call())
    with pytest.raises(WrongInput, match="no baseline says what a minute is worth"):
        ledger.record_review(a_spec(), Decimal(4), by="Ana")
    ledger.record_review(a_spec(), Decimal(4), by="Ana", baseline=a_baseline(), about={"comment": "too long"})
    summary = ledger.summary()
    assert (summary.saved_seconds, summary.saved_micros["EUR"]) == (
        Range(-240, -240, -240), Range(-3_200_000, -3_200_000, -3_200_000),
    )  # fmt: skip
    assert '"about":{"comment":"too long"}' in (list(ledger.entries())[-1].details or "")
    with pytest.raises(WrongInput, match="not negative"):
        ledger.record_review(a_spec(), Decimal(-4), by="Ana", baseline=a_baseline())


def test_minutes_spent_before_acceptance_count_once(ledger: Ledger) -> None:
    """A piece that was sent back and then accepted: what people spent on it takes the place of what is assumed."""
    rest(ledger.store)
    ledger.record_review(a_spec(), Decimal(4), by="Ana", baseline=a_baseline())
    memo = ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    assert '"spent_is_measured":true' in (memo.details or "")
    expected = savings(a_baseline(), first=True, review_minutes=Decimal(4))
    assert ledger.summary().saved_seconds == expected.seconds
    assert ledger.summary().saved_micros == {"EUR": expected.micros}
    ledger.record_review(a_spec(), Decimal("2.5"), by="Bruno")
    expected = savings(a_baseline(), first=True, review_minutes=Decimal("6.5"))
    assert ledger.summary().saved_seconds == expected.seconds
    assert (ledger.summary().saved_pieces, ledger.summary().measured_pieces) == (1, 1)
    assert ledger.verify().holds
