"""Statements that every call of a model runs, put together once.

SQLAlchemy looks for its compiled form, lays out its parameters and wraps its result each time, which takes several
times as long as SQLite itself does. On SQLite a prepared statement goes to the driver as it was compiled the first
time; on Postgres, which is another process or machine away, it is run as any other.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError

Values = Mapping[str, Any]
NO_VALUES: Values = {}


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in SQLite's words, the values that it has of its own, and what its rows are made by."""

    words: str
    names: tuple[str, ...]
    own: Values
    row: Callable[[Iterable[Any]], Any]

    def in_order(self, values: Values) -> tuple[Any, ...]:
        """The values as the driver wants them."""
        own = self.own
        return tuple([own[name] if name in own else values[name] for name in self.names])


class Prepared:
    """A statement whose columns and values are texts, numbers and bytes; the same names are given each time.

    Rows have their columns by name (``row.seq``), by number and as a mapping (``row._asdict()``), as SQLAlchemy's have.
    What goes wrong is raised as SQLAlchemy raises it. Serves all threads of a process.
    """

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: _Compiled | None = None

    def all(self, connection: Connection, values: Values = NO_VALUES) -> Sequence[Any]:
        """All rows."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).all()
        compiled = self._compiled or self._compile(connection.dialect, values)
        return [compiled.row(row) for row in _run(connection, compiled.words, compiled.in_order(values))]

    def first(self, connection: Connection, values: Values = NO_VALUES) -> Any:
        """The first row; None where there is none."""
        return next(iter(self.all(connection, values)), None)

    def run(self, connection: Connection, *rows: Values) -> None:
        """Write once with each of these values."""
        if connection.dialect.name != "sqlite":
            connection.execute(self._statement, rows[0] if len(rows) == 1 else rows)
            return
        compiled = self._compiled or self._compile(connection.dialect, rows[0])
        for values in rows:
            _run(connection, compiled.words, compiled.in_order(values))

    def _compile(self, dialect: Dialect, values: Values) -> _Compiled:
        statement: Any = self._statement
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(values))
        state = compiled.construct_expanded_state({**values})
        columns = getattr(statement, "exported_columns", ())
        read = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        if any(read) or any(state.processors.values()):
            raise TypeError(
                f"a value of this statement is neither a text nor a number nor bytes: {statement}"
            )
        own = {name: state.parameters[name] for name in state.positiontup if name not in values}
        row = _rows_of([column.key for column in columns])
        self._compiled = _Compiled(state.statement, tuple(state.positiontup), own, row)
        return self._compiled


def _rows_of(columns: list[str]) -> Callable[[Iterable[Any]], Any]:
    """What makes rows of these columns."""
    named: Any = namedtuple  # which columns, the statement says as it is run
    make: Callable[[Iterable[Any]], Any] = named("Row", columns, rename=True)._make
    return make


def _run(connection: Connection, words: str, values: tuple[Any, ...]) -> list[Any]:
    if not connection.in_transaction():
        connection.begin()
    held = connection.connection.driver_connection
    assert isinstance(held, sqlite3.Connection)  # noqa: S101  # the engine of an SQLite file
    try:
        return held.execute(words, values).fetchall()
    except sqlite3.Error as error:
        raise DBAPIError.instance(words, values, error, sqlite3.Error, dialect=connection.dialect) from error
