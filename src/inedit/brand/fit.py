"""What goes together: an offer and the products it is about, an insight and the angle that can carry it.

What an entry is about is what it says under ``products``, or else the products whose names stand in its wordings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from inedit.brand.caching import by_identity
from inedit.brand.schema import Angle, Brand, BrandIdentity, CallToAction, Campaign, Claim, Insight, Need

ENDING = 2
"""Letters that a word may have more than a product's name and still be its plural or case: *Laken, Lakens*."""
ROOT = 5
"""Letters that two longer words share at the beginning when they are forms of one: *réparer, réparation*."""
FEWEST_LETTERS = 4
"""A shorter word (*the, pour, des*) says nothing of what a text is about."""


def offered(brand: Brand, campaign: Campaign) -> frozenset[str]:
    """Ids of the products that a campaign's offer is about; empty when it is about the whole brand."""
    return frozenset(campaign.products) or _named(brand.identity, (campaign.offer, campaign.objective))


def about(brand: Brand, entry: Insight | Claim | CallToAction) -> frozenset[str]:
    """Ids of the products that an insight, claim or call to action is about; empty for the whole brand."""
    return _about(brand.identity, entry)


@by_identity(maxsize=20_000)
def _about(identity: BrandIdentity, entry: Insight | Claim | CallToAction) -> frozenset[str]:
    stated = frozenset(entry.products) if isinstance(entry, Insight) else frozenset()
    return stated or _named(identity, (entry.text,))


def in_the_offer(brand: Brand, sold: frozenset[str], entry: Insight | Claim | CallToAction) -> bool:
    """Whether an entry speaks of nothing but the products ``sold``: of none, or of one of them."""
    products = about(brand, entry)
    return not sold or not products or bool(sold & products)


def bears_out(brand: Brand, claim: Claim, insights: Iterable[Insight]) -> bool:
    """Whether a claim proves what one of the insights tells: they share a topic, and no other product comes in."""
    topics = frozenset(claim.topics)
    sharing = [insight for insight in insights if not topics.isdisjoint(insight.topics)]
    if not sharing:
        return False
    of_claim = about(brand, claim)
    return any(
        not of_claim or not (of_insight := about(brand, insight)) or bool(of_claim & of_insight)
        for insight in sharing
    )


@by_identity(maxsize=4096)
def of_the_offer(brand: Brand, campaign: Campaign, claim: Claim) -> bool:
    """Whether a claim is about what is offered, not about the house at large: in most of its languages it says a word
    of the offer that neither names a product nor presents the brand."""
    matching = [
        tag
        for tag in claim.text
        if any(
            not any(_one_word(word, other) for other in _said_anyway(brand, tag))
            for word in shared_words(claim, campaign.offer, tag)
        )
    ]
    return 2 * len(matching) > len(claim.text)


def _said_anyway(brand: Brand, tag: str) -> tuple[str, ...]:
    """Words that a brand's texts have whatever they are about: those that present it, and its products' names."""
    names = (product.name.get(tag, "") for product in brand.identity.products)
    return _words(" ".join((brand.identity.about.get(tag, ""), *names)))


def meets(need: Need, insight: Insight, language: str) -> bool:
    """Whether an insight has what an angle cannot do without."""
    if need == "tip":
        return language in insight.tip
    if need == "figure":
        return insight.kind == "figure" or bool(re.search(r"\d", insight.text.get(language, "")))
    if need == "quote":
        return insight.kind == "verbatim" and not insight.paraphrase_only
    return insight.kind in ("verbatim", "story")


def carries(angle: Angle, insights: Iterable[Insight], language: str, tone: str = "") -> bool:
    """Whether an angle can carry all of the insights, in a tone that it goes with, and finds in one of them each thing
    that it needs."""
    insights = tuple(insights)
    if tone and angle.tones and tone not in angle.tones:
        return False
    if angle.suits and not {insight.kind for insight in insights} <= set(angle.suits):
        return False
    return not insights or all(any(meets(n, i, language) for i in insights) for n in angle.needs)


def calls_for(campaign: Campaign, calls: Iterable[CallToAction]) -> tuple[CallToAction, ...]:
    """Those of the calls that share a word with the offer in some language; when none does, with the objective, then
    with the key message. Empty when none shares any."""
    calls = tuple(calls)
    for texts in _said_by(campaign):
        if fitting := tuple(c for c in calls if any(shared_words(c, texts, tag) for tag in c.text)):
            return fitting
    return ()


def words_in_common(call: CallToAction, campaign: Campaign) -> tuple[str, ...]:
    """Words that a call to action shares with the first of offer, objective and key message that it shares any with."""
    for texts in _said_by(campaign):
        if words := [word for tag in call.text for word in shared_words(call, texts, tag)]:
            return tuple(dict.fromkeys(words))
    return ()


def shared_words(call: CallToAction | Claim, texts: Mapping[str, str], language: str) -> tuple[str, ...]:
    """Words of a call to action or claim that a text says too, in any form."""
    return _in_common(call.text.get(language, ""), texts.get(language, ""))


@lru_cache(maxsize=4096)  # a brief's few texts are compared for every variant
def _in_common(asked: str, text: str) -> tuple[str, ...]:
    others = [word for word in _words(text) if len(word) >= FEWEST_LETTERS]
    return tuple(
        word
        for word in _words(asked)
        if len(word) >= FEWEST_LETTERS and any(_one_word(word, other) for other in others)
    )


def _said_by(campaign: Campaign) -> tuple[Mapping[str, str], ...]:
    return campaign.offer, campaign.objective, campaign.key_message


def _one_word(a: str, b: str) -> bool:
    shorter, longer = sorted((a, b), key=len)
    if longer.startswith(shorter) and len(longer) - len(shorter) <= ENDING:
        return True
    return len(shorter) > ROOT and a[:ROOT] == b[:ROOT]


def _named(identity: BrandIdentity, wordings: Iterable[Mapping[str, str]]) -> frozenset[str]:
    """Products whose name stands in one of the wordings, in its language."""
    return frozenset(
        product.id
        for texts in wordings
        for product in identity.products
        if any(_stands(product.name[tag], text) for tag, text in texts.items() if tag in product.name)
    )


@lru_cache(maxsize=20_000)
def _stands(name: str, text: str) -> bool:
    sought, words = _words(name), _words(text)
    if not sought:
        return True
    first, *others = sought
    for at in range(len(words) - len(others)):
        if _is_form(words[at], first) and all(map(_is_form, words[at + 1 :], others)):
            return True
    return False


def _is_form(word: str, name: str) -> bool:
    """Whether a word is one of a name with no more than an ending of its own."""
    return word.startswith(name) and len(word) - len(name) <= ENDING


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without accents."""
    return tuple(_folded(text))


def _folded(text: str) -> Iterator[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    yield from re.findall(r"[^\W_]+", plain)
