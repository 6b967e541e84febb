"""What is made of a word, kept by word: every text is read with it some thousand times a draft.

A :func:`functools.lru_cache` keeps its entries in the order of their use, which it writes down at every question, and
makes a key of every question's arguments. Of words, which come again and again, neither is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar

T = TypeVar("T")

KEPT_WORDS = 16_384
"""Words of which something is kept; then it is begun anew."""


class PerWord(dict[str, T]):
    """What a function makes of each word, worked out when the word is first met."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> T:
        found = self._make(word)
        if len(self) >= KEPT_WORDS:
            self.clear()
        self[word] = found
        return found


def per_word(function: Callable[[str, str], T]) -> Callable[[str], PerWord[T]]:
    """For each language, what a function of a word and a language makes of each word.

    >>> lengths = per_word(lambda word, language: len(word))
    >>> lengths("fr")["drap"]
    4
    """

    @cache
    def of(language: str) -> PerWord[T]:
        return PerWord(lambda word: function(word, language))

    return of
