"""Every table of a language is found by any tag of it, and a language without one has nothing."""

from __future__ import annotations

import pytest

from fakes.brand import LANGUAGES
from inedit.guard.nlp.function_words import grammar
from inedit.guard.nlp.possessions import possessions
from inedit.guard.nlp.terms import terms
from inedit.guard.nlp.turning import turning


@pytest.mark.parametrize("table", [turning, possessions, terms])
def test_a_language_without_a_table_has_none(table: object) -> None:
    """Dutch is read by nobody yet."""
    assert callable(table)
    assert table("nl") is None
    assert table("nl-BE") is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", [turning, terms])
def test_a_regional_tag_has_the_table_of_its_language(table: object, language: str) -> None:
    """German of Austria is German."""
    assert callable(table)
    assert table(language) is not None
    assert table(f"{language}-CH") == table(language)


def test_possessions_are_told_from_one_another() -> None:
    """Every language that has a table has the words of all roles in it."""
    found = {language: possessions(language) for language in LANGUAGES}
    assert all(found.values())
    assert len(set(map(str, found.values()))) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_determiners_are_no_names(language: str) -> None:
    """What leads a noun is known by the grammar of each language, in lower case."""
    own = grammar(language).determiners
    assert own
    assert all(word == word.lower() for word in own)
