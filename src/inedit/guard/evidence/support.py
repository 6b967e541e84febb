"""Which fact supports a figure: the same amount, of the same measure, about the same thing."""

from __future__ import annotations

from dataclasses import dataclass

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.promise_words import promises
from inedit.guard.nlp.arithmetic import same_amount
from inedit.guard.nlp.language_data import language_profile, primary
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, DEADLINE, YEAR, Quantity
from inedit.guard.nlp.text import folded_words, stems, words
from inedit.model import Span

ROUND_YEARS = 12
"""Years up to this may agree with somebody's age by chance."""


@dataclass(frozen=True, slots=True)
class Known:
    """A figure of a fact."""

    quantity: Quantity
    fact: Fact


def supports(known: Known, quantity: Quantity, language: str, this_year: int) -> bool:
    """Whether a fact's figure says what the text's figure says, about the same thing."""
    given = known.quantity
    ages = given.dimension in _AGES and quantity.dimension in _AGES
    if ages and (_is_bare(quantity) or _is_bare(given)):
        # « Odette, 71 » : a number that measures nothing is taken for any with the words around it
        return given.number == quantity.number and _about_the_same(known, quantity, language)
    if not same_amount(given, quantity, this_year):
        return False
    if given.dimension == YEAR and quantity.dimension == "months":
        return True
    if _is_an_age(quantity) and known.fact.kind == "insight":
        return True
    return _about_the_same(known, quantity, language)


_AGES = frozenset({COUNT, "months", YEAR})
"""What a number without a unit may be of."""


def _is_bare(quantity: Quantity) -> bool:
    return quantity.dimension == COUNT and not quantity.counted and not quantity.approximate


def _is_an_age(quantity: Quantity) -> bool:
    """« Elle a 71 ans »: nobody is named in the sentence, the years measure nothing, and they are no round number."""
    return (
        quantity.dimension == "months"
        and not quantity.has_left_context
        and not quantity.counted
        and quantity.number > ROUND_YEARS
    )


def _about_the_same(known: Known, quantity: Quantity, language: str) -> bool:
    """Whether the words around the figure are the fact's own; a fact in another language cannot tell."""
    if primary(known.fact.language) != primary(language) or quantity.dimension in (
        "date",
        "month",
        DEADLINE,
        "time",
        YEAR,
    ):
        return True
    told = set(stems(known.fact.text, language))
    if quantity.dimension == COUNT:
        alone = (
            not quantity.counted and not quantity.approximate
        )  # a bound of nothing is kept by many numbers
        return alone or quantity.counted in told or bool(told & set(quantity.nouns[:2]))
    if not quantity.nouns or told & set(quantity.nouns):
        return True
    if quantity.dimension in CURRENCIES and known.fact.kind == "offer":
        # a price may stand far from what it buys: « … jusqu'à ce soir, pour seulement 129,90 € »
        sentence = folded_words(quantity.sentence)
        return bool(
            told & set(stems(quantity.sentence, language))
            or language_profile(language).offer_words & set(sentence)
        )
    # « frais de port offerts dès 90 € » shares no word with « livraison gratuite dès 90 € », only the promise
    told_kinds = {kind for kind, _ in promises(known.fact.text, language)}
    return bool(told_kinds & {kind for kind, _ in promises(quantity.sentence, language)})


def with_counted(quantity: Quantity, text: str) -> Span:
    """Where the figure stands, with the word that it counts when it has no unit of its own (« 12 tisserands »)."""
    if quantity.dimension != COUNT or not quantity.counted:
        return quantity.span
    following = next((w for w in words(text) if w.start >= quantity.span.end and len(w.text) > 1), None)
    near = following is not None and following.start - quantity.span.end < 5
    return Span(quantity.span.start, following.end) if following is not None and near else quantity.span
