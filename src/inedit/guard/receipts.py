"""Receipts: which span of the text comes from which insight or claim, and how that was seen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from inedit.guard.claims import Known, supports
from inedit.guard.context import Context
from inedit.guard.facts import Fact, names_in, supplied_facts, wording
from inedit.guard.figures import COUNT, find_figures
from inedit.guard.lexicon import occurrences
from inedit.guard.text import excerpt, run_span, sentences, shared_runs, stem, stems, words
from inedit.guard.tongue import primary, remedy, tongue
from inedit.model import Draft, Finding, Receipt, Severity, Span

QUOTE_WORDS = 5
"""Words in a row that make a quotation."""

VERBATIM_WORDS = 6
"""Words in a row from which an insight that must be paraphrased counts as repeated."""

MEANING_STEMS = 3
"""Distinctive stems of an insight, in one sentence or two neighbouring ones, that show its meaning."""

SMALL_COUNT = 2
"""A count up to this proves nothing: every text has a pair of something."""


def find_receipts(draft: Draft, context: Context) -> tuple[Receipt, ...]:
    """Every trace of a supplied insight or valid claim in the draft, in the order of the text, then of
    sources."""
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
    for span in _evidence(fact, draft, context):
        yield Receipt(span, fact.id, fact.kind, "meaning")
    if same:
        for span in _meaning(fact, draft, context):
            yield Receipt(span, fact.id, fact.kind, "meaning")


def _quotes(fact: Fact, text: str) -> Iterator[Span]:
    length = len(words(fact.text))
    for run in shared_runs(text, fact.text, min(QUOTE_WORDS, max(length, 1))):
        yield run_span(text, run)


def _figures(fact: Fact, draft: Draft, context: Context) -> Iterator[Span]:
    """Figures of the fact; for an insight, only those that no claim, offer or product has too."""
    language, this_year = draft.spec.language, context.today.year
    own = [Known(figure, fact) for figure in find_figures(fact.text, fact.language)]
    others = [
        Known(figure, other)
        for other in supplied_facts(draft, context)
        if fact.kind == "insight" and other.kind != "insight"
        for figure in find_figures(other.text, other.language)
    ]
    for figure in find_figures(draft.text, language):
        if figure.vague or (figure.dimension == COUNT and figure.value <= SMALL_COUNT):
            continue
        if any(supports(known, figure, language, this_year) for known in own) and not any(
            supports(known, figure, language, this_year) for known in others
        ):
            yield figure.span


def _evidence(fact: Fact, draft: Draft, context: Context) -> Iterator[Span]:
    """The evidence words that the brand named for the insight, each with something that vouches for it.

    A phrase, a figure or a proper name proves by itself, as does an only word. One common word of several
    (« bleu ») proves only beside another of the insight's own words, in its sentence or the next.
    """
    text, language = draft.text, draft.spec.language
    phrases = wording_of_evidence(context, fact.id, language)
    own = _own_stems(fact, draft, context) | {s for phrase in phrases for s in stems(phrase, language)}
    for phrase in phrases:
        listed = words(phrase)
        is_name = phrase[:1].isupper() and primary(language) != "de"
        strong = len(phrases) == 1 or len(listed) > 1 or is_name or any(c.isdigit() for c in phrase)
        for span in occurrences(text, phrase, language, beginnings=True):
            itself = set(stems(span.of(text), language)) | set(stems(phrase, language))
            if strong or (own - itself) & _content(_window(text, span).of(text), language):
                yield span


def _window(text: str, span: Span) -> Span:
    """The sentence of a span and the ones beside it."""
    spans = sentences(text)
    at = next((i for i, s in enumerate(spans) if s.start <= span.start < s.end), 0)
    return Span(spans[max(at - 1, 0)].start, spans[min(at + 1, len(spans) - 1)].end)


def _own_stems(fact: Fact, draft: Draft, context: Context) -> frozenset[str]:
    """Stems that carry the insight's meaning and that the brand, its products and the offer do not bring
    along."""
    language = draft.spec.language
    if primary(fact.language) != primary(language):
        return frozenset()
    common = {
        s
        for other in supplied_facts(draft, context)
        if other.kind in ("about", "product", "offer")
        for s in _content(other.text, language)
    }
    return _content(fact.text, language) - common


def wording_of_evidence(context: Context, insight_id: str, language: str) -> tuple[str, ...]:
    """The words that prove an insight in a language, empty when the brand named none."""
    evidence = context.brand.insights[insight_id].evidence
    for tag, phrases in evidence.items():
        if tag == language:
            return phrases
    return next((phrases for tag, phrases in evidence.items() if primary(tag) == primary(language)), ())


def _entities(fact: Fact, draft: Draft, context: Context) -> Iterator[Span]:
    """Proper names of the insight that neither the brand, its offer nor its products bring along."""
    own = names_in(context.brand.insights[fact.id].text) - _common_names(draft, context)
    for word in words(draft.text):
        if word.text[:1].isupper() and word.folded in own:
            yield Span(word.start, word.end)


def _common_names(draft: Draft, context: Context) -> set[str]:
    facts = supplied_facts(draft, context)
    return {word.folded for f in facts if f.kind in ("about", "product", "offer") for word in words(f.text)}


def _meaning(fact: Fact, draft: Draft, context: Context) -> Iterator[Span]:
    """One sentence, or two neighbouring ones, that hold enough of the insight's own words."""
    language = draft.spec.language
    own = _own_stems(fact, draft, context)
    spans = sentences(draft.text)
    told = [own & _content(span.of(draft.text), language) for span in spans]
    for i, span in enumerate(spans):
        if len(told[i]) >= MEANING_STEMS:
            yield span
        elif i + 1 < len(spans) and len(told[i + 1]) < MEANING_STEMS <= len(told[i] | told[i + 1]):
            yield Span(span.start, spans[i + 1].end)


@lru_cache(maxsize=1024)
def _content(text: str, language: str) -> frozenset[str]:
    """Stems of the words that carry meaning: four letters or more, no function words."""
    stop = tongue(language).stop_words
    return frozenset(
        stem(word.text, language) for word in words(text) if len(word.folded) > 3 and word.folded not in stop
    )


def insights_are_used(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """At least one supplied insight leaves a receipt; one that must be paraphrased is not repeated as it
    is."""
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
