"""Reviews that are timed in another month than that in which their minutes were assumed."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest

from fakes.ledger import Clock, a_baseline, a_spec, pay
from inedit.ledger import Ledger
from inedit.ledger.journal.reading import Scope
from inedit.ledger.pricing.contract_prices import Rate
from inedit.ledger.reports.promises import Kpi
from inedit.ledger.reports.reporter import Reporter
from inedit.store import Store

USD = Rate(base="USD", quote="EUR", rate=Decimal("0.9"), valid_from=date(2026, 1, 1), source="treasury")
BOTH, NOVEMBER, DECEMBER = Scope(), Scope(period="2026-11"), Scope(period="2026-12")


def accepted(ledger: Ledger, *indices: int) -> None:
    for index in indices:
        ledger.record_saving(a_spec(index), a_baseline(), run_id="run-1")


def divided(ledger: Ledger, scope: Scope) -> Kpi:
    return Reporter(ledger, {}).report(scope).outcomes[0]


def closed_november(store: Store, clock: Clock, pieces: int) -> Ledger:
    """A ledger whose closed month assumed what the reviews of its pieces take."""
    ledger = Ledger(store, clock=clock, rates=[USD])
    pay(ledger)
    accepted(ledger, *range(pieces))
    clock.turn_to(2026, 12, 2)
    ledger.close_month("2026-11", "Ana")
    return ledger


def test_a_month_that_corrects_a_closed_one_has_a_range_around_its_figure(store: Store, clock: Clock) -> None:
    """Five reviews of ten minutes were assumed in November and took nine: December's books are five minutes better.

    Its own piece was adapted in 12 / 20 / 30 minutes; its review took nine: 0.8 times 22 / 30 / 40 over 0.8 times 4.
    """
    ledger = closed_november(store, clock, 5)
    before = divided(ledger, NOVEMBER)
    accepted(ledger, 7)
    for index in range(5):
        ledger.record_review(a_spec(index), Decimal(9), by="Ana")
    one = divided(ledger, DECEMBER)
    assert (one.measured, one.low, one.high) == (Decimal("6.00"), Decimal("2.20"), None)
    assert one.missing == ("the review of 1 accepted piece was not timed: it is assumed",)
    ledger.record_review(a_spec(7), Decimal(9), by="Ana")
    one = divided(ledger, DECEMBER)
    assert (one.measured, one.low, one.high) == (Decimal("7.50"), Decimal("5.50"), Decimal("10.00"))
    assert one.missing == ()
    assert "the reviews of 5 pieces of another month or run correct what was assumed there" in one.told
    assert divided(ledger, NOVEMBER) == before
    assert "another month or run" not in divided(ledger, BOTH).told


def test_a_month_that_takes_back_more_than_it_spends_has_no_figure(store: Store, clock: Clock) -> None:
    """That is not nothing that was spent."""
    ledger = closed_november(store, clock, 5)
    accepted(ledger, 7)
    for index in range(5):
        ledger.record_review(a_spec(index), Decimal(1), by="Ana")
    one = divided(ledger, DECEMBER)
    assert (one.measured, one.low, one.high) == (None, None, None)
    assert one.why == "the reviews of 5 pieces of another month or run correct what was assumed there"


@pytest.mark.parametrize("seed", range(10))
def test_no_range_is_without_its_figure(store: Store, clock: Clock, seed: int) -> None:
    """Whatever is accepted and reviewed in which month, and however long it took."""
    chance = random.Random(seed)
    known = [*range(chance.randint(2, 6))]
    assumed = len(known)
    ledger = closed_november(store, clock, assumed)
    for _ in range(chance.randint(5, 8)):
        if len(known) == assumed or chance.random() < 0.2:
            known.append(len(known))
            accepted(ledger, known[-1])
        else:
            minutes = Decimal(chance.choice(["2", "9.5", "10", "12", "40"]))
            ledger.record_review(a_spec(chance.choice(known)), minutes, by="Ana", run_id="run-2")
        for scope in (BOTH, DECEMBER, Scope(run_id="run-1"), Scope(run_id="run-2")):
            for one in Reporter(ledger, {"spring": date(2026, 11, 16)}).report(scope).outcomes:
                if one.low is not None:
                    assert one.measured is not None
                    assert one.low <= one.measured, (scope, one)
                    assert one.high is None or one.measured <= one.high, (scope, one)
