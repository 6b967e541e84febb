"""Verbatims in the store: added once, read in order page by page, passed over for those who were forgotten."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inedit.insight_loop import field_store
from inedit.insight_loop.field_store import add_verbatims, count_verbatims, forgotten_sha, verbatims
from inedit.insight_loop.verbatims import Verbatim
from inedit.model.errors import WrongInput
from inedit.store import Store, open_store
from inedit.store.tables import forgotten_authors

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def said(number: int, author: str = "aa", place: str = "mending") -> Verbatim:
    return Verbatim(f"m{number}", place, author, NOON + timedelta(hours=number), "fr", f"Parole {number}.")


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{shutil.copy(empty_database, tmp_path / 'inedit.db')}")
    yield store
    store.close()


def test_a_second_time_adds_nothing(store: Store) -> None:
    words = [said(1), said(2), said(2), said(3, place="balcony")]
    assert add_verbatims(store, words) == 3
    assert add_verbatims(store, words) == 0
    assert count_verbatims(store) == {"balcony": 1, "mending": 2}


def test_read_page_by_page_as_they_came_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(field_store, "BATCH", 2)
    words = [said(5), said(1), said(4), said(2), said(3, place="balcony")]
    add_verbatims(store, words)
    assert list(verbatims(store)) == words
    assert list(verbatims(store, place="mending", limit=3)) == words[:3]
    assert list(verbatims(store, after="m4")) == words[3:]
    assert list(verbatims(store, since=NOON + timedelta(hours=4))) == [words[0], words[2]]
    assert list(verbatims(store, ids=["m2", "m3"])) == words[3:]
    with pytest.raises(WrongInput, match="no verbatim 'm9'"):
        list(verbatims(store, after="m9"))


def test_who_was_forgotten_is_not_taken_in_again(store: Store) -> None:
    with store.write() as connection:
        connection.execute(
            forgotten_authors.insert().values(author_sha=forgotten_sha("bb"), forgotten_at="2026")
        )
    assert add_verbatims(store, [said(1), said(2, author="bb")]) == 1
    assert [verbatim.author for verbatim in verbatims(store)] == ["aa"]
