"""What the contract tests hold true of: each service of the pipeline, in memory and as it really is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from inedit.store import Store, open_store


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "inedit.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'inedit.db')}")
    yield opened
    opened.close()
