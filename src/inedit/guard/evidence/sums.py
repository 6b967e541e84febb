"""What stands around a figure that may be worked out: the other figures near it and those of ours that the words there
name; and when what a sum makes is what a text tells."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.named_amounts import NEAR, TOLD_BY, Named, named_by, words_near
from inedit.guard.evidence.statements import Statement
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_pattern

_MOST_TIMES = 50
"""How many of a thing an amount is taken times at most."""

_LOOSE = Decimal("1.05")
"""“Less than 80” is said of what is a twentieth below at most."""

_KILO = 1000


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures near one of a text, the words around it, and the figures of ours that they name."""

    statement: Statement
    said: Quantity
    near: tuple[Quantity, ...]
    words: frozenset[str]
    named: tuple[Named, ...]
    known: Evidence

    def told(self, measure: str) -> list[Quantity]:
        """The amounts of a measure that stand in the text, the one asked for among them; a number without a unit is
        one where it is ours („39 mal zwölf“)."""
        ours = self.values(measure)
        return [
            q
            for q in (self.said, *self.near)
            if q.dimension == measure or (q.dimension == COUNT and not q.counted and q.value in ours)
        ]

    def tells(self, entry: Entry) -> bool:
        """Whether the figure asked for is the fact's own."""
        measure = entry.quantity.dimension
        same = self.said.dimension == measure or (self.said.dimension == COUNT and not self.said.counted)
        return same and self.said.value == entry.quantity.value

    def values(self, measure: str, *, sure: bool = False) -> set[Decimal]:
        """The values of those of ours of a measure; ``sure``: of those that the text is about."""
        return {n.entry.quantity.value for n in self.ours(measure) if n.sure or not sure}

    def ours(self, measure: str) -> list[Named]:
        """Those of ours of a measure."""
        return [n for n in self.named if n.entry.quantity.dimension == measure]


def sums_around(said: Statement, known: Evidence) -> Sums:
    """What a figure of a text may be worked out from."""
    quantity = said.quantity
    near = tuple(
        q for q in said.figures if q.span != quantity.span and not q.bound and gap(q, quantity) <= NEAR
    )
    around = words_near(said, known)
    return Sums(said, quantity, near, around, named_by(said, around, known), known)


def gap(one: Quantity, other: Quantity) -> int:
    """Characters between two figures."""
    return max(one.span.start - other.span.end, other.span.start - one.span.end)


def is_told_as(made: Decimal, told: Quantity) -> bool:
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


def times_taken(told: Quantity, entry: Entry) -> Decimal | None:
    """How many times a figure of a text takes an amount of ours: so many of a thing, or the length of time
    or the weight that it is told by."""
    given = entry.quantity
    if told.dimension in (COUNT, "times"):
        return told.value if 1 < told.value <= _MOST_TIMES and not told.value % 1 else None
    for measure, size in TOLD_BY.get(given.period, ()):
        if told.dimension == measure:
            return told.value / size
    if told.dimension == "g" and _is_by_the_kilo(entry):
        return told.value / _KILO
    return None


def _is_by_the_kilo(entry: Entry) -> bool:
    pattern = word_pattern(entry.fact.language, "by_the_kilo")
    return pattern.match(fold(entry.fact.text), entry.quantity.span.end) is not None


def parts_by(told: Quantity, made: Quantity) -> Decimal | None:
    """In how many parts a figure of a text divides an amount into another one: so many pieces, or the length of time
    that the part is counted by („48 € für drei Stunden: 16 € die Stunde“)."""
    if told.dimension == COUNT:
        return told.value if 1 < told.value <= _MOST_TIMES and not told.value % 1 else None
    sizes = (told.value / size for measure, size in TOLD_BY.get(made.period, ()) if measure == told.dimension)
    return next((times for times in sizes if times > 1), None)
