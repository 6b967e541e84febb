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
