"""A run whose shards are written by the workers of a work pool: handed out, watched, and handed out again.

What is complete is read from the database, never from Prefect: a server that goes away loses nothing, and a worker that
dies is noticed by the heartbeat that it no longer has.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from prefect import get_run_logger
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import FlowRun
from prefect.deployments import arun_deployment
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Crashed

from inedit.archive.leases import LEASE, Leases
from inedit.archive.pieces import standing_pieces
from inedit.archive.runs import end_run
from inedit.model import VariantSpec
from inedit.model.errors import WrongInput
from inedit.orchestration.request import RunRequest
from inedit.orchestration.shard import STOPPED, plan_mark, shard_lease_key
from inedit.pipeline import OpenRun, ShardResult
from inedit.pipeline.shard import task_for
from inedit.pipeline.task import Event, EventHandler
from inedit.planning import shards
from inedit.store import Store

LOOK_SECONDS = 2.0
"""How often flow runs and pieces are looked at."""

START_SECONDS = 180.0
"""How long a worker may take from accepting a shard to the first sign of life: it loads Python, Prefect and models."""

FAREWELL_SECONDS = 10.0
"""How long a shard that gives no more sign of life may take to tell Prefect its end, before it counts as cut off: its
last sign comes some moments before its state."""

TRIES = 3
"""A shard that so many workers in a row brought no further is given up."""

SILENCE_SECONDS = 60.0
"""After so long without any worker, the log says how to start one."""

END_SECONDS = 25.0
"""How long the workers may take to end once a run is stopped: calls under way are finished."""


@dataclass(slots=True)
class _Part:
    """A shard that was handed out, and what is known of it."""

    number: int
    specs: Sequence[VariantSpec]
    missing: set[str]  # keys of the variants that are not complete
    tries: int = 0  # in a row, without anything that came of it
    sent: int = 0
    run: UUID | None = None
    was_alive: bool = False
    silent_since: float | None = None  # the first look at which nobody gave a sign of life
    written: ShardResult | None = None


class Dispatcher:
    """Hands out the shards of one run, and follows them until each has come to its end."""

    def __init__(
        self, request: RunRequest, open_run: OpenRun, store: Store, *, pool: str, deployment: str,
        on_event: EventHandler, stop: asyncio.Event,
    ) -> None:  # fmt: skip
        self.request, self.open_run, self.store = request, open_run, store
        self.pool, self.deployment = pool, deployment
        self.on_event, self.stop = on_event, stop
        self._log = get_run_logger()
        self._signs = Leases(store)
        self._nonce = uuid4().hex
        self._why = ""  # the run has to end
        self._mark = plan_mark(request.campaign, open_run.specs)
        self._parts = [
            _Part(number, specs, {spec.key for spec in specs})
            for number, specs in enumerate(shards(open_run.specs), start=1)
        ]
        self._silent_since = time.monotonic()

    async def written(self) -> list[ShardResult]:
        """What every shard came to. Raises :class:`~.errors.WrongInput` when nobody has deployed them."""
        self._report_completed("skipped")
        while left := [part for part in self._parts if part.written is None]:
            if self.stop.is_set():
                return await self._stopped(left)
            try:
                async with get_client() as client:
                    await self._look(client, left)
            except WrongInput:
                raise
            except Exception as error:  # Prefect is away: workers go on, and so does what is known of them
                self._log.debug("Prefect does not answer: %s", type(error).__name__)
            self._report_completed("completed")
            for part in left:
                if not part.missing and part.written is None:
                    part.written = ShardResult(len(part.specs), kept=len(part.specs))
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stop.wait(), LOOK_SECONDS)
        return [part.written for part in self._parts if part.written is not None]

    async def _look(self, client: PrefectClient, left: Sequence[_Part]) -> None:
        """Hand out what nobody has, and see what has become of the others."""
        for part in left:
            if part.run is None and part.missing:
                await self._send(part)
        ids = [part.run for part in left if part.run is not None]
        found = await client.read_flow_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=ids)))
        runs = {run.id: run for run in found}
        held = self._signs.others_at([shard_lease_key(self.open_run.run_id, part.number) for part in left])
        for part in left:
            if part.run is not None and part.run in runs:
                await self._judge(
                    client, part, runs[part.run], shard_lease_key(self.open_run.run_id, part.number) in held
                )
        self._complain_of_silence(left, runs)

    async def _send(self, part: _Part) -> None:
        """Ask for a flow run. A request that is repeated, because its answer was lost, starts no second one."""
        part.sent += 1
        try:
            run = await arun_deployment(
                self.deployment,
                parameters={
                    "run": self.open_run.run_id, "shard": part.number, "of": len(self._parts), "plan": self._mark,
                },
                flow_run_name=f"{self.open_run.run_id}: shard {part.number} of {len(self._parts)}",
                timeout=0,
                idempotency_key=f"{self._nonce}/{part.number}/{part.sent}",
            )  # fmt: skip
        except ObjectNotFound as error:
            raise WrongInput(
                f"Nobody serves shards for the pool '{self.pool}'. Start: inedit serve --pool {self.pool}"
            ) from error
        part.run, part.was_alive, part.silent_since = run.id, False, None

    async def _judge(self, client: PrefectClient, part: _Part, run: FlowRun, alive: bool) -> None:
        """What the state of a shard's flow run means for it."""
        state = run.state
        if state is None or state.is_scheduled():
            part.silent_since = None
        elif state.is_completed() and state.name == STOPPED:
            part.written = ShardResult(len(part.specs), stopped=state.message or "stopped")
            await self._end_others(part.written.stopped)
        elif state.is_failed():
            message = state.message or "A shard failed: see its log."
            part.written = ShardResult(len(part.specs), stopped=message, failure=message)
            await self._end_others(message)
        elif state.is_completed():
            part.written = ShardResult(len(part.specs), kept=len(part.specs))
        elif state.is_final():
            await self._again(part, "was cut off")
        elif alive:
            part.was_alive, part.silent_since = True, None
        elif part.silent_since is None:
            part.silent_since = time.monotonic()
        elif time.monotonic() - part.silent_since > (FAREWELL_SECONDS if part.was_alive else START_SECONDS):
            message = f"Its worker gave no sign of life for {LEASE.total_seconds():.0f} s."
            await client.set_flow_run_state(run.id, Crashed(message=message), force=True)
            await self._again(part, "has died")

    async def _again(self, part: _Part, what: str) -> None:
        """Hand a shard out once more, unless workers keep bringing nothing."""
        self._report_completed("completed")
        if not part.missing:
            return
        part.tries += 1
        if part.tries >= TRIES:
            message = f"Shard {part.number} was given to {TRIES} workers, and none brought anything: see their logs."
            part.written = ShardResult(len(part.specs), stopped=message, failure=message)
            await self._end_others(message)
            return
        self._log.info("The worker at shard %d %s: its %d missing pieces go to another one.", part.number, what,
                       len(part.missing))  # fmt: skip
        part.run = None

    def _report_completed(self, kind: Any) -> None:
        """Report the pieces that were completed since the last look."""
        run_id, campaign, options = self.open_run.run_id, self.request.campaign, self.request.options
        keys = {key for part in self._parts for key in part.missing}
        newest = standing_pieces(self.store, campaign.id, keys)
        for part in self._parts:
            for spec in part.specs:
                found = newest.get(spec.key)
                if (
                    spec.key in part.missing
                    and found
                    and task_for(spec, campaign, found, options, run_id) is None
                ):
                    part.missing.discard(spec.key)
                    part.tries = 0
                    self.on_event(Event(kind, spec, piece=found.piece))

    def _complain_of_silence(self, left: Sequence[_Part], runs: Mapping[UUID, FlowRun]) -> None:
        """Say what is missing when no worker takes anything."""
        waiting = [runs[part.run].state for part in left if part.run is not None and part.run in runs]
        if any(state is not None and not state.is_scheduled() for state in waiting):
            self._silent_since = time.monotonic()
        elif time.monotonic() - self._silent_since > SILENCE_SECONDS:
            self._silent_since = time.monotonic()
            self._log.warning("No worker takes the shards. Start one: prefect worker start --pool %s --limit 1",
                              self.pool)  # fmt: skip

    async def _end_others(self, why: str) -> None:
        """Stop the whole run: the other workers see it in the database."""
        self._why = self._why or why
        await asyncio.to_thread(end_run, self.store, self.open_run.run_id, why)
        self.stop.set()

    async def _stopped(self, left: Sequence[_Part]) -> list[ShardResult]:
        """Let the workers finish their calls under way, and cancel what none of them has begun."""
        why = self._why or "interrupted"
        await asyncio.to_thread(end_run, self.store, self.open_run.run_id, why)
        end = time.monotonic() + END_SECONDS
        while time.monotonic() < end and self._anybody_at_work(left):  # noqa: ASYNC110  # a row, no event
            await asyncio.sleep(LOOK_SECONDS / 2)
        with suppress(Exception):  # Prefect may be away: a shard that starts later ends at once
            async with get_client() as client:
                await _cancel(client, [part.run for part in left if part.run is not None])
        self._report_completed("completed")
        ends = []
        for part in self._parts:
            if part.written is None:
                done = len(part.specs) - len(part.missing)
                part.written = ShardResult(len(part.specs), kept=done, stopped=why if part.missing else "")
            ends.append(part.written)
        return ends

    def _anybody_at_work(self, parts: Sequence[_Part]) -> bool:
        return bool(
            self._signs.others_at([shard_lease_key(self.open_run.run_id, part.number) for part in parts])
        )


async def _cancel(client: PrefectClient, ids: Sequence[UUID]) -> None:
    for run in await client.read_flow_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=list(ids)))):
        if run.state is not None and not run.state.is_final():
            await client.set_flow_run_state(run.id, Cancelled(message="The run was stopped."), force=True)
