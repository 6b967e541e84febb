"""The lines of the workbook's sheets *Splits* and *Pieces*: formulas over its entries and memos."""

from __future__ import annotations

from collections.abc import Sequence

from inedit.ledger.journal.reading import Scope
from inedit.ledger.journal.savings import Range
from inedit.ledger.pricing.money import MICROS
from inedit.ledger.reports.figures import DIMENSIONS, TITLES, SplitLine
from inedit.ledger.reports.piece_lines import PieceLine
from inedit.ledger.reports.report_data import Report
from inedit.ledger.reports.workbook_cells import ENDS, Formula, Sheet, cost_of, count_of, divided, minutes_of
from inedit.ledger.reports.workbook_rows import NONE

TRACED_PIECES = 2_000
"""Up to so many pieces, the cost of each is a formula too; more would keep a spreadsheet busy for minutes."""

_SPLIT_IN_MEMOS = ("channel", "segment", "language", "tone", "campaign_id", "period")


def splits(sheet: Sheet, report: Report) -> None:
    """One line a value of each dimension."""
    s = report.summary
    currencies = sorted(s.cost_micros)
    sheet.columns(
        "by", "value", "calls", *(f"cost {c}" for c in currencies), "unknown price", "accepted pieces",
        *(f"cost of an accepted piece {c}" for c in currencies), *(f"minutes saved, {end}" for end in ENDS),
    )  # fmt: skip
    for name in DIMENSIONS:
        for line in s.by.get(name, ()):
            _split(sheet, name, line, currencies)


def _split(sheet: Sheet, dimension: str, line: SplitLine, currencies: Sequence[str]) -> None:
    number = sheet.line_number
    where = {TITLES[dimension]: f"$B{number}"}
    costs = [cost_of(line.cost_micros.get(c, 0), **where, currency=f'"{c}"') for c in currencies]
    accepted = "ABCDEFGHIJKLMNOP"[4 + len(currencies)]
    each = [
        divided(f"{column}{number}", f"${accepted}{number}", line.cost_micros.get(c, 0), line.accepted_pieces)
        for c, column in zip(currencies, "DEFGHIJ", strict=False)
    ]
    saved = line.saved_seconds or Range(0, 0, 0)
    minutes = (
        [minutes_of(end, getattr(saved, end), **where) for end in ENDS]
        if dimension in _SPLIT_IN_MEMOS
        else []
    )
    sheet.line(
        TITLES[dimension], line.name or NONE, count_of("calls", line.calls, **where), *costs,
        count_of("unknown price", line.unknown_price_calls, **where),
        count_of("accepted pieces", line.accepted_pieces, **where), *each, *minutes,
    )  # fmt: skip


def pieces(sheet: Sheet, scope: Scope, report: Report) -> None:
    """One line per completed piece."""
    currencies = sorted(
        {c for piece in report.pieces for c in piece.cost_micros} | set(report.summary.cost_micros)
    )
    sheet.columns(
        "piece", "campaign", "status", "channel", "segment", "language", "tone", "calls",
        *(f"cost {c}" for c in currencies), *(f"minutes saved, {end}" for end in ENDS),
    )  # fmt: skip
    traced = scope.period is None and scope.run_id is None and len(report.pieces) <= TRACED_PIECES
    for piece in report.pieces:
        sheet.line(
            piece.piece_id, piece.campaign_id, piece.status, piece.channel, piece.segment, piece.language, piece.tone,
            *_of_piece(piece, currencies, f"$A{sheet.line_number}" if traced else ""),
        )  # fmt: skip


def _of_piece(piece: PieceLine, currencies: Sequence[str], cell: str) -> list[Formula | float]:
    """Calls, costs and minutes of a piece: whole ones, whatever month they were booked in."""
    saved = [getattr(piece.saved_seconds, end) for end in ENDS] if piece.saved_seconds else []
    if not cell:
        costs = (piece.cost_micros.get(c, 0) / MICROS for c in currencies)
        return [piece.calls, *costs, *(seconds / 60 for seconds in saved)]
    return [
        count_of("calls", piece.calls, piece=cell),
        *(cost_of(piece.cost_micros.get(c, 0), piece=cell, currency=f'"{c}"') for c in currencies),
        *(minutes_of(end, seconds, piece=cell) for end, seconds in zip(ENDS, saved, strict=False)),
    ]
