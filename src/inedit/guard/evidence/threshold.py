"""What is free from an amount on, promised of one thing that costs less: „Wer die Lampe bestellt, zahlt keinen
Versand“, of a delivery that is free from 150 euros and a lamp at 40."""

from __future__ import annotations

from collections.abc import Sequence

from inedit.guard.evidence.claim_terms import figures_by_fact
from inedit.guard.evidence.commitments import Commitment
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, fact_stems
from inedit.guard.nlp.grammar import clauses, root
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, Quantity
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_pattern


def under_its_threshold(
    promised: Commitment,
    bearing: Sequence[Fact],
    text: str,
    facts: Sequence[Fact],
    known: Evidence,
    language: str,
) -> Fact | None:
    """The fact whose threshold the one thing that a sentence names does not reach, where nothing else is bought."""
    if promised.kind != "free":
        return None
    thresholds = [[q for q in _amounts(fact, known) if q.approximate == "from"] for fact in bearing]
    if not all(thresholds):
        return None
    listed = clauses(text, language)
    near = [c for c in listed if promised.clause.sentence - 1 <= c.sentence <= promised.clause.sentence]
    start, end = near[0].span.start, near[-1].span.end
    said = [q for q in find_quantities(text, language) if start <= q.span.start < end]
    counted = [q for q in said if q.dimension == COUNT and q.value > 1 and not _is_of_a_name(q, text, facts)]
    if counted or any(q.dimension in CURRENCIES for q in said):
        return None
    least = min(q.value for each in thresholds for q in each)
    sentence = [c for c in near if c.sentence == promised.clause.sentence]
    names = {
        root(w.text, language)
        for c in sentence
        for w in c.words[c is sentence[0] :]  # a capital at the beginning names nothing
        if w.text[:1].isupper()
    }
    for fact in facts:
        price = _price(fact, known)
        if price is None or price.value >= least or fact in bearing:
            continue
        own = fact_stems(fact) & names - known.brand
        if any(not _is_told_elsewhere(stem, fact, facts) for stem in own):
            return bearing[0]
    return None


def _is_of_a_name(quantity: Quantity, text: str, facts: Sequence[Fact]) -> bool:
    """„Lumo 300“: a number that a fact has behind the same word."""
    before = text[: quantity.span.start].rsplit(None, 1)[-1:]
    name = " ".join((*before, quantity.span.of(text)))
    return bool(before) and any(name in fact.text for fact in facts)


def _is_told_elsewhere(stem: str, fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether a name stands in another claim with a price too: it may be a whole range of things."""
    return any(f.kind == "claim" and f is not fact and stem in fact_stems(f) for f in facts)


def _amounts(fact: Fact, known: Evidence) -> list[Quantity]:
    return [e.quantity for e in figures_by_fact(known).get(fact, ()) if e.quantity.dimension in CURRENCIES]


def _price(fact: Fact, known: Evidence) -> Quantity | None:
    """What a claim says that a thing costs, where it gives one amount."""
    amounts = _amounts(fact, known) if fact.kind == "claim" else []
    pays = word_pattern(fact.language, "pays").search(fold(fact.text))
    return amounts[0] if len(amounts) == 1 and pays and not amounts[0].approximate else None
