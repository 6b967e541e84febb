"""What the facts of a brand are made of, and what they have in common: how rare a word, a name or a figure is."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand
from inedit.guard.evidence.facts import Fact, names_in, wording
from inedit.guard.evidence.marks import content_stems
from inedit.guard.evidence.support import Known
from inedit.guard.nlp.quantities import find_quantities


class BrandFacts(NamedTuple):
    """What insights and claims of a brand have in common: how many texts there are, how many have a stem, and how many
    claims a name."""

    texts: int
    having: Counter[str]
    names: Counter[str]


@by_identity(maxsize=64)
def _counted(brand: Brand, ids: str, language: str) -> BrandFacts:
    claims = [brand.claims[claim_id].text for claim_id in ids.split()]
    # of all insights, the others too: what one fact of the brand says and no other one does, is rare
    told = [*(insight.text for insight in brand.insights.values()), *claims]
    texts = [found[0] for localized in told if (found := wording(localized, language))]
    return BrandFacts(
        len(texts),
        Counter(root for text in texts for root in content_stems(text, language)),
        Counter(name for localized in claims for name in names_in(localized)),
    )


def brand_facts(brand: Brand, ids: tuple[str, ...], language: str) -> BrandFacts:
    return _counted(brand, " ".join(ids), language)


@lru_cache(maxsize=4096)
def quantities_of(fact: Fact) -> tuple[Known, ...]:
    """The figures of a fact."""
    return tuple(Known(quantity, fact) for quantity in find_quantities(fact.text, fact.language))


@lru_cache(maxsize=4096)
def stems_of(fact: str, language: str) -> frozenset[str]:
    """The stems of the words of content of a fact: kept longer than a draft's."""
    return content_stems(fact, language)
