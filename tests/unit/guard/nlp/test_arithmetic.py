"""When two figures say the same amount, at the edges."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from inedit.guard.nlp.arithmetic import same_amount, same_measure
from inedit.guard.nlp.quantity import Quantity
from inedit.model import Span

MONTH = 43_800
YEAR_NOW = 2026


def q(value: float | str, dimension: str, **more: Any) -> Quantity:
    return Quantity(Span(0, 1), Decimal(str(value)), dimension, **more)


@pytest.mark.parametrize(
    ("given", "said", "same"),
    [
        ("count", "count", True),
        ("EUR", "USD", False),
        ("minutes", "months", True),
        ("nights", "time", True),
        ("count", "year", True),
        ("ordinal", "count", True),
        ("year", "months", True),
        ("months", "year", False),
        ("date", "month", True),
        ("date", "year", True),
        ("month", "year", True),
        ("date", "deadline", True),
        ("month", "deadline", True),
        ("year", "date", False),
        ("percent", "times", False),
    ],
)
def test_which_measures_can_be_compared(given: str, said: str, same: bool) -> None:
    """Times of every unit; a count with a year or an ordinal; a day with its month and year, not the reverse."""
    assert same_measure(q(1, given), q(1, said)) is same


def test_an_order_of_magnitude_is_no_year() -> None:
    """« Des milliers » may be anything but 2026."""
    assert not same_measure(q(2000, "year"), q(1000, "count", vague=True))
    assert same_measure(q(2000, "count"), q(1000, "count", vague=True))


@pytest.mark.parametrize(
    ("years", "months", "approximate", "same"),
    [
        (105, 100 * 12, "over", True),
        (100, 100 * 12, "over", True),
        (99, 100 * 12, "over", False),
        (111, 100 * 12, "over", True),
        (112, 100 * 12, "over", False),
        (100, 100 * 12, "about", True),
        (12, 12 * 12, "from", True),
        (13, 12 * 12, "from", False),
        (11, 12 * 12, "from", False),
        (12, 12 * 12, "", False),
        (12, 12 * 12, "under", False),
        (2, 24, "from", True),
        (1, 12, "from", False),
    ],
)
def test_an_age_follows_from_a_founding_year(years: int, months: int, approximate: Any, same: bool) -> None:
    """« Depuis douze ans » is exact, « plus de cent ans » short by a tenth and two years at most."""
    assert (
        same_amount(q(YEAR_NOW - years, "year"), q(months, "months", approximate=approximate), YEAR_NOW)
        is same
    )


@pytest.mark.parametrize(
    ("given", "said", "same"),
    [
        (q(630, "date", year=2026), q(630, "date", year=2026), True),
        (q(630, "date", year=2026), q(630, "date"), True),
        (q(630, "date"), q(630, "date", year=2026), True),
        (q(630, "date", year=2025), q(630, "date", year=2026), False),
        (q(630, "date"), q(629, "date"), False),
        (q(630, "date", year=2026), q(202606, "month"), True),
        (q(630, "date", year=2026), q(202607, "month"), False),
        (q(630, "date"), q(6, "month"), True),
        (q(202606, "month"), q(202606, "month"), True),
        (q(630, "date", year=2026), q(2026, "year"), True),
        (q(630, "date", year=2026), q(2025, "year"), False),
        (q(202606, "month"), q(2026, "year"), True),
        (q(630, "date"), q(6, "deadline"), True),
        (q(202606, "month"), q(6, "deadline"), True),
        (q(202606, "month"), q(7, "deadline"), False),
    ],
)
def test_a_day_is_in_its_month_and_its_year(given: Quantity, said: Quantity, same: bool) -> None:
    """What the fact does not say of the year is not held against the text."""
    assert same_amount(given, said, YEAR_NOW) is same


LOW, HIGH = {"bound": "low", "partner": Decimal(25)}, {"bound": "high", "partner": Decimal(20)}


@pytest.mark.parametrize(
    ("given", "said", "same"),
    [
        (q(20, "count", **LOW), q(20, "count", **LOW), True),
        (q(20, "count", **LOW), q(20, "count", bound="low", partner=Decimal(26)), False),
        (q(20, "count", **LOW), q(20, "count", **HIGH), False),
        (q(20, "count"), q(20, "count", **LOW), False),
        (q(20, "count", **LOW), q(20, "count"), False),
        (q(20, "count", **LOW), q(20, "count", approximate="over"), True),
        (q(20, "count", **LOW), q(20, "count", approximate="from"), True),
        (q(20, "count", **LOW), q(20, "count", approximate="under"), False),
        (q(25, "count", **HIGH), q(25, "count", approximate="under"), True),
        (q(25, "count", **HIGH), q(25, "count", approximate="over"), False),
    ],
)
def test_one_end_of_a_range_is_not_the_range(given: Quantity, said: Quantity, same: bool) -> None:
    """It bears out only a figure that says which end it is."""
    assert same_amount(given, said, YEAR_NOW) is same


def test_a_price_a_month_is_none_a_year() -> None:
    """Where both say by what they count."""
    assert not same_amount(q(9, "EUR", period="month"), q(9, "EUR", period="year"), YEAR_NOW)
    assert same_amount(q(9, "EUR", period="month"), q(9, "EUR"), YEAR_NOW)
    assert same_amount(q(9, "EUR"), q(9, "EUR", period="year"), YEAR_NOW)


@pytest.mark.parametrize(
    ("given", "said", "approximate", "same"),
    [
        (14200, 14000, "over", True),
        (15400, 14000, "over", True),  # a tenth more
        (15401, 14000, "over", False),
        (13999, 14000, "over", False),
        (14000, 14000, "over", True),
        (14200, 15000, "under", True),
        (14200, 14000, "under", False),
        (14200, 14000, "about", True),
        (14200, 15000, "about", True),
        (14200, 14000, "", False),
        (14200, 14200, "", True),
        (14200, 17000, "about", False),
    ],
)
def test_a_rounder_figure_stands_for_an_exact_one(
    given: int, said: int, approximate: Any, same: bool
) -> None:
    """« Plus de 14 000 » for 14 200, up to a tenth."""
    assert same_amount(q(given, "count"), q(said, "count", approximate=approximate), YEAR_NOW) is same


@pytest.mark.parametrize(
    ("given", "said", "same"),
    [
        (q("33.33", "percent"), q(33, "percent"), True),
        (q("33.33", "percent"), q("33.83", "percent"), True),
        (q("33.33", "percent"), q(34, "percent"), False),
        (q(20, "percent"), q("20.5", "percent"), True),
        (q(20, "percent"), q(21, "percent"), False),
        (q(150, "minutes"), q(150, "minutes"), True),
        (q(2, "nights"), q(2880, "minutes"), True),
        (q(2, "nights"), q(2881, "minutes"), False),
        (q(1, "months"), q(30, "nights"), True),
        (q(1, "months"), q(28, "nights"), True),
        (q(1, "months"), q(33, "nights"), False),
    ],
)
def test_fractions_and_units_of_time_meet(given: Quantity, said: Quantity, same: bool) -> None:
    """A third is 33 %, to half a point; a month has 28 to 31 days."""
    assert same_amount(given, said, YEAR_NOW) is same


@pytest.mark.parametrize(
    ("given", "same"), [(1999, False), (2000, True), (999_999, True), (1_000_000, False)]
)
def test_thousands_are_two_thousand_at_least_and_less_than_a_million(given: int, same: bool) -> None:
    """An order of magnitude."""
    assert same_amount(q(given, "count"), q(1000, "count", vague=True), YEAR_NOW) is same


@pytest.mark.parametrize(
    ("given", "said", "same"),
    [
        (1110, 390, True),
        (390, 1110, True),
        (720, 0, True),
        (1440, 720, True),
        (1441, 721, False),
        (1110, 391, False),
    ],
)
def test_half_past_six_in_the_evening_is_1830(given: int, said: int, same: bool) -> None:
    """Twelve hours apart on a clock's face."""
    assert same_amount(q(given, "time"), q(said, "time"), YEAR_NOW) is same


@pytest.mark.parametrize("dimension", ["EUR", "year"])
def test_a_price_and_a_year_are_not_rounded(dimension: str) -> None:
    """« Plus de 120 € » is not 129,90 €."""
    assert not same_amount(q("129.90", dimension), q(120, dimension, approximate="over"), YEAR_NOW)
    assert same_amount(q(120, dimension), q(120, dimension, approximate="over"), YEAR_NOW)
