"""The word lists of single rules: every list in every language."""

from __future__ import annotations

import re

import pytest

from inedit.guard.nlp.language_data import KNOWN, load_table
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import beginnings, roots, word_list, word_pattern

OF_SOME = {
    "at_most": {"de"},
    "parts_of_day": {"de"},
    "place_before": {"de"},
    "before_nouns": {"de"},
    "they": {"de"},
    "hour_word": {"fr", "es"},
    "it": {"en", "de"},
    "anybody": {"fr", "de"},
    "reflexive": {"fr", "de", "es", "it"},
    "out_of": {"fr", "en", "de", "it"},
    "leading_clause": {"fr", "en", "es", "it"},
    "if_you": {"es", "it"},
    "bears": {"de"},
}
"""Lists of what only some languages have."""

AS_WRITTEN = {"participle", "cut_ending", "cut_noun", "if_you"}
"""Patterns of text with its accents."""


@pytest.mark.parametrize("language", KNOWN)
def test_every_list_stands_in_every_language(language: str) -> None:
    """A rule that has its words in one language has them in all five, but for what a language has not."""
    own, first = load_table(language), load_table("fr")
    for table in ("lists", "patterns"):
        assert own[table].keys() == first[table].keys()
        for name, listed in own[table].items():
            assert bool(listed) is (language in OF_SOME.get(name, KNOWN)), name


@pytest.mark.parametrize("language", KNOWN)
def test_lists_are_folded_and_patterns_compile(language: str) -> None:
    """Lists are compared with folded words; a pattern has accents only where it reads text as written."""
    for name, listed in load_table(language)["patterns"].items():
        assert re.compile(listed)
        assert name in AS_WRITTEN or listed == fold(listed) or re.search(r"\\[A-Z]", listed)
    for name in load_table(language)["lists"]:
        assert all(word == fold(word) for word in word_list(language, name))
        assert beginnings(language, name) == tuple(sorted(word_list(language, name)))
        assert len(roots(language, name)) <= len(load_table(language)["lists"][name].split())


def test_a_language_without_a_file_has_no_words() -> None:
    """Its lists are empty, and its patterns never match."""
    assert word_list("pt", "had") == frozenset()
    assert word_pattern("pt", "aged").search("crianças de") is None
    assert word_list("de-CH", "had") == word_list("de", "had")
