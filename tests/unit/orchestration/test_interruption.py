"""Cancel and Suspend in the UI both stop the paying; a suspended run stays suspended, to be resumed."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("prefect")

from prefect.exceptions import Pause
from prefect.states import Cancelling, Pending, Running, Scheduled, State, Suspended

from inedit.orchestration import interruption
from inedit.orchestration.interruption import Interruption, ended_early


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch) -> list[State[Any]]:
    """What the server says of this run, the last one from then on."""
    said: list[State[Any]] = []

    async def read_flow_run(_: object) -> SimpleNamespace:
        return SimpleNamespace(state=said.pop(0) if len(said) > 1 else said[0])

    async def set_flow_run_state(_: object, state: State[Any], *, force: bool) -> None:
        assert force, "Prefect lets no run go from suspended to suspended otherwise"
        said[:] = [state]

    @asynccontextmanager
    async def client() -> Any:
        yield SimpleNamespace(read_flow_run=read_flow_run, set_flow_run_state=set_flow_run_state)

    monkeypatch.setattr(interruption, "get_client", client)
    monkeypatch.setattr(interruption, "LOOK_SECONDS", 0.01)
    return said


@pytest.mark.parametrize("state", [Cancelling(), Suspended(timeout_seconds=60)])
async def test_a_run_that_is_cancelled_or_suspended_makes_no_new_call(
    states: list[State[Any]], state: State[Any]
) -> None:
    states += [Running(), state]
    stop = asyncio.Event()
    async with Interruption(stop) as held:
        await asyncio.wait_for(stop.wait(), 5)
        while states[-1].state_details.pause_timeout:  # noqa: ASYNC110  # what the server has been told
            await asyncio.sleep(0.01)
    assert held.came


async def test_a_suspended_run_stays_so_and_a_cancelled_one_is_cancelled(states: list[State[Any]]) -> None:
    states[:] = [Suspended(timeout_seconds=60)]
    with pytest.raises(Pause, match="kept"):
        await ended_early("Stopped. What was paid for is kept.")
    (kept,) = states
    assert kept.name == "Suspended" and kept.state_details.pause_reschedule
    assert kept.state_details.pause_timeout is None, "it can be resumed however late"
    states[:] = [Cancelling()]
    assert (await ended_early("Stopped.")).is_cancelled()
    states[:] = [Running()]
    assert (await ended_early("Stopped.")).is_crashed()
    for again in (Scheduled(name="Resuming"), Pending()):
        states[:] = [again]
        with pytest.raises(Pause):
            await ended_early("Stopped.")
