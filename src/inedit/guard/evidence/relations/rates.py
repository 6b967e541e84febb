"""What a price is counted by: “nine euros a bike” of “9 euros, for up to three bikes”; what it is of: a pair. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import fact_stems
from inedit.guard.evidence.relations.shared_words import alike
from inedit.guard.evidence.statements import Statement, statements
from inedit.guard.nlp.function_words import function_words, root
from inedit.guard.nlp.limits import limits
from inedit.guard.nlp.measures import measures
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, Quantity
from inedit.guard.nlp.text import fold, sentence_at
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


def turned_basis(text: str, language: str, facts: Sequence[Fact]) -> Iterator[tuple[Span, Fact]]:
    """Prices that a text gives one way, or for one of two, where every fact that has them gives them there and back, or
    for the pair; or the other way round. With the first such fact."""
    for said in statements(text, language) if limits(language) else ():
        quantity = said.quantity
        basis = _basis(text, quantity, language) if quantity.dimension in CURRENCIES else None
        if basis is None:
            continue
        told = [(f, s.quantity) for f in facts for s in _prices(f) if s.quantity.value == quantity.value]
        told = [(f, q) for f, q in told if q.dimension == quantity.dimension]
        theirs = [_basis(f.text, q, f.language) for f, q in told]
        if theirs and all(other and other[0] == basis[0] and other[1] != basis[1] for other in theirs):
            yield Span(quantity.span.start, quantity.span.end), told[0][0]


_BASES = (("there_and_back", "one_way"), ("pair", "each"))


def _basis(text: str, quantity: Quantity, language: str) -> tuple[int, int] | None:
    """What a price is of, by the nearest word in its sentence: which of :data:`_BASES`, and which side of it."""
    own, sentence = limits(language), sentence_at(text, quantity.span.start)
    if own is None:
        return None
    found = [
        (max(m.start() - quantity.span.end, quantity.span.start - m.end()), (i, side))
        for i, names in enumerate(_BASES)
        for side, name in enumerate(names)
        for m in getattr(own, name).finditer(fold(text), sentence.start, sentence.end)
    ]
    near = [one for one in found if one[0] <= _NEAR]
    return min(near)[1] if near else None


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
