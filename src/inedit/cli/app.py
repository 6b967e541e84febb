"""The list of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from inedit import __version__
from inedit.cli import (
    approve,
    exchange,
    experiment,
    field,
    field_coding,
    guard,
    insight_candidates,
    insights,
    ledger,
    mcp,
    pieces,
    project,
    quiz,
    regenerate,
    serving,
    studio,
)
from inedit.cli import models as weights
from inedit.cli import produce as production

app = typer.Typer(
    name="inedit",
    help="Personalised copy that is proven different, proven ours and proven paid for.",
    epilog="Exit codes: 0 done · 1 done, a person is needed · 2 wrong input · 3 provider failure · 130 interrupted",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"inedit {__version__}")
        raise typer.Exit


app.command("produce", rich_help_panel="Write")(production.produce)
app.command("run", rich_help_panel="Write", hidden=True)(production.produce)
app.command("regenerate", rich_help_panel="Write")(regenerate.regenerate)
app.command("plan", rich_help_panel="Write")(production.plan)
app.command("preview", rich_help_panel="Write")(production.preview)
app.command("approve", rich_help_panel="Write")(approve.approve)
app.add_typer(pieces.app, name="pieces", rich_help_panel="Read")
app.command("piece", rich_help_panel="Read")(pieces.piece)
app.command("verify", rich_help_panel="Read")(exchange.verify)
guard.app.command("waive")(approve.waive)
app.add_typer(guard.app, name="guard", rich_help_panel="Read")
app.add_typer(ledger.app, name="ledger", rich_help_panel="Read")
field_coding.register(field.app)
insight_candidates.register(insights.app)
app.add_typer(field.app, name="field", rich_help_panel="Learn")
app.add_typer(insights.app, name="insights", rich_help_panel="Learn")
app.add_typer(experiment.app, name="experiment", rich_help_panel="Learn")
app.command("check", rich_help_panel="Set up")(project.check)
app.command("init", rich_help_panel="Set up")(project.init)
app.command("new", rich_help_panel="Set up")(project.new)
app.add_typer(quiz.app, name="quiz", rich_help_panel="Write")
app.command("doctor", rich_help_panel="Set up")(project.doctor)
app.add_typer(weights.app, name="models", rich_help_panel="Set up")
app.add_typer(studio.app, name="studio", rich_help_panel="Read")
app.command("mcp", rich_help_panel="Set up")(mcp.mcp)
app.command("serve", rich_help_panel="Set up")(serving.serve)
app.command("server", rich_help_panel="Set up")(serving.server)
