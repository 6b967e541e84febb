"""Opening the database: connections, transactions, and an error that a person can act on."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from sqlalchemy import (
    URL,
    BindParameter,
    ColumnElement,
    Connection,
    Double,
    Engine,
    Text,
    cast,
    create_engine,
    event,
    func,
    literal,
    make_url,
    text,
)  # fmt: skip
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from inedit.errors import StoreError
from inedit.store.values import utc_now

BUSY_SECONDS = 60.0
"""How long a write waits for another one, in this process or another, before it gives up."""

POSTGRES_CONNECT_SECONDS = 10

READ_ONLY = "inedit_read_only"
"""Execution option of an engine whose file cannot be written: a copy that somebody keeps, or looks into."""


class Store:
    """A database that is ready for use. One instance serves all threads of a process.

    A write is one transaction, committed when its block ends and rolled back when it raises. On SQLite it
    takes the write lock at its beginning (``BEGIN IMMEDIATE``), so that what it reads cannot change before it
    writes; on Postgres :meth:`lock` does this for what the name stands for.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self.is_read_only = READ_ONLY in engine.get_execution_options()
        self.address = _shown(engine.url)
        self._turn = threading.Lock()
        self._turn_holder: int | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state of the database for as long as the block lasts."""
        options: dict[str, Any] = (
            {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        with self._explained(), self.engine.connect().execution_options(**options) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction. Not to be nested: inside, hand the connection on instead of opening another one."""
        with self._explained(), self._my_turn(), self.engine.connect() as connection:
            writing = connection.execution_options(inedit_write=True)
            with writing.begin():
                yield writing

    def lock(self, connection: Connection, name: str) -> None:
        """Until the transaction ends, be the only one that holds ``name``, across processes.

        On SQLite there is nothing to do: a write transaction is alone anyway.
        """
        lock(connection, name)

    def moment(self, later_seconds: float | BindParameter[float] = 0.0) -> ColumnElement[str]:
        """The present, or a moment after it, as the database writes it (:func:`~inedit.store.values.utc_text`).

        It is told by the database's own clock, so that machines whose clocks disagree agree about it. SQLite tells
        milliseconds.
        """
        if self.is_sqlite:
            modifier = cast(later_seconds, Text) + literal(" seconds")
            return func.strftime("%Y-%m-%dT%H:%M:%f000Z", "now", modifier, type_=Text)
        seconds = cast(later_seconds, Double)
        now = func.timezone("UTC", func.clock_timestamp() + func.make_interval(0, 0, 0, 0, 0, 0, seconds))
        return func.to_char(now, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"', type_=Text)

    def epoch_seconds(self, connection: Connection) -> float:
        """Seconds since 1970 by the database's own clock."""
        if self.is_sqlite:
            return utc_now().timestamp()
        return float(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())

    def close(self) -> None:
        """Close every connection. The store cannot be used afterwards."""
        self.engine.dispose()

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        """Threads of one process queue here: fairer and faster than SQLite's own polling for its lock."""
        if not self.is_sqlite:
            yield
            return
        if self._turn_holder == threading.get_ident():
            raise RuntimeError("a write was begun inside a write of the same thread")
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise StoreError(
                f"Another write has held {self.address} for more than {BUSY_SECONDS:.0f} s. Try again."
            )
        self._turn_holder = threading.get_ident()
        try:
            yield
        finally:
            self._turn_holder = None
            self._turn.release()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            explained = _explain(error, self.address)
            if explained is None:
                raise
            raise explained from error
        except PoolTimeoutError as error:
            raise StoreError(f"Too many connections to {self.address} are in use. Try again.") from error


def lock(connection: Connection, name: str) -> None:
    """What :meth:`Store.lock` does, for who has only the connection."""
    if connection.dialect.name != "sqlite":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def engine_for(url: str | URL) -> Engine:
    try:
        parsed = make_url(url)
    except ValueError:  # a port that is not a number; SQLAlchemy would show the password
        raise StoreError(_NO_URL) from None
    except ArgumentError as error:
        raise StoreError(_NO_URL) from error
    shown = _shown(parsed)
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


def _shown(url: URL) -> str:
    """The address as messages may show it: without its password, wherever it stands."""
    hidden = {name: "***" for name in url.query if "password" in name.lower()}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)


def _sqlite_engine(url: URL) -> Engine:
    if url.get_driver_name() != "pysqlite" or "\0" in (url.database or ""):
        raise StoreError(f"{_shown(url)} cannot be opened here. Write sqlite:///folder/file.db.")
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
    engine = create_engine(url, pool_size=8, max_overflow=-1, connect_args={"timeout": BUSY_SECONDS})
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
        return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)

    engine = create_engine(
        url, creator=connect, pool_size=8, max_overflow=-1, execution_options={READ_ONLY: True}
    )
    event.listen(engine, "connect", _prepare_reading)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a paid answer must survive a power cut
    _prepare_reading(connection, record)


def _prepare_reading(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("inedit_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


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


def _explain(error: DBAPIError, address: str) -> StoreError | None:
    """What a person can do about it; None for an error of the program's own making."""
    cause = str(error.orig).strip()
    if isinstance(error, OperationalError):
        for symptom, advice in _ADVICE.items():
            if symptom in cause:
                return StoreError(f"{advice.format(address=address)} ({cause})")
        return StoreError(f"The database {address} cannot be used: {cause}")
    if "invalid connection option" in cause:
        return StoreError(f"The address {address} has an option that Postgres does not know: {cause}.")
    if type(error) is DatabaseError:
        return StoreError(f"The database {address} is damaged: restore it from a backup. ({cause})")
    return None


_ADVICE = {
    "unable to open database file": "Cannot open {address}: make its folder readable and writable.",
    "readonly database": "Cannot write to {address}: make the file and its folder writable.",
    "database is locked": "Another program holds {address}: close it and try again.",
    "disk is full": "The disk that holds {address} is full: make room and try again.",
    "disk I/O error": "The disk that holds {address} fails: check it and its permissions.",
    "connection failed": "Cannot reach {address}: check the server, the name and the password.",
    "connection is bad": "Cannot reach {address}: check the server, the name and the password.",
    "connection timeout expired": "Cannot reach {address}: check that the server runs there.",
}
