"""A fact that is told word for word has its own figures and its own things, whatever else would bear others out.

Each brand has its facts, sentences that are true of them in nearly their words, and false ones.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import body, tiny_context
from inedit.guard.checks.figures import figures_are_supported

BRANDS = {
    "fr": (
        (
            "Un pain d’un kilo coûte 6 € ; le deuxième du jour coûte 5 €.",
            "Le fournil cuit 14 sortes de pain, dont 9 au levain.",
            "Une visite du fournil dure 90 minutes, pour 12 € par personne.",
            "Au fournil travaillent 9 personnes : 4 boulangers, 3 pâtissiers et 2 livreurs.",
            "Le cours de levain dure 3 heures et coûte 45 €.",
            "Le cours de brioche dure 2 heures et coûte 38 €.",
            "Le fournil ouvre à 7 h.",
        ),
        (
            "Un pain d’un kilo coûte six euros.",
            "Deux pains d’un kilo, le même jour, coûtent 11 €.",
            "Une visite du fournil dure une heure et demie, pour 12 € par personne.",
            "Le fournil cuit 14 sortes de pain : 9 au levain, 5 à la levure.",
            "Le cours de brioche dure 120 minutes et coûte 38 €.",
        ),
        (
            "Un pain d’un kilo coûte 12 €.",
            "Un pain d’un kilo coûte 6 € ; le deuxième du jour coûte 10 €.",
            "Le fournil cuit 14 sortes de pain, dont 12 au levain.",
            "Une visite du fournil dure trois heures, pour 12 € par personne.",
            "Au fournil travaillent 9 personnes : 4 boulangers, 9 pâtissiers et 2 livreurs.",
            "Le cours de brioche dure 3 heures et coûte 45 €.",
            "Le fournil ouvre à 14 h 70.",
        ),
    ),
    "en": (
        (
            "A room with a sea view costs £120 a night, for at least 2 nights.",
            "The hotel has 24 rooms, 6 of them with a bath.",
            "The spa is open until 8 pm.",
            "In 2025 we washed over 14,600 towels.",
            "The boat trip lasts 3 hours and costs £45.",
            "The wine evening lasts 2 hours and costs £38.",
        ),
        (
            "A room with a sea view costs £120 a night.",
            "Two nights in a room with a sea view cost £240.",
            "In 2025 we washed over 14,000 towels.",
            "The hotel has twenty-four rooms, six of them with a bath.",
            "The spa is open until eight in the evening.",
        ),
        (
            "A room with a sea view costs £240 a night.",
            "A room with a sea view costs £120 a night, for at least 6 nights.",
            "The hotel has 24 rooms, 12 of them with a bath.",
            "The spa is open until 9 pm.",
            "In 2025 we washed over 14,700 towels.",
            "The wine evening lasts 3 hours and costs £45.",
        ),
    ),
    "de": (
        (
            "Bis 31. Januar 2027 kostet der Eintritt 9 € statt 12 €.",
            "Eine Führung dauert 90 Minuten, mit höchstens 15 Gästen.",
            "Im Museum hängen 212 Uhren, davon gehen 48.",
            "Der Kurs Feilen dauert 3 Stunden und kostet 45 €.",
            "Der Kurs Löten dauert 2 Stunden und kostet 38 €.",
            "Die Miete des Saals kostet 180 € am Tag; der zweite Tag kostet 140 €.",
            "Eine Reparatur ist in 10 Werktagen fertig.",
        ),
        (
            "Eine Führung dauert anderthalb Stunden, mit höchstens 15 Gästen.",
            "Eine Reparatur ist in zwei Wochen fertig.",
            "Im Museum hängen 212 Uhren, davon gehen 48, die anderen 164 stehen.",
            "Der Kurs Löten dauert 120 Minuten und kostet 38 €.",
            "Bis 31. Januar 2027 kostet der Eintritt 9 €.",
        ),
        (
            "Bis 32. Januar 2027 kostet der Eintritt 9 € statt 12 €.",
            "Eine Führung dauert 90 Minuten, mit höchstens 30 Gästen.",
            "Im Museum hängen 212 Uhren, davon gehen 96.",
            "Die Miete des Saals kostet 180 € am Tag; der zweite Tag kostet 280 €.",
            "Eine Reparatur ist in 10 Wochen fertig.",
            "Der Kurs Löten dauert 3 Stunden und kostet 45 €.",
        ),
    ),
    "es": (
        (
            "Desde 2001, la clínica toma un aprendiz al año; hasta 2025 se formaron 25.",
            "En la clínica son 9: 4 veterinarias, 3 auxiliares y 2 recepcionistas.",
            "Una vacuna cuesta 38 €, con revisión; la segunda del año cuesta 30 €.",
            "La urgencia atiende de lunes a sábado de 8:00 a 22:00.",
            "El curso de gatos dura 3 horas y cuesta 45 €.",
            "El curso de perros dura 2 horas y cuesta 38 €.",
        ),
        (
            "Una vacuna cuesta treinta y ocho euros, con revisión.",
            "Dos vacunas en el mismo año cuestan 68 €.",
            "En la clínica son nueve: cuatro veterinarias, tres auxiliares y dos recepcionistas.",
            "El curso de gatos dura 180 minutos y cuesta 45 €.",
        ),
        (
            "Desde 2001, la clínica toma un aprendiz al año; hasta 2025 se formaron 50.",
            "En la clínica son 9: 4 veterinarias, 9 auxiliares y 2 recepcionistas.",
            "Una vacuna cuesta 38 €, con revisión; la segunda del año cuesta 60 €.",
            "¿Una vacuna cuesta 76 €, con revisión?",
            "La urgencia atiende de lunes a sábado de 8:00 a 22:80.",
            "El curso de perros dura 3 horas y cuesta 45 €.",
        ),
    ),
    "it": (
        (
            "In officina sono in 9: 4 meccanici, 3 saldatori e 2 addetti.",
            "Per un cantiere di Lodi un tecnico arriva entro 24 ore, dal lunedì al sabato, per 160 €.",
            "Una bicicletta si noleggia a 39 € al mese, per almeno 12 mesi.",
            "Un cargo si noleggia a 54 € al mese, per almeno 24 mesi.",
            "Una riparazione richiede due settimane.",
            "Il corso di saldatura dura 3 ore e costa 45 €.",
            "Il corso di verniciatura dura 2 ore e costa 38 €.",
        ),
        (
            "Una riparazione richiede quindici giorni.",
            "Una bicicletta si noleggia a trentanove euro al mese, per almeno un anno.",
            "Dodici mesi di noleggio di una bicicletta costano 468 €.",
            "Per un cantiere di Lodi un tecnico arriva entro 24 ore, dal lunedì al sabato.",
            "In officina sono in nove: quattro meccanici, tre saldatori e due addetti.",
        ),
        (
            "In officina sono in 9: 12 meccanici, 3 saldatori e 2 addetti.",
            "Per un cantiere di Lodi un tecnico arriva entro 24 ore, dal lunedì al sabato, per 320 €.",
            "Una bicicletta si noleggia a 39 € al mese, per almeno 24 mesi.",
            "Un cargo si noleggia a 39 € al mese, per almeno 24 mesi.",
            "Una riparazione richiede quattro settimane.",
            "Il corso di verniciatura dura 3 ore e costa 45 €.",
        ),
    ),
}


def _told(which: int) -> list[tuple[str, str]]:
    return [(language, text) for language, brand in BRANDS.items() for text in brand[which]]


def _is_refused(language: str, text: str) -> bool:
    context = tiny_context(language)
    woven = context.brand.claims["woven"]
    claims = {
        f"fact-{i}": woven.model_copy(update={"id": f"fact-{i}", "text": {language: fact}})
        for i, fact in enumerate(BRANDS[language][0])
    }
    brand = context.brand.model_copy(update={"claims": claims, "insights": {}})
    return bool(figures_are_supported(body(text, language), replace(context, brand=brand)))


@pytest.mark.parametrize(("language", "text"), [*_told(0), *_told(1)])
def test_what_a_fact_says_and_what_it_comes_to_may_be_told(language: str, text: str) -> None:
    assert not _is_refused(language, text)


@pytest.mark.parametrize(("language", "text"), _told(2))
def test_another_figure_or_thing_in_the_words_of_a_fact_is_caught(language: str, text: str) -> None:
    assert _is_refused(language, text)
