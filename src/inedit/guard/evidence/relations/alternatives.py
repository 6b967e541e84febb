"""What a fact sets against something else: pears instead of apples, another choice than the parents', and the rest.

Each has a counterpart that says the opposite in the fact's own words: apples instead of pears, the few in the place of
the many. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.polarity import polarity
from inedit.guard.evidence.relations.mentions import Mention, mentions, noun_of, part_around, roots_near
from inedit.guard.evidence.relations.shared_words import alike, shared
from inedit.guard.evidence.relations.stated_pairs import stated_pairs
from inedit.guard.nlp.grammar import grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import Word, fold, sentence_at, words
from inedit.guard.nlp.turning import turning
from inedit.guard.nlp.word_lists import beginnings, word_list
from inedit.model import Span

_ABOUT = 2
"""Words of content that a sentence and the one before must share with a fact to tell it."""

_PHRASE = 3
"""Words of content that what is taken instead may have: “two-year-old pear tree”."""


class _Instead(NamedTuple):
    """What was taken, what it takes the place of, the numbers of both, and the word that says so."""

    taken: frozenset[str]
    replaced: frozenset[str]
    numbers: tuple[Decimal, Decimal]
    span: Span


def takes_instead(text: str, language: str) -> bool:
    """Whether a text says of anything that it takes the place of something."""
    return bool(_instead(text, language))


def swapped(text: str, language: str, fact: Fact) -> Iterator[Span]:
    """« Six pommiers au lieu de six poiriers » of a fact that tells it the other way round."""
    for told in _instead(fact.text, fact.language):
        for said in _instead(text, language):
            mine, theirs = told.taken - told.replaced, told.replaced - told.taken
            turned = _meet(said.replaced, mine) and not _meet(said.replaced, theirs)
            first, second = told.numbers
            counts = first != second and first > 0 and said.numbers[1] == first and said.numbers[0] == second
            if (turned or counts) and is_about(text, language, said.span, fact):
                yield said.span


@lru_cache(maxsize=4096)
def _instead(text: str, language: str) -> tuple[_Instead, ...]:
    own = turning(language)
    return (
        tuple(_read(text, language, Span(*m.span())) for m in own.instead.finditer(fold(text))) if own else ()
    )


def _read(text: str, language: str, mark: Span) -> _Instead:
    sentence = sentence_at(text, mark.start)
    part = part_around(text, language, mark, sentence)
    before = [w for w in reversed(words(text)) if part.start <= w.start < mark.start]
    after = [w for w in words(text) if mark.end <= w.start < part.end]
    figures = [q for q in find_quantities(text, language) if sentence.overlaps([q.span])]
    first = [q.number for q in figures if q.span.end <= mark.start]
    second = [q.number for q in figures if q.span.start >= mark.end]
    lead = len(after) if not second else 2
    near = [q.number for q in figures if after and q.span.start in {w.start for w in after[:lead]}]
    return _Instead(
        _phrase(before, language),
        _phrase(after, language),
        (first[-1] if first else Decimal(0), near[0] if near else Decimal(0)),
        Span(mark.start, after[-1].end if after else mark.end),
    )


def _phrase(listed: Sequence[Word], language: str) -> frozenset[str]:
    """The first run of words of content."""
    first = next((i for i, w in enumerate(listed) if is_content(w, language)), len(listed))
    run = takewhile(lambda w: is_content(w, language), listed[first : first + _PHRASE])
    return frozenset(root(w.text, language) for w in run)


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(alike(a, b) for a in one for b in other)


def choice(text: str, language: str, at: Span) -> str:
    """Whether the sentence of a share says that it chose the « same » or an « other »; a denial beside that word turns
    it round."""
    own = turning(language)
    sentence = sentence_at(text, at.start)
    folded = fold(text)
    same = own.same.search(folded, at.end, sentence.end) if own else None
    other = own.other.search(folded, at.end, sentence.end) if own else None
    found = same or other
    if found is None or (same and other):
        return ""
    mark = Span(*found.span())
    denied = is_denied(text, language, part_around(text, language, mark, sentence))
    return "same" if (same is None) == denied else "other"


def is_denied(text: str, language: str, span: Span) -> bool:
    """Whether a word of a passage denies, or means that something is lost."""
    lexicon = polarity()[primary(language)]
    denials = grammar(language).denials | lexicon.negators
    return any(
        w.folded in denials or w.folded.startswith(lexicon.absence)
        for w in words(text)
        if span.start <= w.start < span.end
    )


def complement(text: str, language: str, fact: Fact) -> Iterator[tuple[Span, str]]:
    """« 38 ont fait des feuilles » of 300 of which 262 did; « 262 n'en ont pas fait »; and how the fact tells it."""
    for whole, part, predicate in parts_of_wholes(fact):
        rest = whole - part
        for said in find_quantities(text, language) if rest != part else ():
            number = Decimal(said.part) or (said.value if said.dimension == COUNT else Decimal(0))
            if number not in (rest, part) or (said.whole and said.whole != whole):
                continue
            here = _part(text, language, said.span)
            denied = _denies(text, language, said, here)
            wrong = denied if number == part else not is_denied(text, language, here)
            if not wrong or not _may_count(text, language, said, fact):
                continue
            if not tells_most_of(
                text, language, here if number == rest else sentence_at(text, here.start), predicate
            ):
                continue
            if is_about(text, language, said.span, fact) or tells_number(text, language, whole):
                yield said.span, f"it says so of {part} of {whole}"


@lru_cache(maxsize=4096)
def parts_of_wholes(fact: Fact) -> tuple[tuple[Decimal, Decimal, frozenset[str]], ...]:
    """Each whole of a fact with a part of it and the words of what the fact says of that part, where it denies
    nothing."""
    found = []
    for pair in stated_pairs(fact):
        if pair.by == "part":
            whole, part = sorted((side.quantity for side in pair.sides), key=lambda q: -q.value)
            found.append((whole.value, part.value, _part(fact.text, fact.language, part.span)))
    for share in find_quantities(fact.text, fact.language):
        if share.part:
            around = _part(fact.text, fact.language, share.span)
            found.append((Decimal(share.whole), Decimal(share.part), Span(share.span.end, around.end)))
    given = {q.value for q in find_quantities(fact.text, fact.language)}
    return tuple(
        (whole, part, frozenset(m.root for m in _inside(fact.text, fact.language, span)))
        for whole, part, span in found
        if whole - part not in given
        and _inside(fact.text, fact.language, span)
        and not is_denied(fact.text, fact.language, span)
        and not _chooses(fact, span)
    )


def _chooses(fact: Fact, span: Span) -> bool:
    """Whether a passage of a fact tells of a choice, of which the opposite is another word than a denial."""
    own, folded = turning(fact.language), fold(fact.text)
    patterns = (own.same, own.other) if own else ()
    return any(pattern.search(folded, span.start, span.end) for pattern in patterns)


def _part(text: str, language: str, figure: Span) -> Span:
    return part_around(text, language, figure, sentence_at(text, figure.start))


def _inside(text: str, language: str, span: Span) -> list[Mention]:
    return [m for m in mentions(text, language) if span.start <= m.start < span.end]


def _denies(text: str, language: str, said: Quantity, here: Span) -> bool:
    """Whether a denial is of a figure itself, in no clause that « que » leads (« una mano que no estaba prevista »)."""
    own = grammar(language)
    listed = [w for w in words(text) if here.start <= w.start < here.end]
    if any(w.folded.startswith(beginnings(language, "alone")) for w in listed):
        return False  # « no los mandamos solos »
    denials = [w.start for w in listed if w.folded in own.denials]
    led = [w.start for w in listed if w.folded in word_list(language, "leading_clause")]
    return any(
        not any(min(at, said.span.start) < start < max(at, said.span.end) for start in led) for at in denials
    )


def _may_count(text: str, language: str, said: Quantity, fact: Fact) -> bool:
    """Whether a figure may be of what a fact counts: a share, or a count of no other thing."""
    noun = noun_of(text, language, said.span)
    theirs = {m.root for m in mentions(fact.text, fact.language)}
    return bool(said.part) or not noun or bool(shared([noun], theirs))


def tells_most_of(text: str, language: str, passage: Span, predicate: frozenset[str]) -> bool:
    """Whether a passage tells most of what a fact says of a part; „ausgetrieben“ tells „trieben aus“."""
    said = [m.root for m in _inside(text, language, passage)]
    found = sum(any(alike(r, s) or (len(r) >= _SEPARABLE and s.endswith(r)) for s in said) for r in predicate)
    return found > len(predicate) // 2


_SEPARABLE = 5


def tells_number(text: str, language: str, number: Decimal) -> bool:
    return any(q.value == number and q.dimension == COUNT for q in find_quantities(text, language))


def is_about(text: str, language: str, at: Span, fact: Fact) -> bool:
    theirs = {m.root for m in mentions(fact.text, fact.language)}
    return len(shared(roots_near(text, language, at), theirs)) >= _ABOUT
