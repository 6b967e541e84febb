"""Shards for the workers of a pool, on a real Prefect server: what a shard refuses, and what its run does about it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight
from inedit.archive.leases import Leases
from inedit.archive.requests import put_request
from inedit.archive.runs import end_run
from inedit.bootstrap import ModelAddress, open_pipeline, open_project_store
from inedit.orchestration.forms import ProduceForm, read
from inedit.orchestration.request import RunRequest, make_request
from inedit.pipeline import OpenRun, begin_run
from inedit.pipeline.task import Event
from inedit.store import Store

pytestmark = [
    pytest.mark.prefect,
    # Prefect's own: connections that it leaves to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
ROOT = Path(__file__).parents[2]


async def begun_run(store: Store, order: RunRequest) -> OpenRun:
    """A run that is open and asked for, as *Produce a campaign* leaves it to its workers."""
    address = ModelAddress("http://127.0.0.1:9/v1", "none", "stub", "stub")
    async with open_pipeline(order.project, order.settings, store, address, concurrency=1) as line:
        begun = begin_run(order.campaign, line, order.options)
    put_request(store, begun.run_id, order.form.model_dump(), asked_by="a test", now=datetime.now(UTC))
    return begun


@pytest.fixture
def setting(
    prefect_server: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[StubOpenAI], None]:
    """What a worker's environment says."""

    def set_up(stub: StubOpenAI) -> None:
        for name, value in stub.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("INEDIT_DATABASE_URL", f"sqlite:///{tmp_path / 'inedit.db'}")
        monkeypatch.setenv("INEDIT_PROJECT", str(ROOT))

    return set_up


async def order_of(**asked: Any) -> RunRequest:
    only = {"channels": ["social"], "languages": ["fr"]}
    return await make_request(
        read(ProduceForm, **{"campaign": "mini", "model": "stub", "only": only, **asked})
    )


async def test_a_shard_is_written_from_what_the_database_says(setting) -> None:
    """The run's id, a number and the plan's mark are enough; the state tells what was made."""
    from inedit.orchestration.shard import plan_mark, write_shard

    async with StubOpenAI(answer=tell_the_insight) as stub:
        setting(stub)
        order = await order_of()
        with open_project_store(order.settings, ROOT) as store:
            begun = await begun_run(store, order)
            asked = {"run": begun.run_id, "shard": 1, "of": 1, "plan": plan_mark(order.campaign, begun.specs)}
            state = await write_shard(**asked, return_state=True)
            assert state.is_completed(), state.message
            assert "accepted" in state.message
            served = len(stub.served)
            again = await write_shard(**asked, return_state=True)
            assert again.message == "nothing new; 2 were there already."
            assert len(stub.served) == served


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"plan": "another"}, "brand_data/ or their versions"),
        ({"of": 2}, "brand_data/"),
        ({"run": "x"}, "no run 'x'"),
    ],
    ids=["another brand", "another cut", "another database"],
)
async def test_a_worker_that_would_write_something_else_refuses(
    setting, changed: dict[str, Any], message: str
) -> None:
    """Whatever differs between two machines is said in a sentence, and nothing is sent."""
    from inedit.orchestration.shard import plan_mark, write_shard

    async with StubOpenAI(answer=tell_the_insight) as stub:
        setting(stub)
        order = await order_of()
        with open_project_store(order.settings, ROOT) as store:
            begun = await begun_run(store, order)
            asked = {"run": begun.run_id, "shard": 1, "of": 1, "plan": plan_mark(order.campaign, begun.specs)}
            state = await write_shard(**{**asked, **changed}, return_state=True)
        assert state.is_failed()
        assert message in state.message
        assert stub.served == []


async def test_a_run_that_is_stopped_anywhere_stops_its_shards(setting) -> None:
    """The row of the run says so; calls under way are finished, and the shard's state says why it is incomplete."""
    from inedit.orchestration.shard import STOPPED, plan_mark, write_shard

    async with StubOpenAI(answer=tell_the_insight, latency_seconds=1.5) as stub:
        setting(stub)
        order = await order_of(only={"languages": ["fr", "en", "es"]})
        with open_project_store(order.settings, ROOT) as store:
            begun = await begun_run(store, order)
            mark = plan_mark(order.campaign, begun.specs)
            shard = asyncio.create_task(
                write_shard(run=begun.run_id, shard=1, of=3, plan=mark, return_state=True)
            )
            while not stub.requests:  # noqa: ASYNC110  # the stub is no part of the program: it sets no event
                await asyncio.sleep(0.05)
            end_run(store, begun.run_id, "interrupted")
            state = await shard
        assert (state.name, state.message) == (STOPPED, "interrupted")
        assert all(call.delivered for call in stub.served)


async def test_a_run_hands_its_shards_out_again_and_ends_when_it_is_stopped(setting, monkeypatch) -> None:
    """A flow run that crashed, and one whose worker gives no sign of life, are followed by new ones."""
    from prefect import flow
    from prefect.client.orchestration import get_client
    from prefect.states import Crashed, Running

    from inedit.orchestration import dispatch
    from inedit.orchestration.deployments import deploy_shards
    from inedit.orchestration.shard import shard_lease_key

    monkeypatch.setattr(dispatch, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(dispatch, "FAREWELL_SECONDS", 6.0)
    seen: list[Event] = []
    async with StubOpenAI() as stub:
        setting(stub)
        order = await order_of()
        await deploy_shards("nobody", "A brand")
        with (
            open_project_store(order.settings, ROOT) as store,
            open_project_store(order.settings, ROOT) as workers_store,
        ):
            begun, stop = await begun_run(store, order), asyncio.Event()

            @flow
            async def parent() -> Any:
                return await dispatch.Dispatcher(
                    order, begun, store, pool="nobody", deployment="Write a shard/Shard · A brand",
                    on_event=seen.append, stop=stop,
                ).written()  # fmt: skip

            async def newest(count: int) -> Any:
                async with get_client() as client, asyncio.timeout(60):
                    while True:
                        runs = [r for r in await client.read_flow_runs() if begun.run_id in r.name]
                        if len(runs) == count:
                            return max(runs, key=lambda run: run.created)
                        await asyncio.sleep(0.2)

            running = asyncio.create_task(parent())
            async with get_client() as client:
                await client.set_flow_run_state((await newest(1)).id, Crashed(), force=True)
                second = await newest(2)
                await client.set_flow_run_state(second.id, Running(), force=True)
                signs = Leases(workers_store)
                with workers_store.write() as connection:
                    signs.take(connection, shard_lease_key(begun.run_id, 1))
                await asyncio.sleep(2)  # some twenty looks
                signs.release([shard_lease_key(begun.run_id, 1)])
                await asyncio.sleep(1)  # some ten looks
                state = (await client.read_flow_run(second.id)).state
                assert state.is_running(), "the last sign of life comes before the state: that is no death"
                third = await newest(3)
                assert (await client.read_flow_run(second.id)).state.is_crashed()
                stop.set()
                (written,) = await running
                assert (written.stopped, written.left) == ("interrupted", 2)
                assert (await client.read_flow_run(third.id)).state.is_cancelled()
    assert seen == []
    assert stub.requests == []


async def test_a_pool_that_nobody_serves_is_told(setting) -> None:
    """Without the deployment there is nothing to hand out, and the message says which command is missing."""
    from inedit.model.errors import WrongInput
    from inedit.orchestration import dispatch

    async with StubOpenAI() as stub:
        setting(stub)
        order = replace(await order_of())
        with open_project_store(order.settings, ROOT) as store:
            begun = await begun_run(store, order)
            from prefect import flow

            @flow
            async def parent() -> Any:
                return await dispatch.Dispatcher(
                    order, begun, store, pool="p", deployment="Write a shard/nowhere", on_event=lambda _: None,
                    stop=asyncio.Event(),
                ).written()  # fmt: skip

            with pytest.raises(WrongInput, match="inedit serve --pool p"):
                await parent()
