"""Figures that a reader works out: what one operation, or a sum of products, makes of amounts of ours and of those that
the text itself supposes (so many months, people, pieces).

Asked only of what would be refused. An amount is ours where a fact gives it of which the text names the subject, and no
other fact of the same measure is told by more of its words: “four workshop frames” are none for children. It need not
stand in the text. Whatever has a part in a sum that is right is borne out by it, its operands too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations

from inedit.guard.evidence.doubt import SURELY_TOLD
from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.named_amounts import (
    POINTS,
    Named,
    figures_beside,
    is_amount,
)
from inedit.guard.evidence.reckoned import before_than, reduces, way_of
from inedit.guard.evidence.statements import WEEKDAY, Statement
from inedit.guard.evidence.subjects import DATES
from inedit.guard.evidence.sums import Sums, gap, is_told_as, parts_by, sums_around, times_taken
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, Quantity

_HUNDRED = Decimal(100)

_ANOTHER_MARKET = 2
"""Words of a claim of another market or day that show that it is told."""


def told_by_sum(said: Statement, known: Evidence) -> Entry | None:
    """The entry from which a figure of a text follows, with the text's other figures."""
    quantity = said.quantity
    if quantity.bound or quantity.vague or quantity.dimension in (*DATES, "time", WEEKDAY, "ordinal"):
        return None
    sums = sums_around(said, known)
    guessed = [n.entry for n in sums.named if not n.sure and n.entry.quantity.value == quantity.value]
    return next((entry for way in _WAYS for entry in way(sums) if entry not in guessed), None)


def _products(sums: Sums) -> Iterator[Entry]:
    """An amount of ours taken so many times, or parted: « un an de loyers : 468 € » of 39 a month."""
    for named in sums.named:
        entry, given = named.entry, named.entry.quantity
        if not is_amount(entry) or not given.value:
            continue
        if given.approximate in ("over", "under") and given.dimension not in CURRENCIES:
            continue  # twelve of 29 kilos at most weigh no 348
        for made in sums.told(given.dimension):
            for count in (sums.said, *sums.near):
                times = times_taken(count, entry) if count is not made else None
                part = parts_by(count, made)
                parted = part is not None and is_told_as(given.value / part, made)
                taken = times is not None and times != 1 and is_told_as(given.value * times, made)
                if not parted and not taken:
                    continue
                # a count that parts one amount of ours into another one may be of anything
                counts = sums.said is count and made.value not in sums.values(given.dimension, sure=True)
                if counts or sums.said is made or sums.tells(entry):
                    yield entry


def _by_its_count(sums: Sums) -> Iterator[Entry]:
    """An amount of ours by a count of its own fact: 29 of twelve parcels for 348; or one of the reader's, within what
    the fact allows, in as many parts as the fact says (1,000 in 4 instalments)."""
    said = sums.said
    for named in sums.named:
        entry, given = named.entry, named.entry.quantity
        counts = [
            e.quantity.value
            for e in sums.known.entries
            if e.fact == entry.fact
            and e.quantity.dimension in (COUNT, "times")
            and e.quantity.value > 1
            and not e.quantity.bound
            and (
                e.statement.counted in named.told or (e.quantity.dimension, e.quantity.value) in named.shared
            )
        ]
        if given.dimension != said.dimension or not is_amount(entry):
            continue
        if any(is_told_as(given.value / count, said) for count in counts):
            yield entry
        if given.dimension not in CURRENCIES or given.approximate not in ("from", "over"):
            continue
        for other in sums.near:
            low, high = sorted((said.value, other.value))
            keeps = other.dimension == said.dimension and high >= given.value
            if keeps and any(low * count == high for count in counts):
                yield entry


def _differences(sums: Sums) -> Iterator[Entry]:
    """What two amounts of ours make together or are apart; one of them at least stands in the text, or each is named by
    a word that the other has not. What is “more” or “less” is so of the one that is named before “than”."""
    said = sums.said
    if said.dimension in POINTS or said.dimension == COUNT:
        return
    told = {q.value for q in sums.near if q.dimension in (said.dimension, COUNT)} - {said.value}
    way = way_of(sums.statement, sums.known.language)
    for one, other in combinations(sums.ours(said.dimension), 2):
        first, second = one.entry.quantity, other.entry.quantity
        if first.period != second.period or first.value == second.value:
            continue
        apart = said.value == abs(first.value - second.value)
        if not apart and (said.value != first.value + second.value or way):
            continue
        if way in ("more", "less"):
            greater, smaller = (one, other) if first.value > second.value else (other, one)
            meant, than = (greater, smaller) if way == "more" else (smaller, greater)
            borne_out = _is_said_of(meant, than, sums)
        else:
            borne_out = bool({first.value, second.value} & told) or (
                _has_own(one, other) and _has_own(other, one)
            )
        if borne_out:
            yield one.entry


def _has_own(one: Named, other: Named) -> bool:
    """Whether a text names an amount by a word that another one has not."""
    if one.entry.fact == other.entry.fact:
        return bool(one.own - other.own)
    return bool(one.shared - other.entry.stems)


def _is_said_of(meant: Named, than: Named, sums: Sums) -> bool:
    """Whether a text names one amount before “than”, and the other one only behind it."""
    before = frozenset(before_than(sums.statement, sums.known.language))
    if meant.entry.fact == than.entry.fact:
        mine, theirs = meant.own - than.own, than.own - meant.own
    else:
        mine, theirs = meant.told - than.entry.stems, than.told - meant.entry.stems
    return bool(mine & before) and theirs.isdisjoint(before)


def _lacks(sums: Sums) -> Iterator[Entry]:
    """What the reader's own amount lacks to a limit of ours, or to a measure that is needed: « Votre panier est à
    68 € ? Il manque 7 € », “a landing of 1.40 m is 15 cm too tight”."""
    said = sums.said
    measured = (
        n.entry for n in sums.named if is_amount(n.entry) and n.entry.quantity.dimension not in CURRENCIES
    )
    for entry in (*measured, *_thresholds(sums)):
        limit = entry.quantity
        measures = (limit.dimension, COUNT)
        if said.dimension not in measures:
            continue
        for other in sums.near:
            if other.dimension not in measures or limit.dimension not in (said.dimension, other.dimension):
                continue
            if any(q.dimension == COUNT and q.counted for q in (said, other)):
                continue
            if said.value + other.value == limit.value:
                yield entry


def _thresholds(sums: Sums) -> Iterator[Entry]:
    """Amounts of money from which a fact gives something and of which the text has a word, or two where the fact is of
    another market or day: whether it may be promised here is asked of the promise."""
    for entry in (*sums.known.entries, *sums.known.withheld):
        limit = entry.quantity
        if limit.dimension in CURRENCIES and limit.approximate in ("from", "over"):
            least = _ANOTHER_MARKET if entry.fact.kind == "withheld" else 1
            if len(entry.stems & sums.words) >= least:
                yield entry


def _rest(sums: Sums) -> Iterator[Entry]:
    """“Eleven of the 18 … the other seven”: three counts of which one fact gives two, and the third is what they leave
    or make together."""
    value = sums.said.value
    if sums.said.dimension != COUNT:
        return
    numbers = {q.value for q in sums.near if q.dimension in (COUNT, "percent")}
    numbers |= {Decimal(n) for q in sums.near for n in (q.part, q.whole) if n}
    beside = figures_beside(sums.known)
    for named in sums.named:
        entry, whole = named.entry, named.entry.quantity.value
        if entry.quantity.dimension != COUNT or whole not in numbers:
            continue
        parts = {v for measure, v in beside[entry.fact] if measure == COUNT} - {whole, value}
        if (COUNT, value) in beside[entry.fact]:
            continue  # a number of the fact itself is told in its words („neun Punkte“)
        if any(part > 1 and part in numbers and value in (whole - part, whole + part) for part in parts):
            yield entry


def _shares(sums: Sums) -> Iterator[Entry]:
    """A share of ours of what the text counts, or what a reduction of ours takes off a price and leaves of it: 22 % of
    1,640, 20 % off 2,150."""
    for named in sums.named:
        entry, share = named.entry, named.entry.quantity
        if share.dimension != "percent":
            continue
        told = any(q.dimension == "percent" and q.value == share.value for q in (sums.said, *sums.near))
        surely = told or len(named.told) >= SURELY_TOLD
        for base, measure, own in _bases(sums, named):
            parts = (base * share.value / _HUNDRED, base * (_HUNDRED - share.value) / _HUNDRED)
            for made in (sums.said, *sums.near):
                if made is own or made.dimension != measure:
                    continue
                if not any(part == made.value or (surely and is_told_as(part, made)) for part in parts):
                    continue
                if sums.said is made or sums.said is own or sums.tells(entry):
                    yield entry


def _bases(sums: Sums, share: Named) -> Iterator[tuple[Decimal, str, Quantity | None]]:
    """What a share may be taken of, with its measure and where it is told: a count of what the fact shares out, an
    amount of money where the text surely tells the fact; if that is a reduction, a price of ours too that it names."""
    told = (sums.said, *sums.near)
    yield from ((q.value, COUNT, q) for q in told if q.dimension == COUNT and q.counted in share.told)
    lowers = reduces(share.entry)
    if not lowers and len(share.told) < SURELY_TOLD:
        return
    money = [q for q in told if q.dimension in CURRENCIES]
    yield from ((q.value, q.dimension, q) for q in money)
    for named in sums.named if lowers and len(share.told) > 1 else ():
        price = named.entry.quantity
        if price.dimension in CURRENCIES and price.value and not price.approximate:
            yield price.value, price.dimension, next((q for q in money if q.value == price.value), None)


_BESIDE = 30
"""Characters between an amount and how often it is taken."""


def _bill(sums: Sums) -> Iterator[Entry]:
    """Amounts of ours that the text tells, each as often as the number before it says, together: “three at 39 and nine
    at 54 make 603”."""
    listed = sorted((sums.said, *sums.near), key=lambda q: q.span)
    for i, total in enumerate(listed):
        if total.dimension in POINTS or total.dimension == COUNT:
            continue
        ours = {n.entry.quantity.value: n.entry for n in sums.ours(total.dimension)}
        sum_, taken, parts = Decimal(0), [total], 0
        for j in range(i - 1, -1, -1):
            price = listed[j]
            if price.dimension == COUNT:
                continue
            if price.dimension != total.dimension or price.value not in ours:
                break
            before = listed[j - 1] if j else price
            times = times_taken(before, ours[price.value]) if gap(before, price) <= _BESIDE else None
            sum_ += price.value * (times or 1)
            taken += [price, *((before,) if times else ())]
            parts += 1
            if parts > 1 and sum_ == total.value and sums.said in taken:
                yield ours[price.value]


_WAYS: tuple[Callable[[Sums], Iterator[Entry]], ...] = (
    _products,
    _by_its_count,
    _differences,
    _lacks,
    _rest,
    _shares,
    _bill,
)
