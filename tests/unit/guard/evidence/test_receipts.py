"""Receipts and the use of insights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from fakes.brand import LANGUAGES, body, tiny_brand, tiny_context
from inedit.brand.schema import Claim
from inedit.guard.checks.insights import insights_are_used
from inedit.guard.evidence.receipts import find_receipts
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


SHOWN = {
    "fr": ("Odette reprend le drap que sa mère a brodé. La toile s'use aux pieds.", "use aux pieds"),
    "en": (
        "Odette mends a sheet that her mother embroidered. The cloth wears at the feet.",
        "wears at the feet",
    ),
    "de": ("Odette flickt ein Laken. Der Stoff verschleißt am Fußende.", "verschleißt am Fußende"),
    "es": (
        "Odette remienda la sábana que bordó su madre. La tela se gasta por los pies.",
        "gasta por los pies",
    ),
    "it": (
        "Odette rammenda il lenzuolo ricamato dalla madre. La tela si consuma ai piedi.",
        "consuma ai piedi",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_shows_a_phrase_that_a_person_believes(language: str) -> None:
    """Common words that prove together are one passage, and no source shows the same passage twice."""
    text, phrase = SHOWN[language]
    receipts = find_receipts(body(text, language, insight_ids=("odette", "feet")), tiny_context(language))
    assert [r.span.of(text) for r in receipts if r.source_id == "feet"] == [phrase]
    assert [r.span.of(text) for r in receipts if (r.source_id, r.how) == ("odette", "entity")] == ["Odette"]
    for source in ("odette", "feet"):
        spans = sorted(r.span for r in receipts if r.source_id == source and r.how == "meaning")
        assert all(first.end <= second.start for first, second in pairwise(spans))


def test_a_quotation_stands_for_whatever_lies_in_it() -> None:
    """The figure, the name and the meaning inside a quotation are not told again."""
    text = tiny_brand().insights["odette"].text["fr"]
    receipts = find_receipts(body(text), tiny_context())
    assert {r.how for r in receipts if r.source_id == "odette"} == {"quote"}


def test_two_sentences_prove_together_as_one_passage() -> None:
    """« Pieds » in one sentence and « s'use » in the next are shown from the first to the last."""
    text = "On regarde les pieds. La toile y use d'abord. Le reste attend."
    receipts = find_receipts(body(text, insight_ids=("feet",)), tiny_context())
    assert [r.span.of(text) for r in receipts] == ["pieds. La toile y use"]


def test_a_claim_in_other_words_leaves_a_receipt() -> None:
    """Half of the claim's own words in one sentence show it, and a count is shown with what it counts."""
    text = "À Cambrai, nos 12 tisserands font la toile."
    receipts = find_receipts(body(text), tiny_context())
    assert ("woven", "figure", "12 tisserands") in {(r.source_id, r.how, r.span.of(text)) for r in receipts}
    told = "Gratuite, la livraison, selon le montant de votre achat."
    assert "postage" in {r.source_id for r in find_receipts(body(told), tiny_context())}


def test_a_small_count_proves_only_beside_the_facts_own_words() -> None:
    """Twelve of anything is no receipt of twelve weavers."""
    assert find_receipts(body("Nos 12 nouveautés vous attendent."), tiny_context()) == ()


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


def test_a_name_that_several_claims_have_proves_none_of_them() -> None:
    """« France » in a boast is no trace of what is promised to France; a name of one claim alone is."""
    context = tiny_context()
    said = {
        "woven": "Nos fils viennent de Normandie, en France.",
        "sewn": "Nos draps sont cousus à Lille, en France.",
    }
    claims = {
        id: Claim(id=id, text={"fr": text}, source="atelier", valid_from=date(2026, 1, 1))
        for id, text in said.items()
    }
    context = replace(context, brand=context.brand.model_copy(update={"claims": claims}))
    found = find_receipts(body("Un drap de France, un fil de Normandie."), context)
    assert [(r.source_id, r.how, r.span.start) for r in found if r.kind == "claim"] == [
        ("woven", "entity", 29)
    ]
