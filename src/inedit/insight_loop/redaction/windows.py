"""Long texts are read piece by piece, so that what a hostile text costs grows with its length and not with its square.

A pattern may look at a run of characters from each of its positions; over a whole text that is quadratic, within a
piece it is bounded. Pieces overlap by :data:`MARGIN` on both sides: every place is read with what stands around it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator

from inedit.insight_loop.redaction.spans import Found

MARGIN = 320
"""Characters around a place that can say what it is; also the longest identifier that has spaces in it."""
OWN = 640
"""Characters of which a piece decides."""
WHOLE = OWN + 2 * MARGIN
"""Characters up to which a text is read at once."""


def in_windows(text: str, find: Callable[[str], Iterable[Found]]) -> Iterator[Found]:
    """What ``find`` finds in a text, with its places in the whole of it.

    What reaches into a piece's margin is taken as far as it was read; in a run of characters without spaces that goes
    on, to the end of the run.
    """
    if len(text) <= WHOLE:
        yield from find(text)
        return
    runs = _Runs(text)
    for own in range(0, len(text), OWN):
        start, end = max(0, own - MARGIN), min(len(text), own + OWN + MARGIN)
        for span in find(text[start:end]):
            first, last = span.start + start, span.end + start
            if first >= own + OWN or last <= own:
                continue
            if first == start:
                first = runs.start(first)
            if last == end:
                last = runs.end(last)
            yield Found(first, last, span.kind)


class _Runs:
    """Where runs without spaces begin and end; each of them is measured once, however often it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known = (0, 0)

    def start(self, index: int) -> int:
        return self._around(index)[0] if index and not self._text[index - 1].isspace() else index

    def end(self, index: int) -> int:
        return self._around(index)[1] if not self._text[index - 1].isspace() else index

    def _around(self, index: int) -> tuple[int, int]:
        if not self._known[0] < index <= self._known[1]:
            text, start, end = self._text, index, index
            while start and not text[start - 1].isspace():
                start -= 1
            while end < len(text) and not text[end].isspace():
                end += 1
            self._known = (start, end)
        return self._known


def composed(text: str) -> str:
    """The text in Unicode's form NFC, piece by piece: marks without end over one letter are sorted in a square."""
    if len(text) <= WHOLE:
        return unicodedata.normalize("NFC", text)
    pieces, start = [], 0
    while start < len(text):
        end = min(len(text), start + WHOLE)
        cut = end
        while cut < len(text) and cut > start + OWN and text[cut] > "\x7f":
            cut -= 1  # before ASCII, which joins nothing that stands before it
        end = cut if cut > start + OWN else end
        pieces.append(unicodedata.normalize("NFC", text[start:end]))
        start = end
    return "".join(pieces)
