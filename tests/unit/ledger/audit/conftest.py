"""A ledger on either database: a fresh SQLite file, or a database of its own on a real Postgres."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.copies import copy_of
from fakes.postgres import new_database
from inedit.store import Store, open_store


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest) -> str:
    """The address of an empty ledger on either database."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('empty_database')}"
    address = new_database(request.getfixturevalue("postgres_server"))
    open_store(address).close()
    return address


@pytest.fixture(scope="module")
def template(empty: str) -> str:
    """What each test gets a copy of; a module that wants more than an empty ledger writes it once."""
    return empty


@pytest.fixture
def store(template: str, tmp_path: Path) -> Iterator[Store]:
    """A copy of its own for each test."""
    opened = open_store(copy_of(template, tmp_path))
    yield opened
    opened.close()
