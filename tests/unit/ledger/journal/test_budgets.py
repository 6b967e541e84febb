"""Limits on spending."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

import pytest

from fakes.ledger import Clock, a_call, a_spec, a_usage, pay
from inedit.ledger import Ledger, Limit, LimitReached
from inedit.ledger.journal.closed_rates import moved_rates
from inedit.ledger.pricing.contract_prices import Rate, Rates
from inedit.model.errors import BudgetReached, WrongInput

ESTIMATE = 1450
"""Millionths of a dollar that 1000 tokens in and 600 out cost at most."""


def limited(ledger: Ledger, *limits: Limit, rates: tuple[Rate, ...] = ()) -> Ledger:
    return Ledger(ledger.store, clock=ledger.clock, limits=limits, rates=rates)


@pytest.mark.parametrize("scope", ["run", "campaign", "month"])
def test_a_call_that_might_not_fit_is_not_sent(ledger: Ledger, scope: str) -> None:
    """The limit counts what is set aside for calls under way; the message says what to do."""
    strict = limited(ledger, Limit(scope, 2 * ESTIMATE, "USD"))  # type: ignore[arg-type]
    for _ in range(2):
        strict.reserve(a_call(), 1000, 600)
    with pytest.raises(BudgetReached, match=r"0\.0029 USD is set aside.*what exists is kept"):
        strict.reserve(a_call(), 1000, 600)


def test_what_a_call_did_not_use_is_free_again(ledger: Ledger) -> None:
    """An estimate is released when its call is charged for less, or voided."""
    strict = limited(ledger, Limit("run", 2 * ESTIMATE, "USD"))
    first, second = strict.reserve(a_call(), 1000, 600), strict.reserve(a_call(), 1000, 600)
    with pytest.raises(LimitReached) as caught:
        strict.reserve(a_call(), 1000, 600)
    assert caught.value.may_fit_later
    strict.settle(first, a_usage(), "a")
    strict.void(second, "Throttled")
    third = strict.reserve(a_call(), 1000, 600)
    strict.settle(third, a_usage(tokens_in=1000, cached=0, out=600), "b")
    with pytest.raises(LimitReached) as caught:
        strict.reserve(a_call(), 1000, 600)
    assert not caught.value.may_fit_later


def test_scopes_do_not_share_their_limits(ledger: Ledger, clock: Clock) -> None:
    """Another run, campaign or month starts from nothing; a limit may name the one that it is for."""
    elsewhere = a_call(replace(a_spec(), campaign_id="winter"))
    for scope, other in (("run", a_call(run_id="run-2")), ("campaign", elsewhere)):
        strict = limited(ledger, Limit(scope, ESTIMATE, "USD"))  # type: ignore[arg-type]
        strict.void(strict.reserve(a_call(), 1000, 600), "x")
        kept = strict.reserve(a_call(), 1000, 600)
        strict.void(strict.reserve(other, 1000, 600), "x")
        strict.void(kept, "x")
    named = limited(ledger, Limit("campaign", 0, "USD", scope_id="winter"))
    named.void(named.reserve(a_call(), 1000, 600), "x")
    monthly = limited(ledger, Limit("month", ESTIMATE, "USD"))
    monthly.reserve(a_call(), 1000, 600)
    clock.turn_to(2026, 12, 1)
    monthly.reserve(a_call(), 1000, 600)


def test_a_soft_limit_warns_and_lets_pass(ledger: Ledger) -> None:
    """The person is told, the work goes on, and the state shows how far it was passed."""
    loose = limited(ledger, Limit("run", 1000, "USD", hard=False))
    reservation = loose.reserve(a_call(), 1000, 600)
    assert len(reservation.warnings) == 1 and "may cost up to 0.0014 USD" in reservation.warnings[0]
    (state,) = loose.budgets(run_id="run-1")
    assert (state.settled_micros, state.reserved_micros, state.left_micros) == (0, 1450, -450)


def test_a_limit_in_another_currency_needs_a_rate(ledger: Ledger) -> None:
    """Nothing is converted by guess: the call is refused, and the message names the missing rate."""
    limit = Limit("run", 3000, "EUR")
    with pytest.raises(WrongInput, match="no rate from USD to EUR holds on 2026-11-22"):
        limited(ledger, limit).reserve(a_call(), 1000, 600)
    rate = Rate(base="USD", quote="EUR", rate=Decimal("0.9"), valid_from=date(2026, 1, 1), source="treasury")
    strict = limited(ledger, limit, rates=(rate,))
    for _ in range(2):
        strict.reserve(a_call(), 1000, 600)
    with pytest.raises(LimitReached):
        strict.reserve(a_call(), 1000, 600)
    (state,) = strict.budgets(run_id="run-1")
    assert state.reserved_micros == 2610


def test_a_soft_limit_says_which_amounts_it_could_not_convert(ledger: Ledger) -> None:
    """Its figure leaves them out, and names their currency."""
    pay(ledger)
    loose = limited(ledger, Limit("run", 1000, "EUR", hard=False))
    assert loose.reserve(a_call(), 1000, 600).warnings == ()
    (state,) = loose.budgets(run_id="run-1")
    assert (state.settled_micros, state.missing_rates) == (0, ("USD",))


def test_an_unknown_price_cannot_be_held_to_a_hard_limit(ledger: Ledger) -> None:
    """It is refused, unless the limit says otherwise; a soft limit lets it pass."""
    call = a_call(provider="localhost:11434", model="llama")
    with pytest.raises(WrongInput, match="not known, so the limit"):
        limited(ledger, Limit("run", 1000, "USD")).reserve(call, 1000, 600)
    for limit in (Limit("run", 0, "USD", hard=False), Limit("run", 0, "USD", unknown_price_allowed=True)):
        assert limited(ledger, limit).reserve(call, 1000, 600).estimate_micros is None


@pytest.mark.parametrize(("tier", "price"), [("standard", "The price of"), ("batch", "The batch price of")])
def test_the_missing_price_is_named_with_its_tier(ledger: Ledger, tier: str, price: str) -> None:
    """A model whose usual price is known may have no price in a batch; the usual tier goes without a name."""
    call = a_call(provider="localhost:11434", model="llama", tier=tier)
    with pytest.raises(WrongInput, match=f"^{price} 'llama' at 'localhost:11434' is not known"):
        limited(ledger, Limit("run", 1000, "USD")).reserve(call, 1000, 600)


def test_a_free_model_fits_into_any_limit(ledger: Ledger) -> None:
    """Zero needs no rate and no room."""
    strict = limited(ledger, Limit("run", 0, "USD"))
    assert strict.reserve(a_call(provider="embedded", model="qwen"), 1000, 600).estimate_micros == 0
    pay(ledger)
    elsewhere = limited(ledger, Limit("run", 0, "CHF"))
    assert elsewhere.reserve(a_call(provider="embedded", model="qwen"), 1000, 600).estimate_micros == 0


def test_a_call_that_cost_more_than_was_set_aside_is_shown(ledger: Ledger) -> None:
    """It is charged in full, with a note: a provider that counts more than expected must not go unseen."""
    strict = limited(ledger, Limit("run", ESTIMATE, "USD"))
    entry = strict.settle(
        strict.reserve(a_call(), 1000, 600), a_usage(tokens_in=1000, cached=0, out=601), "a"
    )
    assert (entry.cost_micros, entry.note) == (ESTIMATE + 2, "cost more than was set aside for it")
    assert [doubt.what for doubt in ledger.summary().doubts] == ["calls that cost more than was set aside"]
    (state,) = strict.budgets(run_id="run-1")
    assert state.left_micros == -2


def test_a_call_that_cost_what_was_set_aside_for_it_has_no_note(ledger: Ledger) -> None:
    """To the millionth."""
    strict = limited(ledger, Limit("run", ESTIMATE, "USD"))
    entry = strict.settle(
        strict.reserve(a_call(), 1000, 600), a_usage(tokens_in=1000, cached=0, out=600), "a"
    )
    assert (entry.cost_micros, entry.note) == (ESTIMATE, None)


@pytest.mark.parametrize("written", ["0.90", "0.91", "0.92"])
def test_a_rate_that_is_not_the_one_a_month_was_closed_with_is_told(written: str) -> None:
    """Lower or higher, and one that the month did not know."""
    now = tuple(
        Rate(base="USD", quote=quote, rate=Decimal(written), valid_from=date(2026, 9, 1), source="finance")
        for quote in ("EUR", "CHF")
    )
    rates = Rates(now, {"2026-09": {("USD", "EUR"): Decimal("0.91")}})
    of_euros = [("2026-09", ("USD", "EUR"), Decimal(written), Decimal("0.91"))] * (written != "0.91")
    assert list(moved_rates(rates)) == [("2026-09", ("USD", "CHF"), Decimal(written), None), *of_euros]


def test_64_workers_never_pass_a_hard_limit(ledger: Ledger) -> None:
    """However they interleave, what is charged and set aside together stays within the limit."""
    limit_micros = 20 * ESTIMATE + 100
    strict = limited(ledger, Limit("campaign", limit_micros, "USD"))
    passed: list[int] = []
    refused: list[int] = []

    def work(number: int) -> None:
        for attempt in range(2):
            try:
                reservation = strict.reserve(a_call(a_spec(number), attempt + 1), 1000, 600)
            except LimitReached:
                refused.append(number)
                return
            (state,) = strict.budgets(campaign_id="spring")
            passed.append(state.left_micros)
            strict.settle(reservation, a_usage(tokens_in=1000, cached=0, out=600), f"r-{number}-{attempt}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 20
    assert len(refused) >= 44
    assert min(passed) >= 0
    assert ledger.summary().cost_micros == {"USD": 20 * ESTIMATE}
    assert ledger.verify().holds


def test_a_month_that_is_over_keeps_its_rate(ledger: Ledger, clock: Clock) -> None:
    """A rate of December moves the running month's budget, never November's."""
    rates = (
        Rate(base="USD", quote="EUR", rate=Decimal("0.9"), valid_from=date(2026, 1, 1), source="s"),
        Rate(base="USD", quote="EUR", rate=Decimal("0.5"), valid_from=date(2026, 12, 1), source="s"),
    )
    strict = limited(ledger, Limit("month", 10_000, "EUR", hard=False), rates=rates)
    pay(strict)
    (before,) = strict.budgets(period="2026-11")
    clock.turn_to(2026, 12, 5)
    pay(strict)
    (after,) = strict.budgets(period="2026-11")
    (running,) = strict.budgets(period="2026-12")
    assert (before.settled_micros, after.settled_micros, running.settled_micros) == (542, 542, 301)


def test_a_call_that_just_fits_is_sent(ledger: Ledger) -> None:
    """To the millionth; one more does not, and may not fit later either when nothing is set aside."""
    limited(ledger, Limit("run", ESTIMATE, "USD")).reserve(a_call(), 1000, 600)
    tight = limited(ledger, Limit("run", ESTIMATE - 1, "USD"))
    with pytest.raises(LimitReached) as caught:
        tight.reserve(a_call(run_id="run-9"), 1000, 600)
    assert not caught.value.may_fit_later
    exact = limited(ledger, Limit("run", ESTIMATE, "USD"))
    with pytest.raises(LimitReached) as caught:
        exact.reserve(a_call(), 1000, 600)
    assert caught.value.may_fit_later


def test_a_refusal_sets_nothing_aside(ledger: Ledger) -> None:
    """Not in any scope."""
    strict = limited(ledger, Limit("run", 0, "USD"), Limit("campaign", 10**9, "USD"))
    with pytest.raises(LimitReached):
        strict.reserve(a_call(), 1000, 600)
    assert [state.reserved_micros for state in strict.budgets(campaign_id="spring")] == [0]
    assert strict.pending() == []


def test_a_limit_that_names_another_scope_is_passed_over(ledger: Ledger) -> None:
    """And the next ones are looked at; a call without a campaign falls under no campaign's limit."""
    strict = limited(
        ledger, Limit("campaign", 0, "USD", scope_id="winter"), Limit("run", 0, "USD", scope_id="run-2"),
        Limit("run", 0, "USD", hard=False), Limit("month", 0, "USD", scope_id="2026-11"),
    )  # fmt: skip
    with pytest.raises(LimitReached, match="the month"):
        strict.reserve(a_call(), 1000, 600)
    shared = limited(ledger, Limit("campaign", 0, "USD"))
    assert shared.reserve(replace(a_call(), campaign_id=None), 1000, 600).estimate_micros == ESTIMATE


def test_an_unknown_price_passes_a_soft_limit_and_meets_the_next(ledger: Ledger) -> None:
    """A hard one behind it refuses."""
    call = a_call(provider="localhost:11434", model="llama")
    strict = limited(ledger, Limit("run", 0, "USD", hard=False), Limit("campaign", 9, "USD"))
    with pytest.raises(WrongInput, match=r"'llama' at 'localhost:11434'.*the campaign \(spring\)"):
        strict.reserve(call, 1000, 600)


def test_a_soft_limit_without_a_rate_is_passed_over(ledger: Ledger) -> None:
    """The hard one behind it is looked at."""
    strict = limited(ledger, Limit("run", 0, "EUR", hard=False), Limit("campaign", 0, "USD"))
    with pytest.raises(LimitReached, match="the campaign"):
        strict.reserve(a_call(), 1000, 600)


def test_a_hard_limit_needs_a_rate_for_what_was_spent_before(ledger: Ledger) -> None:
    """Though the next call is in its own currency."""
    spent = pay(ledger, a_call(provider="localhost:11434", model="llama"))
    ledger.correct(spent.id, 5, "EUR", "measured")
    with pytest.raises(WrongInput, match="no rate from EUR to USD"):
        limited(ledger, Limit("run", 10**6, "USD")).reserve(a_call(), 1000, 600)
    soft = limited(ledger, Limit("run", 10**6, "USD", hard=False))
    assert soft.reserve(a_call(), 1000, 600).warnings == ()


def test_what_is_set_aside_is_converted_at_the_days_rate(ledger: Ledger) -> None:
    """The estimate of the call as well."""
    rate = Rate(base="USD", quote="EUR", rate=Decimal(2), valid_from=date(2026, 1, 1), source="treasury")
    limited(ledger, Limit("run", 2 * ESTIMATE, "EUR"), rates=(rate,)).reserve(a_call(), 1000, 600)
    with pytest.raises(LimitReached, match=r"may cost up to 0\.0029 EUR"):
        limited(ledger, Limit("run", 2 * ESTIMATE - 1, "EUR"), rates=(rate,)).reserve(
            a_call(run_id="r"), 1000, 600
        )
    pay(ledger)
    (state,) = limited(ledger, Limit("run", 10**6, "EUR"), rates=(rate,)).budgets(run_id="run-1")
    assert (state.settled_micros, state.reserved_micros, dict(state.rates)) == (
        1204,
        2900,
        {"USD": Decimal(2)},
    )


def test_a_state_is_told_in_one_line(ledger: Ledger) -> None:
    """What is left, or by how much it was passed; what is set aside only where something is."""
    pay(ledger)
    loose = limited(ledger, Limit("run", 1_000_000, "USD"), Limit("campaign", 200, "USD", hard=False))
    (run,), (campaign,) = loose.budgets(run_id="run-1"), loose.budgets(campaign_id="spring")
    assert run.told == "this run run-1 (hard): 0.0006 USD charged of 1.0000 USD, 0.9994 USD left"
    assert (
        campaign.told == "the campaign spring (soft): 0.0006 USD charged of 0.0002 USD: passed by 0.0004 USD"
    )
    assert run.as_json()["left_micros"] == 1_000_000 - 602
    loose.reserve(a_call(), 1000, 600)
    (run,) = loose.budgets(run_id="run-1")
    assert run.told.endswith("0.0014 USD set aside, 0.9979 USD left")
    exact = limited(ledger, Limit("run", 602 + 1450, "USD"))
    assert exact.budgets(run_id="run-1")[0].told.endswith(", 0.00 USD left")
    passed = limited(ledger, Limit("run", 602 + 1450 - 1, "USD"))
    assert passed.budgets(run_id="run-1")[0].told.endswith(": passed by 0.000001 USD")
    other = limited(ledger, Limit("run", 10, "EUR"))
    assert "; USD without a rate is not in it" in other.budgets(run_id="run-1")[0].told


def test_budgets_are_told_for_what_is_asked(ledger: Ledger, clock: Clock) -> None:
    """A report on a run says nothing of its campaign's budget; one on everything knows every scope that spent."""
    pay(ledger)
    pay(ledger, a_call(run_id="run-0"))
    named = Limit("campaign", 5, "USD", scope_id="winter")
    all_of = limited(
        ledger, Limit("run", 5, "USD"), Limit("campaign", 5, "USD"), Limit("month", 5, "USD"), named
    )

    def scopes(**asked: str) -> list[tuple[str, str]]:
        return [(state.limit.scope, state.scope_id) for state in all_of.budgets(**asked)]

    assert scopes(run_id="run-1") == [("run", "run-1")]
    assert scopes(campaign_id="spring") == [("campaign", "spring")]
    assert scopes(campaign_id="winter") == [("campaign", "winter"), ("campaign", "winter")]
    assert scopes(period="2026-11") == [("month", "2026-11")]
    assert scopes() == [
        ("run", "run-0"), ("run", "run-1"), ("campaign", "spring"), ("month", "2026-11"), ("campaign", "winter"),
    ]  # fmt: skip
    assert [state.limit.scope for state in all_of.budgets_of_run("run-1", "spring")] == [
        "run",
        "campaign",
        "month",
    ]


def test_the_last_day_of_a_month_that_is_over_sets_its_rate(ledger: Ledger, clock: Clock) -> None:
    """The 30th of November, neither the day before nor after."""
    rates = tuple(
        Rate(base="USD", quote="EUR", rate=Decimal(rate), valid_from=day, source="s")
        for rate, day in ((1, date(2026, 1, 1)), (2, date(2026, 11, 30)), (3, date(2026, 12, 1)))
    )
    strict = limited(ledger, Limit("month", 10_000, "EUR"), rates=rates)
    pay(ledger)
    assert strict.budgets(period="2026-11")[0].settled_micros == 602
    clock.turn_to(2026, 12, 5)
    assert strict.budgets(period="2026-11")[0].settled_micros == 1204


@pytest.mark.parametrize("scope", ["run", "campaign"])
def test_what_was_spent_in_a_month_that_is_over_keeps_its_rate(
    ledger: Ledger, clock: Clock, scope: Literal["run", "campaign"]
) -> None:
    """A run or campaign that goes on is charged at the new rate for what is new; a limit sees the same amounts."""
    rates = (
        Rate(base="USD", quote="EUR", rate=Decimal(2), valid_from=date(2026, 1, 1), source="s"),
        Rate(base="USD", quote="EUR", rate=Decimal(10), valid_from=date(2026, 12, 1), source="s"),
    )
    spent = 2 * 602 + 10 * 602
    strict = limited(ledger, Limit(scope, spent + 10 * ESTIMATE - 1, "EUR"), rates=rates)
    asked = {"run_id": "run-1"} if scope == "run" else {"campaign_id": "spring"}
    pay(strict)
    clock.turn_to(2026, 12, 5)
    assert strict.budgets(**asked)[0].settled_micros == 2 * 602
    pay(strict)
    (state,) = strict.budgets(**asked)
    assert (state.settled_micros, state.rates, state.past_rates) == (
        spent, {"USD": Decimal(10)}, {"2026-11": {"USD": Decimal(2)}},
    )  # fmt: skip
    with pytest.raises(LimitReached):
        strict.reserve(a_call(), 1000, 600)
    limited(ledger, Limit(scope, spent + 10 * ESTIMATE, "EUR"), rates=rates).reserve(a_call(), 1000, 600)


def test_what_was_spent_before_any_rate_is_refused_under_a_hard_limit(ledger: Ledger, clock: Clock) -> None:
    """No rate is used before its day: the message names the day that has none."""
    rate = Rate(base="USD", quote="EUR", rate=Decimal(2), valid_from=date(2026, 12, 1), source="s")
    pay(ledger)
    clock.turn_to(2026, 12, 5)
    with pytest.raises(WrongInput, match="no rate from USD to EUR holds on 2026-11-30"):
        limited(ledger, Limit("campaign", 10**6, "EUR"), rates=(rate,)).reserve(a_call(), 1000, 600)
    (state,) = limited(ledger, Limit("campaign", 10**6, "EUR"), rates=(rate,)).budgets(campaign_id="spring")
    assert (state.settled_micros, state.missing_rates) == (0, ("USD",))


def test_a_run_and_a_campaign_of_one_name_have_their_own_balances(ledger: Ledger) -> None:
    """What a scope is called says nothing of what it is."""
    pay(ledger, a_call(run_id="spring"))
    pay(ledger, a_call(run_id="run-2"))
    watched = limited(ledger, Limit("run", 10**6, "USD"), Limit("campaign", 10**6, "USD"))
    assert watched.budgets(run_id="spring")[0].settled_micros == 602
    assert watched.budgets(campaign_id="spring")[0].settled_micros == 1204


def test_every_limit_is_looked_at(ledger: Ledger) -> None:
    """One with room says nothing of the next; nor does a soft one that warned."""
    for first in (Limit("campaign", 10**9, "USD"), Limit("campaign", 0, "USD", hard=False)):
        with pytest.raises(LimitReached, match="this run"):
            limited(ledger, first, Limit("run", 0, "USD")).reserve(a_call(), 1000, 600)
    two = limited(ledger, Limit("run", 0, "USD", hard=False), Limit("month", 0, "USD", hard=False))
    assert len(two.reserve(a_call(), 1000, 600).warnings) == 2


def test_the_least_amount_counts(ledger: Ledger) -> None:
    """A millionth charged, a millionth given back; another scope's balance does not move."""
    watched = limited(ledger, Limit("run", 10**6, "USD"))
    when = datetime(2026, 11, 1, tzinfo=UTC)
    ledger.adjust(a_call(), 1, "USD", occurred_at=when, source="s", reason="r")
    assert watched.budgets(run_id="run-1")[0].settled_micros == 1
    ledger.adjust(a_call(), -1, "USD", occurred_at=when, source="s", reason="r")
    assert watched.budgets(run_id="run-1")[0].settled_micros == 0
    assert watched.budgets(run_id="run-2")[0].settled_micros == 0


def test_a_soft_limit_without_a_rate_for_old_amounts_warns_of_the_rest(ledger: Ledger) -> None:
    """It is no reason to stop; an amount of zero in another currency misses no rate."""
    spent = pay(ledger, a_call(provider="localhost:11434", model="llama"))
    ledger.correct(spent.id, 5, "EUR", "measured")
    soft = limited(ledger, Limit("run", 10, "USD", hard=False))
    assert len(soft.reserve(a_call(), 1000, 600).warnings) == 1
    assert soft.budgets(run_id="run-1")[0].missing_rates == ("EUR",)
    ledger.correct(spent.id, 0, "EUR", "credit note")
    assert soft.budgets(run_id="run-1")[0].missing_rates == ()


def test_what_is_free_leaves_nothing_in_any_balance(ledger: Ledger) -> None:
    """Neither while it is under way nor afterwards: not a millionth, and no scope that has spent nothing is named."""
    watched = limited(
        ledger, Limit("run", 10**6, "USD", hard=False), Limit("campaign", 10**6, "EUR", hard=False)
    )
    free = a_call(provider="embedded", model="qwen")
    reservation = watched.reserve(free, 1000, 600)
    assert watched.budgets() == ()
    watched.settle(reservation, a_usage("qwen"), "a")
    assert watched.budgets() == ()
    pay(watched, free)
    pay(watched)
    watched.void(watched.reserve(free, 1000, 600), "down")
    (run,) = watched.budgets(run_id="run-1")
    assert (run.settled_micros, run.reserved_micros) == (602, 0)


def test_what_nobody_knows_the_price_of_is_in_no_balance(ledger: Ledger) -> None:
    """It is counted apart; a correction brings it in, to the millionth."""
    watched = limited(ledger, Limit("run", 10**6, "USD", hard=False))
    entry = pay(watched, a_call(provider="localhost:11434", model="llama"))
    watched.reserve(a_call(provider="localhost:11434", model="llama"), 1000, 600)
    assert watched.budgets() == ()
    watched.correct(entry.id, 1, "USD", "measured")
    (run,) = watched.budgets()
    assert (run.settled_micros, run.reserved_micros) == (1, 0)
