"""Conditions of a promise that a text waives or puts off, though every fact that makes the promise sets them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from functools import lru_cache

from babel.dates import get_month_names

from inedit.guard.evidence.commitments import Commitment
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import fact_stems
from inedit.guard.nlp.grammar import Clause, clauses, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_pattern
from inedit.model import Span

_REACH = 4
"""Words of content or not from « sans », “no need for” to what is waived."""


def broken_condition(
    promised: Commitment, bearing: Sequence[Fact], text: str, language: str
) -> tuple[Span, Fact] | None:
    """Where the text around a promise waives what the facts that make it require (« sans photo », of « remplacé sur
    photo »), or sets a later end than they do („bis Ende April“, of „vor dem 31. März“)."""
    listed = clauses(text, language)
    number = promised.clause.sentence
    near = [c for c in listed if number - 1 <= c.sentence <= number + 1]
    said = frozenset[str]().union(*(c.stems for c in near))
    most = max(len(fact_stems(fact) & said) for fact in bearing)
    bearing = [fact for fact in bearing if len(fact_stems(fact) & said) == most]
    found = list(_waived(near, promised, bearing, language))
    found += _put_off(near, promised, bearing, text, language)
    return found[0] if found else None


def _waived(
    near: Sequence[Clause], promised: Commitment, bearing: Sequence[Fact], language: str
) -> Iterator[tuple[Span, Fact]]:
    own = grammar(language)
    wanted = frozenset[str].intersection(*(required(fact) for fact in bearing)) - promised.keys
    for clause in near:
        for i, word in enumerate(clause.words):
            if word.folded not in own.waiving or not wanted:
                continue
            if word.folded in own.denials and any(w.folded in own.denials for w in clause.words[:i]):
                continue  # «no se cobra en ninguna de las tiendas» denies once
            after = clause.words[i + 1 : i + 1 + _REACH]
            for each in after:
                inside = any(s.start <= each.start < s.end for s in promised.promised)
                if is_content(each, language) and root(each.text, language) in wanted and not inside:
                    yield Span(word.start, each.end), bearing[0]


@lru_cache(maxsize=4096)
def required(fact: Fact) -> frozenset[str]:
    """The nouns that a fact hangs on a preposition (« sur photo », “with the receipt”), but what it waives itself."""
    own = grammar(fact.language)
    found = set()
    for clause in clauses(fact.text, fact.language):
        for noun in clause.nouns:
            before = [w.folded for w in clause.words if w.start < noun.word.start][-_REACH:]
            if noun.role == "oblique" and own.waiving.isdisjoint(before):
                found.add(noun.stem)
    return frozenset(found)


def _put_off(
    near: Sequence[Clause], promised: Commitment, bearing: Sequence[Fact], text: str, language: str
) -> Iterator[tuple[Span, Fact]]:
    ends = [_ends(fact.text, fact.language) for fact in bearing]
    if not all(ends):
        return
    last = max(day for each in ends for day, _ in each)
    told = fact_stems(bearing[0])
    for clause in near:
        if clause.sentence > promised.clause.sentence:
            continue
        for day, span in _ends(clause.span.of(text), language):
            others = any(root(w.text, language) in told for w in clause.words) or clause is promised.clause
            if day > last and others:
                yield span.shifted(clause.span.start), bearing[0]


_FROM_UNTIL = 24
"""Characters from “until” to its month: “until the very end of April”."""


def _ends(text: str, language: str) -> tuple[tuple[int, Span], ...]:
    """The days until which something may be done, as 100 times the month and the day, and where they are named."""
    until, folded = grammar(language).until, fold(text)
    if until is None:
        return ()
    found = []
    for at in until.finditer(folded):
        month = _months(primary(language)).search(folded, at.end(), at.end() + _FROM_UNTIL)
        if month:
            number = _numbers(primary(language))[month.group()]
            day = _day(folded[at.end() : month.start()], folded[month.end() :], number, language)
            found.append((100 * number + day, Span(at.start(), month.end())))
    return tuple(found)


_DAY, _DAY_AFTER = re.compile(r"\b(\d{1,2})(?!\d)"), re.compile(r" (\d{1,2})(?:st|nd|rd|th)?\b(?!\d)")


def _day(before: str, after: str, month: int, language: str) -> int:
    """The day that stands before a month or after it; the last for “the end of”, else the first."""
    if named := _DAY.search(before) or _DAY_AFTER.match(after):
        return int(named[1])
    if word_pattern(language, "middle_days").search(before):
        return _IDES
    last = word_pattern(language, "last_days").search(before)
    return monthrange(_LEAP_YEAR, month)[1] if last else 1


_IDES, _LEAP_YEAR = 15, 2028


@lru_cache(maxsize=8)
def _numbers(language: str) -> dict[str, int]:
    return {fold(name): number for number, name in get_month_names("wide", locale=language).items()}


@lru_cache(maxsize=8)
def _months(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_numbers(language))})\b")
