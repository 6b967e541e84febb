"""Shares, multiples, rests, differences, limits and reductions that the figures of one fact make, on both sides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

import pytest

from fakes.figures import entry_of, held, said_in
from inedit.guard.evidence.from_counts import (
    is_about_a_share,
    is_multiple,
    is_part_of_whole,
    is_rest,
    is_rest_of_share,
)
from inedit.guard.evidence.reckoned import (
    _apart,
    _is_apart,
    is_difference,
    is_left_to_pay,
    is_outer_limit,
    way_of,
)
from inedit.guard.evidence.statements import statements
from inedit.guard.nlp.quantity import Quantity
from inedit.model import Span

YEAR = 2026
Loose = Literal["", "over", "under", "about", "from"]


@pytest.mark.parametrize(
    ("share", "parts", "loose", "follows"),
    [
        ("66.5", 3, "", True),
        ("65.0", 3, "", True),  # a point and a half off
        ("64.9", 3, "", False),
        ("68.0", 3, "", True),
        ("68.1", 3, "", False),
        ("63.5", 3, "about", True),  # three points off
        ("63.4", 3, "about", False),
        ("69.5", 3, "about", True),
        ("69.6", 3, "about", False),
        ("66.51", 3, "over", True),
        ("66.5", 3, "over", False),
        ("69.5", 3, "over", True),
        ("69.6", 3, "over", False),
        ("66.4", 3, "under", True),
        ("66.5", 3, "under", False),
        ("63.5", 3, "under", True),
        ("63.4", 3, "under", False),
        ("66.5", 9, "", True),
        ("66.5", 10, "", False),  # of ten parts each is counted
        ("66.5", 2, "", True),
        ("66.5", 1, "", False),
        ("66.5", 0, "", False),
    ],
)
def test_a_share_in_few_parts_is_round(share: str, parts: int, loose: Loose, follows: bool) -> None:
    """Two in three of 61 in 90; “more than” and “less than” are on their own side."""
    entry, _ = entry_of(
        "Of 90 gardeners [61 of 90] water at night.", value=Decimal(share), dimension="percent", whole=90
    )
    said = said_in(
        "[Two in three] gardeners water at night.",
        value=Decimal("66.5"),
        dimension="percent",
        whole=parts,
        approximate=loose,
    )
    assert is_about_a_share(entry, said) is follows


@pytest.mark.parametrize(
    ("given", "said", "text"),
    [
        ({"dimension": "count"}, {}, "[Two in three] gardeners water at night."),
        ({}, {"dimension": "count"}, "[Two in three] gardeners water at night."),
        ({"whole": 10}, {}, "[Two in three] gardeners water at night."),
        ({}, {}, "[Two in three] cooks sleep by day."),
    ],
)
def test_a_round_share_is_one_of_many_and_of_the_same_fact(
    given: dict[str, Any], said: dict[str, Any], text: str
) -> None:
    """Both are shares, the fact's of more than ten, and the sentence has a word of it."""
    share: dict[str, Any] = {"value": Decimal(66), "dimension": "percent", "whole": 90}
    told: dict[str, Any] = {"value": Decimal("66.5"), "dimension": "percent", "whole": 3}
    entry, _ = entry_of("Of 90 gardeners [61 of 90] water at night.", **{**share, **given})
    assert not is_about_a_share(entry, said_in(text, **{**told, **said}))


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("We had 212 calls: [24 calls] came at night.", "[One call in nine] came at night.", True),
        (
            "We had 212 calls: [24 calls] came at night.",
            "[One call in eight] came at night.",
            True,
        ),  # 11.3 and 12.5
        ("We had 212 calls: [24 calls] came at night.", "[One call in seven] came at night.", False),
        ("We had 212 calls: [24 calls] came at night.", "[11 %] of the calls came at night.", True),
        ("We had 212 calls: [24 calls] came at night.", "[13 %] of the calls came at night.", False),
        ("We had 212 calls: [24 calls] came at night.", "[One letter in nine] is lost.", False),
        (
            "We had [212 calls]: 24 calls came at night.",
            "[One call in nine] came at night.",
            False,
        ),  # the whole
        ("We had 212 calls: [about 24 calls] came at night.", "[One call in nine] came at night.", False),
        ("We had 212 calls: [24 calls] came at night.", "[Nine calls] came at night.", False),
        ("We had 9 calls: [1 call] came at night.", "[One call in nine] came at night.", False),
    ],
)
def test_a_share_that_two_counts_of_a_fact_give(fact: str, text: str, follows: bool) -> None:
    """The smaller one of the larger, in a sentence that has a word of the fact."""
    assert is_part_of_whole(*held(fact, text), YEAR) is follows


@pytest.mark.parametrize(
    ("part", "whole", "follows"),
    [(24, 212, True), (25, 212, False), (24, 213, False), (24, 100, False), (24, 10, False)],
)
def test_a_share_in_two_numbers_gives_both_counts(part: int, whole: int, follows: bool) -> None:
    """“24 of 212 calls” is compared as such, unless it is of a hundred or of few."""
    entry, known = entry_of("We had 212 calls: [24 calls] came at night.")
    said = said_in(
        "[24 of 212 calls] were at noon.",
        dimension="percent", value=Decimal(50), part=part, whole=whole,
    )  # fmt: skip
    assert is_part_of_whole(entry, said, known, YEAR) is follows


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("We had [131 calls] by day and 24 at night.", "More than [five times] the calls by day.", True),
        ("We had [131 calls] by day and 24 at night.", "More than [six times] the calls by day.", False),
        ("We had [131 calls] by day and 24 at night.", "More than [four times] the calls by day.", False),
        ("We had [96 calls] by day and 24 at night.", "[Four times] the calls by day.", True),
        ("We had [96 calls] by day and 24 at night.", "[Three times] the calls by day.", False),
        ("We had [96 calls] by day and 24 at night.", "[Four times] the letters in summer.", False),
        ("We had 96 calls by day and [24 calls] at night.", "[Four times] the calls by day.", False),
        ("We had [96 calls] by day and 24 at night.", "[Four calls] by day.", False),
        ("We had [96 kg] of calls and 24 kg at night.", "[Four times] the calls by day.", False),
        ("The cake takes [40 minutes], the bun 20 minutes.", "The cake takes [two times] as long.", True),
        ("We had [4 calls] by day and 1 at night.", "[Four times] the calls by day.", False),  # times one
    ],
)
def test_how_many_times_one_count_is_another(fact: str, text: str, follows: bool) -> None:
    """The larger of two counts or lengths of one fact; “more than twice” goes up to three times."""
    assert is_multiple(*held(fact, text), YEAR) is follows


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("Of 300 trees [262] grew leaves.", "[38 trees] did not grow leaves.", True),
        ("Of 300 trees [262] grew leaves.", "[39 trees] did not grow leaves.", False),
        ("Of 300 trees [262] grew leaves.", "[38 trees] grew leaves.", False),
        ("Of 300 trees [262] grew leaves.", "[38 guests] did not come.", False),
        ("Of 300 trees [262] did not grow leaves.", "[38 trees] grew leaves.", True),
        ("Of 300 trees [262] did not grow leaves.", "[38 trees] did not grow leaves.", False),
        ("Of 300 trees [262] grew leaves.", "262 trees grew leaves, the other [38] are bare.", True),
        ("Of 300 trees [262] grew leaves.", "261 trees grew leaves, the other [38] are bare.", False),
        ("Of 300 kg [262 kg] grew leaves.", "[38 trees] did not grow leaves.", False),
    ],
)
def test_the_rest_of_a_count_is_denied_or_called_the_rest(fact: str, text: str, follows: bool) -> None:
    """What is left of a count: one of the two sentences denies, or the text gives the count itself beside it."""
    assert is_rest(*held(fact, text)) is follows


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("[31 of 40] pupils chose another trade.", "[9 of 40] pupils chose the same trade.", True),
        ("[31 of 40] pupils chose another trade.", "[8 of 40] pupils chose the same trade.", False),
        ("[31 of 40] pupils chose another trade.", "[9 of 41] pupils chose the same trade.", False),
        ("[31 of 40] pupils chose another trade.", "[9 of 40] pupils chose another trade.", False),
        ("[31 of 40] pupils stay.", "[9 of 40] pupils do not stay.", True),
        ("[31 of 40] pupils stay.", "[9 of 40] pupils stay.", False),
        ("[31 of 40] pupils stay.", "[9 of 40] ferries do not run.", False),
    ],
)
def test_the_rest_of_a_share_says_the_opposite(fact: str, text: str, follows: bool) -> None:
    """“Nine of the 40 chose the same” of 31 of 40 who chose another; or a denial."""
    assert is_rest_of_share(*held(fact, text)) is follows


@pytest.mark.parametrize(
    ("gap", "said", "number", "loose", "same"),
    [
        ("8", "8", "8", "", True),
        ("8", "9", "9", "", False),
        ("7.6", "8", "8", "", True),  # with decimals it may be rounded
        ("7.4", "8", "8", "", False),
        ("8", "7.6", "7.6", "", False),
        ("7.6", "7.5", "7.5", "", False),
        ("10", "10", "10", "over", True),
        ("10.5", "10", "10", "over", True),
        ("10.51", "10", "10", "over", False),
        ("9.99", "10", "10", "over", False),
        ("10", "10", "10", "under", True),
        ("10.01", "10", "10", "under", False),
        ("9.5", "10", "10", "under", True),
        ("9.49", "10", "10", "under", False),
        ("9.5", "10", "10", "about", True),
        ("10.5", "10", "10", "about", True),
        ("9.49", "10", "10", "about", False),
        ("10.51", "10", "10", "about", False),
    ],
)
def test_a_gap_may_be_rounded_by_a_twentieth(
    gap: str, said: str, number: str, loose: Loose, same: bool
) -> None:
    """On its own side, with the word that says so."""
    told = Quantity(Span(0, 1), Decimal(said), "minutes", Decimal(number), approximate=loose)
    assert _is_apart(Decimal(gap), told) is same


@pytest.mark.parametrize(
    ("fact", "which", "apart"),
    [
        ("It takes [19 minutes], not 11 minutes.", 1, 8),
        ("It takes [11 minutes], not 19 minutes.", 1, -8),
        ("It takes [19 minutes], not 11 minutes.", 0, None),  # from itself
        ("It takes [2 hours], not 3.", 1, -60),  # without its unit
        ("It takes [19 minutes], not 11 loaves.", 1, None),
        ("It takes [19 minutes], not 11 kg.", 1, None),
    ],
)
def test_how_far_two_figures_of_a_fact_are_apart(fact: str, which: int, apart: int | None) -> None:
    """Of one measure, or one of them without its unit."""
    entry, _ = entry_of(fact)
    other = statements(entry.fact.text, "en")[which]
    assert _apart(entry.quantity, other) == (None if apart is None else Decimal(apart))


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("The cake takes [8 minutes] less.", "less"),
        ("The cake takes [8 minutes] longer.", "more"),
        ("They are [8 minutes] apart.", "apart"),
        ("The cake takes [8 minutes] in a warm oven.", ""),
        ("Less than [8 minutes] for the cake.", ""),
        ("The cake takes [8 minutes] in the oven of the old village house at the end longer.", ""),
    ],
)
def test_the_word_that_compares_stands_behind_its_figure(text: str, way: str) -> None:
    """“Eight minutes less”, “longer”, “apart”."""
    assert way_of(said_in(text), "en") == way


LOAF = "A loaf takes [19 minutes] with butter, 11 minutes with oil."


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("With butter a loaf takes [8 minutes] longer.", True),
        ("With oil a loaf takes [8 minutes] less.", True),
        ("With oil a loaf takes [8 minutes] longer.", False),  # the other way round
        ("With butter a loaf takes [8 minutes] less.", False),
        ("With butter a loaf takes [9 minutes] longer.", False),
        ("With butter a loaf takes [8 minutes] of your time.", False),  # no word that compares
        ("A loaf with butter and a loaf with oil are [8 minutes] apart.", True),
        ("Two ferries are [8 minutes] apart.", False),
        ("With butter a loaf takes [8 minutes] longer than with oil.", True),
        ("With oil a loaf takes [8 minutes] longer than with butter.", False),
        ("With butter or oil a loaf takes [8 minutes] longer.", False),
        ("With butter a loaf takes [8 hours] longer.", False),
    ],
)
def test_a_difference_is_told_of_the_right_side(text: str, follows: bool) -> None:
    """Whoever takes longer takes the gap longer; what stands behind “than” is the other one."""
    assert is_difference(*held(LOAF, text)) is follows


@pytest.mark.parametrize(
    "change", [{"bound": "low"}, {"approximate": "from"}, {"value": Decimal(0)}, {"value": Decimal(-8)}]
)
def test_no_difference_is_an_end_or_a_beginning(change: dict[str, Any]) -> None:
    """Nor nothing, nor less than nothing."""
    entry, known = entry_of(LOAF)
    assert not is_difference(entry, said_in("With butter a loaf takes [8 minutes] longer.", **change), known)


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("The crossing to Ormel takes [50 minutes].", "The crossing to Ormel in under [an hour].", True),
        ("The crossing to Ormel takes [60 minutes].", "The crossing to Ormel in under [an hour].", False),
        ("The crossing to Ormel takes [30 minutes].", "The crossing to Ormel in under [an hour].", True),
        ("The crossing to Ormel takes [29 minutes].", "The crossing to Ormel in under [an hour].", False),
        ("The crossing to Ormel takes [130 minutes].", "The crossing to Ormel in over [2 hours].", True),
        ("The crossing to Ormel takes [240 minutes].", "The crossing to Ormel in over [2 hours].", True),
        ("The crossing to Ormel takes [241 minutes].", "The crossing to Ormel in over [2 hours].", False),
        ("The crossing to Ormel takes [110 minutes].", "The crossing to Ormel in over [2 hours].", False),
        ("The crossing to Ormel takes [70 minutes].", "The crossing to Ormel in under [an hour].", False),
        ("The crossing to Ormel takes [170 minutes].", "The crossing to Ormel in under [3 hours].", True),
        ("The crossing to Ormel takes [230 minutes].", "The crossing to Ormel in under [4 hours].", False),
        ("The crossing to Ormel takes [50 minutes].", "The crossing to Skerra in under [an hour].", False),
        ("The crossing to Ormel takes [50 minutes].", "The walk up the hill in under [an hour].", False),
        ("The crossing takes over [110 minutes].", "The crossing takes less than [2 hours].", False),
        ("The crossing takes under [130 minutes].", "The crossing takes over [2 hours].", False),
        ("Pupils walk: [41 %] of our pupils.", "Under [half] of our pupils walk.", True),
        ("Pupils walk: [41 %] of our pupils.", "Under [60 %] of our pupils walk.", False),
    ],
)
def test_a_round_limit_that_a_length_keeps(fact: str, text: str, follows: bool) -> None:
    """Up to three units, or the half; the length is no less than half of it and no more than twice."""
    assert is_outer_limit(*held(fact, text)) is follows


@pytest.mark.parametrize("side", ["given", "said"])
def test_an_end_of_a_range_is_no_outer_limit(side: str) -> None:
    """Neither the fact's figure nor the text's is one end of two."""
    low: dict[str, Any] = {"bound": "low"}
    entry, known = entry_of("The crossing to Ormel takes [50 minutes].", **(low if side == "given" else {}))
    said = said_in("The crossing to Ormel in under [an hour].", **(low if side == "said" else {}))
    assert not is_outer_limit(entry, said, known)


@pytest.mark.parametrize(
    ("fact", "text", "follows"),
    [
        ("Members of the club pay [20 %] less.", "Members of the club pay [80 %].", True),
        ("Members of the club pay [20 %] less.", "Members of the club pay [81 %].", False),
        ("Members of the club pay [50 %] less.", "Members of the club pay [50 %].", False),
        ("Members of the club pay [20 %] less.", "Members of the club swim [80 %].", False),
        ("Members of the club pay [20 %] less.", "Members of the club pay [80 %] less.", False),
        ("Members of the club pay [20 %] less.", "Guests pay [80 %].", False),
        ("Members of the club are [20 %] of guests.", "Members of the club pay [80 %].", False),
    ],
)
def test_what_is_left_to_pay(fact: str, text: str, follows: bool) -> None:
    """„Vier Fünftel des Preises“ of 20 % less, in a clause that names no reduction itself."""
    entry, said, _ = held(fact, text)
    assert is_left_to_pay(entry, said) is follows
