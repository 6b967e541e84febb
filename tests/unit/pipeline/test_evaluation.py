"""One evaluation: answer in, verdict out, whoever asks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from fakes.brand import TODAY, body, draft, tiny_brand, tiny_context, tiny_spec
from inedit.guard.context import Context, Nearness
from inedit.guard.judge import FinishedText
from inedit.guard.similarity.generic import Encode, GenericTexts, Vectors
from inedit.model import Decision, Draft, Finding, Match, Span, VariantSpec
from inedit.pipeline import evaluation as evaluation_module
from inedit.pipeline.evaluation import (
    Surroundings,
    evaluate,
    evaluate_draft,
    evaluate_finished,
    texts_to_encode,
)

CONTEXT = tiny_context("fr")
UNREAD = draft({}, tiny_spec("fr"))


def same_vector(texts: Sequence[str]) -> Vectors:
    """An encoder to which all texts say the same."""
    return np.ones((len(texts), 1), np.float32)


def test_an_answer_that_cannot_be_read_is_a_finding() -> None:
    """Nothing is judged that is not there; the finding says what to answer instead."""
    evaluation = evaluate("Bonjour !", UNREAD, CONTEXT)
    assert not evaluation.readable
    assert evaluation.draft.parts == {}
    assert [finding.check for finding in evaluation.verdict.findings] == ["shape"]
    assert evaluation.verdict.findings[0].remedy


def test_typography_is_repaired_before_anything_is_judged() -> None:
    """The draft that is judged, stored and published is the repaired one."""
    parts = {part.id: "Un drap : lin !" for part in CONTEXT.sheet.parts}
    evaluation = evaluate(json.dumps(parts), UNREAD, CONTEXT)
    worded = [part.id for part in CONTEXT.sheet.parts if part.source == "model"]
    assert all(evaluation.draft.parts[part] == "Un drap\u00a0: lin\u202f!" for part in worded)


def test_generic_texts_and_copies_are_findings_like_any_other() -> None:
    """What vectors and indexes say stands in the verdict, after what the words alone say."""
    written = body("Le lin sèche.", "fr")
    generic = GenericTexts.of(["Du lin pour tous."], same_vector)
    match = Match("other-1", "containment", 0.99, (Span(0, 6),), "Le lin")
    verdict = evaluate_draft(
        written, CONTEXT, Surroundings(generic, same_vector, find_copies=lambda _: (match,))
    )
    checks = [finding.check for finding in verdict.findings]
    assert checks[-2:] == ["mirror", "near-duplicate"]
    assert verdict.originality.mirror_distance == 0.0
    assert verdict.decision is Decision.REVISE


def test_without_surroundings_nothing_is_compared() -> None:
    """A check that was supplied with nothing finds nothing, and the distance is unknown, not zero."""
    verdict = evaluate_draft(body("Le lin sèche.", "fr"), CONTEXT)
    assert {"mirror", "near-duplicate"}.isdisjoint(finding.check for finding in verdict.findings)
    assert verdict.originality.mirror_distance is None


def test_what_admission_finds_is_added() -> None:
    """A copy that only the archive knew of sends the draft back."""
    evaluation = evaluate(json.dumps({part.id: "Le lin." for part in CONTEXT.sheet.parts}), UNREAD, CONTEXT)
    later = evaluation.with_copies((Match("piece-1", "containment", 0.9, (), "Le lin."),))
    assert later.verdict.findings[-1].check == "near-duplicate"
    assert len(later.verdict.findings) == len(evaluation.verdict.findings) + 1


def test_what_is_encoded_ahead_is_what_a_draft_of_the_run_is_judged_by() -> None:
    """Its own words, the whole and what the brief supplied: an encoder that remembers is asked for nothing else."""
    answer, asked = json.dumps({part.id: "Un drap : lin !" for part in CONTEXT.sheet.parts}), set[str]()

    def encode(texts: Sequence[str]) -> Vectors:
        asked.update(texts)
        return same_vector(texts)

    generic = GenericTexts.of(["Du lin pour tous."], same_vector)
    unread = replace(UNREAD, spec=tiny_spec("fr", insight_ids=()))
    evaluate(answer, unread, CONTEXT, Surroundings(generic, encode))
    assert asked
    assert asked <= {*texts_to_encode(answer, unread, CONTEXT), "Un drap\u00a0: lin\u202f!"}
    assert texts_to_encode("Bonjour !", UNREAD, CONTEXT) == ()


def test_what_is_worked_out_of_the_brand_holds_beside_what_stands_near() -> None:
    """And in no other context: another day or brief proves something else."""
    near = CONTEXT.near(Nearness(common=("Le lin.",)))
    assert near.memo is CONTEXT.memo
    assert near.nearness.common == ("Le lin.",)
    assert replace(near, today=TODAY).memo is not CONTEXT.memo


def test_a_finished_text_is_judged_by_the_same_checks() -> None:
    """What blocks a draft of the pipeline blocks the text of a stranger."""
    text = "Le drap coûte 9 €."
    finished = evaluate_finished(FinishedText({"text": text}, "fr", "email"), tiny_brand(), TODAY)
    piece = evaluate_draft(body(text, "fr"), replace(CONTEXT, today=TODAY))
    assert "figures" in {finding.check for finding in finished.findings}
    assert "figures" in {finding.check for finding in piece.findings}


def test_what_was_measured_is_kept_with_the_verdict() -> None:
    """Insights that left a receipt, words that were pasted, the distances; what nobody measured is unknown."""
    text = "Odette, 71 ans, reprend encore un drap brodé en 1938 par sa mère."
    near = evaluate_draft(body(text, "fr"), CONTEXT, Surroundings(encode=same_vector)).originality
    assert (near.insight_use, near.brief_distance) == (1.0, pytest.approx(0.0))
    alone = evaluate_draft(body("Le lin sèche.", "fr"), CONTEXT).originality
    assert (alone.insight_use, alone.brief_distance) == (0.0, None)
    assert near.paste_share is not None
    assert alone.paste_share is not None
    assert near.paste_share > alone.paste_share


def by_word(word: str) -> Encode:
    """An encoder to which texts with a word say the same, and all others something else."""

    def encode(texts: Sequence[str]) -> Vectors:
        return np.array([[1, 0] if word in text.casefold() else [0, 1] for text in texts], np.float32)

    return encode


def receipts_by_meaning(spec: VariantSpec, encode: Encode | None, text: str) -> list[tuple[str, str]]:
    written = draft({"body": text}, spec)
    verdict = evaluate_draft(written, CONTEXT, Surroundings(encode=encode, encoder="use-multilingual-v3"))
    return [
        (receipt.source_id, receipt.span.of(written.text))
        for receipt in verdict.receipts
        if receipt.how == "meaning"
    ]


def test_an_insight_that_is_retold_leaves_a_receipt_by_its_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of those that left none by their words; what the brand does not have, or not in this language, is passed over."""
    seen: list[str] = []

    def telling(text: str, insight: str, encode: Encode, encoder: str) -> Span | None:
        seen.append(insight)
        assert encoder == "use-multilingual-v3"
        return Span(0, 6) if "verger" in insight else None

    monkeypatch.setattr("inedit.pipeline.evaluation.passage_telling", telling)
    spec = tiny_spec("fr", insight_ids=("gone", "odette", "feet", "window"))
    text = "Odette, 71 ans, reprend encore un drap brodé en 1938 par sa mère."
    assert receipts_by_meaning(spec, same_vector, text) == [("window", "Odette")]
    assert len(seen) == 2  # odette is told by her own words
    seen.clear()
    assert receipts_by_meaning(spec, None, text) == []
    assert seen == []
    assert by_word("lin")(["Le lin"])[0].tolist() == [1, 0]


def test_a_remedy_for_what_anybody_writes_quotes_an_insight_that_may_be_quoted() -> None:
    """One that was not given yet; without one, there is nothing to quote."""
    generic = GenericTexts.of(["Du lin pour tous."], same_vector)
    surroundings = Surroundings(generic, same_vector)
    campaign = CONTEXT.campaign.model_copy(update={"insights": ("odette", "window", "feet")})
    context = replace(CONTEXT, campaign=campaign)
    verdict = evaluate_draft(body("Le lin sèche.", "fr"), context, surroundings)
    (mirror,) = (finding for finding in verdict.findings if finding.check == "mirror")
    assert "Un drap s'use d'abord aux pieds" in mirror.remedy
    only = replace(CONTEXT, campaign=CONTEXT.campaign.model_copy(update={"insights": ("odette", "window")}))
    verdict = evaluate_draft(body("Le lin sèche.", "fr"), only, surroundings)
    (mirror,) = (finding for finding in verdict.findings if finding.check == "mirror")
    assert "verger" not in mirror.remedy


def test_approved_wordings_stay_as_they_were_approved() -> None:
    """Their typography is not repaired."""
    parts = {part.id: "Un drap : lin !" for part in CONTEXT.sheet.parts}
    evaluation = evaluate(json.dumps(parts), UNREAD, CONTEXT)
    assert evaluation.draft.parts["call_to_action"] == "Un drap : lin !"
    assert evaluation.readable


def test_siblings_and_common_texts_reach_the_checks() -> None:
    """A check may hold a text against what was accepted before it, and knows what the brand supplies."""
    seen: list[Nearness] = []

    def look(draft: Draft, context: Context) -> list[Finding]:
        assert context.nearness is not None
        seen.append(context.nearness)
        return []

    evaluate_draft(body("Le lin.", "fr"), CONTEXT, Surroundings(siblings=(("Un autre.",),)), (look,))
    (near,) = seen
    assert near.siblings == (("Un autre.",),)
    assert "La parure Aube à 129,90 €, jusqu'au 30 juin 2026." in near.common
    assert (near.copies, near.generic, near.reflection, near.unused_insight) == ((), None, None, "")


def test_an_answer_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read to be encoded is judged as it was read; the same words in another place are read anew."""
    read: list[str] = []
    parse = evaluation_module.parse_answer
    monkeypatch.setattr(
        evaluation_module, "parse_answer", lambda raw, *given: read.append(raw) or parse(raw, *given)
    )
    answer = json.dumps({part.id: "Un drap lavé : lin !" for part in CONTEXT.sheet.parts})
    texts_to_encode(answer, UNREAD, CONTEXT)
    found = evaluate(answer, replace(UNREAD), CONTEXT)
    assert (len(read), found.readable) == (1, True)
    evaluate(answer, UNREAD, tiny_context("fr"))
    assert len(read) == 2
