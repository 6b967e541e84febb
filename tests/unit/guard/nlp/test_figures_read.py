"""Figures in digits and in words: numbers, magnitudes, sums, ranges, shares, clocks, on both sides of each rule."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from inedit.guard.nlp import arithmetic
from inedit.guard.nlp.arithmetic import same_amount, same_clock, same_measure
from inedit.guard.nlp.asked_units import tells_average
from inedit.guard.nlp.composed import (
    _as,
    _between,
    _elliptic_prices,
    _period_of,
    _ranges,
    _small,
    _sum,
    _whole,
)
from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.numbers import add_up, may_follow, ordinal, read_number, spelled_decimals, word_values
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import Quantity
from inedit.guard.nlp.units import magnitude, unit_after
from inedit.model import Span


def q(
    value: str | int,
    dimension: str,
    number: str | int | None = None,
    at: tuple[int, int] = (0, 1),
    **more: Any,
) -> Quantity:
    """A figure of its own; ``number`` as its value where nothing else is said."""
    return Quantity(
        Span(*at), Decimal(value), dimension, Decimal(value if number is None else number), **more
    )


def read(text: str, language: str) -> list[str]:
    """Each figure in short: its value, its measure, and whatever else is said of it."""
    said = []
    for one in find_quantities(text, language):
        more = (
            one.approximate,
            one.bound,
            one.period and f"a {one.period}",
            one.whole and f"{one.part}/{one.whole}",
        )
        said.append(" ".join(map(str, filter(None, (f"{one.value.normalize():f}", one.dimension, *more)))))
    return said


@pytest.mark.parametrize(
    ("last", "first", "joined", "follows"),
    [
        (9, 100, False, True), (10, 100, False, False), (1000, 100, False, True), (999, 100, False, False),
        (20, 1000, False, True), (500, 1000, False, True), (100, 99, False, True), (99, 99, False, False),
        (20, 1, False, True), (19, 1, False, False), (90, 9, False, True), (91, 9, False, False),
        (10, 7, False, True), (10, 6, False, False), (11, 7, False, False), (60, 11, True, True),
        (60, 12, True, False), (50, 11, True, False), (60, 11, False, True), (60, 19, False, True),
        (60, 20, False, False), (50, 11, False, False), (4, 20, False, True), (4, 30, False, False),
        (3, 20, False, False), (90, 10, False, False),
    ],
)  # fmt: skip
def test_which_number_may_follow_another(last: int, first: int, joined: bool, follows: bool) -> None:
    """« vingt et un », « soixante et onze », « dix-sept », « quatre-vingts », “nine hundred”: never “ten hundred”."""
    assert may_follow((last,), (first,), joined=joined) is follows


def test_what_follows_eighty() -> None:
    """« quatre-vingt-dix-neuf », not « quatre-vingt-vingt »."""
    assert may_follow((4, 20), (19,), joined=False)
    assert not may_follow((4, 20), (20,), joined=False)
    assert not may_follow((5, 20), (19,), joined=False)


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ((), 0), ((7,), 7), ((20, 5), 25), ((100,), 100), ((3, 100), 300), ((3, 100, 20), 320),
        ((1000,), 1000), ((2, 1000, 1), 2001), ((2, 100, 1000), 200_000), ((4, 20), 80), ((4, 20, 19), 99),
        ((100, 4, 20), 180), ((1_000_000, 2, 1000, 5), 1_002_005), ((14, 20), 34), ((999,), 999),
    ],
)  # fmt: skip
def test_number_words_added_up(values: tuple[int, ...], total: int) -> None:
    """Hundreds and thousands multiply what stands before them, « quatre-vingts » is eighty."""
    assert add_up(values) == total


@pytest.mark.parametrize(
    ("written", "value"),
    [("i", 1), ("iv", 4), ("vi", 6), ("ix", 9), ("xiv", 14), ("xix", 19), ("xxx", 30), ("21", 21)],
)
def test_roman_and_arabic_ordinals(written: str, value: int) -> None:
    """A smaller numeral before a larger one is taken away."""
    assert ordinal(written) == value


@pytest.mark.parametrize(
    ("following", "language", "decimals", "taken"),
    [
        (["point", "two", "five"], "en", "0.25", 3),
        (["point", "zero", "five"], "en", "0.05", 3),
        (["point", "twenty", "five"], "en", "0.25", 3),
        (["point", "nineteen", "five"], "en", "0.195", 3),
        (["point", "hundred"], "en", "0", 0),
        (["point"], "en", "0", 0),
        (["two", "five"], "en", "0", 0),
        ([], "en", "0", 0),
        (["point", "two", "sheets", "five"], "en", "0.2", 2),
        (["virgule", "vingt-cinq"], "fr", "0.0", 0),
    ],
)
def test_decimals_in_words(following: list[str], language: str, decimals: str, taken: int) -> None:
    """Digit by digit or as a number below a hundred, up to the first word that is none."""
    found = spelled_decimals(following, language_profile(language))
    assert (float(found[0]), found[1]) == (float(decimals), taken)


@pytest.mark.parametrize(
    ("written", "locale", "value"),
    [
        ("1 234,5", "fr", "1234.5"), ("1.234,5", "de", "1234.5"), ("1,234.5", "en", "1234.5"),
        ("1.234", "de_CH", "1234"), ("1'234.5", "de_CH", "1234.5"), ("1 234", "en", "1234"),
        ("1.2", "de_CH", "1.2"), ("12,34.5.6", "en", None),
    ],
)  # fmt: skip
def test_digits_as_a_language_or_its_neighbour_writes_them(
    written: str, locale: str, value: str | None
) -> None:
    """The language's own way first; what nobody writes so is no number."""
    assert read_number(written, locale) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("word", "values"),
    [
        ("funfundzwanzig", (20, 5)),
        ("zwei", (2,)),
        ("hundertdrei", (100, 3)),
        ("zweig", None),
        ("und", None),
        ("einundzwanzi", None),
    ],
)
def test_german_numbers_of_one_word(word: str, values: tuple[int, ...] | None) -> None:
    """Twenty and five, the smaller one first in the word."""
    assert word_values(word, language_profile("de")) == values


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("12", "en", 12), ("twelve", "en", 12), ("twenty-five", "en", 25), ("an", "en", 1), ("une", "fr", 1),
        ("quatre-vingt-dix", "fr", 90), ("sheet", "en", None), ("twenty-sheet", "en", None),
    ],
)  # fmt: skip
def test_a_small_number_in_digits_or_words(written: str, language: str, value: int | None) -> None:
    """An article is one, half a number is none."""
    assert _small(written, language_profile(language)) == value


@pytest.mark.parametrize(
    ("of", "rest", "whole"),
    [
        (100, " vingt", (120, 11)),
        (100, " cent", (100, 5)),
        (99, " vingt", (99, 5)),
        (100, " draps", (100, 5)),
        (100, "-vingt", (120, 11)),
    ],
)
def test_a_number_that_goes_on_behind_its_hundred(of: int, rest: str, whole: tuple[int, int]) -> None:
    """« quarante-huit sur cent vingt »: less than a hundred more."""
    assert _whole(of, 5, "x" * 5 + rest, language_profile("fr")) == whole


def test_digits_do_not_go_on_in_words() -> None:
    """“of 100 twenty” are two numbers."""
    assert _whole(100, 3, "100 vingt", language_profile("fr")) == (100, 3)


@pytest.mark.parametrize(
    ("rest", "language", "money", "end", "times"),
    [
        ("3 millions", "fr", False, 10, 10**6),
        ("3 cents", "en", False, 1, 1),
        ("3 thousand", "en", False, 10, 1000),
        ("3 mio", "de", False, 5, 10**6),
        ("3 mio.", "de", False, 6, 10**6),
        ("3 mrd.", "de", False, 6, 10**9),
        ("3 tsd.", "de", False, 6, 10**3),
        ("3k", "en", False, 2, 1000),
        ("3M", "en", False, 2, 10**6),
        ("3bn", "en", False, 3, 10**9),
        ("3m", "en", False, 1, 1),
        ("3m", "en", True, 2, 10**6),
        ("3 m", "en", False, 1, 1),
        ("3 m", "en", True, 3, 10**6),
        ("3 md €", "fr", False, 4, 10**9),
        ("3 mm €", "es", False, 4, 10**6),
        ("3 mn €", "en", False, 4, 10**6),
        ("3 bn €", "en", False, 4, 10**9),
        ("3 mil m€", "es", False, 7, 10**9),
        ("3 sheets", "en", False, 1, 1),
        ("3.", "en", False, 1, 1),
    ],
)
def test_what_a_magnitude_is_worth(rest: str, language: str, money: bool, end: int, times: int) -> None:
    """A word, or a short one where it is of money or glued to the digits; both multiply."""
    assert magnitude(rest.lower(), rest, 1, language_profile(language), money=money) == (end, times)


@pytest.mark.parametrize(
    ("rest", "end", "language", "unit"),
    [
        ("5 kg", 1, "en", ("g", 4)),
        ("5kg", 1, "en", ("g", 3)),
        ("5-kg", 1, "en", ("g", 4)),
        ("5 of kg", 1, "en", ("g", 7)),
        ("5 kgs2", 1, "en", None),
        ("5 x 6", 1, "en", None),
        ("5  kg", 1, "en", None),
        ("vent'anni", 4, "it", ("months", 9)),
        ("lot 5 l'emporte", 5, "fr", None),
        ("5 l d'eau", 1, "fr", ("l", 3)),
    ],
)
def test_the_unit_right_after_a_number(
    rest: str, end: int, language: str, unit: tuple[str, int] | None
) -> None:
    """Glued to it, behind one space or hyphen, or behind “of”; a letter before an apostrophe is a word."""
    found = unit_after(rest, end, language_profile(language))
    assert (found and (found[0].dimension, found[1])) == unit


@pytest.mark.parametrize(
    ("gap", "language", "between"),
    [
        (" to ", "en", "to"), ("-", "en", "-"), (" – ", "en", "–"), (" e il ", "it", "e"), (" a il ", "it", "a"),
        (" to a ", "en", ""), ("", "en", ""), (" sheets ", "en", ""), (" bis ", "de", "bis"), (" to the ", "en", "to"),
    ],
)  # fmt: skip
def test_what_joins_the_ends_of_a_range(gap: str, language: str, between: str) -> None:
    """A dash or “to”, with articles only behind it."""
    assert _between(gap, language_profile(language)) == between


@pytest.mark.parametrize(
    ("first", "second", "gap", "joined"),
    [
        (q(120, "minutes", 2), q(30, "minutes", 30), " and ", (150, "minutes")),
        (q(120, "minutes", 2), q(60, "minutes", 60), " and ", None),  # an hour is no part of hours
        (q(120, "minutes", 2), q(30, "count", 30), " ", (150, "minutes")),
        (q(120, "minutes", 2), q(60, "count", 60), " ", None),
        (q(120, "minutes", 2), q(59, "count", 59), " ", (179, "minutes")),
        (q(120, "minutes", 2), q(1, "count", 1), " ", (121, "minutes")),
        (q(120, "minutes", 2), q(0, "count", 0), " ", None),
        (q(120, "minutes", 2), q(30, "count", 30), " and ", None),
        (q(2, "minutes", 2), q(30, "count", 30), " ", None),  # minutes have no minutes
        (q(120, "minutes", 2), q(30, "count", 30, approximate="about"), " ", None),
        (q(480, "time", 8), q(30, "minutes", 30), " ", (510, "time")),
        (q(480, "time", 0), q(59, "minutes", 59), " ", (539, "time")),
        (q(480, "time", 0), q(60, "minutes", 60), " ", None),
        (q(12, "months", 1), q(6, "months", 6), " and ", (18, "months")),
        (q(12, "months", 1), q(12, "months", 12), " and ", None),
        (q(6, "months", 6), q(6, "months", 6), " and ", None),
        (q(20, "count", 20), q(14, "count", 14), " ", (2014, "year")),
        (q(20, "count", 20), q(9, "count", 9), " ", None),
        (q(20, "count", 20), q(10, "count", 10), " ", (2010, "year")),
        (q(20, "count", 20), q(99, "count", 99), " ", (2099, "year")),
        (q(20, "count", 20), q(100, "count", 100), " ", None),
        (q(21, "count", 21), q(14, "count", 14), " ", None),
        (q(10, "count", 10), q(14, "count", 14), " ", None),
        (q(11, "count", 11), q(14, "count", 14), " ", (1114, "year")),
        (q(20, "count", 20), q(14, "count", 14), "-", None),
        (q(120, "minutes", 2), q(30, "minutes", 30), ", and ", None),
        (q(120, "minutes", 2), q(30, "g", 30), " and ", None),
    ],
)
def test_two_figures_that_are_one_sum(first: Quantity, second: Quantity, gap: str, joined: Any) -> None:
    """Hours with their minutes, years with their months, “twenty fourteen”; each part below its unit."""
    folded = f"one{gap}two"
    start = 3 + len(gap)
    one = Quantity(Span(0, 3), first.value, first.dimension, first.number)
    two = Quantity(
        Span(start, start + 3), second.value, second.dimension, second.number, approximate=second.approximate
    )
    found = _sum(one, two, folded)
    assert (found and (int(found.value), found.dimension)) == joined
    assert found is None or found.span == Span(0, start + 3)


def test_digits_side_by_side_are_no_year_and_a_full_stop_ends_an_hour() -> None:
    """“20 14”, “at 6.50 pm. 21 of them”."""
    one, two = q(20, "count", at=(0, 2)), q(14, "count", at=(3, 5))
    assert _sum(one, two, "20 14") is None
    hour = q(1130, "time", 0, at=(0, 2))
    assert _sum(hour, q(21, "count", at=(3, 5)), "m. 21") is None
    assert _sum(hour, q(21, "count", at=(3, 5)), "mm 21") is not None


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("68 euros, une autre 145.", "EUR"),
        ("68 euros, une autre 145 pages.", "count"),
        ("68 kilos, une autre 145.", "count"),
        ("68 euros: une autre 145.", "count"),
        ("68 euros et une autre 145", "EUR"),
        ("68 euros une deux trois quatre cinq 145.", "count"),
    ],
)
def test_a_bare_number_that_ends_what_follows_a_price(text: str, second: str) -> None:
    """« une monture coûte 68 euros, une autre 145. », at most four words between."""
    at = text.index("145")
    price = q(68, "EUR" if "euros" in text else "g", at=(0, 8))
    assert _elliptic_prices([price, q(145, "count", at=(at, at + 3))], text)[1].dimension == second


@pytest.mark.parametrize(
    ("low", "high", "between", "read_as"),
    [
        (q(80, "count"), q(120_000, "mm", 120), " to ", ["80000 mm low 120000", "120000 mm high 80000"]),
        (q(120, "count"), q(80_000, "mm", 80), " to ", ["120000 mm", "80000 mm"]),
        (q(80, "count"), q(120, "count"), " to ", ["80 count low 120", "120 count high 80"]),
        (q(80, "count"), q(80, "count"), " to ", ["80 count", "80 count"]),
        (q(80, "count"), q(120, "count"), " or ", ["80 count", "120 count"]),
        (q(80, "count"), q(120, "count"), " and ", ["80 count", "120 count"]),
        (q(80, "g"), q(120, "EUR"), " to ", ["80 g", "120 EUR"]),
        (q(0, "percent"), q(80, "percent"), " to ", ["80 percent"]),
        (q(540, "time", 9), q(18, "count"), " to ", ["540 time low 1080", "1080 time high 540"]),
        (q(9, "count"), q(1110, "time", 0), " to ", ["540 time low 1110", "1110 time high 540"]),
        (q(540, "time", 9), q(600, "minutes", 10), " to ", ["540 time low 600", "600 minutes high 540"]),
    ],
)
def test_both_ends_of_a_range(low: Quantity, high: Quantity, between: str, read_as: list[str]) -> None:
    """With the measure of the second, each knowing the other; nothing is measured at nought."""
    folded = f"aa{between}bb"
    two = Span(len(folded) - 2, len(folded))
    pair = (
        Quantity(Span(0, 2), low.value, low.dimension, low.number),
        Quantity(two, high.value, high.dimension, high.number),
    )
    found = _ranges(pair, folded, language_profile("en"))
    shown = [
        " ".join(map(str, filter(None, (f"{one.value:f}", one.dimension, one.bound, one.partner))))
        for one in found
    ]
    assert shown == read_as


def test_a_bare_end_is_read_in_the_measure_of_the_other() -> None:
    """Hours with a point, days of a month up to the 31st, any other by its unit."""
    hour = q(1080, "time", 18)
    assert _as(q("9.30", "count", at=(0, 4)), hour, "9.30").value == 570
    assert _as(q(9, "count", at=(0, 1)), hour, "9").value == 540
    date = q(512, "date", 0, year=2026)
    day = _as(q(31, "count"), date, "31")
    assert (day.value, day.dimension, day.year) == (531, "date", 2026)
    assert _as(q(32, "count"), date, "32").value == 32
    assert _as(q(2, "count"), q(3000, "g", 3), "2").value == 2000
    assert _as(q(2, "count"), q(3000, "g", 0), "2").value == 2


@pytest.mark.parametrize(
    ("quantity", "period"),
    [
        (q(1, "months", 1), "month"), (q(12, "months", 1), "year"), (q(6, "months", 1), ""),
        (q(12, "months", 12), ""), (q(1440, "minutes", 1), "day"), (q(10080, "minutes", 1), "week"),
        (q(60, "minutes", 1), "hour"), (q(60, "g", 1), ""), (q(1440, "minutes", 0), "day"),
        (q(1440, "minutes", 1, approximate="under"), ""), (q(1440, "minutes", 1, approximate="about"), "day"),
        (q(1440, "minutes", 1, period="week"), ""),
    ],
)  # fmt: skip
def test_one_unit_of_time_is_a_period(quantity: Quantity, period: str) -> None:
    """Of one unit, without a limit."""
    assert _period_of(quantity) == period


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [
        ("fr", "41 lavages en un an", ["41 count a year"]),
        ("en", "half past seven", ["450 time"]),
        ("en", "a quarter to eight", ["465 time"]),
        ("en", "twenty past six", ["380 time"]),
        ("de", "halb sieben", ["390 time"]),
        ("fr", "huit heures moins le quart", ["465 time"]),
        ("es", "a las siete y diez", ["430 time"]),
        ("en", "9 of 10 guests", ["90 percent about 9/10"]),
        ("en", "10 of 11 guests", ["90.91 percent 10/11"]),
        ("en", "one in nine guests", ["11.11 percent 1/9"]),
        ("fr", "deux heures et demie", ["150 minutes"]),
        ("de", "anderthalb Stunden", ["90 minutes"]),
        ("fr", "un million et demi d'euros", ["1500000 EUR"]),
        ("fr", "un million et demi de draps", ["1500000 count"]),
        ("en", "€12.50", ["12.5 EUR"]),
        ("fr", "12 €50", ["12.5 EUR"]),
        ("fr", "douze euros quatre-vingt-dix", ["12.9 EUR"]),
        ("fr", "six euros et une pierre", ["6 EUR"]),
        ("es", "nueve euros y ocho días", ["9 EUR", "11520 minutes"]),
        ("es", "nueve euros y cincuenta", ["9.5 EUR"]),
        ("en", "nine euros and eight fresh jars", ["9 EUR", "8 count"]),
        ("en", "fifty-two thousand and one sheets", ["52001 count"]),
        ("en", "two point five kilos", ["2500 g"]),
        ("en", "2½ hours", ["150 minutes"]),
        ("en", "the 3rd sheet", ["3 ordinal"]),
        ("en", "in 1998", ["1998 year"]),
        ("en", "page 12", []),
        ("en", "1. Wash\n2. Rinse", []),
        ("en", "twenty fourteen", ["2014 year"]),
        ("en", "80 to 120 km", ["80000000 mm low", "120000000 mm high"]),
        ("en", "€9.90 a month", ["9.9 EUR a month"]),
        ("en", "thousands of sheets", ["1000 count about"]),
    ],
)
def test_what_is_read_of_a_phrase(language: str, text: str, figures: list[str]) -> None:
    """Its figures in base units, as whoever writes the language means them."""
    assert read(text, language) == figures


@pytest.mark.parametrize(
    ("given", "said", "same"),
    [
        (q(540, "time"), q(1260, "time"), True),  # nine on a clock's face
        (q(540, "time"), q(1259, "time"), False),
        (q(720, "time"), q(1440, "time"), True),
        (q(721, "time"), q(1441, "time"), False),
        (q("33.3", "percent"), q(33, "percent"), True),
        (q("33.5", "percent"), q(33, "percent"), True),
        (q("33.6", "percent"), q(33, "percent"), False),
        (q(33, "percent"), q(34, "percent"), False),
        (q(100, "g"), q(100, "g"), True),
        (q(101, "g"), q(100, "g"), False),
        (q(110, "g"), q(100, "g", approximate="over"), True),
        (q(111, "g"), q(100, "g", approximate="over"), False),
        (q(99, "g"), q(100, "g", approximate="over"), False),
        (q(91, "g"), q(100, "g", approximate="under"), True),
        (q(90, "g"), q(100, "g", approximate="under"), False),
        (q(101, "g"), q(100, "g", approximate="under"), False),
        (q(91, "g"), q(100, "g", approximate="about"), True),
        (q(110, "g"), q(100, "g", approximate="about"), True),
        (q(111, "g"), q(100, "g", approximate="about"), False),
        (q(310, "g"), q(311, "g", approximate="under"), False),  # what is rounded has no digit more
        (q(101, "EUR"), q(100, "EUR", approximate="about"), False),  # a price is exact
        (q(2001, "year"), q(2000, "year", approximate="about"), False),
        (q(2000, "count"), q(1000, "count", vague=True), True),
        (q(1999, "count"), q(1000, "count", vague=True), False),
        (q(999_999, "count"), q(1000, "count", vague=True), True),
        (q(1_000_000, "count"), q(1000, "count", vague=True), False),
        (q(94, "percent"), q(50, "percent", 0, approximate="over"), True),  # most
        (q(50, "percent"), q(50, "percent", 0, approximate="over"), False),
        (q(10_080, "minutes", 1), q(11_520, "minutes", 8), True),  # eight days for a week
        (q(20_160, "minutes", 2), q(21_600, "minutes", 15), True),
        (q(20_160, "minutes", 2), q(11_520, "minutes", 8), False),
        (q(60_480, "minutes", 6), q("1.5", "months"), True),  # six weeks
        (q(50_400, "minutes", 5), q("1.5", "months"), False),
        (q(160_000, "minutes", 16), q(4, "months"), False),
        (q(120, "minutes", 2), q(120, "time", 2), True),
        (q(30, "percent", part=3, whole=10), q(30, "percent", part=3, whole=10), True),
        (q("68.33", "percent", part=41, whole=60), q(68, "percent", part=17, whole=25), False),
        (q("68.33", "percent", part=41, whole=60), q("68.33", "percent", part=82, whole=120), True),
        (q(5, "EUR", period="month"), q(5, "EUR", period="year"), False),
        (q(5, "EUR", period="month"), q(5, "EUR"), True),
        (q(14, "g", approximate="under"), q(14, "g", approximate="over"), False),
        (q(80, "g", bound="low", partner=Decimal(120)), q(80, "g", approximate="from"), True),
        (q(80, "g", bound="low", partner=Decimal(120)), q(80, "g", approximate="over"), True),
        (q(80, "g", bound="low", partner=Decimal(120)), q(80, "g"), False),
        (q(120, "g", bound="high", partner=Decimal(80)), q(120, "g", approximate="under"), True),
        (q(120, "g", bound="high", partner=Decimal(80)), q(120, "g", approximate="over"), False),
        (q(80, "g"), q(80, "g", bound="low", partner=Decimal(120)), False),
    ],
)
def test_when_two_figures_say_the_same_amount(given: Quantity, said: Quantity, same: bool) -> None:
    """Exactly, as far as a word loosens it, or as people call it."""
    assert same_amount(given, said, 2026) is same


def test_the_ends_of_two_ranges_are_compared_by_their_other_ends() -> None:
    """Hours on a clock's face may be half a day apart."""
    low = q(540, "time", bound="low", partner=Decimal(1080))
    for partner, same in ((1080, True), (360, True), (1081, False), (359, False)):
        assert same_amount(low, q(540, "time", bound="low", partner=Decimal(partner)), 2026) is same
    assert not same_amount(low, q(540, "time", bound="low"), 2026)
    assert not same_amount(low, q(540, "time", bound="high", partner=Decimal(1080)), 2026)


def test_a_clocks_face_and_what_measures_are_worth() -> None:
    """Twelve hours on one face; a month is a twelfth of a year, a night a day."""
    assert same_clock(Decimal(390), Decimal(1110))
    assert not same_clock(Decimal(390), Decimal(1109))
    assert not same_clock(Decimal(721), Decimal(1441))
    assert arithmetic.MINUTES == {"minutes": 1, "time": 1, "nights": 1440, "months": 365 * 1440 // 12}
    assert not same_measure(q(1, "count", vague=True), q(1, "percent"))
    half, most = q(50, "percent"), q(50, "percent", 0, approximate="over")
    assert (same_measure(half, most), same_measure(most, half)) == (True, False)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("How many hours does it rest? 26.", ["1560 minutes"]),
        ("How many hours does it rest? 26 loaves.", ["26 count"]),
        ("How many hours does it rest? 999.", ["59940 minutes"]),
        ("How many hours does it rest? 1000.", ["1000 count"]),
        ("Hours of rest! 26.", ["26 count"]),
        ("How many hours? How many loaves? 26.", ["26 count"]),
        ("How many loaves does it give? 26.", ["26 count"]),
        ("How many euros does it cost? 26.", ["26 count"]),
        ("How many hours does it rest? 8, 14 and 26.", ["8 count", "14 count", "26 count"]),
    ],
)
def test_a_bare_number_that_answers_a_unit(text: str, figures: list[str]) -> None:
    """It ends its clause, is below a thousand, and the question right before it names the unit."""
    assert read(text, "en") == figures


@pytest.mark.parametrize(
    ("sentence", "average"),
    [
        ("On average, 17.", True),
        ("It lasts 17 years on average.", True),
        ("It lasts 17 years.", False),
        ("Averages.", False),
    ],
)
def test_a_sentence_that_tells_an_average(sentence: str, average: bool) -> None:
    """In its own words, at its head too."""
    assert tells_average(sentence, "en") is average
