"""Where a text gives a figure of a fact to what the fact gives another one: « 12 au crayon, 57 au feutre ». Pure.

A figure of a text is said of what its own part of the sentence names, up to the next mark and to the pair's other
figure; where that names neither of the two things, of what the sentence names between the other figures, else of what
the sentence before names. A text turns a pair round where a figure stands with the other's words, and neither of them
with its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import readable_facts
from inedit.guard.evidence.polarity import polarity
from inedit.guard.evidence.relations.contrast import COMMA
from inedit.guard.evidence.relations.mentions import (
    PARTS,
    Mention,
    around,
    is_of,
    is_whole,
    mentions,
    noun_of,
    roots_near,
)
from inedit.guard.evidence.relations.shared_words import alike, shared
from inedit.guard.evidence.relations.stated_pairs import Pair, Side, stated_pairs
from inedit.guard.evidence.same_figure import TELLING_NUMBER
from inedit.guard.evidence.statements import ordinals
from inedit.guard.nlp.grammar import grammar, is_joiner
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import sentence_at, sentences, words
from inedit.guard.nlp.word_lists import beginnings
from inedit.model import Span

_ABOUT = 2
"""Words that a text must share with a fact to tell one figure of it alone; of a count, besides the other's name."""

_DAY = 1440
_ROUNDED = 20
"""A twentieth: « trois semaines » of the 22nd day."""


_KINDS = ("claim", "insight", "offer", "about")


@lru_cache(maxsize=256)
def exchanged(text: str, language: str, facts: tuple[Fact, ...]) -> tuple[tuple[Span, Fact], ...]:
    """The figures of a text that stand with the words of a fact's other figure, where none stands with its own, and no
    other fact gives that thing as much; each with the fact."""
    if not _figures(text, language):
        return ()
    told = [f for f in readable_facts(facts, language) if f.kind in _KINDS]
    return tuple({span: fact for fact in told for span in _exchanged(text, language, fact, told)}.items())


def _exchanged(text: str, language: str, fact: Fact, facts: Sequence[Fact]) -> Iterator[Span]:
    for pair in stated_pairs(fact):
        told = _told(text, language, pair)
        wrong = _WAYS[pair.by](text, language, told, pair, fact) if told else []
        yield from (span for span, own in wrong if not _is_told_elsewhere(pair, own, fact, facts))


_Told = Sequence[tuple[Span, int]]
"""Figures of a text, each with which one of a pair it is."""


def _by_words(text: str, language: str, told: _Told, pair: Pair, fact: Fact) -> _Told:
    """Figures of a kind that stand with the other's words; of whole passages only where both do."""
    readings = [_reading(text, language, span, own, told, pair, fact) for span, own in told]
    named = all(side.name for side in pair.sides)
    if any(readings) or not (named or all(right is False for right in readings)):
        return []
    return [one for one, right in zip(told, readings, strict=True) if right is False]


def _by_part(text: str, language: str, told: _Told, pair: Pair, fact: Fact) -> _Told:
    """A whole that is told as the part, and the part as the whole: “of the 9 farms, 23 are organic”."""
    whole = max((0, 1), key=lambda i: pair.sides[i].quantity.value)
    many, few = (pair.sides[i].quantity.value for i in (whole, 1 - whole))
    for quantity in _figures(text, language):
        if quantity.part == many and quantity.whole == few:
            return [(quantity.span, whole)]
    if len({own for _, own in told}) < len(pair.sides):
        return []
    parts = [span for span, own in told if own != whole]
    wholes = [span for span, own in told if own == whole]
    for small, large in product(parts, wholes):
        if is_of(text, language, large, small):
            return [(large, whole)]
        if is_whole(text, language, large) or is_of(text, language, small, large):
            return []
        if is_whole(text, language, small) and small.end <= large.start < sentence_at(text, small.start).end:
            return [(large, whole)]
    bare = Pair(
        (
            Side(pair.sides[0].quantity, pair.sides[0].own, frozenset()),
            Side(pair.sides[1].quantity, pair.sides[1].own, frozenset()),
        ),
        "words",
    )
    return _by_words(text, language, told, bare, fact)


def _by_noun(text: str, language: str, told: _Told, pair: Pair, _: Fact) -> _Told:
    """Counts that stand before the other's noun; of small ones, both must."""
    nouns = [noun_of(text, language, span) for span, _ in told]
    right = [
        any(alike(noun, n) for n in pair.sides[own].name) for noun, (_, own) in zip(nouns, told, strict=True)
    ]
    wrong = [
        (span, own)
        for noun, (span, own) in zip(nouns, told, strict=True)
        if any(alike(noun, n) for n in pair.sides[1 - own].name)
    ]
    both = len({own for _, own in told}) > 1
    telling = all(pair.sides[own].quantity.number > TELLING_NUMBER for _, own in wrong)
    return wrong if wrong and not any(right) and (both or telling) else []


_WAYS = {"words": _by_words, "part": _by_part, "noun": _by_noun}


def _is_told_elsewhere(pair: Pair, own: int, fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether another fact gives the other thing this figure."""
    figure, other = pair.sides[own].quantity, pair.sides[1 - own]
    return any(
        any(_is_same(figure, q) for q in _figures(known.text, known.language))
        and _has(mentions(known.text, known.language), other.name)
        for known in facts
        if known.text != fact.text
    )


def _told(text: str, language: str, pair: Pair) -> list[tuple[Span, int]]:
    """The figures of a text that are one of a pair's, each with which one it is."""
    found = []
    for quantity in _figures(text, language):
        which = [i for i in (0, 1) if _is_same(pair.sides[i].quantity, quantity)]
        if len(which) == 1:
            found.append((quantity.span, which[0]))
    return found


@lru_cache(maxsize=256)
def _figures(text: str, language: str) -> tuple[Quantity, ...]:
    counted = find_quantities(text, language)
    taken = [q.span for q in counted]
    ordered = (s.quantity for s in ordinals(text, language) if not s.quantity.span.overlaps(taken))
    return tuple(sorted((*counted, *ordered), key=lambda q: q.span))


def _is_same(given: Quantity, said: Quantity) -> bool:
    """The same number of the same measure; of « le 22e jour » also twenty-two days, or about so many."""
    if said.part:
        return given.dimension == COUNT and given.value == said.part
    bare = {given.dimension, said.dimension} & {COUNT, "ordinal"}
    if given.dimension == said.dimension:
        return given.value == said.value
    if bare and given.number == said.number and "time" not in (given.dimension, said.dimension):
        return True
    if given.dimension == COUNT and said.dimension == "minutes":
        return abs(given.value * _DAY - said.value) * _ROUNDED <= said.value
    return False


def _reading(
    text: str,
    language: str,
    at: Span,
    own: int,
    told: Sequence[tuple[Span, int]],
    pair: Pair,
    fact: Fact,
) -> bool | None:
    """Whether a figure stands with its own words; None where that cannot be told."""
    mine, theirs = pair.sides[own], pair.sides[1 - own]
    both = len({which for _, which in told}) > 1
    my_words, their_words = mine.name, theirs.name
    if not my_words or not their_words:
        my_words, their_words = mine.own, theirs.own
        if not both or not my_words or not their_words:
            return None
    known = frozenset(m.root for m in mentions(fact.text, fact.language)) - my_words - their_words
    for passage in _passages(text, language, at, [span for span, _ in told], known):
        inside = [m for m in mentions(text, language) if passage.start <= m.start < passage.end]
        right, wrong = _has(inside, my_words), _has(inside, their_words)
        if right:
            return None if wrong else True
        if wrong:
            if _is_denied(text, language, passage):
                return None
            return False if both or _is_about(text, language, at, theirs, fact) else None
    return None


def _has(inside: Sequence[Mention], roots: frozenset[str]) -> bool:
    return any(alike(m.root, r) for m in inside for r in roots)


def _is_about(text: str, language: str, at: Span, other: Side, fact: Fact) -> bool:
    """Whether a text speaks of a fact around one figure of it, apart from the other figure's name."""
    measured = other.quantity.dimension != COUNT
    theirs = {m.root for m in mentions(fact.text, fact.language)} - (frozenset() if measured else other.name)
    return len(shared(roots_near(text, language, at), theirs)) >= _ABOUT


def _is_denied(text: str, language: str, passage: Span) -> bool:
    denials = grammar(language).denials | polarity()[primary(language)].negators
    return any(w.folded in denials and passage.start <= w.start < passage.end for w in words(text))


def _passages(
    text: str, language: str, at: Span, figures: Sequence[Span], known: frozenset[str]
) -> Iterator[Span]:
    """What may say of what a figure is, the nearest first: its part, its clause without the parts that have the other
    figure, what a colon parts it from, and the sentence before; none past one that names what the fact does not, or
    « les autres »."""
    sentence = sentence_at(text, at.start)
    strong = [m.start() for m in PARTS.finditer(text, sentence.start, sentence.end)]
    weak = [m.start() for m in COMMA.finditer(text, sentence.start, sentence.end)]
    weak += [
        w.start for w in words(text) if sentence.start <= w.start < sentence.end and is_joiner(w, language)
    ]
    others = [s for s in figures if s != at and s.overlaps([sentence])]
    low = max((s.end for s in others if s.end <= at.start), default=sentence.start)
    high = min((s.start for s in others if s.start >= at.end), default=sentence.end)
    part = around(at, Span(low, high), strong + weak)
    yield part
    near = [around(other, sentence, strong + weak) for other in others]
    low = max(
        (s.end for s in near if s.end <= part.start),
        default=part.start if others and low > sentence.start else low,
    )
    high = min(
        (s.start for s in near if s.start >= part.end),
        default=part.end if others and high < sentence.end else high,
    )
    clause = around(at, Span(low, high), strong)
    yield clause
    named = [m.root for m in mentions(text, language) if clause.start <= m.start < clause.end]
    if len(shared(named, known)) < len(set(named)) or _tells_others(text, clause, language):
        return
    colon = text.rfind(":", sentence.start, clause.start + 1)
    if colon > 0 and not others:
        yield Span(sentence.start, clause.end)
    elif clause == sentence:
        yield from [s for s in sentences(text) if s.end <= sentence.start][-1:]


def _tells_others(text: str, span: Span, language: str) -> bool:
    return any(w.folded.startswith(beginnings(language, "other_of_two")) for w in words(span.of(text)))
