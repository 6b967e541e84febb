"""A noun denied with a clause that says which one is another noun than the fact's; what the fact says of it is not."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.contradiction import conflicts
from inedit.guard.evidence.facts import Fact
from inedit.model import Span

WATCH = {
    "fr": ("Trois ans après sa fête, la montre est le seul cadeau que mon fils porte encore.", "seul cadeau"),
    "en": ("Three years on, the watch is the only present my son still wears.", "only present"),
    "de": ("Nach drei Jahren ist die Armbanduhr das einzige Geschenk, das mein Sohn noch trägt.", "Geschenk"),
    "es": ("Tres años después, el reloj es el único regalo que mi hijo lleva todavía.", "único regalo"),
    "it": ("Dopo tre anni l’orologio è l’unico regalo che mio figlio porta ancora.", "unico regalo"),
}
ANOTHER = [
    ("fr", "Une montre n’est pas un cadeau qui fait crier de joie. Mon fils la porte encore."),
    ("fr", "La montre n’est pas un cadeau dont on parle à table."),
    ("fr", "Une montre, ce n’est jamais le cadeau que l’on déballe en premier."),
    ("en", "A watch is not a present that anybody longs for. My son still wears his."),
    ("en", "A watch is no present to make a boy jump."),
    ("en", "The watch isn’t the present people photograph."),
    ("de", "Eine Armbanduhr ist kein Geschenk, bei dem jemand aufspringt. Mein Sohn trägt sie noch."),
    ("de", "Eine Armbanduhr ist kein Geschenk, über das man jubelt."),
    ("de", "Eine Armbanduhr ist kein Geschenk, das einer fotografiert."),
    ("de", "Eine Armbanduhr ist kein Geschenk, um damit anzugeben."),
    ("de", "Die Armbanduhr war kein Geschenk, das er sich gewünscht hatte."),
    ("de", "Eine Armbanduhr ist kein Geschenk, wie man es sich mit zehn wünscht."),
    ("es", "Un reloj no es un regalo que haga saltar a nadie. Mi hijo lo lleva todavía."),
    ("es", "El reloj no es un regalo del que se hable en la cena."),
    ("it", "Un orologio non è un regalo che faccia sognare. Mio figlio lo porta ancora."),
    ("it", "L’orologio non è un regalo di cui si parli a cena."),
]
THE_SAME = [
    ("fr", "La montre n’est pas un cadeau que mon fils porte encore."),
    ("fr", "Cette montre n’était pas un cadeau."),
    ("en", "The watch is not a present that my son still wears."),
    ("en", "The watch was not a present."),
    ("de", "Die Armbanduhr ist nicht das einzige Geschenk, das mein Sohn noch trägt."),
    ("de", "Die Armbanduhr ist kein Geschenk, das mein Sohn noch trägt."),
    ("de", "Die Armbanduhr war kein Geschenk."),
    ("de", "Die Armbanduhr ist kein Geschenk, sie ist eine Last."),
    ("de", "Die Armbanduhr ist kein Geschenk, das weiß mein Sohn."),
    ("es", "El reloj no es un regalo que mi hijo lleve todavía."),
    ("es", "El reloj no era un regalo."),
    ("it", "L’orologio non è un regalo che mio figlio porti ancora."),
    ("it", "L’orologio non era un regalo."),
]


def _denied(language: str, text: str) -> bool:
    told, named = WATCH[language]
    fact = Fact("only-present", "insight", told, language)
    return any("denies it" in c.how for c in conflicts(text, [Span(0, len(text))], fact, language, [named]))


@pytest.mark.parametrize(("language", "text"), ANOTHER)
def test_a_noun_of_another_kind_denied_denies_nothing(language: str, text: str) -> None:
    """A watch that nobody longs for may well be the only present that is still worn."""
    assert not _denied(language, text)


@pytest.mark.parametrize(("language", "text"), THE_SAME)
def test_the_noun_or_what_the_fact_says_of_it_denied_is_a_denial(language: str, text: str) -> None:
    """Bare, with the fact's own words behind it, or before another clause that says something else."""
    assert _denied(language, text)
