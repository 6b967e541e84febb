"""Rates of exchange that months were closed with: they stand in the entry that seals a closing, and never change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal

from pydantic_core import from_json
from sqlalchemy import Connection, select

from inedit.ledger.journal.memo_facts import saving_rollups
from inedit.ledger.journal.reading import Scope, added_up
from inedit.ledger.pricing.contract_prices import Pair, Rate, Rates, counting_day, rates_written_on
from inedit.store.prepared import Prepared
from inedit.store.rollups import ENTRIES
from inedit.store.seals import CLOSING
from inedit.store.tables import closings, ledger_entries

_e = ledger_entries.c
_SEALED = Prepared(
    select(closings.c.period, _e.details)
    .select_from(closings.join(ledger_entries, _e.seq == closings.c.last_seq + 1))
    .where(_e.purpose == CLOSING)
    .order_by(closings.c.period)
)
"""The entry that seals a closing is the next one."""


def rates_with_closings(connection: Connection, written: Sequence[Rate]) -> Rates:
    """What finance wrote down, and what each closed month was closed with.

    A month that was closed before rates were sealed is counted at what is written down.
    """
    closed = {}
    for month, details in _SEALED.all(connection):
        with suppress(
            ValueError, LookupError, TypeError, ArithmeticError
        ):  # none kept, or edited: `verify` tells
            kept = from_json(details)["rates"]
            closed[month] = {(base, quote): Decimal(rate) for base, quote, rate in kept}
    return Rates(tuple(written), closed)


def rates_to_seal(written: Iterable[Rate], month: str) -> list[list[str]]:
    """What a closing keeps: base, quote and rate of each pair that has one on the month's last day."""
    return [[*pair, str(rate)] for pair, rate in sorted(rates_written_on(written, _last_day(month)).items())]


def pairs_without_rate(
    connection: Connection, written: Iterable[Rate], month: str, quotes: Iterable[str]
) -> Iterator[Pair]:
    """From what a month's calls are billed in to what its savings and budgets are in, where no rate is written down.

    ``quotes`` are the currencies of the budgets.
    """
    scope, known = Scope(period=month), rates_written_on(written, _last_day(month))
    billed = {
        row.currency
        for row in added_up(connection, ENTRIES, scope, ("currency",), ("cost_micros",))
        if row.currency and row.cost_micros
    }
    wanted = {*quotes, *(one["currency"] for one in saving_rollups(connection, scope) if one["currency"])}
    for base in sorted(billed):
        for quote in sorted(wanted - {base}):
            if (base, quote) not in known:
                yield base, quote


def moved_rates(rates: Rates) -> Iterator[tuple[str, Pair, Decimal, Decimal | None]]:
    """Where what is written down now is not what a month was closed with: month, pair, written, closed with."""
    for month, closed_with in rates.closed.items():
        for pair, rate in sorted(rates_written_on(rates.written, _last_day(month)).items()):
            if rate != closed_with.get(pair):
                yield month, pair, rate, closed_with.get(pair)


def _last_day(month: str) -> date:
    return counting_day(month, date.max)
