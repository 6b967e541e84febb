"""Honest copy of other trades that the guard once refused, and what is false in the same words."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.language_quality import language_is_clean
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.evidence.promise_words import promises

AGE = {
    "fr": "Un vélo qui arrive à l’atelier a 17 ans en moyenne.",
    "en": "A bicycle that comes in for repair is 17 years old on average.",
    "de": "Ein Fahrrad, das zur Reparatur kommt, ist im Schnitt 17 Jahre alt.",
    "es": "Una bicicleta que llega a reparar tiene 17 años de media.",
    "it": "Una bicicletta che arriva in riparazione ha in media 17 anni.",
}
REST = {
    "fr": "La pâte repose 26 heures.",
    "en": "The dough rests for 26 hours.",
    "de": "Der Teig ruht 26 Stunden.",
    "es": "La masa reposa 26 horas.",
    "it": "L’impasto riposa 26 ore.",
}
ASKED = [
    (AGE, "fr", "Nous avons compté les années de ce qui arrive à l’atelier : {} en moyenne.", 17),
    (AGE, "fr", "Combien d’années a un vélo qui arrive à l’atelier ? {}, en moyenne.", 17),
    (AGE, "en", "The age of what comes in for repair, counted in years, is {} on average.", 17),
    (AGE, "en", "How many years has a bicycle behind it when it comes in for repair? On average, {}.", 17),
    (
        AGE,
        "de",
        "Wir haben gezählt, wie viele Jahre ein Fahrrad hat, das zur Reparatur kommt: {} im Schnitt.",
        17,
    ),
    (AGE, "de", "Das Alter dessen, was zur Reparatur kommt, in Jahren gezählt, liegt im Schnitt bei {}.", 17),
    (AGE, "es", "Hemos contado los años que tiene lo que nos llega a reparar: {} de media.", 17),
    (AGE, "es", "Los años de una bicicleta que llega a reparar son {} de media.", 17),
    (AGE, "it", "Abbiamo contato gli anni di quello che arriva in riparazione: {} di media.", 17),
    (AGE, "it", "Quanti anni ha una bicicletta che arriva in riparazione? In media {}.", 17),
    (REST, "fr", "Les heures que la pâte passe à reposer, nous les avons comptées : {}.", 26),
    (REST, "en", "Count the hours that the dough rests: {}.", 26),
    (REST, "de", "Wie viele Stunden der Teig ruht, steht auf der Tafel: {}.", 26),
    (REST, "es", "Contamos las horas que reposa la masa: {}.", 26),
    (REST, "it", "Conta le ore che riposa l’impasto: {}.", 26),
]


@pytest.mark.parametrize(("fact", "language", "text", "number"), ASKED)
def test_a_figure_is_held_against_the_unit_named_before_it(
    fact: dict[str, str], language: str, text: str, number: int
) -> None:
    """The fact's own number passes, another one does not."""
    context = tiny_context_with(language, fact[language])
    assert not figures_are_supported(body(text.format(number), language), context)
    assert figures_are_supported(body(text.format(number + 10), language), context)


WAX = {
    "fr": "Contre les rayures, l’atelier met d’abord la cire, ensuite le feutre.",
    "en": "Against scratches, the workshop uses wax first, felt second.",
    "de": "Gegen Kratzer nimmt die Werkstatt zuerst Wachs, dann Filz.",
    "es": "Contra los arañazos, el taller usa primero cera y después fieltro.",
    "it": "Contro i graffi l’officina usa prima la cera, poi il feltro.",
}
HANDLED = [
    ("fr", "À l’atelier, nous mettons à votre table la cire d’abord, le feutre ensuite.", False),
    ("fr", "À l’atelier, nous passons sur la vôtre d’abord la cire et ensuite le feutre.", False),
    ("fr", "À l’atelier, nous vous mettons aussi un vernis.", True),
    ("fr", "Nous vous regonflons aussi les pneus.", True),
    ("en", "We put wax on your table first, in the workshop, then felt.", False),
    ("en", "We put new legs on your table too, in the workshop.", True),
    ("en", "We give you a pot of wax in the workshop.", True),
    ("de", "In der Werkstatt geben wir Ihrem Tisch zuerst Wachs und dann Filz.", False),
    ("de", "In der Werkstatt nehmen wir für Ihren Tisch erst Wachs, dann Filz.", False),
    ("de", "In der Werkstatt geben wir Ihrem Tisch auch neue Beine.", True),
    ("de", "In der Werkstatt wechseln wir Ihnen die Beine.", True),
    ("es", "En el taller le damos primero cera y luego le ponemos fieltro.", False),
    ("es", "En el taller le ponemos patas nuevas a tu mesa.", True),
    ("it", "In officina sul tuo tavolo mettiamo prima la cera e poi il feltro.", False),
    ("it", "In officina ti mettiamo gambe nuove al tavolo.", True),
]


@pytest.mark.parametrize(("language", "text", "refused"), HANDLED)
def test_what_the_house_is_said_to_use_is_no_service_of_its_own(
    language: str, text: str, refused: bool
) -> None:
    """The verb names no work, and one fact has everything else; another thing put on, or given, is a service."""
    context = tiny_context_with(language, WAX[language])
    found = promises_are_supported(body(text, language), context)
    assert any("service" in f.message for f in found) == refused


def test_a_price_is_no_way_of_working() -> None:
    """What the house sells, given away, is an offer that no price bears out."""
    context = tiny_context_with("fr", "À l’atelier, une pompe coûte 25 €.")
    found = promises_are_supported(body("À l’atelier, nous vous donnons une pompe.", "fr"), context)
    assert found


@pytest.mark.parametrize(
    ("language", "text", "promised"),
    [
        ("fr", "Il casse une tige pour voir si elle est prête.", False),
        ("fr", "Les valises sont prêtes.", False),
        ("fr", "Un vélo vous est prêté.", True),
        ("fr", "Une housse est prêtée.", True),
        ("fr", "Des vélos sont prêtés.", True),
        ("fr", "On vous prête un vélo.", True),
        ("es", "Su abuela le envió el mantel en una caja.", False),
        ("es", "El envío es gratis.", True),
    ],
)
def test_an_accent_tells_a_promise_from_another_word(language: str, text: str, promised: bool) -> None:
    """« prête » is ready, « prêtée » is lent; «envió» was sent, «envío» is delivery."""
    assert bool(promises(text, language)) == promised


@pytest.mark.parametrize(
    ("language", "text", "clean"),
    [
        ("fr", "Le facteur a compté ses kilomètres.", True),
        ("fr", "Le facteur a compté ses casse.", False),
        ("fr", "La file avance : encore trois devant vous.", True),
        ("de", "Von den 180, die letztes Jahr auf dem Tisch lagen, hatten sieben einen Riss.", True),
        ("de", "Von den Messern lag die letztes Messer auf dem Tisch.", False),
    ],
)
def test_units_and_relative_clauses_behind_a_number_agree(language: str, text: str, clean: bool) -> None:
    """A unit is a noun, whatever verb is written alike; a comma behind a number ends its clause."""
    context = tiny_context_with(language, "—")
    found = [f for f in language_is_clean(body(text, language), context) if "agree" in f.message]
    assert bool(found) != clean
