"""Lengths of time that are reckoned from a year or from working days: « cela fait douze ans que » of 2014, two weeks of
ten working days."""

from __future__ import annotations

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.reckoned import names_another
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import is_ours, sentence_stems
from inedit.guard.nlp.arithmetic import OLD_ENOUGH
from inedit.guard.nlp.grammar import root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.quantity import YEAR
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_pattern

_A_YEAR, _A_DAY, _A_WEEK = 12, 1440, 10_080
"""Months in a year, minutes in a day and in a week."""

_WORKED = 5
"""Working days of a week."""

_SHARED = 2
_BEHIND = 16
"""Characters behind a number of days in which they are said to be worked."""


def told_as_age(said: Statement, known: Evidence, year: int) -> Entry | None:
    """The year that a whole number of years counts back to, where the text tells what a fact says of that year: by two
    of its words, or by one where the brand speaks of itself, and by more than of any fact that gives a length in years.
    A promise of so many years is no age."""
    months = said.quantity
    if months.dimension != "months" or months.value < OLD_ENOUGH or months.value % _A_YEAR or months.bound:
        return None
    if months.approximate not in ("", "from") or said.negated:
        return None
    begun = year - int(months.value) // _A_YEAR
    if not any(e.quantity.dimension == YEAR and e.quantity.value == begun for e in known.entries):
        return None
    told = sentence_stems(said) - known.brand
    since, lasting = (
        max(
            ((len(e.stems & told), i) for i, e in enumerate(known.entries) if _is_of(e, begun, measure)),
            default=(0, 0),
        )
        for measure in (YEAR, "months")
    )
    enough = since[0] >= (1 if _speaks(said, known) else _SHARED) and since[0] > lasting[0]
    entry = known.entries[since[1]]
    if not enough or promises(fold(months.sentence), known.language) or names_another(entry, said, known):
        return None
    return None if _is_of_somebody_else(entry, said, known) else entry


def _is_of_somebody_else(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether a text tells the year of whom the fact names in another clause: of Madeleine, who glues, what Paul copies
    since 2011. German writes every noun so."""
    if primary(known.language) == "de":
        return False
    own = entry.statement.clause.said
    named = {w.folded for w in entry.statement.text if w.text[:1].isupper()} - own
    told = {
        w.folded
        for w in said.clause.words
        if w.text[:1].isupper() and root(w.text, known.language) not in known.brand
    }
    return not told.isdisjoint(named) and told.isdisjoint(own)


def _is_of(entry: Entry, begun: int, measure: str) -> bool:
    """Whether an entry is of a measure; a year, of the one that is counted back to."""
    return entry.quantity.dimension == measure and (measure != YEAR or entry.quantity.value == begun)


def _speaks(said: Statement, known: Evidence) -> bool:
    return any(is_ours(clause, known, known.language) for clause in (said.clause, *said.around))


def told_in_weeks(said: Statement, known: Evidence) -> Entry | None:
    """The working days that a text tells in weeks: two of ten."""
    weeks = said.quantity
    if (
        weeks.dimension != "minutes"
        or not weeks.number
        or weeks.value != weeks.number * _A_WEEK
        or weeks.bound
    ):
        return None
    if weeks.approximate in ("over", "from"):
        return None
    for entry in known.entries:
        days = entry.quantity
        if days.number == weeks.number * _WORKED and is_worked(entry) and entry.stems & sentence_stems(said):
            return entry
    return None


def is_worked(entry: Entry) -> bool:
    """Whether a length of a fact is told in working days."""
    days, fact = entry.quantity, entry.fact
    worked = word_pattern(fact.language, "working_days")
    return worked.search(fold(fact.text[days.span.start : days.span.end + _BEHIND])) is not None


def is_short_of(entry: Entry, said: Statement) -> bool:
    """Whether a text tells so many working days in other weeks than they are: a fortnight is fifteen days, and no
    fifteen working days."""
    given, weeks = entry.quantity, said.quantity
    in_weeks = weeks.dimension == given.dimension == "minutes" and weeks.value == weeks.number * _A_WEEK
    return (
        in_weeks
        and given.value == given.number * _A_DAY
        and given.number != weeks.number * _WORKED
        and is_worked(entry)
    )
