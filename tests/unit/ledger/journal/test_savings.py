"""Time saved."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.ledger import Clock, a_baseline, a_call, a_spec, pay, rest
from inedit.brand.schema import Baseline
from inedit.ledger import Ledger
from inedit.ledger.journal.memo_facts import saving_rollups
from inedit.ledger.journal.reading import Scope
from inedit.ledger.journal.savings import Range, basis_of, savings, worth
from inedit.model import LedgerEntry
from inedit.model.errors import WrongInput


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
    assert ledger.record_saving(a_spec(), a_baseline(), run_id="run-2", revision_number=2).id != first.id
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


def memo_of(ledger: Ledger, **changes: object) -> LedgerEntry:
    return ledger.record_review(a_spec(), Decimal(20), by="Ada", run_id="run-1", **changes)  # type: ignore[arg-type]


def test_a_saving_that_is_recorded_after_a_review_carries_the_difference(ledger: Ledger) -> None:
    """20 minutes were spent before it was accepted: writing less those, to the second and the millionth."""
    spent = memo_of(ledger, baseline=a_baseline())
    assert (spent.saved_seconds_low, spent.saved_seconds_expected, spent.saved_seconds_high) == (-1200,) * 3
    assert (spent.saved_micros_expected, spent.currency, spent.purpose) == (-16_000_000, "EUR", "review")
    saving = ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    assert (saving.saved_seconds_low, saving.saved_seconds_expected, saving.saved_seconds_high) == (
        45 * 60, 60 * 60, 90 * 60,
    )  # fmt: skip
    assert saving.saved_micros_low == 36_000_000
    assert saving.saved_micros_high == 72_000_000
    assert ledger.history.minutes_saved("spring") == {(a_spec().key, 1): 40.0}


def test_a_review_of_an_accepted_piece_takes_the_place_of_what_was_assumed(ledger: Ledger) -> None:
    """The first review replaces the assumption, the next one adds to it; each memo is a difference."""
    rest(ledger.store)
    saving = ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    first, second = memo_of(ledger, about={"waited": 3}), memo_of(ledger)
    assert (first.saved_seconds_low, first.saved_seconds_expected, first.saved_seconds_high) == (
        -300,
        -600,
        -900,
    )
    assert (second.saved_seconds_low, second.saved_seconds_expected) == (-1200, -1200)
    assert (first.saved_micros_low, second.saved_micros_high) == (-4_000_000, -16_000_000)
    assert (first.occurred_at, first.currency, first.kind) == (saving.occurred_at, "EUR", "memo")
    told = json.loads(first.details or "")
    assert (told["measured_seconds"], told["by"], told["about"], told["saving"]) == (
        1200, "Ada", {"waited": 3}, saving.id,
    )  # fmt: skip
    assert "about" not in json.loads(second.details or "")
    assert ledger.verify().holds


def test_minutes_are_never_negative(ledger: Ledger) -> None:
    """None at all are fine, for a review and for what is put back."""
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    with pytest.raises(WrongInput, match="cannot have been spent"):
        ledger.record_review(a_spec(), Decimal("-0.1"), by="Ada")
    with pytest.raises(WrongInput, match="cannot have been put back"):
        ledger.record_reinvested(Decimal("-0.1"), by="Ada")
    assert ledger.record_review(a_spec(), Decimal(0), by="Ada").saved_seconds_low == 15 * 60
    assert ledger.record_reinvested(Decimal(0), by="Ada").saved_seconds_expected == 0


def test_what_a_team_puts_back_saves_nothing_itself(ledger: Ledger) -> None:
    """It is written down beside the rest."""
    entry = ledger.record_reinvested(Decimal("2.5"), by="Ada", campaign_id="spring")
    assert (entry.purpose, entry.campaign_id, entry.provider, entry.model) == (
        "reinvested",
        "spring",
        None,
        None,
    )
    assert json.loads(entry.details or "") == {"reinvested_seconds": 150, "by": "Ada"}
    assert (entry.saved_seconds_low, entry.saved_micros_high, entry.currency) == (0, 0, None)


def test_a_cell_has_its_first_piece_whichever_that_is(ledger: Ledger) -> None:
    """Another campaign's texts, and reviews, do not count as one."""
    from dataclasses import replace

    elsewhere = replace(a_spec(), campaign_id="winter")
    ledger.record_saving(elsewhere, a_baseline(), run_id="run-1")
    ledger.record_review(a_spec(5), Decimal(1), by="Ada", baseline=a_baseline())
    assert ledger.record_saving(a_spec(), a_baseline(), run_id="run-1").saved_seconds_expected == 3000


def test_a_saving_is_dated_by_the_acceptance_of_its_piece(ledger: Ledger) -> None:
    """By the person's decision where there is one, else by the guard's; without a piece, by now."""
    from inedit.store.tables import pieces

    def put(index: int, status: str = "accepted", **more: object) -> None:
        spec = a_spec(index)
        row = {
            "id": f"{spec.key}-1", "run_id": "run-1", "campaign_id": "spring", "spec_key": spec.key, "edition": 1,
            "brief_sha": "sha", "scope": "x:fr", "status": status, "spec": "{}", "parts": "{}", "text": "x",
            "verdict": "{}", "attempts": 1, "created_at": "2026-11-01T10:00:00.000Z", **more,
        }  # fmt: skip
        with ledger.store.write() as connection:
            connection.execute(pieces.insert().values(**row))

    put(0)
    put(1, decided_at="2026-11-05T10:00:00.000Z")
    put(2, status="parked")
    dates = [
        ledger.record_saving(a_spec(index), a_baseline(), run_id="run-1").occurred_at[:10]
        for index in range(4)
    ]
    assert dates == ["2026-11-01", "2026-11-05", "2026-11-22", "2026-11-22"]
    again = ledger.record_saving(a_spec(0), a_baseline(), run_id="run-1", revision_number=2)
    assert again.occurred_at[:10] == "2026-11-22"


def test_what_memos_say_can_be_added_up(ledger: Ledger) -> None:
    """By baseline and day of acceptance: pieces, seconds of work, what was measured and put back; of a run likewise."""
    for index in range(3):
        ledger.record_saving(a_spec(index), a_baseline(), run_id="run-1" if index else "run-0")
    memo_of(ledger)
    memo_of(ledger)
    ledger.record_reinvested(Decimal(2), by="Ada", campaign_id="spring")
    ledger.record_review(a_spec(7), Decimal(1), by="Ada", baseline=a_baseline(), run_id="run-1")
    with ledger.store.read() as connection:
        kept = sorted(saving_rollups(connection, Scope()), key=lambda one: -one["pieces"])
        of_run = saving_rollups(connection, Scope("run-0"))
        elsewhere = saving_rollups(connection, Scope(campaign_id="winter"))
    saved = kept[0]
    assert (saved["pieces"], saved["work_seconds"]) == (3, 3600 + 1200 + 1200)
    assert (saved["measured_pieces"], saved["measured_seconds"]) == (1, 2400)
    assert (saved["hourly_rate"], saved["review_seconds"], saved["since"]) == ("48", 600, "2026-11-22")
    assert (saved["campaign_id"], saved["currency"], saved["agency_price"]) == ("spring", "EUR", "")
    assert sum(one["reinvested_seconds"] for one in kept) == 120
    assert sum(one["reinvestments"] for one in kept) == 1
    assert sum(one["measured_seconds"] for one in kept) == 2460
    assert sum(one["measured_pieces"] for one in kept) == 1
    assert [(one["pieces"], one["work_seconds"], one["measured_pieces"]) for one in of_run] == [(1, 3600, 1)]
    assert elsewhere == []


def test_a_piece_that_was_measured_before_it_was_accepted_counts_as_measured(ledger: Ledger) -> None:
    """Once, however many reviews follow."""
    memo_of(ledger, baseline=a_baseline())
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")
    memo_of(ledger)
    with ledger.store.read() as connection:
        sums = saving_rollups(connection, Scope())
    assert sum(one["measured_pieces"] for one in sums) == 1
    assert sum(one["measured_seconds"] for one in sums) == 2400


def test_time_is_worth_the_hourly_rate() -> None:
    """48 EUR an hour are 800,000 millionths a minute; ranges add up and are taken off each other."""
    assert worth(Range(60, 120, 3600), Decimal(48)) == Range(800_000, 1_600_000, 48_000_000)
    assert Range(1, 2, 3) + Range(10, 20, 30) == Range(11, 22, 33)
    assert Range(1, 2, 3).minus(Range(10, 20, 30)) == Range(-29, -18, -7)
    saving = savings(a_baseline(), first=False)
    basis = basis_of(a_baseline(), saving)
    assert (basis["work_seconds"], basis["spent_seconds"]) == ([720, 1200, 1800], [300, 600, 900])
    assert (basis["first_of_channel_and_language"], basis["spent_is_measured"]) == (False, False)


def test_what_a_baseline_says_of_agencies_and_days_is_kept_with_its_sums(ledger: Ledger) -> None:
    """Empty where it says nothing."""
    told = a_baseline().model_dump(mode="json") | {"agency_price": "120", "days_to_market": "14"}
    ledger.record_saving(a_spec(), Baseline.model_validate(told), run_id="run-1")
    ledger.record_saving(a_spec(1), a_baseline(), run_id="run-1")
    with ledger.store.read() as connection:
        sums = saving_rollups(connection, Scope())
    assert sorted((one["agency_price"], one["days_to_market"]) for one in sums) == [("", ""), ("120", "14")]
