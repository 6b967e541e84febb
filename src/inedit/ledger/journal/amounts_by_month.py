"""What a run, campaign or month was charged and has set aside, by the month whose rates of exchange count it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from inedit.ledger.journal.reading import whole_sum
from inedit.store.rollups import ENTRIES
from inedit.store.tables import balances, ledger_entries


def amounts(
    connection: Connection, scope: str, scope_id: str, counted_in: str, this_month: str
) -> Iterator[tuple[str, str, int, int]]:
    """Month, currency, what was charged and what is set aside, in millionths, where there is anything.

    What is in the currency ``counted_in`` needs no rate and is not split by month. What is set aside is counted now.
    """
    query = select(balances.c.currency, balances.c.settled_micros, balances.c.reserved_micros).where(
        balances.c.scope == scope, balances.c.scope_id == scope_id
    )
    for currency, charged, aside in connection.execute(query).all():
        left = charged
        if scope != "month" and currency != counted_in:
            for month, micros in _charged_before(connection, scope, scope_id, currency, this_month):
                left -= micros
                yield month, currency, micros, 0
        if left or aside:
            yield scope_id if scope == "month" else this_month, currency, left, aside


def _charged_before(
    connection: Connection, scope: str, scope_id: str, currency: str, this_month: str
) -> list[tuple[str, int]]:
    """What a run or campaign was charged in each month before this one."""
    columns = ledger_entries.c if scope == "run" else ENTRIES.kept.c
    of_scope = columns.run_id if scope == "run" else columns.campaign_id
    query = (
        select(columns.period, whole_sum(columns.cost_micros))
        .where(of_scope == scope_id, columns.currency == currency, columns.period < this_month)
        .group_by(columns.period)
        .order_by(columns.period)
    )
    return [(month, micros) for month, micros in connection.execute(query) if micros]
