"""Places, limits and first values that a text of the right length shows."""

from __future__ import annotations

from inedit.guard.nlp import advertisements
from inedit.guard.nlp.characters import as_read
from inedit.model import Span


def test_a_composed_letter_stands_where_both_its_signs_stood() -> None:
    """Wherever it is in the word; the letters beside it keep their own place."""
    written = "xe\u0301y"
    read = as_read(written)
    assert read.text == "xéy"
    assert [read.written(Span(at, at + 1)) for at in range(3)] == [Span(0, 1), Span(1, 3), Span(3, 4)]
    assert read.written(Span(0, 3)) == Span(0, 4)


def test_the_limits_of_responsive_search_ads_are_those_that_google_publishes() -> None:
    """support.google.com/google-ads/answer/7684791: 3 to 15 headlines, 2 to 4 descriptions, 2 paths."""
    headlines = (advertisements.LEAST_HEADLINES, advertisements.MOST_HEADLINES, advertisements.HEADLINE_CHARS)
    assert headlines == (3, 15, 30)
    descriptions = (
        advertisements.LEAST_DESCRIPTIONS, advertisements.MOST_DESCRIPTIONS, advertisements.DESCRIPTION_CHARS,
    )  # fmt: skip
    assert descriptions == (2, 4, 90)
    assert (advertisements.MOST_PATHS, advertisements.PATH_CHARS) == (2, 15)
