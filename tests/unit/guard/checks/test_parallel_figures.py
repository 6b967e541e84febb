"""Facts that give two things a figure each: neither thing may be given the other's."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported

PRICES = {
    "fr": "Un pommier coûte 28 euros, un poirier 32 euros.",
    "en": "An apple tree costs 28 euros, a pear tree 32 euros.",
    "de": "Ein Apfelbaum kostet 28 Euro, ein Birnbaum 32 Euro.",
    "es": "Un manzano cuesta 28 euros, un peral 32 euros.",
    "it": "Un melo costa 28 euro, un pero 32 euro.",
}


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("fr", "Le poirier vous coûte trente-deux euros.", True),
        ("fr", "Le poirier vous coûte vingt-huit euros.", False),
        ("fr", "28 euros pour le pommier, 32 pour le poirier.", True),
        ("fr", "32 euros pour le pommier, 28 euros pour le poirier.", False),
        ("en", "An apple tree is yours for 28 euros.", True),
        ("en", "An apple tree is yours for 32 euros.", False),
        ("en", "At 32 euros a pear tree costs more than an apple tree, which is 28 euros.", True),
        ("de", "Der Birnbaum kostet achtundzwanzig Euro.", False),
        ("de", "Der Apfelbaum kostet achtundzwanzig Euro, der Birnbaum zweiunddreißig.", True),
        ("es", "Un peral cuesta veintiocho euros.", False),
        ("es", "Un peral cuesta treinta y dos euros.", True),
        ("it", "Il pero costa ventotto euro.", False),
        ("it", "Il melo costa ventotto euro.", True),
    ],
)
def test_a_thing_has_its_own_figure(language: str, text: str, told: bool) -> None:
    """What only one part of the fact names tells whose figure it is."""
    found = figures_are_supported(body(text, language), tiny_context_with(language, PRICES[language]))
    assert (not found) is told


CALLS = "Of 212 calls about sheets, 131 were about water, 24 about heat."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("By September 57 of the felt-pen labels could be read, and 12 in pencil.", False),
        ("By September 57 of the pencil labels could be read, and 12 in felt pen.", True),
        ("In September 57 labels in pencil could be read.", True),
    ],
)
def test_two_figures_of_one_sentence_stand_each_by_its_own_words(text: str, told: bool) -> None:
    fact = "In September 57 pencil labels could be read, and 12 in felt pen."
    found = figures_are_supported(body(text, "en"), tiny_context_with("en", fact))
    assert (not found) is told


@pytest.mark.parametrize(
    ("language", "fact", "text", "told"),
    [
        ("en", CALLS, "One in nine calls about sheets was about heat.", True),
        ("en", CALLS, "One in four calls about sheets was about heat.", False),
        ("en", CALLS, "Calls about water came more than five times as often.", True),
        ("it", "262 lenzuola su 300 asciugano in un giorno.", "Trentotto lenzuola non asciugano in un giorno.", True),
        ("it", "Il lino asciuga per due settimane.", "Il lino asciuga per quindici giorni.", True),
        ("fr", "Le rouissage dure deux semaines.", "Le rouissage dure quinze jours.", True),
        ("fr", "Le rouissage dure deux semaines.", "Le rouissage dure seize jours.", False),
    ],
)  # fmt: skip
def test_what_follows_from_the_figures_of_one_fact_is_ours(
    language: str, fact: str, text: str, told: bool
) -> None:
    """Shares and multiples of its counts, what is left of them, weeks that are counted in days."""
    found = figures_are_supported(body(text, language), tiny_context_with(language, fact))
    assert (not found) is told
