"""Recited instructions, copied examples, and what must be paraphrased, word for word or with words exchanged."""

from __future__ import annotations

import pytest

from fakes.brand import LANGUAGES, body, draft, tiny_brand, tiny_context, tiny_sheet, tiny_spec
from inedit.guard.checks.echo import no_echo
from inedit.guard.checks.insights import insights_are_used
from inedit.guard.evidence.paraphrase import reworded
from inedit.model import Severity


def test_reciting_the_instructions_is_an_echo_and_quoting_a_fact_is_not() -> None:
    """Words shared with the prompt are an echo unless the brand supplied them to be used."""
    context = tiny_context("en")
    echo = no_echo(
        body("Keep every sentence under fifteen words and never mention the price.", "en"), context
    )
    fact = tiny_brand().claims["strength"].text["en"]
    assert [finding.check for finding in echo] == ["echo"]
    assert no_echo(body(fact, "en"), context) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_copying_the_worked_example_is_found(language: str) -> None:
    """The example shows the manner; its sentences are not to be used."""
    example = tiny_sheet().example(language)
    assert example is not None
    piece = draft({"body": example.parts["body"]}, tiny_spec(language))
    assert {finding.check for finding in no_echo(piece, tiny_context(language))} == {"echo"}


SWAPPED = {
    "fr": "Ce drap a couvert mille nuits avant de venir chez nous se faire repriser.",
    "en": "This sheet saw a thousand nights before it came to us to be mended.",
    "de": "Dieses Laken hat viele Nächte gesehen, bevor es zu uns zum Flicken kam.",
    "es": "Este mantel vio muchas noches antes de venir a que lo cosamos.",
    "it": "Questo lenzuolo ha visto molte notti prima di farsi rammendare da noi.",
}
OWN = {
    "fr": "Mille nuits ont passé, et le drap est revenu à l'atelier.",
    "en": "A thousand nights went by, and the sheet found its way back.",
    "de": "Nach vielen Nächten liegt das Laken wieder auf dem Tisch.",
    "es": "Pasaron muchas noches, y la sábana volvió al taller.",
    "it": "Sono passate molte notti, e il lenzuolo è tornato in bottega.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_with_other_nouns_is_the_example(language: str) -> None:
    """Who exchanges knife for sheet has not written a sentence; who tells the same in other words has."""
    context = tiny_context(language)
    [finding] = no_echo(body(SWAPPED[language], language), context)
    assert "example" in finding.message
    assert no_echo(body(OWN[language], language), context) == ()


HARDLY_CHANGED = {
    "fr": "Elle dort comme chez sa grand-mère, la fenêtre grande ouverte sur le verger.",
    "en": "She sleeps as she did at her grandmother's, with the window open on the orchard.",
    "de": "Man schläft wie bei der Großmutter, das Fenster zum Obstgarten weit offen.",
    "es": "Se duerme como en casa de la abuela, con la ventana bien abierta al huerto.",
    "it": "Si dorme come dalla nonna, con la finestra bene aperta sul frutteto.",
}
PARAPHRASED = {
    "fr": "Un verger par la fenêtre, et l'on dort comme chez sa grand-mère.",
    "en": "An orchard outside, and nights like those in a grandmother's house.",
    "de": "Draußen der Obstgarten, drinnen eine Nacht wie früher bei der Großmutter.",
    "es": "El huerto fuera, y dentro una noche como las de la abuela.",
    "it": "Fuori il frutteto, e dentro una notte come quelle dalla nonna.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebodys_words_with_a_few_exchanged_are_no_paraphrase(language: str) -> None:
    """An insight marked paraphrase-only is told in other words, not in the same ones with a pronoun changed."""
    context = tiny_context(language)
    supplied = {"insight_ids": ("window",)}
    [finding] = insights_are_used(body(HARDLY_CHANGED[language], language, **supplied), context)
    assert (finding.severity, "must be paraphrased" in finding.message) == (Severity.BLOCK, True)
    assert insights_are_used(body(PARAPHRASED[language], language, **supplied), context) == ()


def test_a_fact_elsewhere_in_the_text_excuses_no_echo() -> None:
    """Only what a fact says itself, give or take two words, is the fact's."""
    fact = tiny_brand().claims["water"].text["en"]
    recited = "Keep every sentence under fifteen words and never mention the price."
    [finding] = no_echo(body(f"{fact} {recited}", "en"), tiny_context("en"))
    assert finding.span is not None
    assert finding.span.of(f"{fact} {recited}") == recited.rstrip(".")


def test_a_sentence_of_function_words_is_not_recognised() -> None:
    """Any long sentence has most of them, in their order, whatever it is about."""
    example = "C’est le salon qui a changé. C’est le salon du rez-de-chaussée qui a changé de couleur."
    other = (
        "C’est donc par le lit qu’on se met à parler de sa maison, ce lit qu’on refait à chaque changement."
    )
    assert not list(reworded(other, example, "fr"))
    assert list(reworded("C’est le grenier du rez-de-chaussée qui a changé de couleur.", example, "fr"))
