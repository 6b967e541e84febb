"""Receipts and the use of insights."""

from __future__ import annotations

import pytest

from fakes.brand import LANGUAGES, body, tiny_brand, tiny_context
from inedit.guard.receipts import find_receipts, insights_are_used
from inedit.model import Severity

TOLD = {
    "fr": "Odette coud encore, à son âge.",
    "en": "Odette still sews, at her age.",
    "de": "Odette näht noch immer, in ihrem Alter.",
    "es": "Odette cose todavía, a su edad.",
    "it": "Odette cuce ancora, alla sua età.",
}
SILENT = {
    "fr": "Un beau drap pour vos nuits d'été.",
    "en": "A lovely sheet for your summer nights.",
    "de": "Ein schönes Laken für Ihre Sommernächte.",
    "es": "Una bonita sábana para sus noches de verano.",
    "it": "Un bel lenzuolo per le sue notti d'estate.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_uses_no_insight_is_not_ours(language: str) -> None:
    """Without a receipt the text goes back, with the fact to tell in the remedy; with one it passes."""
    context = tiny_context(language)
    [finding] = insights_are_used(body(SILENT[language], language), context)
    assert finding.severity is Severity.BLOCK
    assert "Odette" in finding.remedy
    assert insights_are_used(body(TOLD[language], language), context) == ()


def test_every_way_of_matching_leaves_its_name() -> None:
    """A quotation, a figure, a proper name and a meaning are told apart."""
    text = (
        "Odette a 71 ans. Le lin demande 80 % d'eau en moins que le coton."
        " Un drap s'use là où on le borde, aux pieds."
    )
    receipts = find_receipts(body(text, insight_ids=("odette", "feet")), tiny_context())
    seen = {(r.source_id, r.kind, r.how) for r in receipts}
    assert ("water", "claim", "quote") in seen
    assert ("odette", "insight", "figure") in seen
    assert ("odette", "insight", "entity") in seen
    assert ("feet", "insight", "meaning") in seen
    assert all(r.span.of(text) for r in receipts)


def test_one_common_word_alone_proves_nothing() -> None:
    """« Pieds » in another story is not the insight; beside « s'use » it is."""
    feet = {"insight_ids": ("feet",)}
    assert insights_are_used(body("Elle marche pieds nus sur le carrelage.", **feet), tiny_context()) != ()
    assert insights_are_used(body("La toile s'use d'abord aux pieds.", **feet), tiny_context()) == ()


def test_a_missing_insight_among_several_is_only_noted() -> None:
    """One used insight makes the text ours; the unused one is told."""
    findings = insights_are_used(body(TOLD["fr"], insight_ids=("odette", "feet")), tiny_context())
    assert [(f.severity, "feet" in f.message) for f in findings] == [(Severity.NOTE, True)]


def test_a_figure_that_a_claim_gives_too_proves_no_insight() -> None:
    """The founding year is everybody's: it leaves a receipt for the claim only."""
    receipts = find_receipts(body("14 200 draps repris depuis 2015."), tiny_context())
    assert {r.source_id for r in receipts} == {"mended"}


def test_an_insight_to_paraphrase_must_not_be_repeated() -> None:
    """The words of a person are used, not copied."""
    verbatim = tiny_brand().insights["window"].text["fr"]
    copied = insights_are_used(body(f"Elle dit : {verbatim}", insight_ids=("window",)), tiny_context())
    told = body("Un verger par la fenêtre, et l'on dort comme chez sa grand-mère.", insight_ids=("window",))
    assert [f.severity for f in copied] == [Severity.BLOCK]
    assert insights_are_used(told, tiny_context()) == ()
