"""Every figure of the text must be one that the brand supplies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from inedit.guard.context import Context
from inedit.guard.facts import Fact, model_parts, supplied_facts
from inedit.guard.figure import COUNT, CURRENCIES, DEADLINE, YEAR, Figure
from inedit.guard.figures import find_figures
from inedit.guard.promises import promises
from inedit.guard.superlatives import find_superlatives
from inedit.guard.text import excerpt, folded_words, stems, words
from inedit.guard.tongue import primary, remedy, tongue
from inedit.model import Draft, Finding, Severity, Span

ROUGHLY = Decimal("1.1")
"""« Plus de 14 000 » may stand for a fact between 14 000 and a tenth more, or be as near below."""

OLD_ENOUGH = 120
"""Months from which « 60 years » may be worked out from a founding year; below, a date proves no duration."""


ROUND_YEARS = 12
"""Years up to this may agree with somebody's age by chance."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: in which part, that begins at which character of the draft, in which language."""

    part: str
    start: int
    language: str


@dataclass(frozen=True, slots=True)
class Known:
    """A figure of a fact."""

    figure: Figure
    fact: Fact


@lru_cache(maxsize=4096)
def _figures_of(fact: Fact) -> tuple[Known, ...]:
    return tuple(Known(figure, fact) for figure in find_figures(fact.text, fact.language))


def figures_are_supported(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """Each figure is one that a supplied fact gives, with the same unit and about the same thing."""
    facts = supplied_facts(draft, context)
    known = tuple(entry for fact in facts for entry in _figures_of(fact))
    language = draft.spec.language
    findings = []
    for part_id, text, start in model_parts(draft, context):
        taken = [span for span, _, _ in find_superlatives(text, language)]
        for figure in find_figures(text, language):
            if any(span.start <= figure.span.start < span.end for span in taken):
                continue  # « n° 1 » is a superlative, not a figure
            if any(supports(entry, figure, language, context.today.year) for entry in known):
                continue
            findings.append(_unsupported(figure, text, Place(part_id, start, language), known))
    return tuple(findings)


def supports(known: Known, figure: Figure, language: str, this_year: int) -> bool:
    """Whether a fact's figure says what the text's figure says."""
    given = known.figure
    if figure.dimension == "months" and given.dimension == YEAR and figure.value >= OLD_ENOUGH:
        age = (this_year - given.value) * 12
        return figure.rough != "under" and figure.value <= age < figure.value * ROUGHLY + 12
    if (_is_bare(figure) or _is_bare(given)) and {given.dimension, figure.dimension} <= {
        COUNT,
        "months",
        YEAR,
    }:
        # « Odette, 71 » : a number that measures nothing is taken for any with the words around it
        return given.number == figure.number and _about_the_same(known, figure, language)
    if not _same_measure(given, figure) or not _same_amount(given, figure):
        return False
    if _is_an_age(figure) and known.fact.kind == "insight":
        return True
    return _about_the_same(known, figure, language)


def _is_bare(figure: Figure) -> bool:
    return figure.dimension == COUNT and not figure.counted and not figure.rough


def _is_an_age(figure: Figure) -> bool:
    """« Elle a 71 ans »: nobody is named in the sentence, the years measure nothing, and they are no round number."""
    return (
        figure.dimension == "months" and not figure.led and not figure.counted and figure.number > ROUND_YEARS
    )


def _same_measure(given: Figure, figure: Figure) -> bool:
    if given.dimension == figure.dimension:
        return True
    if {given.dimension, figure.dimension} == {COUNT, YEAR}:
        return True
    return (figure.dimension, given.dimension) in {("month", "date"), (DEADLINE, "date"), (DEADLINE, "month")}


def _same_amount(given: Figure, figure: Figure) -> bool:
    if figure.dimension == "date":
        return given.value == figure.value and (figure.year is None or given.year in (None, figure.year))
    if figure.dimension == DEADLINE and given.dimension != DEADLINE:
        return figure.value == (given.value // 100 if given.dimension == "date" else given.value % 100)
    if figure.dimension == "month" and given.dimension == "date":
        return (given.year or 0) * 100 + given.value // 100 == figure.value
    if figure.vague:
        return figure.value * 2 <= given.value < figure.value * 1000
    if figure.rough and figure.dimension != YEAR:
        lowest = figure.value if figure.rough == "over" else figure.value / ROUGHLY
        highest = figure.value if figure.rough == "under" else figure.value * ROUGHLY
        return lowest <= given.value <= highest
    return given.value == figure.value


def _about_the_same(known: Known, figure: Figure, language: str) -> bool:
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
            told & set(stems(figure.sentence, language)) or tongue(language).offer_words & set(sentence)
        )
    # « frais de port offerts dès 90 € » shares no word with « livraison gratuite dès 90 € », only the promise
    told_kinds = {kind for kind, _ in promises(known.fact.text, language)}
    return bool(told_kinds & {kind for kind, _ in promises(figure.sentence, language)})


def _unsupported(figure: Figure, text: str, place: Place, known: Sequence[Known]) -> Finding:
    language = place.language
    shown = with_counted(figure, text).of(text)
    near = nearest(figure, known, language)
    misused = nearest(figure, [entry for entry in known if _same_number(entry.figure, figure)], language)
    if misused:
        fact = misused.fact
        message = (
            f"“{shown}”: the number is one of ours but not in this sense; {fact.kind} “{fact.id}” says"
            f" “{excerpt(fact.text)}”."
        )
    else:
        message = f"“{shown}”: no supplied fact gives this figure."
    if misused and (near is None or _shared(misused, figure, language) >= _shared(near, figure, language)):
        mend = remedy(language, "figure_misused", text=shown, fact=excerpt(misused.fact.text, 140))
    else:
        allowed = remedy(language, "figure_fact", fact=excerpt(near.fact.text, 140)) if near else ""
        mend = remedy(language, "figure", text=shown, facts=allowed)
    return Finding(
        "figures", Severity.BLOCK, message, _shift(figure.span, place.start), remedy=mend, part=place.part
    )


def _same_number(given: Figure, figure: Figure) -> bool:
    """Whether the bare numbers agree, whatever they measure; small ones agree by chance and do not count."""
    return given.number == figure.number and figure.number > 10


def nearest(figure: Figure, known: Sequence[Known], language: str) -> Known | None:
    """The fact that the writer most likely had in mind: same measure first, then shared words, then value."""
    return min(known, key=lambda entry: _distance(entry, figure, language), default=None)


def _distance(entry: Known, figure: Figure, language: str) -> tuple[bool, int, Decimal, str]:
    gap = abs(entry.figure.value - figure.value)
    return entry.figure.dimension != figure.dimension, -_shared(entry, figure, language), gap, entry.fact.id


def _shared(entry: Known, figure: Figure, language: str) -> int:
    return len(set(stems(entry.fact.text, language)) & set(figure.nouns))


def with_counted(figure: Figure, text: str) -> Span:
    """Where the figure stands, with the word that it counts when it has no unit of its own (« 12 tisserands »)."""
    if figure.dimension != COUNT or not figure.counted:
        return figure.span
    following = next((w for w in words(text) if w.start >= figure.span.end and len(w.text) > 1), None)
    near = following is not None and following.start - figure.span.end < 5
    return Span(figure.span.start, following.end) if following is not None and near else figure.span


def _shift(span: Span, start: int) -> Span:
    return Span(span.start + start, span.end + start)
