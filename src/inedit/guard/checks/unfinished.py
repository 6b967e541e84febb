"""No placeholder, no refusal, no label or markup: only the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts
from inedit.guard.nlp.language_data import language_profile, remedy
from inedit.guard.nlp.patterns import Pattern
from inedit.guard.nlp.text import excerpt, plain
from inedit.model import Draft, Finding, Severity, Span

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")  # nothing that a terminal would obey


def nothing_unfinished(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """No ``[Nom]``, ``{{name}}``, Lorem ipsum; no “as an AI”; no ``Subject:``, no code fence; no control
    character, and none that was broken on the way (U+FFFD)."""
    language = draft.spec.language
    data = language_profile(language)
    refusals = tuple(dict.fromkeys((*data.refusals, *language_profile("en").refusals)))
    findings = []
    for part_id, text, start in model_parts(draft, context):
        rest = plain(text)
        labels = (data.labels,) if data.labels else ()
        for key, patterns, what in (
            ("placeholder", data.placeholders, "a placeholder"),
            ("refusal", refusals, "the model speaking of itself or of its task"),
            ("label", labels, "a label, not text"),
            ("leak", data.leaks, "markup, a control token or a broken character"),
        ):
            for match in _outer(rest, patterns):
                written = _CONTROL.sub(
                    lambda m: f"U+{ord(m.group()):04X}", excerpt(text[match.start : match.end])
                )
                findings.append(
                    Finding(
                        "unfinished",
                        Severity.BLOCK,
                        f"“{written}”: {what}.",
                        Span(match.start + start, match.end + start),
                        remedy=remedy(language, key, text=written),
                        part=part_id,
                    )
                )
    return tuple(findings)


def _outer(text: str, patterns: tuple[Pattern, ...]) -> Iterator[Span]:
    found = sorted(
        (Span(m.start(), m.end()) for pattern in patterns for m in pattern.finditer(text)),
        key=lambda span: (span.start, -span.end),
    )
    end = -1
    for span in found:
        if span.start >= end:
            yield span
            end = span.end
