"""The rates of exchange that a month is closed with: which ones, which are missing, and which moved since."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from fakes.ledger import Clock, a_baseline, a_call, a_spec, pay, tampering
from inedit.ledger import Ledger
from inedit.ledger.journal.closed_rates import (
    moved_rates,
    pairs_without_rate,
    rates_to_seal,
    rates_with_closings,
)
from inedit.ledger.pricing.contract_prices import Rate, Rates
from inedit.store import Store


def rate(base: str, quote: str, value: str, year: int, month: int, day: int) -> Rate:
    return Rate(
        base=base, quote=quote, rate=Decimal(value), valid_from=date(year, month, day), source="Treasury"
    )


def test_a_closing_keeps_what_holds_on_the_last_day_of_its_month() -> None:
    """One that begins on that day is in it, one of the next day is not; in order, as texts that are exact."""
    written = [
        rate("USD", "EUR", "0.9", 2026, 1, 1),
        rate("USD", "EUR", "0.925", 2026, 2, 28),
        rate("USD", "EUR", "0.8", 2026, 3, 1),
        rate("GBP", "EUR", "1.170", 2026, 2, 1),
        rate("USD", "CHF", "0.95", 2026, 3, 1),
    ]
    assert rates_to_seal(written, "2026-02") == [["GBP", "EUR", "1.170"], ["USD", "EUR", "0.925"]]
    assert rates_to_seal(written, "2026-01") == [["USD", "EUR", "0.9"]]
    assert rates_to_seal(written, "2025-12") == []


def test_the_rates_of_each_closed_month_are_read_from_its_own_closing(store: Store, clock: Clock) -> None:
    """In the order of the months, exactly as they were sealed; the lines of today stand beside them."""
    kept = []
    for month, value in ((9, "0.91"), (10, "0.92")):
        clock.turn_to(2026, month, 5)
        written = [rate("USD", "EUR", value, 2026, month, 1)]
        pay(Ledger(store, clock=clock, rates=written))
        clock.turn_to(2026, month + 1, 2)
        Ledger(store, clock=clock, rates=written).close_month(f"2026-{month:02}", "Ana")
        pay(Ledger(store, clock=clock, rates=written))
        kept.append((f"2026-{month:02}", {("USD", "EUR"): Decimal(value)}))
    today = [rate("USD", "EUR", "0.5", 2026, 1, 1)]
    with store.read() as connection:
        found = rates_with_closings(connection, today)
    assert list(found.closed.items()) == kept
    assert found.written == tuple(today)


@pytest.mark.parametrize(
    "details", ["", "{", "[]", "{}", '{"rates": [["USD", "EUR"]]}', '{"rates": [["USD", "EUR", "x"]]}']
)
def test_a_closing_that_cannot_be_read_keeps_no_report_from_being_made(
    store: Store, clock: Clock, details: str
) -> None:
    """The month counts at what is written down, the others at their own; `verify` names the entry."""
    written = [rate("USD", "EUR", "0.9", 2026, 1, 1)]
    ledger = Ledger(store, clock=clock, rates=written)
    clock.turn_to(2026, 11, 2)
    for month in ("2026-09", "2026-10"):
        ledger.close_month(month, "Ana")
    with tampering(store) as connection:
        connection.execute(text("UPDATE ledger_entries SET details = :told WHERE seq = 1"), {"told": details})
    with store.read() as connection:
        assert list(rates_with_closings(connection, written).closed) == ["2026-10"]
    assert "chain" in {flaw.rule for flaw in ledger.verify().flaws}


def test_the_pairs_that_a_month_needs_and_has_not(store: Store, clock: Clock) -> None:
    """From each currency that it is billed in to each that is counted in; none to itself, none that cost nothing."""
    ledger = Ledger(store, clock=clock)
    paid = pay(ledger)
    ledger.correct(paid.id, paid.cost_micros or 0, "USD", "the same")
    pay(ledger, a_call(a_spec(1), provider="embedded", model="qwen"))
    ledger.adjust(
        a_call(a_spec(2), purpose="adjustment"), 10, "GBP", occurred_at=clock(), source="s", reason="r"
    )
    ledger.record_saving(a_spec(), a_baseline(), run_id="run-1")  # in EUR
    known = [rate("USD", "EUR", "0.9", 2026, 1, 1), rate("GBP", "CHF", "1.1", 2026, 12, 1)]

    def missing(month: str, quotes: list[str]) -> list[tuple[str, str]]:
        with store.read() as connection:
            return list(pairs_without_rate(connection, known, month, quotes))

    assert missing("2026-11", ["USD", "CHF"]) == [
        ("GBP", "CHF"), ("GBP", "EUR"), ("GBP", "USD"), ("USD", "CHF"),
    ]  # fmt: skip
    assert missing("2026-11", []) == [("GBP", "EUR")]
    assert missing("2026-10", ["USD", "CHF"]) == []


def test_what_moved_since_a_month_was_closed() -> None:
    """Another rate of its last day, or one that it did not have; a later one, or a line taken away, moves nothing."""
    closed = {
        "2026-09": {("USD", "EUR"): Decimal("0.91"), ("GBP", "EUR"): Decimal("1.2")},
        "2026-10": {("USD", "EUR"): Decimal("0.92")},
    }
    written = (
        rate("USD", "EUR", "0.910", 2026, 9, 30),
        rate("USD", "EUR", "0.93", 2026, 10, 31),
        rate("USD", "EUR", "0.5", 2026, 11, 1),
        rate("USD", "CHF", "0.95", 2026, 10, 1),
    )
    assert list(moved_rates(Rates(written, closed))) == [
        ("2026-10", ("USD", "CHF"), Decimal("0.95"), None),
        ("2026-10", ("USD", "EUR"), Decimal("0.93"), Decimal("0.92")),
    ]


def test_a_closing_seals_its_rates_in_the_chain(store: Store, clock: Clock) -> None:
    """As base, quote and rate."""
    clock.turn_to(2026, 11, 2)
    ledger = Ledger(store, clock=clock, rates=[rate("USD", "EUR", "0.9", 2026, 1, 1)])
    ledger.close_month("2026-10", "Ana")
    (entry,) = ledger.entries()
    assert json.loads(entry.details or "{}")["rates"] == [["USD", "EUR", "0.9"]]
