"""Receipts: which span of the text comes from which insight or claim, and how that was seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from math import fsum, log

from inedit.guard.context import Asked, Context
from inedit.guard.evidence.brand_facts import brand_facts, quantities_of, stems_of
from inedit.guard.evidence.contradiction import Conflict, conflicts
from inedit.guard.evidence.facts import Fact, same_facts, supplied_facts
from inedit.guard.evidence.marks import Marks, content_stems, evidence_for, is_strong
from inedit.guard.evidence.sought import MEANING_STEMS, Sought, sought_of, sought_of_claims, usual_words
from inedit.guard.evidence.support import Known, supports, with_counted
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.occurrences import occurrences
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import run_span, sentences, shared_runs, stem, stems, told_runs, words
from inedit.model import Draft, Receipt, Span, VariantSpec

RETOLD_SENTENCES = 4
RETOLD_WEIGHT = 1 / 3
"""A passage of so many sentences tells an insight when it shares words of this share of the insight's weight, and at
least :data:`MEANING_STEMS`. Of 3,813 pairs of a text without the brand's data and an insight none that needs no figure
reaches it, of 2,790 pairs of an insight and another one's words two do."""

_NOTHING: frozenset[str] = frozenset()
_NAME_JOINERS = (" ", "-", "'", "’", "\u00a0")

SMALL_COUNT = 12
"""A count up to this proves nothing by itself, every text has three of something: two of the words around it must be
the fact's too."""


def find_receipts(draft: Draft, context: Context) -> tuple[Receipt, ...]:
    """Every trace of a supplied insight or valid claim in the draft, in the order of the text, then of sources.

    An insight of which the text says the opposite leaves none (:func:`find_conflicts`). No two receipts of one source
    show the same passage: a quotation stands for whatever lies in it, and a passage that says the same as a fact is not
    repeated where a figure or a name shows it.
    """
    return _searched(Asked(draft, context))[0]


def find_conflicts(draft: Draft, context: Context) -> tuple[tuple[str, Conflict], ...]:
    """Where the draft speaks of a supplied insight and says otherwise: ``(insight id, conflict)``."""
    return _searched(Asked(draft, context))[1]


@lru_cache(maxsize=8)  # a few threads judge side by side
def _searched(asked: Asked) -> tuple[tuple[Receipt, ...], tuple[tuple[str, Conflict], ...]]:
    search = _Search(asked.draft, asked.context)
    found: set[Receipt] = set()
    denied: list[tuple[str, Conflict]] = []
    for sought in search.sought():
        fact, traces = sought.fact, search.traces(sought)
        otherwise = search.conflicts(fact, [span for span, _ in traces]) if fact.kind == "insight" else ()
        denied += [(fact.id, conflict) for conflict in otherwise]
        if not otherwise:
            found |= {Receipt(span, fact.id, fact.kind, how) for span, how in traces}
    return tuple(sorted(found, key=lambda r: (r.span, r.kind, r.source_id, r.how))), tuple(denied)


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
        self.runs: dict[int, frozenset[str]] = {}
        self.facts = supplied_facts(draft, context)
        self.told = [content_stems(span.of(self.text), self.language) for span in sentences(self.text)]
        self.content = _NOTHING.union(*self.told)
        self.capitals = [word for word in words(self.text) if word.text[:1].isupper()]
        self.own_quantities = [
            replace(quantity, span=quantity.span.shifted(location.start))
            for part_id, part in draft.parts.items()
            if (location := draft.part_span(part_id)) is not None
            for quantity in find_quantities(
                part, self.language
            )  # part by part, as they were found for the check
        ]
        self.usual = same_facts(tuple([f for f in self.facts if f.kind in ("about", "product", "offer")]))
        self.claimed = same_facts(tuple([f for f in self.facts if f.kind == "claim"]))
        self.claims = brand_facts(context.brand, tuple([f.id for f in self.claimed]), self.language)
        names = [word.folded for word in self.capitals]
        self.named = frozenset([*names, *(name[:-1] for name in names if name.endswith("s"))])
        self.shared_quantities = [
            known for fact in self.facts if fact.kind != "insight" for known in quantities_of(fact)
        ]

    def sought(self) -> Iterator[Sought]:
        """What is looked for of every claim and insight."""
        brand, usual = self.context.brand, self.usual
        yield from sought_of_claims(brand, self.claimed, usual, self.language)
        for fact in self.facts:
            if fact.kind == "insight":
                yield sought_of(brand, fact, usual, self.claims.names, self.language)

    def conflicts(self, fact: Fact, told: Sequence[Span]) -> tuple[Conflict, ...]:
        """What the text denies of an insight that it has traces of."""
        if not told:
            return ()
        names = usual_words(self.usual) | set(self.claims.names)
        phrases = evidence_for(self.context.brand, fact.id, self.language)
        return conflicts(
            self.text, told, fact, self.language, phrases,
            names=names, this_year=self.context.today.year, figures=self.own_quantities,
        )  # fmt: skip

    def traces(self, sought: Sought) -> list[tuple[Span, str]]:
        """Spans of the text that come from a fact, and how that was seen; each passage once."""
        told_here = self.runs.get(sought.in_a_row)
        if told_here is None:
            told_here = self.runs[sought.in_a_row] = told_runs(self.text, sought.in_a_row)
        quoted = not sought.runs.isdisjoint(told_here)
        quotes = tuple(self.quotes(sought)) if quoted else ()
        shown, names = self.figures(sought), self.entities(sought)
        told = self.meaning(sought) or self.retold(sought.fact)
        if quotes:
            shown, names, told = (
                [span for span in each if not span.overlaps(quotes)] for each in (shown, names, told)
            )
        return [
            *((span, "quote") for span in quotes),
            *((span, "figure") for span in shown),
            *((span, "entity") for span in names),
            *((span, "meaning") for span in told if not span.inside((*shown, *names))),
        ]

    def quotes(self, sought: Sought) -> Iterator[Span]:
        found = shared_runs(self.text, sought.fact.text, sought.in_a_row)
        return (run_span(self.text, run) for run in found)

    def figures(self, sought: Sought) -> list[Span]:
        """Figures of the fact; for an insight, only those that no claim, offer or product has too."""
        return list(self._figures(sought)) if sought.quantities and self.own_quantities else []

    def _figures(self, sought: Sought) -> Iterator[Span]:
        fact, own = sought.fact, sought.quantities
        others = self.shared_quantities if fact.kind == "insight" else []
        for quantity in self.own_quantities:
            if (
                not quantity.vague
                and self._gives(own, quantity)
                and not self._by_chance(quantity, fact)
                and not self._gives(others, quantity)
            ):
                yield with_counted(quantity, self.text)

    def _by_chance(self, quantity: Quantity, fact: Fact) -> bool:
        """Whether a small count agrees with the fact's in nothing but the number."""
        if quantity.dimension != COUNT or quantity.value > SMALL_COUNT:
            return False
        return len(set(stems(fact.text, self.language)) & set(quantity.nouns)) < 2

    def _gives(self, known: Sequence[Known], quantity: Quantity) -> bool:
        language, year = self.language, self.context.today.year
        return any(supports(each, quantity, language, year) for each in known)

    def entities(self, sought: Sought) -> list[Span]:
        """The fact's proper names; one name a span. The s of a genitive (« Odettes Name ») is none of the name's."""
        return [] if sought.names.isdisjoint(self.named) else list(self._entities(sought.names))

    def _entities(self, names: frozenset[str]) -> Iterator[Span]:
        found = [
            Span(word.start, word.end)
            for word in self.capitals
            if not names.isdisjoint(_nominatives(word.folded))
        ]
        while found:
            first = found.pop(0)
            while found and self.text[first.end : found[0].start] in _NAME_JOINERS:
                first = Span(first.start, found.pop(0).end)
            yield first

    def meaning(self, sought: Sought) -> list[Span]:
        """Passages that say what the fact says: see :meth:`_meaning`."""
        if not sought.phrases and len(sought.stems & self.content) < sought.enough:
            return []
        return list(self._meaning(sought))

    def retold(self, fact: Fact) -> list[Span]:
        """The passage of a few sentences that tells an insight in fresh words; a figure has to be there itself.

        Its words of content, those of the products too, weigh by their rarity among the brand's facts: shared ones must
        weigh :data:`RETOLD_WEIGHT` of all. A scene spreads over several sentences what a note says in one.
        """
        if fact.kind != "insight" or primary(fact.language) != primary(self.language):
            return []
        if self.context.brand.insights[fact.id].kind == "figure":
            return []
        own = stems_of(fact.text, self.language)
        known, having = self.claims.texts, self.claims.having
        weight = {root: log((known + 1) / (having[root] + 0.5)) for root in own}
        best: tuple[float, tuple[Span, ...]] = (0.0, ())
        whole = fsum(weight.values())
        said = [self._words_of(own, each) for each in sentences(self.text)]
        for first in range(len(said)):
            found = [each for sentence in said[first : first + RETOLD_SENTENCES] for each in sentence]
            shared = {root for root, _ in found}
            if len(shared) < MEANING_STEMS:
                continue
            told = fsum(weight[root] for root in shared) / whole
            if told > best[0]:
                best = (told, tuple([span for _, span in found]))
        return [Span(best[1][0].start, best[1][-1].end)] if best[0] >= RETOLD_WEIGHT else []

    def _words_of(self, own: frozenset[str], sentence: Span) -> list[tuple[str, Span]]:
        """The words with one of the stems in a sentence: the stem, and where it stands in the text."""
        text = sentence.of(self.text)
        roots = stems(text, self.language)
        if own.isdisjoint(roots):  # so of most sentences
            return []
        return [
            (root, Span(word.start, word.end).shifted(sentence.start))
            for word, root in zip(words(text), roots, strict=True)
            if root in own and len(word.folded) > 3
        ]

    def _meaning(self, sought: Sought) -> Iterator[Span]:
        """Passages that say what the fact says, from the first to the last of its own words in a sentence.

        A sentence says it that has enough of the fact's own words (of a claim, half of them), or evidence that the
        brand named for the insight: a phrase, a figure, a proper name or an only word by itself, one common word of
        several (« bleu ») beside another of the insight's own words. Two neighbouring sentences may say it together.
        """
        phrases, own, enough = sought.phrases, sought.stems, sought.enough
        here = [
            (span, is_strong(phrase, phrases, self.language))
            for phrase in phrases
            for span in occurrences(self.text, phrase, self.language, beginnings=True)
        ]
        if not here and not self._may_tell(own, enough):
            return
        said = [self._marks(span, own, here, enough) for span in sentences(self.text)]
        alone = [marks.tell for marks in said]
        for i, marks in enumerate(said):
            if alone[i]:
                yield Span(marks.spans[0].start, max(span.end for span in marks.spans))
            elif i + 1 < len(said) and not alone[i + 1] and marks.spans and said[i + 1].spans:
                both = marks.joined(said[i + 1])
                if both.tell:
                    yield Span(both.spans[0].start, max(span.end for span in both.spans))

    def _may_tell(self, own: frozenset[str], enough: int) -> bool:
        """Whether two neighbouring sentences have enough of a fact's own words to tell it by them alone."""
        if len(own & self.content) < enough:
            return False
        shared = [own & stems for stems in self.told]
        return any(len(one | other) >= enough for one, other in pairwise((*shared, _NOTHING)))

    def _marks(
        self, sentence: Span, own: frozenset[str], here: Sequence[tuple[Span, bool]], enough: int
    ) -> Marks:
        """Where the fact's own words stand in a sentence; ``here`` are the places of its phrases in the text, and
        whether each proves by itself."""
        text = sentence.of(self.text)
        roots = stems(text, self.language)
        proofs = [(span, strong) for span, strong in here if span.inside((sentence,))]
        if own.isdisjoint(roots) and not proofs:
            return Marks((), strong=False, proofs=_NOTHING, stems=_NOTHING, enough=enough)
        spans = {
            Span(word.start, word.end).shifted(sentence.start)
            for word, root in zip(words(text), roots, strict=True)
            if root in own and len(word.folded) > 3
        }
        weak = {stem(word.text, self.language) for span, _ in proofs for word in words(span.of(self.text))}
        return Marks(
            tuple(sorted(spans | {span for span, _ in proofs})),
            strong=any(strong for _, strong in proofs),
            proofs=frozenset(weak),
            stems=own & content_stems(text, self.language),
            enough=enough,
        )


def _nominatives(folded: str) -> tuple[str, str]:
    """A name as it is written, and without the s of a genitive."""
    return folded, folded.removesuffix("s")
