"""Limits on spending."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from fakes.ledger import Clock, a_call, a_spec, a_usage, pay
from inedit.errors import BudgetReached, WrongInput
from inedit.ledger import Ledger, Limit, LimitReached
from inedit.ledger.pricing.contract_prices import Rate

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
