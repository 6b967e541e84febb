"""A place in a text that must not stay, and which of several overlapping ones counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple


class Found(NamedTuple):
    """Characters ``start`` to ``end`` of a text are of a kind."""

    start: int
    end: int
    kind: str


def merge_overlaps(found: Iterable[Found], ranking: Sequence[str]) -> list[Found]:
    """The spans in their order, none touching another: overlapping ones become one, of the kind ranked first."""
    merged: list[Found] = []
    for span in sorted(found):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            kind = min(last.kind, span.kind, key=ranking.index)
            merged[-1] = Found(last.start, max(last.end, span.end), kind)
        else:
            merged.append(span)
    return merged


def matches(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Found]:
    """What a pattern finds; its group ``x``, where it has one, is what must not stay."""
    group = "x" if "x" in pattern.groupindex else 0
    for match in pattern.finditer(text):
        if match.start(group) >= 0:
            yield Found(match.start(group), match.end(group), kind)


def judged(
    pattern: re.Pattern[str], text: str, judge: Callable[[re.Match[str]], Found | None]
) -> Iterator[Found]:
    """What a pattern finds and a judge confirms. The search goes on one character after the beginning of each, not at its
    end: what a wrong one covered may hold a true one («2 06 12 34 56 78»)."""
    position = 0
    while match := pattern.search(text, position):
        if found := judge(match):
            yield found
        position = match.start() + 1
