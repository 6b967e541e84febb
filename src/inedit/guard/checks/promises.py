"""Nothing is promised that the brand does not promise: free, guaranteed, delivered, reduced, certified,
reachable."""

from __future__ import annotations

from collections.abc import Iterator

from inedit.guard.context import Context
from inedit.guard.evidence.commitments import promises
from inedit.guard.evidence.facts import Fact, model_parts, supplied_facts
from inedit.guard.nlp.language_data import language_profile, primary, remedy
from inedit.guard.nlp.text import fold, sentence_at, stem
from inedit.model import Draft, Finding, Severity, Span

NEIGHBOURS = 30
"""Characters within which two promises are read as one (« livraison gratuite ») and need one fact for
both."""


_BY_HAND = frozenset(
    [
        "a",
        "la",
        "main",
        "by",
        "von",
        "mano",
        "entierement",
        "encore",
        "entirely",
        "still",
        "enteramente",
        "todavia",
        "interamente",
        "ancora",
    ]
)
_NAMES = {"url": "web address", "email": "e-mail address", "handle": "account", "phone": "phone number"}


def promises_are_supported(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """Each promise, certificate, origin or contact in the text is in a supplied fact."""
    language = draft.spec.language
    facts = [
        fact
        for fact in supplied_facts(draft, context)
        if primary(fact.language) == primary(language)
        and fact.kind != "readers"  # what they hope for is no promise
    ]
    findings = []
    for part_id, text, start in model_parts(draft, context):
        invented = [
            (span, "contact", _NAMES[kind])
            for kind, span in _contacts(text, language)
            if not any(_has_contact(fact, span.of(text), kind) for fact in supplied_facts(draft, context))
        ]
        invented += [
            (span, "promise", f"promise ({kind})") for kind, span in unsupported(text, facts, language)
        ]
        findings += [
            Finding(
                "promises",
                Severity.BLOCK,
                f"“{span.of(text)}”: a {what} that no supplied fact makes.",
                Span(span.start + start, span.end + start),
                remedy=remedy(language, key, text=span.of(text)),
                part=part_id,
            )
            for span, key, what in invented
        ]
    return tuple(findings)


def unsupported(text: str, facts: list[Fact], language: str) -> Iterator[tuple[str, Span]]:
    """Promises of a text, by kind, that no fact makes; close neighbours must be made by one and the same
    fact."""
    found = promises(text, language)
    made = [promises(fact.text, language) for fact in facts]
    for kind, span in found:
        neighbours = {
            other
            for other, place in found
            if abs(place.start - span.start) <= NEIGHBOURS
            and sentence_at(text, place.start) == sentence_at(text, span.start)
        }
        keys = _keys(kind, span.of(text), language)
        backing = [
            {other for other, _ in fact_promises}
            for fact, fact_promises in zip(facts, made, strict=True)
            if any(
                keys & _keys(other, place.of(fact.text), language)
                for other, place in fact_promises
                if other == kind
            )
        ]
        if not any(neighbours <= kinds for kinds in backing) and not (
            backing and _each_backed(neighbours, made)
        ):
            yield kind, span


def _each_backed(neighbours: set[str], made: list[tuple[tuple[str, Span], ...]]) -> bool:
    """Kinds that say nothing of each other (an origin beside a label) may rest on different facts."""
    binding = {"free", "guarantee", "lifetime", "refund", "delivery", "returns", "discount"}
    if len(neighbours & binding) > 1:
        return False
    return neighbours <= {kind for fact_promises in made for kind, _ in fact_promises}


def _keys(kind: str, written: str, language: str) -> set[str]:
    """What two promises of a kind must share: a certificate its name, an origin its place, others the kind
    alone."""
    if kind == "handmade":  # who mends by hand does not weave by hand
        said = (word.removeprefix("hand") for word in fold(written).replace("-", " ").split())
        return {stem(word, language) for word in said if word and word not in _BY_HAND}
    if kind in ("label", "origin", "purity", "environment", "health"):
        return {
            stem(word, language)
            for word in fold(written).replace("-", " ").replace("'", " ").split()
            if len(word) > 3
        }
    return {kind}


def _contacts(text: str, language: str) -> Iterator[tuple[str, Span]]:
    rest = fold(text)
    patterns = language_profile(language).contacts
    for kind in ("email", "url", "handle", "phone"):
        for match in patterns[kind].finditer(rest):
            rest = rest[: match.start()] + "~" * (match.end() - match.start()) + rest[match.end() :]
            yield kind, Span(match.start(), match.end())


def _has_contact(fact: Fact, written: str, kind: str) -> bool:
    if kind == "phone":
        return "".join(filter(str.isdigit, written)) in "".join(filter(str.isdigit, fact.text))
    return fold(written) in fold(fact.text)
