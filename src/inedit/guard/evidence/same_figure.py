"""Whether the same number in a text and in a fact is the same figure: an end of a range, an age, one of two months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from inedit.guard.evidence.capitals import calendar
from inedit.guard.evidence.facts import OF_ONE_VARIANT
from inedit.guard.evidence.index import Entry, Evidence, in_fact
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import (
    sentence_stems,
)
from inedit.guard.nlp.arithmetic import same_amount
from inedit.guard.nlp.clock import is_noon
from inedit.guard.nlp.grammar import Clause, grammar, singular
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.quantity import COUNT, DEADLINE, Quantity
from inedit.guard.nlp.word_lists import word_list

CERTAIN = 2
"""Words in common from which a fact and a sentence are about the same thing."""


TELLING_NUMBER = 10
"""Smaller numbers agree by chance with one of ours that measures something else."""


def counts_told_together(equal: Sequence[Entry], said: Statement, known: Evidence) -> Entry | None:
    """The figure of a fact of which the sentence gives another count as well; None where none is, or it is denied."""
    beside = [e for e in equal if _is_told_with_another(e, said, known) or is_told_by_numbers(e, said, known)]
    return beside[0] if beside and not said.negated else None


def measures_told_together(
    equal: Sequence[Entry], said: Statement, known: Evidence, year: int
) -> Entry | None:
    """“€4,480 for 280 hours works out at …”: the figure of a fact of which the sentence gives another measure as well,
    and names no product that is none of the fact's; None where none is, or it is denied."""
    if said.negated or said.asked or said.quantity.dimension in _ALIKE:
        return None
    beside = [
        q
        for q in said.figures
        if q.number in said.beside and q.dimension not in _ALIKE and q.value != said.quantity.value
    ]
    return next(
        (e for e in equal if _gives_one_of(beside, e, known, year) and _names_only(e, said, known)), None
    )


_ALIKE = frozenset(
    {COUNT, "ordinal", "times", "percent", "weekday", "date", "month", DEADLINE, "year", "time"}
)
"""Measures of which facts have the same figures by chance."""


def _gives_one_of(beside: Sequence[Quantity], entry: Entry, known: Evidence, year: int) -> bool:
    """Whether the fact of an entry gives one of some other figures too."""
    return any(
        e.fact == entry.fact and same_amount(e.quantity, quantity, year)
        for quantity in beside
        for e in known.entries
    )


def _names_only(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether all things that a sentence names, and of which a fact has a figure of this measure, are the fact's."""
    counted = {singular(q.counted, known.language) for q in said.figures if q.counted}
    named = {n.stem for c in (said.clause, *said.around) for n in c.nouns if n.role == "bare"} - counted
    named |= sentence_stems(said) & known.products.keys()
    measured = (e.stems for e in known.entries if e.quantity.dimension == entry.quantity.dimension)
    others = frozenset[str]().union(*(stems for stems in measured if stems != entry.stems))
    return all(in_fact(stem, entry.stems, known) for stem in named & others)


def is_told_by_numbers(entry: Entry, said: Statement, known: Evidence) -> bool:
    """„Ein Team kam mit neun Themen und fuhr mit vier gelösten heim. Um die restlichen fünf …“: a story of three
    numbers or more, all told in its order, and no other, is that story in whatever words."""
    quantity, fact = said.quantity, entry.fact
    if fact.kind != "insight" or quantity.dimension != COUNT or quantity.number != entry.quantity.number:
        return False
    if entry.quantity.dimension not in _COUNTED or quantity.approximate or said.negated:
        return False
    if said.counted in known.heads or said.counted in known.products:
        return False
    theirs = _numbers(
        e.quantity for e in known.entries if e.fact == fact and e.quantity.dimension in _COUNTED
    )
    told = _numbers(q for q in said.figures if q.dimension in _COUNTED)
    return len(told) >= _STORY and set(told) <= set(theirs) and [n for n in theirs if n in set(told)] == told


_COUNTED = (COUNT, "point")
"""« Neuf points » of an agenda are counted."""

_STORY = 3


def _numbers(found: Iterable[Quantity]) -> list[Decimal]:
    """The numbers of some figures in the order of their text, each once."""
    return list(dict.fromkeys(q.number for q in sorted(found, key=lambda q: q.span) if q.number))


def _is_told_with_another(entry: Entry, said: Statement, known: Evidence) -> bool:
    """« Von den 96 Leuten … schickten 58 ein Foto »: two telling counts of one fact in one sentence, beside two of its
    words, are told of it, whatever people are called."""
    quantity, given = said.quantity, entry.quantity
    if not quantity.dimension == given.dimension == COUNT or quantity.number <= TELLING_NUMBER:
        return False
    named = said.counted in known.things and said.counted not in grammar(known.language).people
    if quantity.approximate != given.approximate or named:
        return False
    others = {
        e.quantity.number
        for e in known.entries
        if e.fact == entry.fact
        and e.quantity.dimension == COUNT
        and e.quantity.number not in (given.number, 0)
    }
    told = {n for n in said.beside & others if n > TELLING_NUMBER}
    return bool(told) and len((entry.stems & sentence_stems(said)) - known.brand) >= CERTAIN


def is_an_hour_of_a_length(entry: Entry, said: Statement) -> bool:
    """“closes at seven” is not said by “seven hours in the car”; « 2 h 30 » may be either, and in French any hour."""
    pair = (entry.quantity, said.quantity)
    spoken = any(quantity.dimension == "time" and quantity.number for quantity in pair)
    return (
        spoken
        and {quantity.dimension for quantity in pair} == {"time", "minutes"}
        and primary(entry.fact.language) != "fr"
    )


def may_be_told(entry: Entry, said: Statement) -> bool:
    """Whether the same amount may come from a withheld fact: of a story, a count must count the same."""
    return (
        entry.fact.kind != "insight"
        or said.quantity.dimension != COUNT
        or entry.statement.counted == said.counted
    )


_TOLD_APART = 90
"""Characters between the two ends of a range, each in a sentence of its own."""


def is_an_end(given: Quantity, said: Statement) -> bool:
    """« 80 km les mauvais jours, 120 les bons »: one end of a range, in a sentence that gives the other one too, or
    next to one that does: „Bei Gegenwind 80 Kilometer. Sonst sind es bis zu 120.“"""
    quantity = said.quantity
    if given.partner is None or not given.number:
        return False
    if quantity.bound:
        return is_both_ends(given, said)
    outward = {"low": "under", "high": "over"}[given.bound] if given.bound else ""
    if quantity.approximate and quantity.approximate == outward:
        return False  # the most is not the least
    if given.number != quantity.number or not _measures(given, quantity, said):
        return _is_inside(given, said)
    other = given.partner * given.number / given.value
    return other in said.beside or bool(_ends_near(said, {other}))


def is_both_ends(given: Quantity, said: Statement) -> bool:
    """« Nous n'annonçons pas 150 kilomètres. Une charge en fait de 80 à 120 »: both ends of a range of a fact, without
    the unit that stands before."""
    quantity = said.quantity
    if quantity.dimension != COUNT or said.counted or quantity.bound != given.bound or given.partner is None:
        return False
    partner = given.partner * given.number / given.value
    measured = any(
        q.dimension == given.dimension and abs(q.span.start - quantity.span.start) <= _TOLD_APART
        for q in said.figures
    )
    return measured and quantity.number == given.number and quantity.partner == partner


def _measures(given: Quantity, quantity: Quantity, said: Statement) -> bool:
    return given.dimension == quantity.dimension or (quantity.dimension == COUNT and not said.counted)


def _ends_near(said: Statement, numbers: set[Decimal]) -> set[Decimal]:
    """Those of some numbers that a text gives close to a figure."""
    span = said.quantity.span
    near = (
        q.number
        for q in said.figures
        if q.span != span and max(q.span.start - span.end, span.start - q.span.end) <= _TOLD_APART
    )
    return numbers.intersection(near)


def _is_inside(given: Quantity, said: Statement) -> bool:
    """«Cien kilómetros entran en lo normal. El relieve decide si son 80 o 120»: a figure between the two ends, both of
    which the text gives too."""
    quantity = said.quantity
    if (
        given.bound != "low"
        or given.partner is None
        or quantity.dimension != given.dimension
        or quantity.approximate
    ):
        return False
    if not given.value < quantity.value < given.partner:
        return False
    ends = {given.number, given.partner * given.number / given.value}
    return _ends_near(said, ends) == ends


def is_the_wrong_end(entry: Entry, said: Statement, known: Evidence) -> bool:
    """« 120 km au minimum » of 80 to 120: the most of a range told as the least, or the least as the most."""
    given, quantity = entry.quantity, said.quantity
    loosened = {"low": ("under",), "high": ("over", "from")}.get(given.bound, ())
    if quantity.approximate not in loosened or quantity.bound or given.number != quantity.number:
        return False
    if given.dimension != quantity.dimension or said.asked or said.negated:
        return False
    if given.dimension == COUNT and said.counted != entry.statement.counted:
        return False
    return bool((entry.stems & sentence_stems(said)) - known.brand)


def is_an_age(entry: Entry, said: Statement) -> bool:
    """« Jeanne ist 71 » of « Jeanne, 71 Jahre alt »: a bare number of years, beside a word of the same story."""
    quantity, given = said.quantity, entry.quantity
    bare = quantity.dimension == COUNT and not said.counted and not quantity.approximate
    years = given.dimension == "months" and entry.fact.kind == "insight" and given.number == quantity.number
    return bare and years and not entry.stems.isdisjoint(said.clause.stems)


def is_elliptic(entry: Entry, said: Statement, known: Evidence) -> bool:
    """« 412 litres en juin, 388 en janvier »: one of two figures goes without its unit, in the fact or in the text,
    beside a word of the fact."""
    given, quantity = entry.quantity, said.quantity
    if given.number != quantity.number or entry.statement.counted or said.counted:
        return False
    shared = len(entry.stems & sentence_stems(said))
    if (
        quantity.number <= TELLING_NUMBER and quantity.number % 1 == 0
    ):  # “have it adjusted once a year and the frame's guarantee lasts four”
        lasting = given.dimension in ("months", "minutes") and quantity.dimension == COUNT
        return lasting and shared > CERTAIN and not given.bound
    if not shared:
        return False
    measured = {given.dimension, quantity.dimension} - {COUNT}
    one_bare = COUNT in (given.dimension, quantity.dimension) and len(measured) == 1 and not given.bound
    return one_bare and any(
        e.fact == entry.fact
        and e.quantity.number != given.number
        and {e.quantity.dimension} & {COUNT, *measured}
        for e in known.entries
    )


_HOUR, _HALF_A_DAY = 60, 720


def is_bare_hour(entry: Entry, said: Statement, known: Evidence) -> bool:
    """“Before eleven” of “before 11 am on Wednesday”: a bare number behind a word of time, in a passage that tells the
    fact."""
    quantity = said.quantity
    if quantity.dimension != COUNT or said.counted:
        return False
    before = [w.folded for w in said.clause.words if w.end <= quantity.span.start][-1:]
    hours = {quantity.value * _HOUR, quantity.value * _HOUR + _HALF_A_DAY}
    if word_list(known.language, "before_bare_hour").isdisjoint(before) or entry.quantity.value not in hours:
        return False
    told = sentence_stems(said).union(*(c.stems for c in said.earlier))
    return len((entry.stems & told) - known.brand) >= CERTAIN


def is_named_hour(said: Statement) -> bool:
    """“By noon” in a word, and nothing else."""
    quantity = said.quantity
    written = next((w.folded for w in said.text if w.start >= quantity.span.start), "")
    return is_noon(quantity) and written.isalpha() and len(said.own) <= 1


def told_beside_its_rival(equal: Sequence[Entry], rivals: Sequence[Entry], said: Statement) -> Entry | None:
    """The figure of an insight's meaning or tip, in a text that tells the insight's own one, which would deny it, as
    well: “at 7.40 … by noon”."""
    told = {
        e.fact.id
        for e in rivals
        if e.fact.kind == "insight"
        and any(q.dimension == e.quantity.dimension and q.value == e.quantity.value for q in said.figures)
    }
    return next((e for e in equal if e.fact.kind in OF_ONE_VARIANT and e.fact.id in told), None)


_DAYS = ("month", "date", DEADLINE)


def is_crossed(entry: Entry, said: Statement, known: Evidence) -> bool:
    """« En juin, 388 litres » of « En juin, 412 litres … En janvier, 388 »: the figure stands with the month or season
    of the fact's other figure, and not with its own."""
    if said.quantity.dimension in _DAYS:
        return False  # it is the month itself that is told
    told = _when(said.clause, known.language)
    mine = _when(entry.statement.clause, entry.fact.language)
    if not told or not mine or not told.isdisjoint(mine):
        return False
    same = (e for e in known.entries if e.fact == entry.fact and e.quantity.value != entry.quantity.value)
    same = (
        e for e in same if e.quantity.dimension not in _DAYS
    )  # “In August 2025, 26 people …” is one figure
    return any(told & _when(other.statement.clause, entry.fact.language) for other in same)


def _when(clause: Clause, language: str) -> frozenset[str]:
    """The months and seasons of a clause, and the names in it that are written with a capital behind its first word."""
    named = {w.folded for w in clause.words[1:] if w.text[:1].isupper() and not w.text.isupper()}
    said = {word.folded for word in clause.words}
    return (calendar(language) & said) | (named if primary(language) != "de" else frozenset())
