"""A comparison of two things of our own, borne out by the two figures behind it."""

from __future__ import annotations

import re

import pytest

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.own_contrasts import is_borne_out
from inedit.model import Span

GIVEN = {
    "fr": ("La poterie est garantie 5 ans.", "Elle se rend pendant 30 jours.", "plus longtemps que"),
    "en": ("The pot is guaranteed for 5 years.", "It may be returned for 30 days.", "longer than"),
    "de": ("Der Topf hat 5 Jahre Garantie.", "Er kann 30 Tage lang zurückgegeben werden.", "länger als"),
    "es": ("La olla tiene 5 años de garantía.", "Se puede devolver durante 30 días.", "dura más"),
    "it": ("La pentola ha 5 anni di garanzia.", "Si può rendere per 30 giorni.", "dura più"),
}
SAID = {
    "fr": "La garantie dure plus longtemps que l'essai : {}.",
    "en": "The guarantee lasts longer than the trial: {}.",
    "de": "Die Garantie läuft länger als die Probe: {}.",
    "es": "La garantía dura más que la prueba: {}.",
    "it": "La garanzia dura più della prova: {}.",
}
FIGURES = {
    "fr": ("5 ans contre 30 jours", "30 jours contre 5 ans", "9 ans contre 30 jours"),
    "en": ("5 years against 30 days", "30 days against 5 years", "9 years against 30 days"),
    "de": ("5 Jahre gegen 30 Tage", "30 Tage gegen 5 Jahre", "9 Jahre gegen 30 Tage"),
    "es": ("5 años frente a 30 días", "30 días frente a 5 años", "9 años frente a 30 días"),
    "it": ("5 anni contro 30 giorni", "30 giorni contro 5 anni", "9 anni contro 30 giorni"),
}
OTHERS = {
    "fr": "La garantie dure plus longtemps que celle des autres : {}.",
    "en": "The guarantee lasts longer than any other: {}.",
    "de": "Die Garantie läuft länger als bei anderen: {}.",
    "es": "La garantía dura más que la de otras marcas: {}.",
    "it": "La garanzia dura più di quella degli altri: {}.",
}


@pytest.mark.parametrize("language", GIVEN)
def test_two_figures_of_ours_bear_a_comparison_out(language: str) -> None:
    """In the order in which it says them, of figures that the facts give, and of nobody else's."""
    first, second, words = GIVEN[language]
    facts = [Fact("first", "claim", first, language), Fact("second", "claim", second, language)]

    def borne_out(sentence: str) -> bool:
        place = re.search(words, sentence)
        assert place
        return is_borne_out(sentence, Span(*place.span()), language, facts)

    right, turned, invented = FIGURES[language]
    assert borne_out(SAID[language].format(right))
    assert not borne_out(SAID[language].format(turned))
    assert not borne_out(SAID[language].format(invented))
    assert not borne_out(OTHERS[language].format(right))
    assert not borne_out(SAID[language].format(right.split()[0]))


def test_less_wants_the_smaller_figure_first() -> None:
    """“Costs less than” is borne out by the lower price, and by no price that the facts lack."""
    facts = [Fact("lamp", "claim", "The lamp costs €39.90, the lock €59.", "en")]
    text = "The lamp costs less than the lock: €39.90 against €59."
    span = Span(text.index("less than"), text.index(" the lock"))
    assert is_borne_out(text, span, "en", facts)
    turned = "The lock costs less than the lamp: €59 against €39.90."
    assert not is_borne_out(turned, Span(turned.index("less than"), turned.index(" the lamp")), "en", facts)


@pytest.mark.parametrize(
    ("language", "said", "words"),
    [
        (
            "fr",
            "La hotte couvre la voix plus souvent que la radio : {} cuisiniers sur 20.",
            "plus souvent que",
        ),
        ("en", "The fan drowns a voice more often than not: {} of 20 cooks.", "more often than"),
        ("es", "La campana tapa la voz más a menudo que la radio: {} de 20 cocineros.", "más a menudo que"),
        ("it", "La cappa copre la voce più spesso che la radio: {} cuochi su 20.", "più spesso che"),
    ],
)
def test_more_than_half_of_a_fact_is_more_often(language: str, said: str, words: str) -> None:
    """By the share that a fact gives; by less than half, or by another share, it is not borne out."""
    facts = [
        Fact("cooks", "insight", said.format(11), language),
        Fact("few", "insight", said.format(7), language),
    ]

    def borne_out(count: int) -> bool:
        sentence = said.format(count)
        place = re.search(words, sentence)
        assert place
        return is_borne_out(sentence, Span(*place.span()), language, facts)

    assert borne_out(11)
    assert not borne_out(7)
    assert not borne_out(14)
