"""Where a term stands in a text, whatever its accents, case and inflection."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from inedit.guard.nlp.text import folded_words, stems, words
from inedit.model import Span


def occurrences(text: str, term: str, language: str, *, beginnings: bool = False) -> Iterator[Span]:
    """Where a term stands in a text as whole words, whatever its accents, case, hyphens and inflection.

    ``beginnings`` lets each word of the term be only the beginning of the text's word (« coinc » for «
    coincée »).
    """
    target, literal, held = stems(term, language), folded_words(term), _held(text, language)
    width = len(target)
    if not width or not all(
        root in held or word in held or (beginnings and f" {word}" in _told(text))
        for root, word in zip(target, literal, strict=True)
    ):
        return
    mine, folded, listed = stems(text, language), folded_words(text), words(text)

    def same(i: int, k: int) -> bool:
        # short words have no inflection to speak of, and their stems collide (« pas », « pass »)
        long = len(literal[k]) > 3
        return (
            folded[i] == literal[k]
            or (long and mine[i] == target[k])
            or (long and beginnings and folded[i].startswith(literal[k]))
        )

    for i in range(len(listed) - width + 1):
        if same(i, 0) and all(same(i + k, k) for k in range(1, width)):
            yield Span(listed[i].start, listed[i + width - 1].end)


@lru_cache(maxsize=256)
def _told(text: str) -> str:
    """The words of a text, folded, with a space before each."""
    return " " + " ".join(folded_words(text))


@lru_cache(maxsize=256)
def _held(text: str, language: str) -> frozenset[str]:
    """The words of a text and their stems, to see at once that a term is not there."""
    return frozenset((*folded_words(text), *stems(text, language)))
