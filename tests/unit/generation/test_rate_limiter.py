"""The provider's pace: one count for everybody who shares the store."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from fakes.postgres import new_database
from inedit.bootstrap import issues_of
from inedit.generation.rate_limiter import PaceLimit, RateLimited, RateLimiter, check_pace, load_pace
from inedit.model.errors import ProjectErrors, WrongInput
from inedit.store import Store, open_store
from inedit.store.tables import pace


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        opened = open_store(f"sqlite:///{tmp_path / 'inedit.db'}")
    else:
        opened = open_store(new_database(request.getfixturevalue("postgres_server")))
    yield opened
    opened.close()


def limit(**limits: object) -> PaceLimit:
    return PaceLimit.model_validate({"provider": "openai", **limits})


def wait_seconds(
    asked: RateLimiter, model: str = "gpt-5-mini", provider: str = "openai", tokens: int = 10
) -> float:
    """0 when the call may be sent now, else how long to wait."""
    try:
        with asked.store.write() as connection:
            asked.take(connection, provider, model, tokens)
    except RateLimited as soon:
        return soon.seconds
    return 0.0


def test_calls_wait_until_the_oldest_are_a_minute_old(store: Store) -> None:
    """The limit may be used at once; the next call waits for the second of the first one to leave the minute."""
    asked = RateLimiter(store, (limit(requests_per_minute=3),))
    assert [wait_seconds(asked) for _ in range(3)] == [0, 0, 0]
    assert 58 < wait_seconds(asked) <= 61


def test_tokens_are_limited_as_well(store: Store) -> None:
    """Whichever limit is reached first holds."""
    asked = RateLimiter(store, (limit(requests_per_minute=100, tokens_per_minute=1000),))
    assert wait_seconds(asked, tokens=600) == 0
    assert wait_seconds(asked, tokens=600) > 58
    assert wait_seconds(asked, tokens=400) == 0
    with pytest.raises(WrongInput, match="up to 1001 tokens"):
        wait_seconds(asked, tokens=1001)


def test_a_call_counts_under_every_limit_that_names_its_model(store: Store) -> None:
    """A limit of an account and one of a model hold together; other providers and models are left alone."""
    asked = RateLimiter(store, (limit(requests_per_minute=3), limit(model="gpt-5*", requests_per_minute=2)))
    assert [wait_seconds(asked) for _ in range(2)] == [0, 0]
    assert wait_seconds(asked) > 0
    assert wait_seconds(asked, model="o3") == 0
    assert wait_seconds(asked, model="o3") > 0
    assert wait_seconds(asked, provider="mistral") == 0


def test_the_window_slides_and_forgets(store: Store) -> None:
    """Calls are granted again as the seconds pass, and what no longer counts is deleted."""
    asked = RateLimiter(store, (limit(requests_per_minute=2),), window_seconds=1)
    granted: list[tuple[float, float]] = []  # between which moments
    end = time.monotonic() + 6
    while time.monotonic() < end:
        asked_at, seconds = time.monotonic(), wait_seconds(asked)
        if not seconds:
            granted.append((asked_at, time.monotonic()))
        time.sleep(min(seconds, 0.2))
    assert 5 <= len(granted) <= 8
    assert all(later - earlier >= 1 for (earlier, _), (_, later) in zip(granted, granted[2:], strict=False))
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(pace)).scalar_one() <= 3


def test_a_pause_holds_for_everybody_who_calls_that_model(store: Store) -> None:
    """Retry-After stops the other processes too, without any limit set; a shorter pause does not end a longer one."""
    met, other = RateLimiter(store), RateLimiter(store)
    met.pause("openai", "gpt-5-mini", 20.0)
    met.pause("openai", "gpt-5-mini", 1.0)
    assert 10 < wait_seconds(other) <= 20
    assert wait_seconds(other, model="o3") == 0
    met.pause("openai", "o3", 0.05)
    time.sleep(0.1)
    assert wait_seconds(other, model="o3") == 0


def test_no_limit_counts_nothing(store: Store) -> None:
    """Without limits no row is written."""
    assert wait_seconds(RateLimiter(store)) == 0
    with store.read() as connection:
        assert connection.execute(select(pace)).all() == []


def test_the_file_says_what_is_wrong_in_it(tmp_path: Path) -> None:
    """Faults name file, line and how to fix them; a project without the file has no limits."""
    assert load_pace(tmp_path) == ()
    folder = tmp_path / "brand_data"
    folder.mkdir()
    file = folder / "pace.yaml"
    file.write_text("- {provider: openai, requests_per_minute: 500, tokens_per_minute: 200000}\n")
    assert load_pace(tmp_path)[0].tokens_per_minute == 200_000
    file.write_text("- {provider: openai}\n- {provider: openai, requests_per_minute: 0, request: 4}\n")
    found = [(issue.line, issue.message) for issue in check_pace(tmp_path)]
    assert [line for line, _ in found] == [1, 2, 2]
    assert "requests_per_minute" in found[0][1]
    with pytest.raises(ProjectErrors):
        load_pace(tmp_path)


def test_check_reads_the_file(tmp_path: Path) -> None:
    """``inedit check`` tells its faults with those of the other files."""
    from inedit.brand.scaffold import init_project

    init_project(tmp_path)
    assert issues_of(tmp_path) == ()
    (tmp_path / "brand_data" / "pace.yaml").write_text("provider: openai\n")
    assert [issue.code for issue in issues_of(tmp_path)] == ["wrong-type"]
