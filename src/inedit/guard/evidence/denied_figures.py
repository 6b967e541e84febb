"""Figures that a text denies before it tells the right one: « Le C2 ne pèse pas 25 kg : 17,5 », „Eine Ladung reicht
nicht für 200 Kilometer. Es sind 80 bis 120.“

What denies the amount of a fact is no such figure: that contradicts it.
"""

from __future__ import annotations

from inedit.guard.evidence.added_up import amounts
from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.grammar import grammar, root
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import fold

_SOON = 110
"""Characters behind a denied figure within which the right one is told."""


def is_denied_for_another(said: Statement, known: Evidence) -> bool:
    """Whether a clause denies a figure that no fact gives of its measure, and the text tells at once what a fact gives
    of it, beside a word of that fact."""
    quantity = said.quantity
    if not is_denied(said, known.language) or _is_ours(quantity, known):
        return False
    end = quantity.span.end
    told = sentence_stems(said).union(
        root(w.text, known.language) for w in said.text if end <= w.start <= end + _SOON
    )
    entries = [
        e
        for e in known.entries
        if e.quantity.dimension == quantity.dimension and e.stems & told - known.brand
    ]
    later = [q for q in said.figures if end <= q.span.start <= end + _SOON]
    return any(_tells(q, e) for q in later for e in entries)


def is_denied(said: Statement, language: str) -> bool:
    """Whether the clause denies its figure: not where it is a limit (“no more than ten”) or only one of two (“not just
    ten”)."""
    own, quantity = grammar(language), said.quantity
    if quantity.approximate or quantity.bound:
        return False
    before = [w for w in said.clause.words if w.end <= quantity.span.start]
    head = " ".join(w.folded for w in before)
    if own.no_negation and own.no_negation.search(fold(head)):
        return False
    return any(w.folded in own.denials for w in before)


def _is_ours(quantity: Quantity, known: Evidence) -> bool:
    return (quantity.dimension, quantity.value) in amounts(known)


def _tells(quantity: Quantity, entry: Entry) -> bool:
    """Whether a figure is that of an entry, if without its unit."""
    given = entry.quantity
    if quantity.dimension == given.dimension:
        return quantity.value == given.value
    return quantity.dimension == COUNT and not quantity.counted and quantity.number == given.number
