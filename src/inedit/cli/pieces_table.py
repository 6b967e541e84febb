"""Pieces on the terminal, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from inedit.brand.schema import Brand
    from inedit.model import Originality, Piece

FIGURES = ("mirror", "siblings", "archive", "insights", "brief", "pasted")
"""The fields of :class:`~inedit.model.Originality` in their order, as a cell names them."""

HEAD_CHARS = 20
LANGUAGE_CHARS = 28
"""A column narrower than this breaks every other word."""


def pieces_side_by_side(console: Console, brand: Brand, pieces: Sequence[Piece]) -> None:
    """A table a channel, a column a language, as many as the terminal is wide enough for."""
    fit = max(1, (console.width - HEAD_CHARS) // LANGUAGE_CHARS)
    for channel in dict.fromkeys(piece.spec.channel for piece in pieces):
        of_channel = [piece for piece in pieces if piece.spec.channel == channel]
        languages = list(dict.fromkeys(piece.spec.language for piece in of_channel))
        for start in range(0, len(languages), fit):
            shown = languages[start : start + fit]
            console.print(_side_by_side(brand, channel, [p for p in of_channel if p.spec.language in shown]))


def _side_by_side(brand: Brand, channel: str, pieces: Sequence[Piece]) -> Table:
    languages = list(dict.fromkeys(piece.spec.language for piece in pieces))
    table = Table(
        title=_localised(brand.channels[channel].name, languages[0]), title_style="bold", title_justify="left",
        box=box.HORIZONTALS, show_lines=True, expand=True, padding=(0, 1),
    )  # fmt: skip
    table.add_column("segment · tone", style="dim", max_width=16)
    for language in languages:
        table.add_column(brand.languages[language].name, ratio=1)
    rows: dict[tuple[str, str, int], dict[str, Piece]] = {}
    for piece in pieces:
        spec = piece.spec
        rows.setdefault((spec.segment, spec.tone, spec.index), {})[spec.language] = piece
    for (segment, tone, index), cells in rows.items():
        name = _localised(brand.segments[segment].name, languages[0])
        manner = _localised(brand.tones[tone].name, languages[0])
        head = f"{name}\n{manner}" + (f"\n#{index + 1}" if index else "")
        table.add_row(head, *(_cell(cells.get(language)) for language in languages))
    return table


def _cell(piece: Piece | None) -> Text:
    if piece is None:
        return Text("—", style="dim")
    text = Text()
    for position, part in enumerate(filter(None, piece.parts.values())):
        text.append(part, style="bold" if position == 0 else "")
        text.append("\n")
    sources = ", ".join(dict.fromkeys(receipt.source_id for receipt in piece.verdict.receipts))
    text.append(f"↳ {sources or 'no receipt'}\n", style="cyan")
    text.append(piece.id, style="dim")
    if figures := _figures(piece.verdict.originality):
        text.append(f"\n{figures}", style="dim")
    return text


def _figures(originality: Originality) -> str:
    """« mirror .92 · siblings .59 · insights 1.00 »: what was measured, in the order of the run's closing lines."""
    named = zip(FIGURES, astuple(originality), strict=True)
    return " · ".join(f"{name} {value:.2f}" for name, value in named if value is not None)


def _localised(names: dict[str, str], language: str) -> str:
    return names.get(language) or next(iter(names.values()))
