"""The report as rich tables for a terminal of 100 columns, plain enough to be piped into a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from inedit.ledger.audit.audit_exceptions import ExceptionLine
from inedit.ledger.journal.budgets import SCOPE_NAMES, BudgetState
from inedit.ledger.journal.savings import Range
from inedit.ledger.pricing.money import shown
from inedit.ledger.reports.figures import DIMENSIONS, TITLES, Refusal, SplitLine, Summary
from inedit.ledger.reports.piece_lines import PieceLine
from inedit.ledger.reports.promises import Kpi
from inedit.ledger.reports.report_data import Report

LONGEST_TABLE = 24
"""Values of one dimension that are shown; the rest is one line that says how many there are."""

SHOWN_PIECES = 20
SHOWN_EXCEPTIONS = 20


def render(report: Report) -> RenderableType:
    """The whole report."""
    summary = report.summary
    parts: list[RenderableType] = [_figures(report)]
    parts.extend(Text(issue, style="bold yellow") for issue in report.issues)
    if report.budgets:
        parts.append(_budgets(report.budgets))
    if report.outcomes:
        parts.append(_outcomes(report.outcomes))
    parts.extend(
        _split(TITLES[name], summary.by[name]) for name in DIMENSIONS if len(summary.by.get(name, ())) > 1
    )
    if summary.rejected_for:
        parts.append(_refusals(summary.rejected_for))
    if report.pieces:
        parts.append(_pieces(report.pieces, summary.pieces))
    if summary.doubts:
        parts.append(_doubts(summary))
    if report.exceptions:
        parts.append(_exceptions(report.exceptions, sum(doubt.count for doubt in summary.doubts)))
    parts.append(Text(f"head {summary.head}", style="dim", overflow="fold"))
    return Group(*(Padding(part, (0, 0, 1, 0)) for part in parts))


def _figures(report: Report) -> Table:
    summary = report.summary
    table = _table(f"Ledger of {summary.scope}")
    table.add_column("", style="dim", min_width=22)
    table.add_column("", overflow="fold")
    rows = [
        ("calls", f"{summary.calls:,}"),
        (
            "tokens",
            f"{summary.input_tokens:,} in (of them {summary.cached_tokens:,} cached), "
            f"{summary.output_tokens:,} out (of them {summary.reasoning_tokens:,} reasoning)",
        ),
        ("cost", _money(summary.cost_micros, summary.unknown_price_calls, digits=6)),
        *(
            (f"  {name}", _money(micros, digits=6))
            for name, micros in summary.allocation_micros.items()
            if micros
        ),
        ("pieces completed", f"{summary.pieces:,}, of them {summary.accepted_pieces:,} accepted"),
        ("cost per piece", _money(summary.cost_per_piece_micros, nothing="–")),
        ("cost per accepted piece", _money(summary.cost_per_accepted_micros, nothing="–")),
    ]
    if summary.rejected_attempts:
        rejected = f"{summary.rejected_attempts:,} drafts, {_money(summary.rejected_micros)}"
        rows.append(("  of it, drafts refused", rejected))
    rows.append(("reviewed by people", report.reviewed.told))
    rows.extend(_saved(report))
    for name, value in rows:
        table.add_row(name, value)
    return table


def _saved(report: Report) -> Iterable[tuple[str, str]]:
    summary, waiting = report.summary, report.waiting
    minutes = summary.minutes_saved()
    if minutes is None or summary.saved_seconds is None:
        yield "time saved", "not recorded: no accepted piece with a baseline"
        return
    if waiting.pieces and report.saved_when_read is not None:
        yield (
            "time saved (memo)",
            f"{_minutes(report.saved_when_read)} minutes, when the parked pieces have been read",
        )
        yield "  as long as nobody does", f"{_minutes(summary.saved_seconds)} minutes: low / expected / high"
        yield "  parked", f"{waiting.told}"
    else:
        yield "time saved (memo)", f"{_minutes(summary.saved_seconds)} minutes: low / expected / high"
    for currency, value in summary.saved_micros.items():
        yield "  worth (memo)", _span(value, currency)
    yield "  of it measured", _measured(summary)


def _measured(summary: Summary) -> str:
    if summary.measured_pieces == 0:
        return f"none of {summary.saved_pieces:,} pieces: the baseline's review minutes are assumed spent"
    return f"review of {summary.measured_pieces:,} of {summary.saved_pieces:,} pieces, the rest assumed"


def _span(value: Range, currency: str) -> str:
    low, expected, high = (shown(micros, "", 2).strip() for micros in (value.low, value.expected, value.high))
    return f"{low} / {expected} / {high} {currency}: not taken off the cost"


def _budgets(budgets: Sequence[BudgetState]) -> Table:
    table = _table("Budgets")
    table.add_column("of")
    for name in ("limit", "charged", "set aside", "left"):
        table.add_column(name, justify="right")
    for state in budgets:
        currency = state.limit.currency
        kind = "hard" if state.limit.hard else "soft"
        style = "red" if state.left_micros < 0 else ""
        table.add_row(
            f"{SCOPE_NAMES[state.limit.scope]} {state.scope_id} ({kind})",
            shown(state.limit.limit_micros, currency),
            _charged(state),
            shown(state.reserved_micros, currency),
            Text(shown(state.left_micros, currency), style=style),
        )
    return table


def _outcomes(outcomes: Sequence[Kpi]) -> Table:
    table = _table("Promised and measured")
    table.add_column("")
    table.add_column("promised", justify="right")
    table.add_column("measured", justify="right")
    table.add_column("range", justify="right")
    table.add_column("rests on", overflow="fold")
    table.add_column("missing", overflow="fold")
    for outcome in outcomes:
        table.add_row(
            outcome.name, outcome.shown(outcome.promised), outcome.shown(outcome.measured), outcome.range_text,
            outcome.told, outcome.missing_text,
        )  # fmt: skip
    return table


def _charged(state: BudgetState) -> str:
    """What was charged; currencies that no rate converts are named, since they are not in the figure."""
    amounts = [shown(state.settled_micros, state.limit.currency)]
    amounts.extend(f"{currency} without a rate" for currency in state.missing_rates)
    return " + ".join(amounts)


def _split(title: str, lines: Sequence[SplitLine]) -> Table:
    saves = any(line.saved_seconds for line in lines)
    table = _table(f"By {title}")
    table.add_column(title, overflow="fold")
    for name in ("calls", "cost", "accepted", "cost each", *(["minutes saved"] if saves else [])):
        table.add_column(name, justify="right")
    for line in lines[:LONGEST_TABLE]:
        table.add_row(
            line.name or Text("(none)", style="dim"),
            f"{line.calls:,}",
            _money(line.cost_micros, line.unknown_price_calls),
            f"{line.accepted_pieces:,}",
            _money(line.cost_per_accepted_micros, nothing="–"),
            *([_minutes(line.saved_seconds)] if saves else []),
        )
    if len(lines) > LONGEST_TABLE:
        table.add_row(Text(f"… {len(lines) - LONGEST_TABLE} more: see --json", style="dim"))
    return table


def _pieces(pieces: Sequence[PieceLine], how_many: int) -> Table:
    table = _table("Piece by piece, the newest first")
    table.add_column("piece", overflow="fold")
    table.add_column("variant", overflow="fold")
    table.add_column("status")
    for name in ("calls", "cost", "minutes saved"):
        table.add_column(name, justify="right")
    for piece in pieces[:SHOWN_PIECES]:
        variant = " · ".join(filter(None, (piece.channel, piece.segment, piece.language, piece.tone)))
        table.add_row(
            piece.piece_id, variant, piece.status, f"{piece.calls:,}",
            _money(piece.cost_micros, piece.unknown_price_calls), _minutes(piece.saved_seconds),
        )  # fmt: skip
    if how_many > SHOWN_PIECES:
        table.add_row(Text(f"… {how_many - SHOWN_PIECES:,} more: see --html or --xlsx", style="dim"))
    return table


def _refusals(refusals: Sequence[Refusal]) -> Table:
    table = _table("Refused drafts by reason")
    table.add_column("check")
    table.add_column("drafts", justify="right")
    table.add_column("cost", justify="right")
    for refusal in refusals:
        name = refusal.reason or Text("(not on record)", style="dim")
        table.add_row(name, f"{refusal.drafts:,}", _money(refusal.cost_micros))
    return table


def _doubts(summary: Summary) -> Table:
    table = _table("To look at", style="bold yellow")
    table.add_column("how many", justify="right")
    table.add_column("what", ratio=2)
    table.add_column("what to do", ratio=3)
    for doubt in summary.doubts:
        table.add_row(f"{doubt.count:,}", doubt.what, doubt.remedy)
    return table


def _exceptions(found: Sequence[ExceptionLine], how_many: int) -> Table:
    table = _table("One by one", style="bold yellow")
    for name in ("entry", "what", "when", "model", "amount", "why"):
        table.add_column(name, justify="right" if name in ("entry", "amount") else "left", overflow="fold")
    for one in found[:SHOWN_EXCEPTIONS]:
        amount = "unknown" if one.amount_micros is None else shown(one.amount_micros, one.currency, 6)
        table.add_row(
            one.name[:8] if one.entry_number is None else f"{one.entry_number}", one.code.replace("_", " "),
            one.occurred_at[:10], one.model, amount, one.note,
        )  # fmt: skip
    if how_many > SHOWN_EXCEPTIONS:
        table.add_row("", Text(f"… {how_many - SHOWN_EXCEPTIONS:,} more: see --html or --xlsx", style="dim"))
    return table


def _minutes(saved: Range | None) -> str:
    """Low / expected / high, in whole minutes."""
    if saved is None:
        return "–"
    return " / ".join(f"{seconds / 60:,.0f}" for seconds in (saved.low, saved.expected, saved.high))


def _table(title: str, style: str = "bold") -> Table:
    return Table(
        title=title, title_style=style, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False,
        show_header=title[:6] != "Ledger",
    )  # fmt: skip


def _money(costs: Mapping[str, int], unknown: int = 0, nothing: str = "nothing", digits: int = 4) -> str:
    """Amounts by currency; what is unknown is said, never shown as nothing."""
    incurred = {currency: micros for currency, micros in costs.items() if micros} or costs
    amounts = [shown(micros, currency, digits) for currency, micros in incurred.items()]
    if unknown:
        amounts.append(f"{unknown:,} of unknown price" if amounts else f"{unknown:,} calls of unknown price")
    return " + ".join(amounts) or nothing
