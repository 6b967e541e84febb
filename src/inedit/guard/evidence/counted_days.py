"""Dates and lengths of time that a reader counts from today: today's date, the days until an offer ends, the day after
its last one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import Statement
from inedit.guard.nlp.quantity import Quantity

_DAY, _WEEK = 1440, 7
"""Minutes in a day, days in a week."""


def is_today(said: Statement, today: date) -> bool:
    """« Nous sommes le 30 novembre 2026 »: the date of the day itself."""
    return said.quantity.dimension == "date" and _day(said.quantity, today.year) == today


def told_from_a_date(said: Statement, known: Evidence, today: date) -> Entry | None:
    """The date of a fact from which a figure of a text is counted, where the text tells that date too: so many days or
    weeks until it, or the day after it, from which something is no longer so."""
    quantity = said.quantity
    if quantity.dimension not in ("date", "minutes") or quantity.bound:
        return None
    told = {_day(q, today.year) for q in said.figures if q.dimension == "date" and q.span != quantity.span}
    for entry in known.entries:
        last = _day(entry.quantity, today.year) if entry.quantity.dimension == "date" else None
        if last is None or last not in told:
            continue
        if quantity.dimension == "date":
            if _day(quantity, today.year) == last + timedelta(days=1):
                return entry
        elif quantity.value in _lengths(last, today):
            return entry
    return None


def _lengths(last: date, today: date) -> Iterator[Decimal]:
    """The minutes until a day, with that day and without it, and of whole weeks."""
    days = (last - today).days
    for each in (days, days + 1):
        yield Decimal(each * _DAY)
    yield Decimal(round(days / _WEEK) * _WEEK * _DAY)


def _day(quantity: Quantity, year: int) -> date | None:
    """The day of a date; one without its year is of this one."""
    try:
        return date(quantity.year or year, int(quantity.value) // 100, int(quantity.value) % 100)
    except ValueError:
        return None
