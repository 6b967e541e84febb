"""Nothing that a fact says is turned round: its order, what it compares, its cause, its tip, or what most did."""

from __future__ import annotations

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts, supplied_facts
from inedit.guard.evidence.turned import Turned, turned
from inedit.guard.nlp.language_data import remedy
from inedit.guard.nlp.text import excerpt
from inedit.model import Draft, Finding, Severity, Span


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
