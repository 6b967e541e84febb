"""What a provider says that an answer cost, beside what its tokens cost at our prices."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from fakes.ledger import Clock, a_call
from inedit.ledger import Ledger, PriceBook
from inedit.ledger.pricing.contract_prices import ContractPrice
from inedit.model import LedgerEntry, Usage
from inedit.store import Store

TOKENS = 1000  # at one unit of currency per million tokens: 1,000 millionths


def settled(
    store: Store, told: str | None, *, provider: str = "openrouter", currency: str = "USD", known: bool = True
) -> tuple[LedgerEntry, list[LedgerEntry]]:
    """The entry of a call that costs 1,000 millionths by our prices, and the corrections of it."""
    contract = ContractPrice(
        provider=provider, model="m", currency=currency, input_price=Decimal(1), cached_price=Decimal(1),
        output_price=Decimal(1), valid_from=date(2026, 1, 1), source="a test",
    )  # fmt: skip
    ledger = Ledger(store, PriceBook([contract] if known else []), Clock())
    reservation = ledger.reserve(a_call(provider=provider, model="m"), TOKENS, 10)
    usage = Usage("m", TOKENS, 0, 0, 0, 0.1)
    entry = ledger.settle(reservation, usage, "gen-1", stated_cost=None if told is None else Decimal(told))
    assert ledger.verify().flaws == ()
    return entry, [one for one in ledger.entries() if one.kind == "correction"]


@pytest.mark.parametrize(
    ("told", "kept", "difference"),
    [
        ("0.001", "1000", None),
        ("0.0010009999", "1000.9999", None),  # less than a millionth: rounding
        ("0.0009990001", "999.0001", None),
        ("0.001001", "1001", 1),  # a whole one is money
        ("0.000999", "999", -1),
        ("0.0010025", "1002.5", 2),  # halves to even
        ("0.0010015", "1001.5", 2),
        ("0", "0", -1000),
        ("2E-3", "2000", 1000),  # no exponent in the books
    ],
)
def test_a_millionth_or_more_is_corrected(store: Store, told: str, kept: str, difference: int | None) -> None:
    """Both figures are kept, the told one unrounded; the entry itself stays as tokens and prices make it."""
    entry, corrections = settled(store, told)
    assert entry.cost_micros == 1000
    details = json.loads(entry.details or "{}")
    assert (details["told_cost_micros"], details["told_currency"]) == (kept, "USD")
    assert "reservation" in details, "what the entry seals stands beside it"
    assert [one.cost_micros for one in corrections] == ([] if difference is None else [difference])
    assert [one.corrects for one in corrections] == [entry.id] * len(corrections)


def test_a_correction_says_whose_figure_it_is(store: Store) -> None:
    """With all six digits of both."""
    _, (correction,) = settled(store, "0.002")
    assert correction.note == (
        "openrouter charged 0.002000 USD (usage.cost); by our prices it is 0.001000 USD"
    )
    assert correction.currency == "USD"


@pytest.mark.parametrize(("told", "micros"), [("0.002", 2000), ("0", 0), ("0.0000004", 0)])
def test_a_call_of_unknown_price_costs_what_was_told(store: Store, told: str, micros: int) -> None:
    """Zero, too: it was told, so it is known."""
    entry, (correction,) = settled(store, told, known=False)
    assert (entry.cost_micros, correction.cost_micros) == (None, micros)
    assert (correction.note or "").endswith("by our prices it is of unknown price")


@pytest.mark.parametrize(
    ("told", "provider", "currency", "kept"),
    [
        (None, "openrouter", "USD", False),
        ("0.5", "openai", "USD", False),  # nobody documents it there
        (
            "0.5",
            "openrouter",
            "EUR",
            True,
        ),  # a contract in euros: what was told in dollars says nothing of it
    ],
)
def test_what_says_nothing_of_the_cost_corrects_nothing(
    store: Store, told: str | None, provider: str, currency: str, kept: bool
) -> None:
    """Nothing told, another provider, another currency."""
    entry, corrections = settled(store, told, provider=provider, currency=currency)
    assert corrections == []
    assert ("told_cost_micros" in json.loads(entry.details or "{}")) is kept
