"""Receipts: which span of the text comes from which insight or claim, and how that was seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from inedit.guard.claims import Known, supports
from inedit.guard.context import Context
from inedit.guard.facts import Fact, names_in, supplied_facts, wording
from inedit.guard.figures import COUNT, Figure, find_figures
from inedit.guard.lexicon import occurrences
from inedit.guard.text import excerpt, folded_words, run_span, sentences, shared_runs, stem, stems, words
from inedit.guard.tongue import primary, remedy, tongue
from inedit.model import Draft, Finding, Receipt, Severity, Span, VariantSpec

QUOTE_WORDS = 5
"""Words in a row that make a quotation."""

VERBATIM_WORDS = 6
"""Words in a row from which an insight that must be paraphrased counts as repeated."""

MEANING_STEMS = 3
"""Distinctive stems of an insight, in one sentence or two neighbouring ones, that show its meaning."""

SMALL_COUNT = 2
"""A count up to this proves nothing: every text has a pair of something."""


def find_receipts(draft: Draft, context: Context) -> tuple[Receipt, ...]:
    """Every trace of a supplied insight or valid claim in the draft, in the order of the text, then of sources."""
    search = _Search(draft, context)
    found = {
        Receipt(span, fact.id, fact.kind, how)
        for fact in search.facts
        if fact.kind in ("insight", "claim")
        for span, how in search.traces(fact)
    }
    return tuple(sorted(found, key=lambda r: (r.span, r.kind, r.source_id, r.how)))


def insight_use(spec: VariantSpec, receipts: Sequence[Receipt]) -> float | None:
    """Share of the insights that a variant was supplied with that left a receipt, 0 to 1; None without any."""
    supplied = set(spec.insight_ids)
    told = {receipt.source_id for receipt in receipts if receipt.kind == "insight"}
    return len(supplied & told) / len(supplied) if supplied else None


class _Search:
    """One draft being searched: its text, and what brand, products and offer bring along, which proves nothing."""

    def __init__(self, draft: Draft, context: Context) -> None:
        self.text = draft.text
        self.language = draft.spec.language
        self.context = context
        self.facts = supplied_facts(draft, context)
        usual = [fact.text for fact in self.facts if fact.kind in ("about", "product", "offer")]
        self.usual_words = {word for text in usual for word in folded_words(text)}
        self.usual_stems = {s for text in usual for s in _content(text, self.language)}
        self.shared_figures = [
            Known(figure, fact)
            for fact in self.facts
            if fact.kind != "insight"
            for figure in find_figures(fact.text, fact.language)
        ]

    def traces(self, fact: Fact) -> Iterator[tuple[Span, str]]:
        """Spans of the text that come from a fact, and how that was seen."""
        yield from ((span, "quote") for span in self.quotes(fact))
        yield from ((span, "figure") for span in self.figures(fact))
        if fact.kind == "insight":
            yield from ((span, "entity") for span in self.entities(fact))
            yield from ((span, "meaning") for span in self.evidence(fact))
            yield from ((span, "meaning") for span in self.meaning(fact))

    def quotes(self, fact: Fact) -> Iterator[Span]:
        shortest = min(QUOTE_WORDS, max(len(words(fact.text)), 1))
        return (run_span(self.text, run) for run in shared_runs(self.text, fact.text, shortest))

    def figures(self, fact: Fact) -> Iterator[Span]:
        """Figures of the fact; for an insight, only those that no claim, offer or product has too."""
        own = [Known(figure, fact) for figure in find_figures(fact.text, fact.language)]
        others = self.shared_figures if fact.kind == "insight" else []
        for figure in find_figures(self.text, self.language) if own else ():
            small = figure.dimension == COUNT and figure.value <= SMALL_COUNT
            if (
                not figure.vague
                and not small
                and self._gives(own, figure)
                and not self._gives(others, figure)
            ):
                yield figure.span

    def _gives(self, known: Sequence[Known], figure: Figure) -> bool:
        return any(supports(k, figure, self.language, self.context.today.year) for k in known)

    def entities(self, fact: Fact) -> Iterator[Span]:
        """Proper names of the insight that neither the brand, its offer nor its products bring along."""
        own = names_in(self.context.brand.insights[fact.id].text) - self.usual_words
        for word in words(self.text):
            if word.text[:1].isupper() and word.folded in own:
                yield Span(word.start, word.end)

    def evidence(self, fact: Fact) -> Iterator[Span]:
        """The evidence words that the brand named for the insight, each with something that vouches for it.

        A phrase, a figure or a proper name proves by itself, as does an only word. One common word of several
        (« bleu ») proves only beside another of the insight's own words, in its sentence or the next.
        """
        phrases = evidence_for(self.context, fact.id, self.language)
        own = self._own_stems(fact) | {s for phrase in phrases for s in stems(phrase, self.language)}
        for phrase in phrases:
            is_name = phrase[:1].isupper() and primary(self.language) != "de"
            is_figure = any(character.isdigit() for character in phrase)
            strong = len(phrases) == 1 or len(words(phrase)) > 1 or is_name or is_figure
            for span in occurrences(self.text, phrase, self.language, beginnings=True):
                itself = {*stems(span.of(self.text), self.language), *stems(phrase, self.language)}
                if strong or (own - itself) & _content(self._around(span), self.language):
                    yield span

    def meaning(self, fact: Fact) -> Iterator[Span]:
        """One sentence, or two neighbouring ones, that hold enough of the insight's own words."""
        own = self._own_stems(fact)
        spans = sentences(self.text)
        told = [own & _content(span.of(self.text), self.language) for span in spans]
        for i, span in enumerate(spans):
            if len(told[i]) >= MEANING_STEMS:
                yield span
            elif i + 1 < len(spans) and len(told[i + 1]) < MEANING_STEMS <= len(told[i] | told[i + 1]):
                yield Span(span.start, spans[i + 1].end)

    def _own_stems(self, fact: Fact) -> frozenset[str]:
        """Stems that carry the insight's meaning; none when it is in another language."""
        if primary(fact.language) != primary(self.language):
            return frozenset()
        return _content(fact.text, self.language) - self.usual_stems

    def _around(self, span: Span) -> str:
        """The sentence of a span and the ones beside it."""
        spans = sentences(self.text)
        at = next((i for i, s in enumerate(spans) if s.start <= span.start < s.end), 0)
        return self.text[spans[max(at - 1, 0)].start : spans[min(at + 1, len(spans) - 1)].end]


def evidence_for(context: Context, insight_id: str, language: str) -> tuple[str, ...]:
    """The words that prove an insight in a language, empty when the brand named none."""
    evidence = context.brand.insights[insight_id].evidence
    if language in evidence:
        return evidence[language]
    return next((phrases for tag, phrases in evidence.items() if primary(tag) == primary(language)), ())


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
