"""The plan: the whole matrix, in a stable order, each variant with its own ingredients."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.brands import demo_project
from inedit.model.errors import WrongInput
from inedit.planning import Narrowing, plan, shards, with_another_angle

PROJECT = demo_project()
BRAND = PROJECT.brand
CAMPAIGN = BRAND.campaigns["collection-hiver"]
TODAY = date(2026, 11, 22)
WHOLE = plan(CAMPAIGN, BRAND, TODAY)


def test_every_cell_is_planned_once() -> None:
    """Channels x segments x languages x tones x variants, each under a key of its own."""
    assert len(WHOLE) == 3 * 5 * 5 * 4 * 2
    assert len({spec.key for spec in WHOLE}) == len(WHOLE)


def test_the_order_keeps_prompts_that_begin_alike_together() -> None:
    """Channel, then language: a cached prefix serves one run of neighbours after the other."""
    kinds = [(spec.channel, spec.language) for spec in WHOLE]
    changes = sum(a != b for a, b in pairwise(kinds))
    assert changes == len(set(kinds)) - 1


def test_siblings_are_given_different_insights() -> None:
    """The variants of one segment and language share no insight while there are enough of them."""
    siblings = [s for s in WHOLE if (s.segment, s.language, s.channel) == ("families", "fr", "email")]
    insights = [spec.insight_ids for spec in siblings]
    assert len(set(insights)) == len(insights)


def test_only_claims_valid_that_day_are_supplied() -> None:
    """A claim that has expired, or is not for the language's market, is in no variant."""
    for spec in WHOLE:
        for claim_id in spec.claim_ids:
            assert BRAND.claims[claim_id].is_valid(TODAY, BRAND.market(spec.language))
    much_later = {claim for spec in plan(CAMPAIGN, BRAND, date(2040, 1, 1)) for claim in spec.claim_ids}
    assert much_later < {claim for spec in WHOLE for claim in spec.claim_ids} | much_later
    assert all(BRAND.claims[claim].valid_until is None for claim in much_later)


@settings(max_examples=30, deadline=None)
@given(
    st.sets(st.sampled_from(CAMPAIGN.channels)),
    st.sets(st.sampled_from(CAMPAIGN.segments)),
    st.sets(st.sampled_from(CAMPAIGN.languages)),
    st.sets(st.sampled_from(CAMPAIGN.tones)),
)
def test_narrowing_changes_no_variant_that_remains(
    channels: set[str], segments: set[str], languages: set[str], tones: set[str]
) -> None:
    """A part of the plan is a subsequence of the whole plan, whatever the part."""
    narrowing = Narrowing(tuple(channels), tuple(segments), tuple(languages), tuple(tones))
    part = plan(CAMPAIGN, BRAND, TODAY, narrowing)
    assert part == tuple(spec for spec in WHOLE if narrowing.keeps(spec))
    assert part


@pytest.mark.parametrize("noun", ["channels", "segments", "languages", "tones"])
def test_what_the_campaign_does_not_have_is_refused(noun: str) -> None:
    """The message names what was asked for and what there is."""
    with pytest.raises(WrongInput, match=r"has no .* 'nosuch'\. It has: "):
        plan(CAMPAIGN, BRAND, TODAY, Narrowing(**{noun: ("nosuch",)}))


def test_another_angle_keeps_the_place_and_suits_the_insight() -> None:
    """A refused draft may look from elsewhere; its key stays, and so does the sense of the angle."""
    for spec in WHOLE[:40]:
        moved = with_another_angle(spec, BRAND, CAMPAIGN, 1)
        assert moved.key == spec.key
        assert moved.angle != spec.angle
        suits = BRAND.angles[moved.angle].suits
        assert not suits or {BRAND.insights[i].kind for i in spec.insight_ids} <= set(suits)


@given(st.integers(1, 400))
def test_shards_hold_every_variant_once_in_one_language_each(size: int) -> None:
    """Whatever their size, shards partition the plan; none mixes languages; those of a language are equally long."""
    cut = shards(WHOLE, size)
    assert sorted(spec.key for shard in cut for spec in shard) == sorted(spec.key for spec in WHOLE)
    lengths: dict[str, set[int]] = {}
    for shard in cut:
        (language,) = {spec.language for spec in shard}
        lengths.setdefault(language, set()).add(len(shard))
        assert 1 <= len(shard) <= size
    assert all(max(found) - min(found) <= 1 for found in lengths.values())
    positions = {spec.key: position for position, spec in enumerate(WHOLE)}
    for language in lengths:
        order = [positions[spec.key] for shard in cut for spec in shard if spec.language == language]
        assert order == sorted(order)


def test_a_shard_of_nothing_is_refused() -> None:
    """A size of 0 is a mistake of the caller; no plan at all has no shard."""
    with pytest.raises(ValueError, match="at least one"):
        shards(WHOLE, 0)
    assert shards((), 10) == ()


@pytest.mark.parametrize("asked", [1, 2, 5])
def test_more_or_fewer_variants_a_cell_leave_those_of_the_brief_as_they_are(asked: int) -> None:
    """Additional variants are dealt after the brief's own; fewer are the first of each cell."""
    campaign = BRAND.campaigns["mini"].model_copy(update={"variants_per_cell": 2})
    own = {spec.key: spec for spec in plan(campaign, BRAND, TODAY)}
    other = plan(campaign, BRAND, TODAY, Narrowing(variants_per_cell=asked))
    cells = len(own) // 2
    assert len(other) == cells * asked
    assert [spec for spec in other if spec.key in own] == [
        own[spec.key] for spec in own.values() if spec.index < asked
    ]
    order = [(s.channel, s.language, s.segment, s.tone) for s in other]
    assert order == sorted(order, key=order.index), "variants of a cell stay neighbours"
