"""Cells of the workbook: formulas over its own rows, each with the value that it must come to, and a sheet for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from inedit.ledger.money import MICROS
from inedit.ledger.workbook_rows import ENTRY_COLUMNS, EXCEPTION_COLUMNS, SAVING_COLUMNS

MONEY, WHOLE, MINUTES = "#,##0.000000", "#,##0", "#,##0.0"


def _places(sheet: str, columns: Sequence[str]) -> dict[str, str]:
    return {name: f"{sheet}!${xl_col_to_name(at)}:${xl_col_to_name(at)}" for at, name in enumerate(columns)}


ENTRIES = _places("Entries", ENTRY_COLUMNS)
SAVINGS = _places("Savings", SAVING_COLUMNS)
EXCEPTIONS = _places("Exceptions", EXCEPTION_COLUMNS)
"""Where each column of a sheet is, as formulas name it."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, the value that it must come to, and the format of its number."""

    text: str
    value: float
    shape: str = MONEY


def total(places: Mapping[str, str], what: str, where: Mapping[str, str]) -> str:
    """The sum of a column: ``where`` maps other columns to a cell or a quoted text that they must equal."""
    if not where:
        return f"SUM({places[what]})"
    criteria = "".join(f",{places[name.replace('_', ' ')]},{value}" for name, value in where.items())
    return f"SUMIFS({places[what]}{criteria})"


def cost_of(micros: int, **where: str) -> Formula:
    """A cost as a sum over the entries: ``where`` maps a column to a cell or a quoted text."""
    return Formula(f"={total(ENTRIES, 'cost in millionths', where)}/{MICROS}", micros / MICROS)


def count_of(what: str, count: int, **where: str) -> Formula:
    """A number of calls, in the same way."""
    return Formula(f"={total(ENTRIES, what, where)}", count, WHOLE)


def minutes_of(end: str, seconds: int, **where: str) -> Formula:
    """Minutes saved (``low``, ``expected`` or ``high``), as a sum over the memos."""
    return Formula(f"={total(SAVINGS, f'seconds {end}', where)}/60", seconds / 60, MINUTES)


class Sheet:
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
