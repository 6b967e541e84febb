"""Commands of the ledger: report, export, verify."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

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
    from inedit.bootstrap import Settings, find_root, open_ledger, opened_store
    from inedit.ledger.report import render

    settings, root = Settings.from_environment(), find_root(project)
    with opened_store(settings, root) as store:
        summary = open_ledger(store, root).summary(run_id=run, campaign_id=campaign, period=month)
    if json_:
        emit_json(summary.as_json())
    else:
        out.print(render(summary))


@app.command()
def export(
    project: ProjectOption = None,
    format_: Annotated[Format, typer.Option("--format", help="Format of the rows.")] = Format.CSV,
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
    from inedit.ledger.export import export as export_to

    settings, root = Settings.from_environment(), find_root(project)
    with opened_store(settings, root) as store, writing(out_) as stream:
        export_to(store, stream, format_.value)


@app.command()
def verify(project: ProjectOption = None, json_: JsonOption = False) -> None:
    """Prove that no entry was edited, removed, reordered or inserted. Exit code 2 when one was.

    [dim]inedit ledger verify[/]
    """
    from dataclasses import asdict

    from inedit.bootstrap import Settings, find_root, open_ledger, opened_store

    settings, root = Settings.from_environment(), find_root(project)
    with opened_store(settings, root) as store:
        proof = open_ledger(store, root).verify()
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
