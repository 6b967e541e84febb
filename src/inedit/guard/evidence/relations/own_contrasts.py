"""Comparisons that a sentence bears out itself, by two figures that the facts give: “the guarantee lasts longer than
the trial: 5 years against 30 days”. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from inedit.guard.evidence.facts import Fact
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, YEAR, Quantity
from inedit.guard.nlp.text import fold, sentence_at, words
from inedit.guard.nlp.turning import turning
from inedit.guard.nlp.word_lists import beginnings, word_pattern
from inedit.model import Span

_TIMES = {"months": Decimal(30 * 24 * 60), "minutes": Decimal(1)}
"""Measures of time in minutes; how long a month is makes no difference to what is longer."""

_OFTEN = ("souvent", "often", "oft", "menudo", "spesso")
_HALF = Decimal(50)
"""A hundred's half, above which something is more often so than not."""


def is_borne_out(text: str, span: Span, language: str, facts: Sequence[Fact]) -> bool:
    """Whether the comparison at ``span`` is made of two things of our own: behind it stand the two figures, each of
    which a fact gives, in the order that « plus » or « moins » says, and nobody else is named."""
    own, sentence = turning(language), sentence_at(text, span.start)
    folded = fold(text)
    if own is None or word_pattern(language, "of_others").search(folded, sentence.start, sentence.end):
        return False
    measured = [q for q in find_quantities(text, language) if span.end <= q.span.start < sentence.end]
    if len(measured) == 1 and _is_a_majority(measured[0], text, span, language):
        return any(
            measured[0].value == q.value and measured[0].dimension == q.dimension for q in _given(facts)
        )
    if len(measured) != 2 or any(q.approximate or q.dimension in (COUNT, YEAR) for q in measured):
        return False
    first, second = (_measure(quantity) for quantity in measured)
    less = any(
        span.overlaps((Span(*match.span()),))
        for pattern in own.less.values()
        for match in pattern.finditer(folded, sentence.start, sentence.end)
    )
    if first[0] != second[0] or (first[1] > second[1]) is less or first == second:
        return False
    given = {_measure(q) for q in _given(facts)}
    return first in given and second in given


def _is_a_majority(quantity: Quantity, text: str, span: Span, language: str) -> bool:
    """Whether « plus souvent que … : 11 sur 20 » says by its figure what it says by « souvent »."""
    often = any(w.folded.startswith((*beginnings(language, "often"), *_OFTEN)) for w in words(span.of(text)))
    return often and quantity.dimension == "percent" and not quantity.approximate and quantity.value > _HALF


def _given(facts: Sequence[Fact]) -> Iterator[Quantity]:
    return (q for fact in facts for q in find_quantities(fact.text, fact.language))


def _measure(quantity: Quantity) -> tuple[str, Decimal]:
    """A figure's dimension and value, with one dimension for all times."""
    factor = _TIMES.get(quantity.dimension)
    return ("time", quantity.value * factor) if factor else (quantity.dimension, quantity.value)
