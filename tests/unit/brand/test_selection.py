"""Dealing insights, claims and angles to siblings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.brands import demo_project
from inedit.brand.schema import Angle, Brand, Campaign, Claim, Insight
from inedit.brand.selection import choose_angle, choose_claims, choose_insights, coverage, insights_for
from inedit.model import VariantSpec
from inedit.model.errors import WrongInput

DEMO = demo_project().brand
WINTER = DEMO.campaigns["collection-hiver"]
TODAY = date(2026, 11, 22)
SEGMENTS = ("s0", "s1", "s2")


def insight(
    number: int, segments: tuple[str, ...] = (), kind: str = "field", languages: str = "fr"
) -> Insight:
    return Insight(
        id=f"i{number}", kind=kind, text=dict.fromkeys(languages.split(), f"texte {number}"), source="x",
        collected=date(2026, 1, 1), segments=segments, legal_basis="consent",
    )  # fmt: skip


def brand_of(insights: list[Insight] = (), angles: list[Angle] = (), claims: list[Claim] = ()) -> Brand:
    return DEMO.model_copy(
        update={
            "insights": {i.id: i for i in insights},
            "angles": {a.id: a for a in angles},
            "claims": {c.id: c for c in claims},
        }
    )


def campaign(**changes) -> Campaign:
    return WINTER.model_copy(update={"segments": SEGMENTS, **changes})


packs = st.lists(st.sets(st.sampled_from(SEGMENTS)), min_size=1, max_size=30).map(
    lambda rows: [insight(n, tuple(sorted(row))) for n, row in enumerate(rows)]
)
counts = st.integers(1, 5)
segments = st.sampled_from(SEGMENTS)


def assign(brand, count, position, segment="s0", **changes):
    return choose_insights(
        brand, campaign(**changes), segment=segment, language="fr", count=count, position=position
    )


def ids(chosen) -> set[str]:
    return {entry.id for entry in chosen}


@given(packs, counts, segments, st.integers(0, 500))
def test_a_choice_is_repeatable_distinct_and_allowed(pool, count, segment, position):
    """The same question gets the same answer: distinct insights, each of them meant for the segment."""
    brand = brand_of(pool)
    chosen = assign(brand, count, position, segment)
    assert chosen == assign(brand, count, position, segment)
    allowed = insights_for(brand, campaign(), segment=segment, language="fr")
    assert ids(chosen) <= ids(allowed)
    assert len(ids(chosen)) == len(chosen) == min(count, len(allowed))


@given(packs, counts, segments, st.integers(0, 100))
def test_neighbours_share_nothing_while_the_pack_is_large_enough(pool, count, segment, position):
    """Consecutive siblings share no insight when two hands fit into the pack."""
    brand = brand_of(pool)
    allowed = insights_for(brand, campaign(), segment=segment, language="fr")
    here, there = assign(brand, count, position, segment), assign(brand, count, position + 1, segment)
    if len(allowed) >= 2 * count:
        assert not ids(here) & ids(there)


@given(packs, counts, segments, st.integers(1, 40), st.integers(0, 20))
def test_coverage_is_as_large_as_it_can_be(pool, count, segment, siblings, first):
    """Any run of consecutive siblings uses as many different insights as there is room for."""
    brand = brand_of(pool)
    allowed = insights_for(brand, campaign(), segment=segment, language="fr")
    used = {i.id for p in range(first, first + siblings) for i in assign(brand, count, p, segment)}
    assert len(used) == min(len(allowed), siblings * min(count, len(allowed)))


def test_an_insight_for_the_segment_comes_before_one_for_everybody():
    """What was collected for these readers is said first."""
    brand = brand_of([insight(0), insight(1), insight(2, ("s0",))])
    assert [i.id for p in range(3) for i in assign(brand, 1, p)] == ["i2", "i0", "i1"]


def test_segments_begin_with_different_insights():
    """Two segments that share a pack do not open with the same insight."""
    brand = brand_of([insight(n) for n in range(6)])
    assert len({assign(brand, 1, 0, segment)[0].id for segment in SEGMENTS}) == 3


def test_a_brief_that_names_its_insights_gets_only_those():
    """A list in the brief restricts the choice, and its order is kept."""
    brand = brand_of([insight(n) for n in range(6)])
    chosen = [assign(brand, 1, p, insights=("i4", "i1"))[0].id for p in range(4)]
    assert chosen == ["i4", "i1", "i4", "i1"]


def test_an_insight_without_a_wording_in_the_language_is_left_out():
    """Only insights with a wording in the language are chosen, and none when there is none."""
    brand = brand_of([insight(0, languages="en de"), insight(1, languages="fr en")])
    assert [i.id for i in assign(brand, 5, 0)] == ["i1"]
    assert assign(brand_of([insight(0, languages="en")]), 2, 0) == ()


def claim(number: int, **changes) -> Claim:
    base = {"id": f"c{number}", "text": {"fr": "x", "en": "x"}, "source": "x", "valid_from": date(2026, 1, 1)}
    return Claim(**{**base, **changes})


def test_only_claims_that_may_be_said_today_in_the_market_are_chosen():
    """Claims that ran out, have not begun, or belong to another market are never dealt."""
    brand = brand_of(
        claims=[
            claim(0),
            claim(1, valid_until=date(2026, 11, 21)),
            claim(2, valid_from=date(2026, 11, 23)),
            claim(3, markets=("GB",)),
            claim(4, text={"en": "x"}),
        ]
    )
    chosen = choose_claims(brand, campaign(), today=TODAY, language="fr", position=0, count=9)
    assert [c.id for c in chosen] == ["c0"]
    in_english = choose_claims(brand, campaign(), today=TODAY, language="en", position=0, count=9)
    assert [c.id for c in in_english] == ["c0", "c3", "c4"]
    none = choose_claims(brand, campaign(claims=("c1",)), today=TODAY, language="fr", position=0)
    assert none == ()


def test_neighbours_get_other_claims():
    """Six claims, three a variant: two siblings share none."""
    brand = brand_of(claims=[claim(n) for n in range(6)])
    first, second = (
        choose_claims(brand, campaign(), today=TODAY, language="fr", position=p, count=3) for p in range(2)
    )
    assert len(ids(first) | ids(second)) == 6


def angle(id: str, *suits: str) -> Angle:
    return Angle(id=id, name={"fr": id}, instruction={"fr": id}, suits=suits)


def test_an_angle_carries_the_insight_or_is_not_chosen():
    """A testimony is only given to an insight with a person in it."""
    brand = brand_of(
        angles=[angle("testimony", "verbatim", "story"), angle("question"), angle("how-to", "field")]
    )
    for position in range(6):
        chosen = choose_angle(brand, campaign(), position=position, insights=[insight(0, kind="figure")])
        assert chosen.id == "question"
    both = {choose_angle(brand, campaign(), position=p, insights=[insight(0)]).id for p in range(2)}
    assert both == {"question", "how-to"}


def test_without_a_suitable_angle_any_will_do_and_without_any_it_is_said():
    """A text needs an angle: suitability gives way, an empty list is an error that names the file."""
    brand = brand_of(angles=[angle("testimony", "verbatim")])
    assert choose_angle(brand, campaign(), position=3, insights=[insight(0)]).id == "testimony"
    with pytest.raises(WrongInput, match=r"angles\.yaml"):
        choose_angle(brand_of(), campaign(), position=0)


def test_an_angle_keeps_to_its_tones():
    """As long as another one is left; then the tone gives way, before the insight does."""
    wry = angle("received-idea", "field").model_copy(update={"tones": ("wry",)})
    brand = brand_of(angles=[wry, angle("testimony", "verbatim"), angle("how-to", "field")])

    def given_in(tone, brand):
        return {
            choose_angle(brand, campaign(), position=p, insights=[insight(0)], tone=tone).id for p in range(3)
        }

    assert given_in("wry", brand) == {"received-idea", "how-to"}
    assert given_in("plain", brand) == {"how-to"}
    assert given_in("plain", brand_of(angles=[wry, angle("testimony", "verbatim")])) == {"received-idea"}


@given(st.integers(0, 200))
def test_neighbours_get_other_angles(position):
    """Consecutive siblings with insights of one kind are seen from different angles."""
    here, there = (choose_angle(DEMO, WINTER, position=p) for p in (position, position + 1))
    assert here != there


def test_coverage_counts_uses_and_names_what_was_left_out():
    """The reported share is that of the insights given to at least one variant."""
    pool = [insight(n) for n in range(4)]
    specs = [
        VariantSpec("c", "email", "s0", "fr", "plain", n, insight_ids=ids)
        for n, ids in enumerate([("i0",), ("i0", "i2"), ("gone",)])
    ]
    figure = coverage(specs, pool)
    assert figure.uses == {"i0": 2, "i1": 0, "i2": 1, "i3": 0}
    assert (figure.share, figure.unused) == (0.5, ("i1", "i3"))
    assert coverage([], []).share == 1
