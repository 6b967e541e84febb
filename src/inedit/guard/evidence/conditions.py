"""Conditions of a promise that a text waives or puts off, though every fact that makes the promise sets them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from babel.dates import get_month_names

from inedit.guard.evidence.commitments import Commitment
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import fact_stems
from inedit.guard.nlp.grammar import Clause, clauses, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.text import fold
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
    last = max(month for each in ends for month, _ in each)
    told = fact_stems(bearing[0])
    for clause in near:
        if clause.sentence > promised.clause.sentence:
            continue
        for month, span in _ends(clause.span.of(text), language):
            others = any(root(w.text, language) in told for w in clause.words) or clause is promised.clause
            if month > last and others:
                yield span.shifted(clause.span.start), bearing[0]


_FROM_UNTIL = 24
"""Characters from “until” to its month: “until the very end of April”."""


def _ends(text: str, language: str) -> tuple[tuple[int, Span], ...]:
    """The months until which something may be done (1 to 12), and where they are named."""
    until, folded = grammar(language).until, fold(text)
    if until is None:
        return ()
    found = []
    for at in until.finditer(folded):
        month = _months(primary(language)).search(folded, at.end(), at.end() + _FROM_UNTIL)
        if month:
            found.append((_numbers(primary(language))[month.group()], Span(at.start(), month.end())))
    return tuple(found)


@lru_cache(maxsize=8)
def _numbers(language: str) -> dict[str, int]:
    return {fold(name): number for number, name in get_month_names("wide", locale=language).items()}


@lru_cache(maxsize=8)
def _months(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_numbers(language))})\b")
