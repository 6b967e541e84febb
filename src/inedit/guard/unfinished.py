"""No placeholder, no refusal, no label or markup, no recited instruction or example: only the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inedit.guard.context import Context
from inedit.guard.facts import model_parts, supplied_facts
from inedit.guard.text import excerpt, plain, run_span, shared_runs
from inedit.guard.tongue import primary, remedy, tongue
from inedit.model import Draft, Finding, Severity, Span

ECHO_WORDS = 8
"""Words in a row shared with the instructions, and with no fact, from which the model is reciting them."""

EXAMPLE_WORDS = 6
"""Words in a row shared with the worked example from which the model is copying it."""


def nothing_unfinished(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """No ``[Nom]``, ``{{name}}``, Lorem ipsum; no “as an AI”; no ``Subject:``, no code fence."""
    language = draft.spec.language
    data = tongue(language)
    refusals = tuple(dict.fromkeys((*data.refusals, *tongue("en").refusals)))
    findings = []
    for part_id, text, start in model_parts(draft, context):
        rest = plain(text)
        labels = (data.labels,) if data.labels else ()
        for key, patterns, what in (
            ("placeholder", data.placeholders, "a placeholder"),
            ("refusal", refusals, "the model speaking of itself or of its task"),
            ("label", labels, "a label, not text"),
            ("leak", data.leaks, "markup or a control token"),
        ):
            for match in _outer(rest, patterns):
                written = text[match.start : match.end].strip()
                findings.append(
                    Finding(
                        "unfinished",
                        Severity.BLOCK,
                        f"“{excerpt(written)}”: {what}.",
                        Span(match.start + start, match.end + start),
                        remedy=remedy(language, key, text=excerpt(written)),
                        part=part_id,
                    )
                )
    return tuple(findings)


def _outer(text: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[Span]:
    found = sorted(
        (Span(m.start(), m.end()) for pattern in patterns for m in pattern.finditer(text)),
        key=lambda span: (span.start, -span.end),
    )
    end = -1
    for span in found:
        if span.start >= end:
            yield span
            end = span.end


def no_echo(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """The model's words are its own: neither the instructions nor a worked example, facts excepted."""
    language = draft.spec.language
    supplied = "\n".join(fact.text for fact in supplied_facts(draft, context))
    model_ids = {part.id for part in context.sheet.parts if part.source == "model"}
    shown = "\n".join(
        text
        for example in context.sheet.examples
        if primary(example.language) == primary(language)
        for part_id, text in example.parts.items()
        if part_id in model_ids
    )
    # what an assistant said in the prompt is a worked example, which is compared above
    instructions = "\n\n".join(m.content for m in context.prompt.messages if m.role != "assistant")
    findings: list[Finding] = []
    for part_id, text, start in model_parts(draft, context):
        for key, source, shortest, what in (
            ("example", shown, EXAMPLE_WORDS, "copied from a worked example"),
            ("echo", instructions, ECHO_WORDS, "recited from the instructions"),
        ):
            for run in shared_runs(text, source, shortest):
                if any(_inside(run, fact) for fact in shared_runs(text, supplied, 4)):
                    continue
                span = run_span(text, run)
                if any(f.span and f.span.start <= span.start + start < f.span.end for f in findings):
                    continue
                findings.append(
                    Finding(
                        "echo",
                        Severity.BLOCK,
                        f"“{excerpt(span.of(text))}” is {what}.",
                        Span(span.start + start, span.end + start),
                        remedy=remedy(language, key, text=excerpt(span.of(text))),
                        part=part_id,
                    )
                )
    return tuple(findings)


def _inside(run: tuple[int, int], fact: tuple[int, int]) -> bool:
    """Whether a run is a fact's own words, give or take the two that lead in or out of it."""
    covered = min(run[1], fact[1]) - max(run[0], fact[0])
    return run[1] - run[0] - covered <= 2
