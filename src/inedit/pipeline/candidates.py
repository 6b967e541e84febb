"""Several texts in one answer: each is evaluated, and the acceptable one that is least like its siblings comes first.

A model asked for one text gives the likeliest one; asked for several that differ ("verbalized sampling", Zhang et al.
2025), it also gives those that it thinks of last. The call is paid for once, whatever the number of texts.
"""

from __future__ import annotations

from collections.abc import Sequence

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts
from inedit.model import Decision, Draft, Severity
from inedit.pipeline.evaluation import Evaluation, Surroundings, evaluate
from inedit.prompting import split_answer


def evaluate_each(
    raw: str, unread: Draft, context: Context, surroundings: Surroundings
) -> tuple[Evaluation, ...]:
    """Every text of an answer, evaluated, the best first: the accepted ones by their distance from the siblings, the
    farthest first; then those that come nearest to acceptance."""
    found = [evaluate(text, unread, context, surroundings) for text in split_answer(raw)]
    accepted = [one for one in found if one.verdict.decision is Decision.ACCEPT]
    if len(accepted) > 1:
        distances = _distances(accepted, context, surroundings)
        accepted = [accepted[at] for at in sorted(range(len(accepted)), key=lambda at: -distances[at])]
    refused = (one for one in found if one.verdict.decision is not Decision.ACCEPT)
    return (*accepted, *sorted(refused, key=_issues))


def _distances(
    evaluations: Sequence[Evaluation], context: Context, surroundings: Surroundings
) -> list[float]:
    """1 - cosine to the nearest sibling, of each; all alike where there is none, or no encoder."""
    siblings = ["\n".join(parts) for parts in surroundings.beside()]
    if not siblings or surroundings.encode is None:
        return [1.0] * len(evaluations)
    texts = ["\n".join(text for _, text, _ in model_parts(one.draft, context)) for one in evaluations]
    vectors = surroundings.encode([*texts, *siblings])
    nearest = (vectors[: len(texts)] @ vectors[len(texts) :].T).max(axis=1)
    return [1.0 - float(cosine) for cosine in nearest]


def _issues(evaluation: Evaluation) -> tuple[bool, int]:
    blocks = sum(finding.severity is Severity.BLOCK for finding in evaluation.verdict.findings)
    return not evaluation.readable, blocks
