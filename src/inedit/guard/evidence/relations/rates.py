"""What a price is counted by: “nine euros a bike” of “nine euros, for up to three bikes”. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import fact_stems
from inedit.guard.evidence.relations.shared_words import alike
from inedit.guard.evidence.statements import Statement, statements
from inedit.guard.nlp.function_words import function_words, root
from inedit.guard.nlp.measures import measures
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, Quantity
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_pattern
from inedit.model import Span


def turned_rates(text: str, language: str, facts: Sequence[Fact]) -> Iterator[tuple[Span, Fact]]:
    """Prices that a text counts by something else than every fact which gives them, with the first such fact."""
    for said in statements(text, language):
        quantity = said.quantity
        if quantity.dimension not in CURRENCIES:
            continue
        nouns = _per(text, quantity, language)
        if not nouns:
            continue
        told = [(f, s) for f in facts for s in _prices(f) if s.quantity.value == quantity.value]
        told = [(f, s) for f, s in told if s.quantity.dimension == quantity.dimension]
        if told and all(_is_other(nouns, quantity, s, f) for f, s in told):
            yield Span(quantity.span.start, quantity.span.end), told[0][0]


@lru_cache(maxsize=4096)
def _prices(fact: Fact) -> tuple[Statement, ...]:
    return tuple(s for s in statements(fact.text, fact.language) if s.quantity.dimension in CURRENCIES)


def _is_other(nouns: Sequence[str], quantity: Quantity, given: Statement, fact: Fact) -> bool:
    """Whether a fact counts its price by another thing, or gives it for several of those that the text names."""
    theirs = _per(fact.text, given.quantity, fact.language)
    if any(alike(one, other) for one in nouns for other in theirs):
        return False
    if quantity.period and quantity.period == given.quantity.period:
        return False
    counted = {
        s.counted
        for s in statements(fact.text, fact.language)
        if s.quantity.dimension == COUNT
        and s.quantity.value > 1
        and s.clause.sentence == given.clause.sentence
    }
    if any(alike(one, other) for one in nouns for other in counted if other):
        return True
    known = any(alike(one, other) for one in nouns for other in fact_stems(fact))
    return bool(theirs or given.quantity.period) and not known


def _per(text: str, quantity: Quantity, language: str) -> tuple[str, ...]:
    """The roots of what a figure is counted by, right behind it or before it; units of time are its period."""
    folded, at = fold(text), quantity.span
    found = word_pattern(language, "rate_behind").match(folded, at.end) or word_pattern(
        language, "rate_before"
    ).search(folded, max(0, at.start - _NEAR), at.start)
    if found is None:
        return ()
    written = (text[slice(*found.span(i))] for i in (1, 2) if found[i])
    units = measures(language)
    return tuple(
        root(word, language)
        for word in written
        if fold(word) not in units.periods and fold(word) not in function_words(language)
    )


_NEAR = 40
"""Characters before a figure among which « je Baum » stands."""
