"""Commands that code verbatims: field code, decide, agreement."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from inedit.cli.console import JsonOption, ProjectOption, advise, complain, emit_json, err, out
from inedit.cli.field_codebook import codebook
from inedit.cli.field_project import PlaceOption, now, open_field
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.bootstrap import Settings
    from inedit.brand.load import Project
    from inedit.insight_loop.coding.model_coder import Batch, ModelCoding
    from inedit.store import Store

SHOWN_REASONS = 8


def register(app: typer.Typer) -> None:
    """Add the commands to ``inedit field``."""
    app.command("code")(code)
    app.command("decide")(decide)
    app.command("agreement")(agreement)
    app.add_typer(codebook, name="codebook")


def code(
    project: ProjectOption = None,
    model: Annotated[
        str | None,
        typer.Option("--model", "-m", help="Ask this model. Default: the offline coder.", show_default=False),
    ] = None,
    place: PlaceOption = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many verbatims.", show_default=False)
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Also what this coder has read already.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would cost; ask nothing.")] = False,
    max_cost: Annotated[
        str | None, typer.Option(help="Most this may cost: 2.50, or '2.50 USD'.", show_default=False)
    ] = None,
    json_: JsonOption = False,
) -> None:
    """Code verbatims by the code book: offline from labelled examples, or by a language model.

    Run it again to go on: what is coded stays, and is not paid for again.

    [dim]inedit field code[/]
    [dim]inedit field code --model gpt-5-mini --dry-run[/]
    [dim]inedit field code --model gpt-5-mini --place mending-club --max-cost 2[/]
    """
    from inedit.insight_loop.field_store import count_verbatims, verbatims

    with open_field(project) as (loaded, settings, store):
        known = count_verbatims(store)
        if place is not None and place not in known:
            raise WrongInput(
                f"Nothing is stored of a place '{place}'. There is: {', '.join(known) or 'nothing yet'}."
            )
        found = verbatims(store, place=place, limit=limit)
        if model is None:
            from inedit.bootstrap import lazy_encoder
            from inedit.insight_loop.coding.offline_run import code_offline

            if dry_run:
                raise WrongInput("The offline coder costs nothing. Name a model: --model NAME --dry-run.")
            report = code_offline(
                store, loaded.brand.codes, lazy_encoder(settings)(), found, now, again=again
            )
            if json_:
                emit_json(asdict(report))
                return
            out.print(
                f"[bold]{report.coded}[/] verbatims coded offline, {report.given} codes given; {report.known} were "
                f"coded before, {report.by_hand} by people. Learnt from {report.examples} examples."
            )
            for name, why in report.unlearnt.items():
                advise(f"The code '{name}' is never given: {why}.")
            return
        _by_model(loaded, replace(settings, model=model), store, found, again, dry_run, max_cost, json_)


def _by_model(
    loaded: Project, settings: Settings, store: Store, found: Any, again: bool, dry_run: bool, max_cost: str | None,
    json_: bool,
) -> None:  # fmt: skip
    from inedit.bootstrap import open_ledger, provider_of
    from inedit.cli.interruption import run_until_abandoned
    from inedit.insight_loop.coding.model_coder import batches, estimate
    from inedit.insight_loop.coding.prompts import read_template
    from inedit.ledger import shown

    codes, provider = loaded.brand.codes, provider_of(settings)
    made, known = batches(store, read_template(loaded.root), codes, settings.model, found, again=again)
    price = estimate(made, known, open_ledger(store, loaded.root, settings), provider, settings.model, now())
    cost = "unknown" if price.cost_micros is None else shown(price.cost_micros, price.currency)
    if dry_run:
        if json_:
            emit_json(asdict(price))
        else:
            out.print(
                f"[bold]{price.verbatims}[/] verbatims in {price.calls} calls, about {price.input_tokens:,} tokens in "
                f"and {price.output_tokens:,} out: {cost}. {price.known} were read before and cost nothing."
            )
        return
    outcome = run_until_abandoned(_ask(loaded, settings, store, made, max_cost, again)) if made else None
    if json_:
        emit_json({**(asdict(outcome) if outcome else {"coded": 0, "left": 0}), "known": known})
    else:
        _show(outcome, known, settings.model)
    if outcome and outcome.stopped:
        complain(outcome.stopped)
    if outcome and outcome.left:
        raise typer.Exit(1)


async def _ask(
    loaded: Project, settings: Settings, store: Store, made: list[Batch], max_cost: str | None, again: bool
) -> ModelCoding:
    from inedit.bootstrap import open_pipeline, run_limit, served_model
    from inedit.cli.interruption import Stopping
    from inedit.cli.live import fetching
    from inedit.insight_loop.coding.model_coder import code_by_model

    limits = (run_limit(max_cost, "EUR"),) if max_cost else ()

    stop = asyncio.Event()
    with fetching(err) as progress, served_model(settings, progress) as address:
        progress.close()
        async with open_pipeline(
            loaded,
            replace(settings, advisor=""),
            store,
            address,
            concurrency=settings.concurrency,
            limits=limits,
        ) as pipeline:
            with Stopping(stop, advise):
                return await code_by_model(
                    made, pipeline.metered_model, store, loaded.brand.codes, provider=address.provider,
                    model=settings.model, now=now, at_once=settings.concurrency, stop=stop, again=again,
                )  # fmt: skip


def _show(outcome: ModelCoding | None, known: int, model: str) -> None:
    if outcome is None:
        out.print(f"{model} has read everything: {known} verbatims. Nothing was asked.")
        return
    out.print(
        f"[bold]{outcome.coded}[/] verbatims coded by {model}, {outcome.given} codes given; {known} were read before."
    )
    reasons = [*outcome.unread, *outcome.refused]
    for reason in reasons[:SHOWN_REASONS]:
        advise(reason)
    if len(reasons) > SHOWN_REASONS:
        advise(f"… and {len(reasons) - SHOWN_REASONS} more: see --json.")
    if outcome.left:
        complain(f"{outcome.left} verbatims are without a decision. Run the same command again to go on.")


def decide(
    verbatim: Annotated[
        str, typer.Argument(help="Id of a verbatim, or its first characters.", show_default=False)
    ],
    by: Annotated[str, typer.Option(help="Who decides.", show_default=False)],
    code: Annotated[
        list[str] | None, typer.Option(help="A code that applies (repeatable); none says that none does.")
    ] = None,
    quote: Annotated[
        list[str] | None, typer.Option(help="The passage that carries each code, in the order of --code.")
    ] = None,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Say which codes a verbatim has. The offline coder learns from it.

    [dim]inedit field decide 3f2a91 --by Ana --code worry --quote "I am scared to iron it"[/]
    [dim]inedit field decide 3f2a91 --by Ana[/]
    """
    from inedit.insight_loop.coding.by_hand import code_by_hand
    from inedit.insight_loop.coding.spans import located
    from inedit.insight_loop.field_store import verbatims

    with open_field(project) as (loaded, _, store):
        found = [one for one in verbatims(store) if one.id.startswith(verbatim)]
        if len(found) != 1:
            what = "No verbatim starts" if not found else f"{len(found)} verbatims start"
            raise WrongInput(f"{what} with '{verbatim}'.")
        found_text, quotes = found[0], [*(quote or []), *[""] * len(code or [])]
        passages = {}
        for name, passage in zip(code or [], quotes, strict=False):
            passages[name] = located(found_text.text, passage) if passage else None
            if passage and passages[name] is None:
                raise WrongInput(f"'{passage}' does not stand in the verbatim: {found_text.text}")
        decided = code_by_hand(store, loaded.brand.codes, found_text, by, passages, now())
    if json_:
        emit_json({"verbatim": found_text.id, "by": by, "codes": [coding.code for coding in decided.codings]})
    else:
        out.print(
            Text(
                f"{by}: {', '.join(coding.code for coding in decided.codings) or 'no code'}  «{found_text.text[:80]}»"
            )
        )


def agreement(
    project: ProjectOption = None,
    coder: Annotated[list[str] | None, typer.Option(help="Only these coders (repeatable).")] = None,
    json_: JsonOption = False,
) -> None:
    """How far coders agree on each code: Krippendorff's alpha and Cohen's kappa, texts without a code counted.

    [dim]inedit field agreement[/]
    [dim]inedit field agreement --coder Ana --coder gpt-5-mini --json[/]
    """
    from inedit.insight_loop.coding.agreement import agreement as agreement_of
    from inedit.insight_loop.coding.codings import coded_texts

    with open_field(project) as (loaded, _, store):
        decisions: dict[str, dict[str, frozenset[str]]] = {}
        for one in coded_texts(store):
            if not coder or one.coder in coder:
                decisions.setdefault(one.coder, {})[one.verbatim_id] = one.codes
        rows = agreement_of(decisions, loaded.brand.codes)
    for name in coder or ():
        if name not in decisions:
            raise WrongInput(f"No coder '{name}' has coded anything.")
    if json_:
        emit_json([
            {**asdict(row), "kappas": [{"coders": list(pair), "kappa": k} for pair, k in row.kappas.items()]}
            for row in rows
        ])  # fmt: skip
        return
    if not rows or not rows[0].texts:
        out.print("No text has been read by two coders. Code some by hand: [bold]inedit field decide[/].")
        return
    table = Table(
        title=f"{rows[0].texts} texts read by two or more", title_justify="left", box=box.SIMPLE_HEAD
    )
    for name in ("code", "alpha", "kappa, pair by pair", "given"):
        table.add_column(name)
    for row in rows:
        kappas = "  ".join(f"{' × '.join(pair)} {_figure(kappa)}" for pair, kappa in row.kappas.items())
        counts = "  ".join(f"{name} {count}" for name, count in row.given.items())
        table.add_row(row.code, _figure(row.alpha), kappas, counts)
    out.print(table)
    out.print(
        "[dim]1 is full agreement, 0 is chance; – where nothing varies. Above .8 is firm, below .67 is not.[/]"
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
