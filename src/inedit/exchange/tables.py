"""Texts as rows: CSV, XLSX, JSON lines. A piece is a row, each of its parts a column ``text.<part>``."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence

import xlsxwriter

from inedit.exchange.exported import RECORD, ExportedText

TEXT = "text."
"""What the name of a column with a part's words begins with."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_QUOTED_FORMULA = re.compile(r"'+[=+\-@\t\r]")
MOST_WIDE = 70


def as_csv(texts: Sequence[ExportedText]) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs. No cell is a formula: see :func:`harmless`."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows_of(texts))
    return stream.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: before = + - @ stands an apostrophe, which :func:`plain` takes away again."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """What :func:`harmless` was given, with plain ends of lines."""
    cell = cell.replace("_x000D_", "").replace("\r\n", "\n")
    return cell[1:] if _QUOTED_FORMULA.match(cell) else cell


def rows_of(texts: Sequence[ExportedText]) -> list[list[str]]:
    """The head and one row per text; columns are those of :data:`RECORD`, then every part that a text has."""
    parts = list(dict.fromkeys(part for text in texts for part in text.parts))
    rows = [[*RECORD, *(f"{TEXT}{part}" for part in parts)]]
    for text in texts:
        rows.append([*text.record().values(), *(text.parts.get(part, "") for part in parts)])
    return rows


def as_xlsx(texts: Sequence[ExportedText]) -> bytes:
    """A workbook whose cells are all text, whatever they begin with; the head stays in view."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Texts")
        head = book.add_format({"bold": True, "num_format": "@"})
        grey = book.add_format({"font_color": "#666666", "valign": "top", "num_format": "@"})
        words = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        rows = rows_of(texts)
        for column, name in enumerate(rows[0]):
            widest = max((len(row[column]) for row in rows), default=0)
            sheet.set_column(column, column, min(MOST_WIDE, widest + 2), words)
            sheet.write_string(0, column, name, head)
        for number, row in enumerate(rows[1:], start=1):
            for column, cell in enumerate(row):
                quoted = f"'{cell}" if _QUOTED_FORMULA.match(cell) else cell  # 'plain' takes one away
                sheet.write_string(number, column, quoted, words if column >= len(RECORD) else grey)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(1, len(rows) - 1), len(rows[0]) - 1)
    return stream.getvalue()


def as_json_lines(texts: Sequence[ExportedText]) -> bytes:
    """One JSON object a line: the record, and ``parts`` by their ids."""
    lines = (json.dumps({**text.record(), "parts": dict(text.parts)}, ensure_ascii=False) for text in texts)
    return "".join(f"{line}\n" for line in lines).encode()
