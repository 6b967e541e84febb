"""Commands that write: produce, plan, preview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from inedit.cli.console import JsonOption, ProjectOption, complain, emit_json, emit_json_with, err, out
from inedit.cli.prepared import prepare
from inedit.cli.run_options import (
    DEFAULT_BASELINES,
    AdvisorOption,
    BatchOption,
    ByTurnOption,
    CampaignArgument,
    CandidatesOption,
    ChannelOption,
    ConcurrencyOption,
    CopyEditOption,
    LanguageOption,
    Many,
    MirrorOption,
    ModelOption,
    PromptsOption,
    SegmentOption,
    ToneOption,
    VariantsOption,
)

if TYPE_CHECKING:
    from inedit.bootstrap import Settings
    from inedit.brand.load import Project
    from inedit.brand.schema import Campaign
    from inedit.ledger import Limit
    from inedit.pipeline import Run
    from inedit.pipeline.run_report import RunReport
    from inedit.pipeline.task import Options
    from inedit.planning import Narrowing


def produce(
    campaign: CampaignArgument,
    project: ProjectOption = None,
    model: ModelOption = None,
    channel: ChannelOption = None,
    segment: SegmentOption = None,
    language: LanguageOption = None,
    tone: ToneOption = None,
    variants: VariantsOption = 0,
    concurrency: ConcurrencyOption = None,
    max_cost: Annotated[
        str | None, typer.Option(help="Most this run may cost: 2.50, or '2.50 USD'.", show_default=False)
    ] = None,
    max_attempts: Annotated[
        int, typer.Option(min=1, max=10, help="Drafts per piece before a person decides.")
    ] = 3,
    refresh: Annotated[bool, typer.Option(help="Write again what was written for an earlier brief.")] = False,
    stale: Annotated[
        bool,
        typer.Option(
            "--stale", help="Write again the accepted pieces whose prompt would say something else today."
        ),
    ] = False,
    retry_parked: Annotated[bool, typer.Option(help="Give parked pieces a new series of drafts.")] = False,
    require_approval: Annotated[
        bool, typer.Option(help="Park what the guard accepts until a person approves it: inedit approve.")
    ] = False,
    candidates: CandidatesOption = 1,
    copy_edit: CopyEditOption = False,
    mirror: MirrorOption = DEFAULT_BASELINES,
    prompts: PromptsOption = None,
    advisor: AdvisorOption = None,
    by_turn: ByTurnOption = False,
    batch: BatchOption = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan and what it would cost.")] = False,
    json_: JsonOption = False,
) -> None:
    """Write the variants of a campaign that do not exist yet.

    Interrupt with Ctrl-C at any time: calls under way are finished and kept, and the same command goes on from there.

    [dim]inedit produce mini[/]
    [dim]inedit produce mini --language fr --segment families --max-cost 0.50[/]
    [dim]OPENAI_API_KEY=… inedit produce mini --model gpt-5-mini --concurrency 32[/]
    [dim]OPENAI_API_KEY=… inedit produce mini --model gpt-5-mini --copy-edit[/]
    [dim]OPENAI_API_KEY=… inedit produce mini --model gpt-5-mini --batch[/]
    """
    if dry_run:
        if max_cost is not None:
            from inedit.bootstrap import run_limit

            run_limit(max_cost, "EUR")  # a plan has no limit, but the command that follows it has
        plan(
            campaign, project, model=model, channel=channel, segment=segment, language=language, tone=tone,
            variants=variants, concurrency=concurrency, max_attempts=max_attempts, mirror=mirror,
            prompts=prompts, candidates=candidates, copy_edit=copy_edit, advisor=advisor, by_turn=by_turn, batch=batch,
            json_=json_,
        )  # fmt: skip
        return
    from inedit.bootstrap import limits_of
    from inedit.cli.interruption import run_until_abandoned
    from inedit.cli.pieces import stale_ids
    from inedit.pipeline.task import Options

    loaded, brief, settings = prepare(project, campaign, model, prompts, advisor)
    options = Options(
        concurrency=concurrency or settings.concurrency,
        max_attempts=max_attempts,
        refresh=refresh,
        rewrite=stale_ids(loaded, brief, settings) if stale else (),
        retry_parked=retry_parked,
        require_approval=require_approval,
        mirror=mirror,
        candidates=candidates,
        copy_edit=copy_edit,
        batch=batch,
        by_turn=by_turn,
        narrowing=_narrowing(channel, segment, language, tone, variants),
    )
    limits = limits_of(brief, max_cost)
    report = run_until_abandoned(run_and_show(loaded, brief, settings, options, limits, json_=json_))
    raise typer.Exit(exit_code(report.run))


def plan(
    campaign: CampaignArgument,
    project: ProjectOption = None,
    model: ModelOption = None,
    channel: ChannelOption = None,
    segment: SegmentOption = None,
    language: LanguageOption = None,
    tone: ToneOption = None,
    variants: VariantsOption = 0,
    concurrency: ConcurrencyOption = None,
    max_attempts: Annotated[int, typer.Option(min=1, max=10, help="Drafts per piece, at worst.")] = 3,
    candidates: CandidatesOption = 1,
    copy_edit: CopyEditOption = False,
    mirror: MirrorOption = DEFAULT_BASELINES,
    prompts: PromptsOption = None,
    advisor: AdvisorOption = None,
    by_turn: ByTurnOption = False,
    batch: BatchOption = False,
    json_: JsonOption = False,
) -> None:
    """Show what a campaign would write, and what it would cost in tokens, money and time. Nothing is spent.

    [dim]inedit plan collection-hiver[/]
    [dim]inedit plan collection-hiver --model gpt-5-mini --language de --json[/]
    [dim]inedit plan collection-hiver --by-turn[/]
    """
    from inedit.bootstrap import advising_of, load_prompts, provider_of
    from inedit.bootstrap.quick_look import past_of
    from inedit.cli.outlook import show_plan
    from inedit.pipeline.forecast import forecast
    from inedit.planning import plan as plan_specs

    loaded, brief, settings = prepare(project, campaign, model, prompts, advisor)
    today = datetime.now(UTC).date()
    narrowing = _narrowing(channel, segment, language, tone, variants)
    with past_of(settings, loaded.root, brief, by_turn=by_turn) as past:
        specs = plan_specs(brief, loaded.brand, today, narrowing, past.preferences)
        outlook = forecast(
            specs, loaded.brand, brief, load_prompts(settings, loaded, brief), past.archive, past.ledger,
            provider=provider_of(settings), model=settings.model, today=today, max_attempts=max_attempts,
            concurrency=concurrency or settings.concurrency, baselines=mirror, candidates=candidates,
            preferences=past.preferences, batch=batch, advising=advising_of(settings), copy_edit=copy_edit,
        )  # fmt: skip
    if json_:
        emit_json(outlook.as_json())
    else:
        show_plan(out, brief, outlook)


def preview(
    campaign: CampaignArgument,
    project: ProjectOption = None,
    channel: ChannelOption = None,
    segment: SegmentOption = None,
    language: LanguageOption = None,
    tone: ToneOption = None,
    model: ModelOption = None,
    prompts: PromptsOption = None,
    by_turn: ByTurnOption = False,
    json_: JsonOption = False,
) -> None:
    """Show the exact prompt of the first variant that the options leave, and why it is as it is. Nothing is sent.

    [dim]inedit preview mini --language de --channel email[/]
    [dim]inedit preview mini --prompts full[/]
    """
    from inedit.bootstrap import load_prompts
    from inedit.bootstrap.quick_look import past_of
    from inedit.brand.preferences import NO_PREFERENCES
    from inedit.cli.result import show_prompt
    from inedit.model import as_json
    from inedit.pipeline.preview import preview as preview_of

    loaded, brief, settings = prepare(project, campaign, model, prompts)
    today = datetime.now(UTC).date()
    preferences = NO_PREFERENCES
    if not by_turn:
        with past_of(settings, loaded.root, brief, by_turn=False) as past:
            preferences = past.preferences
    narrowing = _narrowing(channel, segment, language, tone)
    templates = load_prompts(settings, loaded, brief)
    found = preview_of(templates, loaded.brand, brief, today, narrowing, preferences)
    if json_:
        emit_json({"spec": as_json(found.spec), "prompt": as_json(found.prompt), "why": list(found.why)})
    else:
        show_prompt(out, found.spec, found.prompt, found.why)


def _narrowing(channel: Many, segment: Many, language: Many, tone: Many, variants: int = 0) -> Narrowing:
    from inedit.planning import Narrowing

    return Narrowing(
        tuple(channel or ()), tuple(segment or ()), tuple(language or ()), tuple(tone or ()), variants
    )


async def run_and_show(
    project: Project,
    brief: Campaign,
    settings: Settings,
    options: Options,
    limits: Sequence[Limit],
    *,
    json_: bool,
) -> RunReport:
    """Start what is needed, watch the run, and show what it came to, as JSON or in the terminal.

    Its pieces are read from the store as they are shown, so it is still open then.
    """
    import asyncio

    from inedit.bootstrap import Batching, open_pipeline, open_project_store, served_model
    from inedit.cli.interruption import FINISHING, STAYS_AT_PROVIDER, Stopping
    from inedit.cli.live import LiveRun, fetching
    from inedit.pipeline import run_campaign
    from inedit.pipeline.run_report import report_of
    from inedit.planning import plan as plan_specs

    live = LiveRun(err, quiet=json_)
    batching = Batching.chosen(options.batch, brief.id, live.say, settings)
    with (
        open_project_store(settings, project.root, writing=True) as store,
        fetching(err) as progress,
        served_model(settings, progress) as address,
    ):
        progress.close()  # the weights are here
        stop = asyncio.Event()
        async with open_pipeline(
            project, settings, store, address,
            concurrency=options.concurrency, limits=limits, batching=batching,
        ) as pipeline:  # fmt: skip
            with live, Stopping(stop, live.say, STAYS_AT_PROVIDER if batching else FINISHING):
                if pipeline.advisor:
                    live.say(f"What the guard accepts is read by {pipeline.advisor.model} as well.")
                live.say(f"Model {pipeline.metered_model.model.model}, {pipeline.templates.style} prompts.")
                live.expect(len(plan_specs(brief, pipeline.brand, pipeline.today, options.narrowing)))
                run = await run_campaign(brief, pipeline, options, on_event=live.watch, stop=stop)
            report = report_of(run, pipeline)
            if json_:
                emit_json_with(report.as_json(with_pieces=False), "pieces", report.pieces_as_json())
            else:
                from inedit.cli.result import show_run

                show_run(out, project.brand, report)
            return report


def exit_code(run: Run) -> int:
    """0 when everything is accepted, 1 when a person is needed, 130 after Ctrl-C."""
    from inedit.model import Status

    if run.stopped == "interrupted":
        return 130
    if run.stopped:
        complain(run.stopped)
        return 1
    unfinished = run.planned - run.count(Status.ACCEPTED)
    return 1 if unfinished else 0
