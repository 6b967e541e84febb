"""Which figures of the facts are nearest to a statement, by the words that they share."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems


class Best(NamedTuple):
    """The entry that shares most with a context, and how much."""

    score: float
    entry: Entry | None


def nearest(
    said: Statement, fitting: Sequence[Entry], rivals: Sequence[Entry], known: Evidence
) -> tuple[Best, Best]:
    """The best of those that bear a statement out and of those that deny it, in the first context that tells.

    The sentences before may bear it out, but deny nothing: they are about something else as well.
    """
    sentence = sentence_stems(said)
    for context in (said.clause.stems - said.own, sentence):
        best, rival = best_of(fitting, context, known), best_of(rivals, context, known)
        if best.score or rival.score:
            return best, rival
    return best_of(fitting, sentence.union(*(c.stems for c in said.earlier)), known), Best(0, None)


def closest(said: Statement, comparable: Sequence[Entry]) -> Entry | None:
    """The entry whose amount is nearest to a statement's."""
    return min(
        comparable, key=lambda e: (abs(e.quantity.value - said.quantity.value), e.fact.id), default=None
    )


def best_of(entries: Sequence[Entry], context: frozenset[str], known: Evidence) -> Best:
    """The entry that shares the most telling words with a context."""
    scored = [
        (fsum(known.weights.get(s, 1.0) for s in (e.stems & context) - known.brand), e) for e in entries
    ]
    return Best(*max(scored, key=lambda pair: pair[0], default=(0.0, None)))
