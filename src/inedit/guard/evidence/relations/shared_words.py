"""Words of content with their place, and whether two of them are one word. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from inedit.guard.nlp.function_words import is_content_word, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.per_word import per_word
from inedit.guard.nlp.proofreading.german_words import verb_core
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import words
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

_BEGINNING = 5
"""Letters of a root that may begin a longer one: « Bleistift » and « Bleistiftschilder »."""

_YEAR_DIGITS = 4


class StatedWord(NamedTuple):
    """A word of content: its root, as it is written, and where it stands."""

    root: str
    text: str
    start: int


@per_word
def _root(word: str, language: str) -> str:
    """The root of a word; of a German verb without what it parts with („wischt … ab“, „abgewischt“, „abwischen“)."""
    if word.isdigit():
        return word
    found = root(word, language)
    if primary(language) != "de":
        return found
    verbal = readings(word, "de") & _VERBAL if word.islower() else "I" in readings(word.lower(), "de")
    return verb_core(found, language) if verbal else found


_VERBAL = frozenset(
    {"I", "K"} | {f"V{mood}{n}" for mood in "is" for n in ("1s", "2s", "3s", "1p", "2p", "3p")}
)
"""What a form of a verb may be read as."""


@lru_cache(maxsize=4096)
def stated_words(text: str, language: str) -> tuple[StatedWord, ...]:
    """The words of content of a text, years among them, in order."""
    new, roots, stated = tuple.__new__, _root(language), _is_stated(language)
    return tuple(  # as StatedWord(...) does, without its frame
        [
            new(StatedWord, (roots[word.text], word.text, word.start))
            for word in words(text)
            if stated[word.folded]
        ]
    )


@per_word
def _is_stated(folded: str, language: str) -> bool:
    if folded.isdigit():
        return len(folded) == _YEAR_DIGITS
    named = len(folded) > 2 and not folded[0].isdigit()  # « le 30e »
    return named and folded not in word_list(language, "having") and is_content_word(folded, language)


def within(text: str, span: Span, language: str) -> tuple[StatedWord, ...]:
    """The words of content of a passage: of those that begin in it."""
    listed = stated_words(text, language)
    first = bisect_left(listed, span.start, key=_START)
    return listed[first : bisect_left(listed, span.end, first, key=_START)]


_START = attrgetter("start")


def alike(one: str, other: str) -> bool:
    """Whether two roots are one word, or one begins the other."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    return one == other or (len(shorter) >= _BEGINNING and longer.startswith(shorter))


def shared(roots: Iterable[str], others: Collection[str]) -> list[str]:
    """Those of the roots that are among the others."""
    return [
        one
        for one in dict.fromkeys(roots)
        if one in others or any(alike(one, other) for other in others if one[:1] == other[:1])
    ]
