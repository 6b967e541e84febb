"""How often something is: twice “of the year” of one year, each week of what takes three."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.arithmetic import MINUTES
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.measures import measures
from inedit.guard.nlp.quantity import YEAR
from inedit.guard.nlp.text import words

_TOLD = 3
"""Words of a fact beside a number of times that show that it is told."""

_PERIODS = {"hour": 60, "day": 1440, "week": 10_080, "month": 43_800, "year": 525_600}
"""Minutes of each period."""


def told_too_often(said: Statement, known: Evidence) -> Entry | None:
    """The fact of one year that a text tells of several: “Twice museum of the year” of 2024 alone."""
    times, language = said.quantity, known.language
    if times.dimension != "times" or times.value <= 1 or times.period or said.negated or said.asked:
        return None
    if _year_words(language).isdisjoint(w.folded for c in (said.clause, *said.around) for w in c.words):
        return None
    told = sentence_stems(said) - known.brand
    for entry in known.entries:
        if entry.quantity.dimension != YEAR or len(entry.stems & told) < _TOLD:
            continue
        years = {
            e.quantity.value for e in known.entries if e.fact == entry.fact and e.quantity.dimension == YEAR
        }
        titled = not _year_words(entry.fact.language).isdisjoint(w.folded for w in words(entry.fact.text))
        if titled and len(years) == 1:
            return entry
    return None


@lru_cache(maxsize=16)
def _year_words(language: str) -> frozenset[str]:
    return frozenset(word for word, period in measures(language).periods.items() if period == "year")


def told_in_each(said: Statement, entry: Entry, known: Evidence) -> bool:
    """Whether a text tells each week what the fact tells of three of them: „Jede Woche verliert ein Reifen ein halbes
    Bar“. Where it gives the fact's length too, it tells both."""
    every = grammar(known.language).universal
    inside = (said.clause, *said.around)
    if (
        not any(c.has(every) for c in inside)
        or said.negated
        or said.asked
        or entry.quantity.dimension in MINUTES
    ):
        return False
    ordered = sorted((w for c in inside for w in c.words), key=lambda w: w.start)
    periods = measures(known.language).periods
    told = [periods[w.folded] for e, w in pairwise(ordered) if e.folded in every and w.folded in periods]
    if len(told) != 1:
        return False
    lengths = [
        e.quantity
        for e in known.entries
        if e.fact == entry.fact and e.quantity.dimension in ("minutes", "months")
    ]
    lengths = [q for q in lengths if not q.period and not q.bound]
    if len(lengths) != 1 or any(
        q.number == lengths[0].number and q.dimension == lengths[0].dimension for q in said.figures
    ):
        return False
    period, minutes = _PERIODS.get(told[0], 0), lengths[0].value * MINUTES[lengths[0].dimension]
    return lengths[0].number > 1 and minutes == lengths[0].number * period and not entry.quantity.period
