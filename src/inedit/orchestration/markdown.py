"""Markdown that Prefect's pages show well.

Their Markdown tables never wrap a line, so the lines of a short note are broken here; what people copy stands in a
table of HTML, whose cells wrap at any width (:func:`text_table`). They obey a backslash before a sign, but show a
character's number (``&#95;``) as it stands; in the text of a link they show either as it stands.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable, Sequence

from inedit.ledger.pricing.money import shown

MOST_CHARS = 48
"""A column wider than this is hard to read."""

_SIGNS = {ord(sign): f"\\{sign}" for sign in "\\`*_[]~|"}
_BRACKETS = str.maketrans("[]", "()")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table as lines; cells must be safe already (:func:`cell`)."""
    return [_row(head), "|" + "---|" * len(head), *map(_row, rows), ""]


def text_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table of texts, for :func:`prose` and :func:`note`: its columns share the page, and whoever copies a text gets
    its paragraphs and nothing else. Its classes are those of Prefect's own tables."""
    columns = "".join(f'<th class="p-table-header" scope="col">{prose(name)}</th>' for name in head)
    opened = '<td class="p-3 text-sm whitespace-normal" valign="top">'
    body = "".join("<tr>" + "".join(f"{opened}{text}</td>" for text in row) + "</tr>" for row in rows)
    return [
        f'<div class="p-table"><table class="p-table__table"><thead><tr>{columns}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>",
        "",
    ]


def prose(text: str, *, bold_first: bool = False) -> str:
    """A text in a cell of a :func:`text_table`: a line break between paragraphs, none within."""
    paragraphs = [
        html.escape(" ".join(line.split()), quote=False) for line in text.splitlines() if line.strip()
    ]
    if bold_first and paragraphs:
        paragraphs[0] = f"<strong>{paragraphs[0]}</strong>"
    return "<br>".join(paragraphs)


def note(text: str) -> str:
    """What stands below a text and is not part of it."""
    return f'<span class="text-xs text-subdued">{prose(text)}</span>'


def cell(text: str, chars: int = MOST_CHARS) -> str:
    """A note in a cell: wrapped, and without anything that Markdown or HTML would take for its own."""
    paragraphs = filter(str.strip, text.splitlines())
    return "<br>".join(safe(line) for paragraph in paragraphs for line in textwrap.wrap(paragraph, chars))


def safe(text: str) -> str:
    """One line that shows what it says, whatever characters it has."""
    shown = html.escape(text, quote=False).translate(_SIGNS)
    return f"\\{shown}" if shown.startswith("#") else shown


def link(text: str, address: str) -> str:
    """A link whose text shows what it says."""
    return f"[{text.translate(_BRACKETS)}]({address})"


def amount(micros: int | None, currency: str) -> str:
    """Money for people; what has no known price says so."""
    return "unknown price" if micros is None else shown(micros, currency)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
