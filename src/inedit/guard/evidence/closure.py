"""Figures that a reader works out: what one operation, or a sum of products, makes of amounts of ours and of those that
the text itself supposes (so many months, people, pieces).

Asked only of what would be refused. An amount is ours where a fact gives it of which the text names the subject, and no
other fact of the same measure is told by more of its words: “four workshop frames” are none for children. It need not
stand in the text. Whatever has a part in a sum that is right is borne out by it, its operands too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from inedit.brand.caching import by_identity
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import Entry, Evidence, in_fact, readable
from inedit.guard.evidence.reckoned import reduces
from inedit.guard.evidence.statements import WEEKDAY, Statement
from inedit.guard.evidence.subjects import DATES
from inedit.guard.nlp.grammar import root
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, Quantity
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_pattern

NEAR = 170
"""Characters between a figure and one that it is worked out from, or a word that says of what."""

_HUNDRED = Decimal(100)

_MOST_TIMES = 50
"""How many of a thing an amount is taken times at most."""

_POINTS = frozenset({"time", "ordinal", "times", "percent", WEEKDAY, *DATES})
"""What is no amount that may be added up."""

_LOOSE = Decimal("1.05")
"""“Less than 80” is said of what is a twentieth below at most."""

_BY = {
    "month": (("months", 1),),
    "year": (("months", 12),),
    "week": (("minutes", 10_080),),
    "day": (("minutes", 1440), ("nights", 1)),
    "night": (("nights", 1), ("minutes", 1440)),
    "hour": (("minutes", 60),),
}
"""The measure, and how much of it, that an amount is told by: 39 euros a month."""

_KILO = 1000


@dataclass(frozen=True, slots=True)
class Named:
    """A figure of a fact that a text is about; ``told`` are the words of the fact that it has, ``own`` those of them that
    stand in the figure's own clause, ``shared`` the things among them and the other figures of the fact."""

    entry: Entry
    told: frozenset[str]
    own: frozenset[str]
    shared: frozenset[object]


@dataclass(frozen=True, slots=True)
class _Sums:
    """The figures near one of a text, and those of ours that the text is about."""

    said: Quantity
    near: tuple[Quantity, ...]
    named: tuple[Named, ...]
    known: Evidence

    def told(self, measure: str) -> list[Quantity]:
        """The amounts of a measure that stand in the text, the one asked for among them; a number without a unit is
        one where it is ours („39 mal zwölf“)."""
        ours = {n.entry.quantity.value for n in self.ours(measure)}
        return [
            q
            for q in (self.said, *self.near)
            if q.dimension == measure or (q.dimension == COUNT and not q.counted and q.value in ours)
        ]

    def ours(self, measure: str) -> list[Named]:
        """Those of ours of a measure."""
        return [n for n in self.named if n.entry.quantity.dimension == measure]


def told_by_sum(said: Statement, known: Evidence) -> Entry | None:
    """The entry from which a figure of a text follows, with the text's other figures."""
    quantity = said.quantity
    if quantity.bound or quantity.vague or quantity.dimension in (*DATES, "time", WEEKDAY, "ordinal"):
        return None
    near = tuple(
        q for q in said.figures if q.span != quantity.span and not q.bound and gap(q, quantity) <= NEAR
    )
    sums = _Sums(quantity, near, named_by(said, known), known)
    if not sums.named:
        return None
    return next((entry for way in _WAYS for entry in way(sums)), None)


def gap(one: Quantity, other: Quantity) -> int:
    """Characters between two figures."""
    return max(one.span.start - other.span.end, other.span.start - one.span.end)


# whose amounts -------------------------------------------------------------------------------------


def named_by(said: Statement, known: Evidence) -> tuple[Named, ...]:
    """The figures of ours whose subject a text names near a figure, without those that another one of the same measure
    is told of by more."""
    start, end = said.quantity.span.start - NEAR, said.quantity.span.end + NEAR
    words = [w.text for w in said.text if start <= w.start <= end and not w.text[:1].isdigit()]
    told = frozenset(root(word, known.language) for word in words) - known.brand
    figures = {(q.dimension, q.value) for q in said.figures}
    beside = _beside(known)
    found = []
    for entry in known.entries:
        quantity = entry.quantity
        shared = entry.stems & told
        own = (quantity.dimension, quantity.value)
        by = {told for told, _ in figures} & {measure for measure, _ in _BY.get(quantity.period, ())}
        if quantity.bound or quantity.vague or not (shared or (own in figures and by)):
            continue
        if own not in figures and not _is_subject_named(entry, told, known):
            continue
        numbers = (beside[entry.fact] & figures) - {own}
        clause = entry.statement.clause.stems & told
        found.append(Named(entry, shared, clause, shared & known.things | numbers))
    return tuple(one for one in found if not any(_tells_more(other, one) for other in found))


@by_identity(maxsize=KEPT)
def _beside(known: Evidence) -> dict[Fact, frozenset[tuple[str, Decimal]]]:
    """The measures and values of each fact's figures."""
    found: dict[Fact, set[tuple[str, Decimal]]] = {}
    for entry in known.entries:
        found.setdefault(entry.fact, set()).add((entry.quantity.dimension, entry.quantity.value))
    return {fact: frozenset(values) for fact, values in found.items()}


def _is_subject_named(entry: Entry, told: frozenset[str], known: Evidence) -> bool:
    """Whether a text names what a fact gives a figure of: a thing that its clause names before it, else any of its
    clause's, else any noun of the fact's."""
    if not readable(entry.fact, known.language):
        return False
    start, clause = entry.quantity.span.start, entry.statement.clause
    things = known.things | {n.stem for n in clause.nouns if n.role == "bare"}
    before = {root(w.text, known.language) for w in clause.words if w.end <= start} & things
    about = before - known.brand or clause.stems & things - {entry.statement.counted}
    about = about or {n.stem for c in (clause, *entry.statement.around) for n in c.nouns}
    return any(in_fact(stem, told, known) for stem in about)


def _tells_more(one: Named, other: Named) -> bool:
    """Whether a text tells one figure of ours more surely than another one of the same measure."""
    mine, theirs = one.entry.quantity, other.entry.quantity
    if (mine.dimension, mine.period) != (theirs.dimension, theirs.period) or mine.value == theirs.value:
        return False
    if mine.dimension == COUNT:
        return False
    if one.entry.fact == other.entry.fact:
        return one.own > other.own
    return one.shared > other.shared


# what is made of them ------------------------------------------------------------------------------


def _is(made: Decimal, told: Quantity) -> bool:
    """Whether what a sum makes is what a text tells: exactly, or rounded where it says so, on its own side."""
    if made == told.value:
        return True
    if told.approximate == "under":
        return made < told.value <= made * _LOOSE
    if told.approximate == "over":
        return told.value < made <= told.value * _LOOSE
    digits = told.value.normalize().as_tuple()
    exponent = digits.exponent if isinstance(digits.exponent, int) else 0
    if told.approximate != "about":
        exponent = min(exponent, 0)
        if told.dimension != COUNT:
            return False
    unit = Decimal(10) ** exponent
    return abs(made - told.value) * 2 <= unit and len(digits.digits) > 1


def _times(told: Quantity, entry: Entry) -> Decimal | None:
    """How many times a figure of a text takes an amount of ours: so many of a thing, or the length of time or the weight
    that it is told by."""
    given = entry.quantity
    if told.dimension in (COUNT, "times"):
        return told.value if 1 < told.value <= _MOST_TIMES and not told.value % 1 else None
    for measure, size in _BY.get(given.period, ()):
        if told.dimension == measure:
            return told.value / size
    if told.dimension == "g" and _is_by_the_kilo(entry):
        return told.value / _KILO
    return None


def _is_by_the_kilo(entry: Entry) -> bool:
    pattern = word_pattern(entry.fact.language, "by_the_kilo")
    return pattern.match(fold(entry.fact.text), entry.quantity.span.end) is not None


def _products(sums: _Sums) -> Iterator[Entry]:
    """An amount of ours taken so many times, or parted: « un an de loyers : 468 € » of 39 a month."""
    for named in sums.named:
        entry, given = named.entry, named.entry.quantity
        if given.dimension in _POINTS or given.dimension == COUNT or not given.value:
            continue
        for made in sums.told(given.dimension):
            for count in (sums.said, *sums.near):
                times = _times(count, entry) if count is not made else None
                if times is None or times == 1:
                    continue
                parted = count.dimension == COUNT and _is(given.value / times, made)
                if not parted and not _is(given.value * times, made):
                    continue
                if sums.said in (made, count) or sums.said.value == given.value:
                    yield entry


def _by_its_count(sums: _Sums) -> Iterator[Entry]:
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
            and (e.statement.counted in named.told or (e.quantity.dimension, e.quantity.value) in named.shared)
        ]
        if given.dimension != said.dimension or given.dimension in _POINTS or given.dimension == COUNT:
            continue
        if any(_is(given.value / count, said) for count in counts):
            yield entry
        if given.dimension not in CURRENCIES or given.approximate not in ("from", "over"):
            continue
        for other in sums.near:
            low, high = sorted((said.value, other.value))
            keeps = other.dimension == said.dimension and high >= given.value
            if keeps and any(low * count == high for count in counts):
                yield entry


def _differences(sums: _Sums) -> Iterator[Entry]:
    """What two amounts of ours make together or are apart; one of them at least stands in the text, or each is named by
    a word that the other has not."""
    said = sums.said
    if said.dimension in _POINTS or said.dimension == COUNT:
        return
    told = {q.value for q in sums.near if q.dimension in (said.dimension, COUNT)}
    for one, other in combinations(sums.ours(said.dimension), 2):
        first, second = one.entry.quantity, other.entry.quantity
        if first.period != second.period or first.value == second.value:
            continue
        if said.value not in (first.value + second.value, abs(first.value - second.value)):
            continue
        if {first.value, second.value} & told or _are_both_named(one, other):
            yield one.entry


def _are_both_named(one: Named, other: Named) -> bool:
    if one.entry.fact == other.entry.fact:
        return bool(one.own - other.own) and bool(other.own - one.own)
    return bool(one.shared - other.entry.stems) and bool(other.shared - one.entry.stems)


def _lacks(sums: _Sums) -> Iterator[Entry]:
    """What the reader's own amount lacks to a limit of ours, or to a measure that is needed: « Votre panier est à 68 € ?
    Il manque 7 € », “a landing of 1.40 m is 15 cm too tight”."""
    said = sums.said
    for named in (*sums.named, *_thresholds(sums)):
        limit = named.entry.quantity
        measures = (limit.dimension, COUNT)
        if limit.dimension in _POINTS or limit.dimension == COUNT or said.dimension not in measures:
            continue
        if limit.dimension in CURRENCIES and limit.approximate not in ("from", "over"):
            continue
        for other in sums.near:
            if other.dimension not in measures or limit.dimension not in (said.dimension, other.dimension):
                continue
            if any(q.dimension == COUNT and q.counted for q in (said, other)):
                continue
            if said.value + other.value == limit.value:
                yield named.entry


def _thresholds(sums: _Sums) -> Iterator[Named]:
    """Limits of another market or day, which count where two words tell them: whether what they give may be promised
    here is asked of the promise."""
    return iter(())


def _rest(sums: _Sums) -> Iterator[Entry]:
    """“Eleven of the 18 … the other seven”: three counts of which one fact gives two, and the third is what they leave
    or make together."""
    value = sums.said.value
    if sums.said.dimension != COUNT:
        return
    numbers = {q.value for q in sums.near if q.dimension in (COUNT, "percent")}
    numbers |= {Decimal(n) for q in sums.near for n in (q.part, q.whole) if n}
    beside = _beside(sums.known)
    for named in sums.named:
        entry, whole = named.entry, named.entry.quantity.value
        if entry.quantity.dimension != COUNT or whole not in numbers:
            continue
        parts = {v for measure, v in beside[entry.fact] if measure == COUNT} - {whole, value}
        if (COUNT, value) in beside[entry.fact]:
            continue  # a number of the fact itself is told in its words („neun Punkte“)
        if any(part > 1 and part in numbers and value in (whole - part, whole + part) for part in parts):
            yield entry


def _shares(sums: _Sums) -> Iterator[Entry]:
    """A share of ours of what the text counts, or what a reduction of ours takes off a price and leaves of it: 22 % of
    1,640, 20 % off 2,150."""
    for named in sums.named:
        entry, share = named.entry, named.entry.quantity
        if share.dimension != "percent":
            continue
        told = any(q.dimension == "percent" and q.value == share.value for q in (sums.said, *sums.near))
        for base, measure, own in _bases(sums, named):
            parts = (base * share.value / _HUNDRED, base * (_HUNDRED - share.value) / _HUNDRED)
            for made in (sums.said, *sums.near):
                if made is own or made.dimension != measure:
                    continue
                if not any(part == made.value or (told and _is(part, made)) for part in parts):
                    continue
                if sums.said in (made, own) or sums.said.value == share.value:
                    yield entry


def _bases(sums: _Sums, share: Named) -> Iterator[tuple[Decimal, str, Quantity | None]]:
    """What a share may be taken of, with its measure and where it is told: a count of what the fact shares out; if it
    is a reduction, an amount of money in the text or a price of ours that the text names."""
    if not reduces(share.entry):
        for told in (sums.said, *sums.near):
            if told.dimension == COUNT and told.value > 1 and told.counted in share.told:
                yield told.value, COUNT, told
        return
    money = [q for q in (sums.said, *sums.near) if q.dimension in CURRENCIES]
    yield from ((q.value, q.dimension, q) for q in money)
    for named in sums.named if len(share.told) > 1 else ():
        price = named.entry.quantity
        if price.dimension in CURRENCIES and price.value and not price.approximate:
            yield price.value, price.dimension, next((q for q in money if q.value == price.value), None)


_BESIDE = 30
"""Characters between an amount and how often it is taken."""


def _bill(sums: _Sums) -> Iterator[Entry]:
    """Amounts of ours that the text tells, each as often as the number before it says, together: “three at 39 and nine
    at 54 make 603”."""
    listed = sorted((sums.said, *sums.near), key=lambda q: q.span)
    for i, total in enumerate(listed):
        if total.dimension in _POINTS or total.dimension == COUNT:
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
            times = _times(before, ours[price.value]) if gap(before, price) <= _BESIDE else None
            sum_ += price.value * (times or 1)
            taken += [price, *((before,) if times else ())]
            parts += 1
            if parts > 1 and sum_ == total.value and sums.said in taken:
                yield ours[price.value]


_WAYS: tuple[Callable[[_Sums], Iterator[Entry]], ...] = (
    _products,
    _by_its_count,
    _differences,
    _lacks,
    _rest,
    _shares,
    _bill,
)
