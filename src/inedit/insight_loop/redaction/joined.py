"""A text in which numbers are written as people mostly write them, so that one rule reads them however they were typed.

Three groups or more of digits or letters that are set apart by the same odd sign (a new line, two spaces, `` - ``, `` / ``, an
underscore, a dot in the middle) are set apart by a space or a dash instead.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from inedit.insight_loop.redaction.spans import Found

_ODD = re.compile(
    r"(?<![\w+])\+?[A-Z]{0,2}\d{1,6}(?P<by>\n| {2,3}| ?[_·|] ?| [-./,] |[-./]{2,3})[A-Z\d]{1,9}(?:(?P=by)[A-Z\d]{1,9})+(?!\w)",
    re.IGNORECASE,
)
MOST = 60
"""Characters of the longest number that is looked for so."""


def in_joined(text: str, find: Callable[[str], Iterable[Found]]) -> Iterator[Found]:
    """What ``find`` finds in the text as it is joined, with its places in the text as it was."""
    cuts, pieces, last = [], [], 0
    for match in _ODD.finditer(text):
        by = match["by"]
        if len(match[0]) > MOST or sum(map(str.isdigit, match[0])) < len(match[0]) // 3:
            continue
        position = match.start()
        for _ in range(match[0].count(by)):
            at = text.index(by, position)
            pieces += [text[last:at], " " if by.isspace() else "-"]
            cuts.append((at, len(by) - 1))
            last = position = at + len(by)
    if not cuts:
        yield from find(text)
        return
    joined = "".join((*pieces, text[last:]))
    lost = [0, *accumulate(length for _, length in cuts)]
    signs = [
        at - before for (at, _), before in zip(cuts, lost, strict=False)
    ]  # their places in what is joined

    def origin(position: int) -> int:
        return position + lost[bisect_right(signs, position - 1)]

    for span in find(joined):
        yield Found(origin(span.start), origin(span.end), span.kind)
