"""Which day: “ready on Thursday” of “on Friday”, “the last Sunday” of “on the second Sunday of the month”. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import fact_stems
from inedit.guard.evidence.relations.shared_words import shared, told_words
from inedit.guard.evidence.statements import WEEKDAY, statements
from inedit.guard.nlp.grammar import grammar, root
from inedit.guard.nlp.measures import measures, ordinal_value
from inedit.guard.nlp.text import folded_words, sentence_at, sentences, words
from inedit.model import Span

_LAST = ("letzt", "last", "dernier", "ultim")
_MONTH = frozenset({"monat", "monats", "month", "mois", "mes", "mese"})


def other_ranked_days(text: str, language: str, facts: Sequence[Fact]) -> Iterator[tuple[Span, Fact]]:
    """Days of the month, by their rank, that a fact of the same things puts at another rank."""
    for rank, day, span in _ranked(text, language):
        sentence = sentence_at(text, span.start)
        said = [w.root for w in told_words(text, language) if sentence.start <= w.start < sentence.end]
        near = [f for f in facts if any(d == day for _, d, _ in _ranked(f.text, f.language))]
        told = [
            f for f in near if shared(said, fact_stems(f) - set(folded_words(text[span.start : span.end])))
        ]
        if told and not any((r, d) == (rank, day) for f in near for r, d, _ in _ranked(f.text, f.language)):
            yield span, told[0]


_TOLD, _SHARE, _MOST = 2, 0.4, 2
"""Words of content that a sentence must share with a fact to tell it, and the part of the fact's; days of the week up
to which a fact says when something happens rather than when something is open."""


def other_days(text: str, language: str, facts: Sequence[Fact]) -> Iterator[tuple[Span, Fact]]:
    """Days of the week on which a text puts what a fact puts on others."""
    own = grammar(language)
    for sentence in sentences(text):
        mine = [d for d in _days(text, language) if sentence.start <= d[1].start < sentence.end]
        inside = [w.folded for w in words(text) if sentence.start <= w.start < sentence.end]
        denied = not (own.denials | own.negations).isdisjoint(inside) or any(
            w.startswith(own.closing) for w in inside
        )
        if not mine or denied or text[sentence.start : sentence.end].rstrip().endswith("?"):
            continue
        names = {root(text[span.start : span.end], language) for _, span in mine}
        said = [w.root for w in told_words(text, language) if sentence.start <= w.start < sentence.end]
        said = [r for r in said if r not in names]
        said_here = frozenset(said)
        told = [(len(said_here & _roots(f)), f) for f in facts]
        most = max((n for n, _ in told), default=0)
        for day, span in mine:
            near = [f for n, f in told if n == most and n >= max(_TOLD, _SHARE * len(_roots(f)))]
            near = [f for f in near if 0 < len({d for d, _ in _days(f.text, f.language)}) <= _MOST]
            if near and all(day not in {d for d, _ in _days(f.text, f.language)} for f in near):
                yield span, near[0]


@lru_cache(maxsize=4096)
def _roots(fact: Fact) -> frozenset[str]:
    named = {
        root(fact.text[span.start : span.end], fact.language) for _, span in _days(fact.text, fact.language)
    }
    return frozenset(w.root for w in told_words(fact.text, fact.language)) - named


@lru_cache(maxsize=4096)
def _days(text: str, language: str) -> tuple[tuple[int, Span], ...]:
    return tuple(
        (int(s.quantity.value), s.quantity.span)
        for s in statements(text, language)
        if s.quantity.dimension == WEEKDAY
    )


@lru_cache(maxsize=4096)
def _ranked(text: str, language: str) -> tuple[tuple[int, int, Span], ...]:
    """Rank (-1 for the last one), day of the week and place of each day in a text that speaks of a month."""
    if _MONTH.isdisjoint(folded_words(text)):
        return ()
    days, first = measures(language).weekdays, grammar(language).first
    found = []
    for before, word in pairwise(words(text)):
        day = days.get(word.folded) or days.get(word.folded.removesuffix("s"))
        last = -1 if before.folded.startswith(_LAST) else 0
        rank = last or (1 if before.folded in first else ordinal_value(before.folded, language) or 0)
        if day and rank:
            found.append((rank, day, Span(before.start, word.end)))
    return tuple(found)
