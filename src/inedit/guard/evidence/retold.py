"""Figures that no fact gives and that tell one of its figures all the same, asked only of what would be refused; and
figures that deny one, asked only of what would pass."""

from __future__ import annotations

from inedit.guard.evidence.added_up import told_by_shares, told_of_the_rest
from inedit.guard.evidence.bills import told_as_bill
from inedit.guard.evidence.by_the_clock import told_by_the_clock, until_closing
from inedit.guard.evidence.closure import told_by_sum
from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.opening import out_of_hours
from inedit.guard.evidence.other_terms import other_months
from inedit.guard.evidence.same_figure import is_the_wrong_end
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.told_ages import told_as_age, told_in_weeks
from inedit.guard.evidence.told_prices import told_as_less
from inedit.guard.nlp.quantity import COUNT, CURRENCIES


def told_otherwise(said: Statement, known: Evidence, year: int) -> Entry | None:
    """The entry that a figure tells, if by other figures than the fact's own."""
    measure = said.quantity.dimension
    if measure in ("time", COUNT):
        told = told_by_the_clock(said, known)
        if told:
            return told
    ways = (told_by_sum, told_by_shares, told_as_bill, told_of_the_rest)
    worked = next((entry for way in ways if (entry := way(said, known))), None)
    if worked:
        return worked
    if measure in (*CURRENCIES, COUNT):
        return told_as_less(said, known)
    if measure == "months":
        return told_as_age(said, known, year)
    if measure == "minutes":
        closing = until_closing(said, known)
        return closing[0] if closing and closing[1] else told_in_weeks(said, known)
    return None


def denied_otherwise(said: Statement, known: Evidence) -> Entry | None:
    """The entry that a figure denies which would pass as a scene."""
    measure = said.quantity.dimension
    if said.quantity.approximate and measure not in ("time", "weekday"):
        wrong = next((e for e in known.entries if is_the_wrong_end(e, said, known)), None)
        if wrong:
            return wrong
    if measure in ("time", COUNT):
        return other_months(said, known) or out_of_hours(said, known)
    if measure == "minutes":
        closing = until_closing(said, known)
        return closing[0] if closing and not closing[1] else None
    return None
