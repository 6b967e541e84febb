"""Facts that give several things a figure each, and texts that give one thing the figure of the other.

“An apple tree costs 28 euros, a pear tree 32”: the words that only one of the two parts has say whose figure it is. No
parser is needed for it: what stands in both parts tells nothing, and of the rest the words that have the same place
(before the same word, behind the same preposition, the first noun) are each other's counterparts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from inedit.guard.evidence.index import Entry, Evidence, are_synonyms
from inedit.guard.evidence.statements import WEEKDAY, Statement
from inedit.guard.nlp.arithmetic import same_amount, same_measure
from inedit.guard.nlp.grammar import grammar, is_content, is_joiner, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.tokens import is_verb
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT
from inedit.guard.nlp.text import Word, sentence_at, words
from inedit.model import Span

_CUT = re.compile(r"[,;:()–—.!?…]")
_REACH = 160  # characters from a figure to the one that the text sets beside it
_FAR = 40  # characters that a stop between a word and a figure counts for


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of content of a fact's part: its stem, the preposition before it, the stem after it, and whether it
    stands behind the figure."""

    stem: str
    preposition: str
    following: str
    behind: bool


def is_of_the_other(entry: Entry, said: Statement, known: Evidence, year: int) -> bool:
    """Whether a text gives the figure of a fact to what the same fact gives another figure."""
    language = entry.fact.language
    if (
        primary(language) != primary(known.language)
        or entry.quantity.bound
        or entry.quantity.dimension == WEEKDAY
        or _names_an_edition(entry, said)
    ):
        return False
    for other in known.entries:
        if other.fact != entry.fact or not same_measure(other.quantity, entry.quantity):
            continue
        if (
            other.quantity.value == entry.quantity.value
            or other.quantity.dimension != entry.quantity.dimension
            or other.statement.clause.sentence != entry.statement.clause.sentence
        ):
            continue
        mine, theirs = _own_words(entry.fact.text, entry.quantity.span, other.quantity.span, language)
        if mine and theirs and _is_turned(said, other, mine, theirs, known, year):
            return True
    return False


_YEARS = range(1900, 2100)


def _names_an_edition(entry: Entry, said: Statement) -> bool:
    """« Le catalogue 2027 »: a year behind the same word in both, which counts nothing of which there are others."""
    value = entry.quantity.value
    if entry.quantity.dimension != COUNT or value != int(value) or int(value) not in _YEARS:
        return False
    language = entry.fact.language
    mine = [w for w in said.text if w.end <= said.quantity.span.start][-1:]
    theirs = [w for w in entry.statement.text if w.end <= entry.quantity.span.start][-1:]
    return bool(mine and theirs) and root(mine[0].text, language) == root(theirs[0].text, language)


def _is_turned(
    said: Statement,
    other: Entry,
    mine: tuple[_Said, ...],
    theirs: tuple[_Said, ...],
    known: Evidence,
    year: int,
) -> bool:
    at, text = said.quantity.span, said.text
    second = next(
        (
            q.span
            for q in said.figures
            if q.span != at and abs(q.span.start - at.start) < _REACH and same_amount(other.quantity, q, year)
        ),
        None,
    )
    own, foreign = {s.stem for s in mine}, {s.stem for s in theirs}
    if second is not None:
        straight = _far(at, own, text, known) + _far(second, foreign, text, known)
        turned = _far(at, foreign, text, known) + _far(second, own, text, known)
        return turned < straight
    near = _sentence(said, text)
    named = [s for s in theirs if _has(near, s.stem, known)]
    return bool(named) and not any(_has(near, s, known) for n in named for s in _counterparts(n, mine))


def _counterparts(named: _Said, mine: tuple[_Said, ...]) -> tuple[str, ...]:
    """The words that have the place in the figure's own part that ``named`` has in the other one."""
    before = tuple(s.stem for s in mine if s.following and s.following == named.following)
    same = tuple(s.stem for s in mine if s.preposition == named.preposition)
    return before or same[:1] or tuple(s.stem for s in mine)


def _far(figure: Span, stems: set[str], text: Sequence[Word], known: Evidence) -> int:
    """Characters from a figure to the nearest of some words, more past a stop; far where none stands."""
    best = 2 * _REACH
    for word in text:
        if not _is_one(word, stems, known):
            continue
        before = word.end <= figure.start
        gap = range(word.end, figure.start) if before else range(figure.end, word.start)
        stops = sum(1 for w in text if w.start in gap and is_joiner(w, known.language))
        best = min(best, len(gap) + _FAR * stops)
    return best


def _is_one(word: Word, stems: set[str], known: Evidence) -> bool:
    mine = root(word.text, known.language)
    return mine in stems or any(are_synonyms(mine, s, known.language) for s in stems)


def _has(listed: Sequence[Word], wanted: str, known: Evidence) -> bool:
    return any(_is_one(word, {wanted}, known) for word in listed)


def _sentence(said: Statement, text: Sequence[Word]) -> tuple[Word, ...]:
    spans = [clause.span for clause in (said.clause, *said.around)]
    return tuple(w for w in text if any(s.start <= w.start < s.end for s in spans))


@lru_cache(maxsize=4096)
def _own_words(
    text: str, figure: Span, other: Span, language: str
) -> tuple[tuple[_Said, ...], tuple[_Said, ...]]:
    """The words of content that only the part of each of two figures of a fact has."""
    mine, theirs = _part(text, figure, language), _part(text, other, language)
    if mine == theirs:
        return (), ()
    first, second = {s.stem for s in mine}, {s.stem for s in theirs}
    only, others = [s for s in mine if s.stem not in second], [s for s in theirs if s.stem not in first]
    return _on_one_side(only, others), _on_one_side(others, only)


def _on_one_side(listed: Sequence[_Said], parallel: Sequence[_Said]) -> tuple[_Said, ...]:
    """The words that stand on the side of the figure on which the parallel part has its only ones."""
    sides = {s.behind for s in parallel}
    kept = tuple(s for s in listed if s.behind in sides)
    return kept or tuple(listed)


def _part(text: str, figure: Span, language: str) -> tuple[_Said, ...]:
    """The words of content between the stops and joiners around a figure, without the figure's own."""
    sentence = sentence_at(text, figure.start)
    stops = [m.end() for m in _CUT.finditer(text, sentence.start, sentence.end)]
    stops += [w.end for w in words(text) if is_joiner(w, language)]
    start = max((s for s in stops if s <= figure.start), default=sentence.start)
    end = min((s for s in stops if s >= figure.end), default=sentence.end)
    figures = [quantity.span for quantity in find_quantities(text, language)]
    inside = [
        w
        for w in words(text)
        if start <= w.start < end and not any(s.start <= w.start < s.end for s in figures)
    ]
    return tuple(_read(inside, figure, language))


def _read(inside: Sequence[Word], figure: Span, language: str) -> Iterator[_Said]:
    own, german = grammar(language), primary(language) == "de"
    preposition = ""
    for i, word in enumerate(inside):
        if word.folded in own.prepositions | own.genitive:
            preposition = word.folded
        if (
            not is_content(word, language)
            or len(word.folded) < 3
            or is_verb(word.text.lower(), primary(language))
        ):
            continue
        if german and word.text[:1].islower():
            continue
        after = root(inside[i + 1].text, language) if i + 1 < len(inside) else ""
        yield _Said(root(word.text, language), preposition, after, word.start >= figure.end)
        preposition = ""
