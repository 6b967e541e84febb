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

    figure: Quantity
    fact: Fact


def supports(known: Known, figure: Quantity, language: str, this_year: int) -> bool:
    """Whether a fact's figure says what the text's figure says, about the same thing."""
    given = known.figure
    if (_is_bare(figure) or _is_bare(given)) and {given.dimension, figure.dimension} <= {
        COUNT,
        "months",
        YEAR,
    }:
        # « Odette, 71 » : a number that measures nothing is taken for any with the words around it
        return given.number == figure.number and _about_the_same(known, figure, language)
    if not same_amount(given, figure, this_year):
        return False
    if given.dimension == YEAR and figure.dimension == "months":
        return True
    if _is_an_age(figure) and known.fact.kind == "insight":
        return True
    return _about_the_same(known, figure, language)


def _is_bare(figure: Quantity) -> bool:
    return figure.dimension == COUNT and not figure.counted and not figure.rough


def _is_an_age(figure: Quantity) -> bool:
    """« Elle a 71 ans »: nobody is named in the sentence, the years measure nothing, and they are no round number."""
    return (
        figure.dimension == "months" and not figure.led and not figure.counted and figure.number > ROUND_YEARS
    )


def _about_the_same(known: Known, figure: Quantity, language: str) -> bool:
    """Whether the words around the figure are the fact's own; a fact in another language cannot tell."""
    if primary(known.fact.language) != primary(language) or figure.dimension in (
        "date",
        "month",
        DEADLINE,
        "time",
        YEAR,
    ):
        return True
    told = set(stems(known.fact.text, language))
    if figure.dimension == COUNT:
        return not figure.counted or figure.counted in told or bool(told & set(figure.nouns[:2]))
    if not figure.nouns or told & set(figure.nouns):
        return True
    if figure.dimension in CURRENCIES and known.fact.kind == "offer":
        # a price may stand far from what it buys: « … jusqu'à ce soir, pour seulement 129,90 € »
        sentence = folded_words(figure.sentence)
        return bool(
            told & set(stems(figure.sentence, language))
            or language_profile(language).offer_words & set(sentence)
        )
    # « frais de port offerts dès 90 € » shares no word with « livraison gratuite dès 90 € », only the promise
    told_kinds = {kind for kind, _ in promises(known.fact.text, language)}
    return bool(told_kinds & {kind for kind, _ in promises(figure.sentence, language)})


def with_counted(figure: Quantity, text: str) -> Span:
    """Where the figure stands, with the word that it counts when it has no unit of its own (« 12 tisserands »)."""
    if figure.dimension != COUNT or not figure.counted:
        return figure.span
    following = next((w for w in words(text) if w.start >= figure.span.end and len(w.text) > 1), None)
    near = following is not None and following.start - figure.span.end < 5
    return Span(figure.span.start, following.end) if following is not None and near else figure.span
