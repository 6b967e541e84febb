"""Whether several figures of one fact, told in one sentence, bear one another out."""

from __future__ import annotations

from collections.abc import Sequence

from inedit.guard.evidence.index import Entry, Evidence, in_fact
from inedit.guard.evidence.same_figure import CERTAIN, TELLING_NUMBER, is_told_by_numbers
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.arithmetic import same_amount
from inedit.guard.nlp.grammar import grammar, singular
from inedit.guard.nlp.quantity import COUNT, DEADLINE, Quantity


def told_together(equal: Sequence[Entry], said: Statement, known: Evidence, year: int) -> Entry | None:
    """The figure of a fact of which the sentence gives another one as well; None where none is, or it is denied."""
    return _counts_told_together(equal, said, known) or _measures_told_together(equal, said, known, year)


def _counts_told_together(equal: Sequence[Entry], said: Statement, known: Evidence) -> Entry | None:
    """The figure of a fact of which the sentence gives another count as well; None where none is, or it is denied."""
    beside = [e for e in equal if _is_told_with_another(e, said, known) or is_told_by_numbers(e, said, known)]
    return beside[0] if beside and not said.negated else None


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


def _measures_told_together(
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
