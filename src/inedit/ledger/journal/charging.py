"""How a call that came back is charged: its price, and the entry that closes its reservation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from inedit.ledger.journal.budgets import book, scopes_of
from inedit.ledger.journal.calls import Call, Reservation
from inedit.ledger.journal.chain import append, with_columns
from inedit.ledger.journal.entries import (
    OVERRUN,
    blank_entry,
    entry_of,
    free_response_id,
    joined,
    open_period,
    sealed_details,
    with_price,
    with_usage,
)  # fmt: skip
from inedit.ledger.journal.reservations import close, row_of
from inedit.ledger.journal.stated_costs import correct_to_stated_cost, with_stated_cost
from inedit.ledger.pricing.prices import Price, PriceBook, Tier
from inedit.model import LedgerEntry, Usage
from inedit.model.errors import StoreError

WithinTransaction = Callable[[Connection], None]
"""Does something else in the transaction that reserves or charges a call, so that both happen or neither."""


def charge(
    connection: Connection, reservation: Reservation, usage: Usage, price: Price, *, response_id: str, outcome: str,
    stated_cost: Decimal | None, occurred: datetime, now: datetime, answer: str | None,
    within_transaction: WithinTransaction | None,
) -> LedgerEntry:  # fmt: skip
    """Charge a call that came back: its entry, its reservation closed, its budgets, its correction to a told cost.

    A reservation that was settled before gives the entry that exists; one that was voided is a
    :class:`~.errors.StoreError`.
    """
    row = row_of(connection, reservation)
    if row["state"] == "settled":
        return entry_of(connection, reservation.id)
    if row["state"] == "voided":
        raise StoreError(f"Reservation {reservation.id} was voided ({row['reason']}); it cannot be charged.")
    period, late = open_period(connection, occurred, now)
    own_id, repeated = free_response_id(connection, reservation.call.provider, response_id)
    blank = blank_entry("call", reservation.call, recorded=now, occurred=occurred, period=period)
    cost = price.cost_micros(usage)
    covered = cost is None or row["estimate_micros"] is None or cost <= row["estimate_micros"]
    charged = with_price(with_usage(blank, usage), price, cost)
    entry = append(
        connection,
        with_columns(
            charged,
            response_id=own_id,
            reservation_id=reservation.id,
            outcome=outcome,
            note=joined(late, repeated, "" if covered else OVERRUN),
            details=sealed_details(with_stated_cost(charged, stated_cost), row["hash"], answer),
        ),
    )
    close(connection, row, "settled", now=now)
    book(
        connection, scopes_of(reservation.call, period), entry.currency,
        settled_micros=entry.cost_micros or 0,
    )  # fmt: skip
    correct_to_stated_cost(connection, entry, stated_cost, now=now)
    if within_transaction is not None:
        within_transaction(connection)
    return entry


def price_of(prices: PriceBook, call: Call, usage: Usage, at: datetime) -> Price:
    """The price of the model that answered; where it is unknown, that of the model that was asked."""
    price = prices.price(call.provider, usage, at=at, tier=call.tier)
    if price.input_price is None and usage.model != call.model:
        asked = prices.price(call.provider, replace(usage, model=call.model), at=at, tier=call.tier)
        if asked.input_price is not None:
            note = joined(asked.note, f"priced as {call.model}, which was asked for")
            return replace(asked, note=note or "")
    return price


def in_tier(call: Call, tier: str) -> Call:
    """The call in the tier in which the provider says that it processed it; as it was asked where it says nothing."""
    return replace(call, tier=tier) if tier in set(Tier) else call
