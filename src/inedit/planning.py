"""Turning a campaign brief into the variants to write, in a stable order.

The order is channel, language, segment, tone, index: variants that share the long stable part of their prompt are
neighbours, so that a prompt cache serves them. What a variant is made of (insight, claims, angle) follows from its
place in the *whole* matrix, so that narrowing a run never changes the variants that remain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, product

from inedit.brand.explain import explain
from inedit.brand.explain_tests import explain_tests
from inedit.brand.preferences import NO_PREFERENCES, Preferences, Turn, TurnFactor, preferred
from inedit.brand.schema import Brand, Campaign, Insight
from inedit.brand.selection import (
    Suiting,
    angles_for,
    choose_angle,
    choose_claims,
    choose_insights,
    claims_for,
    claims_suiting,
    insights_for,
)
from inedit.model import VariantSpec
from inedit.model.errors import WrongInput

SHARD_SIZE = 200
"""Variants in a shard, unless somebody asks for another number."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The part of the matrix to work on. An empty tuple means no restriction.

    ``variants_per_cell`` asks for fewer variants of each cell than the brief, or for more; 0 for as many.
    """

    channels: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    variants_per_cell: int = 0

    def keeps(self, spec: VariantSpec) -> bool:
        """Whether a variant lies in the part."""
        if self.variants_per_cell and spec.index >= self.variants_per_cell:
            return False
        return all(
            not wanted or value in wanted
            for wanted, value in (
                (self.channels, spec.channel),
                (self.segments, spec.segment),
                (self.languages, spec.language),
                (self.tones, spec.tone),
            )
        )


def plan(
    campaign: Campaign,
    brand: Brand,
    today: date,
    narrowing: Narrowing | None = None,
    preferences: Preferences = NO_PREFERENCES,
) -> tuple[VariantSpec, ...]:
    """Every variant that the campaign asks for, with its angle, insights and claims chosen.

    ``today`` decides which claims may be said and which insights have expired; ``preferences`` are what tests have
    taught (:mod:`inedit.brand.preferences`). Raises :class:`~.errors.WrongInput` when ``narrowing`` names
    something that the campaign does not have, or leaves nothing.
    """
    brand, narrowing = brand.on(today), narrowing or Narrowing()
    _refuse_unknown(campaign, narrowing)
    cells = list(product(campaign.channels, campaign.languages, campaign.segments, campaign.tones))
    briefed = campaign.variants_per_cell
    more = range(
        briefed, narrowing.variants_per_cell
    )  # dealt last: the brief's own variants stay as they are
    batches = [
        [_blank(campaign, cell, index) for cell in cells for index in indices]
        for indices in (range(briefed), more)
    ]
    specs = _with_insights(batches, campaign, brand, preferences)
    specs = _with_angles(_with_claims(specs, campaign, brand, today), campaign, brand, preferences)
    made = {
        (spec.channel, spec.language, spec.segment, spec.tone, spec.index): spec
        for batch in specs
        for spec in batch
    }
    every = (made[*cell, index] for cell in cells for index in range(max(briefed, more.stop)))
    return tuple(spec for spec in every if narrowing.keeps(spec))


Batches = list[list[VariantSpec]]
"""The brief's own variants, and those that were asked for beyond it."""


def _blank(campaign: Campaign, cell: tuple[str, str, str, str], index: int) -> VariantSpec:
    channel, language, segment, tone = cell
    return VariantSpec(campaign.id, channel, segment, language, tone, index)


def _with_insights(batches: Batches, campaign: Campaign, brand: Brand, preferences: Preferences) -> Batches:
    pools = {
        (segment, language): insights_for(brand, campaign, segment=segment, language=language)
        for segment, language in product(campaign.segments, campaign.languages)
    }
    among_readers: Counter[tuple[str, str]] = Counter()  # variants so far of a segment in a language

    def turn(spec: VariantSpec) -> Turn:
        readers = spec.segment, spec.language
        insights = choose_insights(
            brand, campaign, segment=spec.segment, language=spec.language,
            count=campaign.insights_per_variant, position=among_readers[readers], pool=pools[readers],
        )  # fmt: skip
        among_readers[readers] += 1
        pool = tuple(insight.id for insight in pools[readers])
        return Turn(spec.label, spec.language, readers, tuple(insight.id for insight in insights), pool)

    return _given(batches, turn, preferences, "insight", lambda spec, ids: replace(spec, insight_ids=ids))


def _with_claims(batches: Batches, campaign: Campaign, brand: Brand, today: date) -> Batches:
    sayable = {
        language: claims_for(brand, campaign, today=today, language=language)
        for language in campaign.languages
    }
    among_all: Counter[str] = Counter()  # variants so far of a language
    suiting: dict[
        tuple[str, tuple[str, ...]], Suiting
    ] = {}  # by language and insights, which many variants share

    def given(spec: VariantSpec) -> VariantSpec:
        insights, pool = _insights(spec, brand), sayable[spec.language]
        place = (spec.language, spec.insight_ids)
        if place not in suiting:
            suiting[place] = claims_suiting(brand, campaign, insights, pool)
        claims = choose_claims(
            brand, campaign, today=today, language=spec.language, position=among_all[spec.language],
            insights=insights, pool=pool, suiting=suiting[place],
        )  # fmt: skip
        among_all[spec.language] += 1
        return replace(spec, claim_ids=tuple(claim.id for claim in claims))

    return [[given(spec) for spec in batch] for batch in batches]


def _with_angles(batches: Batches, campaign: Campaign, brand: Brand, preferences: Preferences) -> Batches:
    among_all: Counter[str] = Counter()  # variants so far of a language

    def turn(spec: VariantSpec) -> Turn:
        pool = angles_for(
            brand, campaign, insights=_insights(spec, brand), language=spec.language, tone=spec.tone
        )
        angle = choose_angle(brand, campaign, position=among_all[spec.language], pool=pool)
        among_all[spec.language] += 1
        return Turn(spec.label, spec.language, (spec.language,), (angle.id,), tuple(one.id for one in pool))

    return _given(batches, turn, preferences, "angle", lambda spec, ids: replace(spec, angle=ids[0]))


def _given(
    batches: Batches,
    turn: Callable[[VariantSpec], Turn],
    preferences: Preferences,
    factor: TurnFactor,
    put: Callable[[VariantSpec, tuple[str, ...]], VariantSpec],
) -> Batches:
    turns = [[turn(spec) for spec in batch] for batch in batches]
    given = preferred(turns, preferences, factor)
    return [[put(spec, next(given)) for spec in batch] for batch in batches]


def _insights(spec: VariantSpec, brand: Brand) -> list[Insight]:
    return [brand.insights[id] for id in spec.insight_ids]


def reasons(
    spec: VariantSpec, brand: Brand, campaign: Campaign, today: date, preferences: Preferences
) -> tuple[str, ...]:
    """Why a variant was given what it was given, in sentences: by the brand as it is, and by ``preferences``."""
    if not preferences.evidence:
        return explain(spec, brand, campaign)
    found = [
        next((one for one in plan(campaign, brand, today, None, by) if one.key == spec.key), None)
        for by in (preferences, NO_PREFERENCES)
    ]
    planned, by_turn = found
    if planned is None or by_turn is None:  # the brief has changed since
        return explain(spec, brand, campaign)
    if (planned.insight_ids, planned.angle) != (spec.insight_ids, spec.angle):
        by_turn = spec  # revised since it was planned: what was tested is told, not why it was chosen
    preferred = {*spec.insight_ids} - {*by_turn.insight_ids}
    if preferences.knows("angle"):  # else another one goes with another insight, and is explained like any
        preferred |= {spec.angle} - {by_turn.angle}
    return (*explain_tests(spec, by_turn, preferences), *explain(spec, brand, campaign, preferred))


def shards(specs: Iterable[VariantSpec], size: int = SHARD_SIZE) -> tuple[tuple[VariantSpec, ...], ...]:
    """The plan cut into slices of at most ``size`` variants, each in one language, in the plan's order.

    The slices of a language are as long as one another, give or take one, so that workers end together.
    """
    if size < 1:
        raise ValueError("a shard holds at least one variant")
    scopes: dict[str, list[VariantSpec]] = {}
    for spec in specs:
        scopes.setdefault(spec.language, []).append(spec)
    slices = []
    for among in scopes.values():
        count = -(-len(among) // size)
        bounds = [len(among) * position // count for position in range(count + 1)]
        slices += [tuple(among[start:end]) for start, end in pairwise(bounds)]
    return tuple(slices)


def with_another_angle(spec: VariantSpec, brand: Brand, campaign: Campaign, attempt: int) -> VariantSpec:
    """The same variant seen from the next angle that suits its insights: what a refused draft may need.

    The key does not change: it is still the same place in the matrix.
    """
    insights = [brand.insights[id] for id in spec.insight_ids if id in brand.insights]
    fitting = angles_for(brand, campaign, insights=insights, language=spec.language, tone=spec.tone)
    suited = [angle.id for angle in fitting]
    at = suited.index(spec.angle) if spec.angle in suited else 0
    return replace(spec, angle=suited[(at + attempt) % len(suited)])


def other_insights(spec: VariantSpec, brand: Brand, campaign: Campaign) -> tuple[Insight, ...]:
    """The insights that the variant's readers may be told in its language and that it was not given, in the order of
    the pack from the last one that it was given."""
    pool = insights_for(brand, campaign, segment=spec.segment, language=spec.language)
    given = [position for position, insight in enumerate(pool) if insight.id in spec.insight_ids]
    start = given[-1] + 1 if given else 0
    return tuple(insight for insight in (*pool[start:], *pool[:start]) if insight.id not in spec.insight_ids)


def with_insights_instead(spec: VariantSpec, brand: Brand, campaign: Campaign, attempt: int) -> VariantSpec:
    """The same variant with as many other insights to tell, or as it is when its readers may be told nothing else.

    Each place and attempt starts elsewhere in its part of the pack, so that places that were given the same insight do
    not meet again at the next one. Insights that may be quoted come before those that must be paraphrased, and those
    collected for the segment before those that all segments tell.
    """
    groups: dict[tuple[bool, bool], list[Insight]] = {}
    for insight in other_insights(spec, brand, campaign):
        groups.setdefault((insight.paraphrase_only, not insight.segments), []).append(insight)
    assigned = []
    for _, group in sorted(groups.items()):
        start = (int(spec.key, 16) + attempt) % len(group)
        assigned += [*group[start:], *group[:start]]
    chosen = [insight.id for insight in assigned][: len(spec.insight_ids)]
    return replace(spec, insight_ids=(*chosen, *spec.insight_ids[len(chosen) :]))


def with_another_insight(spec: VariantSpec, insight: Insight) -> VariantSpec:
    """The same variant with one more insight to tell. The key does not change: it is still the same place."""
    return replace(spec, insight_ids=(*spec.insight_ids, insight.id))


def _refuse_unknown(campaign: Campaign, narrowing: Narrowing) -> None:
    asked: Iterable[tuple[str, tuple[str, ...], tuple[str, ...]]] = (
        ("channel", narrowing.channels, campaign.channels),
        ("segment", narrowing.segments, campaign.segments),
        ("language", narrowing.languages, campaign.languages),
        ("tone", narrowing.tones, campaign.tones),
    )
    for noun, wanted, known in asked:
        for value in wanted:
            if value not in known:
                raise WrongInput(
                    f"Campaign '{campaign.id}' has no {noun} '{value}'. It has: {', '.join(known)}."
                )
