"""Figures that a text works out before the reader's eyes from amounts of ours: “£2,150 less £430 is £1,720”, the other
46 %, « encore dix euros » to a threshold.

Asked only of what would be refused. Every operand stands in the text, but for a threshold; what a fact gives is held
against the facts for itself, so that only the sum is looked at here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import combinations

from inedit.brand.caching import by_identity
from inedit.guard.evidence.facts import KEPT
from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.grammar import grammar, root
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, Quantity
from inedit.guard.nlp.word_lists import word_list

_NEAR = 170
"""Characters between a figure and one that it is worked out from."""

_HUNDRED = Decimal(100)

_ANOTHER_MARKET = 2
"""Words of a claim of another market or day that show that it is told."""

_MOST_TIMES = 50
"""How many of a thing a price is taken times at most."""


def told_by_sum(said: Statement, known: Evidence) -> Entry | None:
    """The entry from which a figure of a text follows, with the text's other figures."""
    quantity = said.quantity
    if quantity.bound or quantity.approximate in ("over", "under"):
        return None
    near = [q for q in said.figures if q.span != quantity.span and _gap(q, quantity) <= _NEAR]
    if not near:
        return None
    ours = amounts(known)
    if quantity.dimension in CURRENCIES:
        return _of_prices(quantity, near, ours) or _to_threshold(said, near, known)
    if quantity.dimension == "percent":
        return _rest_of_hundred(said, near, ours, known) or _share_of_counts(quantity, near, ours)
    if quantity.dimension == COUNT:
        return (
            _rest_of_count(said, near, ours)
            or _counted_out(quantity, near, ours)
            or _to_threshold(said, near, known)
        )
    return None


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


def _of_prices(price: Quantity, near: Iterable[Quantity], ours: Amounts) -> Entry | None:
    """A price as the sum, the difference, the multiple or the part of others that the text tells."""
    measure, value = price.dimension, price.value
    told = [q for q in near if q.dimension in (measure, COUNT) and not q.bound]
    money = [q for q in told if q.dimension == measure or (not q.counted and (measure, q.value) in ours)]
    mine = [q.value for q in money if (measure, q.value) in ours]
    counts = {
        q.value for q in told if q.dimension == COUNT and 1 < q.value <= _MOST_TIMES and not q.value % 1
    }
    shares = {q.value for q in near if q.dimension == "percent" and ("percent", q.value) in ours}
    single = next((v for v in mine if _is_multiple(value, v, counts)), None)
    if single is not None:
        return ours[measure, single][0]
    for one, other in combinations([q.value for q in money], 2):
        known_ones = [v for v in (one, other) if (measure, v) in ours]
        if len(known_ones) > 1 and value in (one + other, abs(one - other)):
            return ours[measure, known_ones[0]][0]
    before = [q.value for q in money if q.span.start < price.span.start and (measure, q.value) in ours]
    if len(before) > 2 and any(sum(before[i:]) == value for i in range(len(before) - 2)):
        return ours[measure, before[-1]][0]
    for base in {v * n for v in mine for n in counts | {Decimal(1)}}:
        if any(value in (base * share / _HUNDRED, base * (_HUNDRED - share) / _HUNDRED) for share in shares):
            return ours[measure, mine[0]][0]
    return None


def _is_multiple(value: Decimal, price: Decimal, counts: set[Decimal]) -> bool:
    """Whether a price is another one so many times, or one of so many equal parts of it."""
    return any(price * n == value or value * n == price for n in counts)


def _to_threshold(said: Statement, near: Iterable[Quantity], known: Evidence) -> Entry | None:
    """« Votre panier est à 68 € ? Il manque 7 € » of delivery that is free from 75: the reader's own amount and what it
    lacks make a limit together from which a fact gives something, of which the text has a word."""
    quantity = said.quantity
    if quantity.dimension == COUNT and quantity.counted:
        return None
    others = [q for q in near if q.dimension in CURRENCIES or (q.dimension == COUNT and not q.counted)]
    around = sentence_stems(said).union(*(c.stems for c in said.earlier))
    told = {root(w.text, known.language) for w in said.text}
    for entry in (*known.entries, *known.withheld):
        limit = entry.quantity
        if limit.dimension not in CURRENCIES or limit.approximate not in ("from", "over"):
            continue
        if entry.fact.kind == "withheld" and len(entry.stems & around) < _ANOTHER_MARKET:
            continue  # whether it may be promised here is asked of the promise
        measures = {limit.dimension, COUNT}
        makes = any(
            q.value + quantity.value == limit.value
            and {q.dimension, quantity.dimension} <= measures
            and limit.dimension in (q.dimension, quantity.dimension)
            for q in others
        )
        if makes and (not entry.stems.isdisjoint(around) or not entry.stems.isdisjoint(told)):
            return entry
    return None


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


def _rest_of_count(said: Statement, near: Iterable[Quantity], ours: Amounts) -> Entry | None:
    """“Eleven of the 18 … the other seven”: three counts of which one fact gives two, and the third is what they leave
    or make together."""
    value = said.quantity.value
    # a number of the fact itself is told in its words („neun Punkte“)
    given = {e.fact for (_, amount), entries in ours.items() if amount == value for e in entries}
    numbers = {q.value for q in near if q.dimension in (COUNT, "percent") and not q.bound}
    numbers |= {Decimal(n) for q in near for n in (q.part, q.whole) if n}
    for one, other in combinations(sorted(numbers), 2):
        if one <= 1 or value not in (one + other, other - one):
            continue
        facts = {e.fact for e in ours.get((COUNT, one), ())} & {e.fact for e in ours.get((COUNT, other), ())}
        if facts - given:
            return next(e for e in ours[COUNT, one] if e.fact in facts - given)
    return None


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
