"""A database that is open: transactions, locks, its clock, and errors that a person can act on."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Double,
    Engine,
    Text,
    bindparam,
    cast,
    func,
    literal,
    select,
    text,
)  # fmt: skip
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from inedit.model.errors import StoreError
from inedit.store.engine import READ_ONLY, shown_address
from inedit.store.patience import SOON_SECONDS, patience_seconds, waiting_at_most
from inedit.store.prepared import Prepared
from inedit.store.shared_writes import SharedWrite
from inedit.store.values import utc_now


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
        self.address = shown_address(engine.url)
        self._turn = threading.Lock()
        self._writer: Connection | None = None  # SQLite's, between two writes
        self._shared: SharedWrite | None = None  # what several threads wrote, and nobody has committed yet
        self._joining, self._counting = 0, threading.Lock()  # who waits for the turn to go on with it
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
    def write(self, *, together: bool = False) -> Iterator[Connection]:
        """A transaction. Not to be nested: inside, hand the connection on instead of opening another one.

        ``together``: where several threads come at once, their writes may be one transaction (on SQLite); one that
        fails is taken back by itself. The block asks nothing of the database but by this connection, and waits for
        nothing that another thread may hold while it writes.
        """
        if together and self.is_sqlite:
            with self._explained(), self._shared_write() as writing:
                yield writing
            return
        with self._explained(), self._my_turn(), self._to_write_by() as writing, writing.begin():
            yield writing

    def refuse_held(self) -> None:
        """Raise :class:`~.errors.StoreError` soon when another program keeps everybody from writing."""
        with waiting_at_most(SOON_SECONDS), self.write():
            pass

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
        if self._writer is not None:
            self._writer.close()
        self.engine.dispose()

    @contextmanager
    def _shared_write(self) -> Iterator[Connection]:
        with self._my_turn(joins=True):
            shared = self._shared = self._shared or SharedWrite.on(self._next_writer())
            try:
                with shared.part() as writing:
                    yield writing
            finally:
                if not (self._joining and shared.takes_more):
                    self._end_shared()
        shared.wait(self._end_abandoned)

    def _end_shared(self) -> None:
        """Commit what several threads wrote. The caller has the turn."""
        shared, self._shared = self._shared, None
        if shared is not None:
            if shared.end():
                self._writer = shared.connection
            else:
                shared.connection.close()

    def _end_abandoned(self) -> None:
        """The same for a transaction whose next thread gave up before its turn came."""
        if self._turn.acquire(blocking=False):
            try:
                self._end_shared()
            finally:
                self._turn.release()

    def _next_writer(self) -> Connection:
        """The connection of the last write, which is not kept any more, or a new one."""
        kept, self._writer = self._writer, None
        return kept or self.engine.connect().execution_options(inedit_write=True)

    @contextmanager
    def _to_write_by(self) -> Iterator[Connection]:
        """A connection for one write. On SQLite, where one writes at a time, it is that of the last write, unless that
        failed: it still has the pages that it read, which every other connection reads again after a commit."""
        connection = self._next_writer()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        if self.is_sqlite:
            self._writer = connection
        else:
            connection.close()

    @contextmanager
    def _my_turn(self, *, joins: bool = False) -> Iterator[None]:
        """Threads of one process queue here: fairer and faster than SQLite's own polling for its lock. What others
        wrote together is committed before, except for who ``joins`` them."""
        if not self.is_sqlite:
            yield
            return
        if self._turn_holder == threading.get_ident():
            raise RuntimeError("a write was begun inside a write of the same thread")
        patience = patience_seconds()
        with self._waiting_to_join() if joins else nullcontext():
            if not self._turn.acquire(timeout=patience):
                raise StoreError(
                    f"Another write has held {self.address} for more than {patience:.0f} s. Try again."
                )
        self._turn_holder = threading.get_ident()
        try:
            if not joins:
                self._end_shared()
            yield
        finally:
            self._turn_holder = None
            self._turn.release()

    @contextmanager
    def _waiting_to_join(self) -> Iterator[None]:
        with self._counting:
            self._joining += 1
        try:
            yield
        finally:
            with self._counting:
                self._joining -= 1

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


_LOCK = Prepared(select(func.pg_advisory_xact_lock(bindparam("number", type_=BigInteger))))


def lock(connection: Connection, name: str) -> None:
    """What :meth:`Store.lock` does, for who has only the connection."""
    if connection.dialect.name != "sqlite":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        _LOCK.all(connection, {"number": number})


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
