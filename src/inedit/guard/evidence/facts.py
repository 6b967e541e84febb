"""What a text may rely on: the facts that the brand supplies for this variant, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand, Campaign
from inedit.guard.context import Context
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.text import Word, sentences, words
from inedit.model import Draft


class Fact(NamedTuple):
    """One supplied wording. ``kind`` is claim, insight, offer, about, product, call_to_action, readers; ``language``
    is its own. What the brief says of the readers may be said of them; it promises nothing.

    A named tuple, as facts are compared and looked up some thousand times a draft."""

    id: str
    kind: str
    text: str
    language: str


def wording(
    localized: Mapping[str, str], language: str, *, any_language: bool = False
) -> tuple[str, str] | None:
    """The wording for a tag, else for its language, else (when asked) any: ``(text, its tag)``."""
    if language in localized:
        return localized[language], language
    for tag, text in localized.items():
        if primary(tag) == primary(language):
            return text, tag
    return next(((text, tag) for tag, text in localized.items()), None) if any_language else None


def wordings_of(value: Any, language: str) -> Iterator[str]:
    """The texts in a language that brand data holds, at any depth."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from wordings_of(getattr(value, name, None), language)
    elif isinstance(value, Mapping):
        here = wording(value, language)
        if here is None:
            for each in value.values():
                if isinstance(each, BaseModel):
                    yield from wordings_of(each, language)
        else:
            yield from (here[0],) if isinstance(here[0], str) else here[0]
    elif isinstance(value, tuple):
        for each in value:
            if isinstance(each, BaseModel):
                yield from wordings_of(each, language)


def names_in(localized: Mapping[str, str]) -> frozenset[str]:
    """Proper names of a fact, folded: capitals in two languages, or inside a sentence where nouns have none."""
    return _names_in(tuple(localized.items()))


@by_identity(maxsize=16)
def names_of_brand(brand: Brand) -> frozenset[str]:
    """The proper names of all claims and insights of a brand, folded."""
    claims = (names_in(claim.text) for claim in brand.claims.values())
    return frozenset[str]().union(*claims, *(names_in(insight.text) for insight in brand.insights.values()))


@lru_cache(maxsize=4096)
def _names_in(localized: tuple[tuple[str, str], ...]) -> frozenset[str]:
    capitals = {tag: {w.folded for w in words(text) if _is_capital(w)} for tag, text in localized}
    inside = {
        word.folded
        for tag, text in localized
        if primary(tag) != "de"
        for sentence in sentences(text)
        for word in words(sentence.of(text))[1:]
        if _is_capital(word)
    }
    shared = {
        word
        for tag, found in capitals.items()
        for other, also in capitals.items()
        if primary(tag) != primary(other)
        for word in found & also
    }
    return frozenset(inside | shared)


def _is_capital(word: Word) -> bool:
    return word.text[:1].isupper() and len(word.text) > 2


def supplied_facts(draft: Draft, context: Context) -> tuple[Fact, ...]:
    """Every fact that a draft may use today, in its market and language.

    Claims that are valid, the campaign's offer, the variant's insights (in any language: a figure is the
    same in all of them), what the brand says of itself, its products, its approved calls to action and its readers.
    """
    return context.kept("supplied facts", draft.spec, lambda: same_facts(tuple(_supplied(draft, context))))


OF_ONE_VARIANT = frozenset({"meaning", "tip"})
"""Kinds of facts that come with an insight that a variant was given; any other insight is withheld instead, so that all
variants of a campaign for the same readers have the others in common."""

KEPT = 512
"""Sets of facts that are remembered, as many as a campaign has kinds of variants: each is a list of references."""


@lru_cache(maxsize=KEPT)
def same_facts(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The same object for the same facts, by which what is made of them is kept."""
    return facts


def _supplied(draft: Draft, context: Context) -> Iterator[Fact]:
    brand, campaign, spec, language = context.brand, context.campaign, draft.spec, draft.spec.language
    insights = [brand.insights[each] for each in spec.insight_ids if each in brand.insights]
    yield from _supplied_claims(brand, language, context.today)
    for insight in insights:
        yield from _fact(insight.id, "insight", insight.text, language, anyway=True)
    yield from _of_house_and_readers(brand, campaign, spec.segment, language)
    for insight in insights:
        yield from _fact(insight.id, "meaning", insight.meaning, language)
        yield from _fact(insight.id, "tip", insight.tip, language)
    yield from _of_campaign(brand, campaign, spec.channel, language)


def _fact(
    identity: str, kind: str, localized: Mapping[str, str], language: str, *, anyway: bool = False
) -> Iterator[Fact]:
    """A wording as a fact, where there is one in the language."""
    found = wording(localized, language, any_language=anyway)
    if found:
        yield Fact(identity, kind, *found)


@by_identity(maxsize=64)
def _supplied_claims(brand: Brand, language: str, today: date) -> tuple[Fact, ...]:
    """The claims that may be told today: the same for all variants."""
    valid = (claim for claim in brand.claims.values() if claim.is_valid(today, brand.market(language)))
    return tuple(fact for claim in valid for fact in _fact(claim.id, "claim", claim.text, language))


@by_identity(maxsize=64)
def _of_house_and_readers(brand: Brand, campaign: Campaign, segment: str, language: str) -> tuple[Fact, ...]:
    """The offer, the house, its products and calls to action, and the readers: the same for a campaign's variants."""
    house = brand.identity
    return (
        *(
            f
            for own, offer in _offers(brand, campaign)
            for f in _fact(own, "offer", offer, language, anyway=True)
        ),
        *_fact(house.id, "about", house.about, language, anyway=True),
        *(f for p in house.products for f in _fact(p.id, "product", p.name, language, anyway=True)),
        *(f for call in house.calls_to_action for f in _fact(call.id, "call_to_action", call.text, language)),
        *(Fact(segment, "readers", t, language) for t in wordings_of(brand.segments.get(segment), language)),
    )


@by_identity(maxsize=64)
def _of_campaign(brand: Brand, campaign: Campaign, channel: str, language: str) -> tuple[Fact, ...]:
    """The key message, what must stand in a text and where it leads: the same for a campaign's variants."""
    mentions = brand.mentions(campaign, channel, language)
    return (
        *_fact(campaign.id, "key_message", campaign.key_message, language),
        *(Fact(campaign.id, "mandatory", mention, language) for mention in mentions),
        *(Fact(campaign.id, "link", link.url, language) for link in campaign.links_in(channel)),
        *(Fact(brand.identity.id, "address", each, language) for each in brand.identity.addresses.every),
    )


def _offers(brand: Brand, campaign: Campaign) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """The offer of the campaign; of a text that no campaign asked for, every offer of the brand, each with its
    campaign."""
    asked = (campaign,) if campaign.id else brand.campaigns.values()
    return tuple((each.id, each.offer) for each in asked)


def brief_texts(draft: Draft, context: Context) -> tuple[str, ...]:
    """What the brief of this variant supplied, in its language: insights, claims, offer, objective, readers."""
    brand, spec, campaign = context.brand, draft.spec, context.campaign
    segment = brand.segments.get(spec.segment)
    localized = (
        *(brand.insights[id].text for id in spec.insight_ids if id in brand.insights),
        *(brand.claims[id].text for id in spec.claim_ids if id in brand.claims),
        campaign.offer,
        campaign.objective,
        segment.description if segment else {},
    )
    return tuple(found[0] for texts in localized if (found := wording(texts, spec.language)))


def withheld_facts(draft: Draft, context: Context) -> tuple[Fact, ...]:
    """Claims that may not be told today or in this market (ended, not yet valid, another market's), and the insights
    that this variant was not given."""
    spec = draft.spec
    return context.kept(
        "withheld facts",
        spec,
        lambda: _withheld(context.brand, spec.language, context.today, " ".join(spec.insight_ids)),
    )


def all_facts(draft: Draft, context: Context) -> tuple[Fact, ...]:
    """Every fact that a draft may be about: those that it may use, then those that it may not."""
    return context.kept(
        "all facts",
        draft.spec,
        lambda: _joined(supplied_facts(draft, context), withheld_facts(draft, context)),
    )


@by_identity(maxsize=KEPT)
def _joined(supplied: tuple[Fact, ...], withheld: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return (*supplied, *withheld)


@by_identity(maxsize=KEPT)
def _withheld(brand: Brand, language: str, today: date, insight_ids: str) -> tuple[Fact, ...]:
    """Those that a variant with these insights was not given. A brand has hundreds: they are not looked at again for
    every draft."""
    claims, insights = _withheld_at_most(brand, language, today)
    given = frozenset(insight_ids.split())
    return (*claims, *(fact for fact in insights if fact.id not in given))


@by_identity(maxsize=64)
def _withheld_at_most(brand: Brand, language: str, today: date) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The claims that may not be told today, and every insight, in a language: the same for all variants."""
    market = brand.market(language)
    return (
        tuple(
            Fact(claim.id, "withheld", *found)
            for claim in brand.claims.values()
            if not claim.is_valid(today, market) and (found := wording(claim.text, language))
        ),
        tuple(
            Fact(insight.id, "insight", *found)
            for insight in brand.insights.values()
            if (found := wording(insight.text, language))
        ),
    )


def model_parts(draft: Draft, context: Context) -> tuple[tuple[str, str, int], ...]:
    """The parts that the model worded itself: ``(part id, text, where it starts in the draft's text)``."""
    known: tuple[Draft, tuple[tuple[str, str, int], ...]] | None = context.memo.get("model parts")
    if (
        known is None or known[0] is not draft
    ):  # of the draft that is read now, as nearly every check asks for them
        known = context.memo["model parts"] = draft, _model_parts(draft, context)
    return known[1]


def _model_parts(draft: Draft, context: Context) -> tuple[tuple[str, str, int], ...]:
    approved = {part.id for part in context.sheet.parts if part.source != "model"}
    listed, start = [], 0
    for part_id, text in draft.parts.items():
        if text and part_id not in approved:
            listed.append((part_id, text, start))
        start += len(text) + bool(text)
    return tuple(listed)
