"""Form of address, repetition, endings."""

from __future__ import annotations

import pytest

from fakes.brand import body, draft, tiny_context
from inedit.guard.checks.address import address_kept
from inedit.guard.checks.ending import _ENDS_BADLY, _ENDS_WELL, sentences_end
from inedit.guard.checks.repetition import nothing_repeated

FORMAL = {
    "fr": ("Apportez votre drap, nous le reprenons.", "Chez nous, vous choisissez le fil."),
    "de": ("Bringen Sie uns Ihr Laken, wir flicken es.", "Bei uns wählen Sie den Faden."),
    "es": ("Si usted quiere, la remendamos.", "Descubra el hilo de lino."),
    "it": ("Se vuole, Lei sceglie il filo. E noi, i Suoi sarti, cuciamo.", "Scopra il filo di lino."),
}
INFORMAL = {
    "fr": ("Apporte ton drap, on le reprend avec toi.", "Tu choisis le fil."),
    "de": ("Bring uns dein Laken, wir flicken es.", "Du wählst den Faden."),
    "es": ("Trae tu sábana y la remendamos.", "Descubre el hilo de lino."),
    "it": ("Porta il tuo lenzuolo, lo rammendiamo.", "Scopri il filo di lino."),
}
NEUTRAL = {
    "fr": (
        "Un ton sur ton, assez sobre. Le nez au vent, chez elle.",
        "Le drap sèche : « Tu viens ? » dit-elle.",
    ),
    "de": ("Sie näht, er faltet. Ihr Laken trocknet.", "Das Laken trocknet im Wind."),
    "es": ("Ella cose, él dobla. El lino se seca.", "La sábana se seca al viento."),
    "it": ("Lei cuce, lui piega. Il lino asciuga.", "Il lenzuolo asciuga al vento."),
}


@pytest.mark.parametrize("language", list(FORMAL))
def test_the_form_of_address_is_the_segment_s(language: str) -> None:
    """Formal readers are not called « tu », informal ones not « vous », in each language that has both."""
    context = tiny_context(language)
    for text in FORMAL[language]:
        assert address_kept(body(text, language), context) == (), text
        assert address_kept(body(text, language, segment="young"), context) != (), text
    for text in INFORMAL[language]:
        assert address_kept(body(text, language, segment="young"), context) == (), text
        assert address_kept(body(text, language), context) != (), text


@pytest.mark.parametrize("language", list(NEUTRAL))
@pytest.mark.parametrize("segment", ["families", "young"])
def test_a_text_that_addresses_nobody_suits_everybody(language: str, segment: str) -> None:
    """Third persons, « ton sur ton » and quoted speech address no reader."""
    for text in NEUTRAL[language]:
        assert address_kept(body(text, language, segment=segment), tiny_context(language)) == (), text


def test_english_has_one_form_only() -> None:
    """« You » is never wrong."""
    assert (
        address_kept(body("Bring your sheet, and you choose.", "en", segment="young"), tiny_context("en"))
        == ()
    )


def test_a_sentence_said_twice_is_found_across_parts() -> None:
    """The same sentence in subject and body, or twice in the body, says nothing new; a title gets
    by on three words."""
    twice = draft(
        {"subject": "Un drap se reprend à la main", "body": "Un drap se reprend, à la main. Il tient."}
    )
    assert [finding.check for finding in nothing_repeated(twice, tiny_context())] == ["repetition"]
    [finding] = nothing_repeated(twice, tiny_context())
    assert finding.remedy == "subject : trois mots seulement."
    within = body("Un drap se reprend à la main. Un drap se reprend, à la main.")
    [finding] = nothing_repeated(within, tiny_context())
    assert finding.remedy == "Dis chaque chose une seule fois."
    assert (
        nothing_repeated(body("Un drap se reprend. Une nappe se reprise. Un torchon s'use."), tiny_context())
        == ()
    )


@pytest.mark.parametrize(
    "text",
    ["Le lin le lin le lin le lin dort.", "Doux doux doux.", "Un drap, un drap, un drap et rien d'autre."],
)
def test_a_loop_is_found(text: str) -> None:
    """A small model that turns in circles is stopped."""
    assert nothing_repeated(body(text), tiny_context()) != ()


def test_a_figure_of_style_is_no_loop() -> None:
    """Two words that come back are rhythm."""
    assert (
        nothing_repeated(body("Lavage après lavage, nuit après nuit, hiver après hiver."), tiny_context())
        == ()
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Odette reprend un drap que sa mère a brodé. Le fil passe et repasse dans la toile, puis elle",
        ),
        ("fr", "Un drap repris à la"),
        ("en", "A sheet mended by the"),
        ("de", "Ein Laken aus Leinen und"),
        ("es", "Una sábana con"),
        ("it", "Un lenzuolo con il"),
        ("fr", "Un drap, un fil,"),
    ],
)
def test_a_sentence_cut_in_the_middle_is_found(language: str, text: str) -> None:
    """A part that ends in a function word, a comma or without its stop was cut by a limit."""
    assert len(sentences_end(body(text, language), tiny_context(language))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Le drap d'Odette", "Un drap se reprend. Venez voir 🧵", "Venez voir l'atelier. #lin",
        "Écrivez-nous : bonjour@orval.example", "Elle dit : « Venez. »", "Le fil, la toile. La parure Aube à 129,90 €",
        "Odette reprend un drap que sa mère a brodé, et cela depuis l'enfance.\nVoir les draps",
    ],
)  # fmt: skip
def test_titles_links_and_closing_signs_end_a_part_well(text: str) -> None:
    """Not every honest part ends with a full stop."""
    assert sentences_end(body(text), tiny_context()) == ()


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("fr", "Une selle fendue se recoud-elle ?", "Une selle fendue se recoud, et le cuir tient."),
        (
            "en",
            "Does a split saddle have to be thrown out?",
            "A split saddle can be stitched, not thrown out.",
        ),
        ("de", "Verträgt ein Ledersattel noch einen Winter?", "Ein Ledersattel verträgt noch einen Winter."),
        ("es", "¿Puede una silla de cuero con otro invierno?", "La silla de cuero puede con otro invierno."),
        ("it", "Regge una sella di cuoio un altro inverno?", "Una sella di cuoio regge un altro inverno."),
    ],
)
def test_a_question_and_its_answer_are_no_repetition(language: str, question: str, answer: str) -> None:
    """Who asks and answers uses the same words; the answer said twice, or the question, is a repetition."""
    context = tiny_context(language)
    assert nothing_repeated(body(f"{question} {answer}", language), context) == ()
    for twice in (f"{answer} {answer}", f"{question} {question}"):
        assert [finding.check for finding in nothing_repeated(body(twice, language), context)] == [
            "repetition"
        ]


@pytest.mark.parametrize(
    "ending",
    ["", ".", "…", " #lin", " www.lin.example/a", " 12", " lin", " lin,", " -", " a-", "\u00a0»", "\tlin"],
)
def test_the_end_of_a_line_is_judged_by_its_last_words(ending: str) -> None:
    """What stands before the last space says nothing of how a line ends."""
    line = f"Une nappe. Deux draps de lin{ending}"
    assert bool(_ENDS_WELL.search(line, line.rfind(" ") + 1)) is bool(_ENDS_WELL.search(line))
    assert bool(_ENDS_BADLY.search(line, len(line) - 2)) is bool(_ENDS_BADLY.search(line))
