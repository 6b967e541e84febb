"""Receipts: which span of the text comes from which insight or claim, and how that was seen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from inedit.guard.claims import Known, supports
from inedit.guard.context import Context
from inedit.guard.facts import Fact, supplied_facts, wording
from inedit.guard.figures import COUNT, find_figures
from inedit.guard.lexicon import occurrences
from inedit.guard.text import excerpt, run_span, sentences, shared_runs, stem, words
from inedit.guard.tongue import primary, remedy, tongue
from inedit.model import Draft, Finding, Receipt, Severity, Span

QUOTE_WORDS = 5
"""Words in a row that make a quotation."""

VERBATIM_WORDS = 6
"""Words in a row from which an insight that must be paraphrased counts as repeated."""

MEANING_STEMS = 3
"""Distinctive stems of an insight within two neighbouring sentences that show its meaning, when it names no evidence."""


def find_receipts(draft: Draft, context: Context) -> tuple[Receipt, ...]:
    """Every trace of a supplied insight or valid claim in the draft, in the order of the text, then of sources."""
    found = {
        receipt
        for fact in supplied_facts(draft, context)
        if fact.kind in ("insight", "claim")
        for receipt in _traces(fact, draft, context)
    }
    return tuple(sorted(found, key=lambda r: (r.span, r.kind, r.source_id, r.how)))


def _traces(fact: Fact, draft: Draft, context: Context) -> Iterator[Receipt]:
    text, language = draft.text, draft.spec.language
    for span in _quotes(fact, text):
        yield Receipt(span, fact.id, fact.kind, "quote")
    same = primary(fact.language) == primary(language)
    for span in _figures(fact, draft, context):
        yield Receipt(span, fact.id, fact.kind, "figure")
    if fact.kind == "claim":
        return
    for span in _entities(fact, draft, context):
        yield Receipt(span, fact.id, fact.kind, "entity")
    evidence = wording_of_evidence(context, fact.id, language)
    for phrase in evidence:
        for span in occurrences(text, phrase, language):
            yield Receipt(span, fact.id, fact.kind, "meaning")
    if not evidence and same:
        for span in _meaning(fact, draft, context):
            yield Receipt(span, fact.id, fact.kind, "meaning")


def _quotes(fact: Fact, text: str) -> Iterator[Span]:
    length = len(words(fact.text))
    for run in shared_runs(text, fact.text, min(QUOTE_WORDS, max(length, 1))):
        yield run_span(text, run)


def _figures(fact: Fact, draft: Draft, context: Context) -> Iterator[Span]:
    language = draft.spec.language
    known = [Known(figure, fact) for figure in find_figures(fact.text, fact.language)]
    for figure in find_figures(draft.text, language):
        telling = figure.dimension != COUNT or figure.value > 2
        if (
            telling
            and not figure.vague
            and any(supports(k, figure, language, context.today.year) for k in known)
        ):
            yield figure.span


def wording_of_evidence(context: Context, insight_id: str, language: str) -> tuple[str, ...]:
    """The words that prove an insight in a language, empty when the brand named none."""
    evidence = context.brand.insights[insight_id].evidence
    for tag, phrases in evidence.items():
        if tag == language:
            return phrases
    return next((phrases for tag, phrases in evidence.items() if primary(tag) == primary(language)), ())


def _entities(fact: Fact, draft: Draft, context: Context) -> Iterator[Span]:
    """Proper names of the insight that neither the brand, its offer nor its products bring along."""
    common = _common_names(draft, context)
    names = {
        word.folded
        for sentence in sentences(fact.text)
        for i, word in enumerate(words(sentence.of(fact.text)))
        if i > 0 and word.text[:1].isupper() and len(word.text) > 2
    }
    if primary(fact.language) == "de":
        # every German noun has a capital: only words that the other languages keep are names
        names &= _names_elsewhere(context, fact.id)
    for word in words(draft.text):
        if word.text[:1].isupper() and word.folded in names and word.folded not in common:
            yield Span(word.start, word.end)


def _names_elsewhere(context: Context, insight_id: str) -> set[str]:
    texts = [t for tag, t in context.brand.insights[insight_id].text.items() if primary(tag) != "de"]
    return {word.folded for text in texts for word in words(text) if word.text[:1].isupper()}


def _common_names(draft: Draft, context: Context) -> set[str]:
    facts = supplied_facts(draft, context)
    return {word.folded for f in facts if f.kind in ("about", "product", "offer") for word in words(f.text)}


def _meaning(fact: Fact, draft: Draft, context: Context) -> Iterator[Span]:
    """Two neighbouring sentences that hold enough of the insight's own words."""
    language = draft.spec.language
    shared = {
        s
        for other in supplied_facts(draft, context)
        if other.kind in ("about", "product", "offer")
        for s in _content(other.text, language)
    }
    own = _content(fact.text, language) - shared
    spans = sentences(draft.text)
    for i, first in enumerate(spans):
        last = spans[min(i + 1, len(spans) - 1)]
        window = Span(first.start, last.end)
        hits = own & _content(window.of(draft.text), language)
        if len(hits) >= MEANING_STEMS and own & _content(first.of(draft.text), language):
            yield first if len(own & _content(first.of(draft.text), language)) >= MEANING_STEMS else window


@lru_cache(maxsize=1024)
def _content(text: str, language: str) -> frozenset[str]:
    """Stems of the words that carry meaning: four letters or more, no function words."""
    stop = tongue(language).stop_words
    return frozenset(
        stem(word.text, language) for word in words(text) if len(word.folded) > 3 and word.folded not in stop
    )


def insights_are_used(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """At least one supplied insight leaves a receipt; one that must be paraphrased is not repeated as it is."""
    return tuple(_insights_are_used(draft, context))


def _insights_are_used(draft: Draft, context: Context) -> Iterator[Finding]:
    language = draft.spec.language
    supplied = [i for i in draft.spec.insight_ids if i in context.brand.insights]
    used = {receipt.source_id for receipt in find_receipts(draft, context) if receipt.kind == "insight"}
    missing = [insight_id for insight_id in supplied if insight_id not in used]
    for insight_id in missing:
        shown = wording(context.brand.insights[insight_id].text, language, any_language=True)
        fact = shown[0] if shown else insight_id
        yield Finding(
            "insights",
            Severity.BLOCK if len(missing) == len(supplied) else Severity.NOTE,
            f"Nothing in the text comes from insight “{insight_id}” (“{excerpt(fact)}”).",
            remedy=remedy(language, "insight", fact=excerpt(fact, 200)),
        )
    for insight_id in supplied:
        insight = context.brand.insights[insight_id]
        shown = wording(insight.text, language) if insight.paraphrase_only else None
        if shown is None:
            continue
        for run in shared_runs(draft.text, shown[0], min(VERBATIM_WORDS, len(words(shown[0])))):
            span = run_span(draft.text, run)
            yield Finding(
                "insights",
                Severity.BLOCK,
                f"“{excerpt(span.of(draft.text))}” repeats insight “{insight_id}”, which must be paraphrased.",
                span,
                remedy=remedy(language, "paraphrase", text=excerpt(span.of(draft.text))),
            )
