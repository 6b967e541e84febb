"""Passages of a text that retell a claim, and the terms that they change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from inedit.guard.evidence.claim_terms import figures_by_fact
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, clipped_from, fact_stems
from inedit.guard.evidence.promise_words import promises
from inedit.guard.nlp.grammar import Clause, clauses
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT
from inedit.guard.nlp.terms import Terms
from inedit.guard.nlp.text import fold
from inedit.model import Span

SHARED = 2
"""Words of content that a passage must share with a claim to retell it; one is enough beside a figure of the claim."""

SHARE = 0.25
"""Part of the weight of a claim's words that these must have."""

_CLIPPED = 4
"""Letters of a clipped noun at most («bici», « vélo »)."""

_FIGURE = 0.3
"""What a figure of the claim adds to that part."""


@dataclass(frozen=True, slots=True)
class ChangedTerm:
    """Where a text gives a claim other terms. ``sure`` is False where only a person can tell: the claim sets no such
    condition, nor does it say that there is none."""

    span: Span
    fact: Fact
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause with what stands beside it, and the claims that they retell, most of which is told first."""

    text: str
    clause: Clause
    following: Clause | None
    near: tuple[Clause, ...]
    retold: tuple[tuple[float, Fact], ...]
    own: Terms
    known: Evidence

    @property
    def said(self) -> str:
        return fold(self.clause.span.of(self.text))

    @property
    def language(self) -> str:
        return self.known.language

    @property
    def fact(self) -> Fact:
        return self.retold[0][1]

    def term(self, start: int, end: int, *, sure: bool = True) -> ChangedTerm:
        return ChangedTerm(Span(start, end).shifted(self.clause.span.start), self.fact, sure)


def retold_in(
    near: Sequence[Clause], text: str, told: Sequence[Fact], known: Evidence
) -> list[tuple[float, Fact]]:
    start, end = near[0].span.start, near[-1].span.end
    stems = frozenset[str]().union(*(c.stems for c in near))
    figures = {
        (q.dimension, q.value)
        for q in find_quantities(text, known.language)
        if start <= q.span.start < end and q.dimension != COUNT
    }
    found, own = [], figures_by_fact(known)
    clipped = {n.stem for c in near for n in c.nouns if len(n.stem) <= _CLIPPED}
    if clipped:  # «la bici» of «bicicletta»
        every = frozenset[str]().union(*map(fact_stems, told))
        stems = stems.union(*(clipped_from(one, every, known.language) for one in clipped))
    for fact in told:
        mine = fact_stems(fact)
        shared = mine & stems
        if not shared:
            continue
        counted = sum((e.quantity.dimension, e.quantity.value) in figures for e in own.get(fact, ()))
        weight = fsum(known.weights.get(s, 1.0) for s in mine)
        if not weight or (len(shared) < SHARED and not counted):
            continue
        share = fsum(known.weights.get(s, 1.0) for s in shared) / weight + _FIGURE * counted
        if share >= SHARE:
            found.append((share, fact))
    return sorted(found, key=lambda one: (-one[0], one[1].id))


def most_told(
    sentence: int,
    text: str,
    told: Sequence[Fact],
    known: Evidence,
    kinds: frozenset[str] = frozenset(),
    *,
    beside: int = 1,
) -> Fact | None:
    """The claim that a sentence and those ``beside`` it tell most of, among those that make one of the promises
    ``kinds`` where there are any."""
    near = tuple(c for c in clauses(text, known.language) if abs(c.sentence - sentence) <= beside)
    found = [fact for _, fact in retold_in(near, text, told, known)] if near else []
    promising = [f for f in found if kinds & {kind for kind, _ in promises(f.text, f.language)}]
    return next(iter(promising or found), None)
