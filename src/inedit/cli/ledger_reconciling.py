"""``ledger reconcile``: the ledger beside what the provider says it billed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inedit.cli.books import open_books
from inedit.cli.console import JsonOption, ProjectOption, emit_json, out
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.ledger.reconciliation.items import Item, Reconciliation
    from inedit.ledger.reconciliation.posting import Posted
    from inedit.ledger.reconciliation.statements import Statement

SHOWN_ITEMS = 40


def reconcile(
    file: Annotated[
        Path, typer.Argument(help="The provider's export of costs or of usage: JSON of its API, or CSV.")
    ],
    provider: Annotated[
        str, typer.Option(help="Whose it is. Default: the only one that was paid.", show_default=False)
    ] = "",
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", help="Count this project of the provider's only (repeatable).", show_default=False
        ),
    ] = None,
    made: Annotated[
        str,
        typer.Option(
            help="When the provider made the export (2026-11-03, or with its time, UTC): else its last day counts as "
            "one that went on, and calls lost in it are left alone.",
            show_default=False,
        ),
    ] = "",
    post: Annotated[bool, typer.Option("--post", help="Write adjustments for what does not agree.")] = False,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Hold the ledger against what the provider says it billed. Exit code 1 while something does not agree.

    Read are OpenAI's costs and its usage, Anthropic's cost and usage reports (JSON), and tables. A report of usage is
    compared in calls and tokens.
    A CSV has the columns day or time, cost, currency, and where they are known model, request_id, project,
    input_tokens, cached_input_tokens, cache_write_tokens, output_tokens. Nothing is written without --post.

    [dim]inedit ledger reconcile openai-costs-november.json[/]
    [dim]inedit ledger reconcile usage.csv --provider openai --only proj_brand --post[/]
    """
    from inedit.ledger.reconciliation.posting import post as book
    from inedit.ledger.reconciliation.statements import read_statement

    statement = read_statement(file, made=_made(made))
    if statement.counts_only:
        raise typer.Exit(_usage_compared(statement, provider, only or (), project, post=post, json_=json_))
    with open_books(project) as ledger:
        found = ledger.reconcile(statement, provider=provider, projects=only or ())
        posted = book(ledger, found) if post else ()
    left = [one for one in posted if one.action == "left"] if post else found.open_items
    if json_:
        actions = [{"action": one.action, "entry_id": one.entry_id, "why": one.why} for one in posted]
        emit_json({**found.as_json(), "posted": actions})
    else:
        _show(found, posted)
    raise typer.Exit(1 if left else 0)


def _made(text: str) -> datetime | None:
    """When an export was made; a day alone means its beginning, which is sure."""
    from inedit.ledger.reconciliation.statement_forms import moment_of

    if not text:
        return None
    made_at = moment_of(text)
    if made_at is None or made_at > datetime.now(UTC):
        raise WrongInput(
            f"'{text}' is not a moment that has been: write it as 2026-11-03 or 2026-11-03T09:15:00Z."
        )
    return made_at


def _usage_compared(
    statement: Statement, provider: str, only: Sequence[str], project: Path | None, *, post: bool, json_: bool
) -> int:
    """Compare calls and tokens; 1 while something does not agree."""
    from inedit.cli.usage_table import show_usage

    if post:
        raise WrongInput(
            f"{statement.name} is a report of usage. It has no amounts, so nothing can be booked from it: leave --post "
            "away, or give the provider's costs."
        )
    with open_books(project) as ledger:
        compared = ledger.compare_usage(statement, provider=provider, projects=only)
    if json_:
        emit_json(compared.as_json())
    else:
        show_usage(out, compared)
    return 0 if compared.agrees else 1


def _show(found: Reconciliation, posted: tuple[Posted, ...]) -> None:
    from collections import Counter

    from rich import box
    from rich.table import Table

    from inedit.ledger.pricing.money import shown
    from inedit.ledger.reconciliation.items import Match

    statement = found.statement
    out.print(f"{found.provider}, {statement.first} to {statement.last}, {statement.name}")
    counts = Counter(
        str(item.match) for item in found.items if item.match is not Match.UNDECIDED or item.reservation_id
    )
    for currency, amounts in found.variance().items():
        table = Table("", "how many", currency, box=box.SIMPLE_HEAD)
        for name, micros in amounts.items():
            how_many = counts.get("matched" if name == "rounding" else name)
            label = "matched (rounding)" if name == "rounding" else name
            table.add_row(label, "" if how_many is None else f"{how_many:,}", shown(micros, "", 6).strip())
        out.print(table)
    if any(found.by_project):
        billed = Table("project", "billed", box=box.SIMPLE_HEAD)
        for name, costs in found.by_project.items():
            billed.add_row(name or "–", " + ".join(shown(micros, c, 6) for c, micros in costs.items()))
        out.print(billed)
    if found.doubtful:
        calls = (
            "1 call of these days was"
            if found.doubtful == 1
            else f"{found.doubtful:,} calls of these days were"
        )
        out.print(f"{calls} possibly billed; the statement does not tell.", soft_wrap=True)
    if found.repeated:
        label = (
            "1 row is an earlier one" if found.repeated == 1 else f"{found.repeated:,} rows are earlier ones"
        )
        out.print(f"{label} again, word for word, under the same request id: counted once.", soft_wrap=True)
    rows = found.open_items
    if rows:
        out.print(_table_of(rows))
    if len(rows) > SHOWN_ITEMS:
        out.print(f"… {len(rows) - SHOWN_ITEMS} more: see --json")
    for one in posted[:SHOWN_ITEMS]:
        what = one.entry_id or one.item.reservation_id
        out.print(f"{one.action}: {what} {one.why}".rstrip(), markup=False)
    if rows and not posted:
        out.print("Nothing was written. Add --post to book what the statement proves.")
    elif not rows and any(item.match is Match.UNDECIDED and item.statement_micros for item in found.items):
        out.print(
            "Nothing disagrees, and nothing can be booked yet: what the statement has beyond the ledger may be these "
            "calls. Take an export made once the last day is over, and say when with --made.",
            soft_wrap=True,
        )
    elif not rows:
        out.print("[green]✓[/] Both books agree.")


def _table_of(rows: tuple[Item, ...]) -> object:
    from rich import box
    from rich.table import Table

    from inedit.ledger.pricing.money import shown

    table = Table("", "day", "model", "ledger", "statement", "where", box=box.SIMPLE_HEAD)
    for item in rows[:SHOWN_ITEMS]:
        table.add_row(
            str(item.match), str(item.day), item.model or "–", shown(item.ledger_micros, item.currency, 6),
            shown(item.statement_micros, item.currency, 6),
            item.request_id or ", ".join(line.location for line in item.lines[:2]) or item.reservation_id[:8],
        )  # fmt: skip
    return table
