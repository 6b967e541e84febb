"""No environmental claim that the brand does not make and prove itself (Directive (EU) 2024/825)."""

from __future__ import annotations

from inedit.guard.context import Context
from inedit.guard.evidence.facts import model_parts, supplied_facts
from inedit.guard.evidence.green import green_claims, is_offered, supports
from inedit.guard.nlp.language_data import primary, remedy
from inedit.guard.nlp.packs import switched_off
from inedit.guard.nlp.text import words
from inedit.model import Draft, Finding, Severity, Span


def green_claims_are_supported(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """« Écologique », “climate neutral”, „gut fürs Klima“ appear only where a fact says the same of the same thing.

    The findings are promises: what is said of the environment obliges as what is said of a guarantee does.
    """
    language = draft.spec.language
    off = context.brand.rules_off(context.today)
    facts = [
        fact.text for fact in supplied_facts(draft, context) if primary(fact.language) == primary(language)
    ]
    offered = {
        word.text
        for product in context.brand.identity.products
        for tag, name in product.name.items()
        if primary(tag) == primary(language)
        for word in words(name)
    }
    findings = []
    for part_id, text, start in model_parts(draft, context):
        for rule, span, subject in green_claims(text, language):
            if switched_off(rule, off) or (subject and not is_offered(subject, offered, language)):
                continue
            if any(supports(fact, text, span, language) for fact in facts):
                continue
            written = span.of(text)
            findings.append(
                Finding(
                    "promises",
                    Severity.BLOCK,
                    f"“{written}”: an environmental claim that no supplied fact makes (Directive (EU) 2024/825).",
                    Span(span.start + start, span.end + start),
                    remedy=remedy(language, "promise", text=written),
                    part=part_id,
                )
            )
    return tuple(findings)
