"""One shard in the hands of a team: what is to be made, what has become of it, what it came to."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Protocol

from inedit.archive.leases import AlreadyClaimed, Leases
from inedit.archive.pieces import Standing, lease_key, standing_pieces
from inedit.brand.schema import Campaign
from inedit.errors import BudgetReached, ProviderFailure
from inedit.ledger.journal.history import minutes_saved
from inedit.model import Approval, Piece, Status, VariantSpec, Verdict
from inedit.pipeline.approval import commented
from inedit.pipeline.piece import (
    Event,
    EventHandler,
    Options,
    PieceTask,
    Pipeline,
    RunContext,
    produce_piece,
    record_saving,
)

LOOK_AGAIN_SECONDS = 1.0
"""How often a team looks whether a piece that another one is making has come to rest."""


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What one shard came to: small and plain; the texts are in the store.

    ``stopped`` says why places were left without a text (empty: none was), ``failure`` that the provider failed for
    good, and how. ``refused`` are the drafts that were sent back, each as variant key, edition and attempt.
    """

    planned: int
    kept: int = 0  # pieces that another run had made
    made: Mapping[str, int] = field(default_factory=dict)  # pieces that came to rest, by status
    refused: tuple[tuple[str, int, int], ...] = ()
    stopped: str = ""
    failure: str = ""

    @property
    def left(self) -> int:
        """Places that still need a text."""
        return self.planned - self.kept - sum(self.made.values())


class Pool(Protocol):
    """What a shard needs of the pool that writes it; :class:`inedit.pipeline.worker_pool.WorkerPool` is one."""

    line: Pipeline
    options: Options
    watch: EventHandler
    stop: asyncio.Event
    leases: Leases
    judges: Executor
    places: asyncio.Semaphore
    stopped: str
    failure: str

    def halt(self, reason: str) -> None: ...

    def went_well(self) -> None: ...

    def failed(self, failure: ProviderFailure) -> None: ...


class Shard:
    """The work on one shard. ``open`` are the leases of places that have not come to rest."""

    def __init__(self, team: Pool, run_id: str, campaign: Campaign) -> None:
        self.team, self.run_id, self.campaign = team, run_id, campaign
        self.open: set[str] = set()
        self.elsewhere: list[PieceTask] = []  # what another team is making
        self._kept = 0
        self._made: Counter[str] = Counter()
        self._refused: list[tuple[str, int, int]] = []

    async def pending_tasks(self, specs: Sequence[VariantSpec]) -> list[PieceTask]:
        """The places that need a text, openers first; what is there already is reported."""
        store, line = self.team.line.archive.store, self.team.line
        keys = [spec.key for spec in specs]
        standing = await asyncio.to_thread(standing_pieces, store, self.campaign.id, keys)
        saved = await asyncio.to_thread(minutes_saved, store, self.campaign.id)
        jobs = []
        for spec in specs:
            found = standing.get(spec.key)
            job = job_for(spec, self.campaign, found, self.team.options, self.run_id)
            if job is not None:
                jobs.append(job)
            elif found is not None:
                if found.piece.status is Status.ACCEPTED and (spec.key, found.edition) not in saved:
                    await asyncio.to_thread(record_saving, line, found.piece)  # killed before the memo
                self._keep(found.piece)
        return _openers_first(jobs)

    async def take(self, job: PieceTask) -> None:
        """Make one piece when there is room for it."""
        async with self.team.places:
            if self.team.stop.is_set():
                return
            try:
                await self._make(job)
            except Exception as error:
                self.team.halt(str(error))
                raise

    async def reclaim_abandoned(self) -> list[PieceTask]:
        """Wait a moment; then what other teams were at and have left unmade. What they have made is reported."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.team.stop.wait(), LOOK_AGAIN_SECONDS)
            return []
        waiting = {lease_key(job.piece_id): job for job in self.elsewhere}
        held = await asyncio.to_thread(self.team.leases.others_at, waiting)
        self.elsewhere = [job for place, job in waiting.items() if place in held]
        free = [job for place, job in waiting.items() if place not in held]
        keys = [job.spec.key for job in free]
        store = self.team.line.archive.store
        standing = await asyncio.to_thread(standing_pieces, store, self.campaign.id, keys)
        left = []
        for job in free:
            found = standing.get(job.spec.key)
            if found is not None and _done(job, found):
                self._keep(found.piece)
            else:
                left.append(job)
        return left

    def written(self, planned: int) -> ShardResult:
        """What has become of the shard."""
        team = self.team
        result = ShardResult(
            planned, self._kept, dict(self._made), tuple(self._refused), failure=team.failure
        )
        return replace(result, stopped=team.stopped or "interrupted") if result.left else result

    async def _make(self, job: PieceTask) -> None:
        team, place = self.team, lease_key(job.piece_id)
        self.open.add(place)
        try:
            piece = await produce_piece(
                job, team.line, RunContext(team.options, self._see(job), team.stop, team.leases, team.judges)
            )
        except AlreadyClaimed:
            self.open.discard(place)
            self.elsewhere.append(job)
        except BudgetReached as reached:
            team.halt(str(reached))
        except ProviderFailure as failure:
            await self._set_aside(job, failure)
            team.failed(failure)
        else:
            if piece is not None:
                team.went_well()
                self._rest(piece)

    def _see(self, job: PieceTask) -> EventHandler:
        """Pass an event on, and remember which drafts the guard refused."""

        def see(event: Event) -> None:
            if event.kind == "judged":
                self._refused.append((job.spec.key, job.edition, event.attempt))
            self.team.watch(event)

        return see

    async def _set_aside(self, job: PieceTask, failure: ProviderFailure) -> None:
        """Put a piece down as failed."""
        piece = Piece(
            job.piece_id, job.run_id, job.spec, Status.FAILED, {}, Verdict(), attempts=0, reason=str(failure)
        )
        archive = self.team.line.archive
        await asyncio.to_thread(archive.set_aside, piece, brief_sha=job.campaign.sha, edition=job.edition)
        self._rest(piece)

    def _keep(self, piece: Piece) -> None:
        """What another run made."""
        self._kept += 1
        self.team.went_well()
        self.team.watch(Event("kept", piece.spec, piece=piece))

    def _rest(self, piece: Piece) -> None:
        self.open.discard(lease_key(piece.id))
        self._made[piece.status.value] += 1
        self.team.watch(Event("rested", piece.spec, piece.attempts, piece.verdict.findings, piece))


def job_for(
    spec: VariantSpec, campaign: Campaign, found: Standing | None, options: Options, run_id: str
) -> PieceTask | None:
    """What is to be done at a place of the matrix where ``found`` stands; None when it can stay."""
    if found is None:
        return PieceTask(run_id, campaign, spec, edition=1)
    if options.refresh and found.brief_sha != campaign.sha:
        return PieceTask(run_id, campaign, spec, found.edition + 1)
    if found.piece.status is Status.FAILED:
        return PieceTask(run_id, campaign, spec, found.edition)
    if found.piece.approval is Approval.SENT_BACK:
        first_attempt, sent_back = found.piece.attempts + 1, commented(found.piece)
        return PieceTask(run_id, campaign, spec, found.edition, first_attempt, sent_back)
    retry = (
        options.retry_parked and found.piece.run_id != run_id
    )  # a run gives a piece one series of attempts
    if retry and not found.piece.stands:
        return PieceTask(run_id, campaign, spec, found.edition, found.piece.attempts + 1)
    return None


def _done(job: PieceTask, found: Standing) -> bool:
    """Whether somebody else has done a job: what stands there is newer than what the job was to follow."""
    if found.piece.status is Status.FAILED or found.edition < job.edition:
        return False
    return found.edition > job.edition or found.piece.attempts >= job.first_attempt


def _openers_first(jobs: Iterable[PieceTask]) -> list[PieceTask]:
    """One job of each channel and language before all others.

    Their prompts begin alike; once the first one has been read, the model's prompt cache serves the rest.
    """
    seen: set[tuple[str, str]] = set()
    openers: list[PieceTask] = []
    others: list[PieceTask] = []
    for job in jobs:
        kind = (job.spec.channel, job.spec.language)
        (others if kind in seen else openers).append(job)
        seen.add(kind)
    return openers + others
