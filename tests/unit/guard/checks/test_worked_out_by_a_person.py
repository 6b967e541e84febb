"""A figure that may be worked out from a fact goes to a person; what cannot be is refused."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.messages import message_in
from inedit.model import Severity


def _severities(language: str, fact: str, text: str) -> dict[str, Severity]:
    found = figures_are_supported(body(text, language), tiny_context_with(language, fact))
    return {finding.span.of(text): finding.severity for finding in found if finding.span}


@pytest.mark.parametrize(
    ("language", "fact", "text", "figure"),
    [
        (
            "en",
            "The frame of the loom is guaranteed for 5 years.",
            "The loom is guaranteed, frame and all, until the autumn of 2031.",
            "2031",
        ),
        (
            "es",
            "Guardamos el hilo de cada manta 20 años.",
            "El hilo de la manta seguirá guardado en 2046.",
            "2046",
        ),
    ],
)
def test_a_figure_that_may_be_worked_out_is_for_a_person(
    language: str, fact: str, text: str, figure: str
) -> None:
    assert _severities(language, fact, text).get(figure) is Severity.REVIEW


@pytest.mark.parametrize(
    ("language", "fact", "text", "figure"),
    [
        (
            "fr",
            "La livraison des bancs est gratuite dès 150 €.",
            "Un banc à 140 € ? Encore vingt euros pour la livraison.",
            "vingt euros",
        ),
        (
            "en",
            "The frame of the loom is guaranteed for 5 years.",
            "The loom is guaranteed, frame and all, until the autumn of 2034.",
            "2034",
        ),
        (
            "es",
            "Guardamos el hilo de cada manta 20 años.",
            "El hilo de la manta seguirá guardado en 2056.",
            "2056",
        ),
    ],
)
def test_another_figure_is_refused(language: str, fact: str, text: str, figure: str) -> None:
    assert _severities(language, fact, text)[figure] is Severity.BLOCK


def test_a_figure_beside_no_word_of_the_fact_is_refused() -> None:
    fact = "The frame of the loom is guaranteed for 5 years."
    assert _severities("en", fact, "Our café has been serving since 2031.") == {"2031": Severity.BLOCK}


def test_the_message_is_told_in_french() -> None:
    english = "“62”: is this worked out from a fact? claim “guests” says “38 % of our guests come back.”."
    assert "est-ce calculé à partir d’un fait" in message_in("fr", english)


@pytest.mark.parametrize(
    ("language", "fact", "text"),
    [
        (
            "es",
            "La bicicleta se puede devolver durante 30 días, con reembolso.",
            "Devuelves la bici en 30 días y recuperas tu dinero.",
        ),
        (
            "it",
            "La bicicletta si può rendere per 30 giorni, con rimborso.",
            "Fino al trentesimo giorno la rendi e ti rimborsiamo.",
        ),
        (
            "fr",
            "La photographie encadrée peut être rendue pendant 30 jours.",
            "Vous pouvez rendre la photo encadrée pendant 30 jours.",
        ),
    ],
)
def test_a_clipped_word_or_a_pronoun_names_what_is_promised(language: str, fact: str, text: str) -> None:
    assert not promises_are_supported(body(text, language), tiny_context_with(language, fact))


def test_another_thing_is_not_taken_for_a_clipped_one() -> None:
    fact = "La bicicleta se puede devolver durante 30 días, con reembolso. El casco pesa 300 gramos."
    context = tiny_context_with("es", fact)
    assert promises_are_supported(body("Devuelves el casco en 30 días.", "es"), context)


@pytest.mark.parametrize(
    ("language", "fact", "text"),
    [
        (
            "fr",
            "La livraison des bancs est gratuite dès 150 €.",
            "Un banc à 140 € ? Encore dix euros pour la livraison.",
        ),
        (
            "de",
            "Die Lieferung der Bänke ist ab 90 € kostenlos.",
            "Eine Bank für 80 €? Noch zehn Euro bis zur Lieferung.",
        ),
        (
            "it",
            "La consegna delle panche è gratuita da 150 €.",
            "Una panca da 140 €? Ancora dieci euro per la consegna.",
        ),
    ],
)
def test_what_is_lacking_to_a_limit_is_told_with_what_is_there(language: str, fact: str, text: str) -> None:
    """Both amounts stand in the text, and make the fact's together."""
    assert _severities(language, fact, text) == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Dehors passent trois cent six brebis."),
        ("en", "Outside, three hundred and six sheep go by."),
        ("de", "Draußen ziehen dreihundertsechs Schafe vorbei."),
        ("es", "Fuera pasan trescientas seis ovejas."),
        ("it", "Fuori passano trecentosei pecore."),
    ],
)
def test_a_count_of_nothing_of_ours_is_never_refused(language: str, text: str) -> None:
    """It contradicts no fact; of what the brand says “we” of, it is refused."""
    fact = {"fr": "Le cadre est garanti 5 ans.", "en": "The frame is guaranteed for 5 years."}.get(
        language, "5 kg."
    )
    assert Severity.BLOCK not in _severities(language, fact, text).values()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Chez nous passent trois cent six brebis."),
        ("en", "Our three hundred and six sheep go by."),
        ("de", "Unsere dreihundertsechs Schafe ziehen vorbei."),
        ("es", "Nuestras trescientas seis ovejas pasan."),
        ("it", "Passano le nostre trecentosei pecore."),
    ],
)
def test_a_count_of_our_own_is_refused(language: str, text: str) -> None:
    assert Severity.BLOCK in _severities(language, "5 kg.", text).values()
