"""Two promises side by side, each with a length of time of its own: “14 days for a refund look short beside 4 years of
guarantee”. Each is held against the fact that makes it, and must have this fact's length, not the other's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from inedit.guard.evidence.arrivals import comes_as_told
from inedit.guard.evidence.bearing_out import bears_out
from inedit.guard.evidence.claim_terms import figures_by_fact
from inedit.guard.evidence.commitments import BINDING, Commitment, commitments
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import Quantity

_LENGTHS = frozenset({"minutes", "months"})


def borne_out_apart(
    promised: Commitment, text: str, facts: Sequence[Fact], known: Evidence, language: str
) -> list[Fact]:
    """The facts that bear a promise out for itself, where each of the promises of its clause has such a fact, and that
    fact's length of time beside it."""
    if len(promised.together) < 2:  # two promises
        return []
    mine: list[Fact] = []
    for each in commitments(text, language):
        if each.clause.span != promised.clause.span or each.kind not in BINDING:
            continue
        alone = replace(each, together=frozenset({each.kind}))
        near = _length_beside(each, text, language)
        bearing = [f for f in facts if near and _has(f, near, known) and bears_out(f, alone, known, language)]
        if not bearing:
            return []
        mine += bearing if each.kind == promised.kind else []
    return mine


def length_of_another(
    promised: Commitment,
    bearing: Sequence[Fact],
    text: str,
    facts: Sequence[Fact],
    known: Evidence,
    language: str,
) -> tuple[Quantity, Fact] | None:
    """The length of time beside a promise that is none of the facts that make it, but another promise's, with the fact
    that is meant („vierzehn Tage Garantie“, of four years' guarantee and two weeks' return)."""
    if promised.kind not in BINDING or len(promised.together) > 1:
        return None
    near = _length_beside(promised, text, language)
    if near is None or not all(_lengths(fact, known) for fact in bearing):
        return None
    inside = _lengths_in(promised, text, language)
    if any(_has(fact, quantity, known) for fact in bearing for quantity in inside):
        return None
    others = [f for f in facts if f.kind == "claim" and f not in bearing and _has(f, near, known)]
    told = all(_promises_another(fact, promised.kind) for fact in others)
    return (near, bearing[0]) if others and told else None


def _promises_another(fact: Fact, kind: str) -> bool:
    kinds = {c.kind for c in commitments(fact.text, fact.language)} & BINDING
    return bool(kinds - {kind}) or (not kinds and comes_as_told(fact))


def _lengths_in(promised: Commitment, text: str, language: str) -> list[Quantity]:
    clause = promised.clause.span
    return [
        q
        for q in find_quantities(text, language)
        if q.dimension in _LENGTHS and clause.start <= q.span.start < clause.end
    ]


def _length_beside(promised: Commitment, text: str, language: str) -> Quantity | None:
    """The length of time nearest to a promise in its clause; none that says after or before when something is."""
    relative = grammar(language).relative
    led = [w for w in promised.clause.words if w.folded in relative]
    found = [
        q
        for q in _lengths_in(promised, text, language)
        if not any(0 <= q.span.start - w.end <= _LED or 0 <= w.start - q.span.end <= 1 for w in led)
    ]
    at = promised.span
    return min(found, key=lambda q: max(at.start - q.span.end, q.span.start - at.end), default=None)


_LED = 14
"""Characters from “after” to its figure (“after the first 14 days”, « après les 14 jours »)."""


def _lengths(fact: Fact, known: Evidence) -> list[Quantity]:
    return [e.quantity for e in figures_by_fact(known).get(fact, ()) if e.quantity.dimension in _LENGTHS]


def _has(fact: Fact, quantity: Quantity, known: Evidence) -> bool:
    return any((q.dimension, q.value) == (quantity.dimension, quantity.value) for q in _lengths(fact, known))
