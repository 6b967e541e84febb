"""Whether a number in a text is the one of a fact: ages, ends of ranges, bare hours, units left out, on both sides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fakes.figures import entry_of, held, said_in
from inedit.guard.evidence.opening import is_an_hour, is_within_hours
from inedit.guard.evidence.same_figure import (
    is_an_age,
    is_an_end,
    is_an_hour_of_a_length,
    is_bare_hour,
    is_crossed,
    is_elliptic,
    is_named_hour,
    is_told_by_numbers,
    may_be_told,
    told_beside_its_rival,
)
from inedit.guard.evidence.told_together import told_together
from inedit.guard.evidence.without_unit import (
    is_another_age,
    is_another_average,
    is_bought,
    is_left_open,
    is_within_told_limit,
    is_without_unit,
)

STORY = "A team came with [nine topics], went home with four solved and left five to us."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They had [nine], they solved four, they gave away five.", True),
        ("They had nine, they solved [four], they gave away five.", False),  # of another number
        ("They had four, they solved [nine], they gave away five.", False),  # another order
        ("They had [nine], they solved four.", False),  # two numbers are no story
        ("They had [nine], they solved four, they gave away six.", False),
        ("They had [about nine], they solved four, they gave away five.", False),
        ("They did not have [nine], they solved four, they gave away five.", False),
        ("They had [nine kilos], they solved four, they gave away five.", False),
    ],
)
def test_a_story_of_three_numbers_is_told_by_them(text: str, told: bool) -> None:
    """All in its order, and no other number among them."""
    assert is_told_by_numbers(*held(STORY, text, kind="insight")) is told


def test_only_a_story_is_told_by_its_numbers() -> None:
    """A claim is not, nor is one whose figure counts nothing, nor a thing of the brand's that is counted."""
    text = "They had [nine], they solved four, they gave away five."
    assert not is_told_by_numbers(*held(STORY, text, kind="claim"))
    entry, known = entry_of(STORY, kind="insight", dimension="kg")
    assert not is_told_by_numbers(entry, said_in(text), known)
    sold = held(STORY, "They had [nine sheets], they solved four, they gave away five.", kind="insight",
                beside=("Our sheets last.",))  # fmt: skip
    assert not is_told_by_numbers(*sold)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Of 96 visitors [58] sent a photo by post.", True),
        ("Of 95 visitors [58] sent a photo by post.", False),
        ("Of 96 visitors [58] wrote a letter.", False),  # one word of the fact at most
        ("Of 96 visitors [9] sent a photo by post.", False),
        ("Of 96 visitors not [58] sent a photo by post.", False),
    ],
)
def test_two_counts_of_one_fact_are_told_together(text: str, told: bool) -> None:
    """Two telling counts in one sentence, beside two words of their fact; a denial tells nothing."""
    entry, known = entry_of("Of the 96 people, [58 people] sent a photo by post.")
    said = said_in(text, dimension="count", value=Decimal(58), number=Decimal(58), counted="")
    if "[9]" in text:
        said = said_in(text, dimension="count", value=Decimal(9), number=Decimal(9))
    assert (told_together([entry], said, known, 2026) is entry) is told
    assert told_together([], said, known, 2026) is None


@pytest.mark.parametrize(
    ("given", "said", "language", "apart"),
    [
        (("time", 7), ("minutes", 7), "en", True),
        (("minutes", 7), ("time", 7), "en", True),
        (("time", 7), ("minutes", 7), "fr", False),
        (("time", 7), ("time", 7), "en", False),
        (("minutes", 7), ("minutes", 7), "en", False),
        (("time", 0), ("minutes", 7), "en", False),
        (("time", 7), ("months", 7), "en", False),
    ],
)
def test_seven_hours_are_not_seven_o_clock(
    given: tuple[str, int], said: tuple[str, int], language: str, apart: bool
) -> None:
    """Except in French, which says both in one way, and where the hour has no number."""
    entry, _ = entry_of("On ferme, [7 h]." if language == "fr" else "We close, [7 pm].", language,
                        dimension=given[0], number=Decimal(given[1]))  # fmt: skip
    told = said_in("We close, [7 pm].", dimension=said[0], number=Decimal(said[1]))
    assert is_an_hour_of_a_length(entry, told) is apart


@pytest.mark.parametrize(
    ("kind", "text", "may"),
    [
        ("insight", "We saw [12 sheets].", True),
        ("insight", "We saw [12 towels].", False),
        ("withheld", "We saw [12 towels].", True),
        ("insight", "We saw [12 kg].", True),
    ],
)
def test_a_count_of_a_story_counts_the_same(kind: str, text: str, may: bool) -> None:
    """A claim's amount may come from it whatever is counted."""
    entry, said, _ = held("She had [12 sheets] left.", text, kind=kind)
    assert may_be_told(entry, said) is may


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("On good days [120 km], on bad days 80.", True),
        ("On good days [120], on bad days 80.", True),
        ("On good days [120 km], on bad days 81.", False),
        ("On good days [121 km], on bad days 80.", False),
        ("On good days [120 kg], on bad days 80.", False),
        ("On good days [120 towels], on bad days 80.", False),
        ("On good days [80 to 120 km].", False),  # it is a range itself
    ],
)
def test_one_end_of_a_range_beside_the_other(text: str, end: bool) -> None:
    """Bare, or with the unit of the range, in a sentence that gives the other end too."""
    entry, known = entry_of("The battery lasts 80 to [120 km].")
    high = next(e for e in known.entries if e.quantity.bound == "high")
    assert is_an_end(high.quantity, said_in(text)) is end
    assert entry.fact == high.fact


def test_a_figure_without_a_range_has_no_other_end() -> None:
    """Nor has one without a number."""
    said = said_in("On good days [120 km], on bad days 80.")
    entry, _ = entry_of("The battery lasts [120 km].")
    assert not is_an_end(entry.quantity, said)
    nothing, _ = entry_of("The battery lasts [120 km].", number=Decimal(0), partner=Decimal(80), bound="high")
    assert not is_an_end(nothing.quantity, said)


@pytest.mark.parametrize(
    ("fact", "kind", "text", "age"),
    [
        ("Jeanne is [71 years] old and sews.", "insight", "Jeanne is [71].", True),
        ("Jeanne is [71 years] old and sews.", "insight", "Jeanne is [72].", False),
        ("Jeanne is [71 years] old and sews.", "claim", "Jeanne is [71].", False),
        ("Jeanne is [71 years] old and sews.", "insight", "Marthe is [71].", False),
        ("Jeanne is [71 years] old and sews.", "insight", "Jeanne has [71 sheets].", False),
        ("Jeanne is [71 years] old and sews.", "insight", "Jeanne is [about 71].", False),
        ("Jeanne has [71 hours] to sew.", "insight", "Jeanne is [71].", False),
    ],
)
def test_a_bare_number_of_years_is_an_age(fact: str, kind: str, text: str, age: bool) -> None:
    """Of a story, beside one of its words."""
    entry, said, _ = held(fact, text, kind=kind)
    assert is_an_age(entry, said) is age


LITRES = "The barrel gave [412 litres] in June, 388 in January."


@pytest.mark.parametrize(
    ("fact", "text", "elliptic"),
    [
        (LITRES, "The barrel gave [412] in June.", True),
        (LITRES, "The barrel gave [411] in June.", False),
        (LITRES, "The barrel gave [412 bottles] in June.", False),
        (LITRES, "The well has [412] of them.", False),  # no word of the fact
        (LITRES, "The barrel gave [412 kg] in June.", False),  # two measures
        ("The barrel gave [412 litres] in June.", "The barrel gave [412] in June.", False),  # no other figure
        ("The barrel gave [412 barrels] in June, 388 in May.", "The barrel gave [412 litres].", False),
        (
            "A yearly check keeps the frame's guarantee for [four years].",
            "Check it yearly: the frame's guarantee lasts [four].",
            True,
        ),
        (
            "A yearly check keeps the frame's guarantee for [four years].",
            "The frame's guarantee lasts [four].",
            False,
        ),
        (
            "A yearly check keeps the frame's guarantee for [four kilos].",
            "Check it yearly: the frame's guarantee lasts [four].",
            False,
        ),
    ],
)
def test_one_of_two_figures_goes_without_its_unit(fact: str, text: str, elliptic: bool) -> None:
    """Beside a word of the fact; a small number of years or hours beside three."""
    assert is_elliptic(*held(fact, text)) is elliptic


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Order your loaf before [eleven].", True),
        ("Order your loaf before [ten].", False),
        ("Order your loaf with [eleven].", False),
        ("Order your loaf before [eleven guests].", False),
        ("Ring us up before [eleven].", False),
        ("The loaf is ready. Order before [eleven].", True),
        ("Order your loaf before [11 kg].", False),
    ],
)
def test_a_bare_hour_behind_a_word_of_time(text: str, hour: bool) -> None:
    """“Before eleven” of “before 11 am”, in a passage that has two words of the fact."""
    assert is_bare_hour(*held("Order a loaf before [11 am] on Wednesday.", text)) is hour


def test_a_bare_hour_is_one_of_the_morning_or_of_the_evening() -> None:
    """“Before eleven” of 11 pm, not of noon."""
    said = said_in("Order your loaf before [eleven].")
    for minutes, same in ((660, True), (1380, True), (720, False), (659, False)):
        entry, known = entry_of("Order a loaf before [11 am] on Wednesday.", value=Decimal(minutes))
        assert is_bare_hour(entry, said, known) is same


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Done by [noon].", True),
        ("Done by [12:00].", False),
        ("Done by [11 am].", False),
        ("Done in [12 hours].", False),
    ],
)
def test_noon_in_a_word(text: str, named: bool) -> None:
    """“By noon”, and nothing else."""
    assert is_named_hour(said_in(text)) is named


def test_a_tip_may_tell_what_its_insight_would_deny() -> None:
    """“At 7.40 … by noon”: where the text tells the insight's own figure as well."""
    tip, _ = entry_of("Be there by [noon].", kind="tip")
    rival, _ = entry_of("The queue begins at [7.40 am].", kind="insight")
    said = said_in("It begins at 7.40 am, be there by [noon].")
    assert told_beside_its_rival([tip], [rival], said) is tip
    assert told_beside_its_rival([tip], [rival], said_in("It begins at 7.50 am, be there by [noon].")) is None
    claim, _ = entry_of("The queue begins at [7.40 am].", kind="claim")
    assert told_beside_its_rival([tip], [claim], said) is None
    assert told_beside_its_rival([claim], [rival], said) is None
    length, _ = entry_of("The queue begins at [7.40 am].", kind="insight", dimension="minutes")
    assert told_beside_its_rival([tip], [length], said) is None


@pytest.mark.parametrize(
    ("text", "crossed"),
    [
        ("In June the barrel gave [388 litres].", False),
        ("In January the barrel gave [388 litres].", True),
        ("Then the barrel gave [388 litres].", False),
        ("In March the barrel gave [388 litres].", False),
    ],
)
def test_a_figure_with_the_month_of_the_other_one(text: str, crossed: bool) -> None:
    """« En juin, 388 litres » of another month's figure."""
    fact = "In January it gave 412 litres. In June the barrel gave [388 litres]."
    assert is_crossed(*held(fact, text)) is crossed


def test_a_month_itself_is_crossed_by_nothing() -> None:
    """It is what the text tells."""
    entry, known = entry_of("In January it gave 412 litres. In June the barrel gave [388 litres].")
    said = said_in("In January the barrel gave [388 litres].", dimension="month")
    assert not is_crossed(entry, said, known)


@pytest.mark.parametrize(
    ("fact", "text", "ours"),
    [
        ("The pump runs [41 times] a year, more in winter.", "The pump runs [41] a year.", True),
        ("The pump runs [41 times] a year, more in winter.", "The pump runs [42] a year.", False),
        ("The pump runs [41 times] a year, more in winter.", "The pump runs [41] a month.", False),
        ("The pump runs [41 times] a year, more in winter.", "The clock has [41] a year.", False),
        ("The pump runs [9 times] a year, more in winter.", "The pump runs [9] a year.", False),  # too small
        ("Children under [12 years] are free.", "Children under [twelve] are free.", True),
        ("Children under [12 years] are free.", "Children over [twelve] are free.", False),
        ("Children under [12 months] are free.", "Children under [twelve] are free.", False),
        ("Children under [12 years] are free.", "Dogs under [twelve] may swim.", False),
        ("The tunnel has [9.2 degrees].", "In degrees, the tunnel has [9.2].", True),
        ("The tunnel has [9.2 degrees].", "In steps, the tunnel has [9.2].", False),
        ("The tunnel has [9.2 degrees].", "In degrees, the square has [9.2].", False),
        ("The tunnel has [9 degrees].", "In degrees, the tunnel has [9].", False),
        ("The old tunnel has [9.2 degrees].", "The square has 33 degrees, the old tunnel [9.2].", True),
        ("The old tunnel has [9.2 degrees].", "The square has 33 metres, the old tunnel [9.2].", False),
        ("The old tunnel has [€9.20].", "The square has €33, the old tunnel [9.2].", False),
        ("The old tunnel has [92 %].", "The square has 33 %, the old tunnel [92].", False),
    ],
)
def test_a_number_of_ours_that_leaves_its_unit_to_the_words_around(fact: str, text: str, ours: bool) -> None:
    """The period, the unit that is asked for, or another figure in it close by says what is measured."""
    assert is_without_unit(*held(fact, text)) is ours


@pytest.mark.parametrize(
    ("fact", "text", "another"),
    [
        ("Children under [12 years] are free.", "Children under [fifteen] are free.", True),
        ("Children under [12 years] are free.", "Children under [twelve] are free.", False),
        ("Children under [12 years] are free.", "Children over [fifteen] are free.", False),
        ("Children of [12 years] are free.", "Children of [fifteen] are free.", False),
        ("Children under [12 months] are free.", "Children under [fifteen] are free.", False),
        ("Children under [12 years] are free.", "Children under [15 years] are free.", False),
        ("Children under [12 years] are free.", "Dogs under [fifteen] are free.", False),
    ],
)
def test_another_limit_of_age_without_its_unit(fact: str, text: str, another: bool) -> None:
    """“Children under fifteen” of under 12 years, in a clause that tells the fact."""
    assert is_another_age(*held(fact, text)) is another


AGE = "Pumps come in for repair after [17 years] on average."


@pytest.mark.parametrize(
    ("fact", "text", "another"),
    [
        (AGE, "Pumps come in for repair at [27 years] on average.", True),
        (AGE, "Pumps come in for repair at [27 years].", False),
        (AGE, "Boats sink at [27 years] on average.", False),
        (AGE, "When do pumps come in for repair? On average, [27].", True),
        (AGE, "When do pumps come in for repair? On average the boats in it have [27].", False),
        ("Pumps come in for repair after [17 years].", "Pumps come in for repair at [27] on average.", False),
    ],
)
def test_another_average_of_what_a_fact_tells(fact: str, text: str, another: bool) -> None:
    """In its sentence, or in the question right before a short answer."""
    entry, said, _ = held(fact, text)
    assert is_another_average(entry, said) is another


@pytest.mark.parametrize(
    ("text", "bought"),
    [
        ("[Two pats] of butter come to €9.20.", True),
        ("[Two pats] of butter come to €9.30.", False),
        ("[Three pats] of butter come to €9.20.", False),
        ("[Two pats] of butter come to $9.20.", False),
        ("[Two] of them come to €9.20.", False),
        ("[Two kilos] of butter come to €9.20.", False),
    ],
)
def test_so_many_of_a_thing_as_the_price_beside_them_makes(text: str, bought: bool) -> None:
    """“Two pats come to €9.20” of a pat at €4.60."""
    assert is_bought(*held("A pat of butter costs [€4.60].", text)) is bought


LIMIT = "Children under [12 years] are free."


@pytest.mark.parametrize(
    ("fact", "text", "inside"),
    [
        (LIMIT, "A girl of [seven years] smiles. Under 12 years children are free.", True),
        (LIMIT, "A girl of [12 years] smiles. Under 12 years children are free.", False),
        (LIMIT, "A girl of [13 years] smiles. Under 12 years children are free.", False),
        (LIMIT, "A girl of [seven years] smiles. Children are free.", False),  # the limit is not told
        (LIMIT, "A girl of [seven years] smiles. Over 12 years children are free.", False),
        (LIMIT, "A tree of [seven years] stands. Under 12 years children are free.", False),
        (LIMIT, "A girl of [seven months] smiles. Under 12 years children are free.", False),
        (LIMIT, "A girl of [about seven years] smiles. Under 12 years children are free.", False),
        (LIMIT, "A girl of [seven years] smiles. Under 12 years dogs go.", False),
        (
            "Guests over [65 years] are free.",
            "A person of [70 years] smiles. Guests over 65 years are free.",
            True,
        ),
        (
            "Guests over [65 years] are free.",
            "A person of [60 years] smiles. Guests over 65 years are free.",
            False,
        ),
    ],
)
def test_somebody_on_the_side_of_a_limit_that_the_text_tells(fact: str, text: str, inside: bool) -> None:
    """Only a person's age; the limit stands in the text as well."""
    assert is_within_told_limit(*held(fact, text)) is inside


def test_what_is_left_open_is_left_so_in_any_of_three_ways() -> None:
    """Without a unit, bought by the piece, or on the side of a limit."""
    assert is_left_open(
        *held("The pump runs [41 times] a year, more in winter.", "The pump runs [41] a year.")
    )
    assert is_left_open(*held("A pat of butter costs [€4.60].", "[Two pats] of butter come to €9.20."))
    told = "A girl of [seven years] smiles. Under 12 years children are free."
    assert is_left_open(*held(LIMIT, told))
    assert not is_left_open(*held(LIMIT, "A tree of [seven years] stands in the yard."))


@pytest.mark.parametrize(
    ("fact", "text", "hour"),
    [
        ("The shop is open from 9 am to [6.30 pm].", "The shop closes at [6.30 pm].", True),
        ("The shop is open from 9 am to [6.30 pm].", "The shop opens at [6.30 pm].", False),
        ("The shop is open from 9 am to [6.30 pm].", "The shop closes at [6.40 pm].", False),
        ("The shop is open from 9 am to [6.30 pm].", "The shop shines at [6.30 pm].", False),
        ("The shop is open from [9 am] to 6.30 pm.", "The shop opens at [9 am].", True),
        ("The shop is open from [9 am] to 6.30 pm.", "The shop closes at [9 am].", False),
        ("The shop is open from [9 am] to 6.30 pm.", "The shop opens at [nine].", True),
        ("The shop is open from [9 am] to 6.30 pm.", "The shop opens with [nine].", False),
        ("The shop is open at [9 am] too.", "The shop opens at [9 am].", False),  # no end
        ("The shop is open from [9 am] to 6.30 pm.", "The shop opens from [9 am] to 6 pm.", False),
    ],
)
def test_the_end_of_opening_hours_that_the_verb_names(fact: str, text: str, hour: bool) -> None:
    """« ferme à 18 h 30 » has the second one, “opens at nine” the first."""
    entry, said, known = held(fact, text)
    if said.quantity.bound or entry.quantity.bound or not hour:
        bound = [e for e in known.entries if e.quantity.span == entry.quantity.span]
        assert any(is_an_hour(e, said, "en") for e in bound) is hour
    else:
        assert is_an_hour(entry, said, "en")


HOURS = "The line is open from [8 am] to 10 pm."


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("At [9 pm] the line is still open.", True),
        ("At [10 pm] the line is still open.", False),
        ("At [8 am] the line is already open.", False),
        ("At [8.01 am] the line is already open.", True),
        ("At [9 pm] the line is open.", False),  # neither still nor already
        ("At [9 pm] the line is no longer open, still.", False),
        ("At [nine] the line is still open.", True),
        ("At [21:00] the cat is still awake.", False),
    ],
)
def test_an_hour_between_opening_and_closing(text: str, within: bool) -> None:
    """Between the two ends, at which something is still, or already, open."""
    _, known = entry_of(HOURS)
    low = next(e for e in known.entries if e.quantity.bound == "low")
    high = next(e for e in known.entries if e.quantity.bound == "high")
    said = said_in(text)
    assert is_within_hours(low, said, "en") is within
    assert not is_within_hours(high, said, "en")


def test_the_figure_between_hours_is_exact_and_no_end() -> None:
    """Neither “about nine” nor one end of a range."""
    low = next(e for e in entry_of(HOURS)[1].entries if e.quantity.bound == "low")
    changes: tuple[dict[str, Any], ...] = (
        {"approximate": "about"},
        {"bound": "low"},
        {"dimension": "minutes"},
    )
    for change in changes:
        assert not is_within_hours(low, said_in("At [9 pm] the line is still open.", **change), "en")
