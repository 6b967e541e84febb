"""Words that a text borrows from another language are no slips; slips, and whole sentences of it, are told."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context
from inedit.guard.checks.language_quality import language_is_clean


def _marked(language: str, text: str) -> list[str]:
    found = language_is_clean(body(text, language), tiny_context(language))
    return [finding.span.of(text) for finding in found if finding.span]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le voisin lève son verre et dit « salute » à toute la table."),
        ("en", "Pasta al dente at eight, and the bread is warm."),
        ("de", "Die Nachbarin ruft „ciao“ und geht über den Hof."),
        ("es", "El vecino levanta la copa y dice «bonjour» a toda la mesa."),
        ("it", "La vicina saluta con un «bonjour» e attraversa il cortile."),
        ("en", "The table d’hôte found its cloth."),
        ("es", "Lo anuncia urbi et orbi desde la escalera."),
        ("it", "Lo annuncia urbi et orbi dalla scala."),
    ],
)
def test_a_word_that_is_quoted_or_in_a_phrase_is_borrowed(language: str, text: str) -> None:
    assert not _marked(language, text)


@pytest.mark.parametrize(
    ("language", "text", "slip"),
    [
        ("fr", "Le traffic reprend le lundi matin.", "traffic"),
        ("es", "Los manteles se lavan a 60 °C. Poi si asciugano all’aria, senza fretta.", "fretta"),
    ],
)
def test_a_slip_and_a_sentence_of_another_language_are_marked(language: str, text: str, slip: str) -> None:
    assert slip in _marked(language, text)
