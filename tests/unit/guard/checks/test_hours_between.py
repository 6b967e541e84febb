"""Hours between opening and closing, told with “still” or “already”."""

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
