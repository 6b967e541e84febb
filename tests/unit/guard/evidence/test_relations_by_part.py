"""What holds two things of a fact together, part by part: moments, orders, figures, rates, each on both sides."""

from __future__ import annotations

import pytest

from fakes.figures import marked
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.comparison import held_comparisons
from inedit.guard.evidence.relations.contrasts_in_figures import contrasts_in_figures
from inedit.guard.evidence.relations.mentions import (
    around,
    is_of,
    is_whole,
    mentions,
    noun_of,
    part_around,
    roots_near,
)
from inedit.guard.evidence.relations.order import (
    orders,
    turned_distance,
    turned_order,
)
from inedit.guard.evidence.relations.rates import turned_rates
from inedit.guard.evidence.relations.shared_words import alike, shared, stated_words, within
from inedit.guard.evidence.relations.stated_pairs import stated_pairs
from inedit.model import Span


def _fact(text: str, language: str = "en", kind: str = "claim") -> Fact:
    return Fact("f", kind, text, language)


# words, and what they are said of


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("bleistift", "bleistiftschild", True),
        ("sheet", "sheets", True),
        ("shee", "sheet", False),
        ("sheet", "shelf", False),
        ("ab", "ab", True),
    ],
)
def test_one_word_begins_another(one: str, other: str, same: bool) -> None:
    """Five letters at least, or the very word."""
    assert alike(one, other) is alike(other, one) is same
    assert shared([one, one], [other]) == ([one] if same else [])


def test_the_words_that_are_stated() -> None:
    """Words of content of three letters and more, and years; never numbers of other lengths."""
    text = "In 1998 we had 21 sheets on an ox, the 30th of 12000."
    assert [w.text for w in stated_words(text, "en")] == ["1998", "sheets"]
    assert [w.text for w in within(text, Span(text.index("sheets"), text.index("on")), "en")] == ["sheets"]
    assert [w.text for w in within(text, Span(4, text.index("sheets")), "en")] == []
    assert [w.text for w in within(text, Span(3, text.index("sheets")), "en")] == ["1998"]


@pytest.mark.parametrize(
    ("text", "language", "noun"),
    [
        ("[12] of our sheets", "en", "sheet"),
        ("[12], our sheets", "en", ""),
        ("[12] of all of the sheets", "en", ""),  # too far
        ("[12]", "en", ""),
        ("[12] cousus", "fr", ""),  # no noun
        ("[12] draps", "fr", "drap"),
        ("[12] genähte", "de", ""),
        ("[12] Laken", "de", "lak"),
    ],
)
def test_what_a_number_counts(text: str, language: str, noun: str) -> None:
    """The next word of content within three, with no mark between."""
    plain, figure = marked(text)
    assert noun_of(plain, language, figure) == noun


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Of the [96] people, 58 came.", True),
        ("Out of [96] people, 58 came.", True),
        ("We saw [96] people, 58 came.", False),
        ("Of 58 people and [96] dogs.", False),  # another number stands before
        ("We spoke of [96] people.", False),
        ("It was late. Of [96] people, 58 came.", True),
        ("At last, of [96] people, 58 came.", True),
    ],
)
def test_a_figure_that_another_one_is_taken_of(text: str, whole: bool) -> None:
    """“Of the 96” at the head of its sentence or behind a comma."""
    start = text.index("[")
    assert is_whole(text.replace("[", "").replace("]", ""), "en", Span(start, start + 2)) is whole


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("58 of the 96 came", True), ("58 of 96 came", True), ("58 and 96 came", False),
        ("58 of all the 96 came", False), ("58 96 came", False),
    ],
)  # fmt: skip
def test_a_figure_right_before_what_it_is_of(text: str, of: bool) -> None:
    """One or two small words between."""
    at = text.index("96")
    assert is_of(text, "en", Span(0, 2), Span(at, at + 2)) is of
    assert not is_of(text, "en", Span(at, at + 2), Span(0, 2))


def test_what_stands_around_a_figure() -> None:
    """Between the nearest cuts on either side, or the ends of the whole."""
    assert around(Span(5, 7), Span(0, 10), [3, 8]) == Span(3, 8)
    assert around(Span(5, 7), Span(0, 10), [5, 7]) == Span(5, 7)
    assert around(Span(5, 7), Span(0, 10), [6]) == Span(0, 10)
    text = "We sew, by hand, 12 sheets and wash: all."
    assert part_around(text, "en", Span(17, 19), Span(0, len(text))).of(text) == ", 12 sheets "


def test_the_words_that_say_what_a_figure_is_of() -> None:
    """« jour » where no number counts it; each with the word before and after it."""
    found = {
        m.text: (m.before, m.after) for m in mentions("Our dough of spelt flour rests by day, day 21.", "en")
    }
    assert found["spelt"] == ("de", "flour")
    assert found["flour"][0] == "spelt"
    assert found["dough"] == ("our", "")
    assert [m.text for m in mentions("It rests by day.", "en")] == ["rests", "day"]
    assert [m.text for m in mentions("It rests on day 21.", "en")] == ["rests"]
    assert [m.text for m in mentions("It rests on day 366.", "en")] == ["rests"]
    assert [m.text for m in mentions("It rests on day 367.", "en")] == ["rests", "day"]
    assert roots_near("We sew. We wash. We iron.", "en", Span(17, 18)) == {"wash", "iron"}


# figures against each other


@pytest.mark.parametrize(
    ("fact", "poles"),
    [
        ("An apple tree costs €28, a pear tree €32.", [(28, ("appl",)), (32, ("pear",))]),
        ("An apple tree costs €28, a pear tree 32 kg.", []),
        ("An apple tree costs €28, another apple tree €28.", []),
        ("An apple tree costs €28.", []),
        ("The barrel gave 412 litres in June, 388 in January.", [(412, ("june",)), (388, ("januari",))]),
        ("It is 40 minutes up, 25 down.", []),
        ("In 1998 we sewed, in 2011 we washed.", []),
    ],
)
def test_two_figures_that_a_fact_compares(fact: str, poles: list[tuple[int, tuple[str, ...]]]) -> None:
    """By one measure, each with words of its own."""
    found = [(int(p.value), p.label) for c in contrasts_in_figures(_fact(fact)) for p in c.poles]
    assert found == poles


@pytest.mark.parametrize(
    ("fact", "pairs"),
    [
        (
            "An apple tree costs €28, a pear tree €32.",
            [("words", {"cost", "appl"}, {"appl"}, {"pear"}, {"pear"})],
        ),
        (
            "We had 300 plum trees. 262 grew leaves.",
            [("part", {"plum", "tree"}, set(), {"grew", "leav"}, set())],
        ),
        ("Of the 96 people, 58 people came.", [("part", set(), set(), {"came"}, set())]),
        (
            "It took 31 pairs and 18 guests.",
            [
                ("noun", {"pair"}, {"pair"}, {"guest"}, {"guest"}),
                ("words", {"pair", "took"}, set(), {"guest"}, set()),
            ],
        ),
        ("It is 40 minutes up, 25 down.", []),
        ("An apple tree costs €28, an apple tree €28.", []),
        (
            "It goes 80 to 120 km in the sun, 60 km in the rain.",
            [],
        ),  # the ends of a range are no figures of their own
    ],
)
def test_what_tells_two_figures_apart(fact: str, pairs: list[tuple[object, ...]]) -> None:
    """Words of their own, a whole and its part, or a noun each; of each side its own words, then those that name it."""
    found = [
        (pair.by, *(set(words) for side in pair.sides for words in (side.own, side.name)))
        for pair in stated_pairs(_fact(fact))
    ]
    assert found == pairs


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("An apple tree costs less than a pear tree.", True),
        ("An apple tree costs more than a pear tree.", False),
        ("A pear tree costs more than an apple tree.", True),
        ("A pear tree costs less.", False),
        ("A pear tree costs more.", True),
        ("An apple tree costs as much as a pear tree.", False),
        ("The plum costs more than the pear.", False),  # the pear costs more than the other one of the fact
        ("A pear tree costs more than a plum tree.", None),
        ("The pears hang higher.", None),
    ],
)
def test_a_comparison_is_held_to_the_figures(text: str, agrees: bool | None) -> None:
    """Of two things that the fact names, or of one against the only other one."""
    found = held_comparisons(text, "en", (_fact("An apple tree costs €28, a pear tree costs €32."),))
    assert [one.agrees for one in found] == ([] if agrees is None else [agrees])


# what comes before what


@pytest.mark.parametrize(
    ("text", "early", "late"),
    [
        ("We wash before we sew.", "We wash ", " we sew"),
        ("We sew after we wash.", " we wash", "We sew "),
        ("First we wash, then we sew.", "First we wash,", " then we sew"),
        ("We wash. Then we sew.", "We wash.", "Then we sew"),
    ],
)
def test_a_word_of_order_parts_its_sentence(text: str, early: str, late: str) -> None:
    """What comes first in time, and what comes after it."""
    assert [(one.early.of(text), one.late.of(text)) for one in orders(text, "en")] == [(early, late)]


def test_two_things_side_by_side_have_no_order() -> None:
    """Without a word that says so."""
    assert not orders("We wash and sew.", "en")


ORDER = "We wash the sheets before we sew the hems."


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("We sew the hems before we wash the sheets.", True),
        ("We wash the sheets after we sew the hems.", True),
        ("We wash the sheets before we sew the hems.", False),
        ("We sew the hems after we wash the sheets.", False),
        ("We never sew the hems before we wash the sheets.", False),
        ("We iron the shirts before we fold the towels.", False),
    ],
)
def test_two_things_the_other_way_round(text: str, turned: bool) -> None:
    """Both parts speak of the fact's two parts, each of the other one."""
    assert bool(list(turned_order(text, "en", _fact(ORDER)))) is turned


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("The pear trees bloom two weeks earlier than the others.", True),
        ("The pear trees bloom two weeks later than the others.", False),
        ("The pear trees bloom three weeks earlier than the others.", False),
        ("The hens lay two weeks earlier than the others.", False),
        ("The pear trees bloom two weeks, earlier than the others.", False),
    ],
)
def test_a_length_of_time_on_the_other_side(text: str, turned: bool) -> None:
    """“Two weeks ahead” of two weeks behind."""
    fact = _fact("The pear trees bloom two weeks later than the others.")
    assert bool(list(turned_distance(text, "en", fact))) is turned


# what a price is counted by


@pytest.mark.parametrize(
    ("fact", "text", "turned"),
    [
        ("Nine euros, for up to three bikes.", "Nine euros a bike.", True),
        ("Nine euros a bike.", "Nine euros a bike.", False),
        ("Nine euros a day, for a bike.", "Nine euros a bike.", False),
        ("Nine euros a day, for children.", "Nine euros a bike.", True),
        ("Nine euros.", "Nine euros a bike.", False),
        ("Eight euros, for up to three bikes.", "Nine euros a bike.", False),
        ("Nine dollars, for up to three bikes.", "Nine euros a bike.", False),
        ("Nine euros, for one bike.", "Nine euros a bike.", False),
        ("Nine euros, for up to three bikes.", "Nine euros.", False),
        ("Nine euros, for up to three bikes.", "Nine kilos a bike.", False),
    ],
)
def test_a_price_counted_by_something_else(fact: str, text: str, turned: bool) -> None:
    """“Nine euros a bike” of nine for three of them."""
    assert bool(list(turned_rates(text, "en", (_fact(fact),)))) is turned


def test_a_price_is_turned_only_where_every_fact_has_it_otherwise() -> None:
    """With the first such fact."""
    three, one = _fact("Nine euros, for up to three bikes."), _fact("Nine euros a bike.")
    assert not list(turned_rates("Nine euros a bike.", "en", (three, one)))
    (found,) = turned_rates("Nine euros a bike.", "en", (three,))
    assert found[1] == three
