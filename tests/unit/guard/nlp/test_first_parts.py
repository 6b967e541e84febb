"""First parts of German compounds, and decades behind a number."""

from __future__ import annotations

import pytest

from inedit.guard.nlp.proofreading.german_words import compound_head
from inedit.guard.nlp.quantities import find_quantities


@pytest.mark.parametrize(
    ("word", "head"),
    [
        ("Farbkasten", "Kasten"),  # Farbe
        ("Kronleuchter", "Leuchter"),  # Krone
        ("Birnbaum", "Baum"),  # Birne
        ("Pfannkuchen", "Kuchen"),  # Pfanne
        ("Schultisch", "Tisch"),
        ("Deckentisch", "Tisch"),
        ("Qzarkasten", None),
    ],
)
def test_a_first_part_may_lose_its_last_letter(word: str, head: str | None) -> None:
    """An e that the listed noun has and the compound has not; what no noun begins is no compound."""
    assert compound_head(word) == head


@pytest.mark.parametrize(
    ("text", "read", "months"),
    [
        ("3 Jahrzehnte lang.", "3 Jahrzehnte", 360),
        ("Zehn Jahrzehnte lang.", "Zehn Jahrzehnte", 1200),
        ("Jahrzehnte lang.", "Jahrzehnte", 240),
    ],
)
def test_a_number_before_decades_counts_them(text: str, read: str, months: int) -> None:
    """Where the text begins with it as well; decades alone are two at least."""
    [found] = find_quantities(text, "de")
    assert (found.span.of(text), found.value, found.dimension) == (read, months, "months")
