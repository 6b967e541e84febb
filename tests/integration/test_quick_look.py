"""A plan reads an SQLite file by the driver alone, and learns what the store would have told it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from fakes.experiments import a_design
from fakes.stub_openai import StubOpenAI
from inedit.archive.paid_before import PaidBefore
from inedit.archive.slots import Slot
from inedit.bootstrap import Settings, open_ledger, open_project_store
from inedit.bootstrap.quick_look import Past, QuickLook, past_of
from inedit.brand.schema import Campaign
from inedit.insight_loop.experiments import journal
from inedit.model import Status
from inedit.model.errors import StoreError
from inedit.pipeline import run_campaign
from inedit.pipeline.task import Options

MakePosts = Callable[..., Campaign]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of the database in the test's folder."""
    return Settings(database_url=f"sqlite:///{tmp_path}/inedit.db", model="stub")


async def test_it_says_what_the_store_says(
    open_line, posts: MakePosts, settings: Settings, tmp_path: Path
) -> None:
    """What stands at each place, which generic texts are paid for, what calls took on average: each as in the store."""
    campaign = posts()
    async with StubOpenAI() as stub, open_line(stub) as line:
        await run_campaign(campaign, line, Options(mirror=2, max_attempts=1))
        await run_campaign(posts(variants_per_cell=2), line, Options(mirror=0, max_attempts=1, candidates=2))
    with open_project_store(settings, tmp_path) as store:
        known, ledger = PaidBefore(store), open_ledger(store, tmp_path, settings)
        with store.read() as connection:
            paid = connection.exec_driver_sql("SELECT prompt_sha, model, number FROM baselines").all()
        slots = [Slot(*row) for row in paid]
        asked = [*slots, Slot(slots[0].prompt_sha, "another", 0), Slot("0" * 64, "stub", 1)]
        with past_of(settings, tmp_path, campaign, by_turn=False) as past:
            assert isinstance(past.archive, QuickLook)
            assert past.archive.statuses(campaign.id) == known.statuses(campaign.id)
            assert past.archive.statuses("another") == known.statuses("another") == {}
            assert past.archive.generic_texts_at(asked) == known.generic_texts_at(asked) == set(slots)
            for candidates in (1, 2, 3):
                means = ledger.history.mean_usage(provider="embedded", model="stub", candidates=candidates)
                assert (means is None) == (candidates == 3)
                assert means == past.ledger.history.mean_usage(
                    provider="embedded", model="stub", candidates=candidates
                )
            assert past.ledger.history.mean_usage(provider="openai", model="stub") is None
        assert known.statuses(campaign.id) and set(known.statuses(campaign.id).values()) <= set(Status)


def _is_quick(past: Past) -> bool:
    return isinstance(past.archive, QuickLook)


def test_what_is_not_as_usual_is_left_to_the_store(
    posts: MakePosts, settings: Settings, tmp_path: Path
) -> None:
    """A database that is not there yet, whose form is another one, or in which there are tests; and one that only looks
    like one, which is explained."""
    campaign, file = posts(), tmp_path / "inedit.db"
    with past_of(settings, tmp_path, campaign, by_turn=False) as past:
        assert not _is_quick(past)  # it was made
    with past_of(settings, tmp_path, campaign, by_turn=False) as past:
        assert _is_quick(past)
    read_only = Settings(database_url=f"sqlite:///{file}?mode=ro", model="stub")
    with past_of(read_only, tmp_path, campaign, by_turn=False) as past:
        assert not _is_quick(past)
    with open_project_store(settings, tmp_path) as store:
        journal.put_design(store, a_design(), datetime(2026, 11, 1, tzinfo=UTC))
    with past_of(settings, tmp_path, campaign, by_turn=False) as past:
        assert not _is_quick(past)
    with past_of(settings, tmp_path, campaign, by_turn=True) as past:
        assert _is_quick(past)
    with (
        pytest.raises(StoreError, match="cannot be read"),
        past_of(settings, tmp_path, campaign, by_turn=True) as past,
        closing(sqlite3.connect(file)) as connection,
    ):
        assert isinstance(past.archive, QuickLook)
        past.archive.connection.rollback()
        connection.execute("ALTER TABLE pieces RENAME TO lost")  # as good as a page that cannot be read
        past.archive.statuses("any")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE lost RENAME TO pieces")
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with (
        pytest.raises(StoreError, match="newer version"),
        past_of(settings, tmp_path, campaign, by_turn=True),
    ):
        pass
    os.truncate(file, 0)
    file.write_bytes(b"no database at all" * 300)
    with (
        pytest.raises(StoreError, match="no SQLite database"),
        past_of(settings, tmp_path, campaign, by_turn=True),
    ):
        pass


def test_a_file_that_goes_while_it_is_opened_is_left_to_the_store(
    posts: MakePosts, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the driver says then is no error of the plan."""
    with open_project_store(settings, tmp_path):
        pass

    def gone(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(
        "inedit.bootstrap.quick_look.sqlite3", SimpleNamespace(connect=gone, Error=sqlite3.Error)
    )
    with past_of(settings, tmp_path, posts(), by_turn=False) as past:
        assert not _is_quick(past)
