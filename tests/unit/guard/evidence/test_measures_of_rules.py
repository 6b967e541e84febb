"""Each rule of figures knows one measure, or a few: a figure of any other, whatever its value, is none of its."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest

from fakes.figures import Held, held
from inedit.guard.evidence.from_counts import (
    is_about_a_share,
    is_multiple,
    is_part_of_whole,
    is_rest,
    is_rest_of_share,
)
from inedit.guard.evidence.opening import is_an_hour, is_within_hours
from inedit.guard.evidence.reckoned import is_difference, is_left_to_pay, is_outer_limit, is_reckoned
from inedit.guard.evidence.same_figure import (
    is_an_age,
    is_an_hour_of_a_length,
    is_bare_hour,
    is_elliptic,
    is_named_hour,
    is_told_by_numbers,
)
from inedit.guard.evidence.subjects import is_of_unnamed_product
from inedit.guard.evidence.without_unit import (
    is_another_age,
    is_bought,
    is_within_told_limit,
    is_without_unit,
)
from inedit.guard.evidence.worked_out import (
    is_bare_time,
    is_between,
    is_done_so_often,
    is_in_time,
    is_later_month,
    is_past_limit,
)

MEASURES = (
    "EUR", "USD", "all week", "celsius", "century", "count", "date", "deadline", "g", "l", "minutes", "mm", "month",
    "months", "nights", "ordinal", "percent", "point", "round the clock", "time", "times", "weekday", "year", "zoll",
)  # fmt: skip
"""What figures may measure, in the order of the alphabet, and one that comes last in it."""


class Rule(NamedTuple):
    """A rule, and a figure that it knows: a fact, a text, and the measures of either in which it holds too."""

    asks: Callable[[Held], bool]
    fact: str
    text: str
    given: tuple[str, ...]
    said: tuple[str, ...]
    language: str = "en"
    kind: str = "claim"


RULES = {
    "in time": Rule(
        lambda h: is_in_time(h.entry, h.said, "en"),
        "Orders placed before [11 am] leave today.",
        "At [10.30 am] you order, and it leaves today.",
        ("time",),
        ("time",),
    ),
    "between": Rule(
        lambda h: is_between(*h),
        "The ferry leaves at [2.40 pm] and lands at 3.05 pm.",
        "The ferry lands [25 minutes] later.",
        ("time",),
        ("minutes",),
    ),
    "later month": Rule(
        lambda h: is_later_month(h.entry, h.said),
        "In [May 2026] we sow, in September we reap.",
        "We reap in [September 2026].",
        ("month",),
        ("month", "deadline"),
    ),
    "past a limit": Rule(
        lambda h: is_past_limit(h.entry, h.said),
        "A parcel takes at most [five trees].",
        "[Six trees] do not fit into a parcel.",
        ("count",),
        ("count",),
    ),
    "so often": Rule(
        lambda h: is_done_so_often(h.entry, h.said),
        "Vous recevez [deux appels].",
        "Il vous appelle [deux fois].",
        ("count",),
        ("times",),
        "fr",
    ),
    "a bare time": Rule(
        lambda h: is_bare_time(h.entry, h.said),
        "It begins at [7.40 am] sharp.",
        "When [7.40] comes round.",
        ("time",),
        ("count",),
    ),
    "a round share": Rule(
        lambda h: is_about_a_share(h.entry, h.said),
        "[61 of 90] gardeners water at night.",
        "[Two in three] gardeners water at night.",
        ("percent",),
        ("percent",),
    ),
    "a share of counts": Rule(
        lambda h: is_part_of_whole(*h, 2026),
        "We had 212 calls: [24 calls] came at night.",
        "[One call in nine] came at night.",
        ("count",),
        ("percent",),
    ),
    "a multiple": Rule(
        lambda h: is_multiple(*h, 2026),
        "We had [96 calls] by day and 24 at night.",
        "[Four times] the calls by day.",
        ("count",),
        ("times",),
    ),
    "a rest": Rule(
        lambda h: is_rest(*h),
        "Of 300 trees [262] grew leaves.",
        "[38 trees] did not grow leaves.",
        ("count",),
        ("count",),
    ),
    "a rest of a share": Rule(
        lambda h: is_rest_of_share(*h),
        "[31 of 40] pupils stay.",
        "[9 of 40] pupils do not stay.",
        MEASURES,
        MEASURES,
    ),
    "a difference": Rule(
        lambda h: is_difference(*h),
        "A loaf takes [19 minutes] with butter, 11 minutes with oil.",
        "With butter a loaf takes [8 minutes] longer.",
        ("minutes",),
        MEASURES,
    ),
    "reckoned": Rule(
        lambda h: is_reckoned(*h),
        "A loaf takes [19 minutes] with butter, 11 minutes with oil.",
        "With butter a loaf takes [8 minutes] longer.",
        ("minutes",),
        ("minutes",),
    ),
    "an outer limit, asked of lengths": Rule(
        lambda h: is_reckoned(*h),
        "The crossing to Ormel takes [50 minutes].",
        "The crossing to Ormel in under [an hour].",
        ("minutes",),
        ("minutes",),
    ),
    "left to pay, asked of shares": Rule(
        lambda h: is_reckoned(*h),
        "Members of the club pay [20 %] less.",
        "Members of the club pay [80 %].",
        ("percent",),
        ("percent",),
    ),
    "an outer limit": Rule(
        lambda h: is_outer_limit(*h),
        "The crossing to Ormel takes [50 minutes].",
        "The crossing to Ormel in under [an hour].",
        MEASURES,
        MEASURES,
    ),
    "left to pay": Rule(
        lambda h: is_left_to_pay(h.entry, h.said),
        "Members of the club pay [20 %] less.",
        "Members of the club pay [80 %].",
        MEASURES,
        MEASURES,
    ),
    "an age": Rule(
        lambda h: is_an_age(h.entry, h.said),
        "Jeanne is [71 years] old.",
        "Jeanne is [71].",
        ("months",),
        ("count",),
        kind="insight",
    ),
    "a length": Rule(
        lambda h: is_an_hour_of_a_length(h.entry, h.said),
        "We rest for [7 hours].",
        "We close at [noon].",
        ("minutes",),
        ("time",),
    ),
    "a bare hour": Rule(
        lambda h: is_bare_hour(*h),
        "Order a loaf before [11 am] on Wednesday.",
        "Order your loaf before [eleven].",
        MEASURES,
        ("count",),
    ),
    "without its unit": Rule(
        lambda h: is_elliptic(*h),
        "The barrel gave [412 litres] in June, 388 in January.",
        "The barrel gave [412] in June.",
        tuple(measure for measure in MEASURES if measure != "count"),
        ("count",),
    ),
    "noon": Rule(lambda h: is_named_hour(h.said), "Done by [noon].", "Done by [noon].", MEASURES, ("time",)),
    "a story": Rule(
        lambda h: is_told_by_numbers(*h),
        "A team came with [nine topics], went home with four solved and left five.",
        "They had [nine], they solved four, they gave away five.",
        ("count", "point"),
        ("count",),
        kind="insight",
    ),
    "an opening hour": Rule(
        lambda h: is_an_hour(h.entry, h.said, "en"),
        "The shop opens from [9 am] to 6 pm.",
        "The shop opens at [9 am].",
        ("time",),
        ("time",),
    ),
    "within hours": Rule(
        lambda h: is_within_hours(h.entry, h.said, "en"),
        "The line is open from [8 am] to 10 pm.",
        "At [9 pm] the line is still open.",
        ("time",),
        ("time",),
    ),
    "an unnamed product": Rule(
        lambda h: is_of_unnamed_product(*h),
        "A piece takes [12 days].",
        "The sheet takes [12 days].",
        MEASURES,
        ("minutes", "months", "nights", "time", "round the clock", "all week"),
    ),
    "so often a year": Rule(
        lambda h: is_without_unit(*h),
        "The pump runs [41 times] a year, more in winter.",
        "The pump runs [41] a year.",
        ("times",),
        ("count",),
    ),
    "another age": Rule(
        lambda h: is_another_age(*h),
        "Children under [12 years] are free.",
        "Children under [fifteen] are free.",
        ("months",),
        ("count",),
    ),
    "bought": Rule(
        lambda h: is_bought(*h),
        "A pat of butter costs [€4.60].",
        "[Two pats] of butter come to €9.20.",
        ("EUR",),
        ("count",),
    ),
    "within a limit": Rule(
        lambda h: is_within_told_limit(*h),
        "Children under [12 years] are free.",
        "A girl of [seven years] smiles. Under 12 years children are free.",
        ("months",),
        ("months",),
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_holds_of_its_own_measures_alone(name: str) -> None:
    """The same figure as any other measure, in the fact or in the text, is left to other rules."""
    rule = RULES[name]
    beside = ("Our sheets last.",) if rule.kind == "insight" else ()
    known = held(rule.fact, rule.text, rule.language, kind=rule.kind, beside=beside)
    if name == "an unnamed product":
        known = known._replace(
            known=replace(known.known, things=frozenset({"sheet"}), products={"sheet": frozenset({"p"})})
        )
    entry, said, _ = known
    of_facts, of_texts = set(), set()
    for measure in MEASURES:
        given = replace(entry.statement, quantity=replace(entry.quantity, dimension=measure))
        if rule.asks(known._replace(entry=replace(entry, statement=given))):
            of_facts.add(measure)
        if rule.asks(known._replace(said=replace(said, quantity=replace(said.quantity, dimension=measure)))):
            of_texts.add(measure)
    assert (of_facts, of_texts) == (set(rule.given), set(rule.said))
