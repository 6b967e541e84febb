"""Prices told otherwise than by their figure: as so much less than a round one, as the change from a note, as less than
a round limit."""

from __future__ import annotations

from decimal import Decimal

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, Quantity
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_pattern

_FARTHEST = Decimal("1.25")
"""A round limit is told of a price that is no less than four fifths of it."""

_NOTES = frozenset(map(Decimal, (5, 10, 20, 50, 100, 200, 500)))
"""Banknotes: a note may be named by a word that is no figure („einen Fünfziger“)."""

_LEADS = 40
"""Characters before an amount in which a word says that it is a limit."""


def told_as_less(said: Statement, known: Evidence) -> Entry | None:
    """The price that two amounts of a sentence make together, one the rest of the other („zehn Cent weniger als vierzig
    Euro“, “£25.20 comes back from a fifty-pound note”), or that a round limit stands for (“under £25” of £24.80), where
    the text names what costs it."""
    quantity = said.quantity
    if quantity.bound or quantity.approximate in ("over", "about"):
        return None
    others = _amounts_beside(said)
    sentence = fold(quantity.sentence)
    is_price = quantity.dimension in CURRENCIES
    rest = word_pattern(known.language, "short_of").search(sentence)
    back = is_price and not others and word_pattern(known.language, "given_back").search(sentence)
    if rest and word_pattern(known.language, "rather_than").search(sentence):
        return None  # “£2,290 instead of £2,300: £10 less”: a reduction
    limit = is_price and _is_limit(said, known.language)
    if not rest and not limit and not back:
        return None
    for entry in known.entries:
        price = entry.quantity
        if price.dimension not in CURRENCIES or price.bound or price.approximate:
            continue
        made = rest and any(_make(quantity, other, price) for other in others)
        kept = limit and price.dimension == quantity.dimension and _keeps(price, quantity)
        paid = back and price.dimension == quantity.dimension and price.value + quantity.value in _NOTES
        if (made or kept or paid) and _is_named(entry, said, known):
            return entry
    return None


def _amounts_beside(said: Statement) -> list[Quantity]:
    """The other amounts of a statement's sentence that may be money."""
    spans = [c.span for c in (said.clause, *said.around)]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    return [
        q
        for q in said.figures
        if q.span != said.quantity.span
        and start <= q.span.start < end
        and q.dimension in (*CURRENCIES, COUNT)
        and q.approximate not in ("over", "about")
        and not q.bound
    ]


def _make(one: Quantity, other: Quantity, price: Quantity) -> bool:
    """Whether a price is what one amount leaves of the other; one of them may go without its unit („einen
    Fünfziger“)."""
    measures = {one.dimension, other.dimension} - {COUNT}
    return measures == {price.dimension} and abs(one.value - other.value) == price.value


def _is_limit(said: Statement, language: str) -> bool:
    quantity = said.quantity
    if quantity.approximate in ("over", "about"):
        return False
    start = quantity.span.start
    before = " ".join(w.folded for w in said.text if start - _LEADS <= w.start < quantity.span.end)
    led = word_pattern(language, "below").search(before) or word_pattern(language, "not_as_much").search(
        before
    )
    return led is not None


def _keeps(price: Quantity, limit: Quantity) -> bool:
    """Whether a price is less than a limit, if not by much, and the limit is rounder."""
    return price.value < limit.value <= price.value * _FARTHEST and _digits(limit) < _digits(price)


def _digits(quantity: Quantity) -> int:
    """Significant digits of an amount, without the zeros at either end."""
    return len(quantity.value.normalize().as_tuple().digits)


def _is_named(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether a sentence names what a fact gives the price of, or else one of the sentences before."""
    named = {
        n.stem
        for c in (entry.statement.clause, *entry.statement.around)
        for n in c.nouns
        if n.role != "oblique"
    } | (entry.stems & known.products.keys())
    told = sentence_stems(said)
    if (named & told) - known.brand:
        return True
    elsewhere = known.things & told - entry.stems
    earlier = frozenset[str]().union(*(c.stems for c in said.earlier))
    return not elsewhere and bool((named & earlier) - known.brand)
