"""Commands that write to the ledger: what finance and reviewers add to it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated

import typer

from inedit.cli.books import open_books
from inedit.cli.console import JsonOption, ProjectOption, emit_json, out
from inedit.cli.ledger_reconciling import reconcile
from inedit.model.errors import WrongInput

if TYPE_CHECKING:
    from inedit.model import LedgerEntry

ByOption = Annotated[str, typer.Option(help="Who says so: kept with the entry.", show_default=False)]
ReasonOption = Annotated[str, typer.Option(help="Why: kept with the entry.", show_default=False)]


def _number(text: str, what: str) -> Decimal:

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

    from inedit.ledger.journal.calls import why_unconfirmed
    from inedit.ledger.pricing.money import shown

    with open_books(project) as ledger:
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
                f"{one.call.purpose} {one.call.campaign_id or ''}", amount, why_unconfirmed(one.reason) or one.state,
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

    with open_books(project) as ledger:
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

    with open_books(project) as ledger:
        entry_id = ledger.entry_id(int(entry)) if entry.isdecimal() and len(entry) < 20 else entry
        micros = to_micros(_number(amount, "amount"))
        written = ledger.correct(entry_id, micros, currency.upper(), reason)
    _show_entry(written, json_)


def close(
    month: Annotated[str, typer.Argument(help="A month that is over: 2026-10.")],
    by: ByOption,
    without_rates: Annotated[
        bool,
        typer.Option("--without-rates", help="Close it although rates of exchange are missing, for good."),
    ] = False,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Close a month: nothing can be booked in it any more. What comes late goes to the present month.

    Its rates of exchange are kept with it: a later line of brand_data/rates.yaml moves none of its figures.

    [dim]inedit ledger close 2026-10 --by "Ana, controlling"[/]
    """
    from inedit.ledger.pricing.months import is_period

    with open_books(project) as ledger:
        if not without_rates and is_period(month) and (missing := ledger.pairs_without_rate(month)):
            pairs = ", ".join(f"{base} to {quote}" for base, quote in missing)
            raise WrongInput(
                f"The figures of {month} need rates that brand_data/rates.yaml does not have: {pairs}. A closed month "
                "takes none any more. Add them first, or close it without them: --without-rates."
            )
        head = ledger.close_month(month, by)
    if json_:
        emit_json({"month": month, "closed_by": by, "head": str(head)})
    else:
        out.print(f"[green]✓[/] {month} is closed. Keep this head outside: {head}", soft_wrap=True)


def review(
    piece: Annotated[str, typer.Argument(help="Id of a piece, accepted or not.")],
    minutes: Annotated[str, typer.Argument(help="Minutes that a person spent on reviewing and editing it.")],
    by: ByOption,
    checked: Annotated[
        list[str] | None,
        typer.Option(
            help="What an accepted piece was read for, and found right: accuracy, plausibility, sources (repeatable).",
            show_default=False,
        ),
    ] = None,
    project: ProjectOption = None,
    json_: JsonOption = False,
) -> None:
    """Write down minutes that a person really spent on a piece: they replace the minutes assumed.

    On a piece that is not accepted, they are time spent that nothing was saved for. With --checked, who read the
    accepted text for what is kept as its human review, with the text's SHA-256.

    [dim]inedit ledger review 1c9f0e… 6.5 --by Paul[/]
    [dim]inedit ledger review 1c9f0e… 6.5 --by Paul --checked accuracy --checked plausibility --checked sources[/]
    """
    from datetime import UTC, datetime

    from inedit.archive.pieces import read_pieces
    from inedit.bootstrap import find_root
    from inedit.brand.load import load_project
    from inedit.pipeline.approval import book_reading

    brand = load_project(find_root(project)).brand
    with open_books(project) as ledger:
        found = next(iter(read_pieces(ledger.store, piece_id=piece)), None)
        if found is None:
            raise WrongInput(f"There is no piece '{piece}'. See: inedit pieces")
        written = book_reading(
            ledger, brand, found, by=by, minutes=_number(minutes, "number of minutes"), checked=checked or (),
            at=datetime.now(UTC),
        )  # fmt: skip
    _show_entry(written, json_)


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
    with open_books(project) as ledger:
        written = ledger.record_reinvested(_number(minutes, "number of minutes"), by=by, campaign_id=campaign)
    _show_entry(written, json_)


def _show_entry(entry: LedgerEntry, json_: bool) -> None:
    from dataclasses import asdict

    if json_:
        emit_json({name: value for name, value in asdict(entry).items() if value is not None})
    else:
        out.print(f"[green]✓[/] Entry {entry.seq} ({entry.id}) was written.")


def register(app: typer.Typer) -> None:
    """Add these commands to those of the ledger."""
    for command in (reconcile, pending, void, correct, review, reinvested, close):
        app.command(command.__name__)(command)
