"""The whole judgement."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from fakes.brand import LANGUAGES, TODAY, draft, tiny_brand, tiny_context, tiny_spec
from inedit.guard.judge import CHECKS, TEXT_CHECKS, FinishedText, finished_draft, judge
from inedit.guard.nlp.language_data import KNOWN, language_profile
from inedit.model import Decision, Draft
from inedit.pipeline.evaluation import evaluate_finished

GOOD = {
    "fr": (
        "Le drap d'Odette",
        "Odette a 71 ans. Elle reprend un drap brodé par sa mère en 1938. Chez nous, 14 200 draps ont été repris à la"
        " main depuis 2015. Vous l'apportez, nous le recousons.",
    ),
    "en": (
        "Odette's sheet",
        "Odette is 71. She is mending a sheet that her mother embroidered in 1938. We have mended 14,200 sheets by"
        " hand since 2015. Bring yours to the workshop.",
    ),
    "de": (
        "Das Laken von Odette",
        "Odette ist 71. Sie flickt ein Laken, das ihre Mutter 1938 bestickt hat. Wir haben seit 2015 14.200 Laken von"
        " Hand geflickt. Bringen Sie uns Ihres.",
    ),
    "es": (
        "La sábana de Odette",
        "Odette tiene 71 años. La sábana que remienda la bordó su madre, en 1938. Hemos remendado 14.200 sábanas a mano"
        " desde 2015. Traiga la suya al taller.",
    ),
    "it": (
        "Il lenzuolo di Odette",
        "Odette ha 71 anni. Rammenda un lenzuolo ricamato da sua madre nel 1938. Abbiamo rammendato 14.200 lenzuola a"
        " mano dal 2015. Porti il suo in laboratorio.",
    ),
}


SPOILT = {
    "parts": {"subject": ""},
    "language": {"subject": "The old sheet of her mother"},
    "unfinished": {"subject": "Le drap de [Nom]"},
    "echo": {"subject": "Ce couteau a coupé mille miches avant"},
    "figures": {"subject": "Le drap à 99 €"},
    "superlatives": {"subject": "Le meilleur drap"},
    "promises": {"subject": "Un drap bio"},
    "lexicon": {"subject": "Mieux que Nordlin"},
    "own_words": {"body": "Odette, 71 ans, reprend encore un drap brodé en 1938 par sa mère."},
    "address": {"subject": "Ton drap revient"},
    "repetition": {"subject": "Elle reprend un drap brodé par sa mère en 1938"},
    "ending": {"subject": "Le drap de sa mère et"},
}
"""For each check, a part that spoils the honest French text for it."""


def good(language: str) -> Draft:
    """A text that a careful writer would hand in."""
    subject, text = GOOD[language]
    call = tiny_brand().identity.calls_to_action[0].text[language]
    return draft({"subject": subject, "body": text, "call_to_action": call}, tiny_spec(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_honest_text_is_accepted_with_its_receipts(language: str) -> None:
    """No finding at all in any language, and the story and the claim are both receipted."""
    verdict = judge(good(language), tiny_context(language))
    assert verdict.findings == ()
    assert verdict.decision is Decision.ACCEPT
    assert {"odette", "mended"} <= {receipt.source_id for receipt in verdict.receipts}


def test_each_check_can_refuse_the_honest_text_once_it_is_spoilt() -> None:
    """Every check of the tuple has a way to say no, and only the spoilt aspect is blamed."""
    base = good("fr")
    for check, parts in SPOILT.items():
        verdict = judge(replace(base, parts={**base.parts, **parts}), tiny_context())
        assert verdict.decision is Decision.REVISE, check
        assert check in {finding.check for finding in verdict.findings}, check
    silent = replace(
        base, parts={**base.parts, "subject": "Un drap revient", "body": "Un drap se répare, cela s'apprend."}
    )
    assert {f.check for f in judge(silent, tiny_context()).findings} == {"insights"}


def test_every_finding_has_a_remedy_and_a_place_in_the_text() -> None:
    """The way back to the model is never empty, and spans lie inside the draft."""
    bad = draft(
        {
            "subject": "XX",
            "body": "Le n° 1 ! Livraison gratuite à vie, 99 %. Plongez dans un cocon de douceur, avec",
        }
    )
    verdict = judge(bad, tiny_context())
    assert len(verdict.findings) > 6
    for finding in verdict.findings:
        assert finding.remedy, finding
        assert finding.span is None or 0 <= finding.span.start < finding.span.end <= len(bad.text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.sampled_from(LANGUAGES))
def test_any_answer_can_be_judged_and_always_in_the_same_way(text: str, language: str) -> None:
    """Whatever a model writes, the judgement ends, without an error, twice the same."""
    piece = draft({"subject": text[:40], "body": text}, tiny_spec(language))
    assert judge(piece, tiny_context(language)) == judge(piece, tiny_context(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_alone_is_judged_against_every_fact_of_the_brand(language: str) -> None:
    """Without specification or prompt, all claims, insights and offers may be used, and inventions are still found."""
    brand = tiny_brand()
    honest = evaluate_finished(FinishedText({"text": GOOD[language][1]}, language, "email"), brand, TODAY)
    invented = evaluate_finished(FinishedText({"text": "Aube: 99 €"}, language, "email"), brand, TODAY)
    assert honest.findings == ()
    assert [finding.check for finding in invented.findings] == ["figures"]
    assert set(TEXT_CHECKS) < set(CHECKS)


def test_every_language_has_every_remedy() -> None:
    """A missing instruction in one language would leave the model without one."""
    for language in KNOWN:
        assert set(language_profile(language).remedies) == set(language_profile("en").remedies)


def test_every_check_has_its_page() -> None:
    """A finding names its check, and a person finds the page of that name."""
    pages = {page.stem for page in (ROOT / "docs" / "guard").glob("*.md")}
    overview = (ROOT / "docs" / "guard.md").read_text(encoding="utf-8")
    for check in SPOILT | {"insights": {}}:
        assert check in pages
        assert f"(guard/{check}.md)" in overview


def test_a_finished_text_has_cost_nothing() -> None:
    """Nobody was asked for it, so nothing is counted."""
    piece, _ = finished_draft(FinishedText({"text": "Le drap sèche."}, "fr", "email"), tiny_brand(), TODAY)
    used = piece.usage
    assert (used.input_tokens, used.cached_tokens, used.output_tokens, used.reasoning_tokens) == (0, 0, 0, 0)
    assert (used.latency_seconds, piece.attempt, piece.spec.index) == (0.0, 1, 0)
