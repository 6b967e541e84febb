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
from typing import NamedTuple, TypeVar

from inedit.brand.caching import by_identity
from inedit.brand.fit import about, bears_out, calls_for, carries, in_the_offer, of_the_offer, offered
from inedit.brand.schema import Angle, Brand, CallToAction, Campaign, Claim, Insight
from inedit.model import VariantSpec
from inedit.model.errors import WrongInput

Item = TypeVar("Item")
Entry = TypeVar("Entry", Insight, Claim, CallToAction)

CLAIMS = 2
"""Claims that a variant may choose from: a text uses one at most."""


def choose_insights(
    brand: Brand,
    campaign: Campaign,
    *,
    segment: str,
    language: str,
    count: int,
    position: int,
    pool: Sequence[Insight] | None = None,
) -> tuple[Insight, ...]:
    """``count`` insights for the variant at ``position`` among those of its segment and language.

    ``pool`` is what :func:`insights_for` gives, for who asks for many variants.

    Those collected for the segment come before those that speak to everybody, and each segment of a campaign
    starts elsewhere in the pack, so that two segments seldom open with the same insight. Fewer than ``count``
    come back when the pack is smaller; an empty tuple when there is nothing to say to this segment.
    """
    if pool is None:
        pool = insights_for(brand, campaign, segment=segment, language=language)
    own = [insight for insight in pool if insight.segments]
    common = [insight for insight in pool if not insight.segments]
    rank = campaign.segments.index(segment) if segment in campaign.segments else 0
    share = len(campaign.segments) or 1
    return _round_robin(
        [
            *_cut(own, len(own) * rank // share),
            *_cut(common, len(common) * rank // share),
        ],
        count,
        position,
    )


def insights_for(brand: Brand, campaign: Campaign, *, segment: str, language: str) -> tuple[Insight, ...]:
    """Every insight that may be given to a segment in a language, in the campaign's order or the files'.

    Those about products that are not offered are left out, unless too few would be left or the brief names its
    insights itself.
    """
    return _insights_for(brand, campaign, segment, language)


@by_identity(256)
def _insights_for(brand: Brand, campaign: Campaign, segment: str, language: str) -> tuple[Insight, ...]:
    known = [
        insight
        for insight in _named(brand.insights, campaign.insights)
        if not insight.retired
        and language in insight.text
        and (not insight.segments or segment in insight.segments)
    ]
    return tuple(_offered(brand, campaign, known, campaign.insights, campaign.insights_per_variant))


def choose_claims(
    brand: Brand,
    campaign: Campaign,
    *,
    today: date,
    language: str,
    position: int,
    count: int = CLAIMS,
    insights: Sequence[Insight] = (),
    pool: Sequence[Claim] | None = None,
    suiting: Suiting | None = None,
) -> tuple[Claim, ...]:
    """At most ``count`` claims that may be said ``today`` in the language's market, dealt by ``position``.

    ``pool`` is what :func:`claims_for` gives and ``suiting`` what :func:`claims_suiting` does, for who asks for many
    variants.

    Where the ``insights`` state their topics, they are the claims that bear them out, however few; or else those that
    are about what is offered. Without topics, the first is about a product of the insights, when there is such a claim.
    None is about a product that is not offered, while others are left. Fewer when fewer are valid; none when none is.
    """
    if pool is None:
        pool = claims_for(brand, campaign, today=today, language=language, count=count)
    if suiting is None:
        suiting = claims_suiting(brand, campaign, insights, pool)
    if not suiting.only_first:
        return _round_robin(suiting.claims, count, position)
    first = _round_robin(suiting.claims, 1, position)
    return (*first, *_round_robin([claim for claim in pool if claim not in first], count - 1, position))


class Suiting(NamedTuple):
    """The claims that suit some insights: all that are dealt beside them are among these, or only the first one is."""

    claims: Sequence[Claim]
    only_first: bool


def claims_suiting(
    brand: Brand, campaign: Campaign, insights: Sequence[Insight], pool: Sequence[Claim]
) -> Suiting:
    """Those of the pool that :func:`choose_claims` deals beside some insights."""
    if any(insight.topics for insight in insights):
        fitting = [claim for claim in pool if bears_out(brand, claim, insights)]
        fitting = fitting or [claim for claim in pool if of_the_offer(brand, campaign, claim)]
        return Suiting(fitting or pool, only_first=False)
    products = frozenset(product for insight in insights for product in about(brand, insight))
    related = [claim for claim in pool if products & about(brand, claim)]
    return Suiting(related, only_first=True) if related else Suiting(pool, only_first=False)


def claims_for(
    brand: Brand, campaign: Campaign, *, today: date, language: str, count: int = CLAIMS
) -> tuple[Claim, ...]:
    """Every claim that may be dealt to the variants of a language, in the campaign's order or the file's."""
    valid = {claim.id: claim for claim in brand.valid_claims(today, language)}
    return tuple(_offered(brand, campaign, _named(valid, campaign.claims), campaign.claims, count))


def choose_calls(
    brand: Brand, campaign: Campaign, *, channel: str, language: str, insights: Sequence[Insight] = ()
) -> tuple[CallToAction, ...]:
    """The calls to action that a text of the channel may end on, in the files' order.

    Those that the brief names, or else those that share a word with its offer (or objective, or key message); all that
    are about no product outside the offer when none does. Of these, those about the products of the ``insights``, when
    there are any: a text about sheets does not end on tablecloths.
    """
    known = [
        call
        for call in brand.identity.calls_to_action
        if language in call.text and (not call.channels or channel in call.channels)
    ]
    if not isinstance(campaign.calls_to_action, str):
        return tuple(c for c in known if c.id in campaign.calls_to_action) or tuple(known)
    pool = _offered(brand, campaign, known, "auto", 1)
    calls = calls_for(campaign, pool) or tuple(pool)
    products = frozenset(product for insight in insights for product in about(brand, insight))
    return tuple(call for call in calls if products & about(brand, call)) or calls


def choose_angle(
    brand: Brand,
    campaign: Campaign,
    *,
    position: int,
    insights: Sequence[Insight] = (),
    language: str = "",
    tone: str = "",
    pool: Sequence[Angle] | None = None,
) -> Angle:
    """The angle for the variant at ``position``, among those that go with its ``tone``, can carry every one of
    ``insights`` and find in them what they need in the variant's ``language``.

    ``pool`` is what :func:`angles_for` gives, for who needs it, too.

    When no angle suits them all, the tone is waived, then the insights: a text needs an angle. Raises
    :class:`~.errors.WrongInput` when the campaign has no angle at all.
    """
    if pool is None:
        pool = angles_for(brand, campaign, insights=insights, language=language, tone=tone)
    return _round_robin(pool, 1, position)[0]


def angles_for(
    brand: Brand, campaign: Campaign, *, insights: Sequence[Insight], language: str, tone: str = ""
) -> tuple[Angle, ...]:
    """Every angle that :func:`choose_angle` deals: those that suit the insights, or all when none does."""
    angles = _named(brand.angles, campaign.angles)
    if not angles:
        raise WrongInput(
            f"Campaign '{campaign.id}' has no angle to write from. Add one to brand_data/angles.yaml."
        )
    return tuple(
        suited_angles(angles, insights, language, tone) or suited_angles(angles, insights, language) or angles
    )


def suited_angles(
    angles: Iterable[Angle], insights: Sequence[Insight], language: str, tone: str = ""
) -> list[Angle]:
    """Those of the angles that can carry the insights in a language, and go with a tone."""
    return [angle for angle in angles if carries(angle, insights, language, tone)]


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
    counts = Counter(id for spec in specs for id in spec.insight_ids)
    return Coverage({insight.id: counts[insight.id] for insight in insights})


def _named(entries: Mapping[str, Item], choice: str | tuple[str, ...]) -> list[Item]:
    """All entries when the campaign says ``auto``, else those it names that exist, in its order."""
    names = entries if isinstance(choice, str) else choice
    return [entries[name] for name in names if name in entries]


def _offered(
    brand: Brand, campaign: Campaign, pool: list[Entry], choice: str | tuple[str, ...], count: int
) -> list[Entry]:
    """The pack without what speaks of products that are not offered; whole when the brief named its entries or fewer
    than ``count`` would be left."""
    if not isinstance(choice, str):
        return pool
    sold = offered(brand, campaign)
    fitting = [entry for entry in pool if in_the_offer(brand, sold, entry)]
    return fitting if len(fitting) >= count else pool


def _cut(pool: list[Item], at: int) -> list[Item]:
    return pool[at:] + pool[:at]


def _round_robin(pool: Sequence[Item], count: int, position: int) -> tuple[Item, ...]:
    """``count`` neighbouring cards, the first one ``position * count`` cards down the endless pack."""
    return tuple(pool[(position * count + n) % len(pool)] for n in range(min(count, len(pool))))
