"""Sentences that deny what a fact says, or say what it denies: the same words with the other polarity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, readable
from inedit.guard.nlp.grammar import Clause, clauses, grammar
from inedit.guard.nlp.text import fold, folded_words
from inedit.model import Span

SHARED = 2
"""Words of content that a clause must have in common with the fact that it denies."""

SHARE = 0.4
"""Part of the weight of a fact's words that these must have: below, both are merely about the same thing."""


@dataclass(frozen=True, slots=True)
class Opposite:
    """A clause and the fact that it denies."""

    span: Span
    fact: Fact


def opposites(text: str, language: str, facts: Sequence[Fact], known: Evidence) -> Iterator[Opposite]:
    """Clauses that turn a fact around, each with the fact that it shares most words with."""
    told = [fact for fact in facts if fact.kind in ("claim", "about", "insight") and readable(fact, language)]
    for clause in clauses(text, language):
        if len(clause.stems) < SHARED or _is_supplied(clause, told):
            continue
        denies = _denies(text, clause, language)
        negated = denies or clause.has(grammar(language).negations)
        scored = [
            (_share(clause, stems, known), fact, denied)
            for fact in told
            for stems, denied in _sentences(fact)
        ]
        best = max(scored, key=lambda entry: (entry[0], entry[1].id), default=None)
        if best is None or best[0] < SHARE:
            continue
        _, fact, denied = best
        turned = (denies and not denied) or (denied and not negated and fact.kind != "insight")
        if turned:
            yield Opposite(clause.span, fact)


def _is_supplied(clause: Clause, facts: Sequence[Fact]) -> bool:
    """Whether a clause stands in a fact word for word."""
    said = f" {' '.join(word.folded for word in clause.words)} "
    return any(said in f" {' '.join(folded_words(fact.text))} " for fact in facts)


def _share(clause: Clause, stems: frozenset[str], known: Evidence) -> float:
    """The part of a fact's sentence, by weight, that stands in a clause; nothing when fewer than two words do."""
    shared = stems & clause.stems
    if len(shared) < SHARED:
        return 0.0
    whole = sum(known.weights.get(s, 1.0) for s in stems)
    return sum(known.weights.get(s, 1.0) for s in shared) / whole if whole else 0.0


@lru_cache(maxsize=4096)
def _sentences(fact: Fact) -> tuple[tuple[frozenset[str], bool], ...]:
    """The words of content of each sentence of a fact, and whether it denies something, in any way."""
    listed, own = clauses(fact.text, fact.language), grammar(fact.language)
    found = []
    for number in sorted({clause.sentence for clause in listed}):
        same = [clause for clause in listed if clause.sentence == number]
        found.append(
            (frozenset[str]().union(*(c.stems for c in same)), any(c.has(own.denials) for c in same))
        )
    return tuple(found)


def _denies(text: str, clause: Clause, language: str) -> bool:
    """Whether a clause's verb is denied; « pas plus de » is not a denial, and a question denies nothing."""
    own = grammar(language)
    if not clause.has(own.denials):
        return False
    if own.no_negation and own.no_negation.search(fold(clause.span.of(text))):
        return False
    return not text[clause.span.end : clause.span.end + 3].strip(" \u00a0\u202f").startswith("?")
