"""The figures of ours that the words near a figure of a text name: what it may be worked out from.

An amount is named where the text has the subject of the fact that gives it, and no other fact of the same measure is
told by more of its words: “four workshop frames” are none for children.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from inedit.brand.caching import by_identity
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import Entry, Evidence, in_fact, readable
from inedit.guard.evidence.statements import WEEKDAY, Statement
from inedit.guard.evidence.subjects import DATES
from inedit.guard.nlp.grammar import root
from inedit.guard.nlp.quantity import COUNT, CURRENCIES

NEAR = 170
"""Characters between a figure and one that it is worked out from, or a word that says of what."""

POINTS = frozenset({"time", "ordinal", "times", "percent", WEEKDAY, *DATES})
"""What is no amount that may be added up."""

TOLD_BY = {
    "month": (("months", 1),),
    "year": (("months", 12),),
    "week": (("minutes", 10_080),),
    "day": (("minutes", 1440), ("nights", 1)),
    "night": (("nights", 1), ("minutes", 1440)),
    "hour": (("minutes", 60),),
}
"""The measure, and how much of it, that an amount is told by: 39 euros a month."""


@dataclass(frozen=True, slots=True)
class Named:
    """A figure of a fact beside which a text stands: ``told`` are the words of the fact that it has, ``own`` those of
    the figure's own clause, ``shared`` the things among them and the other figures of the fact. ``sure`` where the text
    is about it; else it only has its number, which is asked for itself."""

    entry: Entry
    told: frozenset[str]
    own: frozenset[str]
    shared: frozenset[object]
    sure: bool = True


def is_amount(entry: Entry) -> bool:
    """Whether a figure of a fact measures so much of something that it may be taken times or parted. No time is: what
    takes four days takes two for half of it no more than a guarantee of ten years is one of twenty, taken twice."""
    return entry.quantity.dimension not in {COUNT, *POINTS, *_HOW_LONG_OR_WARM}


_HOW_LONG_OR_WARM = frozenset({"minutes", "seconds", "months", "celsius"})


def words_near(said: Statement, known: Evidence) -> frozenset[str]:
    """The stems of the words around a figure, without the brand's name."""
    start, end = said.quantity.span.start - NEAR, said.quantity.span.end + NEAR
    near = (w.text for w in said.text if start <= w.start <= end and not w.text[:1].isdigit())
    return frozenset(root(word, known.language) for word in near) - known.brand


def named_by(said: Statement, told: frozenset[str], known: Evidence) -> tuple[Named, ...]:
    """The figures of ours whose subject the words near a figure name, without those that another one of the same
    measure is told of by more; and the amounts whose number the text has."""
    figures = {(q.dimension, q.value) for q in said.figures}
    bare = [q.value for q in said.figures if q.dimension == COUNT and not q.counted]
    paid = {measure for measure, _ in figures}.intersection(CURRENCIES)
    figures |= {(money, value) for value in bare for money in paid}
    beside = figures_beside(known)
    found = []
    for entry in known.entries:
        quantity, shared = entry.quantity, entry.stems & told
        own = (quantity.dimension, quantity.value)
        if quantity.bound or quantity.vague or not (shared or own in figures):
            continue
        numbers = (beside[entry.fact] & figures) - {own}
        clause = entry.statement.clause.stems & told
        sure = _is_subject_named(entry, told, known) or (own in figures and _is_told_by(entry, figures))
        if sure or (own in figures and is_amount(entry)):
            found.append(Named(entry, shared, clause, shared & known.things | numbers, sure))
    sure_ones = [one for one in found if one.sure]
    kept = tuple(
        one
        if one.sure and not any(_tells_more(other, one) for other in sure_ones)
        else replace(one, sure=False)
        for one in found
    )
    return tuple(one for one in kept if one.sure or (_own(one) in figures and is_amount(one.entry)))


@by_identity(maxsize=KEPT)
def figures_beside(known: Evidence) -> dict[Fact, frozenset[tuple[str, Decimal]]]:
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


def _own(named: Named) -> tuple[str, Decimal]:
    return named.entry.quantity.dimension, named.entry.quantity.value


def _is_told_by(entry: Entry, figures: set[tuple[str, Decimal]]) -> bool:
    """Whether a text has a figure of the measure that an amount is told by: seven nights of so much a night."""
    measures = {measure for measure, _ in TOLD_BY.get(entry.quantity.period, ())}
    return not measures.isdisjoint(measure for measure, _ in figures)


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
