"""Figures that no fact gives and that may be worked out from one: a person decides whether the sum is right.

What :mod:`worked_out` and :mod:`reckoned` recognise is accepted, since the text says how it is meant. Here only the
numbers agree, beside a word of the fact: « encore dix euros » beside 140 and a threshold of 150, “in the autumn of
2031” of a guarantee of five years, 62 in a hundred of a share of 38 %.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from inedit.guard.evidence.index import Entry, Evidence, readable
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, YEAR

_HUNDRED = Decimal(100)

_MONTHS = 12


def may_follow(said: Statement, known: Evidence, year: int) -> Entry | None:
    """The figure of a fact from which a figure of a text may be worked out, with a word of that fact beside it."""
    told = sentence_stems(said).union(*(clause.stems for clause in said.earlier)) - known.brand
    near = (e for e in known.entries if readable(e.fact, known.language) and not told.isdisjoint(e.stems))
    return next((e for e in near if said.quantity.value in _worked_out(e, said, known, year)), None)


def _worked_out(entry: Entry, said: Statement, known: Evidence, year: int) -> Iterator[Decimal]:
    """Every value that a reader may work out from a figure of a fact, the text's other figures and today's year."""
    given, measure = entry.quantity, said.quantity.dimension
    others = [q for q in said.figures if q.span != said.quantity.span and q.value]
    if given.dimension == measure and measure in CURRENCIES:
        for other in others:
            if other.dimension == measure:
                yield abs(given.value - other.value)
                yield given.value + other.value
            elif other.dimension in (COUNT, "times", "ordinal") and other.number > 1:
                yield given.value * other.number
                yield given.value / other.number
        for share in _shares_of(known):
            yield given.value * (_HUNDRED - share) / _HUNDRED
            yield given.value * share / _HUNDRED
    if given.dimension == "percent" and measure == COUNT and any(q.number == _HUNDRED for q in said.figures):
        yield _HUNDRED - given.value
        yield given.value
    if measure == YEAR and given.dimension == "months" and given.value % _MONTHS == 0:
        yield year + given.value / _MONTHS


def _shares_of(known: Evidence) -> Iterator[Decimal]:
    return (e.quantity.value for e in known.entries if e.quantity.dimension == "percent")
