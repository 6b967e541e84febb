"""A database that another program holds: a person is told soon, what was paid for waits."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from inedit.model.errors import StoreError
from inedit.store import open_store, patience, waiting_at_most

SOON = 0.3
"""What stands in these tests for the seconds after which a person is told."""


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that is ready."""
    path = tmp_path / "inedit.db"
    open_store(f"sqlite:///{path}").close()
    for module in ("engine", "schema", "transactions"):
        monkeypatch.setattr(f"inedit.store.{module}.SOON_SECONDS", SOON)
    return path


@contextmanager
def held(path: Path, *, wholly: bool = False) -> Iterator[sqlite3.Connection]:
    """Another program writes; ``wholly``: nobody may read meanwhile."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        if wholly:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield other


def test_who_starts_is_told_soon_that_nobody_may_read(database: Path) -> None:
    with held(database, wholly=True):
        began = time.monotonic()
        with pytest.raises(StoreError, match="Another program holds"):
            open_store(f"sqlite:///{database}")
        assert time.monotonic() - began < 10 * SOON


def test_who_only_reads_waits_for_no_writer(database: Path) -> None:
    with held(database), closing(open_store(f"sqlite:///{database}")) as store, store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM pieces")).scalar_one() == 0


def test_a_run_is_refused_before_it_loads_or_pays_for_anything(database: Path) -> None:
    with closing(open_store(f"sqlite:///{database}")) as store:
        store.refuse_held()
        with held(database):
            began = time.monotonic()
            with pytest.raises(StoreError, match="Another program holds"):
                store.refuse_held()
        assert time.monotonic() - began < 10 * SOON


def test_a_person_s_change_is_given_up_soon(database: Path) -> None:
    with closing(open_store(f"sqlite:///{database}")) as store, held(database):
        began = time.monotonic()
        with waiting_at_most(SOON), pytest.raises(StoreError, match="Another program holds"), store.write():
            pass
        assert time.monotonic() - began < 10 * SOON


def test_what_was_paid_for_waits_and_says_so(database: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Without a limit of its own a write waits for longer than a person would, and is carried out."""
    with (
        caplog.at_level(logging.WARNING, "inedit.store"),
        closing(open_store(f"sqlite:///{database}")) as store,
        held(database) as other,
    ):
        freed = threading.Timer(4 * SOON, other.rollback)
        freed.start()
        with store.write() as connection:
            connection.execute(text("CREATE TABLE paid (answer TEXT)"))
        freed.join()
        with store.read() as connection:
            assert connection.execute(text("SELECT count(*) FROM paid")).scalar_one() == 0
    assert [one.getMessage() for one in caplog.records] == [
        f"Another program holds sqlite:///{database}: waiting up to 60 s for it."
    ]


def test_a_thread_that_a_page_starts_waits_as_long_as_any_run() -> None:
    """A run that somebody starts in the studio is no page: its answers are paid for."""
    seen: list[float] = []
    with waiting_at_most(SOON):
        started = threading.Thread(target=lambda: seen.append(patience.patience_seconds()))
        started.start()
        started.join()
        assert patience.patience_seconds() == SOON
    assert seen == [patience.BUSY_SECONDS]
