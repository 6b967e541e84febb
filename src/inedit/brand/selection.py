"""What the brand supplies for one variant: which insights, which claims, seen from which angle.

Pure and deterministic: the same brand, campaign and position give the same choice, whatever else is made.
``position`` counts siblings from 0. Siblings at consecutive positions are dealt consecutive cards of a pack,
so neighbours share nothing while the pack is large enough, and a pack of n cards is used up in n / count
positions, which no dealing can beat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from inedit.brand.schema import Angle, Brand, Campaign, Claim, Insight
from inedit.errors import WrongInput
from inedit.model import VariantSpec

Card = TypeVar("Card")


def choose_insights(
    brand: Brand, campaign: Campaign, *, segment: str, language: str, count: int, position: int
) -> tuple[Insight, ...]:
    """``count`` insights for the variant at ``position`` among those of its segment and language.

    Those collected for the segment come before those that speak to everybody, and each segment of a campaign
    starts elsewhere in the pack, so that two segments seldom open with the same insight. Fewer than ``count``
    come back when the pack is smaller; an empty tuple when there is nothing to say to this segment.
    """
    pack = insights_for(brand, campaign, segment=segment, language=language)
    own = [insight for insight in pack if insight.segments]
    common = [insight for insight in pack if not insight.segments]
    rank = campaign.segments.index(segment) if segment in campaign.segments else 0
    share = len(campaign.segments) or 1
    return _deal(
        [
            *_cut(own, len(own) * rank // share),
            *_cut(common, len(common) * rank // share),
        ],
        count,
        position,
    )


def insights_for(brand: Brand, campaign: Campaign, *, segment: str, language: str) -> tuple[Insight, ...]:
    """Every insight that may be given to a segment in a language, in the campaign's order or the files'."""
    return tuple(
        insight
        for insight in _named(brand.insights, campaign.insights)
        if language in insight.text and (not insight.segments or segment in insight.segments)
    )


def choose_claims(
    brand: Brand, campaign: Campaign, *, today: date, language: str, position: int, count: int = 3
) -> tuple[Claim, ...]:
    """``count`` claims that may be said ``today`` in the language's market, dealt by ``position``.

    Fewer when fewer are valid; none when none is.
    """
    valid = {claim.id: claim for claim in brand.valid_claims(today, language)}
    return _deal(_named(valid, campaign.claims), count, position)


def choose_angle(
    brand: Brand, campaign: Campaign, *, position: int, insights: Sequence[Insight] = ()
) -> Angle:
    """The angle for the variant at ``position``, among those that can carry every one of ``insights``.

    When no angle suits them all, suitability is waived: a text needs an angle. Raises
    :class:`~inedit.errors.WrongInput` when the campaign has no angle at all.
    """
    angles = _named(brand.angles, campaign.angles)
    kinds = {insight.kind for insight in insights}
    suited = [angle for angle in angles if not angle.suits or kinds <= set(angle.suits)]
    dealt = _deal(suited or angles, 1, position)
    if not dealt:
        raise WrongInput(
            f"Campaign '{campaign.id}' has no angle to write from. Add one to brand_data/angles.yaml."
        )
    return dealt[0]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what could be said is said: ``uses`` counts the variants that were given each insight."""

    uses: Mapping[str, int]

    @property
    def unused(self) -> tuple[str, ...]:
        """Insights that no variant was given, in their own order."""
        return tuple(id for id, count in self.uses.items() if not count)

    @property
    def share(self) -> float:
        """Part of the insights used at least once, 0 to 1; 1 when there was none to use."""
        return 1 - len(self.unused) / len(self.uses) if self.uses else 1.0


def eligible_insights(brand: Brand, campaign: Campaign) -> tuple[Insight, ...]:
    """Every insight that some segment of the campaign may be given in one of its languages, in their own order."""
    found = {
        insight.id: insight
        for segment in campaign.segments
        for language in campaign.languages
        for insight in insights_for(brand, campaign, segment=segment, language=language)
    }
    return tuple(insight for id, insight in brand.insights.items() if id in found)


def coverage(specs: Iterable[VariantSpec], insights: Iterable[Insight]) -> Coverage:
    """Which of ``insights`` the variants were given, and how often."""
    given = Counter(id for spec in specs for id in spec.insight_ids)
    return Coverage({insight.id: given[insight.id] for insight in insights})


def _named(entries: Mapping[str, Card], choice: str | tuple[str, ...]) -> list[Card]:
    """All entries when the campaign says ``auto``, else those it names that exist, in its order."""
    names = entries if isinstance(choice, str) else choice
    return [entries[name] for name in names if name in entries]


def _cut(pack: list[Card], at: int) -> list[Card]:
    return pack[at:] + pack[:at]


def _deal(pack: Sequence[Card], count: int, position: int) -> tuple[Card, ...]:
    """``count`` neighbouring cards, the first one ``position * count`` cards down the endless pack."""
    return tuple(pack[(position * count + n) % len(pack)] for n in range(min(count, len(pack))))
