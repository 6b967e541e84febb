"""One shard in the hands of a worker pool: what is to be made, what has become of it, what it came to."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Protocol

from inedit.archive.leases import AlreadyClaimed
from inedit.archive.pieces import Standing, lease_key
from inedit.brand.schema import Campaign
from inedit.model import Approval, Piece, Status, VariantSpec, Verdict
from inedit.model.errors import BudgetReached, ProviderFailure
from inedit.pipeline.approval import commented
from inedit.pipeline.attempt import record_saving
from inedit.pipeline.batches import Batches
from inedit.pipeline.judging import Judging, Unjudged
from inedit.pipeline.piece import produce_piece
from inedit.pipeline.services import Claims
from inedit.pipeline.task import Event, EventHandler, Options, PieceTask, Pipeline, RunContext

LOOK_AGAIN_SECONDS = 1.0
"""How often a pool looks whether a piece that another one is making is complete."""


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What one shard came to: small and plain; the texts are in the store.

    ``stopped`` says why cells were left without a text (empty: none was), ``failure`` that the provider failed for
    good, and how. ``refused`` are the drafts that were sent back, each as variant key, revision and attempt.
    """

    planned: int
    kept: int = 0  # pieces that another run had made
    made: Mapping[str, int] = field(default_factory=dict)  # completed pieces, by status
    refused: tuple[tuple[str, int, int], ...] = ()
    stopped: str = ""
    failure: str = ""

    @property
    def left(self) -> int:
        """Cells that still need a text."""
        return self.planned - self.kept - sum(self.made.values())


class Pool(Protocol):
    """What a shard needs of the pool that writes it; :class:`inedit.pipeline.worker_pool.WorkerPool` is one."""

    pipeline: Pipeline
    options: Options
    on_event: EventHandler
    stop: asyncio.Event
    leases: Claims
    judges: Executor
    judging: Judging
    encoding: Batches[Unjudged]
    slots: asyncio.Semaphore
    stopped: str
    failure: str

    def halt(self, reason: str) -> None: ...

    def got_slot(self) -> None: ...

    def went_well(self) -> None: ...

    def failed(self, failure: ProviderFailure) -> None: ...


class Shard:
    """The work on one shard. ``open`` are the leases of cells that are not complete."""

    def __init__(self, pool: Pool, run_id: str, campaign: Campaign) -> None:
        self.pool, self.run_id, self.campaign = pool, run_id, campaign
        self.open: set[str] = set()
        self.claimed_elsewhere: list[PieceTask] = []  # what another pool is making
        self._kept = 0
        self._made: Counter[str] = Counter()
        self._refused: list[tuple[str, int, int]] = []

    async def pending_tasks(self, specs: Sequence[VariantSpec]) -> list[PieceTask]:
        """The cells that need a text, openers first; what is there already is reported."""
        pipeline = self.pool.pipeline
        keys = [spec.key for spec in specs]
        standing = await asyncio.to_thread(pipeline.archive.standing, self.campaign.id, keys)
        saved = await asyncio.to_thread(pipeline.ledger.history.minutes_saved, self.campaign.id)
        tasks = []
        for spec in specs:
            found = standing.get(spec.key)
            task = task_for(spec, self.campaign, found, self.pool.options, self.run_id)
            if task is not None:
                tasks.append(task)
            elif found is not None:
                if found.piece.status is Status.ACCEPTED and (spec.key, found.revision_number) not in saved:
                    await asyncio.to_thread(record_saving, pipeline, found.piece)  # killed before the memo
                self._skip(found.piece)
        paid = await asyncio.to_thread(
            pipeline.archive.paid_places, self.campaign.id, [t.spec.key for t in tasks]
        )
        fresh = not self.pool.options.batch  # what an earlier batch brings comes at any time
        unpaid = (replace(t, is_unpaid=fresh and (t.spec.key, t.revision_number) not in paid) for t in tasks)
        return _openers_first(unpaid)

    async def produce(self, task: PieceTask) -> None:
        """Make one piece when there is room for it."""
        async with self.pool.slots:
            self.pool.got_slot()
            if self.pool.stop.is_set():
                return
            try:
                await self._make(task)
            except Exception as error:
                self.pool.halt(str(error))
                raise

    async def reclaim_abandoned(self) -> list[PieceTask]:
        """Wait a moment; then what other pools were at and have left unmade. What they have made is reported."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.pool.stop.wait(), LOOK_AGAIN_SECONDS)
            return []
        waiting = {
            lease_key(task.piece_id): replace(task, is_unpaid=False) for task in self.claimed_elsewhere
        }
        held = await asyncio.to_thread(self.pool.leases.others_at, waiting)
        self.claimed_elsewhere = [task for key, task in waiting.items() if key in held]
        free = [task for key, task in waiting.items() if key not in held]
        keys = [task.spec.key for task in free]
        standing = await asyncio.to_thread(self.pool.pipeline.archive.standing, self.campaign.id, keys)
        left = []
        for task in free:
            found = standing.get(task.spec.key)
            if found is not None and _done(task, found):
                self._skip(found.piece)
            else:
                left.append(task)
        return left

    def written(self, planned: int) -> ShardResult:
        """What has become of the shard."""
        pool = self.pool
        result = ShardResult(
            planned, self._kept, dict(self._made), tuple(self._refused), failure=pool.failure
        )
        return replace(result, stopped=pool.stopped or "interrupted") if result.left else result

    async def _make(self, task: PieceTask) -> None:
        pool, key = self.pool, lease_key(task.piece_id)
        self.open.add(key)
        try:
            with pool.pipeline.metered_model.working():
                piece = await produce_piece(
                    task,
                    pool.pipeline,
                    RunContext(
                        pool.options,
                        self._follow(task),
                        pool.stop,
                        pool.leases,
                        pool.judges,
                        pool.judging,
                        pool.encoding,
                    ),
                )
        except AlreadyClaimed:
            self.open.discard(key)
            self.claimed_elsewhere.append(task)
        except BudgetReached as reached:
            pool.halt(str(reached))
        except ProviderFailure as failure:
            await self._set_aside(task, failure)
            pool.failed(failure)
        else:
            if piece is not None:
                pool.went_well()
                self._complete(piece)

    def _follow(self, task: PieceTask) -> EventHandler:
        """Pass an event on, and remember which drafts the guard refused."""

        def see(event: Event) -> None:
            if event.kind == "refused":
                self._refused.append((task.spec.key, task.revision_number, event.attempt))
            self.pool.on_event(event)

        return see

    async def _set_aside(self, task: PieceTask, failure: ProviderFailure) -> None:
        """Put a piece down as failed."""
        nothing = task.piece(task.spec, 0, Verdict(), Status.FAILED)
        piece = replace(nothing, reason=str(failure))
        archive = self.pool.pipeline.archive
        await asyncio.to_thread(
            archive.set_aside, piece, brief_sha=task.campaign.sha, revision_number=task.revision_number
        )
        self._complete(piece)

    def _skip(self, piece: Piece) -> None:
        """What another run made."""
        self._kept += 1
        self.pool.went_well()
        self.pool.on_event(Event("skipped", piece.spec, piece=piece))

    def _complete(self, piece: Piece) -> None:
        self.open.discard(lease_key(piece.id))
        self._made[piece.status.value] += 1
        self.pool.on_event(Event("completed", piece.spec, piece.attempts, piece.verdict.findings, piece))


def task_for(
    spec: VariantSpec, campaign: Campaign, found: Standing | None, options: Options, run_id: str
) -> PieceTask | None:
    """What is to be done about a cell of the matrix in which ``found`` stands; None when it can stay."""
    if found is None:
        return None if options.only_rewrite else PieceTask(run_id, campaign, spec, revision_number=1)
    if written_again(found, campaign, options):
        return PieceTask(run_id, campaign, spec, found.revision_number + 1)
    if found.piece.status is Status.FAILED and not options.only_rewrite:
        return PieceTask(run_id, campaign, spec, found.revision_number)
    if found.piece.approval is Approval.CHANGES_REQUESTED and not options.only_rewrite:
        first_attempt, sent_back = found.piece.attempts + 1, commented(found.piece)
        return PieceTask(run_id, campaign, spec, found.revision_number, first_attempt, sent_back)
    retry = (
        options.retry_parked and found.piece.run_id != run_id
    )  # a run gives a piece one series of attempts
    if retry and not found.piece.stands:
        return PieceTask(run_id, campaign, spec, found.revision_number, found.piece.attempts + 1)
    return None


def written_again(found: Standing, campaign: Campaign, options: Options) -> bool:
    """Whether what stands there gives way to a new revision: its brief changed, or it was asked for."""
    return found.piece.id in options.rewrite or (options.refresh and found.brief_sha != campaign.sha)


def _done(task: PieceTask, found: Standing) -> bool:
    """Whether somebody else has done a task: what stands there is newer than what the task was to follow."""
    if found.piece.status is Status.FAILED or found.revision_number < task.revision_number:
        return False
    return found.revision_number > task.revision_number or found.piece.attempts >= task.first_attempt


def _openers_first(tasks: Iterable[PieceTask]) -> list[PieceTask]:
    """One task of each channel and language before all others.

    Their prompts begin alike; once the first one has been read, the model's prompt cache serves the rest.
    """
    seen: set[tuple[str, str]] = set()
    openers: list[PieceTask] = []
    others: list[PieceTask] = []
    for task in tasks:
        kind = (task.spec.channel, task.spec.language)
        (others if kind in seen else openers).append(task)
        seen.add(kind)
    return openers + others
