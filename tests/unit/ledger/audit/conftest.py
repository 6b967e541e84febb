"""A ledger on either database: a fresh SQLite file, or a database of its own on a real Postgres."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.postgres import new_database
from inedit.store import Store, open_store


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty ledger on either database; on Postgres a copy of one that the module has made."""
    if request.param == "sqlite":
        yield from _on_a_file(request.getfixturevalue("tmp_path"), request.getfixturevalue("empty_database"))
        return
    opened = open_store(new_database(*request.getfixturevalue("empty_on_postgres")))
    yield opened
    opened.close()


def _on_a_file(folder: Path, empty: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{shutil.copy(empty, folder / 'inedit.db')}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def empty_on_postgres(postgres_server: str) -> tuple[str, str]:
    """The server, and the name of a database with an empty ledger."""
    template = new_database(postgres_server)
    open_store(template).close()
    return postgres_server, template.rpartition("/")[2]
