"""All told for some: “all of them were at the lighthouse”, of 26 of whom 21 were. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.alternatives import (
    is_about,
    is_denied,
    parts_of_wholes,
    tells_most_of,
    tells_number,
)
from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT
from inedit.guard.nlp.text import fold, sentences, words_in
from inedit.guard.nlp.turning import turning
from inedit.guard.nlp.word_lists import roots
from inedit.model import Span


def _being(language: str) -> frozenset[str]:
    return roots(language, "was")


_NEXT = 2
"""Words behind « tous les » among which a unit of time stands: « tous les jours »."""


def told_of_all(text: str, language: str, fact: Fact) -> Iterator[tuple[Span, str]]:
    """Where a text says of all what a fact says of a part, and how many the fact says it of."""
    own, wholes = turning(language), parts_of_wholes(fact)
    folded, units = (fold(text) if own and wholes else ""), language_profile(language).units
    for sentence in sentences(text) if folded and own else ():
        for m in own.every.finditer(folded, sentence.start, sentence.end) if own else ():
            after = words_in(text, Span(m.end(), sentence.end))[:_NEXT]
            nearly = own is not None and own.nearly.search(
                folded, max(sentence.start, m.start() - 12), m.start()
            )
            if nearly or any(len(w.folded) > 2 and w.folded in units for w in after):
                continue
            if is_denied(text, language, sentence) or sentence.of(text).rstrip(' »”"').endswith("?"):
                continue
            figures = [q for q in find_quantities(text, language) if sentence.overlaps([q.span])]
            if any(q.dimension == "percent" for q in figures):
                continue  # “nearly nine in ten came into leaf all the same”
            counts = [q.value for q in figures if q.dimension == COUNT]
            for whole, part, predicate in wholes:
                if part in counts or not tells_most_of(
                    text, language, sentence, predicate - _being(language)
                ):
                    continue
                if is_about(text, language, sentence, fact) or tells_number(text, language, whole):
                    yield Span(m.start(), sentence.end), f"it says so of {part} of {whole}"
