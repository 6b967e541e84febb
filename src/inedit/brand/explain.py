"""Why a variant was given what it was given, in sentences for the person who reads its prompt or its text."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from inedit.brand.fit import about, bears_out, carries, meets, of_the_offer, offered, words_in_common
from inedit.brand.schema import Angle, Brand, Campaign, Claim, Insight
from inedit.brand.selection import angles_for, choose_calls, insights_for
from inedit.model import VariantSpec


def explain(
    spec: VariantSpec, brand: Brand, campaign: Campaign, preferred: Collection[str] = ()
) -> tuple[str, ...]:
    """One sentence for each choice: insights, angle, claims, calls to action.

    ``preferred`` are the insights and angle that A/B tests chose: it was not their turn. What the brand no longer has
    is said to be gone: brand data may have changed since the variant was planned.
    """
    return tuple(_sentences(spec, brand, campaign, preferred))


def _sentences(
    spec: VariantSpec, brand: Brand, campaign: Campaign, preferred: Collection[str]
) -> Iterator[str]:
    insights = [brand.insights[id] for id in spec.insight_ids if id in brand.insights]
    fitting = insights_for(brand, campaign, segment=spec.segment, language=spec.language)
    for id in spec.insight_ids:
        if id not in brand.insights:
            yield f"Insight '{id}' is no longer in brand_data."
    for insight in insights:
        yield (
            f"Insight '{insight.id}' {_readers(insight, spec.segment)} and {_subject(brand, campaign, insight)}; "
            f"it {_turn(insight.id, preferred)} among the {len(fitting)} that suit segment and offer in "
            f"'{spec.language}'."
        )
    if spec.angle in brand.angles:
        yield _angle(brand.angles[spec.angle], insights, spec, brand, campaign, preferred)
    for claim in (brand.claims[id] for id in spec.claim_ids if id in brand.claims):
        why = _claim(claim, insights, brand, campaign)
        yield f"Claim '{claim.id}' may be said in {brand.market(spec.language)}; {why}."
    calls = choose_calls(brand, campaign, channel=spec.channel, language=spec.language, insights=insights)
    products = frozenset(product for insight in insights for product in about(brand, insight))
    for call in calls:
        words = ", ".join(words_in_common(call, campaign))
        if not isinstance(campaign.calls_to_action, str):
            why = "the brief names it"
        else:
            why = f"it shares with the brief: {words}" if words else "no call shares a word with the brief"
        if shared := sorted(products & about(brand, call)):
            why += f"; like the insight, it is about: {', '.join(shared)}"
        yield f"Call to action '{call.id}' is offered: {why}."


def _claim(claim: Claim, insights: list[Insight], brand: Brand, campaign: Campaign) -> str:
    if bears_out(brand, claim, insights):
        topics = {topic for insight in insights for topic in insight.topics} & set(claim.topics)
        return f"like the insight, it is about: {', '.join(sorted(topics))}"
    if any(insight.topics for insight in insights):
        of_offer = of_the_offer(brand, campaign, claim)
        return "nothing bears the insight out, so " + (
            "it is about the offer" if of_offer else "it was its turn"
        )
    products = frozenset(product for insight in insights for product in about(brand, insight))
    shared = sorted(products & about(brand, claim))
    return f"like the insight, it is about: {', '.join(shared)}" if shared else "it was its turn"


def _turn(value: str, preferred: Collection[str]) -> str:
    return "was preferred" if value in preferred else "was its turn"


def _readers(insight: Insight, segment: str) -> str:
    return f"was collected for '{segment}'" if segment in insight.segments else "speaks to every segment"


def _subject(brand: Brand, campaign: Campaign, insight: Insight) -> str:
    products, sold = about(brand, insight), offered(brand, campaign)
    if not products:
        return "is about no product in particular"
    if not sold or products & sold:
        return f"is about: {', '.join(sorted(products & sold or products))}"
    return f"is about what is not offered ({', '.join(sorted(products))}), for want of others"


def _angle(
    angle: Angle, insights: list[Insight], spec: VariantSpec, brand: Brand, campaign: Campaign,
    preferred: Collection[str],
) -> str:  # fmt: skip
    suited = angles_for(brand, campaign, insights=insights, language=spec.language, tone=spec.tone)
    if not carries(angle, insights, spec.language):
        return f"Angle '{angle.id}' does not suit the insight; no angle of the campaign does."
    if not carries(angle, insights, spec.language, spec.tone):
        return f"Angle '{angle.id}' suits the insight, not the tone; no angle of the campaign suits both."
    kinds = ", ".join(sorted({insight.kind for insight in insights})) or "no"
    met = [need for need in angle.needs if any(meets(need, i, spec.language) for i in insights)]
    needs = f" and has what it needs ({', '.join(met)})" if met else ""
    return (
        f"Angle '{angle.id}' can carry an insight of kind {kinds}, which this is{needs}; "
        f"it {_turn(angle.id, preferred)} among {len(suited)}."
    )
