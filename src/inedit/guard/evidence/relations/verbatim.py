"""What a text and a fact have word for word: passages of each, as two ways of reading make them alike. Pure.

Words are read with their letters, whatever the digits between them mean (“44 h 40”), or by their stems without
determiners, each figure by what it measures (« deux » for “25”, « 3 jours » for « 24 heures »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.guard.evidence.capitals import calendar
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import readable_facts
from inedit.guard.nlp.arithmetic import MINUTES
from inedit.guard.nlp.function_words import content_of, root_of
from inedit.guard.nlp.grammar import function_words, grammar, is_content, root
from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.numbers import add_up, word_values
from inedit.guard.nlp.per_word import per_word
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import KEPT_TEXTS, fold, sentences, words_in
from inedit.model import Span

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[%°½¼¾+]")
_CUT = re.compile(r"(?<=[,;:)–—])\s|\s(?=[(–—-]\s?)|(?<=\d\.)\s")
_INDEPENDENT = re.compile(r";\s")

_KINDS = ("claim", "insight", "offer", "about")

_KEPT_READ = 256
"""Texts of which each reading is kept: what is read comes twice at most, and a fact's passages are kept apart."""

FEWEST = 2
"""Words that tell something which a passage needs to tell a fact by itself, else the text around it."""


class Token(NamedTuple):
    """A word, or what a figure measures, and where it stands; ``figure`` as its digits or as its quantity, if any."""

    key: str
    at: Span
    figure: str | Quantity | None
    telling: bool


class Told(NamedTuple):
    """A passage of a fact, as it is read; where it speaks of what stands before it (it opens with a pronoun, or is
    short), ``before`` are the stems of that."""

    fact: Fact
    tokens: tuple[Token, ...]
    before: frozenset[str]


Key = tuple[str, ...]
"""The words of a passage, each figure by what it measures."""


Index = dict[Key, list[Told]]

Opening = tuple[str, ...]
"""The stems of the first three words of content of a sentence that are no part of a date."""


def opening(text: str, sentence: Span, language: str) -> Opening:
    """How a sentence opens: most do as no fact does, and need not be read."""
    tells, known, dates = content_of(language), root_of(language), calendar(language)
    words = (w for w in words_in(text, sentence) if tells[w.folded] and w.folded not in dates)
    return tuple([known[word.text] for word in islice(words, _OPENING)])


_OPENING = 3


def with_figures(text: str, language: str) -> Iterator[tuple[Span, Opening]]:
    """The parts of a text that tell something in figures, and how each opens."""
    figures = find_quantities(text, language)
    for passage in parts_of(text):
        inside = any(passage.start <= q.span.start < passage.end for q in figures)
        if inside or any(map(str.isdigit, passage.of(text))):
            yield passage, opening(text, passage, language)


def may_tell(opens: Opening, facts: tuple[Fact, ...], language: str) -> bool:
    """Whether a sentence opens as one of some facts does, but for one word."""
    return any(gap in told for told in _openings_of(facts, language) for gap in _gaps(opens))


@by_identity(maxsize=KEPT)
def _openings_of(facts: tuple[Fact, ...], language: str) -> tuple[frozenset[Opening], ...]:
    """How the sentences of facts open: of those that all variants have in common, and of the insights of one."""
    return tuple(_openings(listed) for listed in told_facts(facts, language))


@lru_cache(maxsize=64)
def _openings(facts: tuple[Fact, ...]) -> frozenset[Opening]:
    """Each opening with one of its words left out."""
    found = set[Opening]()
    for fact in facts:
        for passage in parts_of(fact.text):
            opens = opening(fact.text, passage, fact.language)
            found.update(_gaps(opens))
    return frozenset(found)


def _gaps(opens: Opening) -> Iterator[Opening]:
    """An opening with one of its words left out."""
    return ((*opens[:i], "", *opens[i + 1 :]) for i in range(len(opens)))


@by_identity(maxsize=KEPT)
def indexed(facts: tuple[Fact, ...], language: str) -> tuple[Index, Index]:
    """The passages of facts that have a figure, by their words: of those that all variants have in common, and of the
    insights of one."""
    common, own = told_facts(facts, language)
    return _indexed(common), _indexed(own)


def told_facts(facts: tuple[Fact, ...], language: str) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The facts that a sentence may tell: those that all variants have in common, and the insights of one."""
    told = [fact for fact in readable_facts(facts, language) if fact.kind in _KINDS]
    common = tuple(fact for fact in told if fact.kind != "insight")
    return common, tuple(fact for fact in told if fact.kind == "insight")


@lru_cache(maxsize=64)
def _indexed(facts: tuple[Fact, ...]) -> Index:
    found: Index = {}
    for fact in facts:
        for told in passages(fact):
            found.setdefault(tuple([token.key for token in told.tokens]), []).append(told)
    return found


@lru_cache(maxsize=KEPT_TEXTS)
def passages(fact: Fact) -> tuple[Told, ...]:
    """The sentences of a fact and their beginnings, up to each cut, in both readings."""
    text, language, found = fact.text, fact.language, list[Told]()
    own = grammar(language)
    for sentence in parts_of(text):
        opens = words_in(text, sentence)[:1]
        refers = bool(opens) and opens[0].folded in own.others | own.demonstratives
        before = stems_of(text, Span(0, sentence.start), language)
        for read in READINGS:
            for tokens in beginnings_of(text, sentence, read(text, language)):
                short = sum(token.telling for token in tokens) < FEWEST
                if before or not short:
                    found.append(Told(fact, tuple(tokens), before if refers or short else frozenset()))
    return tuple(found)


def parts_of(text: str) -> Iterator[Span]:
    """The sentences of a text, and the parts of one that a semicolon sets apart; what ends in a figure also with the
    next („Bis 32. Januar“)."""
    listed = sentences(text)
    for first, second in pairwise(listed):
        if text[first.end - 1] == "." and text[first.end - 2].isdigit():
            yield Span(first.start, second.end)
    for sentence in listed:
        yield sentence
        start = sentence.start
        if ";" not in text:
            continue
        for cut in _INDEPENDENT.finditer(text, sentence.start, sentence.end):
            yield Span(start, cut.start())
            start = cut.end()
        if start > sentence.start:
            yield Span(start, sentence.end)


def beginnings_of(text: str, sentence: Span, tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """A sentence and what it begins with up to each cut, the longest first, where that tells something in figures."""
    inside = [token for token in tokens if sentence.start <= token.at.start < sentence.end]
    if all(token.figure is None for token in inside):
        return
    ends = [sentence.end, *(m.start() for m in _CUT.finditer(text, sentence.start, sentence.end))]
    for end in sorted(set(ends), reverse=True):
        begun = [token for token in inside if token.at.end <= end]
        if any(token.telling for token in begun) and any(token.figure is not None for token in begun):
            yield begun


@lru_cache(maxsize=_KEPT_READ)
def by_letters(text: str, language: str) -> tuple[Token, ...]:
    """Every word, and every number in digits or in one word."""
    folded, found, number = fold(text), list[Token](), _number(language)
    small = function_words(language)
    for m in _TOKEN.finditer(folded):
        digits, at = number[m[0]], Span(*m.span())
        telling = not digits and m[0] not in small and len(m[0]) > 1
        found.append(Token("#" if digits else m[0], at, digits, telling))
    return tuple(found)


@per_word
def _number(word: str, language: str) -> str | None:
    """The digits of a word that is a number above one, in letters or not."""
    if word.isdigit():
        return word
    values = word_values(word, language_profile(language))
    return str(add_up(values)) if values and len(word) > 1 and values != (1,) else None


@lru_cache(maxsize=_KEPT_READ)
def by_amounts(text: str, language: str) -> tuple[Token, ...]:
    """Every figure by what it measures, and the stems of the other words but determiners."""
    figures = find_quantities(text, language)
    found = [Token(_measure(q), q.span, q, telling=False) for q in figures]
    own = grammar(language)
    determiners = own.determiners - own.prepositions - own.denials - own.negations  # „keine fünf Euro“
    small = function_words(language)
    at = 0
    for word in words_in(text, Span(0, len(text))):
        while at < len(figures) and figures[at].span.end <= word.start:
            at += 1
        if word.folded in determiners or (at < len(figures) and figures[at].span.start < word.end):
            continue
        telling = word.folded not in small and len(word.folded) > 1
        found.append(Token(root(word.text, language), Span(word.start, word.end), None, telling))
    return tuple(sorted(found, key=lambda token: token.at))


READINGS = (by_letters, by_amounts)
"""The two ways of reading."""


def _measure(quantity: Quantity) -> str:
    """What two figures have in common of which one may stand in the other's place."""
    dimension = quantity.dimension
    if dimension in MINUTES and dimension != "time":
        dimension = "length"
    loose = "~" if quantity.approximate else ""
    return f"#{loose}{dimension if dimension != COUNT else ''}"


@lru_cache(maxsize=_KEPT_READ)
def stems_of(text: str, span: Span, language: str) -> frozenset[str]:
    """The stems of the words of content of a passage."""
    return frozenset(root(w.text, language) for w in words_in(text, span) if is_content(w, language))


def all_stems(fact: Fact) -> frozenset[str]:
    """The stems of a fact's words of content."""
    return stems_of(fact.text, Span(0, len(fact.text)), fact.language)
