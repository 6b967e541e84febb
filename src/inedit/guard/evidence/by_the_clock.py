"""Lengths of time that a text tells by the clock: « à midi … à 14 h 30 » of two and a half hours, « 18 h 15 ? Encore un
quart d'heure » of a shop that closes at 18:30."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import Statement
from inedit.guard.nlp.arithmetic import same_clock
from inedit.guard.nlp.clock import HALF_A_DAY
from inedit.guard.nlp.grammar import is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.measures import measures
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

_APART, _AROUND = 120, 80
"""Characters between two hours that are told of one another, and around them in which the fact's words stand."""

_NO_HURRY = Decimal("1.5")
"""By how much more time than a fact gives a text may tell by the clock."""

_HOUR, _NOON = 60, 12
_SHARED = 2
"""Words of a fact, or one beside another of its figures, that show that it is told."""


class _Hour(NamedTuple):
    """An hour of the day in a text, by the minutes that it may be: two of one without its unit."""

    span: Span
    minutes: frozenset[Decimal]


def told_by_the_clock(said: Statement, known: Evidence) -> Entry | None:
    """The length of time that an hour and the one before or after it make, where a fact gives it and the text tells
    the fact: “Plug in at eight. By half past ten …” of two and a half hours."""
    for first, second in _pairs(said, known.language):
        for entry in _lengths(known):
            if _takes(entry, first, second) and _is_told(entry, said, first, second, known):
                return entry
    return None


def _hours(said: Statement, language: str) -> list[_Hour]:
    found = ((q, _minutes(q, said, language)) for q in said.figures)
    return [_Hour(q.span, minutes) for q, minutes in found if minutes]


def _minutes(quantity: Quantity, said: Statement, language: str) -> frozenset[Decimal]:
    if quantity.dimension == "time":
        return frozenset({quantity.value})
    bare = quantity.dimension == COUNT and 0 < quantity.value <= _NOON and not quantity.value % 1
    if not bare or quantity.counted:
        return frozenset()
    before = next((w.folded for w in reversed(said.text) if w.end <= quantity.span.start), "")
    led = before in word_list(language, "before_bare_hour")
    return frozenset({quantity.value * _HOUR}) if led else frozenset()


def _pairs(said: Statement, language: str) -> Iterator[tuple[_Hour, _Hour]]:
    """Each two neighbouring hours of which one is the statement's."""
    own = said.quantity.span
    for first, second in pairwise(_hours(said, language)):
        if own in (first.span, second.span) and second.span.start - first.span.end <= _APART:
            yield first, second


def _between(first: _Hour, second: _Hour) -> frozenset[Decimal]:
    """The minutes from one hour to the next one, on a clock's face."""
    apart = ((b - a + 2 * HALF_A_DAY) % HALF_A_DAY for a in first.minutes for b in second.minutes)
    return frozenset(minutes or Decimal(HALF_A_DAY) for minutes in apart)


def _lengths(known: Evidence) -> Iterator[Entry]:
    """The lengths of time in facts that a clock's face may show."""
    return (
        e
        for e in known.entries
        if (e.quantity.dimension == "minutes" or _is_french_length(e))
        and 0 < e.quantity.value <= HALF_A_DAY
        and not e.quantity.bound
        and not e.quantity.period
    )


def _takes(entry: Entry, first: _Hour, second: _Hour) -> bool:
    """Whether as much time lies between two hours as a fact says that something takes, or a little more: “By six the
    oven is at 240 degrees” of one that is lit at five and takes 45 minutes."""
    least = entry.quantity.value
    return any(least <= minutes <= least * _NO_HURRY for minutes in _between(first, second))


def _is_french_length(entry: Entry) -> bool:
    """Whether a figure that French writes as an hour is a length of time: « en 2 h 30 », not « à 9 h »."""
    fact, quantity = entry.fact, entry.quantity
    if quantity.dimension != "time" or primary(fact.language) != "fr" or quantity.number == _NOON:
        return False
    leads = measures(fact.language).hour_after
    return leads is not None and not leads.search(fold(fact.text[: quantity.span.start]))


def _is_told(entry: Entry, said: Statement, first: _Hour, second: _Hour, known: Evidence) -> bool:
    shared = (
        entry.stems & _stems(said, first.span.start - _AROUND, second.span.end + _AROUND, known)
    ) - known.brand
    return len(shared) >= _SHARED or (bool(shared) and _other_figure(entry, said.figures, known))


def _stems(said: Statement, start: int, end: int, known: Evidence) -> frozenset[str]:
    """The stems of the words of content between two places of a text."""
    language = known.language
    inside = (w for w in said.text if start <= w.start < end)
    return frozenset(root(w.text, language) for w in inside if is_content(w, language))


def _other_figure(entry: Entry, figures: Iterable[Quantity], known: Evidence) -> bool:
    """Whether a text gives another figure of an entry's fact."""
    others = {
        (e.quantity.dimension, e.quantity.value)
        for e in known.entries
        if e.fact == entry.fact and e.quantity is not entry.quantity
    }
    return any((q.dimension, q.value) in others for q in figures)


def until_closing(said: Statement, known: Evidence) -> tuple[Entry, bool] | None:
    """The closing hour up to which a length of time goes from the hour told just before it, and whether it goes no
    farther: « Il est 18 h 15 ? L'atelier décroche encore pendant un quart d'heure » of « jusqu'à 18 h 30 »; None where
    nothing of the kind is told."""
    length = said.quantity
    if length.dimension != "minutes" or length.bound or not 0 < length.value < HALF_A_DAY:
        return None
    before = [h for h in _hours(said, known.language) if 0 < length.span.start - h.span.end <= _APART]
    still = word_list(known.language, "still")
    if not before or not any(w.folded in still for c in (said.clause, *said.around) for w in c.words):
        return None
    (start,) = list(before[-1].minutes)[:1]
    for entry in known.entries:
        if entry.quantity.dimension != "time" or entry.quantity.bound != "high" or not entry.quantity.partner:
            continue
        if not _names_what_opens(entry, said):
            continue
        ends = {start + length.value, start + length.value + HALF_A_DAY}
        if any(same_clock(entry.quantity.value, end % (2 * HALF_A_DAY)) for end in ends):
            return entry, True
        opened = entry.quantity.partner <= start or start < HALF_A_DAY
        hour = start if entry.quantity.partner <= start else start + HALF_A_DAY
        if opened and not said.negated and hour < entry.quantity.value < hour + length.value:
            return entry, False
    return None


def _names_what_opens(entry: Entry, said: Statement) -> bool:
    """Whether the sentence of a statement names what a fact gives the hours of."""
    named = {
        n.stem for c in (entry.statement.clause, *entry.statement.around) for n in c.nouns if n.role == "bare"
    }
    return any(n.stem in named for c in (said.clause, *said.around) for n in c.nouns)
