"""Whether two figures say the same amount, however each is written: 2 h 30 and 150 min, a fifth and 20 %, 1921 and 105
years later."""

from __future__ import annotations

from decimal import Decimal

from inedit.guard.nlp.clock import HALF_A_DAY
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, DEADLINE, YEAR, Quantity

APPROXIMATELY = Decimal("1.1")
"""« Plus de 14 000 » may stand for a fact between 14 000 and a tenth more, or be as near below."""

ABOUT_AN_HOUR = 15
"""Minutes that « vers 18 heures » may be off."""

OLD_ENOUGH = 24
"""Months from which an age may be worked out from a founding year; below, a date proves no duration."""

MINUTES = {"minutes": 1, "time": 1, "nights": 1440, "months": 43_800}
"""Minutes in each measure of time; a month is a twelfth of 365 days."""

_MONTH_LENGTH = Decimal("0.08")
"""A month has 28 to 31 days: this much more or less than a twelfth of a year."""

TENTHS = 10
"""« Neuf sur dix » is said of 94 % as well; of more parts, each is counted."""

SHARE_ROUNDING = Decimal("0.5")
"""Percentage points that a fraction may be off (a third is 33 %)."""


def same_measure(given: Quantity, quantity: Quantity) -> bool:
    """Whether both measure the same kind of thing."""
    mine, theirs = quantity.dimension, given.dimension
    if mine == theirs:
        # « la plupart » is not « la moitié »
        return mine != "percent" or not is_majority(given) or is_majority(quantity)
    if (mine, theirs) in _COUNTED:
        return not quantity.vague
    return (mine, theirs) in _MEASURED or (mine in MINUTES and theirs in MINUTES)


_COUNTED = frozenset({(COUNT, YEAR), (YEAR, COUNT), (COUNT, "ordinal"), ("ordinal", COUNT)})
"""Measures of a text and of a fact that a number may be of as well."""

_MEASURED = frozenset(
    {
        ("months", YEAR),
        ("month", "date"),
        (YEAR, "date"),
        (YEAR, "month"),
        (DEADLINE, "date"),
        (DEADLINE, "month"),
    }
)
"""Measures of a text that another one of a fact bears out."""


def is_majority(quantity: Quantity) -> bool:
    """« La plupart », “most”: more than half, without a number."""
    return quantity.dimension == "percent" and quantity.approximate == "over" and not quantity.number


def same_amount(given: Quantity, quantity: Quantity, this_year: int) -> bool:
    """Whether ``given``, of a fact, bears out ``quantity``, of a text; a rounder or an outer figure may stand for it.

    One end of a range bears out only a figure that says which end it is (« 120 km au plus »), and a price a month none
    a year.
    """
    if not same_measure(given, quantity) or (
        quantity.period and given.period and quantity.period != given.period
    ):
        return False
    if given.dimension == YEAR and quantity.dimension == "months":
        return _same_age(this_year - int(given.value), quantity)
    if quantity.dimension in ("date", "month", DEADLINE, YEAR) and given.dimension in ("date", "month"):
        return _same_day(given, quantity)
    turned = {given.approximate, quantity.approximate} == {
        "over",
        "under",
    }  # « plus de 14 km » of « moins de 14 km »
    if quantity.whole > TENTHS and given.whole > TENTHS:  # « 41 sur 60 » is not « 17 sur 25 », though nearly
        return quantity.part * given.whole == given.part * quantity.whole
    return not turned and _same_end(given, quantity) and _within(given, quantity)


_DECADE = 120
"""« Plus de soixante ans » is said until seventy are over."""


def _same_age(years: int, quantity: Quantity) -> bool:
    """« Depuis douze ans » is exact, « depuis plus de cent ans » a tenth and a year short at most."""
    months = years * 12
    if quantity.value < OLD_ENOUGH or quantity.approximate in ("", "under"):
        return False  # « garanti 5 ans » is not an age
    if quantity.approximate in ("over", "about"):
        return quantity.value <= months < max(quantity.value * APPROXIMATELY + 24, quantity.value + _DECADE)
    return abs(months - quantity.value) < 12


def _same_day(given: Quantity, quantity: Quantity) -> bool:
    if quantity.dimension == "date":
        return given.value == quantity.value and (
            quantity.year is None or given.year in (None, quantity.year)
        )
    is_date = given.dimension == "date"
    year = given.year if is_date else int(given.value) // 100
    month = int(given.value) // 100 if is_date else int(given.value) % 100
    if quantity.dimension == DEADLINE:
        return quantity.value == month
    if quantity.dimension == YEAR:
        return quantity.value == year
    return (year or 0) * 100 + month == quantity.value


def _same_end(given: Quantity, quantity: Quantity) -> bool:
    """Whether the figure does not pass one end of a range for the whole, or for the other end."""
    if quantity.bound or not given.bound:
        return quantity.bound == given.bound and (
            not quantity.bound or _close(given.partner, quantity.partner, given)
        )
    return quantity.approximate in (("over", "from") if given.bound == "low" else ("under",))


def same_clock(given: Decimal, said: Decimal) -> bool:
    """Whether two minutes of the day are one, as said on a clock's face: half past six in the evening is 18:30."""
    return said == given or (abs(said - given) == HALF_A_DAY and min(said, given) <= HALF_A_DAY)


def _close(mine: Decimal | None, other: Decimal | None, given: Quantity) -> bool:
    if mine is None or other is None:
        return False
    apart = abs(mine - other)
    return apart <= _slack(given) or (given.dimension == "time" and apart == HALF_A_DAY)


def _slack(quantity: Quantity) -> Decimal:
    return SHARE_ROUNDING if quantity.dimension == "percent" and quantity.value % 1 else Decimal(0)


def _within(given: Quantity, quantity: Quantity) -> bool:
    mine, theirs, slack = quantity.value, given.value, max(_slack(given), _slack(quantity))
    if quantity.dimension != given.dimension and {quantity.dimension, given.dimension} <= set(MINUTES):
        mine, theirs = mine * MINUTES[quantity.dimension], theirs * MINUTES[given.dimension]
        if "months" in (quantity.dimension, given.dimension):
            slack = theirs * _MONTH_LENGTH
    if quantity.dimension == given.dimension == "time" and same_clock(theirs, mine):
        return True  # half past six in the evening is 18:30
    if is_majority(quantity):
        return mine < theirs or is_majority(given)
    if quantity.vague:
        return mine * 2 <= theirs < mine * 1000
    if "minutes" in (quantity.dimension, given.dimension) and (
        _is_so_called(quantity, given) or _is_so_called(given, quantity)
    ):
        return True
    lowest, highest = mine - slack, mine + slack
    loose = quantity.approximate in ("over", "about", "under") and _is_rounder(quantity, given)
    if (
        quantity.dimension == given.dimension == "time"
    ):  # minutes of the day: a tenth of them is an hour or two
        return not (given.bound or given.approximate) and _is_near(quantity, theirs)
    if loose and quantity.dimension not in (YEAR, *CURRENCIES):
        lowest = mine if quantity.approximate == "over" else mine / APPROXIMATELY
        highest = mine if quantity.approximate == "under" else mine * APPROXIMATELY
    return lowest <= theirs <= highest


def _is_near(said: Quantity, minute: Decimal) -> bool:
    """Whether a moment of the day is about, shortly after or shortly before a minute of the day."""
    late = minute - said.value
    near = {"about": abs(late), "over": late, "under": -late}.get(said.approximate, Decimal(-1))
    return 0 <= near <= ABOUT_AN_HOUR


_WEEKS_AS_DAYS = {8: 1, 15: 2}
"""« Quinze jours », « ocho días »: weeks, counted with the day on which they begin."""


_FEW_MONTHS, _WEEKS_OF_A_MONTH = 3, 4
"""« Un mois et demi » of six weeks, and weeks that a month is told as."""


def _is_so_called(days: Quantity, weeks: Quantity) -> bool:
    if (days.dimension, weeks.dimension) == ("months", "minutes") and days.value <= _FEW_MONTHS:
        in_weeks = weeks.value == weeks.number * 10_080
        return in_weeks and days.value * _WEEKS_OF_A_MONTH == weeks.number
    if {days.dimension, weeks.dimension} != {"minutes"} or not days.number or not weeks.number:
        return False
    units = days.value == days.number * 1440 and weeks.value == weeks.number * 10_080
    return units and _WEEKS_AS_DAYS.get(int(days.number)) == weeks.number


def _is_rounder(quantity: Quantity, given: Quantity) -> bool:
    """« Plus de 14 000 » for 14 350, not « jusqu'à 311 cm » for 310: what is rounded has no digit more."""
    if quantity.dimension != given.dimension or not quantity.number or not given.number:
        return True
    return _digits(quantity.number) <= _digits(given.number)


def _digits(number: Decimal) -> int:
    """Significant digits, without the zeros at either end."""
    return len(number.normalize().as_tuple().digits)
