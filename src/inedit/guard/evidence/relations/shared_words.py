"""Words of content with their place, and whether two of them are one word. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from inedit.guard.nlp.grammar import is_content, root
from inedit.guard.nlp.text import words
from inedit.model import Span

_BEGINNING = 5
"""Letters of a root that may begin a longer one: « Bleistift » and « Bleistiftschilder »."""

_YEAR_DIGITS = 4


_EMPTY = frozenset((
    "ete", "avait", "avaient", "avons", "avez", "aveva", "avevano", "hanno", "hatte",
    "hatten", "haben", "tenia", "tenian", "tiene", "tienen", "habia", "habian", "celle",
    "celui", "celles", "ceux", "quello", "quella", "quelli", "quelle", "jener", "jene",
    "jenes",
))  # fmt: skip
"""Forms of the verb that only says that something has something, and pronouns for a thing named before."""


class Told(NamedTuple):
    """A word of content: its root, as it is written, and where it stands."""

    root: str
    text: str
    start: int


@lru_cache(maxsize=4096)
def told_words(text: str, language: str) -> tuple[Told, ...]:
    """The words of content of a text, years among them, in order."""
    return tuple(
        Told(word.folded if word.folded.isdigit() else root(word.text, language), word.text, word.start)
        for word in words(text)
        if (word.folded.isdigit() and len(word.folded) == _YEAR_DIGITS)
        or (
            len(word.folded) > 2
            and not word.folded[0].isdigit()  # « le 30e »
            and word.folded not in _EMPTY
            and is_content(word, language)
        )
    )


def within(text: str, span: Span, language: str) -> tuple[Told, ...]:
    """The words of content of a passage."""
    return tuple(word for word in told_words(text, language) if span.start <= word.start < span.end)


def alike(one: str, other: str) -> bool:
    """Whether two roots are one word, or one begins the other."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _BEGINNING and longer.startswith(shorter))


def shared(roots: Iterable[str], others: Collection[str]) -> list[str]:
    """Those of the roots that are among the others."""
    return [one for one in dict.fromkeys(roots) if any(alike(one, other) for other in others)]
