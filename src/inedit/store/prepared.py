"""Statements that every call of a model runs, put together once.

SQLAlchemy looks for its compiled form, lays out its parameters and wraps its result each time, which takes several
times as long as SQLite itself does, and on Postgres as long again as the driver takes. A prepared statement goes to the
driver as it was compiled the first time.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Enum, Executable, Float, Integer, LargeBinary, String
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NullType, TypeEngine

Values = Mapping[str, Any]
NO_VALUES: Values = {}
_Change = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in a driver's words, the values that it has of its own, and what its rows are made by."""

    words: str
    names: tuple[str, ...]
    own: Values
    by_name: bool
    made: Mapping[str, _Change]
    read: tuple[tuple[int, _Change], ...]
    row: Callable[[Iterable[Any]], Any]

    def given(self, values: Values) -> Any:
        """The values as the driver wants them: by name, or in order."""
        if self.made:
            values = {name: self.made[name](v) if name in self.made else v for name, v in values.items()}
        own = self.own
        if self.by_name:
            return {name: own[name] if name in own else values[name] for name in self.names}
        return tuple([own[name] if name in own else values[name] for name in self.names])

    def rows(self, read: Iterable[Any]) -> list[Any]:
        """What the driver read, as rows."""
        if not self.read:
            return list(map(self.row, read))
        return [self.row(self._changed(row)) for row in read]

    def _changed(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for i, change in self.read:
            values[i] = change(values[i])
        return values


class Prepared:
    """A statement to which the same names are given each time.

    Rows have their columns by name (``row.seq``), by number and as a mapping (``row._asdict()``), as SQLAlchemy's have.
    What goes wrong is raised as SQLAlchemy raises it. Serves all threads of a process.
    """

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def all(self, connection: Connection, values: Values = NO_VALUES) -> Sequence[Any]:
        """All rows."""
        compiled = self._compiled.get(connection.dialect.name) or self._compile(connection.dialect, values)
        return compiled.rows(_run(connection, compiled.words, compiled.given(values)))

    def first(self, connection: Connection, values: Values = NO_VALUES) -> Any:
        """The first row; None where there is none."""
        return next(iter(self.all(connection, values)), None)

    def run(self, connection: Connection, *rows: Values) -> None:
        """Write once with each of these values."""
        compiled = self._compiled.get(connection.dialect.name) or self._compile(connection.dialect, rows[0])
        if len(rows) == 1:
            _run(connection, compiled.words, compiled.given(rows[0]))
        else:
            _run(connection, compiled.words, [compiled.given(values) for values in rows], many=True)

    def _compile(self, dialect: Dialect, values: Values) -> _Compiled:
        statement: Any = self._statement
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(values))
        state = compiled.construct_expanded_state({**values})
        columns = getattr(statement, "exported_columns", ())
        names = tuple(state.positiontup or state.parameters)
        made = {
            name: change
            for name, bound in compiled.binds.items()
            if (change := _changed_by(bound.type, dialect, "bind_processor"))
        }
        own = {
            name: made[name](value) if name in made else value
            for name, value in state.parameters.items()
            if name not in values
        }
        read = (_changed_by(column.type, dialect, "result_processor", None) for column in columns)
        prepared = _Compiled(
            state.statement,
            names,
            own,
            not state.positiontup,
            made,
            tuple((i, change) for i, change in enumerate(read) if change),
            _rows_of([column.key for column in columns]),
        )
        self._compiled[dialect.name] = prepared
        return prepared


def _changed_by(written: TypeEngine[Any], dialect: Dialect, way: str, *more: Any) -> _Change | None:
    """What makes a value of a type into what the driver wants, or what it gives into the value; None where both are
    the same."""
    own = written.dialect_impl(dialect)
    if isinstance(own, (String, Integer, Float, LargeBinary, NullType)) and not isinstance(own, Enum):
        return None
    change: _Change | None = getattr(own, way)(dialect, *more)
    return change


def _rows_of(columns: list[str]) -> Callable[[Iterable[Any]], Any]:
    """What makes rows of these columns."""
    named: Any = namedtuple  # which columns, the statement says as it is run
    make: Callable[[Iterable[Any]], Any] = named("Row", columns, rename=True)._make
    return make


def _run(connection: Connection, words: str, values: Any, *, many: bool = False) -> list[Any]:
    if not connection.in_transaction():
        connection.begin()
    held: Any = connection.connection.driver_connection
    dialect = connection.dialect
    errors: Any = dialect.dbapi
    try:
        if many:  # which Postgres is sent at once
            held.cursor().executemany(words, values)
            return []
        done = held.execute(words, values)
        return done.fetchall() if done.description else []
    except errors.Error as error:
        lost = dialect.is_disconnect(error, held, None)
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            words, values, error, errors.Error, dialect=dialect, connection_invalidated=lost
        ) from error
