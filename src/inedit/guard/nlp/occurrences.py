"""Where a term stands in a text, whatever its accents, case and inflection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

    places: Sequence[int] = range(len(listed) - width + 1)
    for k, (word, root) in enumerate(zip(literal, target, strict=True)):
        # short words have no inflection to speak of, and their stems collide (« pas », « pass »)
        if len(word) <= 3:
            found = [i for i in places if folded[i + k] == word]
        elif beginnings:
            found = [i for i in places if mine[i + k] == root or folded[i + k].startswith(word)]
        else:
            found = [i for i in places if mine[i + k] == root or folded[i + k] == word]
        places = found
    for i in places:
        yield Span(listed[i].start, listed[i + width - 1].end)


@lru_cache(maxsize=256)
def _told(text: str) -> str:
    """The words of a text, folded, with a space before each."""
    return " " + " ".join(folded_words(text))


@lru_cache(maxsize=256)
def _held(text: str, language: str) -> frozenset[str]:
    """The words of a text and their stems, to see at once that a term is not there."""
    return frozenset((*folded_words(text), *stems(text, language)))
