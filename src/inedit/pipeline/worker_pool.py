"""The workers of one process: they take shards of a run, share one pipeline, and stop together."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Coroutine, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from inedit.archive.leases import LEASE
from inedit.brand.schema import Campaign
from inedit.model import VariantSpec
from inedit.model.errors import IneditError, ProviderFailure
from inedit.pipeline.batches import Batches, CountingThreads
from inedit.pipeline.heap import share_one_heap
from inedit.pipeline.judging import OBJECTS_BETWEEN_COLLECTIONS, JudgeHere, Unjudged
from inedit.pipeline.shard import Shard, ShardResult
from inedit.pipeline.task import Event, EventHandler, Options, PieceTask, Pipeline

FAILURES_IN_A_ROW = 3
"""After so many pieces in a row for which the provider failed, the run stops: the next ones would fail too."""

SWITCH_SECONDS = 0.0005
"""How long a thread that computes keeps the interpreter while others want it. By default it is ten times as long, and
who writes to the database waits for it at each statement, the write lock in hand."""

DRAFTS_ENCODED_AT_ONCE = 16
"""Two texts each; of more, nobody's last one is made sooner."""

ENOUGH_TO_JUDGE = 4
"""While so many drafts are being judged or wait for it, those that come in gather to be encoded together: judging them
takes as long as encoding :data:`DRAFTS_ENCODED_AT_ONCE`."""

WAITING_FOR_EACH_SLOT = 2
"""Pieces that wait for each slot before the next shard is looked at."""

PIECES_IN_BATCHES = 10_000
"""Pieces that wait at once for answers that come in batches, each with its prompt in memory (some 20 KB)."""

Result = TypeVar("Result")


def ignore(_: Event) -> None:
    """Nobody listens."""


class WorkerPool:
    """Writes shards, ``options.concurrency`` pieces at once over all of them, in the order in which they are given.

    Any number of shards may be written side by side: the first slots that fall free at the end of one go to the
    next, so that a shard's last pieces keep nobody waiting. What of a shard is left to make is read when its turn
    comes: by then others may have made it, and a large campaign does not wait in memory.

    When ``stop`` is set, calls under way are finished and recorded, and no new one is made. ``lease`` is how long
    others wait for a pool that has no heartbeat. One event loop.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        options: Options,
        *,
        on_event: EventHandler = ignore,
        stop: asyncio.Event | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        self.pipeline, self.options, self.on_event = pipeline, options, on_event
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.set_threshold(*OBJECTS_BETWEEN_COLLECTIONS)
        share_one_heap()
        self.stop = stop or asyncio.Event()
        self.leases = pipeline.archive.leases(lease)
        self.judging = pipeline.judging or JudgeHere(pipeline.encoder)
        judges = CountingThreads(_threads(self.judging.apart), "judge")
        self.judges: Executor = judges
        self.encoding: Batches[Unjudged] = Batches(
            self.judging.prepare,
            DRAFTS_ENCODED_AT_ONCE,
            is_busy=lambda: judges.pending >= ENOUGH_TO_JUDGE,
        )
        judges.on_less = self.encoding.look_again
        self.stopped = self.failure = ""
        at_once = PIECES_IN_BATCHES if options.batch else options.concurrency
        self.slots = asyncio.Semaphore(at_once)  # each is room for one piece
        # in batches all is asked for together: a shard that waited would hold up the batch that it waits for
        self._enough = sys.maxsize if options.batch else WAITING_FOR_EACH_SLOT * at_once
        self._waiting = 0
        self._opening, self._few_wait = asyncio.Lock(), asyncio.Event()
        self._few_wait.set()
        self._failures_in_a_row = 0
        self._something_worked = False

    async def write(self, run_id: str, campaign: Campaign, specs: Sequence[VariantSpec]) -> ShardResult:
        """Make every piece of a shard that does not exist yet; those that another pool is making are waited for.

        What ends the whole run (a budget, a provider that fails for good) is told in the result. Anything else that
        is raised stops the pool, and is raised when the calls under way have been recorded. In batches, all
        that the campaign has at the provider is fetched before the end.
        """
        shard = Shard(self, run_id, campaign)
        async with self.leases.renewed():
            try:
                with self.pipeline.metered_model.working():  # a batch waits for what is about to be asked
                    async with self._opening:
                        await self._few_wait.wait()
                        tasks = await shard.pending_tasks(specs)
                        wanted = tasks and not self.stop.is_set()
                        if wanted and not self.options.batch:  # whose answers take hours
                            await asyncio.to_thread(self.judging.begin)
                        self._wait(len(tasks))
                await gather_all((*self._generic_texts(tasks), *(shard.produce(task) for task in tasks)))
                while shard.claimed_elsewhere and not self.stop.is_set():
                    abandoned = await shard.reclaim_abandoned()
                    self._wait(len(abandoned))
                    await gather_all(shard.produce(task) for task in abandoned)
            finally:
                await asyncio.shield(asyncio.to_thread(self.leases.release, tuple(shard.open)))
        await self.pipeline.metered_model.fetched(self.stop)
        return shard.written(len(specs))

    def _wait(self, pieces: int) -> None:
        """So many pieces more wait for a slot."""
        self._waiting += pieces
        if self._waiting < self._enough:
            self._few_wait.set()
        else:
            self._few_wait.clear()

    def got_slot(self) -> None:
        """A piece waits no longer."""
        self._wait(-1)

    def _generic_texts(self, tasks: Sequence[PieceTask]) -> list[Coroutine[Any, Any, None]]:
        """In batches, generic texts are asked for with the first drafts: later would be a day later."""
        kinds = {(task.spec.channel, task.spec.language): task for task in tasks if self.options.batch}
        return [self._ask_for_generic_texts(task) for task in kinds.values()]

    async def _ask_for_generic_texts(self, task: PieceTask) -> None:
        with suppress(IneditError):  # whoever needs them asks again, and is told
            await self.pipeline.mirror.baselines(
                task.campaign, task.spec.channel, task.spec.language, self.options.mirror, run_id=task.run_id,
                stop=self.stop, leases=self.leases,
            )  # fmt: skip

    def halt(self, reason: str) -> None:
        """No new call from now on; the first reason is the one that is told."""
        self.stopped = self.stopped or reason
        self.stop.set()

    def went_well(self) -> None:
        """A piece was completed, or was there already."""
        self._something_worked = True
        self._failures_in_a_row = 0

    def failed(self, failure: ProviderFailure) -> None:
        """Stop when nothing suggests that the next piece would fare better."""
        self._failures_in_a_row += 1
        if not self._something_worked or self._failures_in_a_row >= FAILURES_IN_A_ROW:
            self.failure = self.failure or str(failure)
            self.halt("provider")


def _threads(apart: int) -> int:
    """How many drafts are judged or at the archive's door at once.

    Whoever waits for a judge in another process computes nothing: beside those that are judged, one waits for its judge
    and one is at the door. More would be judged before those that come in before them are there to be compared with.
    """
    return max(os.cpu_count() or 1, apart + 2) if apart else os.cpu_count() or 1


async def gather_all(parts: Iterable[Coroutine[Any, Any, Result]]) -> list[Result]:
    """Run them side by side; when one raises, the others come to their end first."""
    ends = await asyncio.gather(*parts, return_exceptions=True)
    results = []
    for end in ends:
        if isinstance(end, BaseException):
            raise end
        results.append(end)
    return results
