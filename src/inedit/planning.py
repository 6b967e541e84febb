"""Turning a campaign brief into the variants to write, in a stable order.

The order is channel, language, segment, tone, index: variants that share the long stable part of their prompt are
neighbours, so that a prompt cache serves them. What a variant is made of (insight, claims, angle) follows from its
place in the *whole* matrix, so that narrowing a run never changes the variants that remain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, product

from inedit.brand.schema import Brand, Campaign, Insight
from inedit.brand.selection import choose_angle, choose_claims, choose_insights, claims_for, insights_for
from inedit.errors import WrongInput
from inedit.model import VariantSpec

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
    campaign: Campaign, brand: Brand, today: date, narrowing: Narrowing | None = None
) -> tuple[VariantSpec, ...]:
    """Every variant that the campaign asks for, with its angle, insights and claims chosen.

    ``today`` decides which claims may be said and which insights have expired. Raises
    :class:`~inedit.errors.WrongInput` when ``narrowing`` names something that the campaign does not have, or leaves
    nothing.
    """
    brand, narrowing = brand.on(today), narrowing or Narrowing()
    _refuse_unknown(campaign, narrowing)
    cells = list(product(campaign.channels, campaign.languages, campaign.segments, campaign.tones))
    briefed = campaign.variants_per_cell
    more = range(
        briefed, narrowing.variants_per_cell
    )  # dealt last: the brief's own variants stay as they are
    slots = [(cell, index) for cell in cells for index in range(briefed)]
    slots += [(cell, index) for cell in cells for index in more]
    among_all: Counter[str] = Counter()  # variants so far of a language: who gets which claims and angle
    among_readers: Counter[tuple[str, str]] = (
        Counter()
    )  # … of a segment in a language: who gets which insights
    told = {
        (segment, language): insights_for(brand, campaign, segment=segment, language=language)
        for segment, language in product(campaign.segments, campaign.languages)
    }
    sayable = {
        language: claims_for(brand, campaign, today=today, language=language)
        for language in campaign.languages
    }
    specs = {}
    for (channel, language, segment, tone), index in slots:
        insights = choose_insights(
            brand,
            campaign,
            segment=segment,
            language=language,
            count=campaign.insights_per_variant,
            position=among_readers[segment, language],
            pool=told[segment, language],
        )
        position = among_all[language]
        claims = choose_claims(
            brand,
            campaign,
            today=today,
            language=language,
            position=position,
            insights=insights,
            pool=sayable[language],
        )
        angle = choose_angle(brand, campaign, position=position, insights=insights, language=language)
        among_readers[segment, language] += 1
        among_all[language] += 1
        specs[channel, language, segment, tone, index] = VariantSpec(
            campaign.id,
            channel,
            segment,
            language,
            tone,
            index,
            angle=angle.id,
            insight_ids=tuple(insight.id for insight in insights),
            claim_ids=tuple(claim.id for claim in claims),
        )
    every = (specs[*cell, index] for cell in cells for index in range(max(briefed, more.stop)))
    return tuple(spec for spec in every if narrowing.keeps(spec))


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
    assigned = [
        choose_angle(brand, campaign, position=position, insights=insights, language=spec.language).id
        for position in range(len(brand.angles))
    ]
    suited = list(dict.fromkeys(assigned))
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
