"""Every rank, superlative and comparison of the text must be one that a supplied fact makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts, supplied_facts
from inedit.guard.nlp.language_data import LanguageProfile, language_profile, primary, remedy
from inedit.guard.nlp.text import fold, plain, sentence_at, stem
from inedit.model import Draft, Finding, Severity, Span


def superlatives_are_supported(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """« N° 1 », « le plus … », « meilleur », « cheaper than » appear only where a fact says the same."""
    language = draft.spec.language
    allowed = {
        key
        for fact in supplied_facts(draft, context)
        if primary(fact.language) == primary(language)
        for _, _, keys in find_superlatives(fact.text, language)
        for key in keys
    }
    findings = []
    for part_id, text, start in model_parts(draft, context):
        for span, kind, keys in find_superlatives(text, language):
            if allowed.intersection(keys):
                continue
            written = span.of(text)
            findings.append(
                Finding(
                    "superlatives",
                    Severity.BLOCK,
                    f"“{written}”: a {kind} that no supplied fact supports.",
                    Span(span.start + start, span.end + start),
                    remedy=remedy(language, "superlative", text=written),
                    part=part_id,
                )
            )
    return tuple(findings)


@lru_cache(maxsize=4096)
def find_superlatives(text: str, language: str) -> tuple[tuple[Span, str, tuple[str, ...]], ...]:
    """``(span, kind, keys)`` of each superlative; two texts say the same one when they share a key."""
    return tuple(_found(text, language))


def _found(text: str, language: str) -> Iterator[tuple[Span, str, tuple[str, ...]]]:
    data = language_profile(language)
    rest = plain(text)
    bare = (("comparative", pattern) for pattern in data.bare_comparatives)
    for number, (kind, pattern) in enumerate((*data.superlatives, *bare)):
        for match in pattern.finditer(rest):
            if match.group().strip("~ ") == "" or "~" in match.group():
                continue
            span = Span(match.start(), match.end())
            if number >= len(data.superlatives) and _is_progress(text, span, data):
                continue
            qualities = [stem(group, language) for group in match.groups() if group]
            key = kind if kind == "rank" else re.sub(r"\W+", " ", fold(match.group()))
            rest = rest[: span.start] + "~" * (span.end - span.start) + rest[span.end :]
            yield span, kind, tuple(f"{kind}:{quality}" for quality in qualities) or (key,)


def _is_progress(text: str, span: Span, data: LanguageProfile) -> bool:
    """« De plus en plus doux », “softer with every wash” compare the thing with itself."""
    sentence = fold(sentence_at(text, span.start).of(text))
    return data.progress is not None and data.progress.search(sentence) is not None
