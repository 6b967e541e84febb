"""Times of day as they are said: minutes past and to the hour."""

from __future__ import annotations

import pytest

from inedit.guard.nlp.quantities import find_quantities


@pytest.mark.parametrize(
    ("language", "text", "minutes"),
    [
        ("en", "at ten past seven", 430),
        ("en", "at twenty to three", 160),
        ("en", "at a quarter past seven", 435),
        ("en", "at half past seven", 450),
        ("en", "The invoice left at 3.05, by post", 185),
        ("de", "um zehn nach sieben", 430),
        ("de", "um Viertel vor acht", 465),
        ("de", "um halb acht", 450),
        ("fr", "à huit heures moins vingt", 460),
        ("fr", "à huit heures moins le quart", 465),
        ("fr", "à sept heures et quart", 435),
        ("es", "a las siete y diez", 430),
        ("es", "a las ocho menos cuarto", 465),
        ("it", "alle sette e dieci", 430),
        ("it", "alle sette e un quarto", 435),
        ("it", "alle 0.20 di notte", 20),
        ("it", "alle 8.20 di sera", 1220),
        ("es", "a las 0:20 de la noche", 20),
        ("es", "a las 8.15 de la tarde", 1215),
    ],
)
def test_minutes_past_and_to_the_hour_are_one_time_of_day(language: str, text: str, minutes: int) -> None:
    [found] = find_quantities(text, language)
    assert (found.dimension, found.value) == ("time", minutes)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "at 3.05%"), ("en", "It takes ten to three days"), ("es", "a las 7 y 12"), ("de", "3 vor 4")],
)
def test_what_only_looks_like_one_is_none(language: str, text: str) -> None:
    """A share, a range, minutes that nobody says so."""
    assert not any(q.dimension == "time" and q.value % 60 for q in find_quantities(text, language))


@pytest.mark.parametrize(
    ("language", "text", "share"),
    [
        ("it", "Nove volte su dieci una persona risponde.", 90),
        ("it", "Metà della fila parte.", 50),
        ("de", "die Hälfte der Schlange", 50),
    ],
)
def test_a_share_before_an_article_or_at_the_beginning_is_read(language: str, text: str, share: int) -> None:
    assert [(q.dimension, q.value) for q in find_quantities(text, language)] == [("percent", share)]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "The last boat leaves at 6.50pm. 21 people missed it.", ["1130 time", "21 count"]),
        ("en", "It opens at 9 a.m. 30 people wait.", ["540 time", "30 count"]),
        ("fr", "Cela coûte 9 €. 50 personnes attendent.", ["9 EUR", "50 count"]),
        ("de", "Das kostet 9 €. 30 Leute warten.", ["9 EUR", "30 count"]),
        ("es", "El tarro cuesta 8 €. 250 g de miel.", ["8 EUR", "250 g"]),
        ("it", "Costa 14 €. 20 persone aspettano.", ["14 EUR", "20 count"]),
        ("fr", "CHF. 50", ["50 CHF"]),
        ("de", "18 Uhr 30", ["1110 time"]),
    ],
)
def test_a_number_that_begins_a_sentence_belongs_to_no_unit_before_it(
    language: str, text: str, told: list[str]
) -> None:
    """The full stop may be the abbreviation's own (“pm.”), and a sign of money may end a sentence."""
    assert [f"{q.value} {q.dimension}" for q in find_quantities(text, language)] == told
