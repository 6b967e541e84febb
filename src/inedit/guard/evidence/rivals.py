"""Whether a fact with another value may deny what a text says in figures, and whether it clearly does."""

from __future__ import annotations

from collections.abc import Sequence

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.same_figure import CERTAIN
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import TIMES
from inedit.guard.evidence.without_unit import is_another_average
from inedit.guard.nlp.arithmetic import MINUTES, same_measure
from inedit.guard.nlp.quantity import COUNT, YEAR, Quantity


def may_deny(entry: Entry, said: Statement) -> bool:
    """Whether an entry with another value may deny a statement: it counts the same thing, or measures the same way."""
    mine, theirs = said.counted, entry.statement.counted
    if {entry.quantity.dimension, said.quantity.dimension} & {
        COUNT,
        YEAR,
    } and entry.quantity.dimension != said.quantity.dimension:
        return False
    if said.quantity.dimension == COUNT:
        return bool(mine) and mine == theirs
    if (
        "time" in (entry.quantity.dimension, said.quantity.dimension)
        and entry.quantity.dimension != said.quantity.dimension
    ):
        return False  # « à midi » is not a denial of « en deux heures »
    if entry.quantity.dimension in TIMES and not _same_order(entry.quantity, said.quantity):
        return False
    return not (mine and theirs) or mine == theirs


def _same_order(one: Quantity, other: Quantity) -> bool:
    """Whether two lengths of time may be told of the same thing: hours are no denial of years."""
    if one.dimension == "time" and other.value > 1440:
        return False
    low, high = sorted(q.value * MINUTES.get(q.dimension, 1) for q in (one, other))
    return high <= low * 24


def denies_clearly(rivals: Sequence[Entry], said: Statement) -> bool:
    """Whether a fact of the same measure is clearly about the same thing: two words of it, or its very subject."""
    return any(
        len(entry.stems & said.clause.stems - said.own) >= CERTAIN
        or (has_same_subject(entry, said) and entry.fact.kind != "insight")
        or is_another_average(entry, said)
        for entry in rivals
    )


def has_same_subject(entry: Entry, said: Statement) -> bool:
    """Whether a fact tells its figure of what the statement's clause is about: “on a sheet, a mend weighs …”."""
    mine, theirs = said.clause.nouns, entry.statement.clause.nouns
    return not {n.stem for n in mine if n.role == "bare"}.isdisjoint(
        n.stem for n in theirs if n.role == "bare"
    )


def gives_both(entry: Entry, rival: Entry, known: Evidence) -> bool:
    """Whether the fact of an amount gives the rival's too: what costs 39 euros instead of 58 is what costs 58."""
    return entry.fact.kind == "offer" and any(
        e.fact == entry.fact
        and same_measure(e.quantity, rival.quantity)
        and e.quantity.value == rival.quantity.value
        for e in known.entries
    )
