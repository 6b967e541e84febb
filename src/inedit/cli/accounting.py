"""Commands of the ledger: report, export, verify."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from inedit.cli.bookkeeping import register
from inedit.cli.console import JsonOption, ProjectOption, emit_json, out

app = typer.Typer(help="What everything cost and what it saved.", no_args_is_help=True)


class Format(StrEnum):
    """Formats of an export."""

    CSV = "csv"
    JSONL = "jsonl"


@app.command()
def report(
    project: ProjectOption = None,
    campaign: Annotated[str | None, typer.Option(help="Only this campaign.", show_default=False)] = None,
    run: Annotated[str | None, typer.Option(help="Only this run.", show_default=False)] = None,
    month: Annotated[str | None, typer.Option(help="Only this month: 2026-11.", show_default=False)] = None,
    json_: JsonOption = False,
) -> None:
    """Cost, tokens and time saved, with what finance must look at.

    [dim]inedit ledger report --campaign mini[/]
    [dim]inedit ledger report --month 2026-11 --json[/]
    """
    from dataclasses import asdict

    from inedit.bootstrap import Settings, find_root, open_ledger, opened_store
    from inedit.brand.load import load_project
    from inedit.ledger.report import render

    settings, root = Settings.from_environment(), find_root(project)
    campaigns = load_project(root).brand.campaigns
    with opened_store(settings, root) as store:
        ledger = open_ledger(store, root)
        summary = ledger.summary(run_id=run, campaign_id=campaign, period=month)
        budgets = ledger.budgets(run_id=run, campaign_id=campaign)
        asked = [campaign] if campaign else [] if run or month else list(campaigns)
        outcomes = ledger.outcomes(
            {id: day for id in asked if id in campaigns and (day := campaigns[id].briefed)}
        )
    if json_:
        emit_json(
            {
                **summary.as_json(),
                "budgets": [asdict(budget) for budget in budgets],
                "outcomes": [asdict(outcome) for outcome in outcomes],
            }
        )
    else:
        out.print(render(summary, budgets, outcomes))


@app.command()
def export(
    project: ProjectOption = None,
    format_: Annotated[Format, typer.Option("--format", help="Format of the rows.")] = Format.CSV,
    campaign: Annotated[str | None, typer.Option(help="Only this campaign.", show_default=False)] = None,
    run: Annotated[str | None, typer.Option(help="Only this run.", show_default=False)] = None,
    month: Annotated[str | None, typer.Option(help="Only this month: 2026-11.", show_default=False)] = None,
    savings: Annotated[bool, typer.Option("--savings", help="Memos of time saved, too.")] = False,
    out_: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="File to write. Default: standard output.", show_default=False),
    ] = None,
) -> None:
    """Every call as a row: provider request id, tokens by kind, cost, currency, piece.

    [dim]inedit ledger export --format csv --out november.csv[/]
    """
    from inedit.bootstrap import Settings, find_root, opened_store
    from inedit.cli.console import writing
    from inedit.ledger.export import ALL_KINDS, MONEY_KINDS
    from inedit.ledger.export import export as export_to
    from inedit.ledger.reading import Scope

    settings, root = Settings.from_environment(), find_root(project)
    with opened_store(settings, root) as store, writing(out_) as stream:
        export_to(
            store,
            stream,
            format_.value,
            Scope(run, campaign, month),
            ALL_KINDS if savings else MONEY_KINDS,
        )


@app.command()
def verify(
    project: ProjectOption = None,
    anchor: Annotated[
        str | None, typer.Option(help="A head that was kept outside: 26:6594…", show_default=False)
    ] = None,
    json_: JsonOption = False,
) -> None:
    """Prove that no entry was edited, removed, reordered or inserted. Exit code 2 when one was.

    Keep the head that it prints somewhere else: with --anchor, a ledger cut off at its end is found out too.

    [dim]inedit ledger verify --anchor 26:6594064f…[/]
    """
    from dataclasses import asdict

    from inedit.bootstrap import Settings, find_root, open_ledger, opened_store
    from inedit.ledger import Head

    settings, root = Settings.from_environment(), find_root(project)
    with opened_store(settings, root) as store:
        proof = open_ledger(store, root).verify(Head.of(anchor) if anchor else None)
    if json_:
        emit_json(asdict(proof))
    else:
        for flaw in proof.flaws:
            out.print(f"✗ {flaw}", markup=False)
        if proof.holds:
            out.print(
                f"[green]✓[/] {proof.entries} entries, nothing wrong. Head: {proof.head}", soft_wrap=True
            )
    raise typer.Exit(0 if proof.holds else 2)


register(app)
