"""How long before or after another thing, and advice: turned round only where it is about what the fact is about."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.order import turned_distance
from inedit.guard.evidence.relations.turned import turned

FACTS = {
    "fr": "Les poires mûrissent deux semaines après les pommes.",
    "en": "Pears ripen two weeks after the apples.",
}


@pytest.mark.parametrize(
    ("language", "text", "turned"),
    [
        ("fr", "Les poires mûrissent deux semaines avant les pommes.", True),
        ("fr", "Les poires mûrissent deux semaines avant le reste.", True),
        ("fr", "Les poires sont prêtes deux semaines avant Noël.", False),
        ("fr", "Nous avons fini deux semaines avant Noël.", False),
        ("fr", "Les poires mûrissent trois semaines avant les pommes.", False),
        ("fr", "Les poires mûrissent deux semaines après les pommes.", False),
        ("en", "Pears ripen two weeks before the apples.", True),
        ("en", "Our pears ripen two weeks before the rest.", True),
        ("en", "Our pears are in two weeks before Christmas.", False),
        ("en", "We were done two weeks before Christmas.", False),
        ("en", "Pears ripen two weeks after the apples.", False),
    ],
)
def test_a_distance_is_turned_of_the_facts_own_thing(language: str, text: str, *, turned: bool) -> None:
    """Two words of the fact beside the distance are enough; one is not."""
    found = list(turned_distance(text, language, Fact("x", "insight", FACTS[language], language)))
    assert bool(found) is turned


@pytest.mark.parametrize(
    ("advice", "seen"),
    [
        ("Unser Rat: Greifen Sie zum Wachs.", True),
        ("Unser Rat: Greifen Sie zum Leinöl.", False),
        ("Unser Rat: Greifen Sie zum Telefon.", False),
        ("Unser Rat: Greifen Sie nicht zum Wachs.", False),
        ("Unser Rat: Greifen Sie zum Leinöl, nicht zum Wachs.", False),
    ],
)
def test_advice_is_turned_when_it_names_what_the_tip_leaves(advice: str, *, seen: bool) -> None:
    """Advice about another thing, or with a denial, or of what the tip names as well, is not."""
    facts = (
        Fact("x", "insight", "Von 50 Proben hielten 39 mit Leinöl und 11 mit Wachs.", "de"),
        Fact("x", "tip", "Holz mit Leinöl einreiben.", "de"),
    )
    assert bool(turned(advice, "de", facts)) is seen
