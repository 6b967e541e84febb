"""Every rank, superlative and comparison of the text must be one that a supplied fact makes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from inedit.guard.context import Context
from inedit.guard.evidence.comparisons import is_of_a_scene
from inedit.guard.evidence.facts import model_parts, supplied_facts
from inedit.guard.evidence.index import known_evidence
from inedit.guard.nlp.language_data import primary, remedy
from inedit.guard.nlp.packs import Pack, rule_pack, span_of, switched_off
from inedit.guard.nlp.text import fold, plain, sentence_at, stem
from inedit.model import Draft, Finding, Severity, Span


def superlatives_are_supported(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """« N° 1 », « le plus … », « meilleur », « cheaper than » appear only where a fact says the same."""
    language = draft.spec.language
    allowed = {
        key
        for fact in supplied_facts(draft, context)
        if primary(fact.language) == primary(language)
        for found in _found(fact.text, language)
        for key in found.keys
    }
    off = context.brand.rules_off(context.today)
    pack = rule_pack("superlatives", language)
    findings = []
    for part_id, text, start in model_parts(draft, context):
        for rule, span, kind, keys in _found(text, language):
            if allowed.intersection(keys) or switched_off(rule, off):
                continue
            if rule in _OF_A_THING and is_of_a_scene(
                text, span, kind, pack, known_evidence(draft, context), language
            ):
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


def find_superlatives(text: str, language: str) -> tuple[tuple[Span, str, tuple[str, ...]], ...]:
    """``(span, kind, keys)`` of each superlative; two texts say the same one when they share a key."""
    return tuple((found.span, found.kind, found.keys) for found in _found(text, language))


_OF_A_THING = frozenset(f"superlatives.{rule}" for rule in ("relative", "comparison", "bare"))
"""Rules whose finding is said of whatever the sentence names; a rank or « sans égal » is always a boast."""


class _Found(NamedTuple):
    """A rank, superlative or comparison: by which rule, where, of what kind, and what it shares with its equals."""

    rule: str
    span: Span
    kind: str
    keys: tuple[str, ...]


@lru_cache(maxsize=4096)
def _found(text: str, language: str) -> tuple[_Found, ...]:
    pack = rule_pack("superlatives", language)
    found = []
    for rule, match in pack.matches(text):
        span = span_of(match)
        if rule.kind == "comparative" and _of_something_else(text, span, pack):
            continue
        qualities = [stem(group, language) for group in match.groups() if group]
        key = rule.kind if rule.kind == "rank" else re.sub(r"\W+", " ", fold(match.group()))
        keys = tuple(f"{rule.kind}:{quality}" for quality in qualities) or (key,)
        found.append(_Found(rule.id, span, rule.kind, keys))
    return tuple(found)


def _of_something_else(text: str, span: Span, pack: Pack) -> bool:
    """« De plus en plus doux », “softer with every wash” compare the thing with itself; nobody sells the weather."""
    sentence = sentence_at(text, span.start)
    over_time = pack.elsewhere and pack.elsewhere.search(plain(sentence.of(text)))
    of_another = pack.subjects and pack.subjects.search(plain(text[sentence.start : span.end]))
    return bool(over_time or of_another)
