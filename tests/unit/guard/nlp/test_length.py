"""How long a text is for its readers."""

from __future__ import annotations

import pytest

from inedit.guard.nlp.length import length_of


@pytest.mark.parametrize(("language", "seconds"), [("fr", 3.1), ("en", 2.6), ("de-CH", 3.4), ("pt", 3.3)])
def test_reading_takes_as_long_as_the_language_needs(language: str, seconds: float) -> None:
    """Ten words, at the speed measured for the language; an unknown one takes the mean."""
    length = length_of("un deux trois quatre cinq six sept huit neuf dix", language)
    assert (length.words, length.characters, length.reading_seconds) == (10, 48, seconds)


def test_nothing_takes_no_time() -> None:
    """An empty text, and one of signs only."""
    assert length_of("", "fr").reading_seconds == 0
    assert length_of("… !", "fr").words == 0
