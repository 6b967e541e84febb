"""Whether two figures say the same amount, however each is written: 2 h 30 and 150 min, a fifth and 20 %, 1921 and 105
years later."""

from __future__ import annotations

from decimal import Decimal

from inedit.guard.nlp.quantity import COUNT, CURRENCIES, DEADLINE, YEAR, Quantity

ROUGHLY = Decimal("1.1")
"""« Plus de 14 000 » may stand for a fact between 14 000 and a tenth more, or be as near below."""

OLD_ENOUGH = 24
"""Months from which an age may be worked out from a founding year; below, a date proves no duration."""

MINUTES = {"minutes": 1, "time": 1, "nights": 1440, "months": 43_800}
"""Minutes in each measure of time; a month is a twelfth of 365 days."""

_MONTH_LENGTH = Decimal("0.08")
"""A month has 28 to 31 days: this much more or less than a twelfth of a year."""

HALF_A_DAY = 720
"""Minutes on a clock's face."""

SHARE_ROUNDING = Decimal("0.5")
"""Percentage points that a fraction may be off (a third is 33 %)."""


def same_measure(given: Quantity, figure: Quantity) -> bool:
    """Whether both measure the same kind of thing."""
    pair = {given.dimension, figure.dimension}
    if len(pair) == 1 or pair <= set(MINUTES):
        return True
    if pair in ({COUNT, YEAR}, {COUNT, "ordinal"}):
        return not figure.vague
    if given.dimension == YEAR and figure.dimension == "months":
        return True
    return (figure.dimension, given.dimension) in {
        ("month", "date"),
        (YEAR, "date"),
        (YEAR, "month"),
        (DEADLINE, "date"),
        (DEADLINE, "month"),
    }


def same_amount(given: Quantity, figure: Quantity, this_year: int) -> bool:
    """Whether ``given``, of a fact, bears out ``figure``, of a text; a rounder or an outer figure may stand for it.

    One end of a range bears out only a figure that says which end it is (« 120 km au plus »), and a price a month none
    a year.
    """
    if not same_measure(given, figure) or (figure.period and given.period and figure.period != given.period):
        return False
    if given.dimension == YEAR and figure.dimension == "months":
        return _same_age(this_year - int(given.value), figure)
    if figure.dimension in ("date", "month", DEADLINE, YEAR) and given.dimension in ("date", "month"):
        return _same_day(given, figure)
    if not _same_end(given, figure):
        return False
    return _within(given, figure)


def _same_age(years: int, figure: Quantity) -> bool:
    """« Depuis douze ans » is exact, « depuis plus de cent ans » a tenth and a year short at most."""
    months = years * 12
    if figure.value < OLD_ENOUGH or figure.rough in ("", "under"):
        return False  # « garanti 5 ans » is no age
    if figure.rough in ("over", "about"):
        return figure.value <= months < figure.value * ROUGHLY + 24
    return abs(months - figure.value) < 12


def _same_day(given: Quantity, figure: Quantity) -> bool:
    if figure.dimension == "date":
        return given.value == figure.value and (figure.year is None or given.year in (None, figure.year))
    is_date = given.dimension == "date"
    year = given.year if is_date else int(given.value) // 100
    month = int(given.value) // 100 if is_date else int(given.value) % 100
    if figure.dimension == DEADLINE:
        return figure.value == month
    if figure.dimension == YEAR:
        return figure.value == year
    return (year or 0) * 100 + month == figure.value


def _same_end(given: Quantity, figure: Quantity) -> bool:
    """Whether the figure does not pass one end of a range for the whole, or for the other end."""
    if figure.bound or not given.bound:
        return figure.bound == given.bound and (
            not figure.bound or _close(given.partner, figure.partner, given)
        )
    return figure.rough in (("over", "from") if given.bound == "low" else ("under",))


def _close(mine: Decimal | None, other: Decimal | None, given: Quantity) -> bool:
    return mine is not None and other is not None and abs(mine - other) <= _slack(given)


def _slack(figure: Quantity) -> Decimal:
    return SHARE_ROUNDING if figure.dimension == "percent" and figure.value % 1 else Decimal(0)


def _within(given: Quantity, figure: Quantity) -> bool:
    mine, theirs, slack = figure.value, given.value, max(_slack(given), _slack(figure))
    if figure.dimension != given.dimension and {figure.dimension, given.dimension} <= set(MINUTES):
        mine, theirs = mine * MINUTES[figure.dimension], theirs * MINUTES[given.dimension]
        if "months" in (figure.dimension, given.dimension):
            slack = theirs * _MONTH_LENGTH
    if "time" in (figure.dimension, given.dimension) and abs(mine - theirs) == HALF_A_DAY:
        return min(mine, theirs) <= HALF_A_DAY  # half past six in the evening is 18:30
    if figure.vague:
        return mine * 2 <= theirs < mine * 1000
    lowest, highest = mine - slack, mine + slack
    if figure.rough in ("over", "about", "under") and figure.dimension not in (YEAR, *CURRENCIES):
        lowest = mine if figure.rough == "over" else mine / ROUGHLY
        highest = mine if figure.rough == "under" else mine * ROUGHLY
    return lowest <= theirs <= highest
