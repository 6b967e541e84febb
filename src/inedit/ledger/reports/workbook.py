"""The report as a workbook whose figures are formulas over its own rows, so that a controller can trace each of them.

The sheet *Entries* has one row per call, correction or adjustment, *Savings* one a memo, *Exceptions* one of each,
*Pieces* one a completed piece. Every sum elsewhere is a formula over these, written with the value that the ledger
computed: a spreadsheet that recalculates must come to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import Connection

from inedit.ledger.journal.budgets import BudgetState
from inedit.ledger.journal.reading import Scope, added_up
from inedit.ledger.pricing.money import MICROS
from inedit.ledger.reports.report_data import Report
from inedit.ledger.reports.summary import ALLOCATIONS
from inedit.ledger.reports.workbook_cells import (
    ENDS,
    ENTRIES,
    EXCEPTIONS,
    SAVINGS,
    WHOLE,
    Amount,
    Formula,
    Sheet,
    Wrapped,
    cost_of,
    count_of,
    divided,
    formats_of,
    minutes_of,
    total,
)
from inedit.ledger.reports.workbook_rows import (
    ENTRY_COLUMNS,
    EXCEPTION_COLUMNS,
    NOT_ON_RECORD,
    SAVING_COLUMNS,
    entry_rows,
    exception_rows,
    saving_rows,
)
from inedit.ledger.reports.workbook_tables import pieces, splits
from inedit.model.errors import WrongInput
from inedit.store.rollups import ENTRIES as ENTRIES_SUMS

MOST_ROWS = 1_000_000
"""A sheet has 1,048,576 rows."""

PastRates = Mapping[str, Mapping[str, Decimal]]
"""Rates by month and currency."""

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write_workbook(connection: Connection, scope: Scope, gathered: Callable[[], Report], path: Path) -> None:
    """Write the file. ``gathered`` gives the report with all pieces of the scope, read from the same connection.

    Raises:
        WrongInput: there are more entries than a sheet has rows, or the file cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.part")
    try:
        unfinished.touch()  # what cannot be written is told before anything is computed
        _check_length(connection, scope)
        report = gathered()
        with xlsxwriter.Workbook(str(unfinished), OPTIONS) as book:
            formats = formats_of(book)

            def sheet(name: str, *widths: int) -> Sheet:
                return Sheet(book.add_worksheet(name), formats, widths)

            _figures(sheet("Report", 46, 18, 18, 18, 18, 22, 46, 10, 10, 60), scope, report)
            splits(sheet("Splits", 12, 30, 10, *[28] * 12), report)
            pieces(sheet("Pieces", 28, 20, 11, 12, 14, 11, 12, 8, *[24] * 6), scope, report)
            _copy(
                sheet("Entries", 9, 12, 10, 9, 25, 18, 18, 20), ENTRY_COLUMNS, entry_rows(connection, scope)
            )
            _copy(sheet("Savings", 9, 9, 18, 18), SAVING_COLUMNS, saving_rows(connection, scope))
            _copy(
                sheet("Exceptions", 20, 12, 12, 25, 9, 18, 20),
                EXCEPTION_COLUMNS,
                exception_rows(connection, scope),
            )
        unfinished.replace(path)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise WrongInput(f"Cannot write {path}: {error}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _check_length(connection: Connection, scope: Scope) -> None:
    rows = added_up(connection, ENTRIES_SUMS, scope, (), ("entries",))
    if (count := sum(row.entries for row in rows)) > MOST_ROWS:
        raise WrongInput(f"{count:,} entries do not fit a sheet: give --month or --campaign.")


def _figures(sheet: Sheet, scope: Scope, report: Report) -> None:
    s = report.summary
    currencies = sorted(s.cost_micros)

    def costs(micros: Mapping[str, int], **where: str) -> list[Formula]:
        return [cost_of(micros.get(c, 0), currency=f'"{c}"', **where) for c in currencies]

    sheet.title(f"Ledger of {s.scope}")
    sheet.line("Chain head", str(s.head))
    sheet.line("Sums over the sheet Entries, divided by 1,000,000. Time saved is a memo, never netted.")
    sheet.line()
    sheet.head("Figure", *currencies)
    cost_line = sheet.line_number
    sheet.line("Cost", *costs(s.cost_micros))
    for name in ALLOCATIONS:
        sheet.line(f"  {name}", *costs(s.allocation_micros.get(name, {}), allocation=f'"{name}"'))
    parts = range(cost_line + 1, sheet.line_number)
    sheet.line(
        "  left over: must be 0",
        *(
            Formula(f"=ROUND({column}{cost_line}{''.join(f'-{column}{line}' for line in parts)},6)", 0)
            for _, column in zip(currencies, "BCDEFGHIJ", strict=False)
        ),
    )
    for plural, name, number, formula in (
        ("Pieces completed", "a completed piece", s.pieces, "=COUNTA(Pieces!$A:$A)-1"),
        ("Accepted pieces", "an accepted piece", s.accepted_pieces, '=COUNTIF(Pieces!$C:$C,"accepted")'),
    ):
        below = sheet.line_number
        sheet.line(plural, *(Formula(formula, number, WHOLE) for _ in currencies))
        each = [
            divided(f"{column}{cost_line}", f"{column}{below}", s.cost_micros[currency], number)
            for currency, column in zip(currencies, "BCDEFGHIJ", strict=False)
        ]
        sheet.line(f"Cost of {name}", *each)
    sheet.line("Cost of refused drafts", *costs(s.rejected_micros, refused_for='"<>"'))
    sheet.line("Reviewed by people", report.reviewed.told)
    sheet.line("Calls", count_of("calls", s.calls))
    sheet.line("Calls of unknown price", count_of("unknown price", s.unknown_price_calls))
    sheet.line()
    _memos(sheet, report)
    _refusals(sheet, report, currencies)
    _budgets(sheet, scope, report.budgets)
    _beside(sheet, report)


def _memos(sheet: Sheet, report: Report) -> None:
    s = report.summary
    if s.saved_seconds is None:
        return
    sheet.head("Time saved (memo)", *ENDS)
    when_read, minutes_line = report.saved_when_read, sheet.line_number + 2
    if report.waiting.pieces and when_read is not None:
        opposite = dict(zip("BCD", "DCB", strict=True))
        sheet.line(
            "Minutes, when the parked pieces have been read",
            *(
                Formula(
                    f"={column}{minutes_line}-{opposite[column]}{minutes_line - 1}",
                    getattr(when_read, end) / 60,
                )
                for column, end in zip("BCD", ENDS, strict=True)
            ),
        )
        minutes = (round(getattr(report.waiting.seconds, end) / 60, 2) for end in ENDS)
        sheet.line(f"Minutes that {report.waiting.pieces} parked pieces take", *minutes)
    sheet.line("Minutes", *(minutes_of(end, getattr(s.saved_seconds, end)) for end in ENDS))
    for currency, worth in s.saved_micros.items():
        wanted = {"currency": f'"{currency}"'}
        amounts = [
            Formula(f"={total(SAVINGS, f'millionths {end}', wanted)}/{MICROS}", getattr(worth, end) / MICROS)
            for end in ENDS
        ]
        sheet.line(f"Worth in {currency}", *amounts)
    sheet.line()


def _refusals(sheet: Sheet, report: Report, currencies: Sequence[str]) -> None:
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


def _budgets(sheet: Sheet, scope: Scope, states: Sequence[BudgetState]) -> None:
    """What was charged and set aside is a formula where the workbook has all entries that a budget is for."""
    if not states:
        return
    sheet.head("Budgets and actual", "limit", "charged", "set aside", "left", "", texts=("",))
    for state in states:
        limit, number = state.limit, sheet.line_number
        charged, aside = _used(state, scope)
        missing = [f"{name} without a rate" for name in state.missing_rates]
        rates = [
            f"1 {name} = {rate} {limit.currency}"
            for name, rate in state.rates.items()
            if name != limit.currency
        ]
        rates += [
            f"1 {name} = {rate} {limit.currency} in {month}"
            for month, known in state.past_rates.items()
            for name, rate in known.items()
        ]
        sheet.line(
            f"{limit.scope} {state.scope_id} ({'hard' if limit.hard else 'soft'}), {limit.currency}",
            Amount(limit.limit_micros), charged, aside,
            Formula(f"=B{number}-C{number}-D{number}", state.left_micros / MICROS),
            ", ".join((*missing, *rates)),
        )  # fmt: skip
    sheet.line()


def _used(state: BudgetState, scope: Scope) -> tuple[Formula | Amount, Formula | Amount]:
    own = {"run": scope.run_id, "campaign": scope.campaign_id, "month": scope.period}
    of_others = [
        value for name, value in own.items() if value and (name, value) != (state.limit.scope, state.scope_id)
    ]
    converted = set(state.rates).union(*state.past_rates.values())
    if of_others or state.limit.scope == "run" or converted.intersection(state.missing_rates):
        return Amount(state.settled_micros), Amount(state.reserved_micros)

    def formula(ranges: Mapping[str, str], column: str, past: PastRates, **where: str) -> str:
        """Each currency's sum at the rate of now, but what was charged in a month that is over at that month's."""

        def sum_of(currency: str, **month: str) -> str:
            known = {**where, state.limit.scope: f'"{state.scope_id}"', "currency": f'"{currency}"', **month}
            return total(ranges, column, known)

        terms, earlier = [], dict.fromkeys(state.rates, "")
        for month, used in past.items():
            for currency, rate in used.items():
                of_month = sum_of(currency, month=f'"{month}"')
                terms.append(f"{of_month}/{MICROS}*{rate}")
                if currency in earlier:
                    earlier[currency] += f"-{of_month}"
        for currency, rate in state.rates.items():
            whole = sum_of(currency)
            sums = f"({whole}{earlier[currency]})" if earlier[currency] else whole
            terms.append(f"{sums}/{MICROS}*{rate}")
        return "=" + ("+".join(terms) or "0")

    return (
        Formula(formula(ENTRIES, "cost in millionths", state.past_rates), state.settled_micros / MICROS),
        Formula(
            formula(EXCEPTIONS, "millionths", {}, what='"possibly_billed"'), state.reserved_micros / MICROS
        ),
    )


def _beside(sheet: Sheet, report: Report) -> None:
    """Promises, and what to look at."""
    if report.outcomes:
        sheet.head(
            "Promised and measured",
            "promised",
            "measured",
            "before",
            "now",
            "unit",
            "rests on",
            "low",
            "high",
            "missing",
            texts=("unit", "rests on", "missing"),
        )
        for outcome in report.outcomes:
            measured = "?" if outcome.measured is None else outcome.measured
            sheet.line(
                outcome.name, outcome.promised, measured, outcome.before, outcome.now, outcome.unit,
                Wrapped(outcome.told), outcome.low, outcome.high, Wrapped(outcome.missing_text),
            )  # fmt: skip
        sheet.line()
    for issue in report.issues:
        sheet.line(issue)
    if report.summary.doubts:
        sheet.head("To look at", "how many", "what to do", texts=("what to do",))
        for doubt in report.summary.doubts:
            count = Formula(f'=COUNTIF({EXCEPTIONS["what"]},"{doubt.code}")', doubt.count, WHOLE)
            sheet.line(f"{doubt.what} ({doubt.code})", count, doubt.remedy)


def _copy(sheet: Sheet, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet.columns(*columns)
    for row in rows:
        sheet.line(*row)
