"""What the contract tests hold true of: each service of the pipeline, in memory and as it really is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from inedit.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'inedit.db')}")
    yield opened
    opened.close()
