"""Findings that drafts seldom have: copies by meaning, parts fed by an offer or by claims, texts too long to say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fakes.brand import body, draft, tiny_context, tiny_sheet, tiny_spec
from inedit.guard.checks.near_duplicate import MEANING, TRANSLATION, findings_from
from inedit.guard.checks.parts import approved_wordings, parts_fit
from inedit.guard.checks.platform_rules import platform_rules_kept
from inedit.guard.context import Context
from inedit.guard.nlp.length import spoken_length, spoken_seconds
from inedit.guard.similarity.generic import brief_distance
from inedit.guard.similarity.pairs import judge_pair
from inedit.model import Match
from inedit.model.errors import WrongInput


@pytest.mark.parametrize(
    ("signal", "said"),
    [
        (MEANING, "It says again what p-1 says (cosine 0.96): “"),
        (TRANSLATION, "It translates p-1 (96% sure): “"),
    ],
)
def test_a_copy_without_common_words_shows_the_other_text(signal: str, said: str) -> None:
    """Nothing can be pointed at in the draft; of the other text 160 characters are shown, one space between words."""
    other = "Un drap  repris\nà la main. " * 9
    [finding] = findings_from(body("Un drap."), (Match("p-1", signal, 0.96, (), other),))
    whole = " ".join(other.split())
    assert finding.message == f"{said}{whole[:160].rstrip()}…”"
    assert (finding.check, finding.severity.value, finding.span) == ("near-duplicate", "block", None)
    assert [match.piece_id for match in finding.matches] == ["p-1"]
    assert finding.remedy
    [short] = findings_from(body("Un drap."), (Match("p-1", signal, 0.96, (), whole[:160]),))
    assert short.message == f"{said}{whole[:160]}”"


def _fed_by(source: str, context: Context) -> Context:
    sheet = tiny_sheet()
    parts = [
        part.model_copy(update={"source": source} if part.id == "call_to_action" else {})
        for part in sheet.parts
    ]
    return replace(context, sheet=sheet.model_copy(update={"parts": tuple(parts)}))


def test_a_part_fed_by_the_offer_holds_it_word_for_word() -> None:
    """The offer of the brief, in the draft's language; typography may differ."""
    context = _fed_by("offer", tiny_context())
    part = context.sheet.parts[-1]
    good = {"subject": "Le drap d'Odette", "body": "Odette reprend un drap brodé par sa mère."}
    assert approved_wordings(part, draft(good), context) == (
        "La parure Aube à 129,90 €, jusqu'au 30 juin 2026.",
    )
    said = "La parure Aube à 129,90 €, jusqu’au 30 juin 2026."
    assert parts_fit(draft({**good, "call_to_action": said}), context) == ()
    [finding] = parts_fit(draft({**good, "call_to_action": said.replace("Aube", "Nuit")}), context)
    assert "approved" in finding.message


def test_a_part_fed_by_claims_holds_one_that_is_valid_and_chosen() -> None:
    """Of those that the variant was given, or of all when none of them is valid; an expired claim is never one."""
    context = _fed_by("claims", tiny_context())
    part = context.sheet.parts[-1]
    chosen = draft({}, tiny_spec(claim_ids=("water", "seal-2019")))
    none = draft({}, tiny_spec(claim_ids=("seal-2019",)))
    assert approved_wordings(part, chosen, context) == ("Le lin demande 80 % d'eau en moins que le coton.",)
    listed = approved_wordings(part, none, context)
    assert "Élu meilleur linge de lit en 2019." not in listed
    assert len(listed) > 5


def test_wordings_are_compared_word_by_word_where_no_typography_is_known() -> None:
    """A language that the brand has no sheet for: spaces may differ, quotation marks may not."""
    context = _fed_by("offer", tiny_context())
    brand = context.brand.model_copy(update={"languages": {}})
    good = {"subject": "Le drap d'Odette", "body": "Odette reprend un drap brodé par sa mère."}
    said = "La parure  Aube à 129,90 €, jusqu'au 30 juin 2026."
    there = replace(context, brand=brand)
    assert parts_fit(draft({**good, "call_to_action": said}), there) == ()
    assert parts_fit(draft({**good, "call_to_action": said.replace("'", "’")}), there) != ()


def test_what_is_spoken_has_seconds_not_characters() -> None:
    """A channel of ten seconds: 195 French words a minute, a word for each digit, 0.7 s between two parts."""
    context = tiny_context()
    channel = context.brand.channels["email"].model_copy(update={"max_seconds": 10})
    there = replace(context, brand=context.brand.model_copy(update={"channels": {"email": channel}}))
    fits = {"subject": "Le drap d'Odette", "body": "un drap de lin " * 6, "call_to_action": "Voir les draps"}
    assert spoken_length(fits.values(), "fr") == pytest.approx(60 * (4 + 24 + 3) / 195 + 1.4)
    assert parts_fit(draft({**fits, "body": "un drap de lin " * 5}), there) == ()
    [finding] = parts_fit(draft(fits), there)
    assert finding.message == "The text takes 11 s to say aloud; the channel carries 10 s."
    assert "28 mots" in finding.remedy


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("En 1938", "fr", 5),
        ("En 7", "fr", 2),
        ("", "fr", 0),
        ("In 1938 and 12", "en", 8),
        ("Em 1938", "pt", 5),
    ],
)
def test_a_figure_is_said_digit_by_digit(text: str, language: str, words: int) -> None:
    """The pace of the language, or that of the others."""
    pace = {"fr": 195, "en": 228}.get(language, 184)
    assert spoken_seconds(text, language) == pytest.approx(60 * words / pace)
    assert spoken_seconds(text, f"{language}-XX") == spoken_seconds(text, language)
    assert spoken_length([text, " ", text], language) == pytest.approx(120 * words / pace + 0.7 * bool(text))


def test_google_shows_a_text_once() -> None:
    """Two headlines that differ in capitals or in a full stop are one; a headline and a description are two."""
    context = tiny_context("en")
    channel = context.brand.channels["email"].model_copy(update={"platform": "google-ads"})
    there = replace(context, brand=context.brand.model_copy(update={"channels": {"email": channel}}))
    parts = {
        "headline_1": "Linen mended",
        "headline_2": "linen Mended.",
        "description_1": "Linen mended",
        "other": "x!",
    }
    found = platform_rules_kept(draft(parts, tiny_spec("en")), there)
    assert [f.message for f in found] == [
        "“linen Mended.” says what “headline_1” says already; Google Ads shows a text once."
    ]
    assert platform_rules_kept(draft(parts, tiny_spec("en")), context) == ()


def test_a_draft_is_as_far_from_its_brief_as_from_the_nearest_note() -> None:
    """Only what the model worded counts; without it, or without notes, there is no distance."""
    vectors = {"Un drap.\nIl dure.": (0.6, 0.8), "Lin": (1.0, 0.0), "Laine": (0.0, 1.0)}

    def encode(texts: list[str]) -> np.ndarray:  # type: ignore[type-arg]
        return np.array([vectors[text] for text in texts])

    written = draft({"subject": "Un drap.", "body": "Il dure.", "call_to_action": "Voir"})
    assert brief_distance(written, tiny_sheet(), ["Lin", "Laine"], encode) == pytest.approx(0.2)  # type: ignore[arg-type]
    assert brief_distance(written, tiny_sheet(), ["Lin"], encode) == pytest.approx(0.4)  # type: ignore[arg-type]
    assert brief_distance(written, tiny_sheet(), [], encode) is None  # type: ignore[arg-type]
    assert brief_distance(draft({"call_to_action": "Voir"}), tiny_sheet(), ["Lin"], encode) is None  # type: ignore[arg-type]


def test_a_row_of_pairs_is_an_object() -> None:
    """A list is told by its place."""
    with pytest.raises(WrongInput, match="row 3: an object is needed, not list"):
        judge_pair([], 3)  # type: ignore[arg-type]
