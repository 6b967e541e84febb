"""Commands that set up and check: check, init, doctor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from inedit.cli.console import JsonOption, ProjectOption, emit_json, out

WRONG_INPUT = 2

SHOWN_LOCATIONS = 3
"""Other places of one mistake that are named."""


def check(project: ProjectOption = None, json_: JsonOption = False) -> None:
    """Check everything people edit: brand data, campaigns, templates. All faults at once, with file and line.

    With errors the exit code is 2; warnings are listed and leave it 0.

    [dim]inedit check[/]
    [dim]inedit check --json[/]
    """
    from dataclasses import asdict

    from inedit.bootstrap import find_root, issues_of
    from inedit.model.errors import causes_first, counted, errors_among

    issues = issues_of(find_root(project))
    errors = errors_among(issues)
    if json_:
        emit_json([asdict(issue) for issue in issues])
    else:
        for issue, others in causes_first(issues):
            location = f"{issue.file}:{issue.line}:{issue.column}" if issue.line else issue.file
            mark = ("error", "bold red") if issue.is_error else ("warning", "yellow")
            out.print(Text.assemble(mark, "  ", (location, "bold"), "  ", (issue.code, "dim")))
            out.print(Text(f"    {issue.message}\n    {issue.remedy}".rstrip()))
            if others:
                locations = ", ".join(f"{other.file}:{other.line}" for other in others[:SHOWN_LOCATIONS])
                more = f" and {len(others) - SHOWN_LOCATIONS} more" if len(others) > SHOWN_LOCATIONS else ""
                out.print(Text(f"    The same at {len(others)} more: {locations}{more}", style="dim"))
        if errors:
            out.print(f"[red]✗[/] {counted(issues)}.")
        else:
            out.print(f"[green]✓[/] The brand project is sound{f': {counted(issues)}' if issues else ''}.")
    raise typer.Exit(WRONG_INPUT if errors else 0)


def init(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.", show_default=False)],
    language: Annotated[
        str,
        typer.Option(
            "--language", "-l", help="Language that its campaign writes in: es …", show_default=False
        ),
    ] = "",
) -> None:
    """Make a new brand project: a small complete example to start from.

    [dim]inedit init my-brand && cd my-brand && inedit produce demo[/]
    """
    from inedit.brand.scaffold import init_project
    from inedit.generation.rate_limiter import PaceLimit
    from inedit.insight_loop.verbatims import Place
    from inedit.ledger.pricing_config import MODELS

    others = {**MODELS, "pace": PaceLimit, "places": Place}
    init_project(folder, language, {name: list[model] for name, model in others.items()})  # type: ignore[valid-type]
    out.print(f"[green]✓[/] A brand project is in {folder}. Next:", soft_wrap=True)
    out.print(f"    cd {folder} && inedit check", soft_wrap=True, markup=False)


def new(
    kind: Annotated[
        str, typer.Argument(help="language, channel, insight, segment or campaign.", show_default=False)
    ],
    name: Annotated[str, typer.Argument(help="Its id, or the language's tag.", show_default=False)],
    project: ProjectOption = None,
) -> None:
    """Begin a new language, channel, insight, segment or campaign, and say what is left to write.

    [dim]inedit new language es[/]
    [dim]inedit new channel sms[/]
    """
    from inedit.bootstrap import find_root
    from inedit.brand.new import scaffold

    for sentence in scaffold(find_root(project), kind, name):
        out.print(Text(f"· {sentence}"), soft_wrap=True)


def doctor(project: ProjectOption = None, json_: JsonOption = False) -> None:
    """Tell what works on this machine and what is missing, with the command that fixes it."""
    from inedit.cli.diagnosis import diagnose

    findings = diagnose(project)
    if json_:
        emit_json([finding.as_json() for finding in findings])
    else:
        table = Table.grid(padding=(0, 2))
        for _ in range(4):
            table.add_column(overflow="fold")
        for finding in findings:
            mark = "[green]✓[/]" if finding.ok else "[yellow]○[/]" if finding.optional else "[red]✗[/]"
            table.add_row(mark, finding.subject, Text(finding.detail), Text(finding.remedy, style="bold"))
        out.print(table)
    raise typer.Exit(0 if all(finding.ok or finding.optional for finding in findings) else WRONG_INPUT)
