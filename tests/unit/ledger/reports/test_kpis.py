"""Promises beside measured figures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from rich.console import Console
from sqlalchemy import text

from fakes.ledger import Clock, a_baseline, a_call, a_spec, pay, rest
from inedit.ledger import Ledger, Limit
from inedit.ledger.journal.reading import Scope
from inedit.ledger.pricing.contract_prices import Rate, Rates, rate_on
from inedit.ledger.reports.promises import Kpi
from inedit.ledger.reports.reporter import Reporter
from inedit.ledger.reports.terminal_report import render
from inedit.model.errors import WrongInput
from inedit.store import Store
from inedit.store.seals import seal_piece
from inedit.store.tables import pieces

USD = Rate(base="USD", quote="EUR", rate=Decimal("0.9"), valid_from=date(2026, 1, 1), source="treasury")


def accept(
    ledger: Ledger, index: int, on: str, days_to_market: int | None = 10, decided: str | None = None, *,
    saved: bool = True,
) -> None:  # fmt: skip
    """An accepted piece, with its memo unless that is written elsewhere."""
    spec = a_spec(index)
    with ledger.store.write() as connection:
        connection.execute(
            pieces.insert().values(
                id=f"{spec.key}-1", run_id="run-1", campaign_id="spring", spec_key=spec.key, brief_sha="b", scope="s",
                status="accepted", spec="{}", parts="{}", text="t", verdict="{}", attempts=1, created_at=on,
                decided_at=decided,
            )
        )  # fmt: skip
        seal_piece(connection, f"{spec.key}-1")
    baseline = a_baseline().model_copy(update={"days_to_market": days_to_market and Decimal(days_to_market)})
    if saved:
        ledger.record_saving(spec, baseline, run_id="run-1")


def outcomes_of(ledger: Ledger, briefed: dict[str, date]) -> Sequence[Kpi]:
    return Reporter(ledger, briefed).report(Scope()).outcomes


def measured(ledger: Ledger) -> dict[str, Decimal | None]:
    return {outcome.name: outcome.measured for outcome in outcomes_of(ledger, {"spring": date(2026, 11, 16)})}


def test_cost_is_divided_by_what_the_baseline_says_over_what_was_spent(store: Store, clock: Clock) -> None:
    """70 + 30 minutes at 48 EUR before; now twice ten minutes of review and 542 millionths of a call."""
    ledger = Ledger(store, clock=clock, rates=[USD])
    pay(ledger)
    accept(ledger, 0, "2026-11-20T09:00:00Z")
    accept(ledger, 1, "2026-11-21T09:00:00Z")
    assert measured(ledger)["cost divided by"] == Decimal("5.00")
    ledger.record_review(a_spec(0), Decimal(40), by="Ana")
    assert measured(ledger)["cost divided by"] == Decimal("2.00")


def test_every_figure_follows_from_the_views(store: Store, clock: Clock) -> None:
    """Cost and hours before and now, days, minutes put back: worked by hand from what finance can read itself."""
    ledger = Ledger(store, clock=clock, rates=[USD])
    pay(ledger)
    for index, day in enumerate((18, 20, 24)):
        accept(ledger, index, f"2026-11-{day}T09:00:00Z")
    for minutes in ("4.5", "3"):
        ledger.record_review(a_spec(1), Decimal(minutes), by="Ana")
    ledger.record_review(a_spec(9), Decimal(2), by="Ana", baseline=a_baseline())
    ledger.record_reinvested(Decimal(6), by="Ana", campaign_id="spring")
    with store.read() as connection:
        rows = connection.execute(text("SELECT * FROM finance_outcomes")).all()
        paid = connection.execute(text("SELECT SUM(cost_micros) FROM finance_calls")).scalar_one()
    work = sum(row.baseline_work_seconds for row in rows)
    worth = sum(
        (row.baseline_work_seconds + row.baseline_review_seconds) * Decimal(row.hourly_rate or 0) / 3600
        for row in rows
    )
    spent = sum(row.spent_seconds * Decimal(row.hourly_rate or 0) / 3600 for row in rows)
    now = spent + Decimal(paid) / 1_000_000 * USD.rate
    days = sorted(
        (date.fromisoformat(row.accepted_on) - date(2026, 11, 16)).days
        for row in rows
        for _ in range(row.accepted_pieces)
    )
    saved = work - sum(row.spent_seconds for row in rows)
    put_back = sum(row.reinvested_seconds for row in rows)
    told = {one.name: one for one in outcomes_of(ledger, {"spring": date(2026, 11, 16)})}
    divided, faster, back = (told[name] for name in ("cost divided by", "faster to market by", "reinvested"))
    assert (divided.before, divided.now, divided.measured) == (
        round(worth, 2), round(now, 2), round(worth / now, 2),
    )  # fmt: skip
    assert (faster.before, faster.now, faster.measured) == (10, days[1], round(Decimal(10) / days[1] - 1, 2))
    assert (back.before, back.now) == (round(Decimal(saved) / 60, 2), put_back / 60)
    assert back.measured == round(Decimal(put_back) / saved, 2)
    assert sum(row.accepted_pieces for row in rows) == divided.basis == 3


def test_without_a_rate_no_ratio_is_made_up(ledger: Ledger) -> None:
    """The report says which rate is missing."""
    pay(ledger)
    accept(ledger, 0, "2026-11-20T09:00:00Z")
    outcome = outcomes_of(ledger, {})[0]
    assert (outcome.measured, outcome.why) == (None, "no rate from USD to EUR holds on 2026-11-22")


def test_each_month_is_counted_at_its_own_rate(store: Store, clock: Clock) -> None:
    """What was paid in a month that is over keeps that month's last rate, in all reports, whatever holds later."""
    dear = [
        Rate(
            base="USD", quote="EUR", rate=Decimal(rate), valid_from=date(2026, month, day), source="treasury"
        )
        for month, day, rate in ((1, 1, 100), (11, 30, 200), (12, 1, 1000))
    ]
    ledger = Ledger(store, clock=clock, rates=dear, limits=[Limit("campaign", 10**9, "EUR", hard=False)])
    paid = pay(ledger).cost_micros or 0
    accept(ledger, 0, "2026-11-20T09:00:00Z")

    def divided(scope: Scope) -> tuple[Decimal | None, int]:
        report = Reporter(ledger, {}).report(scope)
        return report.outcomes[0].now, report.budgets[0].settled_micros if report.budgets else 0

    worth = Decimal(paid) / 1_000_000
    assert divided(Scope()) == (round(8 + worth * 100, 2), paid * 100)
    clock.turn_to(2026, 12, 2)
    november = Scope(period="2026-11")
    before = divided(november)
    assert before[0] == round(8 + worth * 200, 2)
    ledger.close_month("2026-11", "Ana")
    again = pay(ledger, a_call(attempt=2)).cost_micros or 0
    assert divided(november) == before
    both = divided(Scope(campaign_id="spring"))
    assert both == (round(8 + worth * 200 + Decimal(again) / 1000, 2), paid * 200 + again * 1000)
    run = divided(Scope(run_id="run-1"))
    assert run[0] == both[0]


@pytest.mark.parametrize(
    "later",
    [
        [("0.9", 1, 1), ("0.5", 11, 30)],
        [("0.5", 1, 1)],
        [],
        [("0.9", 1, 1), ("0.5", 12, 1)],
    ],
    ids=["dated back", "edited", "taken away", "dated after"],
)
def test_no_line_of_the_rates_moves_a_closed_month(
    store: Store, clock: Clock, later: list[tuple[str, int, int]]
) -> None:
    """Budgets, promises and the return keep the rates of the closing; `verify` names a line that says otherwise."""
    limit = Limit("campaign", 10**9, "EUR", hard=False)
    ledger = Ledger(store, clock=clock, rates=[USD], limits=[limit])
    pay(ledger)
    accept(ledger, 0, "2026-11-20T09:00:00Z")
    clock.turn_to(2026, 12, 2)
    ledger.close_month("2026-11", "Ana")

    def told(ledger: Ledger) -> tuple[object, ...]:
        report = Reporter(ledger, {}).report(Scope(period="2026-11"))
        campaign = Reporter(ledger, {}).report(Scope(campaign_id="spring"))
        rate = rate_on(ledger.rates_with_closings(), "USD", "EUR", date(2026, 11, 30))
        return report.outcomes[0], campaign.outcomes[0], campaign.budgets[0].settled_micros, rate

    before = told(ledger)
    rates = [
        USD.model_copy(update={"rate": Decimal(rate), "valid_from": date(2026, month, day)})
        for rate, month, day in later
    ]
    changed = Ledger(store, clock=clock, rates=rates, limits=[limit])
    assert told(changed) == before
    named = [flaw for flaw in changed.verify().flaws if flaw.rule == "rate"]
    assert len(named) == (rate_on(Rates(tuple(rates)), "USD", "EUR", date(2026, 11, 30)) == Decimal("0.5"))
    for flaw in named:
        assert "0.5 at the end of 2026-11, which was closed with 0.9" in str(flaw)


def test_a_month_that_was_closed_without_a_rate_takes_none(store: Store, clock: Clock) -> None:
    """What a report did not know at the closing it does not know later; who closes is told before."""
    limit = Limit("campaign", 10**9, "CHF")
    unlimited = Ledger(store, clock=clock)
    pay(unlimited)
    accept(unlimited, 0, "2026-11-20T09:00:00Z")
    ledger = Ledger(store, clock=clock, limits=[limit])
    assert ledger.pairs_without_rate("2026-11") == [("USD", "CHF"), ("USD", "EUR")]
    assert ledger.pairs_without_rate("2026-10") == []
    clock.turn_to(2026, 12, 2)
    ledger.close_month("2026-11", "Ana")
    francs = USD.model_copy(update={"quote": "CHF"})
    later = Ledger(store, clock=clock, rates=[USD, francs], limits=[limit])
    assert later.pairs_without_rate("2026-11") == []
    assert outcomes_of(later, {})[0].why == "no rate from USD to EUR holds on 2026-11-30"
    assert later.budgets(campaign_id="spring")[0].missing_rates == ("USD",)
    with pytest.raises(WrongInput, match=r"2026-11 was closed without a rate from USD to CHF.*budget in USD"):
        later.reserve(a_call(attempt=2), 1000, 600)
    assert [flaw.rule for flaw in later.verify().flaws] == ["rate", "rate"]
    assert ledger.verify().holds


def test_time_to_market_runs_from_the_brief_to_acceptance(ledger: Ledger, store: Store) -> None:
    """Ten days by the baseline; four and five now, median four and a half. A person's decision counts where one was."""
    accept(ledger, 0, "2026-11-20T09:00:00Z")
    accept(ledger, 1, "2026-11-17T09:00:00Z", decided="2026-11-21T09:00:00Z")
    accept(ledger, 2, "2026-11-16T09:00:00Z", days_to_market=None)
    assert measured(ledger)["faster to market by"] == Decimal("1.22")


def test_what_nobody_measured_is_not_known(ledger: Ledger) -> None:
    """An empty ledger keeps no promise."""
    assert set(measured(ledger).values()) == {None}


def test_promises_stand_beside_what_was_measured(ledger: Ledger) -> None:
    """In the terminal: promised, measured, and what the figure rests on."""
    accept(ledger, 0, "2026-11-20T09:00:00Z")
    console = Console(width=300, file=io.StringIO())
    console.print(render(Reporter(ledger, {"spring": date(2026, 11, 16)}).report(Scope())))
    assert isinstance(console.file, io.StringIO)
    told = [" ".join(line.split()) for line in console.file.getvalue().splitlines()]
    assert (
        "cost divided by ÷ 4.00 ÷ 7.00 ÷ 3.67 to ÷ 20.00 56.00 EUR before, 8.00 now; 1 accepted piece "
        "the review of 1 accepted piece was not timed: it is assumed"
    ) in told
    assert (
        "faster to market by +35% +150% +150% to +150% 10.00 days before, 4.00 now; 1 accepted piece" in told
    )
    assert "reinvested 27% ? the team has to say it: inedit ledger reinvested" in told


def test_what_a_team_put_back_is_a_share_of_the_time_saved(ledger: Ledger) -> None:
    """It says so in minutes, more than once if it likes; nothing else changes by it."""
    accept(ledger, 0, "2026-11-20T09:00:00Z")
    before = ledger.summary()
    assert before.saved_seconds is not None
    for minutes in ("5", "7.5"):
        ledger.record_reinvested(Decimal(minutes), by="Ana", campaign_id="spring")
    outcome = outcomes_of(ledger, {})[-1]
    assert outcome.measured == round(Decimal(750) / before.saved_seconds.expected, 2)
    assert outcome.basis == 1
    after = ledger.summary()
    assert (after.saved_seconds, after.saved_pieces, after.cost_micros) == (
        before.saved_seconds, before.saved_pieces, before.cost_micros,
    )  # fmt: skip
    assert ledger.verify().flaws == ()
    with pytest.raises(WrongInput, match="not negative"):
        ledger.record_reinvested(Decimal(-1), by="Ana")


def test_no_more_than_all_that_was_saved_is_put_back(ledger: Ledger) -> None:
    """Minutes beyond those saved are told, and make no share of 250 %; so it is with what parked pieces leave over."""
    accept(ledger, 0, "2026-11-20T09:00:00Z")  # saves 50 minutes
    ledger.record_reinvested(Decimal(50), by="Ana", campaign_id="spring")
    whole = outcomes_of(ledger, {})[-1]
    assert (whole.measured, whole.low, whole.high, whole.caveat) == (1, 1, 1, "")
    ledger.record_reinvested(Decimal(75), by="Ana", campaign_id="spring")
    over = outcomes_of(ledger, {})[-1]
    assert (over.measured, over.low, over.high) == (1, 1, 1)
    assert over.shown(over.measured) == "100%"
    assert over.told == (
        "50.00 minutes saved, 125.00 put back; 1 accepted piece; 75.00 minutes more than were saved are not counted"
    )


def test_where_nothing_is_left_all_of_it_may_have_been_put_back(ledger: Ledger) -> None:
    """Parked pieces may take more than was saved: the range still has two ends."""
    accept(ledger, 0, "2026-11-20T09:00:00Z")
    for index in range(1, 8):
        park(ledger, index)
    ledger.record_reinvested(Decimal(15), by="Ana", campaign_id="spring")
    one = (
        Reporter(ledger, {}, lambda channel, language: a_baseline(language, channel))
        .report(Scope())
        .outcomes[-1]
    )
    assert (one.low, one.high, one.range_text) == (Decimal("0.30"), 1, "30% to 100%")


def test_parked_pieces_leave_less_of_which_a_share_can_be_put_back(ledger: Ledger) -> None:
    """From the share of what is saved to that of what is left when they are read; never above all of it."""
    accept(ledger, 0, "2026-11-20T09:00:00Z")
    park(ledger, 1)  # ten minutes to read it
    books = Reporter(ledger, {}, lambda channel, language: a_baseline(language, channel))
    shares = []
    for _ in range(3):
        ledger.record_reinvested(Decimal(15), by="Ana", campaign_id="spring")
        one = books.report(Scope()).outcomes[-1]
        shares.append((one.low, one.high))
    assert shares == [
        (Decimal("0.30"), Decimal("0.38")),
        (Decimal("0.60"), Decimal("0.75")),
        (Decimal("0.90"), Decimal("1.00")),
    ]


def park(ledger: Ledger, index: int) -> None:
    """A parked piece, its draft paid."""
    spec = a_spec(index)
    pay(ledger, a_call(spec))
    with ledger.store.write() as connection:
        connection.execute(
            pieces.insert().values(
                id=f"{spec.key}-1", run_id="run-1", campaign_id="spring", spec_key=spec.key, brief_sha="b", scope="s",
                status="parked", spec="{}", parts="{}", text="t", verdict="{}", attempts=3,
                created_at="2026-11-20T09:00:00Z",
            )
        )  # fmt: skip


def test_parked_pieces_carry_their_time_until_somebody_spends_it(store: Store, clock: Clock) -> None:
    """Both figures are shown, the pessimistic one first; what a person spends takes the place of what was expected."""
    ledger = Ledger(store, clock=clock, rates=[USD])
    accept(ledger, 0, "2026-11-20T09:00:00Z")
    for index in range(1, 9):
        park(ledger, index)
    books = Reporter(ledger, {}, lambda channel, language: a_baseline(language, channel))
    report = books.report(Scope())
    assert (report.waiting.pieces, report.waiting.seconds.expected) == (8, 8 * 600)
    first, second = report.outcomes[:2]
    assert (first.name, first.measured) == ("cost divided by", Decimal("0.78"))  # 56 EUR over 8 + 64
    assert (second.name, second.measured) == ("cost divided by, without what is parked", Decimal("7.00"))
    assert "nobody has decided on 8 parked pieces" in first.missing
    told = report.as_json()
    assert told["saved_seconds"]["expected"] == 50 * 60
    assert told["saved_seconds_when_read"] == {
        "low": 30 * 60 - 120 * 60,
        "expected": -30 * 60,
        "high": 45 * 60,
    }
    with store.read() as connection:
        assert (
            connection.execute(text("SELECT COUNT(*) FROM finance_waiting WHERE channel = 'email'")).scalar()
            == 8
        )
    ledger.record_review(a_spec(1), Decimal(2), by="Ana", baseline=a_baseline())
    after = books.report(Scope())
    assert after.waiting.pieces == 7
    assert after.outcomes[0].now == first.now - 8 + Decimal("1.60")
    assert Reporter(ledger, {}).report(Scope()).waiting.unvalued == 7


def test_minutes_on_a_piece_that_nobody_accepted_measure_nothing_yet(store: Store, clock: Clock) -> None:
    """A review is booked while all pieces are parked: the report says what is missing."""
    ledger = Ledger(store, clock=clock, rates=[USD])
    pay(ledger)
    rest(store, status="parked")
    ledger.record_review(a_spec(), Decimal("6.5"), by="Paul", baseline=a_baseline())
    for month in (None, "2026-11"):
        first = Reporter(ledger, {}).report(Scope(period=month)).outcomes[0]
        assert (first.measured, first.missing) == (None, ("no accepted piece with a baseline",))


def test_an_agency_is_ordered_a_share_of_the_variants(store: Store, clock: Clock) -> None:
    """A quarter unless the baseline says otherwise; the share is kept with the memo, and is in the view."""
    ledger = Ledger(store, clock=clock)
    for index, share in enumerate((None, "0.5")):
        accept(ledger, index, "2026-11-20T09:00:00.000Z", saved=False)
        changes = {"agency_price": Decimal(100), **({"agency_share": Decimal(share)} if share else {})}
        ledger.record_saving(a_spec(index), a_baseline().model_copy(update=changes), run_id="run-1")
    agency = outcomes_of(ledger, {})[1]
    assert (agency.name, agency.before) == ("cost divided by, against an agency", Decimal("75.00"))
    assert "an agency is ordered 25% to 50% of the variants" in agency.caveat
    with store.read() as connection:
        shares = connection.execute(text("SELECT agency_share FROM finance_outcomes ORDER BY 1")).scalars()
        assert list(shares) == ["0.25", "0.5"]
    assert ledger.verify().holds


def test_each_promise_has_its_range_its_sample_and_what_is_missing(store: Store, clock: Clock) -> None:
    """The most that people may still spend makes the least of a figure, and the reverse; a measured review narrows it.

    Work of 45 / 60 / 90 minutes and reviews of 5 / 10 / 15 at 48 EUR an hour: one accepted piece, two parked.
    """
    ledger = Ledger(store, clock=clock, rates=[USD])
    accept(ledger, 0, "2026-11-20T09:00:00Z", saved=False)
    ledger.record_saving(
        a_spec(0), a_baseline().model_copy(update={"agency_price": Decimal(200)}), run_id="run-1"
    )
    for index in (1, 2):
        park(ledger, index)
    books = Reporter(
        ledger, {"spring": date(2026, 11, 16)}, lambda channel, language: a_baseline(language, channel)
    )

    def ranges() -> dict[str, tuple[str, int, bool]]:
        return {
            one.name.removeprefix("cost divided by, "): (one.range_text, one.basis, bool(one.missing))
            for one in books.report(Scope()).outcomes
        }

    assert ranges() == {
        "cost divided by": ("÷ 1.22 to ÷ 6.67", 1, True),  # 44 / (12 + 24) to 80 / (4 + 8)
        "without what is parked": ("÷ 3.67 to ÷ 19.99", 1, True),
        "against an agency": ("÷ 1.39 to ÷ 4.17", 1, True),  # 50 / (12 + 24) to 50 / (4 + 8)
        "faster to market by": ("", 0, True),
        "reinvested": ("", 0, True),
    }
    ledger.record_review(a_spec(0), Decimal(10), by="Ana")
    timed = ranges()
    assert timed["without what is parked"] == ("÷ 5.50 to ÷ 10.00", 1, True)  # 44 / 8 to 80 / 8
    assert timed["against an agency"][0] == "÷ 1.56 to ÷ 3.12"
    with store.read() as connection:
        left = connection.execute(
            text("SELECT SUM(untimed_seconds_low), SUM(untimed_seconds_high) FROM finance_outcomes")
        ).one()
    assert tuple(left) == (0, 0)
    assert not [flaw for flaw in ledger.verify().flaws if flaw.rule == "sums"]


def test_acceptance_before_the_brief_is_a_fault_and_no_speed_up(ledger: Ledger) -> None:
    """The piece is left out of the figure, and named."""
    accept(ledger, 0, "2026-11-20T09:00:00Z")
    accept(ledger, 1, "2026-11-10T09:00:00Z")
    report = Reporter(ledger, {"spring": date(2026, 11, 16)}).report(Scope())
    faster = next(one for one in report.outcomes if one.name == "faster to market by")
    assert (faster.measured, faster.basis) == (Decimal("1.50"), 1)
    (issue,) = report.issues
    assert "1 piece of 'spring' accepted before its brief was given (2026-11-16)" in issue
    none_left = outcomes_of(ledger, {"spring": date(2026, 11, 30)})
    assert [one.measured for one in none_left if one.name == "faster to market by"] == [None]
