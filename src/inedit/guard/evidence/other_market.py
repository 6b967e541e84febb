"""Prices of another market, told in a sentence that names the place: «A Londra la C2 si paga in sterline, 2.290»."""

from __future__ import annotations

from itertools import pairwise

from inedit.guard.context import Context
from inedit.guard.evidence.index import Entry, Evidence, readable
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.grammar import grammar, root
from inedit.guard.nlp.quantity import COUNT, CURRENCIES


def price_elsewhere(said: Statement, known: Evidence, context: Context) -> Entry | None:
    """The price of a claim that holds today in another market, where the text tells that claim and names a place that
    the brand tells nothing of: whether it may be told is for a person to say."""
    quantity = said.quantity
    if quantity.dimension not in (COUNT, *CURRENCIES) or not _names_a_place(said, known):
        return None
    told = sentence_stems(said) - known.brand
    for entry in known.withheld:
        price, claim = entry.quantity, context.brand.claims.get(entry.fact.id)
        if price.dimension not in CURRENCIES or price.number != quantity.number or claim is None:
            continue
        if quantity.dimension not in (COUNT, price.dimension) or entry.stems.isdisjoint(told):
            continue
        holds = any(claim.is_valid(context.today, market) for market in claim.markets)
        if holds and readable(entry.fact, known.language):
            return entry
    return None


def _names_a_place(said: Statement, known: Evidence) -> bool:
    """Whether a name that no fact has stands behind a preposition."""
    own, listed = grammar(known.language), [w for c in (said.clause, *said.around) for w in c.words]
    listed.sort(key=lambda w: w.start)
    return any(
        first.folded in own.prepositions
        and second.text[:1].isupper()
        and root(second.text, known.language) not in known.weights
        for first, second in pairwise(listed)
    )
