"""What finance does to a ledger that may only grow: correct a call by a new entry, close a month.

Both run inside a transaction of somebody who holds the ledger's lock.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select

from inedit.ledger.journal.budgets import book, scopes_of
from inedit.ledger.journal.calls import ADJUSTMENT, Call, Reservation
from inedit.ledger.journal.chain import Head, append, head
from inedit.ledger.journal.closed_rates import rates_to_seal
from inedit.ledger.journal.entries import (
    blank_entry,
    call_of,
    entry_under,
    is_closed,
    joined,
    open_period,
    sealed_details,
    with_usage,
)
from inedit.ledger.journal.reservations import close, row_of, set_aside
from inedit.ledger.pricing.contract_prices import Rate
from inedit.ledger.pricing.months import is_period, period_of
from inedit.model import LedgerEntry, Usage
from inedit.model.errors import WrongInput
from inedit.store import utc_text
from inedit.store.seals import CLOSING, digest_of, record
from inedit.store.tables import closings, ledger_entries

_entries = ledger_entries.c


def correct(
    connection: Connection, entry_id: str, *, cost_micros: int, currency: str, reason: str, now: datetime
) -> LedgerEntry:
    """Write the difference between what a call really cost and what the ledger says of it so far.

    Raises :class:`~.errors.WrongInput` when there is no such call, or its currency is another one.
    """
    wanted = select(ledger_entries).where(_entries.id == entry_id, _entries.kind == "call")
    row = connection.execute(wanted).mappings().first()
    if row is None:
        raise WrongInput(f"There is no call '{entry_id}' in the ledger to correct.")
    entry = LedgerEntry(**row)
    if entry.currency not in (None, currency):
        raise WrongInput(
            f"Call '{entry_id}' was charged in {entry.currency}: correct it in {entry.currency}."
        )
    known = select(_entries.cost_micros, _entries.currency).where(_entries.corrects == entry_id)
    earlier = connection.execute(known).all()
    if any(correction.currency != currency for correction in earlier):
        raise WrongInput(f"Call '{entry_id}' was corrected in another currency than {currency} before.")
    said = (entry.cost_micros or 0) + sum(correction.cost_micros for correction in earlier)
    call, occurred = call_of(entry), datetime.fromisoformat(entry.occurred_at)
    period, late = open_period(connection, occurred, now)
    blank = blank_entry("correction", call, recorded=now, occurred=occurred, period=period)
    difference = cost_micros - said
    book(connection, scopes_of(call, period), currency, settled_micros=difference)
    return append(
        connection,
        replace(
            blank, corrects=entry_id, cost_micros=difference, currency=currency, note=joined(reason, late)
        ),
    )


def adjust(
    connection: Connection,
    call: Call,
    *,
    cost_micros: int,
    currency: str,
    occurred: datetime,
    source: str,
    reason: str,
    now: datetime,
    request_id: str = "",
    reservation: Reservation | None = None,
    usage: Usage | None = None,
) -> LedgerEntry:
    """Book what a provider billed and no call of ours explains, or billed less than all our calls.

    The entry has an amount, and tokens where ``usage`` tells them; ``source`` names the statement, ``reason`` says why.
    ``reservation`` is the possibly billed call that it settles, if it is one: the entry then belongs to that call's
    piece. Raises :class:`~.errors.WrongInput` when the ledger has charged this request id already.
    """
    if request_id and (charged := entry_under(connection, call.provider, request_id)):
        raise WrongInput(
            f"The ledger has charged request {request_id} already (entry {charged}): it is not charged twice."
        )
    period, late = open_period(connection, occurred, now)
    settled = reservation or Reservation(uuid.uuid4().hex, call, now, None, currency)
    if reservation is None:
        set_aside(connection, settled, period)
    row = row_of(connection, settled)
    close(connection, row, "settled", now=now, reason=reason)
    blank = blank_entry(
        "call", replace(call, purpose=ADJUSTMENT), recorded=now, occurred=occurred, period=period
    )
    book(connection, scopes_of(call, period), currency, settled_micros=cost_micros)
    spent = with_usage(blank, usage) if usage else blank
    return append(
        connection,
        replace(
            spent, response_id=request_id or None, reservation_id=settled.id, outcome=ADJUSTMENT,
            cost_micros=cost_micros, currency=currency, price_date=str(occurred.date()), price_tier=call.tier,
            price_source=source, price_note="an amount as the provider states it, not computed from tokens",
            note=joined(reason, late), details=sealed_details(blank.details, row["hash"]),
        ),
    )  # fmt: skip


def close_month(
    connection: Connection, period: str, closed_by: str, *, rates: Iterable[Rate], now: datetime
) -> Head:
    """Let nothing be added to a month that is over; the head of the chain at this moment is kept with it.

    The closing itself is sealed by the next entry, whose head is returned. It keeps the rates of exchange that the
    month's figures are counted at from now on, whatever is written down later.

    Raises :class:`~.errors.WrongInput` for a month that is not over, or was closed before.
    """
    if not is_period(period) or period >= period_of(now):
        raise WrongInput(f"'{period}' cannot be closed: give a month that is over, as in 2026-10.")
    if is_closed(connection, period):
        raise WrongInput(f"The month {period} is closed already.")
    anchor = head(connection)
    row = {
        "period": period, "closed_at": utc_text(now), "closed_by": closed_by, "last_seq": anchor.seq,
        "last_hash": anchor.hash,
    }  # fmt: skip
    connection.execute(insert(closings).values(row))
    facts = {
        "month": period,
        "closed_by": closed_by,
        "digest": digest_of(row),
        "rates": rates_to_seal(rates, period),
    }
    sealed = record(connection, CLOSING, facts, now=now)
    return Head(sealed.seq, sealed.hash)
