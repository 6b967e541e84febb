"""A ledger that is written once and copied for each test, on SQLite and on Postgres."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fakes.ledger import Clock
from fakes.postgres import new_database
from inedit.ledger import Ledger
from inedit.store import open_store


def copy_of(address: str, folder: Path) -> str:
    """A copy of a database that nobody has open: its address."""
    if address.startswith("sqlite:"):
        return f"sqlite:///{shutil.copy(address.removeprefix('sqlite:///'), folder / 'inedit.db')}"
    return new_database(address, address.rpartition("/")[2])


@contextmanager
def written_once(empty: str, folder: Path) -> Iterator[tuple[str, Ledger, Clock]]:
    """The address of a copy of an empty ledger, the ledger to write, and its clock."""
    address = copy_of(empty, folder)
    opened = open_store(address)
    clock = Clock()
    yield address, Ledger(opened, clock=clock), clock
    opened.close()
