"""Feasts and seasons until which an offer is said to last: the next one counts, and whether it comes too late."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.brand import LANGUAGES, body
from fakes.oven_maker import oven_context
from inedit.guard.evidence.facts import supplied_facts
from inedit.guard.evidence.index import known_evidence
from inedit.guard.evidence.prolonged import easter, prolonged
from inedit.guard.nlp.language_data import load_table

IN_JUNE, IN_JANUARY = date(2026, 6, 1), date(2026, 1, 2)
UNTIL_EASTER = {
    "fr": "Les tabliers sont à 15 % de moins jusqu’à Pâques.",
    "en": "Aprons are 15% off until Easter.",
    "de": "Schürzen sind bis Ostern um 15 % reduziert.",
    "es": "Los delantales tienen un 15 % de descuento hasta Pascua.",
    "it": "I grembiuli sono scontati del 15% fino a Pasqua.",
}


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1961, (4, 2)),
        (2000, (4, 23)),
        (2011, (4, 24)),
        (2024, (3, 31)),
        (2026, (4, 5)),
        (2038, (4, 25)),
        (2285, (3, 22)),
    ],
)
def test_easter_is_where_the_almanac_has_it(year: int, day: tuple[int, int]) -> None:
    """Among them the latest day that it can fall on."""
    assert easter(year) == date(year, *day)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_next_feast_counts(language: str) -> None:
    """Said in June, Easter is next year, after the end of July; said in January, it comes before."""
    context, draft = oven_context(language), body(UNTIL_EASTER[language], language)
    facts, known = supplied_facts(draft, context), known_evidence(draft, context)
    found = [fact.id for _, fact in prolonged(draft.text, language, facts, known, IN_JUNE)]
    assert found == ["breads"]
    assert not list(prolonged(draft.text, language, facts, known, IN_JANUARY))


def test_every_language_has_the_same_seasons_and_the_feasts_that_move() -> None:
    """A day that one language lacks is one that its texts may prolong an offer by."""
    rules = {code: {rule for _, rule in own["days"]} for code, own in load_table("feasts").items()}
    everywhere = {
        "03-20",
        "06-21",
        "09-22",
        "12-21",
        "12-25",
        "12-31",
        "easter+0",
        "easter-47",
        "next",
        "never",
    }
    assert set(rules) == set(LANGUAGES)
    assert all(everywhere <= own for own in rules.values())
