"""What is looked for of a fact in a text: worked out of the brand's data once, not for every draft. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand
from inedit.guard.evidence.brand_facts import brand_facts, quantities_of, stems_of
from inedit.guard.evidence.facts import KEPT, Fact, names_in
from inedit.guard.evidence.marks import evidence_for
from inedit.guard.evidence.support import Known
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.text import folded_words, stems, told_runs

QUOTE_WORDS = 5
"""Words in a row that make a quotation."""

MEANING_STEMS = 3
"""Distinctive stems of a fact, in one sentence or two neighbouring ones, that show its meaning."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A claim or an insight, and what shows it.

    Its ``runs`` of ``in_a_row`` words, of which one is a quotation; its figures; its proper names, folded, that the
    brand, its offer and its products do not bring along; the ``phrases`` that the brand named as evidence; its own
    ``stems``, of which ``enough`` tell what it means.
    """

    fact: Fact
    in_a_row: int
    runs: frozenset[str]
    quantities: tuple[Known, ...]
    names: frozenset[str]
    phrases: tuple[str, ...]
    stems: frozenset[str]
    enough: int


@by_identity(maxsize=KEPT)
def sought_of_claims(
    brand: Brand, claims: tuple[Fact, ...], usual: tuple[Fact, ...], language: str
) -> tuple[Sought, ...]:
    """What is looked for of each of the claims; ``usual`` are the facts that prove nothing."""
    names = brand_facts(brand, tuple(fact.id for fact in claims), language).names
    return tuple(sought_of(brand, fact, usual, names, language) for fact in claims)


def sought_of(
    brand: Brand, fact: Fact, usual: tuple[Fact, ...], claimed: Mapping[str, int], language: str
) -> Sought:
    """What is looked for of one fact; ``claimed`` tells how many claims have a name.

    A name that a claim has too proves no insight, and one that several claims have (« France ») none of them.
    """
    is_insight = fact.kind == "insight"
    phrases = evidence_for(brand, fact.id, language) if is_insight else ()
    own = _own_stems(fact, usual, language).union(*(stems(phrase, language) for phrase in phrases))
    enough = MEANING_STEMS if is_insight else max(MEANING_STEMS, (len(own) + 1) // 2)
    named = names_in((brand.insights if is_insight else brand.claims)[fact.id].text) - usual_words(usual)
    names = frozenset([name for name in named if claimed.get(name, 0) <= (0 if is_insight else 1)])
    in_a_row = min(QUOTE_WORDS, max(len(folded_words(fact.text)), 1))
    runs = told_runs(fact.text, in_a_row)
    return Sought(fact, in_a_row, runs, quantities_of(fact), names, phrases, own, enough)


@lru_cache(maxsize=KEPT)
def usual_words(usual: tuple[Fact, ...]) -> frozenset[str]:
    """The words, folded, of what every text may say."""
    return frozenset[str]().union(*(folded_words(fact.text) for fact in usual))


@lru_cache(maxsize=KEPT)
def _usual_stems(usual: tuple[Fact, ...], language: str) -> frozenset[str]:
    return frozenset[str]().union(*(stems_of(fact.text, language) for fact in usual))


def _own_stems(fact: Fact, usual: tuple[Fact, ...], language: str) -> frozenset[str]:
    """Stems that carry the fact's meaning; none when it is in another language."""
    if primary(fact.language) != primary(language):
        return frozenset()
    return stems_of(fact.text, language) - _usual_stems(usual, language)
