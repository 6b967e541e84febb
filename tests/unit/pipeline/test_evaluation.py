"""One evaluation: answer in, verdict out, whoever asks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fakes.brand import TODAY, body, draft, tiny_brand, tiny_context, tiny_spec
from inedit.guard.judge import FinishedText
from inedit.guard.similarity.generic import GenericTexts, Vectors
from inedit.model import Decision, Match, Span
from inedit.pipeline.evaluation import Surroundings, evaluate, evaluate_draft, evaluate_finished

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


def test_a_finished_text_is_judged_by_the_same_checks() -> None:
    """What blocks a draft of the pipeline blocks the text of a stranger."""
    text = "Le drap coûte 9 €."
    finished = evaluate_finished(FinishedText({"text": text}, "fr", "email"), tiny_brand(), TODAY)
    piece = evaluate_draft(body(text, "fr"), replace(CONTEXT, today=TODAY))
    assert "figures" in {finding.check for finding in finished.findings}
    assert "figures" in {finding.check for finding in piece.findings}
