"""Figures that follow from those of a fact, rule by rule: each beside the nearest one that does not follow."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fakes.figures import entry_of, held, said_in
from inedit.guard.evidence.worked_out import (
    is_bare_time,
    is_between,
    is_derived,
    is_done_so_often,
    is_in_time,
    is_later_month,
    is_past_limit,
)

YEAR = 2026


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("Orders placed before [11 am] leave today.", "At 10.30 am you order, and it leaves today.", True),
        ("Orders placed before [11 am] leave today.", "At 6 am you order, and it leaves today.", True),
        ("Orders placed before [11 am] leave today.", "At 5.59 am you order, and it leaves today.", False),
        ("Orders placed before [11 am] leave today.", "At 11 am you order, and it leaves today.", False),
        ("Orders placed before [11 am] leave today.", "At 11.30 am you order, and it leaves today.", False),
        ("Orders placed before [11 am] leave today.", "By 10.30 am you order, and it leaves today.", False),
        ("Orders placed before [11 am] leave today.", "At 10.30 am the kettle sings for us.", False),
        ("Orders placed at [11 am] leave today.", "At 10.30 am you order, and it leaves today.", False),
        ("Orders placed by eight before [11 am] leave.", "At 10.30 am you order, and it leaves.", False),
        ("Orders are in time before [11]: they leave today.", "At 10.30 am you order, and it leaves.", True),
        (
            "Orders placed before [11 pounds] leave today.",
            "At 10.30 am you order, and it leaves today.",
            False,
        ),
    ],
)
def test_an_hour_early_enough_for_a_limit(fact: str, text: str, follows: bool) -> None:
    """At most five hours before the limit, which the fact sets and the text does not."""
    rest = text.partition(" ")[2]
    hour, unit = rest.split()[:2]
    entry, said, known = held(fact, text.replace(f"{hour} {unit}", f"[{hour} {unit}]"))
    assert is_in_time(entry, said, known.language) is follows


@pytest.mark.parametrize(("between", "follows"), [("abcdef", True), ("abcdefg", False)])
def test_a_limit_stands_fourteen_characters_before_its_hour(between: str, follows: bool) -> None:
    """“before” and whatever leads the hour."""
    entry, known = entry_of(f"Orders placed before {between} [11 am] leave today.")
    said = said_in("At [10.30 am] you order, and it leaves today.")
    assert is_in_time(entry, said, known.language) is follows


@pytest.mark.parametrize(
    ("change", "follows"),
    [
        ({}, True),
        ({"approximate": "about"}, False),
        ({"bound": "low"}, False),
        ({"dimension": "minutes"}, False),
        ({"dimension": "minutes", "has_left_context": False}, False),
    ],
)
def test_an_hour_that_sets_a_limit_itself_is_not_in_time(change: dict[str, Any], follows: bool) -> None:
    """An hour, told as such, without “about” and no end of a range."""
    entry, known = entry_of("Orders placed before [11 am] leave today.")
    said = said_in("At [10.30 am] you order, and it leaves today.", **change)
    assert is_in_time(entry, said, known.language) is follows


@pytest.mark.parametrize(
    ("text", "opens", "follows"),
    [
        ("[Dix heures et demie] : commandez, et le colis part.", False, True),
        ("[Dix heures et demie] : commandez, et le colis part.", True, False),
    ],
)
def test_a_french_hour_that_opens_a_sentence_may_be_one_of_the_day(
    text: str, opens: bool, follows: bool
) -> None:
    """« Dix heures et demie » at the head is no length of time; behind other words it may be."""
    entry, known = entry_of("Tout colis commandé avant [11 h] part le jour même.", "fr")
    said = said_in(text, "fr", dimension="minutes", has_left_context=opens)
    assert is_in_time(entry, said, known.language) is follows


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("The ferry leaves at [2.40 pm] and lands at 3.05 pm.", "The ferry lands [25 minutes] later.", True),
        ("The ferry leaves at [2.40 pm] and lands at 3.05 pm.", "The ferry lands [26 minutes] later.", False),
        ("The ferry leaves at [2.40 pm] and lands at 3.05 pm.", "The train stops [25 minutes] later.", False),
        (
            "The ferry leaves at [10.40 pm] and lands at 6.10 am.",
            "The ferry lands [450 minutes] later.",
            True,
        ),
        (
            "The ferry leaves at [10.40 pm] and lands at 6.10 am.",
            "The ferry lands [990 minutes] later.",
            True,
        ),
        ("We sewed a sheet in [1998] and mended it in 2011.", "The sheet was mended [13 years] after.", True),
        (
            "We sewed a sheet in [1998] and mended it in 2011.",
            "The sheet was mended [12 years] after.",
            False,
        ),
        (
            "We sewed a sheet in [1998] and mended it in 2011.",
            "The sheet was mended [13 minutes] after.",
            False,
        ),
        ("The ferry leaves at [2.40 pm] and lands at 3.05 pm.", "The ferry carries [25 people] then.", False),
        # the sentence before may say what it is about
        (
            "The ferry leaves at [2.40 pm] and lands at 3.05 pm.",
            "The ferry is gone. [25 minutes] later, tea.",
            True,
        ),
    ],
)
def test_the_time_between_two_moments_of_a_fact(fact: str, text: str, follows: bool) -> None:
    """In minutes between hours, round midnight too; in years between years."""
    assert is_between(*held(fact, text)) is follows


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("In [May 2026] we sow, in September we reap.", "We reap in [September 2026].", True),
        ("In [May 2026] we sow, in September we reap.", "We reap in [September 2027].", False),
        ("In [May 2026] we sow, in September we reap.", "We reap in [October 2026].", False),
        ("In [May 2026] we sow, in March we reap.", "We reap in [March 2026].", False),  # it is over by then
        ("In March we sow, in [May 2026] we reap.", "We sow in [March 2026].", False),  # named before
        ("In [May 2026] we sow, in September we reap.", "We reap in [2026].", False),
        ("In [2026] we sow, in September we reap.", "We reap in [September 2026].", False),
    ],
)
def test_a_month_that_a_fact_names_without_its_year(fact: str, text: str, follows: bool) -> None:
    """It comes behind a month with its year, and later in the same year."""
    entry, said, _ = held(fact, text)
    assert is_later_month(entry, said) is follows


@pytest.mark.parametrize(("month", "follows"), [(9, True), (5, False), (3, False)])
def test_a_deadline_by_a_month_alone(month: int, follows: bool) -> None:
    """It is one of those that the fact names, after the month that has its year."""
    entry, _ = entry_of("In [May 2026] we sow, in March, May or September we reap.")
    said = said_in("We reap by [September 2026].", dimension="deadline", value=Decimal(month))
    assert is_later_month(entry, said) is follows


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("A parcel takes at most [five trees].", "[Six trees] do not fit into a parcel.", True),
        ("A parcel takes at most [five trees].", "[Six trees] fit into a parcel.", False),
        ("A parcel takes at most [five trees].", "[Five trees] do not fit into a parcel.", False),
        ("A parcel takes at most [five trees].", "[Six chairs] do not fit into a parcel.", False),
        ("A parcel takes [five trees].", "[Six trees] do not fit into a parcel.", False),
        ("A parcel takes at most [five trees].", "More than [six trees] do not fit into a parcel.", False),
        ("A parcel takes at most [five kilos].", "[Six kilos] do not fit into a parcel.", False),
    ],
)
def test_more_than_a_limit_is_denied(fact: str, text: str, follows: bool) -> None:
    """„Sechs Bäume passen nicht“ of at most five, of the same things."""
    entry, said, _ = held(fact, text)
    assert is_past_limit(entry, said) is follows


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("Vous recevez [deux appels] par an.", "Il vous appelle [deux fois] par an.", True),
        ("Vous recevez [deux appels] par an.", "Il vous appelle [trois fois] par an.", False),
        ("Vous recevez [deux appels] par an.", "Il vous écrit [deux fois] par an.", False),
        ("Vous recevez [deux prix] par an.", "Il vous prie [deux fois] par an.", False),  # three letters
        ("Vous recevez [deux appels] par an.", "Il vous appelle [deux heures] par an.", False),
        ("Vous recevez [deux heures] par an.", "Il vous appelle [deux fois] par an.", False),
    ],
)
def test_a_number_of_times_of_what_a_fact_counts(fact: str, text: str, follows: bool) -> None:
    """The verb begins as what is counted does."""
    entry, said, _ = held(fact, text, "fr")
    assert is_done_so_often(entry, said) is follows


@pytest.mark.parametrize(
    ("given", "said", "follows"),
    [
        (("time", "460", ""), ("count", "7.40", ""), True),
        (("time", "461", ""), ("count", "7.40", ""), False),
        (("time", "420", ""), ("count", "7", ""), False),  # a whole number may be of anything
        (("count", "8", ""), ("time", "480", "8"), True),
        (("count", "8", ""), ("time", "1200", "8"), False),  # eight in the evening
        (("count", "8", ""), ("time", "480", "9"), False),
        (("minutes", "460", ""), ("count", "7.40", ""), False),
        (("time", "460", ""), ("minutes", "7.40", ""), False),
    ],
)
def test_a_time_of_day_with_its_number_alone(
    given: tuple[str, str, str], said: tuple[str, str, str], follows: bool
) -> None:
    """“When 7.40 comes round”: in the text, or in the fact."""
    entry, _ = entry_of(
        "The bakehouse opens at [8] sharp.",
        dimension=given[0],
        value=Decimal(given[1]),
        number=Decimal(given[2] or given[1]),
    )
    told = said_in(
        "Our bakehouse at [8] sharp.",
        dimension=said[0],
        value=Decimal(said[1]),
        number=Decimal(said[2] or said[1]),
    )
    assert is_bare_time(entry, told) is follows


def test_a_bare_time_of_a_fact_counts_nothing_and_has_a_word_in_common() -> None:
    """“At eight loaves” is none, nor is eight o'clock of something else."""
    hour: dict[str, Any] = {"dimension": "time", "value": Decimal(480), "number": Decimal(8)}
    bare, _ = entry_of("The bakehouse opens before [8], not later.")
    counts, _ = entry_of("The bakehouse opens with [8 loaves] sharp.")
    assert is_bare_time(bare, said_in("Our bakehouse opens before [8].", **hour))
    assert not is_bare_time(bare, said_in("Our ferry sails before [8].", **hour))
    assert not is_bare_time(counts, said_in("Our bakehouse opens before [8].", **hour))


@pytest.mark.parametrize(
    ("fact", "text", "other", "language"),
    [
        ("Orders placed before [11 am] leave today.", "At [10.30 am] you order, it leaves today.", 661, "en"),
        (
            "We sewed a sheet in [1998] and mended it in 2011.",
            "The sheet was mended [13 years] after.",
            144,
            "en",
        ),
        ("A parcel takes at most [five trees].", "[Six trees] do not fit into a parcel.", 4, "en"),
        ("Vous recevez [deux appels] par an.", "Il vous appelle [deux fois] par an.", 3, "fr"),
        ("In [May 2026] we sow, in September we reap.", "We reap in [September 2026].", 202608, "en"),
        ("Of 40 guests [10 were] late.", "[One guest in four] was late.", 40, "en"),
        ("The line is open from [8 am] to 10 pm.", "At [9 pm] the line is still open.", 1380, "en"),
        ("The shop is open from [8 am] to 6 pm.", "The shop opens at [8 am].", 490, "en"),
    ],
)
def test_each_way_is_asked_of_the_measures_that_it_knows(
    fact: str, text: str, other: int, language: str
) -> None:
    """A figure that follows in one way follows; one beside it does not."""
    entry, said, known = held(fact, text, language)
    follows = is_derived(entry, said, known, YEAR)
    beside = said_in(text, language, value=Decimal(other), number=Decimal(other))
    assert (follows, is_derived(entry, beside, known, YEAR)) == (True, False)
