"""Banned words, competitors, worn phrases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import body, tiny_context
from inedit.guard.checks.lexicon import words_allowed
from inedit.guard.nlp.inflection import inflected
from inedit.guard.nlp.occurrences import occurrences
from inedit.model import Severity


@pytest.mark.parametrize(
    ("language", "text", "written"),
    [
        ("fr", "Un drap PAS CHER pour l'été.", "PAS CHER"),
        ("en", "A cheap sheet.", "cheap"),
        ("de", "Ein billiges Laken.", "billiges"),
        ("es", "Sábanas baratas y bonitas.", "baratas"),
        ("it", "Lenzuola economiche.", "economiche"),
    ],
)
def test_a_banned_word_is_found_in_any_inflection(language: str, text: str, written: str) -> None:
    """Case, accents and endings do not hide a banned word, and the remedy says what to write instead."""
    [finding] = words_allowed(body(text, language), tiny_context(language))
    assert finding.severity is Severity.BLOCK
    assert finding.span is not None
    assert finding.span.of(text) == written


@pytest.mark.parametrize("text", ["Le chercheur n'est pas là.", "Il ne cherche pas : cherra qui pourra."])
def test_a_banned_word_inside_another_is_no_finding(text: str) -> None:
    """Whole words only."""
    assert words_allowed(body(text), tiny_context()) == ()


def test_a_competitor_is_named_in_no_language() -> None:
    """Competitors of any market are blocked, a common word that resembles one is not."""
    context = tiny_context()
    assert len(words_allowed(body("Mieux que Nordlin et Lindor & Fils."), context)) == 2
    assert words_allowed(body("Une nuit au nord, du lin."), context) == ()


def test_one_worn_phrase_is_noted_and_two_send_the_text_back() -> None:
    """A cliché may slip in once; a string of them is generated prose."""
    one = words_allowed(body("Un cocon de douceur pour la nuit."), tiny_context())
    two = words_allowed(body("Plongez dans un cocon de douceur."), tiny_context())
    assert [finding.severity for finding in one] == [Severity.NOTE]
    assert {finding.severity for finding in two} == {Severity.BLOCK}
    assert "cocon de douceur" in two[0].remedy


def test_a_phrase_that_the_brand_and_we_both_list_counts_once() -> None:
    """Two lists of worn phrases do not make one phrase two."""
    assert len(words_allowed(body("Un cocon de douceur."), tiny_context())) == 1


def test_a_beginning_counts_only_when_asked_for() -> None:
    """« coinc » stands for « coincée » in evidence, not in banned words."""
    assert [
        s.of("La nappe coincée") for s in occurrences("La nappe coincée", "coinc", "fr", beginnings=True)
    ] == ["coincée"]
    assert list(occurrences("La nappe coincera", "coin", "fr")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wer in den Regen gerät, fährt einfach weiter.", []),
        ("Der Plan gerät ins Wanken.", []),
        ("Dieses Gerät wiegt nichts.", ["Gerät"]),
        ("Unser gerät wiegt nichts.", ["gerät"]),
        ("Neue Geräte im Laden.", ["Geräte"]),
        ("Sie reise gern, sagt sie.", []),
        ("Eine Reise ans Meer.", ["Reise"]),
        ("Viel luxus für wenig Geld.", ["luxus"]),
        ("Lange hat er gerätselt.", []),
    ],
)
def test_a_german_verb_is_not_the_noun_of_its_letters(text: str, found: list[str]) -> None:
    """A noun has a capital; one written small, which is no verb or stands behind « unser », is it all the same."""
    terms = ("Gerät", "Luxus", "Reise")
    assert [span.of(text) for _, span, _ in inflected(text, terms, "de")] == found


def test_a_verb_in_small_letters_is_no_rival() -> None:
    """«udiva» hears; behind a preposition or an article, or with a capital, it is the name."""
    context = tiny_context("it")
    lexicon = next(iter(context.brand.lexicons.values()))
    named = lexicon.model_copy(update={"competitors": ("Udiva",)})
    brand = context.brand.model_copy(update={"lexicons": {**context.brand.lexicons, "it": named}})
    context = replace(context, brand=brand)
    assert words_allowed(body("La nonna udiva la pioggia.", "it"), context) == ()
    [unsure] = words_allowed(body("Meglio di udiva, dice lei.", "it"), context)
    [surely] = words_allowed(body("La nonna lascia Udiva.", "it"), context)
    assert (unsure.severity, surely.severity) == (Severity.REVIEW, Severity.BLOCK)
