"""Texts out of the house and back: files for people and tools, edits made in a spreadsheet, and the proof of origin.

:func:`exported_texts` says what leaves with a piece and :func:`export_pieces` writes it in a format of :data:`FORMATS`;
:func:`read_table` and :func:`import_rows` take an edited table back, :func:`read_cells` reads any table;
:mod:`~inedit.exchange.provenance` signs what was written and tells later whether it is unchanged. Nothing here asks a
model or the network for anything.
"""

from __future__ import annotations

from inedit.exchange.exported import ExportedText, exported_texts
from inedit.exchange.formats import FORMATS, export_pieces, format_of
from inedit.exchange.importing import Desk, ImportedRow, ImportReport, Outcome, import_rows
from inedit.exchange.reading import Row, read_cells, read_table

__all__ = [
    "FORMATS",
    "Desk",
    "ExportedText",
    "ImportReport",
    "ImportedRow",
    "Outcome",
    "Row",
    "export_pieces",
    "exported_texts",
    "format_of",
    "import_rows",
    "read_cells",
    "read_table",
]
