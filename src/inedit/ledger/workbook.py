"""The report as a workbook whose figures are formulas over its own rows, so that a controller can trace each of them.

The sheet *Entries* has one row a call, correction or adjustment, *Savings* one a memo, *Pieces* one a piece at rest.
Every sum elsewhere is a formula over these, written with the value that the ledger computed: a spreadsheet that
recalculates must come to the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import Connection, func, select
from xlsxwriter.utility import xl_col_to_name

from inedit.errors import WrongInput
from inedit.ledger.figures import DIMENSIONS
from inedit.ledger.money import MICROS
from inedit.ledger.page import TITLES, Report
from inedit.ledger.reading import Scope
from inedit.ledger.summary import ALLOCATIONS
from inedit.ledger.workbook_rows import (
    ENTRY_COLUMNS,
    NONE,
    NOT_ON_RECORD,
    SAVING_COLUMNS,
    entry_rows,
    saving_rows,
)
from inedit.store.tables import ledger_entries

MOST_ROWS = 1_000_000
"""A sheet has 1,048,576 rows."""

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
MONEY, WHOLE = "#,##0.000000", "#,##0"
_COLUMNS = {
    name: f"Entries!${xl_col_to_name(at)}:${xl_col_to_name(at)}" for at, name in enumerate(ENTRY_COLUMNS)
}
_SAVINGS = {
    name: f"Savings!${xl_col_to_name(at)}:${xl_col_to_name(at)}" for at, name in enumerate(SAVING_COLUMNS)
}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, the value that it must come to, and the format of its number."""

    text: str
    value: float
    shape: str = MONEY


def cost_of(micros: int, **where: str) -> Formula:
    """A cost as a sum over the entries: ``where`` maps a column to a cell or a quoted text."""
    return Formula(f"={_sum('cost in millionths', where)}/{MICROS}", micros / MICROS)


def count_of(what: str, count: int, **where: str) -> Formula:
    """A number of calls, in the same way."""
    return Formula(f"={_sum(what, where)}", count, WHOLE)


def _sum(what: str, where: Mapping[str, str]) -> str:
    if not where:
        return f"SUM({_COLUMNS[what]})"
    criteria = "".join(f",{_COLUMNS[name.replace('_', ' ')]},{value}" for name, value in where.items())
    return f"SUMIFS({_COLUMNS[what]}{criteria})"


def write_workbook(connection: Connection, scope: Scope, report: Report, path: Path) -> None:
    """Write the file. ``report`` must hold all pieces of the scope.

    Raises:
        WrongInput: there are more entries than a sheet has rows, or the file cannot be written.
    """
    rows = select(func.count()).select_from(ledger_entries).where(scope.entries())
    if (count := connection.execute(rows).scalar_one()) > MOST_ROWS:
        raise WrongInput(f"{count:,} entries do not fit a sheet: give --month or --campaign.")
    unfinished = path.with_name(f"{path.name}.part")
    try:
        unfinished.touch()  # what cannot be written is told before anything is computed
        with xlsxwriter.Workbook(str(unfinished), OPTIONS) as book:
            formats = {shape: book.add_format({"num_format": shape}) for shape in (MONEY, WHOLE)}
            head = book.add_format({"bold": True, "bottom": 1})

            def sheet(name: str, *widths: int) -> _Sheet:
                return _Sheet(book.add_worksheet(name), formats, head, widths)

            _figures(sheet("Report", 46, 20, 18, 18, 18, 40), report)
            _splits(sheet("Splits", 14, 34, 10, 18, 18, 14), report)
            _pieces(sheet("Pieces", 28, 20, 10, 12, 14, 10, 12, 8, 16, 16), report)
            _copy(sheet("Entries"), ENTRY_COLUMNS, entry_rows(connection, scope))
            _copy(sheet("Savings"), SAVING_COLUMNS, saving_rows(connection, scope))
        unfinished.replace(path)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise WrongInput(f"Cannot write {path}: {error}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


class _Sheet:
    """A sheet that is written line by line, as constant memory wants it."""

    def __init__(self, sheet: Any, formats: Mapping[str, Any], head: Any, widths: Sequence[int]) -> None:
        self.sheet, self.formats, self.head_format, self.row = sheet, formats, head, 0
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)

    @property
    def line_number(self) -> int:
        """The number of the next line, as formulas count: from 1."""
        return self.row + 1

    def head(self, *cells: str) -> None:
        """A line of headings."""
        for at, cell in enumerate(cells):
            self.sheet.write_string(self.row, at, cell, self.head_format)
        self.row += 1

    def line(self, *cells: object) -> None:
        """A line of texts, numbers and formulas; None leaves a cell empty."""
        for at, cell in enumerate(cells):
            if isinstance(cell, Formula):
                self.sheet.write_formula(self.row, at, cell.text, self.formats[cell.shape], cell.value)
            elif isinstance(cell, int | float | Decimal):
                self.sheet.write_number(self.row, at, float(cell))
            elif cell is not None:
                self.sheet.write_string(self.row, at, str(cell))
        self.row += 1


def _figures(sheet: _Sheet, report: Report) -> None:
    s = report.summary
    currencies = sorted(s.cost_micros)

    def costs(micros: Mapping[str, int], **where: str) -> list[Formula]:
        return [cost_of(micros.get(c, 0), currency=f'"{c}"', **where) for c in currencies]

    sheet.line(f"Ledger of {s.scope}")
    sheet.line("Chain head", str(s.head))
    sheet.line("Sums over the sheet Entries, divided by 1,000,000. Time saved is a memo, never netted.")
    sheet.line()
    sheet.head("Figure", *currencies)
    cost_line = sheet.line_number
    sheet.line("Cost", *costs(s.cost_micros))
    for name in ALLOCATIONS:
        sheet.line(f"  {name}", *costs(s.allocation_micros.get(name, {}), allocation=f'"{name}"'))
    for plural, name, number, formula in (
        ("Pieces at rest", "a piece at rest", s.pieces, "=COUNTA(Pieces!$A:$A)-1"),
        ("Accepted pieces", "an accepted piece", s.accepted_pieces, '=COUNTIF(Pieces!$C:$C,"accepted")'),
    ):
        below = sheet.line_number
        sheet.line(plural, *(Formula(formula, number, WHOLE) for _ in currencies))
        sheet.line(
            f"Cost of {name}",
            *(
                Formula(
                    f"=IF({column}{below}=0,0,{column}{cost_line}/{column}{below})",
                    s.cost_micros[currency] / MICROS / number if number else 0,
                )
                for currency, column in zip(currencies, "BCDEFGHIJ", strict=False)
            ),
        )
    sheet.line("Cost of refused drafts", *costs(s.rejected_micros, refused_for='"<>"'))
    sheet.line("Calls", count_of("calls", s.calls))
    sheet.line("Calls of unknown price", count_of("unknown price", s.unknown_price_calls))
    sheet.line()
    _memos(sheet, report)
    _refusals(sheet, report, currencies)
    _beside(sheet, report)


def _memos(sheet: _Sheet, report: Report) -> None:
    s = report.summary
    if s.saved_seconds is None:
        return
    ends = ("low", "expected", "high")
    sheet.head("Time saved (memo)", *ends)
    seconds = [
        Formula(f"=SUM({_SAVINGS[f'seconds {end}']})/60", getattr(s.saved_seconds, end) / 60, WHOLE)
        for end in ends
    ]
    sheet.line("Minutes", *seconds)
    for currency, worth in s.saved_micros.items():
        wanted = f',{_SAVINGS["currency"]},"{currency}"'
        amounts = [
            Formula(
                f"=SUMIFS({_SAVINGS[f'millionths {end}']}{wanted})/{MICROS}", getattr(worth, end) / MICROS
            )
            for end in ends
        ]
        sheet.line(f"Worth in {currency}", *amounts)
    sheet.line()


def _refusals(sheet: _Sheet, report: Report, currencies: Sequence[str]) -> None:
    if not report.summary.rejected_for:
        return
    sheet.head("Refused drafts by reason", "drafts", *currencies)
    for refusal in report.summary.rejected_for:
        cell = f"$A{sheet.line_number}"
        costs = [
            cost_of(refusal.cost_micros.get(currency, 0), refused_for=cell, currency=f'"{currency}"')
            for currency in currencies
        ]
        sheet.line(
            refusal.reason or NOT_ON_RECORD, count_of("calls", refusal.drafts, refused_for=cell), *costs
        )
    sheet.line()


def _beside(sheet: _Sheet, report: Report) -> None:
    """Budgets, promises, and what to look at."""
    if report.budgets:
        sheet.head("Budgets and actual", "limit", "charged", "set aside", "left", "")
        for state in report.budgets:
            limit, number = state.limit, sheet.line_number
            amounts = (limit.limit_micros, state.settled_micros, state.reserved_micros)
            sheet.line(
                f"{limit.scope} {state.scope_id} ({'hard' if limit.hard else 'soft'}), {limit.currency}",
                *(Decimal(micros) / MICROS for micros in amounts),
                Formula(f"=B{number}-C{number}-D{number}", state.left_micros / MICROS),
                "".join(f"{missing} without a rate " for missing in state.missing_rates),
            )
        sheet.line()
    if report.outcomes:
        sheet.head("Promised and measured", "promised", "measured", "rests on")
        for outcome in report.outcomes:
            measured = "?" if outcome.measured is None else outcome.measured
            basis = outcome.why or f"{outcome.basis} accepted pieces"
            sheet.line(outcome.name, outcome.promised, measured, basis)
        sheet.line()
    if report.summary.doubts:
        sheet.head("To look at", "how many", "what to do")
        for doubt in report.summary.doubts:
            sheet.line(doubt.what, doubt.count, doubt.remedy)


def _splits(sheet: _Sheet, report: Report) -> None:
    s = report.summary
    currencies = sorted(s.cost_micros)
    sheet.head("by", "value", "calls", *(f"cost {c}" for c in currencies), "unknown price", "accepted pieces")
    for name in DIMENSIONS:
        for found in s.by.get(name, ()):
            where = {TITLES[name]: f"$B{sheet.line_number}"}
            costs = [cost_of(found.cost_micros.get(c, 0), **where, currency=f'"{c}"') for c in currencies]
            sheet.line(
                TITLES[name], found.name or NONE, count_of("calls", found.calls, **where), *costs,
                count_of("unknown price", found.unknown_price_calls, **where), found.accepted_pieces,
            )  # fmt: skip


def _pieces(sheet: _Sheet, report: Report) -> None:
    currencies = sorted(report.summary.cost_micros)
    sheet.head(
        "piece", "campaign", "status", "channel", "segment", "language", "tone", "calls",
        *(f"cost {c}" for c in currencies), "minutes saved",
    )  # fmt: skip
    for piece in report.pieces:
        saved = None if piece.saved_seconds is None else piece.saved_seconds / 60
        sheet.line(
            piece.piece_id, piece.campaign_id, piece.status, piece.channel, piece.segment, piece.language,
            piece.tone, piece.calls, *(piece.cost_micros.get(c, 0) / MICROS for c in currencies), saved,
        )  # fmt: skip


def _copy(sheet: _Sheet, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet.sheet.freeze_panes(1, 0)
    sheet.head(*columns)
    for row in rows:
        sheet.line(*row)
