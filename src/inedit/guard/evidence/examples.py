"""Examples on the right side of a limit that a fact sets: a boy of eight of “free under twelve”, an order of 130 € of
“free from 120 €”."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.arithmetic import MINUTES
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, Quantity
from inedit.guard.nlp.word_lists import roots, word_pattern

_ONES = frozenset({"free", "discount", "refund", "replacement", "returns", "guarantee"})
"""Promises that somebody or something comes under, on one side of a limit."""

_PERFORMED = frozenset({"delivery", "speed"})
"""Promises that are carried out within a time: there a shorter time is another promise."""

_NEAR = 160
"""Characters from an example to what follows for it."""

_AROUND, _WHOLE = 16, 100


def is_an_example(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether a figure is one that a limit of a fact lets in, in a text that tells what the fact promises there."""
    example = said.quantity
    return (
        not (example.approximate or example.bound)
        and _is_inside(_limit(entry), example)
        and _is_told_of_one(entry, said, known)
        and not (entry.stems & _told(said)) <= known.brand
        and _tells_promise(entry, said, known)
    )


@lru_cache(maxsize=4096)
def _lasts(fact: Fact) -> bool:
    """Whether a fact promises something that holds for a time, and nothing that is carried out within one."""
    kinds = {kind for kind, _ in promises(fact.text, fact.language)}
    return not kinds.isdisjoint(_ONES) and kinds.isdisjoint(_PERFORMED)


def _limit(entry: Entry) -> Quantity:
    """A fact's figure as the limit that it is: what is promised for ninety days holds within them."""
    given = entry.quantity
    if given.approximate not in ("", "from") or given.bound or given.dimension not in ("minutes", "months"):
        return given
    return replace(given, approximate="under") if _lasts(entry.fact) else given


def _is_inside(given: Quantity, example: Quantity) -> bool:
    """Whether a figure that sets no limit itself keeps the one that is given."""
    if example.approximate or example.bound or given.bound or example.value <= 0:
        return False
    mine, limit = example.value, given.value
    if given.dimension != example.dimension:
        age = given.dimension == "months" and example.dimension == COUNT and not example.counted
        if age:
            mine, limit = example.number, given.number
        elif not {given.dimension, example.dimension} <= {"minutes", "months"}:
            return False
        else:
            mine, limit = (q.value * MINUTES[q.dimension] for q in (example, given))
    sides = {"under": mine < limit, "over": mine > limit, "from": mine >= limit}
    return sides.get(given.approximate, False)


def _is_told_of_one(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether a figure measures what comes under the limit: an order, somebody's age, the time since; no price, no time
    in which something is done."""
    example, language = said.quantity, known.language
    if example.dimension in CURRENCIES:
        return not roots(language, "purchases").isdisjoint(said.clause.stems)
    if entry.quantity.dimension in ("months", "minutes"):
        own = grammar(language)
        people = own.people | own.guests
        if not people.isdisjoint(entry.stems) and entry.quantity.dimension == "months":
            years = example.dimension == "months" and example.value >= _A_YEAR  # no two hours
            return years or example.dimension == COUNT
        start, end = example.span.start, example.span.end
        around = " ".join(w.folded for w in said.text if start - _AROUND <= w.start <= end + _AROUND)
        if entry.quantity.approximate == "over":
            return True  # « au-delà de 2 jours, une paire est prêtée »
        kinds = {kind for kind, _ in promises(entry.fact.text, entry.fact.language)}
        return kinds.isdisjoint(_PERFORMED) and word_pattern(language, "since").search(around) is not None
    return not said.counted or said.counted == entry.statement.counted or not entry.statement.counted


_A_YEAR = 12


def _tells_promise(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether a text makes the fact's promise near the example, or tells the share by which it lowers a price."""
    start, end = said.quantity.span.start - _NEAR, said.quantity.span.end + _NEAR
    near = " ".join(w.folded for w in said.text if start <= w.start <= end)
    kinds = {kind for kind, _ in promises(entry.fact.text, entry.fact.language)} & _ONES
    if kinds & {kind for kind, _ in promises(near, known.language)}:
        return True
    shares = {
        e.quantity.value for e in known.entries if e.fact == entry.fact and e.quantity.dimension == "percent"
    }
    shares |= {_WHOLE - share for share in shares}  # „vier Fünftel des Preises“ of 20 % less
    if any(q.dimension == "percent" and q.value in shares for q in said.figures):
        return True
    prices = {q.value * _WHOLE for q in said.figures if q.dimension in CURRENCIES} if shares else set()
    ours = [e.quantity.value for e in known.entries if e.quantity.dimension in CURRENCIES] if prices else []
    return any(price * share in prices for price in ours for share in shares)


def _told(said: Statement) -> frozenset[str]:
    """The words of a statement's sentence, of the two before, and of what stands near behind it."""
    return sentence_stems(said).union(*(clause.stems for clause in said.earlier))
