"""Cells of the workbook: formulas over its own rows, each with the value that it must come to, and a sheet for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from inedit.ledger.pricing.money import MICROS
from inedit.ledger.reports.workbook_rows import ENTRY_COLUMNS, EXCEPTION_COLUMNS, SAVING_COLUMNS

MONEY, WHOLE, MINUTES, RATIO = "#,##0.000000", "#,##0", "#,##0.0", "#,##0.00"
SHAPES = (MONEY, WHOLE, MINUTES, RATIO)
TINT = "#E8EEF5"
ENDS = ("low", "expected", "high")


def _ranges(sheet: str, columns: Sequence[str]) -> dict[str, str]:
    return {name: f"{sheet}!${xl_col_to_name(at)}:${xl_col_to_name(at)}" for at, name in enumerate(columns)}


ENTRIES = _ranges("Entries", ENTRY_COLUMNS)
SAVINGS = _ranges("Savings", SAVING_COLUMNS)
EXCEPTIONS = _ranges("Exceptions", EXCEPTION_COLUMNS)
"""Where each column of a sheet is, as formulas name it."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, the value that it must come to, and the format of its number."""

    text: str
    value: float
    shape: str = MONEY


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure that no row of the workbook makes, in millionths."""

    micros: int


def total(ranges: Mapping[str, str], what: str, where: Mapping[str, str]) -> str:
    """The sum of a column: ``where`` maps other columns to a cell or a quoted text that they must equal."""
    if not where:
        return f"SUM({ranges[what]})"
    criteria = "".join(f",{ranges[name.replace('_', ' ')]},{value}" for name, value in where.items())
    return f"SUMIFS({ranges[what]}{criteria})"


def cost_of(micros: int, **where: str) -> Formula:
    """A cost as a sum over the entries: ``where`` maps a column to a cell or a quoted text."""
    return Formula(f"={total(ENTRIES, 'cost in millionths', where)}/{MICROS}", micros / MICROS)


def count_of(what: str, count: int, **where: str) -> Formula:
    """A number of calls, in the same way."""
    return Formula(f"={total(ENTRIES, what, where)}", count, WHOLE)


def minutes_of(end: str, seconds: int, **where: str) -> Formula:
    """Minutes saved (``low``, ``expected`` or ``high``), as a sum over the memos."""
    return Formula(f"={total(SAVINGS, f'seconds {end}', where)}/60", seconds / 60, MINUTES)


def divided(above: str, below: str, micros: int, number: int) -> Formula:
    """A cost over a number of pieces, both of them cells; zero where there are none."""
    return Formula(f"=IF({below}=0,0,{above}/{below})", micros / MICROS / number if number else 0)


LINE_HEIGHT = 15
"""Points of a line of text. Programs do not make rows higher by themselves where a file is written row by row."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A text of several lines in the width of its column, of which the sheet knows the width."""

    text: str


class Sheet:
    """A sheet that is written line by line, as constant memory wants it."""

    def __init__(self, sheet: Any, formats: Mapping[str, Any], widths: Sequence[int]) -> None:
        self.sheet, self.formats, self.widths, self.row = sheet, formats, widths, 0
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)

    def title(self, text: str) -> None:
        """The sheet's name for people."""
        self.sheet.set_row(self.row, 24)
        self.sheet.write_string(self.row, 0, text, self.formats["title"])
        self.row += 1

    @property
    def line_number(self) -> int:
        """The number of the next line, as formulas count: from 1."""
        return self.row + 1

    def head(self, *cells: str, texts: Collection[str] = ()) -> None:
        """A line of headings, those of numbers at their right; the first column and ``texts`` are texts."""
        for at, cell in enumerate(cells):
            kind = "head" if at == 0 else "head of texts" if cell in texts else "head of numbers"
            self.sheet.write_string(self.row, at, cell, self.formats[kind])
        self.row += 1

    def columns(self, *cells: str) -> None:
        """The names of the columns of a table, which stay in sight, and by which it can be filtered."""
        for at, cell in enumerate(cells):
            self.sheet.write_string(self.row, at, cell, self.formats["head of columns"])
        self.row += 1
        self.sheet.freeze_panes(self.row, 0)
        self.sheet.autofilter(self.row - 1, 0, 1_000_000, len(cells) - 1)

    def line(self, *cells: object) -> None:
        """A line of texts, numbers and formulas, as high as its longest text; None leaves a cell empty."""
        texts = [(cell, self.widths[at]) for at, cell in enumerate(cells) if isinstance(cell, Wrapped)]
        if (lines := max((len(wrap(cell.text, width - 4)) for cell, width in texts), default=1)) > 1:
            self.sheet.set_row(self.row, LINE_HEIGHT * lines)
        for at, cell in enumerate(cells):
            if isinstance(cell, Formula):
                self.sheet.write_formula(self.row, at, cell.text, self.formats[cell.shape], cell.value)
            elif isinstance(cell, Amount):
                self.sheet.write_number(self.row, at, cell.micros / MICROS, self.formats[MONEY])
            elif isinstance(cell, Decimal):
                self.sheet.write_number(self.row, at, float(cell), self.formats[RATIO])
            elif isinstance(cell, Wrapped):
                self.sheet.write_string(self.row, at, cell.text, self.formats["wrapped"])
            elif isinstance(cell, int | float):
                self.sheet.write_number(self.row, at, float(cell))
            elif cell is not None:
                self.sheet.write_string(self.row, at, str(cell), self.formats["text" if at else "first"])
        self.row += 1


def formats_of(book: Any) -> dict[str, Any]:
    """What the cells of a workbook can look like."""
    head = {"bold": True, "bottom": 1, "bg_color": TINT}
    return {
        **{shape: book.add_format({"num_format": shape, "valign": "top"}) for shape in SHAPES},
        "title": book.add_format({"bold": True, "font_size": 16}),
        "first": book.add_format({"valign": "top"}),
        "text": book.add_format({"align": "left", "indent": 1, "valign": "top"}),
        "wrapped": book.add_format({"align": "left", "indent": 1, "text_wrap": True, "valign": "top"}),
        "head": book.add_format(head),
        "head of numbers": book.add_format({**head, "align": "right"}),
        "head of texts": book.add_format({**head, "indent": 1}),
        "head of columns": book.add_format({**head, "align": "left"}),
    }
