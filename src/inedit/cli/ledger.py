"""Commands of the ledger: report and export; those that write to it and that prove it are beside."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from inedit.cli.community_return import community_return
from inedit.cli.console import JsonOption, ProjectOption, emit_json, out
from inedit.cli.ledger_proof import register as register_proof
from inedit.cli.ledger_writing import register

app = typer.Typer(help="What everything cost and what it saved.", no_args_is_help=True)


class Format(StrEnum):
    """Formats of an export."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    FOCUS = "focus"


class FocusVersion(StrEnum):
    """Versions of FOCUS; its own room is heavy to import."""

    V1_2 = "1.2"
    V1_3 = "1.3"
    V1_4 = "1.4"


@app.command()
def report(
    project: ProjectOption = None,
    campaign: Annotated[str | None, typer.Option(help="Only this campaign.", show_default=False)] = None,
    run: Annotated[str | None, typer.Option(help="Only this run.", show_default=False)] = None,
    month: Annotated[str | None, typer.Option(help="Only this month: 2026-11.", show_default=False)] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write it as one HTML page, too.", dir_okay=False, show_default=False)
    ] = None,
    xlsx: Annotated[
        Path | None,
        typer.Option(help="Write it as a workbook with formulas, too.", dir_okay=False, show_default=False),
    ] = None,
    json_: JsonOption = False,
) -> None:
    """Cost, tokens and time saved, with what finance must look at.

    [dim]inedit ledger report --campaign mini[/]
    [dim]inedit ledger report --month 2026-11 --html november.html --xlsx november.xlsx[/]
    [dim]inedit ledger report --month 2026-11 --json[/]
    """
    from datetime import UTC, datetime

    from inedit.bootstrap import Settings, find_root, open_project_store, reporter
    from inedit.cli.console import advise, writing
    from inedit.ledger.journal.reading import Scope
    from inedit.ledger.reports.html_report import page_of
    from inedit.ledger.reports.terminal_report import render

    settings, root, scope = Settings.from_environment(), find_root(project), Scope(run, campaign, month)
    with open_project_store(settings, root) as store:
        books = reporter(store, root)
        found = books.report(scope)
        if html:
            with writing(html) as stream:
                stream.write(page_of(found, datetime.now(UTC)))
            advise(f"Wrote {html}.")
        if xlsx:
            books.write_workbook(scope, xlsx)
            advise(f"Wrote {xlsx}.")
    if json_:
        emit_json(found.as_json())
    else:
        out.print(render(found))


@app.command()
def export(
    project: ProjectOption = None,
    format_: Annotated[Format, typer.Option("--format", help="Format of the rows.")] = Format.CSV,
    campaign: Annotated[str | None, typer.Option(help="Only this campaign.", show_default=False)] = None,
    run: Annotated[str | None, typer.Option(help="Only this run.", show_default=False)] = None,
    month: Annotated[str | None, typer.Option(help="Only this month: 2026-11.", show_default=False)] = None,
    savings: Annotated[
        bool, typer.Option("--savings", help="Memos, too: of time saved, and the records of decisions.")
    ] = False,
    focus: Annotated[FocusVersion, typer.Option("--focus", help="Version of FOCUS.")] = FocusVersion.V1_2,
    columns: Annotated[
        str | None,
        typer.Option(help="Only these columns of FOCUS: names with commas between them.", show_default=False),
    ] = None,
    out_: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="File to write. Default: standard output.", dir_okay=False, show_default=False
        ),
    ] = None,
) -> None:
    """Every call as a row: provider request id, tokens by kind, cost, currency, piece.

    *focus* is FOCUS, the FinOps Open Cost and Usage Specification, as CSV: version 1.2, 1.3 or 1.4.

    [dim]inedit ledger export --format csv --out november.csv[/]
    [dim]inedit ledger export --format focus --focus 1.4 --month 2026-11 --out focus.csv[/]
    """
    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.cli.console import advise, writing
    from inedit.ledger.exports.focus import Version, chosen_columns, export_focus
    from inedit.ledger.exports.rows import ALL_KINDS, MONEY_KINDS, export_parquet
    from inedit.ledger.exports.rows import export as export_to
    from inedit.ledger.journal.reading import Scope
    from inedit.model.errors import WrongInput

    only = [name for part in (columns or "").split(",") if (name := part.strip())]
    if columns is not None and format_ is not Format.FOCUS:
        raise WrongInput("--columns chooses columns of FOCUS: add --format focus.")
    settings, root = Settings.from_environment(), find_root(project)
    scope, kinds = Scope(run, campaign, month), ALL_KINDS if savings else MONEY_KINDS
    scope.check()
    chosen_columns(Version(focus), None if columns is None else only)  # before a file is begun
    with open_project_store(settings, root) as store:
        if format_ is Format.PARQUET:
            if out_ is None:
                raise WrongInput("Parquet is not a text: name a file with --out.")
            try:
                export_parquet(store, out_, scope, kinds)
            except OSError as error:
                raise WrongInput(f"Cannot write {out_}: {error}.") from error
            return
        with writing(out_) as stream:
            if format_ is Format.FOCUS:
                written = export_focus(
                    store, stream, scope, Version(focus), None if columns is None else only
                )
                if written.left_out:
                    advise(
                        f"{written.left_out} calls of unknown price are not in it: see 'inedit ledger report'."
                    )
            else:
                export_to(store, stream, "csv" if format_ is Format.CSV else "jsonl", scope, kinds)


register(app)
register_proof(app)
app.command("return")(community_return)
