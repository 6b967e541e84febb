"""Services and guarantees that no fact speaks of, told of a thing of ours or to the reader: insurance, the old one in
part payment, a price matched, an exchange, colours that never fade, money back within a day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from inedit.guard.evidence.commitments import commitments
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, readable_facts
from inedit.guard.nlp.grammar import Clause, Grammar, clauses, grammar
from inedit.guard.nlp.limits import SERVICES, limits
from inedit.guard.nlp.patterns import occurs
from inedit.guard.nlp.text import fold
from inedit.model import Span

_DENYING = frozenset({"no_decay"})
"""What is promised by a denial."""

_AS_PROMISED = {"exchange": frozenset({"returns", "replacement"}), "no_decay": frozenset({"guarantee"})}
"""Promises of a fact by which a service may be meant as well."""


def unsold_services(text: str, language: str, facts: tuple[Fact, ...], known: Evidence) -> Iterator[Span]:
    """Where a text offers one of the services, and no fact does."""
    own, folded = limits(language), fold(text)
    if not own or not occurs(own["any_service"], folded):
        return
    told = tuple(f for f in readable_facts(facts, language) if f.kind != "readers")
    listed = clauses(text, language)
    for number in sorted({c.sentence for c in listed}):
        same = [c for c in listed if c.sentence == number]
        start, end = same[0].span.start, same[-1].span.end
        said = folded[start:end]
        if not own["any_service"].search(said):
            continue
        grams = grammar(language)
        asked = text[end : end + 3].strip(" \u00a0\u202f").startswith("?")
        near = [c for c in listed if number - 1 <= c.sentence <= number]
        ours = any(
            c.has(grams.we | grams.you) or not c.stems.isdisjoint(known.heads | known.brand) for c in near
        )
        if asked or not ours:
            continue
        for name in SERVICES:
            m = own[name].search(said)
            if m is None or any(_offers(fact, name) for fact in told):
                continue
            clause = next((c for c in same if c.span.start <= start + m.start() < c.span.end), same[0])
            before = {w.folded for w in clause.words if w.end <= start + m.end()}
            if name in _DENYING:
                if not _is_of_ours(clause, known, grams):
                    continue
            elif not before.isdisjoint(grams.denials | grams.negations):
                continue
            yield Span(start + m.start(), start + m.end())
            break


def _is_of_ours(clause: Clause, known: Evidence, own: Grammar) -> bool:
    """Whether a clause is about our things: “our colours”, or one that we sell by its article (not « un souvenir »)."""
    first = next((noun for noun in clause.nouns if noun.role == "bare"), None)
    if clause.has(own.we):
        return True
    return first is not None and first.stem in known.heads and first.determiner not in own.indefinite


@lru_cache(maxsize=4096)
def _offers(fact: Fact, name: str) -> bool:
    """Whether a fact speaks of a service."""
    if limits(fact.language)[name].search(fold(fact.text)):
        return True
    kinds = {promised.kind for promised in commitments(fact.text, fact.language)}
    return not kinds.isdisjoint(_AS_PROMISED.get(name, frozenset()))
