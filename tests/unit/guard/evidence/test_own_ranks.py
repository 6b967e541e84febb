"""A superlative among our own things stands where the figures of the facts order them so, and nowhere else."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.own_ranks import is_ranked_by_facts
from inedit.model import Span

FACTS = {
    "fr": (
        "Un vélo cargo se loue 90 € par mois.",
        "Un vélo de ville se loue 40 € par mois.",
        "Un tandem se loue 60 € par mois.",
    ),
    "en": (
        "A cargo bike rents for €90 a month.",
        "A city bike rents for €40 a month.",
        "A tandem rents for €60 a month.",
    ),
    "de": (
        "Ein Lastenrad kostet 90 € Miete im Monat.",
        "Ein Stadtrad kostet 40 € Miete im Monat.",
        "Ein Tandem kostet 60 € Miete im Monat.",
    ),
    "es": (
        "Una bici de carga se alquila por 90 € al mes.",
        "Una bici urbana se alquila por 40 € al mes.",
        "Un tándem se alquila por 60 € al mes.",
    ),
    "it": (
        "Una bici cargo si noleggia a 90 € al mese.",
        "Una bici da città si noleggia a 40 € al mese.",
        "Un tandem si noleggia a 60 € al mese.",
    ),
}


def ranked(text: str, said: str, language: str) -> bool:
    facts = [Fact(f"c{i}", "claim", fact, language) for i, fact in enumerate(FACTS[language])]
    start = text.index(said)
    return is_ranked_by_facts(text, Span(start, start + len(said)), language, facts)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("fr", "La location la plus chère est celle du vélo cargo : 90 € par mois.", "la plus chère"),
        ("en", "The dearest to rent is the cargo bike: €90 a month.", "The dearest"),
        ("de", "Am teuersten ist die Miete beim Lastenrad: 90 € im Monat.", "Am teuersten"),
        ("es", "El alquiler más caro es el de la bici de carga: 90 € al mes.", "El alquiler más caro"),
        ("it", "Il noleggio più caro è quello della bici cargo: 90 € al mese.", "Il noleggio più caro"),
        ("en", "Our cheapest bike to rent is the city bike: €40 a month.", "cheapest"),
    ],
)
def test_what_the_facts_order_may_be_said(language: str, text: str, said: str) -> None:
    assert ranked(text, said, language)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("fr", "La location la plus chère est celle du tandem : 60 € par mois.", "la plus chère"),
        ("en", "The dearest to rent is the tandem: €60 a month.", "The dearest"),
        ("de", "Am teuersten ist die Miete beim Tandem: 60 € im Monat.", "Am teuersten"),
        ("es", "El alquiler más caro es el del tándem: 60 € al mes.", "El alquiler más caro"),
        ("it", "Il noleggio più caro è quello del tandem: 60 € al mese.", "Il noleggio più caro"),
        ("en", "The cheapest bike in town rents for €40 a month.", "The cheapest"),
        ("en", "The cheapest bike to rent: €40 a month.", "The cheapest"),
        ("de", "Am günstigsten ist die Miete beim Lastenrad: 90 € im Monat.", "Am günstigsten"),
    ],
)
def test_another_order_and_a_market_are_not(language: str, text: str, said: str) -> None:
    assert not ranked(text, said, language)
