"""Writes of several threads in one transaction: one commit for all, and each by itself all the same."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from inedit.model.errors import StoreError
from inedit.store import Store, open_store, shared_writes, waiting_at_most


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "inedit.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{path}")) as opened:
        with opened.write() as connection:
            connection.execute(text("CREATE TABLE kept (name TEXT UNIQUE)"))
        yield opened


def kept(path: Path) -> list[str]:
    """What another program finds in the file."""
    with closing(sqlite3.connect(path)) as other:
        return [name for (name,) in other.execute("SELECT name FROM kept ORDER BY rowid")]


def keep(store: Store, name: str) -> None:
    with store.write(together=True) as connection:
        connection.execute(text("INSERT INTO kept VALUES (:name)"), {"name": name})


@contextmanager
def commits(store: Store) -> Iterator[list[object]]:
    """One for each commit."""
    seen: list[object] = []
    event.listen(store.engine, "commit", seen.append)
    yield seen


def at_once(store: Store, *writes: Callable[[], None], first: str = "first") -> list[Future[None]]:
    """They all wait to write while ``first`` is being written; which of them is next, nobody knows."""
    with ThreadPoolExecutor(len(writes)) as threads:
        ends: list[Future[None]] = []
        with store.write(together=True) as connection:
            connection.execute(text("INSERT INTO kept VALUES (:name)"), {"name": first})
            for number, write in enumerate(writes, 1):
                ends.append(threads.submit(write))
                while store._joining < number:
                    time.sleep(0.001)
    return ends


def test_writes_that_come_at_once_have_one_commit(store: Store, path: Path) -> None:
    """Alone, each has its own."""
    with commits(store) as made:
        for end in at_once(store, *(lambda n=n: keep(store, str(n)) for n in range(5))):  # type: ignore[misc]
            end.result()
        assert (len(made), len(kept(path))) == (1, 6)
        keep(store, "alone")
        assert (len(made), kept(path)[-1]) == (2, "alone")


def test_nobody_goes_on_before_the_commit(store: Store, path: Path) -> None:
    """What a thread has written is in the file when it goes on, for every other program."""
    found: list[bool] = []

    def look(name: str) -> None:
        keep(store, name)
        found.append(name in kept(path))

    for end in at_once(store, *(lambda n=n: look(str(n)) for n in range(4))):  # type: ignore[misc]
        end.result()
    assert found == [True] * 4


def test_one_that_fails_is_taken_back_alone(store: Store, path: Path) -> None:
    """Whether the database refuses it or its own code, before others or after them."""

    def breaks() -> None:
        with store.write(together=True) as connection:
            connection.execute(text("INSERT INTO kept VALUES ('gone')"))
            raise KeyError("broken")

    ends = at_once(
        store, lambda: keep(store, "a"), lambda: keep(store, "first"), breaks, lambda: keep(store, "b")
    )
    told = [type(end.exception()) for end in ends]
    assert told == [type(None), IntegrityError, KeyError, type(None)]
    assert kept(path)[0] == "first" and sorted(kept(path)[1:]) == ["a", "b"]  # whoever gets the turn next


def test_the_first_one_that_fails_leaves_the_turn_to_the_next(store: Store, path: Path) -> None:
    """With nothing of its own."""
    with ThreadPoolExecutor(1) as threads:
        with pytest.raises(KeyError), store.write(together=True) as connection:
            connection.execute(text("INSERT INTO kept VALUES ('gone')"))
            end = threads.submit(keep, store, "next")
            while not store._joining:
                time.sleep(0.001)
            raise KeyError("broken")
        end.result()
    assert kept(path) == ["next"]


def test_all_fail_with_the_commit(store: Store, path: Path) -> None:
    """Nobody believes that something is stored which is not; the next write is as any other."""

    def fails(_connection: object) -> None:
        raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))

    event.listen(store.engine, "commit", fails)
    with ThreadPoolExecutor(2) as threads:
        with pytest.raises(StoreError, match="disk"), store.write(together=True) as connection:
            connection.execute(text("INSERT INTO kept VALUES ('first')"))
            ends = [threads.submit(keep, store, name) for name in "ab"]
            while store._joining < 2:
                time.sleep(0.001)
        for end in ends:
            with pytest.raises(StoreError, match="disk"):
                end.result()
    event.remove(store.engine, "commit", fails)
    assert kept(path) == []
    keep(store, "after")
    assert kept(path) == ["after"]


def test_when_everything_is_undone_all_are_told(store: Store, path: Path) -> None:
    """SQLite ends a transaction by itself when the disk is full: those who wrote before have lost their part, too."""

    def undone() -> None:
        with store.write(together=True) as connection:
            held = connection.connection.driver_connection
            assert isinstance(held, sqlite3.Connection)
            held.execute("ROLLBACK")
            raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))

    with ThreadPoolExecutor(1) as threads:
        with pytest.raises(StoreError, match="disk"), store.write(together=True) as connection:
            connection.execute(text("INSERT INTO kept VALUES ('first')"))
            end = threads.submit(undone)
            while not store._joining:
                time.sleep(0.001)
        with pytest.raises(StoreError, match="disk"):
            end.result()
    keep(store, "after")
    assert kept(path) == ["after"]


def test_a_write_of_its_own_finds_what_was_written_together(store: Store, path: Path) -> None:
    """It begins after their commit, and commits by itself."""
    seen: list[list[str]] = []

    def alone() -> None:
        with store.write() as connection:
            seen.append(kept(path))
            connection.execute(text("INSERT INTO kept VALUES ('alone')"))

    with ThreadPoolExecutor(2) as threads:
        with store.write(together=True) as connection:
            connection.execute(text("INSERT INTO kept VALUES ('first')"))
            apart = threads.submit(alone)
            time.sleep(0.05)  # it queues for the turn
            joins = threads.submit(keep, store, "joins")
            while not store._joining:
                time.sleep(0.001)
        apart.result()
        joins.result()
    assert "first" in seen[0]
    assert sorted(kept(path)) == ["alone", "first", "joins"]


def test_who_gives_up_waiting_for_the_turn_leaves_nobody_behind(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others see that nobody will commit for them, and do so."""
    monkeypatch.setattr(shared_writes, "LOOK_SECONDS", 0.01)
    store._joining = 1  # somebody who is gone by the time that the turn is free
    keep(store, "a")
    store._joining = 0
    assert kept(path) == ["a"]

    def impatient() -> None:
        with waiting_at_most(0.05):
            keep(store, "late")

    with ThreadPoolExecutor(1) as threads, store.write(together=True) as connection:
        connection.execute(text("INSERT INTO kept VALUES ('b')"))
        with pytest.raises(StoreError, match="Another write has held"):
            threads.submit(impatient).result()
    assert kept(path) == ["a", "b"]


def test_so_many_wait_for_one_commit_and_no_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other programs would wait for all of them."""
    monkeypatch.setattr(shared_writes, "MOST_PARTS", 3)
    with commits(store) as made:
        for end in at_once(store, *(lambda n=n: keep(store, str(n)) for n in range(6))):  # type: ignore[misc]
            end.result()
    assert len(made) == 3


def test_many_threads_that_write_together_lose_nothing(store: Store, path: Path) -> None:
    """32 threads of 20 writes, every fifth of which fails."""

    def write(thread: int) -> None:
        for number in range(20):
            try:
                with store.write(together=number % 7 > 0) as connection:
                    connection.execute(text("INSERT INTO kept VALUES (:n)"), {"n": f"{thread}-{number}"})
                    if number % 5 == 0:
                        raise KeyError
            except KeyError:
                continue

    threads = [threading.Thread(target=write, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kept(path)) == sorted(f"{t}-{n}" for t in range(32) for n in range(20) if n % 5)


def test_a_write_inside_one_that_is_shared_is_a_mistake_that_is_named(store: Store) -> None:
    """As inside any other."""
    with store.write(together=True), pytest.raises(RuntimeError, match="inside a write"), store.write():
        pass


def test_a_write_takes_the_connection_of_the_write_before(store: Store) -> None:
    """Whether shared or not; after one that failed, and beside one that reads, it is another."""

    def used(*, together: bool) -> object:
        with store.write(together=together) as connection:
            return connection.connection.driver_connection

    first = used(together=False)
    with store.read() as reading:
        assert reading.connection.driver_connection is not first
        assert [used(together=together) for together in (True, False, True)] == [first] * 3
    with pytest.raises(KeyError), store.write() as connection:
        failed = connection
        raise KeyError
    with store.write() as connection:
        assert connection is not failed


def test_a_connection_waits_as_long_as_whoever_asks_by_it(store: Store) -> None:
    """Told only where it changes, though a person and a run take turns on it."""
    seen = []
    for seconds in (2, 2, 60, 2):
        with waiting_at_most(seconds), store.read() as connection:
            seen.append(connection.execute(text("PRAGMA busy_timeout")).scalar_one())
    assert seen == [2_000, 2_000, 60_000, 2_000]
