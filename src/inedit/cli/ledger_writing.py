"""Commands that write to the ledger: what finance and reviewers add to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inedit.cli.console import JsonOption, ProjectOption, emit_json, out
from inedit.errors import WrongInput

if TYPE_CHECKING:
    from inedit.ledger import Ledger
    from inedit.ledger.reconciliation.items import Item, Reconciliation
    from inedit.ledger.reconciliation.posting import Posted
    from inedit.ledger.reconciliation.statements import Statement
    from inedit.model import LedgerEntry

ByOption = Annotated[str, typer.Option(help="Who says so: kept with the entry.", show_default=False)]
ReasonOption = Annotated[str, typer.Option(help="Why: kept with the entry.", show_default=False)]

SHOWN_ITEMS = 40


@contextmanager
def _ledger(project: Path | None) -> Iterator[Ledger]:
    from inedit.bootstrap import Settings, find_root, open_ledger, open_project_store

    root = find_root(project)
    with open_project_store(Settings.from_environment(), root) as store:
        yield open_ledger(store, root)


def _number(text: str, what: str) -> Decimal:
    from inedit.errors import WrongInput

    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise WrongInput(f"'{text}' is no {what}: write it with a point, as in 12.5.")
    return number


def pending(project: ProjectOption = None, json_: JsonOption = False) -> None:
    """Calls that were sent and may have been billed, though no answer was charged. Exit code 1 when there are any.

    [dim]inedit ledger pending[/]
    """
    from rich import box
    from rich.table import Table

    from inedit.ledger.pricing.money import shown

    with _ledger(project) as ledger:
        found = ledger.pending()
    if json_:
        emit_json(
            [
                {
                    "id": one.id, "reserved_at": one.reserved_at, "state": one.state, "reason": one.reason,
                    "purpose": one.call.purpose, "provider": one.call.provider, "model": one.call.model,
                    "campaign_id": one.call.campaign_id, "run_id": one.call.run_id,
                    "estimate_micros": one.estimate_micros, "currency": one.currency,
                }
                for one in found
            ]
        )  # fmt: skip
    elif found:
        table = Table("reservation", "since (UTC)", "model", "for", "at most", "why", box=box.SIMPLE_HEAD)
        for one in found:
            amount = (
                "unknown"
                if one.estimate_micros is None or one.currency is None
                else shown(one.estimate_micros, one.currency)
            )
            table.add_row(
                one.id[:8], f"{one.reserved_at:%Y-%m-%d %H:%M}", one.call.model,
                f"{one.call.purpose} {one.call.campaign_id or ''}", amount, one.reason or one.state,
            )  # fmt: skip
        out.print(table)
        out.print("Reconcile them with the provider's usage: inedit ledger reconcile FILE --post")
    else:
        out.print("[green]✓[/] Every call was charged or given back.")
    raise typer.Exit(1 if found else 0)


def void(
    reservation: Annotated[str, typer.Argument(help="Its id, or the beginning of it, as in 'pending'.")],
    reason: ReasonOption,
    project: ProjectOption = None,
) -> None:
    """Give back what was set aside for a call that the provider did not bill.

    [dim]inedit ledger void 3f9a21c0 --reason "not on the invoice of November"[/]
    """
    from inedit.errors import WrongInput

    with _ledger(project) as ledger:
        found = [one for one in ledger.pending() if one.id.startswith(reservation)]
        if len(found) != 1:
            many = "several calls begin" if found else "no open call begins"
            raise WrongInput(f"For '{reservation}': {many} with this. See: inedit ledger pending")
        ledger.void(found[0], reason)
    out.print(f"[green]✓[/] {found[0].id} was given back.")


def correct(
    entry: Annotated[str, typer.Argument(help="Number or id of the call's entry.")],
    amount: Annotated[str, typer.Argument(help="What the call really cost, in units of the currency.")],
    currency: Annotated[str, typer.Argument(help="Its three letters: USD.")],
    reason: ReasonOption,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """State what a call really cost. The entry stays; a new one carries the difference and names it.

    [dim]inedit ledger correct 42 0.0031 USD --reason "invoice 2026-11, line 7"[/]
    """
    from inedit.ledger.pricing.money import to_micros

    with _ledger(project) as ledger:
        entry_id = ledger.entry_id(int(entry)) if entry.isdecimal() and len(entry) < 20 else entry
        micros = to_micros(_number(amount, "amount"))
        written = ledger.correct(entry_id, micros, currency.upper(), reason)
    _tell(written, json_)


def close(
    month: Annotated[str, typer.Argument(help="A month that is over: 2026-10.")],
    by: ByOption,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Close a month: nothing can be booked in it any more. What comes late goes to the present month.

    [dim]inedit ledger close 2026-10 --by "Ana, controlling"[/]
    """
    with _ledger(project) as ledger:
        head = ledger.close_month(month, by)
    if json_:
        emit_json({"month": month, "closed_by": by, "head": str(head)})
    else:
        out.print(f"[green]✓[/] {month} is closed. Keep this head outside: {head}", soft_wrap=True)


def review(
    piece: Annotated[str, typer.Argument(help="Id of a piece, accepted or not.")],
    minutes: Annotated[str, typer.Argument(help="Minutes that a person spent on reviewing and editing it.")],
    by: ByOption,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Write down minutes that a person really spent on a piece: they replace the minutes assumed.

    On a piece that is not accepted, they are time spent that nothing was saved for.

    [dim]inedit ledger review 1c9f0e… 6.5 --by Paul[/]
    """
    from inedit.archive.pieces import read_pieces
    from inedit.bootstrap import find_root
    from inedit.brand.load import load_project
    from inedit.errors import WrongInput

    brand = load_project(find_root(project)).brand
    with _ledger(project) as ledger:
        found = next(iter(read_pieces(ledger.store, piece_id=piece)), None)
        if found is None:
            raise WrongInput(f"There is no piece '{piece}'. See: inedit pieces")
        spec, spent = found.spec, _number(minutes, "number of minutes")
        written = ledger.record_review(
            spec, spent, by=by, revision_number=found.revision_number, run_id=found.run_id,
            baseline=brand.baseline(spec.channel, spec.language),
        )  # fmt: skip
    _tell(written, json_)


def reinvested(
    minutes: Annotated[str, typer.Argument(help="Minutes of saved time that went into creative work.")],
    by: ByOption,
    campaign: Annotated[str | None, typer.Option(help="Of this campaign.", show_default=False)] = None,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Write down what the team says it put back into creative work out of the time saved.

    [dim]inedit ledger reinvested 240 --by "Content team, November" --campaign collection-hiver[/]
    """
    with _ledger(project) as ledger:
        written = ledger.record_reinvested(_number(minutes, "number of minutes"), by=by, campaign_id=campaign)
    _tell(written, json_)


def _tell(entry: LedgerEntry, json_: bool) -> None:
    from dataclasses import asdict

    if json_:
        emit_json({name: value for name, value in asdict(entry).items() if value is not None})
    else:
        out.print(f"[green]✓[/] Entry {entry.seq} ({entry.id}) was written.")


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
    with _ledger(project) as ledger:
        found = ledger.reconcile(statement, provider=provider, projects=only or ())
        posted = book(ledger, found) if post else ()
    left = [one for one in posted if one.action == "left"] if post else found.open_items
    if json_:
        actions = [{"action": one.action, "entry_id": one.entry_id, "why": one.why} for one in posted]
        emit_json({**found.as_json(), "posted": actions})
    else:
        _show(found, posted)
    raise typer.Exit(1 if left else 0)


def _made(told: str) -> datetime | None:
    """When an export was made; a day alone means its beginning, which is sure."""
    from inedit.ledger.reconciliation.statement_forms import moment_of

    if not told:
        return None
    moment = moment_of(told)
    if moment is None or moment > datetime.now(UTC):
        raise WrongInput(
            f"'{told}' is not a moment that has been: write it as 2026-11-03 or 2026-11-03T09:15:00Z."
        )
    return moment


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
    with _ledger(project) as ledger:
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

    statement = found.statement
    out.print(f"{found.provider}, {statement.first} to {statement.last}, {statement.name}")
    counts = Counter(str(item.match) for item in found.items)
    for currency, sums in found.variance().items():
        table = Table("", "how many", currency, box=box.SIMPLE_HEAD)
        for name, micros in sums.items():
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
        out.print(
            f"{found.doubtful} calls of these days were possibly billed; the statement has no request ids to tell."
        )
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


def register(app: typer.Typer) -> None:
    """Add these commands to those of the ledger."""
    for command in (reconcile, pending, void, correct, review, reinvested, close):
        app.command(command.__name__)(command)
