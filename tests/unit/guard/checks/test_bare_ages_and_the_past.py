"""What is said of an age, of a limit, of what had been and of a first sale is held to its narrowest sense."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.promises import promises_are_supported

_FREE_FOR = {
    "fr": "La visite des bains est gratuite pour les enfants de moins de {}.",
    "en": "The tour of the baths is free for children under {}.",
    "de": "Die Badführung ist für Kinder unter {} kostenlos.",
    "es": "La visita de los baños es gratis para los menores de {}.",
    "it": "La visita alle terme è gratuita per i bambini sotto i {}.",
}


@pytest.mark.parametrize(
    ("language", "months", "years", "text"),
    [
        (
            "fr",
            "18 mois",
            "18 ans",
            "Les enfants de moins de dix-huit font la visite des bains gratuitement.",
        ),
        ("en", "18 months", "18 years", "Children under eighteen take the tour of the baths for free."),
        (
            "de",
            "14 Monaten",
            "14 Jahren",
            "Kinder unter vierzehn gehen bei der Badführung kostenlos mit.",
        ),
        ("es", "18 meses", "18 años", "Los menores de dieciocho hacen gratis la visita de los baños."),
    ],
)
def test_a_bare_age_is_in_years(language: str, months: str, years: str, text: str) -> None:
    """“Under eighteen” is told of 18 years, never of 18 months."""
    said = _FREE_FOR[language]
    assert figures_are_supported(body(text, language), tiny_context_with(language, said.format(months))) != ()
    assert figures_are_supported(body(text, language), tiny_context_with(language, said.format(years))) == ()


def test_a_bare_length_of_a_thing_is_none_in_months() -> None:
    """“Over eighteen” does not say how many months something dries."""
    context = tiny_context_with("en", "The oak table dries for over 18 months.")
    assert figures_are_supported(body("The oak table dries for over eighteen.", "en"), context) != ()


@pytest.mark.parametrize(
    ("language", "fact", "text"),
    [
        ("fr", "Les commandes arrivent en moins de 5 jours.", "Votre commande arrive en 2 jours."),
        ("en", "Orders arrive in under 5 days.", "Your order arrives in 2 days."),
        ("en", "A cup weighs under 300 grams.", "The cup weighs 120 grams."),
        (
            "de",
            "Bestellungen kommen in weniger als 5 Tagen an.",
            "Ihre Bestellung kommt in 2 Tagen an.",
        ),
        ("es", "Los pedidos llegan en menos de 5 días.", "Su pedido llega en 2 días."),
        ("it", "Gli ordini arrivano in meno di 5 giorni.", "Il suo ordine arriva in 2 giorni."),
        ("en", "The oak dries in under 12 years.", "The oak dries in 6 years."),
    ],
)
def test_what_is_inside_a_limit_is_another_promise(language: str, fact: str, text: str) -> None:
    """The limit is told as well, and still nobody promised less."""
    assert figures_are_supported(body(f"{text} {fact}", language), tiny_context_with(language, fact)) != ()


@pytest.mark.parametrize(
    ("language", "years", "text"),
    [
        (
            "fr",
            "14 ans",
            "Une fillette de six ans fait la visite des bains : à moins de quatorze ans, on ne paie pas.",
        ),
        (
            "en",
            "14 years",
            "A girl of six years takes the tour of the baths: under 14 years nobody pays.",
        ),
        (
            "de",
            "14 Jahren",
            "Ein Mädchen von sechs Jahren macht die Badführung: unter 14 Jahren zahlt niemand.",
        ),
        (
            "es",
            "14 años",
            "Una niña de seis años hace la visita de los baños: los menores de 14 años no pagan.",
        ),
        ("it", "14 anni", "Una bambina di sei anni fa la visita: sotto i quattordici anni non si paga."),
    ],
)
def test_somebody_may_be_inside_the_limit_of_an_age(language: str, years: str, text: str) -> None:
    """A child's age is an example, no promise."""
    context = tiny_context_with(language, _FREE_FOR[language].format(years))
    assert figures_are_supported(body(text, language), context) == ()


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("fr", "Qui avait un défaut est remboursé sans discuter.", "remboursé"),
        ("fr", "Orval avait livré chaque commande en 24 heures.", "livré"),
        ("en", "Anyone who had a tear gets a refund within 30 days.", "refund"),
        ("en", "Whoever had bought a sheet gets a refund.", "refund"),
        ("en", "Orval had delivered every order within 24 hours.", "delivered"),
        ("de", "Wer einen Riss hatte bekommt Ersatz geliefert.", "geliefert"),
        ("de", "Orval hatte jede Bestellung binnen 24 Stunden geliefert.", "geliefert"),
        ("es", "Quien había comprado una sábana con defecto recibe el reembolso.", "reembolso"),
        ("es", "Orval había entregado cada pedido en 24 horas.", "entregado"),
        ("fr", "Orval est née en 1921. Elle avait livré chaque commande en 24 heures.", "livré"),
        ("it", "Chi aveva uno strappo è rimborsato.", "rimborsato"),
        ("it", "Orval aveva consegnato ogni ordine in 24 ore.", "consegnato"),
    ],
)
def test_whoever_had_something_is_promised_all_the_same(language: str, text: str, shown: str) -> None:
    """Only the participle of the auxiliary tells of what was, and only of somebody else."""
    found = promises_are_supported(body(text, language), tiny_context(language))
    assert [finding.span.of(text) for finding in found if finding.span] == [shown]


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("All sheets go on sale tomorrow.", True),
        ("Prices came on sale.", True),
        ("Our sheets were put on sale yesterday.", True),
        ("Winter sheets have gone on sale.", True),
        ("In the new year all sheets go on sale.", True),
        ("First come, the sheets go on sale.", True),
        ("New prices go on sale.", True),
        ("The first sheets went on sale in spring.", False),
        ("A new sheet goes on sale in June.", False),
        ("The sheets went on sale in June for the first time.", False),
    ],
)
def test_a_first_sale_is_no_discount(text: str, refused: bool) -> None:
    """What is new goes on sale; what was there before is reduced."""
    assert bool(promises_are_supported(body(text, "en"), tiny_context("en"))) is refused
