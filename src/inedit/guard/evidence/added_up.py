"""Shares that a text makes of others before the reader's eyes: the other 46 %, 1,740 of 1,850 as 94 %, “one in eleven”.

Asked only of what would be refused. Every operand stands in the text; what a fact gives is held against the facts for
itself, so that only the sum is looked at here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from inedit.brand.caching import by_identity
from inedit.guard.evidence.facts import KEPT
from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import Statement
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.word_lists import word_list

_NEAR = 170
"""Characters between a figure and one that it is worked out from."""

_HUNDRED = Decimal(100)


def told_by_shares(said: Statement, known: Evidence) -> Entry | None:
    """The entry from which a share, or a count of one, follows with the text's other figures."""
    quantity = said.quantity
    if quantity.bound or quantity.approximate in ("over", "under"):
        return None
    near = [q for q in said.figures if q.span != quantity.span and _gap(q, quantity) <= _NEAR]
    if not near:
        return None
    ours = amounts(known)
    if quantity.dimension == "percent":
        return _rest_of_hundred(said, near, ours, known) or _share_of_counts(quantity, near, ours)
    return _counted_out(quantity, near, ours) if quantity.dimension == COUNT else None


@by_identity(maxsize=KEPT)
def amounts(known: Evidence) -> Mapping[tuple[str, Decimal], tuple[Entry, ...]]:
    """The figures of a brand's facts by their measure and value."""
    found: dict[tuple[str, Decimal], list[Entry]] = {}
    for entry in known.entries:
        found.setdefault((entry.quantity.dimension, entry.quantity.value), []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


Amounts = Mapping[tuple[str, Decimal], tuple[Entry, ...]]


def _gap(one: Quantity, other: Quantity) -> int:
    return max(one.span.start - other.span.end, other.span.start - one.span.end)


def _rest_of_hundred(
    said: Statement, near: Iterable[Quantity], ours: Amounts, known: Evidence
) -> Entry | None:
    """„Die übrigen 46 %“ of 54 %, « six départs sur cent …, les 94 autres non »: what a share of ours leaves of
    a hundred, where the text tells that share too, and calls one of the two the rest or denies it."""
    value = said.quantity.value
    for other in near:
        share = other.value
        if other.dimension not in ("percent", COUNT) or share + value != _HUNDRED:
            continue
        entries = ours.get(("percent", share))
        if entries and _is_other_side(said, other, known.language):
            return entries[0]
    return None


def _is_other_side(said: Statement, other: Quantity, language: str) -> bool:
    """Whether one of two figures of a text is called the rest, or denied."""
    start, end = (
        min(said.quantity.span.start, other.span.start),
        max(said.quantity.span.end, other.span.end),
    )
    rest, denials = word_list(language, "the_rest"), grammar(language).denials | grammar(language).negations
    told = {w.folded for w in said.text if start - _LEADS <= w.start <= end + _FOLLOWS}
    return not told.isdisjoint(rest | denials)


_LEADS, _FOLLOWS = 20, 60
"""Characters before and behind two figures in which one of them is called the rest."""


def _counted_out(quantity: Quantity, near: Iterable[Quantity], ours: Amounts) -> Entry | None:
    """“1,740 of the 1,850 … Call it 94 %”: a share that the text tells of a count beside it; either may be asked."""
    for share in near:
        entries = ours.get(("percent", share.value)) if share.dimension == "percent" else None
        if not entries or share.whole:
            continue
        for other in near:
            if other.dimension == COUNT and min(other.value, quantity.value) > 1:
                part, whole = sorted((other.value, quantity.value))
                if whole > part and round(part * _HUNDRED / whole) == share.value:
                    return entries[0]
    return None


def _share_of_counts(quantity: Quantity, near: Iterable[Quantity], ours: Amounts) -> Entry | None:
    """A share told in two numbers as few as a reader makes of the fact's own: “one in eleven” of 90 in 1,000."""
    if quantity.part != 1 or not quantity.whole:
        return None
    counts = sorted(
        {q.value for q in near if q.dimension == COUNT} | {Decimal(q.whole) for q in near if q.whole}
    )
    counts += [Decimal(q.part) for q in near if q.part]
    for part, whole in ((a, b) for a in counts for b in counts if 1 < a < b):
        facts = {e.fact for e in ours.get((COUNT, part), ())} & {e.fact for e in ours.get((COUNT, whole), ())}
        if facts and round(whole / part) == quantity.whole:
            return next(e for e in ours[COUNT, part] if e.fact in facts)
    return None


def tells_the_rest(entry: Entry, said: Statement, known: Evidence) -> bool:
    """«De cada cien pasajeros, treinta y ocho no ponen el despertador a las 5:20» of 62 in 100 who do: a figure of a
    fact whose share the text tells by what it leaves, and therefore denied or turned."""
    if entry.quantity.dimension == "percent":
        return False
    shares = [e.quantity for e in known.entries if e.fact == entry.fact and e.quantity.dimension == "percent"]
    told = [q for q in said.figures if q.dimension in ("percent", COUNT) and _gap(q, said.quantity) <= _NEAR]
    for share in shares:
        rest = {_HUNDRED - share.value} | ({Decimal(share.whole - share.part)} if share.whole else set())
        if any(q.value in rest and q.value != share.value for q in told):
            return True
    return False


def told_of_the_rest(said: Statement, known: Evidence) -> Entry | None:
    """“Six in a hundred left 5 minutes late or more” of 94 % within 5 minutes: a bound of a fact turned, said of what
    its share leaves."""
    quantity = said.quantity
    turned = {"over": "under", "from": "under", "under": "over"}.get(quantity.approximate)
    if turned is None:
        return None
    return next(
        (
            e
            for e in amounts(known).get((quantity.dimension, quantity.value), ())
            if e.quantity.approximate in (turned, "") and tells_the_rest(e, said, known)
        ),
        None,
    )
