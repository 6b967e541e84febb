"""The workers of one process: they take shards of a run, share one line, and stop together."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self, TypeVar

from inedit.archive.pieces import Standing, standing_pieces
from inedit.brand.schema import Campaign
from inedit.errors import BudgetReached, ProviderFailure
from inedit.ledger.history import minutes_saved
from inedit.model import Piece, Status, VariantSpec, Verdict
from inedit.produce import Event, Job, Line, Options, Watcher, produce_piece, record_saving

FAILURES_IN_A_ROW = 3
"""After so many pieces in a row for which the provider failed, the run stops: the next ones would fail too."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Written:
    """What one shard came to: small and plain, so that it travels between processes. The texts are in the store.

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

    def as_json(self) -> dict[str, Any]:
        """As plain dictionaries and lists."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The reverse of :meth:`as_json`."""
        refused = tuple((key, edition, attempt) for key, edition, attempt in data["refused"])
        return cls(**{**data, "refused": refused})


def ignore(_: Event) -> None:
    """Nobody watches."""


class Team:
    """Writes shards, ``options.concurrency`` pieces at once over all of them, in the order in which they are given.

    Any number of shards may be written side by side: the first places that fall free at the end of one go to the
    next, so that a shard's last pieces keep nobody waiting. When ``stop`` is set, calls under way are finished and
    recorded, and no new one is made. One event loop.
    """

    def __init__(
        self, line: Line, options: Options, *, watch: Watcher = ignore, stop: asyncio.Event | None = None
    ) -> None:
        self.line, self.options, self.watch = line, options, watch
        self.stop = stop or asyncio.Event()
        self.stopped = self.failure = ""
        self.places = asyncio.Semaphore(options.concurrency)  # each is room for one piece in the making
        self._failures_in_a_row = 0
        self._something_worked = False

    async def write(self, run_id: str, campaign: Campaign, specs: Sequence[VariantSpec]) -> Written:
        """Make every piece of a shard that does not exist yet.

        What ends the whole run (a budget, a provider that fails for good) is told in the result. Anything else that
        is raised stops the team, and is raised when the calls under way have been recorded.
        """
        shard = _Shard(self, run_id, campaign)
        jobs = await shard.sort_out(specs)
        ends = await asyncio.gather(
            *(shard.take(job) for job in _openers_first(jobs)), return_exceptions=True
        )
        for end in ends:
            if isinstance(end, BaseException):
                raise end
        return shard.written(len(specs))

    def halt(self, reason: str) -> None:
        """No new call from now on; the first reason is the one that is told."""
        self.stopped = self.stopped or reason
        self.stop.set()

    def went_well(self) -> None:
        """A piece came to rest, or was there already."""
        self._something_worked = True
        self._failures_in_a_row = 0

    def failed(self, failure: ProviderFailure) -> None:
        """Stop when nothing suggests that the next piece would fare better."""
        self._failures_in_a_row += 1
        if not self._something_worked or self._failures_in_a_row >= FAILURES_IN_A_ROW:
            self.failure = self.failure or str(failure)
            self.halt("provider")


class _Shard:
    """One shard in the hands of a team, and what has become of it so far."""

    def __init__(self, team: Team, run_id: str, campaign: Campaign) -> None:
        self.team, self.run_id, self.campaign = team, run_id, campaign
        self.kept = 0
        self.made: Counter[str] = Counter()
        self.refused: list[tuple[str, int, int]] = []

    async def sort_out(self, specs: Sequence[VariantSpec]) -> list[Job]:
        """The places that need a text; what is there already is reported."""
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
                piece = found.piece
                if piece.status is Status.ACCEPTED and (spec.key, found.edition) not in saved:
                    await asyncio.to_thread(record_saving, line, piece)  # killed between admission and memo
                self.kept += 1
                self.team.went_well()
                self.team.watch(Event("kept", spec, piece=piece))
        return jobs

    async def take(self, job: Job) -> None:
        """Make one piece when there is room for it."""
        async with self.team.places:
            if self.team.stop.is_set():
                return
            try:
                await self._make(job)
            except Exception as error:
                self.team.halt(str(error))
                raise

    async def _make(self, job: Job) -> None:
        team = self.team
        try:
            piece = await produce_piece(job, team.line, team.options, self._see(job), team.stop)
        except BudgetReached as reached:
            team.halt(str(reached))
        except ProviderFailure as failure:
            await self._set_aside(job, failure)
            team.failed(failure)
        else:
            if piece is not None:
                team.went_well()
                self._rest(piece)

    def written(self, planned: int) -> Written:
        """What has become of the shard."""
        result = Written(planned, self.kept, dict(self.made), tuple(self.refused), failure=self.team.failure)
        return replace(result, stopped=self.team.stopped or "interrupted") if result.left else result

    def _see(self, job: Job) -> Watcher:
        """Pass an event on, and remember which drafts the guard refused."""

        def see(event: Event) -> None:
            if event.kind == "judged":
                self.refused.append((job.spec.key, job.edition, event.attempt))
            self.team.watch(event)

        return see

    async def _set_aside(self, job: Job, failure: ProviderFailure) -> None:
        """Put a piece down as failed."""
        piece = Piece(
            job.piece_id, job.run_id, job.spec, Status.FAILED, {}, Verdict(), attempts=0, reason=str(failure)
        )
        archive = self.team.line.archive
        await asyncio.to_thread(archive.set_aside, piece, brief_sha=job.campaign.sha, edition=job.edition)
        self._rest(piece)

    def _rest(self, piece: Piece) -> None:
        self.made[piece.status.value] += 1
        self.team.watch(Event("rested", piece.spec, piece.attempts, piece.verdict.findings, piece))


def job_for(
    spec: VariantSpec, campaign: Campaign, found: Standing | None, options: Options, run_id: str
) -> Job | None:
    """What is to be done at a place of the matrix where ``found`` stands; None when it can stay."""
    if found is None:
        return Job(run_id, campaign, spec, edition=1)
    if options.refresh and found.brief_sha != campaign.sha:
        return Job(run_id, campaign, spec, found.edition + 1)
    if found.piece.status is Status.FAILED:
        return Job(run_id, campaign, spec, found.edition)
    retry = (
        options.retry_parked and found.piece.run_id != run_id
    )  # a run gives a piece one series of attempts
    if retry and found.piece.status is not Status.ACCEPTED:
        return Job(run_id, campaign, spec, found.edition, found.piece.attempts + 1)
    return None


async def together(parts: Iterable[Coroutine[Any, Any, Result]]) -> list[Result]:
    """Run them side by side; when one raises, the others come to their end first."""
    ends = await asyncio.gather(*parts, return_exceptions=True)
    results = []
    for end in ends:
        if isinstance(end, BaseException):
            raise end
        results.append(end)
    return results


def _openers_first(jobs: Iterable[Job]) -> list[Job]:
    """One job of each channel and language before all others.

    Their prompts begin alike; once the first one has been read, the model's prompt cache serves the rest.
    """
    seen: set[tuple[str, str]] = set()
    openers: list[Job] = []
    others: list[Job] = []
    for job in jobs:
        kind = (job.spec.channel, job.spec.language)
        (others if kind in seen else openers).append(job)
        seen.add(kind)
    return openers + others
