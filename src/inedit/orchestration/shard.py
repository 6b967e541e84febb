"""*Write a shard*: a part of a run, written by a worker of a work pool, on this machine or another one.

What is to be written stands in the database: the run, and the form that it was asked for with. A worker makes the same
plan out of it and takes its slice. It ends when the run is stopped, wherever that was said: a stopped run is a row.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from prefect import flow, get_run_logger
from prefect.states import Completed, Failed, State

from inedit.archive.leases import AlreadyClaimed, Leases
from inedit.archive.requests import read_request
from inedit.archive.runs import is_open
from inedit.bootstrap import Batching, Settings, limits_of, open_pipeline, open_project_store, served_model
from inedit.brand.schema import Campaign
from inedit.model import VariantSpec
from inedit.model.errors import WrongInput
from inedit.orchestration.forms import ProduceForm, read
from inedit.orchestration.interruption import Interruption, ended_early
from inedit.orchestration.project import fail_with_message, project_root, until_reachable
from inedit.orchestration.request import RunRequest, make_request
from inedit.pipeline import ShardResult, WorkerPool
from inedit.planning import shards
from inedit.store import Store

WORK_POOL = "INEDIT_WORK_POOL"
"""Names the pool whose workers write the shards; without it, the flow's own process does."""

WORD = "Shard"
"""The deployment's name, before the brand's."""

STOPPED = "Stopped"
"""Name of the state of a shard that was left early; its message says why."""

LOOK_SECONDS = 1.0
"""How often a worker looks whether the run has been stopped."""


def plan_mark(campaign: Campaign, specs: Iterable[VariantSpec]) -> str:
    """What two machines compare to see that they mean the same plan."""
    contents = "\n".join((campaign.sha, *(spec.key for spec in specs)))
    return hashlib.sha256(contents.encode()).hexdigest()[:16]


def shard_lease_key(run_id: str, shard: int) -> str:
    """The lease by which a shard gives a sign of life."""
    return f"shard {run_id} {shard}"


@flow(
    name="Write a shard",
    description="A part of a run, for a worker of the pool. Runs start it; there is no need to.",
    flow_run_name="{run}: shard {shard} of {of}",
    validate_parameters=False,
    retries=0,
)
@fail_with_message
async def write_shard(run: str, shard: int, of: int, plan: str) -> State[Any]:
    """Write one of the ``of`` slices that a run was cut into."""
    request = await _request_of(run)
    parts = shards(request.specs)
    if len(parts) != of or plan_mark(request.campaign, request.specs) != plan:
        raise WrongInput(
            "This worker plans the run in another way than the machine on which it was started: their brand_data/ or "
            "their versions of Inédit differ. Bring both to the same state, then run Resume."
        )
    stop = asyncio.Event()
    with open_project_store(request.settings, request.project.root) as store:
        async with (
            Interruption(stop) as interruption,
            _heartbeat(store, shard_lease_key(run, shard)),
            _stopped_from_afar(store, run, stop),
        ):
            written = await _written(request, store, run, parts[shard - 1], stop)
            await until_reachable(stop)
    if interruption.came:
        return await ended_early("Stopped. What was paid for is kept.")
    return _ending(written)


async def _request_of(run_id: str) -> RunRequest:
    with open_project_store(Settings.from_environment(), project_root()) as store:
        asked = read_request(store, run_id)
    if asked is None:
        raise WrongInput(
            f"This worker's database knows no run '{run_id}': set INEDIT_DATABASE_URL to the same one on all machines."
        )
    return await make_request(read(ProduceForm, **{**asked, "dry_run": False}), run_id)


async def _written(
    request: RunRequest, store: Store, run_id: str, specs: Sequence[VariantSpec], stop: asyncio.Event
) -> ShardResult:
    limits = limits_of(request.campaign, request.form.limits.max_cost or None)
    batching = Batching.chosen(
        request.options.batch, request.campaign.id, get_run_logger().info, request.settings
    )
    with served_model(request.settings) as address:
        async with open_pipeline(
            request.project, request.settings, store, address,
            concurrency=request.options.concurrency, limits=limits, batching=batching,
        ) as pipeline:  # fmt: skip
            get_run_logger().info("%d variants of '%s'", len(specs), request.campaign.id)
            return await WorkerPool(pipeline, request.options, stop=stop).write(
                run_id, request.campaign, specs
            )


def _ending(written: ShardResult) -> State[Any]:
    if written.failure:
        return Failed(message=written.failure)
    if written.left:
        return Completed(name=STOPPED, message=written.stopped)
    made = ", ".join(f"{count} {status}" for status, count in written.made.items())
    return Completed(message=f"{made or 'nothing new'}; {written.kept} were there already.")


@asynccontextmanager
async def _heartbeat(store: Store, lease_key: str) -> AsyncIterator[None]:
    """While it lasts, whoever waits for the shard can tell that somebody is at it."""
    leases = Leases(store)
    async with leases.renewed():
        try:
            await asyncio.to_thread(_take, store, leases, lease_key)
        except AlreadyClaimed:
            get_run_logger().info("Another worker is at this shard: its pieces are waited for.")
        try:
            yield
        finally:
            await asyncio.shield(asyncio.to_thread(leases.release, [lease_key]))


def _take(store: Store, leases: Leases, lease_key: str) -> None:
    with store.write() as connection:
        leases.take(connection, lease_key)


@asynccontextmanager
async def _stopped_from_afar(store: Store, run_id: str, stop: asyncio.Event) -> AsyncIterator[None]:
    """While it lasts, a run that is ended anywhere stops the work here."""

    async def look() -> None:
        while not stop.is_set():
            await asyncio.sleep(LOOK_SECONDS)
            if not await asyncio.to_thread(is_open, store, run_id):
                stop.set()

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
