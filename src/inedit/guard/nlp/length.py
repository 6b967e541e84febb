"""How long a text is for its readers. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from inedit.guard.nlp.text import words

WORDS_A_MINUTE = {"fr": 195, "en": 228, "de": 179, "es": 218, "it": 188}
"""Words that native readers read aloud in a minute, by language: Trauzettel-Klosinski and Dietz (2012),
"Standardized Assessment of Reading Performance: The New International Reading Speed Texts
IReST", Invest. Ophthalmol. Vis. Sci. 53."""

WORDS_A_MINUTE_ELSEWHERE = 184
"""The mean over the seventeen languages of the same study."""


PAUSE_SECONDS = 0.7
"""Silence between two parts of a text that is said aloud."""

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Length:
    """Characters as they stand, words, and seconds of reading."""

    characters: int
    words: int
    reading_seconds: float


def length_of(text: str, language: str) -> Length:
    """The length of a text in a language (BCP 47)."""
    count = len(words(text))
    speed = WORDS_A_MINUTE.get(language.partition("-")[0].lower(), WORDS_A_MINUTE_ELSEWHERE)
    return Length(len(text), count, round(60 * count / speed, 1))


def spoken_seconds(text: str, language: str) -> float:
    """How long a text takes to say aloud: a figure counts a word for each of its digits, as « 1938 » has four."""
    digits = sum(len(found[0]) - 1 for found in _DIGITS.finditer(text))
    speed = WORDS_A_MINUTE.get(language.partition("-")[0].lower(), WORDS_A_MINUTE_ELSEWHERE)
    return 60 * (len(words(text)) + digits) / speed


def spoken_length(parts: Iterable[str], language: str) -> float:
    """How long parts take to say one after the other, with the pauses between them, in seconds."""
    said = [spoken_seconds(part, language) for part in parts if part.strip()]
    return sum(said) + PAUSE_SECONDS * max(0, len(said) - 1)
