"""The three steps of a run: begin, write its shards, conclude. The CLI and the flow take the same ones."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from random import Random

from inedit.archive.admission import common_texts
from inedit.archive.attempts import read_refusals
from inedit.archive.generic_texts import texts_by_language as generic_texts
from inedit.archive.pieces import Standing, each_standing
from inedit.archive.provider_batches import outstanding
from inedit.archive.runs import end_run, others_write, read_run_preferences, rejoin_run, start_run
from inedit.brand.preferences import NO_PREFERENCES
from inedit.brand.schema import Campaign
from inedit.brand.selection import eligible_insights
from inedit.model import Piece, Status, VariantSpec
from inedit.model.errors import ProviderFailure, WrongInput
from inedit.pipeline.coherence import coherence_of
from inedit.pipeline.manner import sameness_by_language, spread_by_language, vectors_of_pieces
from inedit.pipeline.run import Run, diversity_by_language
from inedit.pipeline.shard import ShardResult, task_for, written_again
from inedit.pipeline.stored_pieces import StoredPieces
from inedit.pipeline.task import Event, EventHandler, Options, Pipeline
from inedit.pipeline.worker_pool import WorkerPool, gather_all, ignore
from inedit.planning import SHARD_SIZE, plan, shards
from inedit.prompting.copy_edit import copy_edit_question


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run that is open, and everything that it is to write."""

    run_id: str
    specs: tuple[VariantSpec, ...]


def begin_run(
    campaign: Campaign, pipeline: Pipeline, options: Options, *, run_id: str | None = None
) -> OpenRun:
    """Open a run, or with ``run_id`` go on with one that was interrupted.

    What A/B tests have taught is kept with the run, so that it goes on as it began. Raises
    :class:`~.errors.WrongInput` when there is nothing to write, no such run of this campaign, or no question for
    a copy edit that is wanted.
    """
    store = pipeline.archive.store
    run_id = _run_at_provider(campaign, pipeline, options, run_id)
    if run_id is not None:
        preferences = read_run_preferences(store, run_id)
    else:
        preferences = NO_PREFERENCES if options.by_turn else pipeline.preferences(campaign)
    specs = plan(campaign, pipeline.brand, pipeline.today, options.narrowing, preferences)
    if options.copy_edit:
        for language in dict.fromkeys(spec.language for spec in specs):
            copy_edit_question(pipeline.templates, language)  # before anything is paid
    if run_id is None:
        told = {"preferences": asdict(preferences)} if preferences.evidence else {}
        run_id = start_run(
            store, campaign, model=pipeline.metered_model.model.model, options={**asdict(options), **told}
        )
    else:
        rejoin_run(store, campaign, run_id)
    return OpenRun(run_id, specs)


def _run_at_provider(
    campaign: Campaign, pipeline: Pipeline, options: Options, run_id: str | None
) -> str | None:
    """The run to go on with: the one that has batches at a provider, where none is named. Who does not ask in batches
    would pay for the same texts a second time, and is refused."""
    there = outstanding(pipeline.archive.store, campaign.id)
    if there is None:
        return run_id
    if not options.batch:
        raise WrongInput(
            f"{there.requests} texts of '{campaign.id}' are being written in batches at {there.address} "
            f"({there.model}, run {there.run_id}). Fetch them first: inedit produce {campaign.id} --batch"
        )
    return run_id or there.run_id


def conclude_run(
    open_run: OpenRun,
    campaign: Campaign,
    pipeline: Pipeline,
    options: Options,
    results: Iterable[ShardResult],
) -> Run:
    """Close a run whose shards are written, and read from the store what it came to.

    Raises :class:`~.errors.ProviderFailure` when a shard met one that no retry helps; what was paid is kept.
    """
    results = tuple(results)
    store = pipeline.archive.store
    if pipeline.judging is not None:
        pipeline.judging.rest()  # what is looked through now needs the room
    failure = next((part.failure for part in results if part.failure), "")
    stopped = next((part.stopped for part in results if part.stopped), "")
    end_run(store, open_run.run_id, "failed" if failure else stopped or "complete")
    if failure:
        raise ProviderFailure(failure)
    keys, by_language, skipped, outdated = list[str](), dict[str, list[str]](), 0, 0
    for found in each_standing(store, campaign.id, [spec.key for spec in open_run.specs]):
        if _is_completed(found, campaign, options, open_run.run_id):
            piece, key = found.piece, found.piece.spec.key
            keys.append(key)
            if piece.status is Status.ACCEPTED:
                by_language.setdefault(piece.spec.language, []).append(key)
            if piece.run_id != open_run.run_id:
                skipped += 1
                outdated += found.brief_sha != campaign.sha
    pieces = StoredPieces(store, pipeline.ledger, campaign.id, tuple(keys))
    # the encoder takes seconds to load: a run that wrote nothing goes without
    encoder = pipeline.encoder() if skipped < len(keys) else None

    def written() -> Iterator[Piece]:
        """The same pieces by what they say: what each cost is nothing to those that look through the texts."""
        return (found.piece for found in each_standing(store, campaign.id, keys))

    def common(language: str) -> tuple[str, ...]:
        return common_texts(pipeline.brand, campaign, language)

    refused = {address for part in results for address in part.refused}
    return Run(
        open_run.run_id, campaign.id, len(open_run.specs), pieces,
        kept=skipped, outdated=outdated, stopped=stopped,
        refusals=tuple(
            Event("refused", refusal.spec, refusal.attempt, refusal.findings, text=refusal.text)
            for refusal in read_refusals(store, campaign.id, open_run.run_id, refused)
        ),
        eligible_insights=tuple(insight.id for insight in eligible_insights(pipeline.brand.on(pipeline.today), campaign)
        ),
        diversity=diversity_by_language(written(), common),
        sameness=sameness_by_language(written(), pipeline.templates, common),
        spread=(
            spread_by_language(
                by_language, lambda drawn: vectors_of_pieces(tuple(pieces.at(drawn)), pipeline.archive, encoder)
            )
            if encoder
            else {}
        ),
        generic_spread=spread_by_language(generic_texts(store, campaign.id), encoder.encode) if encoder else {},
        candidates=options.candidates, copy_edit=options.copy_edit,
        incoherences=coherence_of(
            (found.piece for found in each_standing(store, campaign.id)), pipeline.brand, campaign,
            {pipeline.templates.style: pipeline.templates}, pipeline.today,
        ),
    )  # fmt: skip


async def run_campaign(
    campaign: Campaign,
    pipeline: Pipeline,
    options: Options,
    *,
    on_event: EventHandler = ignore,
    stop: asyncio.Event | None = None,
    run_id: str | None = None,
) -> Run:
    """Make every piece of the campaign that does not exist yet, in this process.

    Who comes when others are at it begins with other shards. When ``stop`` is set, calls under way are finished and
    recorded, and no new one is made. ``run_id`` goes on with a run that was interrupted. Raises
    :class:`~.errors.ProviderFailure` when the provider fails for good; everything paid is kept.
    """
    open_run = begin_run(campaign, pipeline, options, run_id=run_id)
    pool = WorkerPool(pipeline, options, on_event=on_event, stop=stop)
    parts = list(shards(open_run.specs, SHARD_SIZE))
    if others_write(pipeline.archive.store, campaign.id, open_run.run_id):
        # two that take them in one order would meet at every piece
        Random(open_run.run_id).shuffle(parts)  # noqa: S311
    try:
        results = await gather_all(pool.write(open_run.run_id, campaign, part) for part in parts)
    except BaseException as error:
        abandoned = isinstance(error, asyncio.CancelledError)
        end_run(pipeline.archive.store, open_run.run_id, "interrupted" if abandoned else "failed")
        raise
    return conclude_run(open_run, campaign, pipeline, options, results)


def _is_completed(found: Standing, campaign: Campaign, options: Options, run_id: str) -> bool:
    """Whether the run is done with a cell: it made what stands there, or has nothing to do about it."""
    ours = found.piece.run_id == run_id and not written_again(found, campaign, options)
    return ours or task_for(found.piece.spec, campaign, found, options, run_id) is None
