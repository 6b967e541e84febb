"""A fact told word for word with another figure: « un technicien vient …, pour 320 € » where the fact says 160 €. Pure.

Whatever else may bear a figure out (a sum, a multiple, another fact's figure, a scene) is said in words of its own. A
sentence that has a fact's words in the fact's order, and no other, has the fact's figures too, or it is wrong. Words
are read in two ways: with their letters, whatever the digits between them mean (“44 h 40”), and by their stems without
determiners, each figure by what it measures (« deux » for “25”, « 3 jours » for « 24 heures »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import readable_facts
from inedit.guard.nlp.arithmetic import MINUTES, same_amount
from inedit.guard.nlp.grammar import function_words, grammar, is_content, root
from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.numbers import add_up, word_values
from inedit.guard.nlp.per_word import per_word
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import KEPT_TEXTS, fold, sentences, words_in
from inedit.model import Span

_KINDS = ("claim", "insight", "offer", "about")

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[%°½¼¾+]")
_CUT = re.compile(r"(?<=[,;:)–—])\s|\s(?=[(–—-]\s?)|(?<=\d\.)\s")
_INDEPENDENT = re.compile(r";\s")

_FEWEST = 2
"""Words that tell something which a passage needs to tell a fact by itself, else the text around it."""


class _Token(NamedTuple):
    """A word, or what a figure measures, and where it stands; ``figure`` as its digits or as its quantity, if any."""

    key: str
    at: Span
    figure: str | Quantity | None
    telling: bool


class _Told(NamedTuple):
    """A passage of a fact, as it is read; where it speaks of what stands before it (it opens with a pronoun, or is
    short), ``before`` are the stems of that."""

    fact: Fact
    tokens: tuple[_Token, ...]
    before: frozenset[str]


_Key = tuple[str, ...]


def told_with_another_figure(
    text: str, language: str, facts: tuple[Fact, ...], this_year: int
) -> Iterator[tuple[Span, Fact]]:
    """The figures of a text that stand where a fact, told word for word, has another one; each with the fact."""
    if not find_quantities(text, language) and not any(map(str.isdigit, text)):
        return
    index, found = _index(facts, language), dict[Span, Fact]()
    for sentence in _sentences(text):
        found.update([*_wrong(text, sentence, language, index, this_year)][:1])
    yield from found.items()


def _wrong(
    text: str, sentence: Span, language: str, index: dict[_Key, list[_Told]], this_year: int
) -> Iterator[tuple[Span, Fact]]:
    for read in _READINGS:
        for tokens in _beginnings(text, sentence, read(text, language)):
            listed = index.get(tuple([token.key for token in tokens]))
            if not listed:
                continue
            rest = _stems(text, Span(tokens[-1].at.end, sentence.end), language)
            others = _stems(text, Span(0, len(text)), language)
            listed = [
                told
                for told in listed
                if rest <= _all_stems(told.fact) and len(told.before & others) >= min(_FEWEST, len(told.before))
            ]
            wrong = [_differing(told, tokens, text, language, this_year) for told in listed]
            if all(wrong) and wrong:
                least = min(range(len(wrong)), key=lambda i: len(wrong[i]))
                yield wrong[least][0], listed[least].fact
            if listed:
                break


def _differing(
    told: _Told, tokens: Sequence[_Token], text: str, language: str, this_year: int
) -> list[Span]:
    """Where a passage has other figures than the fact that it tells."""
    found = []
    for given, said in zip(told.tokens, tokens, strict=True):
        if given.figure is None or said.figure is None or given.figure == said.figure:
            continue
        mine = said.figure if isinstance(said.figure, Quantity) else _around(text, said.at, language)
        theirs = (
            given.figure
            if isinstance(given.figure, Quantity)
            else _around(told.fact.text, given.at, told.fact.language)
        )
        if mine is None or theirs is None or not _is_same(theirs, mine, this_year):
            found.append(mine.span if mine else said.at)
    return found


def _around(text: str, at: Span, language: str) -> Quantity | None:
    return next((q for q in find_quantities(text, language) if q.span.overlaps([at])), None)


def _is_same(given: Quantity, said: Quantity, this_year: int) -> bool:
    """Whether a figure is the fact's, told in another unit or rounder (“over 14,000” of “over 14,600”)."""
    if not same_amount(given, said, this_year):
        return False
    rounded = given.dimension == said.dimension and given.number and said.number != given.number
    return not rounded or _digits(said) < _digits(given) or given.value == said.value


def _digits(quantity: Quantity) -> int:
    return len(quantity.number.normalize().as_tuple().digits)


@by_identity(maxsize=KEPT)
def _index(facts: tuple[Fact, ...], language: str) -> dict[_Key, list[_Told]]:
    """The passages of all facts that have a figure, by their words."""
    found: dict[_Key, list[_Told]] = {}
    for fact in readable_facts(facts, language):
        for told in _passages(fact) if fact.kind in _KINDS else ():
            found.setdefault(tuple([token.key for token in told.tokens]), []).append(told)
    return found


@lru_cache(maxsize=KEPT_TEXTS)
def _passages(fact: Fact) -> tuple[_Told, ...]:
    """The sentences of a fact and their beginnings, up to each cut, in both readings."""
    text, language, found = fact.text, fact.language, list[_Told]()
    own = grammar(language)
    for sentence in _sentences(text):
        opens = words_in(text, sentence)[:1]
        refers = bool(opens) and opens[0].folded in own.others | own.demonstratives
        before = _stems(text, Span(0, sentence.start), language)
        for read in _READINGS:
            for tokens in _beginnings(text, sentence, read(text, language)):
                short = sum(token.telling for token in tokens) < _FEWEST
                if before or not short:
                    found.append(_Told(fact, tuple(tokens), before if refers or short else frozenset()))
    return tuple(found)


def _sentences(text: str) -> Iterator[Span]:
    """The sentences of a text, and the parts of one that a semicolon sets apart; what ends in a figure also with the
    next („Bis 32. Januar“)."""
    listed = sentences(text)
    for first, second in pairwise(listed):
        if text[first.end - 1] == "." and text[first.end - 2].isdigit():
            yield Span(first.start, second.end)
    for sentence in listed:
        yield sentence
        start = sentence.start
        for cut in _INDEPENDENT.finditer(text, sentence.start, sentence.end):
            yield Span(start, cut.start())
            start = cut.end()
        if start > sentence.start:
            yield Span(start, sentence.end)


def _beginnings(text: str, sentence: Span, tokens: Sequence[_Token]) -> Iterator[Sequence[_Token]]:
    """A sentence and what it begins with up to each cut, the longest first, where that tells something in figures."""
    inside = [token for token in tokens if sentence.start <= token.at.start < sentence.end]
    if all(token.figure is None for token in inside):
        return
    ends = [sentence.end, *(m.start() for m in _CUT.finditer(text, sentence.start, sentence.end))]
    for end in sorted(set(ends), reverse=True):
        begun = [token for token in inside if token.at.end <= end]
        if any(token.telling for token in begun) and any(token.figure is not None for token in begun):
            yield begun


@lru_cache(maxsize=KEPT_TEXTS)
def _by_letters(text: str, language: str) -> tuple[_Token, ...]:
    """Every word, and every number in digits or in one word."""
    folded, found, number = fold(text), list[_Token](), _number(language)
    small = function_words(language)
    for m in _TOKEN.finditer(folded):
        digits, at = number[m[0]], Span(*m.span())
        telling = not digits and m[0] not in small and len(m[0]) > 1
        found.append(_Token("#" if digits else m[0], at, digits, telling))
    return tuple(found)


@per_word
def _number(word: str, language: str) -> str | None:
    """The digits of a word that is a number above one, in letters or not."""
    if word.isdigit():
        return word
    values = word_values(word, language_profile(language))
    return str(add_up(values)) if values and len(word) > 1 and values != (1,) else None


@lru_cache(maxsize=KEPT_TEXTS)
def _by_amounts(text: str, language: str) -> tuple[_Token, ...]:
    """Every figure by what it measures, and the stems of the other words but determiners."""
    figures = find_quantities(text, language)
    found = [_Token(_measure(q), q.span, q, telling=False) for q in figures]
    determiners = grammar(language).determiners - grammar(language).prepositions
    small = function_words(language)
    at = 0
    for word in words_in(text, Span(0, len(text))):
        while at < len(figures) and figures[at].span.end <= word.start:
            at += 1
        if word.folded in determiners or (at < len(figures) and figures[at].span.start < word.end):
            continue
        telling = word.folded not in small and len(word.folded) > 1
        found.append(_Token(root(word.text, language), Span(word.start, word.end), None, telling))
    return tuple(sorted(found, key=lambda token: token.at))


_READINGS = (_by_letters, _by_amounts)


def _measure(quantity: Quantity) -> str:
    """What two figures have in common of which one may stand in the other's place."""
    dimension = quantity.dimension
    if dimension in MINUTES and dimension != "time":
        dimension = "length"
    loose = "~" if quantity.approximate else ""
    return f"#{loose}{dimension if dimension != COUNT else ''}"


@lru_cache(maxsize=KEPT_TEXTS)
def _stems(text: str, span: Span, language: str) -> frozenset[str]:
    """The stems of the words of content of a passage."""
    return frozenset(root(w.text, language) for w in words_in(text, span) if is_content(w, language))


def _all_stems(fact: Fact) -> frozenset[str]:
    return _stems(fact.text, Span(0, len(fact.text)), fact.language)
