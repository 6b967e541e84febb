"""Prepared statements do what SQLAlchemy's own way does, on the same connection and in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import DateTime, bindparam, func, insert, literal, literal_column, select, update
from sqlalchemy.exc import IntegrityError

from fakes.copies import copy_of
from inedit.model.errors import StoreError
from inedit.store import Store, open_store
from inedit.store.prepared import Prepared
from inedit.store.tables import balances

ROW = {"scope": "run", "scope_id": "r1", "currency": "EUR", "settled_micros": 5, "reserved_micros": 0}
WRITE = Prepared(insert(balances))
READ = Prepared(
    select(balances.c.scope_id, balances.c.settled_micros)
    .where(balances.c.scope == bindparam("of"), balances.c.currency.in_(("EUR", "USD")))
    .order_by(balances.c.scope_id)
    .limit(2)
)


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        empty = f"sqlite:///{request.getfixturevalue('empty_database')}"
    else:
        empty = request.getfixturevalue("empty_postgres")
    opened = open_store(copy_of(empty, tmp_path))
    yield opened
    opened.close()


def test_rows_are_written_and_read_by_name_number_and_as_a_mapping(store: Store) -> None:
    """Values that the statement has of its own (a list, a limit) stand in their places."""
    with store.write() as connection:
        WRITE.run(connection, *({**ROW, "scope_id": name} for name in ("r3", "r1", "r2")))
        WRITE.run(connection, {**ROW, "scope_id": "r0", "currency": "CHF"})
    with store.read() as connection:
        found = READ.all(connection, {"of": "run"})
        assert [row.scope_id for row in found] == ["r1", "r2"]
        assert (found[0][1], found[0]._asdict()) == (5, {"scope_id": "r1", "settled_micros": 5})
        assert READ.first(connection, {"of": "run"}) == ("r1", 5)
        assert READ.first(connection, {"of": "month"}) is None


def test_it_is_part_of_the_transaction(store: Store) -> None:
    """What was written is gone when the block raises, and a reader sees one state from its first look on."""
    with pytest.raises(ValueError, match="stop"), store.write() as connection:
        WRITE.run(connection, ROW)
        assert connection.execute(select(func.count()).select_from(balances)).scalar() == 1
        raise ValueError("stop")
    with store.read() as reading:
        assert READ.all(reading, {"of": "run"}) == []
        with store.write() as connection:
            WRITE.run(connection, ROW)
        assert READ.all(reading, {"of": "run"}) == []
    with store.read() as reading:
        assert len(READ.all(reading, {"of": "run"})) == 1


def test_what_goes_wrong_is_raised_as_sqlalchemy_raises_it(store: Store) -> None:
    """So that the store explains it, and whoever knows what may go wrong catches it."""
    with pytest.raises(IntegrityError, match=r"(?i)unique"), store.write() as connection:
        WRITE.run(connection, ROW, ROW)


def test_a_column_changed_by_name(store: Store) -> None:
    """Names of values and of columns are told apart."""
    change = Prepared(
        update(balances)
        .where(balances.c.scope_id == bindparam("wanted"))
        .values({"settled_micros": bindparam("settled_micros")})
    )
    with store.write() as connection:
        WRITE.run(connection, ROW)
        change.run(connection, {"wanted": "r1", "settled_micros": 8})
        change.run(connection, {"settled_micros": 9, "wanted": "r2"})
        assert READ.first(connection, {"of": "run"}).settled_micros == 8


def test_a_type_that_is_made_into_another_one(tmp_path: Path, empty_database: Path) -> None:
    """SQLAlchemy makes a moment of the text that SQLite has, and the text of a moment that is asked for."""
    noon = datetime(2026, 12, 1, 12)  # noqa: DTZ001  # as SQLAlchemy makes it
    told = Prepared(
        select(
            literal_column("'2026-12-01 12:00:00.000000'", DateTime).label("at"), literal(1).label("n")
        ).where(
            literal_column("'2026-12-01 12:00:00.000000'", DateTime) == bindparam("wanted", type_=DateTime)
        )
    )
    store = open_store(copy_of(f"sqlite:///{empty_database}", tmp_path))
    with closing(store), store.read() as connection:
        for _ in range(2):
            assert told.all(connection, {"wanted": noon}) == [(noon, 1)]
        assert told.all(connection, {"wanted": noon.replace(hour=13)}) == []


def test_a_connection_that_is_lost_is_not_used_again(tmp_path: Path, empty_postgres: str) -> None:
    """The store says what happened, and the next one asks by a new connection."""
    store = open_store(copy_of(empty_postgres, tmp_path))
    with closing(store):
        with pytest.raises(StoreError), store.read() as reading, store.write() as ending:
            own = reading.execute(select(func.pg_backend_pid())).scalar_one()
            ending.execute(select(func.pg_terminate_backend(own, 5000)))
            READ.all(reading, {"of": "run"})
        with store.read() as reading:
            assert READ.all(reading, {"of": "run"}) == []
