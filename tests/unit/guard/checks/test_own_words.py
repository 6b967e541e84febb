"""What the model wrote is its own, not the notes'."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import LANGUAGES, TODAY, body, draft, tiny_brand, tiny_context
from inedit.guard.checks.own_words import words_are_own
from inedit.guard.context import Context
from inedit.guard.evidence.own_words import own_words
from inedit.guard.judge import FinishedText
from inedit.model import Severity
from inedit.pipeline.evaluation import evaluate_finished

RETOLD = {
    "fr": "À soixante et onze ans, Odette a repris son aiguille : le drap que sa mère broda en 1938 a cédé au bord.",
    "en": "At seventy-one Odette has her needle out again. Her mother's sheet, embroidered in 1938, gave way.",
    "de": "Mit einundsiebzig greift Odette wieder zur Nadel. Das Laken der Mutter, 1938 bestickt, ist gerissen.",
    "es": "Con setenta y un años, Odette vuelve a la aguja: la sábana que bordara su madre, en 1938, cedió.",
    "it": "A settantun anni Odette riprende l'ago. Il lenzuolo della madre, ricamato nel 1938, ha ceduto.",
}


def full(language: str = "fr") -> Context:
    """A context whose prompt briefs a capable model."""
    context = tiny_context(language)
    return replace(context, prompt=replace(context.prompt, style="full"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_retelling_is_its_own_and_a_note_is_pasted(language: str) -> None:
    """The share is near 0 for one and 1 for the other, and only the note goes back."""
    note = tiny_brand().insights["odette"].text[language]
    retold, pasted = body(RETOLD[language], language), body(note, language)
    assert own_words(retold, full(language)).paste_share == 0.0
    assert words_are_own(retold, full(language)) == ()
    measured = own_words(pasted, full(language))
    assert measured.paste_share == 1.0
    assert [span.of(pasted.text) for span in measured.spans] == [note.rstrip(".")]
    [finding] = words_are_own(pasted, full(language))
    assert finding.severity is Severity.BLOCK
    assert note.rstrip(".") not in finding.remedy


def test_a_small_prompt_is_only_held_to_not_copying_a_whole_body() -> None:
    """One sentence of its own below the note is enough there, and too little for a capable model."""
    note = tiny_brand().insights["odette"].text["fr"]
    assert words_are_own(body(note), tiny_context()) != ()
    followed = body(f"{note} Le fil tient.")
    assert words_are_own(followed, tiny_context()) == ()
    assert words_are_own(followed, full()) != ()


def test_approved_wordings_are_apart() -> None:
    """A part that takes an approved wording is none of the model's; nor, without a prompt, is a claim in the text."""
    calls = tiny_brand().identity.calls_to_action[0].text["fr"]
    measured = own_words(draft({"body": RETOLD["fr"], "call_to_action": calls}), full())
    assert (measured.paste_share, measured.words) == (0.0, own_words(body(RETOLD["fr"]), full()).words)
    claim = tiny_brand().claims["water"].text["fr"]
    text = FinishedText({"text": f"{RETOLD['fr']}\n{claim}"}, "fr", "email")
    verdict = evaluate_finished(text, tiny_brand(), TODAY)
    assert verdict.own_words is not None
    assert verdict.own_words.paste_share == 0.0


def test_what_is_said_of_the_readers_and_shown_as_an_example_is_supplied_too() -> None:
    """Segment descriptions and worked examples are no words of the writer's."""
    said = tiny_brand().segments["families"].description["fr"]
    example = "Ce couteau a coupé mille miches avant de venir chez nous se faire aiguiser."
    assert own_words(body(said), full()).paste_share == 1.0
    assert own_words(body(example), full()).paste_share == 1.0


def test_a_channel_may_have_its_own_limit() -> None:
    """A text that two thirds of are pasted passes where the channel allows three quarters."""
    note = tiny_brand().insights["odette"].text["fr"]
    text = body(f"{note} Vous aussi, venez voir, on vous attend.")
    context = full()
    assert words_are_own(text, context) != ()
    email = context.brand.channels["email"].model_copy(update={"most_pasted": 0.75})
    channels = {**context.brand.channels, "email": email}
    allowed = replace(context, brand=context.brand.model_copy(update={"channels": channels}))
    assert words_are_own(text, allowed) == ()


def test_a_fixed_expression_in_a_short_text_is_not_pasted() -> None:
    """Half of two short sentences may be the note's words; of a longer text it may not."""
    note = tiny_brand().insights["odette"].text["fr"].rstrip(".").split()
    half = " ".join(note[:6])
    assert words_are_own(body(f"{half}. Le couteau attend encore sur la table."), full()) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_longer_text_may_take_over_as_many_words_as_a_short_one(language: str) -> None:
    """What passes in 29 words passes in a few more; more of the note never does, and a channel has its own limit."""
    note = tiny_brand().insights["odette"].text[language].rstrip(".").split()
    taken = " ".join(note[:12])
    fresh = " ".join(f"zq{chr(97 + i)}" for i in range(16))
    more = " ".join(f"wx{chr(97 + i)}" for i in range(6))
    assert words_are_own(body(f"{taken}. {fresh}.", language), full(language)) == ()
    assert words_are_own(body(f"{taken}. {fresh}. {more}.", language), full(language)) == ()
    assert words_are_own(body(f"{taken}. {' '.join(note[2:12])}. {fresh}.", language), full(language)) != ()
    context = full(language)
    email = context.brand.channels["email"].model_copy(update={"most_pasted": 0.3})
    strict = replace(
        context,
        brand=context.brand.model_copy(update={"channels": {**context.brand.channels, "email": email}}),
    )
    assert words_are_own(body(f"{taken}. {fresh}. {more}.", language), strict) != ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_or_two_sentences_may_keep_more_of_a_note_but_not_all_of_it(language: str) -> None:
    """Three quarters of a note's words in a text of less than twenty pass; the note with a word added, or a text of
    thirty words so pasted, does not."""
    note = tiny_brand().insights["odette"].text[language].rstrip(".").split()
    kept = " ".join(note[:-1])
    fresh = " ".join(f"zq{chr(97 + i)}" for i in range(len(note) // 3))
    assert 0.6 < own_words(body(f"{kept} {fresh}.", language), full(language)).paste_share <= 0.8
    assert words_are_own(body(f"{kept} {fresh}.", language), full(language)) == ()
    assert words_are_own(body(f"{' '.join(note)} {fresh}.", language), full(language)) != ()
    assert words_are_own(body(f"{kept} {kept} {kept} {fresh}.", language), full(language)) != ()
