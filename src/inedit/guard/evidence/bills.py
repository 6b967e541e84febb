"""What several things cost together, which a text may tell without telling each price: “two grown-ups, a nine-year-old:
€87”, «Ida y vuelta a Ormel más paseo del faro: 46 €»."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from inedit.guard.evidence.index import Entry, Evidence, in_fact, readable
from inedit.guard.evidence.statements import Statement
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.numbers import word_values
from inedit.guard.nlp.quantity import COUNT, CURRENCIES
from inedit.guard.nlp.word_lists import word_list

_MOST_PRICES = 5
"""Prices that a bill is made of at most."""

_MOST_TIMES = 12
"""How many of a thing a bill has at most."""

_ONE = Decimal(1)


def told_as_bill(said: Statement, known: Evidence) -> Entry | None:
    """One of the prices that make a told one together, where a sentence lists what is bought.

    Each price is taken once, or as often as a count of the sentence says; every fact with a price of which the sentence
    names a thing has a part in it, and there are two things at least.
    """
    quantity = said.quantity
    if quantity.dimension not in CURRENCIES or quantity.bound or quantity.approximate:
        return None
    nouns = {n.stem for c in (said.clause, *said.around) for n in c.nouns} - known.brand
    priced = _priced(quantity.dimension, nouns, known)
    if not 0 < len(priced) <= _MOST_PRICES or quantity.value <= min(e.quantity.value for e in priced):
        return None
    counts = _counts(said, known.language)
    for times in product(*(sorted({Decimal(0), *counts}) for _ in priced)):
        total = sum((e.quantity.value * n for e, n in zip(priced, times, strict=True)), Decimal(0))
        if total != quantity.value or sum(times) < 2:
            continue
        used = [e for e, n in zip(priced, times, strict=True) if n]
        if {e.fact for e in used} == {e.fact for e in priced} and _is_listed(said, used, counts, known):
            return used[0]
    return None


def _priced(measure: str, nouns: set[str], known: Evidence) -> list[Entry]:
    """The prices of the facts that have a noun of a sentence of their own: what another one has that has more of
    them is no name of it (Ormel, of the lighthouse of Ormel and of a fare to Ormel)."""
    found: dict[str, tuple[set[str], list[Entry]]] = {}
    for entry in known.entries:
        price = entry.quantity
        if price.dimension != measure or price.approximate or price.bound or not price.value:
            continue
        if not readable(entry.fact, known.language):
            continue
        if entry.fact.id not in found:
            found[entry.fact.id] = {n for n in nouns if in_fact(n, entry.stems, known)}, []
        found[entry.fact.id][1].append(entry)
    named = {fact: shared for fact, (shared, _) in found.items() if shared}
    kept = [
        fact
        for fact, shared in named.items()
        if not any(shared < other or (shared == other and fact > twin) for twin, other in named.items())
    ]
    return [e for fact in kept for e in found[fact][1]]


def _counts(said: Statement, language: str) -> set[Decimal]:
    """How often a thing may be bought: once, or as a count of the sentence says, or all that it counts together."""
    spans = [c.span for c in (said.clause, *said.around)]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    found = [
        q.value
        for q in said.figures
        if q.dimension == COUNT
        and start <= q.span.start < end
        and not q.value % 1
        and 0 < q.value <= _MOST_TIMES
    ]
    data = language_profile(language)
    for word in said.text:  # « à deux », «in due»
        values = word_values(word.folded, data) if start <= word.start < end and word.text.isalpha() else None
        if values and len(values) == 1 and 1 < values[0] <= _MOST_TIMES:
            found.append(Decimal(values[0]))
    return {_ONE, *found}


def _is_listed(said: Statement, used: Sequence[Entry], counts: set[Decimal], known: Evidence) -> bool:
    """Whether a sentence says that there are several things: a count above one, or a list."""
    if max(counts) > 1:
        return True
    language, own = known.language, grammar(known.language)
    joined = word_list(language, "and_plus") | own.joiners
    before = [w.folded for w in said.text if w.end <= said.quantity.span.start]
    spans = [c.span for c in (said.clause, *said.around)]
    listed = len([s for s in spans if s.start < said.quantity.span.start]) > 1
    return len(used) > 1 and (listed or not joined.isdisjoint(before))
