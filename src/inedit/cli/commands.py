"""The list of commands. Each is imported when it is asked for: a plan need not load what serves the studio."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any

import typer

from inedit import __version__


@dataclass(frozen=True, slots=True)
class Entry:
    """A command, or a group of them: its name, the module in :mod:`inedit.cli`, what it is called there, its panel."""

    name: str
    module: str
    attribute: str
    panel: str
    hidden: bool = False


ENTRIES = (
    Entry("produce", "produce", "produce", "Write"),
    Entry("run", "produce", "produce", "Write", hidden=True),
    Entry("regenerate", "regenerate", "regenerate", "Write"),
    Entry("plan", "produce", "plan", "Write"),
    Entry("batches", "batches", "batches", "Write"),
    Entry("preview", "produce", "preview", "Write"),
    Entry("approve", "approve", "approve", "Write"),
    Entry("piece", "pieces", "piece", "Read"),
    Entry("verify", "exchange", "verify", "Read"),
    Entry("check", "project", "check", "Set up"),
    Entry("init", "project", "init", "Set up"),
    Entry("new", "project", "new", "Set up"),
    Entry("doctor", "project", "doctor", "Set up"),
    Entry("mcp", "mcp", "mcp", "Set up"),
    Entry("serve", "serving", "serve", "Set up"),
    Entry("server", "serving", "server", "Set up"),
    Entry("pieces", "pieces", "app", "Read"),
    Entry("guard", "guard", "app", "Read"),
    Entry("ledger", "ledger", "app", "Read"),
    Entry("field", "field", "app", "Learn"),
    Entry("insights", "insights", "app", "Learn"),
    Entry("experiment", "experiment", "app", "Learn"),
    Entry("quiz", "quiz", "app", "Write"),
    Entry("models", "models", "app", "Set up"),
    Entry("studio", "studio", "app", "Read"),
)


def command_line(only: str | None = None) -> typer.Typer:
    """The command line; with ``only`` the name of a command, that one alone. An unknown name gives all of them."""
    made = typer.Typer(
        name="inedit",
        help="Personalised copy that is proven different, proven ours and proven paid for.",
        epilog="Exit codes: 0 done · 1 done, a person is needed · 2 wrong input · 3 provider failure · 130 interrupted",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback(invoke_without_command=True)(_version)
    for entry in [entry for entry in ENTRIES if entry.name == only] or ENTRIES:
        found: typer.Typer | Callable[..., Any] = getattr(
            import_module(f"inedit.cli.{entry.module}"), entry.attribute
        )
        if isinstance(found, typer.Typer):
            made.add_typer(found, name=entry.name, rich_help_panel=entry.panel)
        else:
            made.command(entry.name, rich_help_panel=entry.panel, hidden=entry.hidden)(found)
    return made


def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"inedit {__version__}")
        raise typer.Exit
