"""Which day of the week: “ready on Thursday” of “on Friday”. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.shared_words import stated_words
from inedit.guard.evidence.scene_figures import is_now
from inedit.guard.evidence.statements import WEEKDAY, statements
from inedit.guard.nlp.grammar import grammar, root
from inedit.guard.nlp.text import sentences, words
from inedit.model import Span

_TOLD, _SHARE, _MOST = 2, 0.4, 2
"""Words of content that a sentence must share with a fact to tell it, and the part of the fact's; days of the week up
to which a fact says when something happens rather than when something is open."""


def other_days(text: str, language: str, facts: Sequence[Fact]) -> Iterator[tuple[Span, Fact]]:
    """Days of the week on which a text puts what a fact puts on others."""
    own = grammar(language)
    for sentence in sentences(text) if _days(text, language) else ():
        mine = [d for d in _days(text, language) if sentence.start <= d[1].start < sentence.end]
        inside = [w.folded for w in words(text) if sentence.start <= w.start < sentence.end]
        denied = not (own.denials | own.negations).isdisjoint(inside) or any(
            w.startswith(own.closing) for w in inside
        )
        mine = [d for d in mine if d[1] not in _of_the_scene(text, language)]
        if not mine or denied or text[sentence.start : sentence.end].rstrip().endswith("?"):
            continue
        names = {root(text[span.start : span.end], language) for _, span in mine}
        said = [w.root for w in stated_words(text, language) if sentence.start <= w.start < sentence.end]
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
    return frozenset(w.root for w in stated_words(fact.text, fact.language)) - named


@lru_cache(maxsize=1024)
def _of_the_scene(text: str, language: str) -> frozenset[Span]:
    """The days of the hours that scenes begin with: « Il est 9 h 05, un lundi »."""
    return frozenset(s.quantity.span for s in statements(text, language) if is_now(s, language))


@lru_cache(maxsize=4096)
def _days(text: str, language: str) -> tuple[tuple[int, Span], ...]:
    return tuple(
        (int(s.quantity.value), s.quantity.span)
        for s in statements(text, language)
        if s.quantity.dimension == WEEKDAY
    )
