"""What the tests of the pipeline share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.pipeline import Guard
from inedit.store import Store, open_store


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch) -> Guard:
    """Judges by the signs in a text: the real one is tested where it stands."""
    stands_in = Guard()
    monkeypatch.setattr("inedit.pipeline.candidates.evaluate", stands_in)
    return stands_in


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    """For the few steps of a whole run that are no piece's affair."""
    opened = open_store(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'inedit.db')}")
    yield opened
    opened.close()
