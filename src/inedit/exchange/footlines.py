"""The line below an exported text, in the language of the text: who approved it, and what has to be disclosed."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from inedit.guard.messages import by_fixed_words, in_words_of, typeset
from inedit.guard.nlp.language_data import primary

ENGLISH = "en"


def language_of_footline(language: str) -> str:
    """The language that the line is in: that of the text where we have the words, else English."""
    return primary(language) if _words(primary(language)) else ENGLISH


def in_language(language: str, *sentences: str) -> list[str]:
    """English wordings of ours in a language; those that it has no words for stay as they are."""
    return [in_words_of(_words(primary(language)), one) for one in sentences]


@cache
def _words(language: str) -> tuple[tuple[str, str], ...]:
    """Patterns of English wordings with those of a language; none for English and unknown ones."""
    text = resources.files("inedit.exchange").joinpath("footlines.toml").read_text("utf-8")
    lines = tomllib.loads(text)["line"]
    if language == ENGLISH:
        return ()
    return by_fixed_words(
        (line[ENGLISH], typeset(language, line[language])) for line in lines if language in line
    )
