"""Reading entries: which ones are meant, one after the other, and what each piece cost."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    case,
    cast,
    func,
    select,
    true,
)

from inedit.ledger.journal.calls import ADJUSTMENT
from inedit.ledger.journal.chain import COLUMNS
from inedit.ledger.pricing.months import is_period
from inedit.model import LedgerEntry
from inedit.model.errors import WrongInput
from inedit.store import Store
from inedit.store.piece_facts import piece_facts
from inedit.store.rollups import ENTRIES, Rollup
from inedit.store.tables import ledger_entries, reservations

BLOCK_ROWS = 2000
"""Rows that are held in memory at a time while the ledger is read."""

_e = ledger_entries.c
_Scanned = namedtuple("_Scanned", COLUMNS)  # type: ignore[misc]  # the names are those of the columns


@dataclass(frozen=True, slots=True)
class Scope:
    """Which entries are meant; all of them when nothing is given. ``period`` is a month: ``2026-11``."""

    run_id: str | None = None
    campaign_id: str | None = None
    period: str | None = None

    def __str__(self) -> str:
        named = (("run", self.run_id), ("campaign", self.campaign_id), ("month", self.period))
        return ", ".join(f"{name} {value}" for name, value in named if value) or "everything"

    def check(self) -> None:
        """Raises :class:`~.errors.WrongInput` when ``period`` is not a month."""
        if self.period is not None and not is_period(self.period):
            raise WrongInput(f"'{self.period}' is not a month: write it as in 2026-11.")

    def entries(self) -> ColumnElement[bool]:
        """The condition on entries."""
        return self.of(_e)

    def pieces(self) -> ColumnElement[bool]:
        """The condition on pieces; a piece belongs to the month in which it came to rest."""
        conditions = [
            column == value
            for column, value in (
                (piece_facts.c.run_id, self.run_id),
                (piece_facts.c.campaign_id, self.campaign_id),
            )
            if value is not None
        ]
        if self.period is not None:
            conditions.append(piece_facts.c.created_at.startswith(self.period))
        return and_(true(), *conditions)

    def reservations(self) -> ColumnElement[bool]:
        """The condition on reservations."""
        return self.of(reservations.c)

    def of(self, columns: Any) -> ColumnElement[bool]:
        """The condition on anything that has columns of these names."""
        return and_(true(), *(columns[name] == value for name, value in self.values().items()))

    def values(self) -> dict[str, str]:
        """What is given, by the name of its column."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class PieceCost:
    """What one piece cost: all its calls, and the corrections of them.

    ``cost_micros`` is None when one of its calls has an unknown price, or another currency than the rest.
    """

    calls: int
    cost_micros: int | None
    currency: str | None


def read_entries(connection: Connection, scope: Scope) -> Iterator[LedgerEntry]:
    """Entries in order of their number, a block at a time."""
    query = select(*(_e[name] for name in COLUMNS)).where(scope.entries()).order_by(_e.seq)
    for row in connection.execute(query.execution_options(yield_per=BLOCK_ROWS)):
        yield LedgerEntry(*row)


def scan_entries(connection: Connection) -> Iterator[Any]:
    """All of them, as named tuples of the columns of an entry: one is made in a tenth of the time."""
    query = select(*(_e[name] for name in COLUMNS)).order_by(_e.seq)
    return map(_Scanned._make, connection.execute(query.execution_options(yield_per=BLOCK_ROWS)))


def entries_of_piece(
    connection: Connection, campaign_id: str, spec_key: str, edition: int
) -> tuple[LedgerEntry, ...]:
    """Everything that is booked for one piece: calls, corrections and memos, in order of their number."""
    query = (
        select(*(_e[name] for name in COLUMNS))
        .where(_e.campaign_id == campaign_id, _e.spec_key == spec_key, _e.edition == edition)
        .order_by(_e.seq)
    )
    return tuple(LedgerEntry(*row) for row in connection.execute(query))


def months(store: Store) -> tuple[str, ...]:
    """The months that something is booked in, the newest first."""
    period = ENTRIES.kept.c.period
    query = select(period).distinct().order_by(period.desc())
    with store.read() as connection:
        return tuple(connection.execute(query).scalars())


def piece_costs(connection: Connection, scope: Scope) -> dict[tuple[str, int], PieceCost]:
    """The cost of each piece of a scope, by variant key and edition."""
    corrections = ledger_entries.alias()
    corrected = select(corrections.c.seq).where(corrections.c.corrects == _e.id).exists()
    unknown = and_(_e.kind == "call", _e.cost_micros.is_(None), ~corrected)
    query = (
        select(
            _e.spec_key,
            _e.edition,
            whole_sum(case((and_(_e.kind == "call", _e.purpose != ADJUSTMENT), 1), else_=0)).label("calls"),
            whole_sum(_e.cost_micros).label("cost_micros"),
            func.min(_e.currency).label("currency"),
            (func.count(_e.currency.distinct()) > 1).label("mixed"),
            whole_sum(case((unknown, 1), else_=0)).label("unknown"),
        )
        .where(scope.entries(), _e.kind != "memo", _e.spec_key.is_not(None))
        .group_by(_e.spec_key, _e.edition)
    )
    return {
        (row.spec_key, row.edition): PieceCost(
            row.calls, None if row.unknown or row.mixed else row.cost_micros, row.currency
        )
        for row in connection.execute(query)
    }


def added_up(
    connection: Connection,
    rollup: Rollup,
    scope: Scope,
    by: Sequence[str],
    measures: Sequence[str] = (),
    **where: Any,
) -> Sequence[Row[Any]]:
    """What a scope adds up to, by some of the keys: of a run, its facts; of everything else, the sums that are kept.

    ``where`` holds a value that a key must have. Without ``measures``, all of them.
    """
    wanted = {**scope.values(), **where}
    table = rollup.kept if scope.run_id is None else rollup.facts
    query = _added_up(table, tuple(by), tuple(measures) or rollup.measures, tuple(wanted))
    return connection.execute(query, wanted).all()


@cache
def _added_up(table: Table, by: Sequence[str], measures: Sequence[str], wanted: Sequence[str]) -> Select[Any]:
    """The statement, built once: a report asks twenty such questions."""
    keys = [table.c[key] for key in by]
    return (
        select(*keys, *(whole_sum(table.c[name]).label(name) for name in measures))
        .where(true(), *(table.c[name] == bindparam(name) for name in wanted))
        .group_by(*keys)
        .order_by(*keys)
    )


def whole_sum(values: ColumnElement[Any]) -> ColumnElement[int]:
    """A sum as an integer of 64 bits, 0 over nothing: Postgres would make it a decimal number."""
    return cast(func.coalesce(func.sum(values), 0), BigInteger)
