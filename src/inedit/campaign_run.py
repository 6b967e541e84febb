"""A whole campaign: the plan sorted into what exists and what is to be made, and a pool of workers for the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from statistics import median

from inedit.archive.admission import common_texts
from inedit.archive.pieces import standing_pieces
from inedit.archive.runs import end_run, start_run
from inedit.brand.choosing import eligible_insights
from inedit.brand.schema import Campaign
from inedit.errors import BudgetReached, ProviderFailure
from inedit.guard.diversity import Diversity, diversity_of
from inedit.ledger import Ledger
from inedit.ledger.history import minutes_saved
from inedit.ledger.reading import PieceCost
from inedit.model import Originality, Piece, Status, VariantSpec, Verdict
from inedit.planning import plan
from inedit.produce import Event, Job, Line, Options, Watcher, produce_piece, record_saving

ORIGINALITY_FIGURES = tuple(field.name for field in fields(Originality))

FAILURES_IN_A_ROW = 3
"""After so many pieces in a row for which the provider failed, the run stops: the next ones would fail too."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to. ``stopped`` says why it ended early (empty: it is complete)."""

    id: str
    campaign_id: str
    planned: int
    pieces: tuple[Piece, ...]
    kept: int = 0  # of them, how many an earlier run had made
    outdated: int = 0  # kept ones that were written for an earlier version of the brief
    stopped: str = ""
    refusals: tuple[Event, ...] = ()  # every draft that was sent back in this run, with its findings
    eligible_insights: tuple[str, ...] = ()  # what the brand could tell in this campaign
    diversity: Mapping[str, Diversity] = field(default_factory=dict)  # of the accepted pieces, by language

    @property
    def insight_use(self) -> float:
        """Share of the insights supplied to the run's pieces that left a receipt in an accepted one, 0 to 1."""
        supplied = {insight for piece in self.pieces for insight in piece.spec.insight_ids}
        return len(supplied & self._evidenced) / len(supplied) if supplied else 1.0

    @property
    def insight_coverage(self) -> float:
        """Share of all insights that the campaign could tell that left a receipt in an accepted piece, 0 to 1."""
        eligible = set(self.eligible_insights)
        return len(eligible & self._evidenced) / len(eligible) if eligible else 1.0

    @property
    def untold_insights(self) -> tuple[str, ...]:
        """Insights that the campaign could tell and no accepted piece does, in the brand's order."""
        return tuple(id for id in self.eligible_insights if id not in self._evidenced)

    def originality(self) -> dict[str, float | None]:
        """The median over the accepted pieces of each figure of originality; None where nothing was measured."""
        accepted = [piece.verdict.originality for piece in self.pieces if piece.status is Status.ACCEPTED]
        found = {
            name: [value for each in accepted if (value := getattr(each, name)) is not None]
            for name in ORIGINALITY_FIGURES
        }
        return {name: median(values) if values else None for name, values in found.items()}

    @property
    def _evidenced(self) -> set[str]:
        """Insights that an accepted piece has a receipt of."""
        return {
            receipt.source_id
            for piece in self.pieces
            if piece.status is Status.ACCEPTED
            for receipt in piece.verdict.receipts
            if receipt.kind == "insight"
        }

    def count(self, status: Status) -> int:
        """How many pieces have this status."""
        return sum(piece.status is status for piece in self.pieces)


def ignore(_: Event) -> None:
    """Nobody watches."""


async def run_campaign(
    campaign: Campaign,
    line: Line,
    options: Options,
    *,
    watch: Watcher = ignore,
    stop: asyncio.Event | None = None,
) -> Run:
    """Make every piece of the campaign that does not exist yet.

    When ``stop`` is set, calls under way are finished and recorded, and no new one is made. Raises
    :class:`~inedit.errors.ProviderFailure` when the provider fails for good; everything paid is kept.
    """
    specs = plan(campaign, line.brand, line.today, options.narrowing)
    run_id = start_run(line.archive.store, campaign, model=line.payer.model.model, options=asdict(options))
    pool = _Pool(line, options, watch, stop or asyncio.Event())
    outcome = "failed"
    try:
        jobs = pool.sort_out(run_id, campaign, specs)
        await pool.work_off(jobs)
        outcome = pool.stopped or "complete"
    finally:
        end_run(line.archive.store, run_id, outcome)
    pieces = accounted(tuple(_in_order(specs, pool.pieces)), line.ledger)
    return Run(
        run_id, campaign.id, len(specs), pieces,
        kept=pool.kept, outdated=pool.outdated, stopped=pool.stopped, refusals=tuple(pool.refusals),
        eligible_insights=tuple(insight.id for insight in eligible_insights(line.brand, campaign)),
        diversity=_diversity(pieces, line, campaign),
    )  # fmt: skip


class _Pool:
    """The workers of one run and what they have brought so far."""

    def __init__(self, line: Line, options: Options, watch: Watcher, stop: asyncio.Event) -> None:
        self.line, self.options, self.stop = line, options, stop
        self._watcher = watch
        self.refusals: list[Event] = []
        self.pieces: dict[str, Piece] = {}
        self.kept = self.outdated = 0
        self.stopped = ""
        self._failures = 0
        self._failure: ProviderFailure | None = None

    def sort_out(self, run_id: str, campaign: Campaign, specs: Iterable[VariantSpec]) -> list[Job]:
        """The places that need a text; what earlier runs made is kept and reported."""
        standing = standing_pieces(self.line.archive.store, campaign.id)
        saved = minutes_saved(self.line.archive.store, campaign.id)
        jobs = []
        for spec in specs:
            found = standing.get(spec.key)
            if found is None:
                jobs.append(Job(run_id, campaign, spec, edition=1))
                continue
            outdated = found.brief_sha != campaign.sha
            if outdated and self.options.refresh:
                jobs.append(Job(run_id, campaign, spec, edition=found.edition + 1))
            elif found.piece.status is Status.FAILED:
                jobs.append(Job(run_id, campaign, spec, found.edition))
            elif found.piece.status is not Status.ACCEPTED and self.options.retry_parked:
                jobs.append(Job(run_id, campaign, spec, found.edition, found.piece.attempts + 1))
            else:
                if found.piece.status is Status.ACCEPTED and (spec.key, found.edition) not in saved:
                    record_saving(self.line, found.piece)  # a run was killed between admission and memo
                self.kept += 1
                self.outdated += outdated
                self.pieces[spec.key] = found.piece
                self.watch(Event("kept", spec, piece=found.piece))
        return jobs

    def watch(self, event: Event) -> None:
        """Pass an event on, and remember what the guard refused."""
        if event.kind == "judged":
            self.refusals.append(event)
        self._watcher(event)

    async def work_off(self, jobs: Iterable[Job]) -> None:
        """Run the jobs, ``concurrency`` at a time, until they are done or the run has to stop."""
        queue = iter(_openers_first(jobs))

        async def worker() -> None:
            for job in queue:
                if self.stop.is_set():
                    break
                await self._do(job)

        await asyncio.gather(*(worker() for _ in range(self.options.concurrency)))
        if self._failure is not None:
            raise self._failure
        if self.stop.is_set() and not self.stopped:
            self.stopped = "interrupted"

    async def _do(self, job: Job) -> None:
        try:
            piece = await produce_piece(job, self.line, self.options, self.watch, self.stop)
        except BudgetReached as reached:
            self._halt(str(reached))
        except ProviderFailure as failure:
            await self._failed(job, failure)
        else:
            self._failures = 0
            if piece is not None:
                self._rest(piece)

    async def _failed(self, job: Job, failure: ProviderFailure) -> None:
        """Put the piece down as failed; stop the run when nothing suggests that the next one would fare better."""
        piece = Piece(
            job.piece_id, job.run_id, job.spec, Status.FAILED, {}, Verdict(), attempts=0, reason=str(failure)
        )
        await asyncio.to_thread(
            self.line.archive.set_aside, piece, brief_sha=job.campaign.sha, edition=job.edition
        )
        self._rest(piece)
        self._failures += 1
        nothing_worked = all(made.status is Status.FAILED for made in self.pieces.values())
        if nothing_worked or self._failures >= FAILURES_IN_A_ROW:
            self._failure = failure
            self._halt("provider")

    def _rest(self, piece: Piece) -> None:
        self.pieces[piece.spec.key] = piece
        self.watch(Event("rested", piece.spec, piece.attempts, piece.verdict.findings, piece))

    def _halt(self, reason: str) -> None:
        self.stopped = self.stopped or reason
        self.stop.set()


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


def accounted(pieces: Sequence[Piece], ledger: Ledger) -> tuple[Piece, ...]:
    """The pieces with what each cost, all its attempts included, and the minutes that it saved."""
    campaigns = dict.fromkeys(piece.spec.campaign_id for piece in pieces)
    costs = {campaign_id: ledger.piece_costs(campaign_id=campaign_id) for campaign_id in campaigns}
    saved = {campaign_id: minutes_saved(ledger.store, campaign_id) for campaign_id in campaigns}
    return tuple(
        _accounted(piece, costs[piece.spec.campaign_id], saved[piece.spec.campaign_id]) for piece in pieces
    )


def _accounted(
    piece: Piece, costs: Mapping[tuple[str, int], PieceCost], saved: Mapping[tuple[str, int], float]
) -> Piece:
    place = (piece.spec.key, piece.edition)
    cost = costs.get(place)
    if cost is None:
        return replace(piece, minutes_saved=saved.get(place))
    return replace(
        piece,
        cost_micros=cost.cost_micros,
        currency=cost.currency or piece.currency,
        minutes_saved=saved.get(place),
    )


def _diversity(pieces: Sequence[Piece], line: Line, campaign: Campaign) -> dict[str, Diversity]:
    """How various the accepted pieces of each language are as a set."""
    texts: dict[str, list[str]] = {}
    for piece in pieces:
        if piece.status is Status.ACCEPTED:
            texts.setdefault(piece.spec.language, []).append(piece.text)
    return {
        language: diversity_of(told, language, common_texts(line.brand, campaign, language))
        for language, told in texts.items()
    }


def _in_order(specs: Iterable[VariantSpec], pieces: Mapping[str, Piece]) -> Iterable[Piece]:
    return (pieces[spec.key] for spec in specs if spec.key in pieces)
