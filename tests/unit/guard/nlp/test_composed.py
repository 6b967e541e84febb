"""Figures made of several words, in five languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from inedit.guard.nlp.arithmetic import same_amount
from inedit.guard.nlp.quantities import find_quantities

THIS_YEAR = 2026


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "en 2 h 30", "en deux heures et demie"),
        ("en", "in two and a half hours", "in 150 minutes"),
        ("de", "in anderthalb Stunden", "in 90 Minuten"),
        ("es", "en hora y media", "en 90 minutos"),
        ("it", "in due ore e mezza", "in 2 ore e 30 minuti"),
        ("fr", "à 18 heures 30", "à 18h30"),
        ("en", "at 6.30pm", "at 18:30"),
        ("de", "um 18.30 Uhr", "um 18 Uhr 30"),
        ("es", "a las 9.30", "a las 9:30 h"),
        ("it", "alle ore 18.30", "alle 18:30"),
        ("fr", "1,5 M€", "1 500 000 €"),
        ("en", "€1.5m", "EUR 1,500,000"),
        ("de", "1,5 Mio. €", "1.500.000 Euro"),
        ("it", "un milione e mezzo di euro", "1.500.000 euro"),
        ("fr", "un client sur cinq", "20 % des clients"),
        ("en", "one in five customers", "a fifth of customers"),
        ("de", "jeder fünfte Kunde", "20 % der Kunden"),
        ("es", "uno de cada cinco clientes", "el 20 % de los clientes"),
        ("it", "un cliente su cinque", "il 20% dei clienti"),
        ("fr", "x2", "le double"),
        ("fr", "½ bar", "0,5 bar"),
        ("en", "until New Year's Eve", "until 31 December"),
        ("en", "since twenty fourteen", "since 2014"),
    ],
)
def test_the_same_amount_in_another_notation(language: str, one: str, other: str) -> None:
    """Durations, clock times, magnitudes, shares, multiples and dates are compared by arithmetic."""
    [mine], [theirs] = find_quantities(one, language), find_quantities(other, language)
    assert same_amount(theirs, mine, THIS_YEAR)
    assert same_amount(mine, theirs, THIS_YEAR)


def test_the_end_of_a_range_is_not_the_whole() -> None:
    """« 120 km » is not « 80 à 120 km », « 120 km au plus » may stand for it."""
    low, high = find_quantities("80 à 120 km", "fr")
    [bare], [bounded] = find_quantities("120 km", "fr"), find_quantities("120 km au plus", "fr")
    assert (low.bound, high.bound, low.partner) == ("low", "high", high.value)
    assert not same_amount(high, bare, THIS_YEAR)
    assert same_amount(high, bounded, THIS_YEAR)


def test_a_price_a_month_is_none_a_year() -> None:
    """What a figure is counted by is a part of it."""
    [month], [year] = find_quantities("9,90 € par mois", "fr"), find_quantities("9,90 € par an", "fr")
    assert not same_amount(month, year, THIS_YEAR)


def test_an_age_follows_from_a_founding_year() -> None:
    """Founded in 2014, « depuis plus de dix ans » and « douze ans » hold in 2026, « depuis vingt ans » does not."""
    [founded] = find_quantities("depuis 2014", "fr")
    ages = ["depuis plus de dix ans", "depuis douze ans", "depuis vingt ans"]
    assert [same_amount(founded, *find_quantities(age, "fr"), THIS_YEAR) for age in ages] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("text", ["« métier numéro 4 » s'arrête", "la table 3 m'a plu", "le lot 5 l'emporte"])
def test_a_number_before_an_apostrophe_has_no_unit(text: str) -> None:
    """Neither seconds, nor metres, nor litres; a label's number is none at all."""
    assert all(quantity.dimension == "count" for quantity in find_quantities(text, "fr"))


def test_a_half_is_half_its_unit() -> None:
    """« un demi-bar », “half a bar”, „ein halbes Bar“, « medio bar », « mezzo bar »."""
    texts = {
        "fr": "un demi-bar",
        "en": "half a bar",
        "de": "ein halbes Bar",
        "es": "medio bar",
        "it": "mezzo bar",
    }
    for language, text in texts.items():
        [quantity] = find_quantities(text, language)
        assert (quantity.value, quantity.dimension) == (Decimal("0.5"), "bar")
