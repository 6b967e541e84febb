"""Where a term or a name stands in a text, whatever its accents, case and inflection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from inedit.guard.nlp.text import fold, folded_words, stems, words
from inedit.model import Span


def occurrences(text: str, term: str, language: str, *, beginnings: bool = False) -> Iterator[Span]:
    """Where a term stands in a text as whole words, whatever its accents, case, hyphens and inflection.

    ``beginnings`` lets each word of the term be only the beginning of the text's word (« coinc » for «
    coincée »).
    """
    target, literal, held = stems(term, language), folded_words(term), _held(text, language)
    width = len(target)
    told = " " + " ".join(folded_words(text)) if beginnings else ""
    if not width or not all(
        root in held or word in held or f" {word}" in told for root, word in zip(target, literal, strict=True)
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


def begun(text: str, terms: tuple[str, ...], language: str) -> Iterator[str]:
    """Those of many terms whose first word stands in the text, each once, in their order."""
    begins = _beginnings(terms, language)
    found = {place for word in _held(text, language) for place in begins.get(word, ())}
    return (terms[place] for place in sorted(found))


@lru_cache(maxsize=16)
def _beginnings(terms: tuple[str, ...], language: str) -> dict[str, list[int]]:
    """The places of the terms that begin with a word or with a stem."""
    begins: dict[str, list[int]] = {}
    for term in dict.fromkeys(terms):
        for word in {*folded_words(term)[:1], *stems(term, language)[:1]}:
            begins.setdefault(word, []).append(terms.index(term))
    return begins


@lru_cache(maxsize=256)
def _held(text: str, language: str) -> frozenset[str]:
    """The words of a text and their stems, to see at once that a term is not there."""
    return frozenset((*folded_words(text), *stems(text, language)))


def names(text: str, name: str) -> Iterator[Span]:
    """Where a proper name stands in a text as whole words; a name written in lower case may be a common
    word."""
    sought, folded = fold(name), fold(text)
    if sought not in folded:
        return
    for match in re.finditer(rf"(?<!\w){re.escape(sought)}(?:'s|s)?(?!\w)", folded):
        written = text[match.start() : match.end()]
        if any(character.isupper() for character in written) or " " in name or not name[:1].isupper():
            yield Span(match.start(), match.end())
