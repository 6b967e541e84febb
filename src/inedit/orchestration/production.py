"""A campaign written inside a flow run: what *Produce a campaign* and *Resume* have in common."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from prefect.states import Completed, Failed, State

from inedit.archive.pieces import standing_pieces
from inedit.archive.requests import put_request, run_asked_by
from inedit.archive.reviews import is_asking
from inedit.archive.runs import end_run
from inedit.bootstrap import (
    Batching,
    ModelAddress,
    Settings,
    limits_of,
    open_ledger,
    open_pipeline,
    open_project_store,
    provider_of,
    served_model,
)
from inedit.brand.schema import Campaign
from inedit.model import Status, VariantSpec
from inedit.model.errors import ProviderFailure
from inedit.orchestration.artifacts import show_result
from inedit.orchestration.dispatch import Dispatcher
from inedit.orchestration.forms import name_of
from inedit.orchestration.interruption import Interruption, ended_early
from inedit.orchestration.progress import ProgressWatcher
from inedit.orchestration.project import address_of, until_reachable
from inedit.orchestration.request import RunRequest
from inedit.orchestration.review import ask
from inedit.orchestration.shard import WORD, WORK_POOL, write_shard
from inedit.pipeline import OpenRun, Run, ShardResult, WorkerPool, begin_run, conclude_run
from inedit.pipeline.approval import waiting_pieces
from inedit.pipeline.run_report import report_of
from inedit.pipeline.shard import task_for
from inedit.pipeline.task import EventHandler
from inedit.pipeline.worker_pool import gather_all
from inedit.planning import shards
from inedit.store import Store


async def write_campaign(request: RunRequest) -> State[Any]:
    """Write what is missing; ask for approval as often as it takes; the state that the flow run ends in.

    A flow run that is retried, or goes on after an approval, goes on with the run that it began: it pays for nothing
    twice, and its limits hold over the whole.
    """
    asked_by = f"prefect:{flow_run.get_id()}"
    with open_project_store(request.settings, request.project.root, writing=True) as store:
        ledger = open_ledger(store, request.project.root)
        run_id = request.run_id or run_asked_by(store, asked_by)
        waiting = waiting_pieces(store, request.campaign.id, request.specs)
        if (
            waiting and run_id and is_asking(store, run_id)
        ):  # the flow runs from its top again: there is an answer
            await ask(ledger, request.project.brand, run_id, waiting)
        while True:
            try:
                done = await _written(request, store, run_id, asked_by)
            except ProviderFailure as failure:
                run_id = run_asked_by(store, asked_by) or ""
                return Failed(message=f"{failure} Nothing is lost: fix the cause, and {_go_on(run_id)}")
            run_id, run = done.run_id, done.run
            if done.interrupted:
                return await ended_early(f"Stopped. What was paid for is kept; {_go_on(run_id)}")
            if run is None or run.stopped:
                return Failed(message=_what_to_do(run_id, run))
            waiting = waiting_pieces(store, request.campaign.id, request.specs)
            if not waiting:
                return Completed(message=_ending(run))
            await ask(ledger, request.project.brand, run_id, waiting, done.shown)


@dataclass(frozen=True, slots=True)
class PassResult:
    """One pass over the plan: what it came to (None when it was cut off), and where that is shown."""

    run_id: str
    run: Run | None = None
    shown: str = ""
    interrupted: bool = False


async def _written(request: RunRequest, store: Store, run_id: str | None, asked_by: str) -> PassResult:
    """Write what is missing, and leave the result where people find it."""
    stop, log, pool = asyncio.Event(), get_run_logger(), os.environ.get(WORK_POOL, "")
    limits = limits_of(request.campaign, request.form.limits.max_cost or None)
    batching = Batching.chosen(request.options.batch, request.campaign.id, log.info, request.settings)
    run, shown = None, ""
    needed = not pool and something_to_write(request, store, run_id)
    settings = request.settings if needed else replace(request.settings, advisor="")
    with _model(settings, needed=needed) as address:
        async with open_pipeline(
            request.project, settings, store, address,
            concurrency=request.options.concurrency, limits=limits, batching=None if pool else batching,
        ) as pipeline:  # fmt: skip
            open_run = begin_run(request.campaign, pipeline, request.options, run_id=run_id)
            put_request(
                store, open_run.run_id, request.form.model_dump(), asked_by=asked_by, now=datetime.now(UTC)
            )
            log.info("Run %s: %d variants of '%s' on %s", open_run.run_id, len(open_run.specs), request.campaign.id,
                     request.form.model)  # fmt: skip
            ended = "interrupted"
            try:
                async with Interruption(stop) as interruption:
                    async with ProgressWatcher(
                        len(open_run.specs), lambda: pipeline.metered_model.answered
                    ) as watcher:
                        if pool:
                            results = await in_pool(request, open_run, store, pool, watcher.see, stop)
                        else:
                            workers = WorkerPool(pipeline, request.options, on_event=watcher.see, stop=stop)
                            results = await in_shards(request, open_run, workers)
                    ended = ""  # that is now for the next step to say
                    run = conclude_run(open_run, request.campaign, pipeline, request.options, results)
                    report = report_of(run, pipeline)
                    await until_reachable(stop)
                    await watcher.show()
                    shown = await show_result(report, request.project.brand)
            finally:
                if ended:
                    end_run(store, open_run.run_id, ended)
    if shown:
        log.info("What was written: %s", address_of(shown))
    return PassResult(open_run.run_id, run, shown, interruption.came)


async def in_pool(
    request: RunRequest,
    open_run: OpenRun,
    store: Store,
    pool: str,
    on_event: EventHandler,
    stop: asyncio.Event,
) -> list[ShardResult]:
    """Every shard as a flow run of its own, for whichever worker of the pool has time."""
    deployment = f"{write_shard.name}/{name_of(WORD, request.project.brand.identity.name)}"
    return await Dispatcher(
        request, open_run, store, pool=pool, deployment=deployment, on_event=on_event, stop=stop
    ).written()


async def in_shards(request: RunRequest, open_run: OpenRun, workers: WorkerPool) -> list[ShardResult]:
    """Every shard as a task of its own; they share the workers, so that one shard's tail keeps nobody waiting."""
    parts = shards(open_run.specs)
    return await gather_all(
        _shard.with_options(task_run_name=f"{part[0].language}: shard {number} of {len(parts)}")(
            workers, open_run.run_id, request.campaign, part
        )
        for number, part in enumerate(parts, start=1)
    )


@task(name="Write a shard", cache_policy=NO_CACHE, persist_result=False, log_prints=False)
async def _shard(
    workers: WorkerPool, run_id: str, campaign: Campaign, specs: Sequence[VariantSpec]
) -> ShardResult:
    return await workers.write(run_id, campaign, specs)


def something_to_write(request: RunRequest, store: Store, run_id: str | None) -> bool:
    """Whether a model is needed at all: after an approval there is often nothing left to write."""
    newest = standing_pieces(store, request.campaign.id)
    return any(
        task_for(spec, request.campaign, newest.get(spec.key), request.options, run_id or "") is not None
        for spec in request.specs
    )


@contextmanager
def _model(settings: Settings, *, needed: bool) -> Iterator[ModelAddress]:
    if needed:
        with served_model(settings) as address:
            yield address
    else:
        yield ModelAddress("http://127.0.0.1:9/v1", "none", settings.model, provider_of(settings))


def _ending(run: Run) -> str:
    accepted, parked = run.count(Status.ACCEPTED), run.planned - run.count(Status.ACCEPTED)
    already = f" ({run.kept} were there already)" if run.kept else ""
    need = f" {parked} wait for a person: see the artifact." if parked else ""
    return f"{accepted} of {run.planned} accepted{already}.{need}"


def _what_to_do(run_id: str, run: Run | None) -> str:
    came_to = (
        f"{run.count(Status.ACCEPTED)} of {run.planned} accepted, then: {run.stopped} "
        if run
        else "Cut off. "
    )
    return f"{came_to}Nothing is lost. Fix the cause, and {_go_on(run_id)}"


def _go_on(run_id: str) -> str:
    return f"'Resume' goes on with it: pick {run_id}."
