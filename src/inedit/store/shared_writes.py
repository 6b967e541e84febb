"""Writes of several threads in one transaction of SQLite: whoever comes while others wait to write leaves the commit to
the last of them. A commit waits for the disk, some milliseconds, and takes a fifth of a call's time in the ledger.

Each part stands by itself: what it wrote is taken back when it fails, and the others stay. Nobody goes on before the
commit, and all fail with it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, RootTransaction

MOST_PARTS = 16
"""So many writes wait for one commit at most; other programs wait for all of them."""

LOOK_SECONDS = 0.2
"""How often who waits for the commit looks whether those who were to make it have given up."""


@dataclass(slots=True)
class SharedWrite:
    """An open transaction. All but :meth:`wait` is called by who has the store's turn."""

    connection: Connection
    transaction: RootTransaction
    parts: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)
    _failure: BaseException | None = None

    @classmethod
    def on(cls, connection: Connection) -> SharedWrite:
        """Begun on a connection that writes."""
        try:
            return cls(connection, connection.begin())
        except BaseException:
            connection.close()
            raise

    @contextmanager
    def part(self) -> Iterator[Connection]:
        """The write of one thread; taken back when it raises."""
        held = self.connection.connection.driver_connection
        assert isinstance(held, sqlite3.Connection)  # noqa: S101  # elsewhere each write is a transaction
        is_first = self.parts == 0
        self.parts += 1
        if not is_first:
            held.execute("SAVEPOINT part")
        try:
            yield self.connection
            if not is_first:
                held.execute("RELEASE part")
        except BaseException as error:
            if is_first or not _is_taken_back(held):
                if not is_first:
                    self._failure = error
                self.transaction.rollback()
            raise

    @property
    def takes_more(self) -> bool:
        """Whether another part may follow."""
        return self.transaction.is_active and self.parts < MOST_PARTS

    def end(self) -> bool:
        """Commit, and let everybody go on; whether the connection is still good."""
        try:
            if self.transaction.is_active:
                self.transaction.commit()
        except BaseException as error:  # told to all who wait for it, this thread among them
            self._failure = error
            self.connection.invalidate()
        finally:
            self._ended.set()
        return self._failure is None

    def wait(self, abandoned: Callable[[], None]) -> None:
        """Until it is committed; raises what kept it from being. ``abandoned`` commits it when nobody else will."""
        while not self._ended.wait(LOOK_SECONDS):
            abandoned()
        if self._failure is not None:
            raise self._failure


def _is_taken_back(held: sqlite3.Connection) -> bool:
    """Undo the part alone; False where SQLite cannot, or has undone everything: the disk is full, or fails."""
    try:
        held.execute("ROLLBACK TO part")
        held.execute("RELEASE part")
    except sqlite3.Error:
        return False
    return True
