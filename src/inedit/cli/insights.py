"""Commands of insights: forget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from inedit.cli import insight_candidates
from inedit.cli.console import JsonOption, ProjectOption, emit_json, out

if TYPE_CHECKING:
    from inedit.insight_loop.forget import Forgotten

app = typer.Typer(help="What the field becomes: insights, and the people behind them.", no_args_is_help=True)

A_PERSON_IS_NEEDED = 1


@app.command("forget")
def forget(
    author: Annotated[
        str,
        typer.Argument(
            help="Id, handle or name as the platform shows it, or the pseudonym.", show_default=False
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say whose pseudonym it is, and how much would go.")
    ] = False,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Take one person out of everything that is kept, and prove it. Money stays in the ledger.

    Verbatims, what refers to them, quotations in answers, pieces and exports; a later import passes over what he or she
    wrote. Exit 1 when something is left that only a person can change.

    [dim]inedit insights forget @lolo_92[/]
    [dim]inedit insights forget 281234567890123456 --json[/]
    """
    from inedit.bootstrap import Settings, find_root, open_project_store
    from inedit.insight_loop.forget import find_author, verbatims_of
    from inedit.insight_loop.forget import forget as take_out
    from inedit.insight_loop.pseudonyms import key_file, load_key

    root = find_root(project)
    with open_project_store(Settings.from_environment(), root) as store:
        pseudonym = find_author(store, load_key(key_file(root), store), author)
        if dry_run:
            count = verbatims_of(store, pseudonym)
            emit_json({"author": pseudonym, "verbatims": count}) if json_ else out.print(
                f"{pseudonym}: {count:,} verbatims would go."
            )
            return
        done = take_out(store, pseudonym, root)
    if json_:
        emit_json(done.as_json())
    else:
        _show(done)
    raise typer.Exit(A_PERSON_IS_NEEDED if done.left or done.found_after else 0)


def _show(done: Forgotten) -> None:
    out.print(
        f"[green]✓[/] {done.verbatims:,} verbatims from {', '.join(done.places) or 'no place'} are gone."
    )
    for table, count in done.rows.items():
        out.print(f"  {table}: {count:,} rows")
    for line in done.files:
        out.print(Text(f"  {line}"))
    out.print(Text(f"  Searched: {', '.join(done.searched)}."))
    if done.found_after:
        out.print(
            f"  [red]Found {done.found_after} times afterwards[/]: close other programs that use the "
            f"database, and run it again."
        )
    else:
        out.print("  [green]Found nothing afterwards.[/]")
    for line in done.left:
        out.print(Text(f"  {line}", style="yellow"))


insight_candidates.register(app)
