"""Which words of a fact each of two figures is said of: « le chou lève le 4e jour, le persil le 22e ». Pure.

The words that only one of the two passages has are that figure's own. Of those, the ones that answer to a word of the
other passage (both months, both behind « au », both nouns ahead of the figure) name what is counted or measured: said
beside the other figure, they turn the fact round even where nothing else is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal

from inedit.guard.evidence.capitals import calendar
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.contrast import COMMA
from inedit.guard.evidence.relations.contrasts_in_figures import figure_groups
from inedit.guard.evidence.relations.mentions import (
    DATES,
    Mention,
    is_of,
    is_whole,
    mentions,
    noun_of,
    part_around,
)
from inedit.guard.evidence.relations.shared_words import alike
from inedit.guard.evidence.statements import WEEKDAY, Statement, statements
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import fold, sentence_at, words
from inedit.guard.nlp.word_lists import word_pattern
from inedit.model import Span


@dataclass(frozen=True, slots=True)
class Side:
    """One of two figures: the roots that only its passage has, and of those the ones that name what it is of."""

    quantity: Quantity
    own: frozenset[str]
    name: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures of a fact that are said of different things: two of a kind, that « words » tell apart; a whole and a
    « part » of it; or counts of two things, of which each has its own « noun »."""

    sides: tuple[Side, Side]
    by: Literal["words", "part", "noun"]


_MANY = 3
"""Words of a passage from which no single one of them names what its figure is of."""


@lru_cache(maxsize=4096)
def stated_pairs(fact: Fact) -> tuple[Pair, ...]:
    """Every two figures of a fact that its words tell apart, in its order."""
    return tuple(_pairs(fact))


def _pairs(fact: Fact) -> Iterator[Pair]:
    of_a_kind: set[tuple[Span, Span]] = set()
    for group, regions in figure_groups(fact):
        inside = [
            [m for m in mentions(fact.text, fact.language) if r.start <= m.start < r.end] for r in regions
        ]
        for i, j in combinations(range(len(group)), 2):
            one, other = group[i], group[j]
            if _count_two_things(fact, one, other):
                continue
            of_a_kind.add((one.quantity.span, other.quantity.span))
            mine, theirs = _only(inside[i], inside[j]), _only(inside[j], inside[i])
            if _is_in_place_of(fact, one, other):
                mine, theirs = [*mine, *theirs], []  # all is said of the price that holds
            if one.quantity.value == other.quantity.value or not (mine or theirs):
                continue
            first = Side(one.quantity, _roots(mine), _named(fact, one, mine, other, theirs))
            second = Side(other.quantity, _roots(theirs), _named(fact, other, theirs, one, mine))
            yield Pair((first, second), "part" if _is_part(fact, one, other) else "words")
            if not (mine and theirs) and one.quantity.dimension == COUNT:
                yield from _by_noun(fact, one, other)  # « 3 relances, aux jours 8, 15 et 30 »
    yield from _others(fact, of_a_kind)


def _is_in_place_of(fact: Fact, one: Statement, other: Statement) -> bool:
    """« 84 € au lieu de 95 €, à la boutique »: the second figure is what the first one was before."""
    between = fact.text[one.quantity.span.end : other.quantity.span.start]
    found = word_pattern(fact.language, "in_place_of").search(fold(between))
    return found is not None and len(words(between[found.end() :])) <= _USUAL


_USUAL = 2
"""Words of “the usual” before what something cost."""


def _roots(listed: Sequence[Mention]) -> frozenset[str]:
    return frozenset(m.root for m in listed)


def _others(fact: Fact, of_a_kind: set[tuple[Span, Span]]) -> Iterator[Pair]:
    """Figures of one dimension that are not of a kind: « 140 de nos variétés …, onze maraîchers », two hours of a
    night; counts by the noun behind each, and any by the part of the sentence that each stands in."""
    text, language = fact.text, fact.language
    told = [s for s in statements(text, language) if s.quantity.dimension not in (*DATES, WEEKDAY)]
    values = [s.quantity.value for s in told]
    for one, other in combinations(told, 2):
        figures = one.quantity, other.quantity
        if (figures[0].span, figures[1].span) in of_a_kind or figures[0].dimension != figures[1].dimension:
            continue
        if figures[0].partner or any(values.count(q.value) > 1 for q in figures):
            continue
        parts = [_part_of(text, language, q.span) for q in figures]
        own = [_roots(_only(parts[0], parts[1])), _roots(_only(parts[1], parts[0]))]
        if _is_part(fact, one, other):
            yield Pair((Side(figures[0], own[0], _NONE), Side(figures[1], own[1], _NONE)), "part")
            continue
        if figures[0].dimension == COUNT:
            yield from _by_noun(fact, one, other)
        if all(own):
            yield Pair((Side(figures[0], own[0], _NONE), Side(figures[1], own[1], _NONE)), "words")


def _by_noun(fact: Fact, one: Statement, other: Statement) -> Iterator[Pair]:
    """Two counts by the nouns behind them, other than people, who are called whatever a text likes."""
    nouns = [noun_of(fact.text, fact.language, s.quantity.span) for s in (one, other)]
    names = [frozenset({noun} - grammar(fact.language).people - {""}) for noun in nouns]
    if any(names) and not (all(nouns) and alike(*nouns)):
        first, second = (Side(s.quantity, name, name) for s, name in zip((one, other), names, strict=True))
        yield Pair((first, second), "noun")


_NONE: frozenset[str] = frozenset()


def _part_of(text: str, language: str, figure: Span) -> list[Mention]:
    """The words between the marks and joiners around a figure."""
    part = part_around(text, language, figure, sentence_at(text, figure.start))
    return [m for m in mentions(text, language) if part.start <= m.start < part.end]


def _count_two_things(fact: Fact, one: Statement, other: Statement) -> bool:
    """« 31 paires …, 18 clients »: each with a noun of its own."""
    nouns = [noun_of(fact.text, fact.language, s.quantity.span) for s in (one, other)]
    return bool(one.counted and other.counted and all(nouns) and not alike(*nouns))


def _only(mine: Sequence[Mention], theirs: Sequence[Mention]) -> list[Mention]:
    return [m for m in mine if not any(alike(m.root, t.root) for t in theirs)]


def _named(
    fact: Fact, one: Statement, mine: Sequence[Mention], other: Statement, theirs: Sequence[Mention]
) -> frozenset[str]:
    """The words that name what a figure is of, each with its counterpart in the other passage; none where no word of
    either is another's counterpart."""
    dated = calendar(fact.language)
    months = [[m for m in side if fold(m.text) in dated or m.root.isdigit()] for side in (mine, theirs)]
    if all(months):
        return frozenset(m.root for m in months[0])
    if not mine or not theirs or min(len(mine), len(theirs)) > _MANY:
        return frozenset()
    sides = {_is_behind(t, other) for t in theirs}
    beside = [m for m in mine if _is_behind(m, one) in sides]
    if primary(fact.language) == "de":
        capital = {t.text[:1].isupper() for t in theirs}
        beside = [m for m in beside if m.text[:1].isupper() in capital and (m.text[:1].isupper() or m.after)]
    after = {t.after for t in theirs} - {""}
    led = {_lead(t, fact.language) for t in theirs}
    same = [m for m in beside if m.after in after] or [
        m for m in beside if (lead := _lead(m, fact.language)) and lead in led
    ]
    if len(mine) > len(theirs) and not same:
        same = _opening(fact, one, beside, led)
    return frozenset(m.root for m in (same or beside)[:1])


def _opening(fact: Fact, one: Statement, beside: Sequence[Mention], led: set[str]) -> list[Mention]:
    """The first word of a figure's own part that no preposition leads, where none leads its counterpart, and that is
    not what is counted, which both share."""
    ahead = [m.end() for m in COMMA.finditer(fact.text, 0, one.quantity.span.start)]
    part = [m for m in beside if m.start >= (ahead[-1] if ahead else 0)] or list(beside)
    if primary(fact.language) not in ("en", "de"):
        part = [m for m in part if m.root not in (one.quantity.counted, one.counted)]
    if "" in led:
        part = [m for m in part if _lead(m, fact.language) in {"", *grammar(fact.language).indefinite}]
    return part[:1]


def _lead(mention: Mention, language: str) -> str:
    """The preposition or indefinite article before a word."""
    own = grammar(language)
    return mention.before if mention.before in own.prepositions | own.indefinite | {"de"} else ""


def _is_behind(mention: Mention, one: Statement) -> bool:
    return mention.start >= one.quantity.span.end


def _is_part(fact: Fact, one: Statement, other: Statement) -> bool:
    """Whether two figures are a whole and a part of it: « 300 pruniers. 262 ont fait … », “of 96 people, 58”."""
    first, second = one.quantity, other.quantity
    if second.value > first.value:
        first, second = second, first
    text, language = fact.text, fact.language
    if first.dimension != second.dimension or first.dimension != COUNT:
        return False
    if is_whole(text, language, first.span):
        near = COMMA.search(text, second.span.end, first.span.start) if second.span < first.span else None
        return near is None
    if is_of(text, language, second.span, first.span):
        return True
    between = [w for w in words(text) if first.span.end <= w.start < second.span.start]
    if any(w.folded in PART for w in between):
        return True
    if first.span.start > second.span.start or not first.counted:
        return False
    start = sentence_at(text, second.span.start).start
    colon = text.rfind(":", first.span.end, second.span.start)
    ahead = [m for m in mentions(text, language) if max(start, colon) <= m.start < second.span.start]
    return not ahead and (start > first.span.start or colon > 0)


PART = frozenset(("dont", "parmi", "which", "them", "davon", "darunter", "cui", "ellas", "ellos", "cuales"))
