"""The engine of a database address: SQLite files, read-only copies, Postgres."""

from __future__ import annotations

import logging
import os
import sqlite3
import stat
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url  # fmt: skip
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from inedit.model.errors import StoreError
from inedit.store.patience import SOON_SECONDS, patience_seconds

log = logging.getLogger(__name__)

POSTGRES_CONNECT_SECONDS = 10

READ_ONLY = "inedit_read_only"
"""Execution option of an engine whose file cannot be written: a copy that somebody keeps, or looks into."""

_WAITS = "inedit_waits"
"""By which the pool remembers how many seconds a connection waits for another one's lock."""


def engine_for(url: str | URL) -> Engine:
    try:
        parsed = make_url(url)
    except ValueError:  # a port that is not a number; SQLAlchemy would show the password
        raise StoreError(_NO_URL) from None
    except ArgumentError as error:
        raise StoreError(_NO_URL) from error
    shown = shown_address(parsed)
    backend = parsed.get_backend_name()
    if backend in ("postgres", "postgresql"):  # whatever the driver that another program uses for it
        parsed, backend = parsed.set(drivername="postgresql+psycopg"), "postgresql"
    try:
        if backend == "sqlite":
            return _sqlite_engine(parsed)
        if backend == "postgresql":
            import_module("pgvector.sqlalchemy")  # reflection knows its type then
            return create_engine(
                parsed,
                pool_size=8,
                max_overflow=24,
                pool_pre_ping=True,
                connect_args={"connect_timeout": POSTGRES_CONNECT_SECONDS},
            )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError(
            f"The driver for {shown} is missing. Install it: pip install 'inedit[postgres]'."
        ) from error
    raise StoreError(
        f"Databases of the kind '{backend}' ({shown}) are not supported: use SQLite or Postgres."
    )


_NO_URL = (
    "The database address is not a URL: write sqlite:///folder/file.db or postgresql://user:password@host/name, "
    "special characters of the password as in %40 for @."
)


def shown_address(url: URL) -> str:
    """The address as messages may show it: without its password, wherever it stands."""
    hidden = {name: "***" for name in url.query if "password" in name.lower()}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)


def _sqlite_engine(url: URL) -> Engine:
    if url.get_driver_name() != "pysqlite" or "\0" in (url.database or ""):
        raise StoreError(f"{shown_address(url)} cannot be opened here. Write sqlite:///folder/file.db.")
    if not url.database or url.database == ":memory:":
        raise StoreError(
            "A database in memory would forget what was paid. Give a file: sqlite:///folder/file.db."
        )
    asked = url.query.get("mode") == "ro"
    if url.database.startswith("file:"):  # SQLite's own form, with its parameters behind it
        url = url.set(database=unquote(urlsplit(url.database).path), query={})
    path = Path(str(url.database))
    if not path.parent.is_dir():
        raise StoreError(
            f"The folder {path.parent} of the database does not exist. Create it, or give another path."
        )
    if asked or _cannot_be_written(path):
        return _read_only_engine(url.set(query={}), path)
    engine = create_engine(url, pool_size=8, max_overflow=-1)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _cannot_be_written(path: Path) -> bool:
    """Whether a file is there that nobody may write to, or we may not, or whose folder takes no file beside it."""
    if not path.is_file():
        return False
    nobody_may = not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    return nobody_may or not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK)


def _read_only_engine(url: URL, path: Path) -> Engine:
    """For a copy that is only read. Where no writes wait beside it, SQLite needs no file of its own to read it."""
    waiting = path.with_name(f"{path.name}-wal")
    whole = not waiting.exists() or waiting.stat().st_size == 0
    address = f"file:{quote(str(path.absolute()))}?mode=ro{'&immutable=1' if whole else ''}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, check_same_thread=False)

    engine = create_engine(
        url, creator=connect, pool_size=8, max_overflow=-1, execution_options={READ_ONLY: True}
    )
    event.listen(engine, "connect", _prepare_reading)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    _wait(connection, record.info, patience_seconds())
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a paid answer must survive a power cut
    _prepare_reading(connection, record)


def _prepare_reading(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")


def _wait(connection: sqlite3.Connection, known: dict[str, Any], seconds: float) -> None:
    """Let a connection wait so long for another one's lock; what is ``known`` of it says whether it does already."""
    if known.get(_WAITS) != seconds:
        connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
        known[_WAITS] = seconds


def _begin_sqlite(connection: Connection) -> None:
    pooled, patience = connection.connection, patience_seconds()
    held, known = pooled.driver_connection, pooled.info
    assert isinstance(held, sqlite3.Connection)  # noqa: S101  # the engine of an SQLite file
    if not connection.get_execution_options().get("inedit_write", False):
        _wait(held, known, patience)
        held.execute("BEGIN")  # takes no lock yet, so nothing can be in its way that is to be explained
        return
    if patience > SOON_SECONDS and _is_busy(held, known):
        log.warning(
            "Another program holds %s: waiting up to %d s for it.",
            shown_address(connection.engine.url),
            patience,
        )
        patience -= SOON_SECONDS
    if not held.in_transaction:
        _wait(held, known, patience)
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _is_busy(held: sqlite3.Connection, known: dict[str, Any]) -> bool:
    """Whether somebody else keeps us from writing for :data:`~inedit.store.patience.SOON_SECONDS`; else the write has
    begun, or fails for another reason, which the next trial tells."""
    _wait(held, known, SOON_SECONDS)
    try:
        held.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # the higher bits say why it is busy
    return False


def refuse_foreign_file(url: URL) -> None:
    """Leave a file that is no SQLite database untouched: opening must not be what alters it.

    SQLite itself looks at the file: whoever opens and closes it in another way takes away the locks that every
    connection of this process has on it (https://www.sqlite.org/howtocorrupt.html, section 2.2). As immutable, so that
    no file is made beside a copy that somebody only reads.
    """
    path = Path(str(url.database))
    try:
        if path.stat().st_size == 0:
            return
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"Cannot read the database {path}: {error.strerror}.") from error
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as connection:
            connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise StoreError(
                f"{path} is no SQLite database, or it is damaged: restore it from a backup, or give another path."
            ) from error  # what else is wrong is told when it is opened to be used
