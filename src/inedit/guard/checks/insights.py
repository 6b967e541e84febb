"""At least one supplied insight is told, no fact is turned round, and an insight to be paraphrased is not repeated."""

from __future__ import annotations

from collections.abc import Iterator

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts, supplied_facts, wording
from inedit.guard.evidence.marks import evidence_for
from inedit.guard.evidence.paraphrase import reworded
from inedit.guard.evidence.receipts import find_conflicts, find_receipts
from inedit.guard.evidence.relations.turned import Turned, turned
from inedit.guard.nlp.language_data import remedy
from inedit.guard.nlp.text import excerpt, run_span, shared_runs, words
from inedit.model import Draft, Finding, Severity, Span

VERBATIM_WORDS = 6
"""Words in a row from which an insight that must be paraphrased counts as repeated."""


def insights_are_used(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """At least one supplied insight leaves a receipt; one that must be paraphrased is not repeated as it
    is."""
    return tuple(_insights_are_used(draft, context))


def _insights_are_used(draft: Draft, context: Context) -> Iterator[Finding]:
    language = draft.spec.language
    supplied = [i for i in draft.spec.insight_ids if i in context.brand.insights]
    receipts = (*find_receipts(draft, context), *context.nearness.retold)
    used = {receipt.source_id for receipt in receipts if receipt.kind == "insight"}
    otherwise = dict(find_conflicts(draft, context))
    for insight_id, conflict in otherwise.items():
        fact = excerpt(_fact(insight_id, draft, context))
        yield Finding(
            "insights",
            Severity.BLOCK if conflict.sure else Severity.REVIEW,
            f"Says otherwise than insight “{insight_id}” (“{fact}”): {conflict.how}.",
            conflict.span,
            remedy=remedy(language, "contradicts", text=excerpt(conflict.span.of(draft.text))),
        )
    missing = [
        insight_id for insight_id in supplied if insight_id not in used and insight_id not in otherwise
    ]
    for insight_id in missing:
        fact = _fact(insight_id, draft, context)
        yield Finding(
            "insights",
            Severity.BLOCK if len(missing) == len(supplied) else Severity.NOTE,
            f"Nothing in the text comes from insight “{insight_id}” (“{excerpt(fact)}”).",
            remedy=_advice(insight_id, fact, draft, context),
        )
    for insight_id in supplied:
        insight = context.brand.insights[insight_id]
        shown = wording(insight.text, language) if insight.paraphrase_only else None
        if shown is None:
            continue
        for span in _repeated(draft.text, shown[0], language):
            yield Finding(
                "insights",
                Severity.BLOCK,
                f"“{excerpt(span.of(draft.text))}” repeats insight “{insight_id}”, which must be paraphrased.",
                span,
                remedy=remedy(language, "paraphrase"),
            )


def nothing_is_turned(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """A text that speaks of a claim or an insight does not put it the other way round."""
    language, facts = draft.spec.language, supplied_facts(draft, context)
    return tuple(
        _finding(one, text, start, part_id, language)
        for part_id, text, start in model_parts(draft, context)
        for one in turned(text, language, facts)
    )


def _finding(one: Turned, text: str, start: int, part_id: str, language: str) -> Finding:
    kind, fact = one.fact.kind, excerpt(one.fact.text)
    return Finding(
        "insights",
        Severity.BLOCK if one.sure else Severity.REVIEW,
        f"Says otherwise than {kind} “{one.fact.id}” (“{fact}”): {one.how}.",
        Span(one.span.start + start, one.span.end + start),
        remedy=remedy(language, "contradicts", text=excerpt(one.span.of(text))),
        part=part_id,
    )


def _advice(insight_id: str, fact: str, draft: Draft, context: Context) -> str:
    """What to tell a model that left an insight out: the fact, to a small one; to a capable one, or where the wording
    must not come back, what it is about: a sentence that is quoted is a sentence that is copied."""
    language = draft.spec.language
    if context.prompt.style == "small" and not context.brand.insights[insight_id].paraphrase_only:
        return remedy(language, "insight", fact=excerpt(fact, 200))
    named = ", ".join(evidence_for(context.brand, insight_id, language))
    return remedy(language, "insight_retell", about=f" ({named})" if named else "")


def _fact(insight_id: str, draft: Draft, context: Context) -> str:
    shown = wording(context.brand.insights[insight_id].text, draft.spec.language, any_language=True)
    return shown[0] if shown else insight_id


def _repeated(text: str, verbatim: str, language: str) -> Iterator[Span]:
    """Where somebody's words stand again: as a run of them, or as a sentence with a few exchanged."""
    runs = [
        run_span(text, run) for run in shared_runs(text, verbatim, min(VERBATIM_WORDS, len(words(verbatim))))
    ]
    yield from runs
    yield from (span for span, _ in reworded(text, verbatim, language) if not span.overlaps(runs))
