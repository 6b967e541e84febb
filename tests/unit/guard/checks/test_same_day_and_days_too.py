"""What leaves the same day, days that are included, opening hours and guarantees told in few words."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.promises import promises_are_supported

QUOTES = {
    "fr": "Un devis envoyé le jour même est signé 58 fois sur 100.",
    "en": "A quote sent the same day is signed 58 times in 100.",
    "de": "Ein am selben Tag verschicktes Angebot wird 58 von 100 Mal unterschrieben.",
    "es": "Un presupuesto que sale el mismo día se firma 58 veces de cada 100.",
    "it": "Un preventivo che parte lo stesso giorno è firmato 58 volte su 100.",
}


def _promised(language: str, fact: str, text: str) -> str:
    found = promises_are_supported(body(text, language), tiny_context_with(language, fact))
    return " ".join(finding.span.of(text) for finding in found if finding.span)


@pytest.mark.parametrize(
    ("language", "text", "stopped"),
    [
        ("fr", "Toute commande part le jour même.", True),
        ("en", "Every order leaves the same day.", True),
        ("de", "Ihre Bestellung geht noch am selben Tag auf den Weg.", True),
        ("es", "Tu pedido sale el mismo día.", True),
        ("it", "Ogni ordine parte lo stesso giorno.", True),
        ("fr", "Le train de ses parents part le jour même.", False),
        ("en", "His parents' train leaves the same day.", False),
        ("de", "Der Zug seiner Eltern geht am selben Tag ab.", False),
        ("es", "El tren de sus padres sale el mismo día.", False),
        ("it", "Il treno dei suoi genitori parte lo stesso giorno.", False),
        ("fr", "Qui arrive le matin part parfois le jour même.", False),
        ("it", "C'è chi arriva al mattino e parte lo stesso giorno.", False),
        ("es", "Hay quien llega por la mañana y sale el mismo día.", False),
    ],
)
def test_what_leaves_the_same_day_is_what_the_fact_says_does(language: str, text: str, stopped: bool) -> None:
    """A quote that is sent the same day backs no order; a train, or whoever leaves, is not ours at all."""
    assert bool(_promised(language, QUOTES[language], text)) is stopped


@pytest.mark.parametrize(
    ("language", "text", "stopped"),
    [
        ("fr", "Le four chauffe matin et soir, dimanches compris.", ""),
        ("en", "The oven is lit twice a day, weekends included.", ""),
        ("de", "Der Ofen brennt zweimal am Tag, Sonntage inbegriffen.", ""),
        ("es", "El horno se enciende a diario, domingos incluidos.", ""),
        ("it", "Il forno si accende mattina e sera, domeniche comprese.", ""),
        ("fr", "Le chien n'a rien compris.", ""),
        ("fr", "Le prix de la visite, dégustation comprise, est affiché.", "dégustation comprise"),
        ("it", "Il prezzo della visita, degustazione compresa, è esposto.", "degustazione compresa"),
    ],
)
def test_a_day_that_is_included_goes_with_no_thing(language: str, text: str, stopped: str) -> None:
    """« Dimanches compris » tells when; « dégustation comprise » gives something."""
    assert _promised(language, QUOTES[language], text) == stopped


@pytest.mark.parametrize(
    ("language", "fact", "text", "stopped"),
    [
        ("de", "Die Backstube ist Dienstag bis Sonntag von 7 bis 13 Uhr geöffnet.",
         "Die Straße schläft noch, wenn wir um sieben aufschließen.", ""),
        ("de", "Die Backstube ist Dienstag bis Sonntag von 7 bis 13 Uhr geöffnet.",
         "Die Straße schläft noch, wenn wir um sechs aufschließen.", "sechs"),
        ("es", "El obrador abre de martes a domingo, de 7 a 13 h.", "La calle duerme: abrimos a las siete.", ""),
        ("es", "El obrador abre de martes a domingo, de 7 a 13 h.", "La calle duerme: abrimos a las seis.", "seis"),
        ("fr", "Le fournil est ouvert du mardi au dimanche, de 7 à 13 h.", "La rue dort quand nous ouvrons à 7 h.", ""),
        ("en", "The bakery is open Tuesday to Sunday, 7 a.m. to 1 p.m.", "Streets sleep when we open at seven.", ""),
        ("it", "Il forno è aperto da martedì a domenica, dalle 7 alle 13.", "Il lunedì il forno riposa.", ""),
        ("it", "Il forno è aperto da martedì a domenica, dalle 7 alle 13.", "Il lunedì il forno è aperto.", "lunedì"),
    ],
)  # fmt: skip
def test_an_hour_of_opening_may_go_without_its_unit(
    language: str, fact: str, text: str, stopped: str
) -> None:
    """Beside a verb that says so, the hour that the facts give; and a day of rest is no day of opening."""
    found = figures_are_supported(body(text, language), tiny_context_with(language, fact))
    assert " ".join(finding.span.of(text) for finding in found if finding.span) == stopped


@pytest.mark.parametrize(
    ("language", "fact", "text", "stopped"),
    [
        ("fr", "Toute réparation a 24 mois de garantie, pièces et main-d'œuvre.",
         "Deux ans de garantie, pièces et main-d'œuvre.", False),
        ("es", "Toda reparación tiene 24 meses de garantía, piezas y mano de obra.",
         "Dos años de garantía, piezas y mano de obra.", False),
        ("it", "Ogni riparazione è garantita 24 mesi, pezzi e manodopera.",
         "Ventiquattro mesi di garanzia su pezzi e manodopera.", False),
        ("es", "La reparación tiene garantía, las piezas no.", "Garantía en las piezas.", True),
    ],
)  # fmt: skip
def test_what_a_fact_adds_to_its_promise_is_promised_too(
    language: str, fact: str, text: str, stopped: bool
) -> None:
    """A few words in apposition name what the guarantee is of, unless they deny it."""
    assert bool(_promised(language, fact, text)) is stopped
