"""Placeholders, refusals, leaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import LANGUAGES, body, tiny_campaign, tiny_context
from inedit.guard.checks.unfinished import nothing_unfinished
from inedit.model import Severity

REFUSALS = {
    "fr": "Je suis désolé, mais je ne peux pas écrire ce texte.",
    "en": "I'm sorry, but I cannot write this text.",
    "de": "Es tut mir leid, aber ich kann diesen Text nicht schreiben.",
    "es": "Lo siento, pero no puedo escribir este texto.",
    "it": "Mi dispiace, ma non posso scrivere questo testo.",
}
PREAMBLES = {
    "fr": "Voici le texte demandé : un drap repris.",
    "en": "Sure! Here is the email: a mended sheet.",
    "de": "Hier ist der Text: ein geflicktes Laken.",
    "es": "Aquí tienes el texto: una sábana remendada.",
    "it": "Ecco il testo: un lenzuolo rammendato.",
}
HONEST = {
    "fr": "Voici l'hiver : le lin sèche plus lentement. Je suis née sous ce drap, dit-elle.",
    "en": "Here is the winter: linen dries more slowly. I was born under this sheet, she says.",
    "de": "Hier ist der Winter lang: Leinen trocknet langsamer. Ich kam unter diesem Laken zur Welt, sagt sie.",
    "es": "Aquí el invierno es largo: el lino se seca despacio. Nací bajo esta sábana, dice.",
    "it": "Ecco l'inverno: il lino asciuga più piano. Sono nata sotto questo lenzuolo, dice.",
}


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour [Nom], votre drap est prêt.", "Bonjour {{name}}, venez.", "Bonjour <prénom>, venez.",
        "Un drap à XX euros.", "Lorem ipsum dolor sit amet.", "Dear [Your Name], come.", "Venez le ____.",
        "Prix : TBD", "Bonjour {prenom}, venez.",
    ],
)  # fmt: skip
def test_a_placeholder_is_not_a_text(text: str) -> None:
    """What a person should have filled in is found, whatever its brackets."""
    assert len(nothing_unfinished(body(text), tiny_context())) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_model_does_not_speak_of_itself(language: str) -> None:
    """Apologies and announcements are found in each language; a text that resembles one is not."""
    context = tiny_context(language)
    assert nothing_unfinished(body(REFUSALS[language], language), context) != ()
    assert nothing_unfinished(body(PREAMBLES[language], language), context) != ()
    assert nothing_unfinished(body(HONEST[language], language), context) == ()


def test_an_english_refusal_is_found_in_any_language() -> None:
    """Models apologise in English when they are asked for German."""
    assert (
        nothing_unfinished(body("As an AI language model, I must decline.", "de"), tiny_context("de")) != ()
    )


@pytest.mark.parametrize(
    "text",
    ["Objet : un drap repris", '{"subject": "Un drap"}', "```\nUn drap\n```", "### Un drap", "<|im_end|>"],
)
def test_labels_and_markup_are_no_text(text: str) -> None:
    """A label, a fence, JSON or a control token is a leak."""
    assert nothing_unfinished(body(text), tiny_context()) != ()


@pytest.mark.parametrize("character", ["\0", "\x1b[2J", "\x7f", "\ufffd", "\ud83d"], ids=ascii)
def test_control_characters_and_broken_ones_are_no_text(character: str) -> None:
    """They go back, and the finding shows none that a terminal would obey."""
    (finding,) = nothing_unfinished(body(f"Un drap repris{character} au fil."), tiny_context())
    assert "\x1b" not in finding.message + finding.remedy
    assert finding.span is not None and finding.span.end == finding.span.start + 1
    assert nothing_unfinished(body("Un drap\n\nrepris\tau fil 🧵, à 30 °C."), tiny_context()) == ()


def test_declared_merge_fields_may_stand() -> None:
    """A token of the mailing tool that the campaign declares is no placeholder; any other still is."""
    declared = ("{{first_name}}", "*|FNAME|*")
    context = replace(tiny_context(), campaign=tiny_campaign().model_copy(update={"merge_fields": declared}))
    for text in ("Bonjour {{first_name}}, venez.", "Bonjour *|FNAME|*, venez."):
        assert nothing_unfinished(body(text), context) == ()
        assert nothing_unfinished(body(text), tiny_context()) != ()
    assert nothing_unfinished(body("Bonjour {{last_name}}, venez."), context) != ()


def test_an_editor_s_brackets_in_a_quotation_are_none_to_fill_in() -> None:
    """Inside a quotation they explain; elsewhere, in small letters, a person looks; a field's name is blocked."""
    assert nothing_unfinished(body("« Elle [la couturière] plie », dit-on."), tiny_context()) == ()
    [doubtful] = nothing_unfinished(body("Elle plie [à deux mains] le drap."), tiny_context())
    assert doubtful.severity is Severity.REVIEW
    [field] = nothing_unfinished(body("« Bonjour [votre ville] », dit-on."), tiny_context())
    assert field.severity is Severity.BLOCK


def test_a_subject_line_may_head_a_whole_e_mail() -> None:
    """In one text with everything in it a first line « Objet : » is the subject; before a body alone it is a label."""
    assert nothing_unfinished(body("Objet : un drap repris\n\nLise plie le drap."), tiny_context()) == ()
    assert nothing_unfinished(body("Objet : un drap repris"), tiny_context()) != ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Weather: TBC. Bread: certain."),
        ("fr", "(Léa, tu viens ?) Le drap sèche."),
        ("de", "(Ben, kommst du?) Das Laken trocknet."),
        ("es", "(Ben, ¿vienes?) La sábana se seca."),
        ("it", "(Ben, vieni?) Il lenzuolo asciuga."),
    ],
)
def test_what_may_be_part_of_a_scene_is_for_a_person(language: str, text: str) -> None:
    """What is open behind a label that is no field, and a question in brackets that names no work."""
    [found] = nothing_unfinished(body(text, language), tiny_context(language))
    assert found.severity is Severity.REVIEW
