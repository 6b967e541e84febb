"""Somebody or something on the right side of a limit that a fact sets may be told of, on the other side not; nor may
what is done within a time be told as done sooner."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported


def _figures(language: str, fact: str, text: str) -> list[str]:
    found = figures_are_supported(body(text, language), tiny_context_with(language, fact))
    return [finding.span.of(text) for finding in found if finding.span]


@pytest.mark.parametrize(
    ("language", "fact", "true", "false"),
    [
        (
            "fr",
            "L'entrée du musée est gratuite pour les enfants de moins de 12 ans.",
            "Un enfant de huit ans entre au musée sans payer.",
            "Un enfant de treize ans entre au musée sans payer.",
        ),
        (
            "en",
            "Museum entry is free for children under 12.",
            "Children aged eight enter the museum free.",
            "Children aged fourteen enter the museum free.",
        ),
        (
            "de",
            "Der Eintritt ins Museum ist für Kinder unter 12 Jahren kostenlos.",
            "Ein Kind von acht Jahren: Der Eintritt ins Museum ist kostenlos.",
            "Ein Kind von vierzehn Jahren: Der Eintritt ins Museum ist kostenlos.",
        ),
        (
            "es",
            "El aceite que llega a más de 30 °C se repone.",
            "Un aceite que llega a 34 °C se repone.",
            "Un aceite que llega a 28 °C se repone.",
        ),
        (
            "it",
            "Gli studenti sotto i 26 anni pagano il corso di vela il 20 % in meno.",
            "Uno studente di vent'anni paga il corso di vela il 20 % in meno.",
            "Uno studente di trent'anni paga il corso di vela il 20 % in meno.",
        ),
        (
            "fr",
            "La visite à domicile est gratuite à moins de 40 km de l'atelier.",
            "À vingt kilomètres de l'atelier, la visite à domicile est gratuite.",
            "À soixante kilomètres de l'atelier, la visite à domicile est gratuite.",
        ),
        (
            "en",
            "A list of up to 2,000 addresses is copied free of charge.",
            "A list of 1,500 addresses is copied free of charge.",
            "A list of 2,500 addresses is copied free of charge.",
        ),
        (
            "en",
            "A sole that comes loose is glued again free of charge for 90 days.",
            "A sole that comes loose after two months is glued again free of charge.",
            "A sole that comes loose after six months is glued again free of charge.",
        ),
        (
            "es",
            "El envío del pedido es gratis a partir de 120 €.",
            "Con un pedido de 130 €, el envío es gratis.",
            "Con un pedido de 110 €, el envío es gratis.",
        ),
        (
            "de",
            "Ab fünf Nächten kostet die Hütte 10 % weniger.",
            "Sechs Nächte, und die Hütte kostet 10 % weniger.",
            "Vier Nächte, und die Hütte kostet 10 % weniger.",
        ),
    ],
)
def test_an_example_inside_a_limit(language: str, fact: str, true: str, false: str) -> None:
    assert not _figures(language, fact, true)
    assert _figures(language, fact, false)


@pytest.mark.parametrize(
    ("language", "fact", "false"),
    [
        ("fr", "La livraison est gratuite en 5 jours au plus.", "La livraison est gratuite, en deux jours."),
        ("en", "Delivery is free within 5 days.", "Delivery is free in two days."),
        (
            "de",
            "Die Lieferung ist kostenlos, in höchstens 5 Tagen.",
            "Die Lieferung ist kostenlos, in zwei Tagen.",
        ),
        ("es", "La entrega es gratis en menos de 5 días.", "La entrega es gratis en dos días."),
        ("it", "La consegna è gratuita entro 5 giorni.", "La consegna è gratuita in due giorni."),
        ("en", "Delivery is free from €60.", "Delivery costs €80, returns are free."),
        ("fr", "Le moteur est garanti 4 ans.", "Le moteur est garanti deux ans."),
    ],
)
def test_what_is_done_within_a_time_is_not_done_sooner(language: str, fact: str, false: str) -> None:
    assert _figures(language, fact, false)


@pytest.mark.parametrize(
    ("language", "fact", "true", "false"),
    [
        (
            "fr",
            "La ligne d'aide répond de 8 h à 22 h.",
            "À 21 h, la ligne d'aide répond encore.",
            "À 23 h, la ligne d'aide répond encore.",
        ),
        (
            "en",
            "The help line is open from 8am to 10pm.",
            "At 9pm the help line is still open.",
            "At 11pm the help line is still open.",
        ),
        (
            "de",
            "Das Telefon ist von 8 bis 22 Uhr geöffnet.",
            "Um 21 Uhr ist das Telefon noch geöffnet.",
            "Um 23 Uhr ist das Telefon noch geöffnet.",
        ),
        (
            "es",
            "La línea de ayuda atiende de 8:00 a 22:00.",
            "A las nueve de la noche la línea sigue abierta.",
            "A las once de la noche la línea sigue abierta.",
        ),
        (
            "it",
            "Il negozio è aperto dalle 9 alle 18.30.",
            "Alle 17.30 il negozio è ancora aperto.",
            "Alle 19.30 il negozio è ancora aperto.",
        ),
        (
            "fr",
            "La ligne d'aide répond de 8 h à 22 h.",
            "La ligne d'aide reprend à 8 h.",
            "La ligne d'aide reprend à 9 h.",
        ),
    ],
)
def test_an_hour_between_the_two_ends(language: str, fact: str, true: str, false: str) -> None:
    assert not _figures(language, fact, true)
    assert _figures(language, fact, false)
