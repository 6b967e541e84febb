"""Limits that a claim sets and a text exceeds: another season, as often as one likes, what the price does not include.

A claim may hold for some months, a number of times, and for what it names as included. A text that retells it and says
“all year round”, “in January”, “as often as you like”, or “breakfast included” where breakfast is extra, promises more;
one that calls extra what is included, less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from inedit.guard.evidence.contradiction import numbered_calendar
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, fact_stems, readable
from inedit.guard.evidence.passages import ChangedTerm, retold_in
from inedit.guard.evidence.relations.shared_words import shared
from inedit.guard.nlp.arithmetic import MINUTES
from inedit.guard.nlp.grammar import Clause, clauses, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.limits import SEASONS, Limits, limits
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.terms import terms
from inedit.guard.nlp.text import Word, fold, words
from inedit.model import Span

_MONTHS = 12
_CLEARLY = 0.27
"""Part of a claim's weight that a passage must tell before a limit of the claim is one of the passage."""

_PRIVATIVE = ("sans", "hors", "without", "excluding", "ohne", "zuzuglich", "sin", "senza")
"""Words that stand before what is not included, and in a text before what one does without."""


class _Included(NamedTuple):
    """The roots of what goes with a price, and of what does not."""

    included: frozenset[str]
    extra: frozenset[str]


def exceeded_limits(
    text: str, language: str, facts: Sequence[Fact], known: Evidence
) -> Iterator[ChangedTerm]:
    """Passages that go past a limit of the claim that they retell."""
    own = limits(language)
    if own is None:
        return
    told = [f for f in facts if f.kind in ("claim", "offer") and readable(f, language)]
    listed = clauses(text, language)
    for clause in listed:
        said = _Said(text, clause, fold(clause.span.of(text)), own, language)
        found = [find(said) for find in (_season, _number, _price, _deadline)]
        if not any(found):
            continue
        near = tuple(c for c in listed if abs(c.sentence - clause.sentence) <= 1)
        retold = [(share, f) for share, f in retold_in(near, text, told, known) if share >= _CLEARLY][:1]
        same = frozenset[str]().union(*(c.stems for c in near if c.sentence == clause.sentence))
        for _, fact in retold:
            if same.isdisjoint(fact_stems(fact)) or _is_open(text, clause, listed, fact):
                continue
            span = next((s for each in found if each and (s := each.past(fact, near))), None)
            if span is not None:
                yield ChangedTerm(span.shifted(clause.span.start), fact)


def _is_open(text: str, clause: Clause, listed: Sequence[Clause], fact: Fact) -> bool:
    """Whether the sentence of a clause asks or excepts something, or the clause, or one that tells of the claim, denies
    something."""
    own, out = limits(fact.language), terms(fact.language)
    small = grammar(fact.language).negations | grammar(fact.language).denials
    same = [c for c in listed if c.sentence == clause.sentence]
    if text[same[-1].span.end : same[-1].span.end + 3].strip(" \u00a0\u202f").startswith("?"):
        return True
    if out is not None and out.excepting.search(fold(text[same[0].span.start : same[-1].span.end])):
        return True
    telling = [c for c in same if c is clause or c.stems & fact_stems(fact)]
    rest = (own.free_of.sub(" ", fold(c.span.of(text))) if own else "" for c in telling)
    return any(w.folded in small for said in rest for w in words(said))


class _Said(NamedTuple):
    """A clause of a text, folded, and the patterns of its language."""

    text: str
    clause: Clause
    folded: str
    own: Limits
    language: str


class _Months(NamedTuple):
    """The months that a clause names, and where."""

    months: frozenset[int]
    span: Span

    def past(self, fact: Fact, near: Sequence[Clause]) -> Span | None:
        held = held_months(fact)
        if not held or (self.months & held and len(self.months) < _MONTHS):
            return None
        beside = {n for c in near for n, _ in _named_months(c.words, fact.language)}
        return self.span if len(self.months) == _MONTHS or not beside & held else None


class _Often(NamedTuple):
    """Where a clause says that something may be done as often as one likes."""

    span: Span

    def past(self, fact: Fact, _near: Sequence[Clause]) -> Span | None:
        own = limits(fact.language)
        return self.span if own and own.times.search(fold(fact.text)) else None


class _Before(NamedTuple):
    """How long before something a clause allows it, in minutes, and where; no minutes for one of whatever unit."""

    minutes: Decimal
    span: Span

    def past(self, fact: Fact, _near: Sequence[Clause]) -> Span | None:
        theirs = _deadlines(fact)
        own = limits(fact.language)
        alone = not self.minutes and own is not None and own.one_before.search(fold(fact.text)) is None
        return self.span if theirs and (alone or (self.minutes and self.minutes not in theirs)) else None


@lru_cache(maxsize=4096)
def _deadlines(fact: Fact) -> frozenset[Decimal]:
    """How long before something a claim allows it: « jusqu'à 24 heures avant le départ »."""
    return frozenset(value for value, _ in _lengths_before(fact.text, fact.language, Span(0, len(fact.text))))


def _lengths_before(text: str, language: str, inside: Span) -> Iterator[tuple[Decimal, Span]]:
    own, folded = limits(language), fold(text)
    for q in find_quantities(text, language) if own else ():
        if q.dimension in MINUTES and q.dimension != "time" and inside.overlaps([q.span]):
            m = own.before.match(folded, q.span.end + 1) if own else None
            if m is not None:
                yield q.value * MINUTES[q.dimension], Span(q.span.start, m.end())


def _deadline(said: _Said) -> _Before | None:
    m = said.own.one_before.search(said.folded)
    if m is not None:
        return _Before(Decimal(0), Span(*m.span()))
    for minutes, span in _lengths_before(said.text, said.language, said.clause.span):
        return _Before(minutes, Span(span.start - said.clause.span.start, span.end - said.clause.span.start))
    return None


class _Priced(NamedTuple):
    """What a clause says to be included, or extra; and where."""

    roots: frozenset[str]
    extra: bool
    span: Span

    def past(self, fact: Fact, _near: Sequence[Clause]) -> Span | None:
        theirs = price_of(fact)
        wrong = theirs.included - theirs.extra if self.extra else theirs.extra - theirs.included
        return self.span if shared(self.roots, wrong) else None


def _season(said: _Said) -> _Months | None:
    if m := said.own.all_year.search(said.folded):
        return _Months(frozenset(range(1, _MONTHS + 1)), Span(*m.span()))
    listed = [
        (n, w) for n, w in _named_months(said.clause.words, said.language) if not _has_year(said.text, w)
    ]
    if listed:
        word = listed[0][1]
        at = Span(word.start - said.clause.span.start, word.end - said.clause.span.start)
        return _Months(frozenset(n for n, _ in listed), at)
    for name, months in SEASONS.items():
        if m := said.own.season(name).search(said.folded):
            return _Months(months, Span(*m.span()))
    return None


def _number(said: _Said) -> _Often | None:
    m = said.own.any_number.search(said.folded)
    return _Often(Span(*m.span())) if m else None


def _price(said: _Said) -> _Priced | None:
    extra = next((m for m in said.own.extra.finditer(said.folded) if not m[0].startswith(_PRIVATIVE)), None)
    m = extra or said.own.included.search(said.folded)
    if m is None:
        return None
    around = [w for w in said.clause.words if not m.start() <= w.start - said.clause.span.start < m.end()]
    return _Priced(_roots(around, said.language), extra is not None, Span(*m.span()))


def _roots(listed: Sequence[Word], language: str) -> frozenset[str]:
    return frozenset(root(w.text, language) for w in listed if len(w.folded) > 2 and is_content(w, language))


@lru_cache(maxsize=4096)
def price_of(fact: Fact) -> _Included:
    """What a claim says to go with its price, and what not."""
    own, language = limits(fact.language), fact.language
    included, extra = set[str](), set[str]()
    for clause in clauses(fact.text, language) if own else ():
        said = fold(clause.span.of(fact.text))
        for pattern, listed in ((own.extra, extra), (own.included, included)) if own else ():
            m = pattern.search(said)
            if m is None or (listed is included and own is not None and own.extra.search(said)):
                continue
            start, end = (clause.span.start + at for at in m.span())
            leads = m[0].startswith(_PRIVATIVE)
            named = [w for w in clause.words if w.start >= end or (not leads and w.end <= start)]
            listed.update(_roots(named, language))
    return _Included(frozenset(included), frozenset(extra))


@lru_cache(maxsize=4096)
def held_months(fact: Fact) -> frozenset[int]:
    """The months for which a claim holds (« d'avril à octobre », « sauf en juillet »); none where it holds for any."""
    own, out = limits(fact.language), terms(fact.language)
    named = _named_months(words(fact.text), fact.language)
    named = [(n, w) for n, w in named if not _has_year(fact.text, w) and not _has_day(fact.text, w)]
    if own is None or not named:
        return frozenset()
    for (first, one), (last, other) in pairwise(named):
        between = fold(fact.text[one.end : other.start]).strip(" \u00a0,")
        if own.through.fullmatch(between) and between not in _AND:
            return frozenset((m - 1) % _MONTHS + 1 for m in range(first, last + _MONTHS * (last < first) + 1))
    excepted = out.excepting.search(fold(fact.text)) if out else None
    if excepted:
        outside = {n for n, w in named if w.start >= excepted.end()}
        return frozenset(range(1, _MONTHS + 1)) - outside if outside else frozenset()
    return frozenset()


_AND = frozenset({"et", "and", "und", "y", "e"})


def _named_months(listed: Sequence[Word], language: str) -> list[tuple[int, Word]]:
    names = numbered_calendar(language)
    capital = primary(language) in ("en", "de")
    found = ((names.get(w.folded), w) for w in listed if not capital or w.text[:1].isupper())
    return [(n, w) for n, w in found if n is not None and n <= _MONTHS]


def _has_year(text: str, word: Word) -> bool:
    """Whether a month has its year, which makes it a date of its own: „im Januar 2019“."""
    return re.match(r"\W+(?:de |del )?(?:19|20)\d\d\b", text[word.end :]) is not None


def _has_day(text: str, word: Word) -> bool:
    return re.search(r"\d\.?\s?(?:de |of )?$|\d(?:st|nd|rd|th) (?:of )?$", text[: word.start]) is not None
