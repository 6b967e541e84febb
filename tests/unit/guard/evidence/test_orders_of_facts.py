"""Only facts that say what comes before what are asked whether a text turns that round."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.relations.order import tells_order


@pytest.mark.parametrize(
    ("language", "fact"),
    [
        ("fr", "Elle trempe le lin, puis elle le repasse."),
        ("fr", "Les semis ont levé deux semaines après ceux du voisin."),
        ("en", "She soaks the linen before she irons it."),
        ("de", "Sie weicht das Leinen ein, bevor sie es bügelt."),
        ("es", "Remoja el lino antes de plancharlo."),
        ("it", "Mette a bagno il lino prima di stirarlo."),
    ],
)
def test_a_fact_with_an_order_tells_one(language: str, fact: str) -> None:
    """A fact that puts one thing before another tells an order."""
    assert tells_order(fact, language)


@pytest.mark.parametrize(
    ("language", "fact"),
    [("fr", "Le lin pèse 220 g."), ("en", "The linen weighs 220 g."), ("de", "Das Leinen wiegt 220 g.")],
)
def test_a_fact_of_one_thing_tells_none(language: str, fact: str) -> None:
    """A fact that says one thing orders nothing."""
    assert not tells_order(fact, language)
