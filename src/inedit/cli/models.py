"""Commands of the embedded models: list, fetch, path."""

from __future__ import annotations

from typing import Annotated

import typer
from rich import box
from rich.table import Table

from inedit.cli.console import JsonOption, emit_json, err, out

app = typer.Typer(help="Weights of the embedded language models.", no_args_is_help=True)

NameArgument = Annotated[
    str | None, typer.Argument(help="A model of 'inedit models list'.", show_default=False)
]


@app.command("list")
def list_(json_: JsonOption = False) -> None:
    """The models that Inédit can run itself, and which are here already."""
    from inedit.bootstrap import DEFAULT_MODEL
    from inedit.generation.weights import cached, catalogue

    models = [(model, cached(model.name)) for model in catalogue()]
    if json_:
        emit_json(
            [
                {
                    "name": model.name,
                    "bytes": model.size_bytes,
                    "sha256": model.sha256,
                    "licence": model.licence,
                    "languages": model.languages,
                    "default": model.name == DEFAULT_MODEL,
                    "path": str(path) if path else None,
                }
                for model, path in models
            ]
        )
        return
    table = Table(box=box.SIMPLE_HEAD)
    for column in ("model", "size", "licence", "languages", "here"):
        table.add_column(column, justify="right" if column == "size" else "left")
    for model, path in models:
        name = f"{model.name} (default)" if model.name == DEFAULT_MODEL else model.name
        here = "[green]yes[/]" if path else "no"
        table.add_row(name, f"{model.size_bytes / 1e6:,.0f} MB", model.licence, model.languages, here)
    out.print(table)


@app.command()
def fetch(name: NameArgument = None, json_: JsonOption = False) -> None:
    """Download a model's weights now, and verify them. An interrupted download goes on where it stopped.

    [dim]inedit models fetch[/]
    """
    from inedit.bootstrap import Settings
    from inedit.cli.live import fetching
    from inedit.generation.weights import fetch as fetch_weights

    with fetching(err) as progress:
        path = fetch_weights(name or Settings.from_environment().model, progress=progress)
    if json_:
        emit_json({"path": str(path)})
    else:
        out.print(str(path), markup=False, soft_wrap=True)


@app.command()
def path(name: NameArgument = None) -> None:
    """Print where a model's weights are. Exit code 3 when they are not here yet."""
    from inedit.bootstrap import Settings
    from inedit.generation.weights import cached
    from inedit.model.errors import ModelFileError

    wanted = name or Settings.from_environment().model
    found = cached(wanted)
    if found is None:
        raise ModelFileError(
            f"The weights of '{wanted}' are not here. Get them with: inedit models fetch {wanted}"
        )
    out.print(str(found), markup=False, soft_wrap=True)
