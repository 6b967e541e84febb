"""Databases that are made or written once and copied for each test, on SQLite and on Postgres."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fakes.ledger import Clock
from fakes.postgres import drop_database, new_database
from inedit.bootstrap.project import STATE_FOLDER
from inedit.ledger import Ledger
from inedit.store import open_store

_OF_THIS_TEST: list[str] = []
"""The databases on a server that end with the test."""


@cache
def empty_database() -> bytes:
    """A SQLite database with its tables: the migrations take longer than most tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "inedit.db"
        open_store(f"sqlite:///{path}").close()
        return path.read_bytes()


def with_database(root: Path) -> Path:
    """The same project, with its own database in place, empty."""
    folder = root / STATE_FOLDER
    folder.mkdir()
    (folder / "inedit.db").write_bytes(empty_database())
    return root


def copy_of(address: str, folder: Path, *, outlives_the_test: bool = False) -> str:
    """A copy of a database that nobody has open: its address. It is there until the test ends."""
    if address.startswith("sqlite:"):
        return f"sqlite:///{shutil.copy(address.removeprefix('sqlite:///'), folder / 'inedit.db')}"
    made = new_database(address, address.rpartition("/")[2])
    if not outlives_the_test:
        _OF_THIS_TEST.append(made)
    return made


def drop_copies() -> None:
    """Remove the copies of the test that ends: hundreds of databases are a gigabyte, and minutes to delete at once."""
    while _OF_THIS_TEST:
        drop_database(_OF_THIS_TEST.pop())


@contextmanager
def written_once(empty: str, folder: Path) -> Iterator[tuple[str, Ledger, Clock]]:
    """The address of a copy of an empty ledger, the ledger to write, and its clock."""
    address = copy_of(empty, folder, outlives_the_test=True)
    opened = open_store(address)
    clock = Clock()
    yield address, Ledger(opened, clock=clock), clock
    opened.close()
