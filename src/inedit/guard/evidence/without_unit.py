"""Figures that leave their unit, their limit or their price to the words around them, and are one of ours."""

from __future__ import annotations

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.same_figure import CERTAIN, TELLING_NUMBER
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.asked_units import tells_average
from inedit.guard.nlp.grammar import root
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, YEAR, Quantity
from inedit.guard.nlp.word_lists import word_pattern

_UNNAMED = frozenset({COUNT, YEAR, "date", "month", "percent", "time", *CURRENCIES})
"""Measures that a bare number cannot be of, or that other rules read."""

_ASKED, _BESIDE = 140, 120
"""Characters from the word of a unit to the number that answers it, and from a measure to one without its unit."""

_MONTHS_OF_A_YEAR = 12
_NEAR = 4


def is_left_open(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether a number without a unit of its own is the fact's, or a figure stands beside what bears it out."""
    return (
        is_without_unit(entry, said, known)
        or is_bought(entry, said, known)
        or is_within_told_limit(entry, said, known)
    )


def is_without_unit(entry: Entry, said: Statement, known: Evidence) -> bool:
    """„auf 41 im Jahr“ of 41 times a year, “under twelve” of 12 years, « quanti anni … : 17 » and “33 degrees in the
    square, 9.2 in the tunnel”: a bare number of ours that the words around it give a unit."""
    given, quantity = entry.quantity, said.quantity
    if quantity.dimension != COUNT or given.number != quantity.number or given.bound:
        return False
    if given.dimension in _UNNAMED or given.approximate != quantity.approximate:
        return False
    if given.dimension == "months" and quantity.approximate:  # “children under twelve get in free”
        return (
            _is_in_years(given)
            and said.counted not in known.things
            and not said.clause.stems.isdisjoint(entry.stems)
        )
    telling = quantity.number > TELLING_NUMBER or quantity.number % 1 != 0
    return telling and not said.counted and _is_measured_around(entry, said, known)


def _is_measured_around(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether the period, the unit that is asked for or the measure beside it says what a bare number measures."""
    given, shared = entry.quantity, len((entry.stems & sentence_stems(said)) - known.brand)
    if given.dimension == "times":
        return shared >= CERTAIN and "" != given.period == said.quantity.period
    asked = shared > 0 and _is_asked(entry, said, known)
    return asked or (shared >= CERTAIN and _stands_beside(given, said))


def is_another_age(entry: Entry, said: Statement, known: Evidence) -> bool:
    """“Children under fifteen” of children under 12 years: a limit without its unit, in a clause that tells the
    fact."""
    given, quantity = entry.quantity, said.quantity
    bare = quantity.dimension == COUNT and said.counted not in known.things and _is_in_years(given)
    limits = "" != given.approximate == quantity.approximate and given.number != quantity.number
    return bare and limits and len((entry.stems & said.clause.stems) - known.brand) >= CERTAIN


def is_another_average(entry: Entry, said: Statement) -> bool:
    """“How many years has it behind it when it comes in for repair? On average, 27.” of 17 on average: whatever stands
    in the clause, the sentence tells the fact, or the question before it does."""
    language = entry.fact.language
    mine, theirs = said.quantity.sentence, entry.quantity.sentence
    if not (tells_average(theirs, language) and tells_average(mine, language)):
        return False
    told = sentence_stems(said)
    before = [c.stems for c in said.earlier if c.sentence == said.clause.sentence - 1]
    told = told.union(*before) if len(said.clause.words) <= _NEAR else told
    return len(entry.stems & told) >= CERTAIN


def _is_in_years(quantity: Quantity) -> bool:
    """Whether a length is told in years, which a bare number of an age is of: nobody says so of months."""
    return quantity.dimension == "months" and quantity.value == quantity.number * _MONTHS_OF_A_YEAR


def _is_asked(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether the word of the fact's unit stands before the number, in its sentence or the one before."""
    written = entry.quantity.span.of(entry.fact.text).split()[-1]
    unit, at = root(written, known.language), said.quantity.span.start
    return written.isalpha() and any(
        0 < at - w.start <= _ASKED and root(w.text, known.language) == unit for w in said.text
    )


def _stands_beside(given: Quantity, said: Statement) -> bool:
    """Whether the text measures something else in the fact's unit close by."""
    at = said.quantity.span.start
    return any(
        q.dimension == given.dimension and q.number != given.number and abs(q.span.start - at) <= _BESIDE
        for q in said.figures
    )


def is_bought(entry: Entry, said: Statement, known: Evidence) -> bool:
    """“Two pats come to €9.20” of a pat at €4.60: so many of a thing as the price beside them makes."""
    given, quantity = entry.quantity, said.quantity
    if quantity.dimension != COUNT or given.dimension not in CURRENCIES or quantity.number <= 1:
        return False
    if (
        entry.stems & sentence_stems(said)
    ) <= known.brand or given.number * quantity.number not in said.beside:
        return False
    prices = [q.value for q in said.figures if q.dimension == given.dimension]
    return given.value * quantity.number in prices


def is_within_told_limit(entry: Entry, said: Statement, known: Evidence) -> bool:
    """« una bambina di sette anni … Sotto i dodici anni non si paga »: an example on the side of a limit that the text
    tells as well. Only somebody's age: an order that arrives in 2 days is another promise than “under 5 days”."""
    given, quantity = entry.quantity, said.quantity
    if not (_is_in_years(given) and _is_in_years(quantity) and _is_somebodys(said, known.language)):
        return False
    inside = {"under": quantity.value < given.value, "over": quantity.value > given.value}
    if quantity.approximate or quantity.bound or not inside.get(given.approximate, False):
        return False
    told = any(q.number == given.number and q.approximate == given.approximate for q in said.figures)
    return told and not entry.stems.isdisjoint(root(w.text, known.language) for w in said.text)


def _is_somebodys(said: Statement, language: str) -> bool:
    """Whether a person stands right before a length: « une fillette de six ans », “a boy, six years old”."""
    before = [w.folded for w in said.text if w.end <= said.quantity.span.start][-_NEAR:]
    return word_pattern(language, "aged").search(" ".join(before)) is not None
