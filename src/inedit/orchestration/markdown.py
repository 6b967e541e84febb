"""Markdown that Prefect's pages show well.

Their tables never wrap a line, so lines are broken here. They obey a backslash before a sign, but show a character's
number (``&#95;``) as it stands; in the text of a link they show either as it stands.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable, Sequence

from inedit.ledger.pricing.money import shown

TABLE_CHARS = 78
"""Characters across all columns of a table that fit beside the page's own columns on a screen 1,300 pixels wide."""

MINIMUM_CHARS, MOST_CHARS = 26, 48
"""A column narrower than the first breaks every other word; one wider than the second is hard to read."""

_SIGNS = {ord(sign): f"\\{sign}" for sign in "\\`*_[]~|"}
_BRACKETS = str.maketrans("[]", "()")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table as lines; cells must be safe already (:func:`cell`)."""
    return [_row(head), "|" + "---|" * len(head), *map(_row, rows), ""]


def cell(text: str, chars: int = MOST_CHARS, *, bold_first: bool = False) -> str:
    """A text in a cell: wrapped, and without anything that Markdown or HTML would take for its own.

    With ``bold_first`` the first paragraph stands out, as the title of a piece does.
    """
    paragraphs = []
    for number, paragraph in enumerate(filter(str.strip, text.splitlines())):
        lines = [safe(line) for line in textwrap.wrap(paragraph, chars)]
        if bold_first and number == 0:
            lines = [f"**{line}**" for line in lines]
        paragraphs.append("<br>".join(lines))
    return "<br>".join(paragraphs)


def safe(text: str) -> str:
    """One line that shows what it says, whatever characters it has."""
    shown = html.escape(text, quote=False).translate(_SIGNS)
    return f"\\{shown}" if shown.startswith("#") else shown


def link(text: str, address: str) -> str:
    """A link whose text shows what it says."""
    return f"[{text.translate(_BRACKETS)}]({address})"


def column_chars(columns: int) -> int:
    """How wide a cell may be in a table of so many columns of text."""
    return max(MINIMUM_CHARS, min(MOST_CHARS, TABLE_CHARS // max(1, columns)))


def amount(micros: int | None, currency: str) -> str:
    """Money for people; what has no known price says so."""
    return "unknown price" if micros is None else shown(micros, currency)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
