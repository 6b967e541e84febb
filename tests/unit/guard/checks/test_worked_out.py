"""Amounts that the brand's facts give when they are multiplied or shared out, and figures at the edge of one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fakes.brand import body, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.evidence.support import with_counted
from inedit.guard.nlp.quantities import find_quantities


@pytest.mark.parametrize(
    ("language", "fact", "text", "refused"),
    [
        (
            "fr",
            "Douze envois par an coûtent 348 €.",
            "Douze envois coûtent 348 € : l'envoi revient à 29 €.",
            "",
        ),
        ("fr", "Douze envois par an coûtent 348 €.", "L'envoi revient à 31 €.", "31 €"),
        ("fr", "Douze envois par an coûtent 348 €.", "L'envoi revient à 696 €.", "696 €"),
        ("en", "A visit of the workshop costs €7.", "Two visits of the workshop cost €14.", ""),
        ("en", "A visit of the workshop costs €7.", "Two visits of the workshop cost €15.", "€15"),
        ("en", "A visit of the workshop costs €7.", "A visit of the workshop costs $14 for two.", "$14"),
        (
            "en",
            "A visit of the workshop costs €7.",
            "For 2 years the visit of the workshop costs €14.",
            "2 years €14",
        ),
        ("es", "Una visita del taller cuesta 7 €.", "Dos visitas del taller cuestan 14 €.", ""),
        ("es", "Una visita del taller cuesta 7 €.", "Dos visitas del taller cuestan 16 €.", "16 €"),
        ("it", "Una visita del laboratorio costa 7 €.", "Due visite del laboratorio costano 14 €.", ""),
        (
            "it",
            "Una visita del laboratorio costa 7 €.",
            "Due visite del laboratorio costano 4 €.",
            "4 €",
        ),
    ],
)
def test_a_price_is_ours_times_or_by_a_count_beside_it(
    language: str, fact: str, text: str, refused: str
) -> None:
    """Twelve parcels for 348 are 29 each, two visits at 7 are 14; years multiply no price, nor another currency."""
    found = figures_are_supported(body(text, language), tiny_context_with(language, fact))
    assert " ".join(finding.span.of(text) for finding in found if finding.span) == refused


@pytest.mark.parametrize(
    ("language", "text", "pointed_at"),
    [
        ("fr", "12 tisserands tissent.", "12 tisserands"),
        ("fr", "12 bons tisserands tissent.", "12 bons"),
        ("fr", "Ils sont 12.", "12"),
        ("en", "12 - - - weavers.", "12"),
        ("de", "Es sind 12 Weber.", "12 Weber"),
        ("en", "It costs €12 today.", "€12"),
    ],
)
def test_a_finding_points_at_the_number_with_the_word_next_to_it(
    language: str, text: str, pointed_at: str
) -> None:
    """Of a number without a unit; a word farther off, or none, is left out."""
    (quantity,) = find_quantities(text, language)
    assert with_counted(quantity, text).of(text) == pointed_at


@pytest.mark.parametrize(
    ("language", "text", "value", "dimension"),
    [
        ("fr", "Un budget de 3 k€.", 3_000, "EUR"),
        ("fr", "Un budget de 2,5 M€.", 2_500_000, "EUR"),
        ("fr", "Un budget de 12 Md€.", 12_000_000_000, "EUR"),
        ("de", "Es sind 2 Mio. Euro im Jahr.", 2_000_000, "EUR"),
        ("de", "Es sind 5 Mio € im Jahr.", 5_000_000, "EUR"),
        ("en", "It is £2m of sales.", 2_000_000, "GBP"),
        ("en", "It is $4bn of sales.", 4_000_000_000, "USD"),
        ("en", "It has 10k readers.", 10_000, "count"),
        ("fr", "Il faut 5 mn.", 5, "minutes"),
        ("fr", "Une saison de 3 mois.", 3, "months"),
    ],
)
def test_short_magnitudes_are_read(language: str, text: str, value: int, dimension: str) -> None:
    """Thousands, millions and thousand millions of money; « mn » behind no money is minutes."""
    (quantity,) = find_quantities(text, language)
    assert (quantity.value, quantity.dimension) == (Decimal(value), dimension)
