"""Where a proper name stands in a text, however it is written: in capitals, without accents, with “and” for “&”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from inedit.guard.nlp.text import fold, words
from inedit.model import Span

_AND = r"(?:&|\+|et|und|and|y|e)"


def name_spans(text: str, name: str) -> Iterator[tuple[Span, bool]]:
    """``(where, whether it is surely the name)``: in small letters one word may be a common one (“orange”)."""
    folded, (pattern, first, joined) = fold(text), _sought(name)
    if first in folded:
        for match in pattern.finditer(folded):
            span = Span(match.start(), match.end())
            written = span.of(text)
            handle = text[max(span.start - 1, 0) : span.start] in ("@", "#") or re.match(
                r"\.[a-z]{2,6}\b", folded[span.end :]
            )
            surely = bool(handle) or any(map(str.isupper, written)) or " " in name or not name[:1].isupper()
            yield span, surely
    if " " in name or first[:2] not in folded:
        return
    listed = words(text)
    for left, right in pairwise(listed):  # « Vélo Max » for « Vélomax »
        near = right.start - left.end == 1 and left.text[0].isupper() and right.text[0].isupper()
        if near and left.folded + right.folded == joined:
            yield Span(left.start, right.end), True


@lru_cache(maxsize=1024)
def _sought(name: str) -> tuple[re.Pattern[str], str, str]:
    """The pattern of a name, its first word, and its letters in one piece."""
    parts = [part for part in re.split(r"[\s\-]+", fold(name)) if part]
    pattern = r"[\s\-]*".join(
        f"(?:{_AND})" if part in ("&", "+", "et", "und", "and") else re.escape(part) for part in parts
    )
    return re.compile(rf"(?<!\w){pattern}(?:'s|s|')?(?!\w)"), parts[0], "".join(parts)
