"""Clauses of a text with their noun phrases: which words may be what a clause is about, without a parser.

A noun is the word that a determiner leads (in German any word with a capital), a clause's first word, or what a number
counts. Its role follows from the word before: a preposition makes it ``oblique``, « de » and its like ``of`` the noun
before, nothing leaves it ``bare``: subject or object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from inedit.guard.nlp.function_words import (
    Grammar,
    content_of,
    function_words,
    grammar,
    is_content,
    is_number,
    measures,
    root,
    root_of,
    singular,
)
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.tokens import is_verb, readings
from inedit.guard.nlp.text import KEPT_TEXTS, Word, sentences, words_in
from inedit.model import Span

__all__ = [
    "Clause",
    "Grammar",
    "Noun",
    "clauses",
    "function_words",
    "grammar",
    "is_content",
    "root",
    "singular",
]

Role = Literal["bare", "oblique", "of"]
_CUT = re.compile(
    r"[;:()!?…,–—.\s](?:(?<=[;:()!?…])(?<!\d:(?=\d))[;:()!?…]*|(?<=[,–—])(?=\s)|(?<=\s)-\s|(?<=\n)\n*|(?<=\.)(?<!\d\.)(?=\s))"
)  # its first character is one of few: re passes over all others at once
_FARTHEST_LEAD = 4  # words back to a determiner, past numbers and units: “the 250 W motor”
_FEWEST_WORDS = 3  # on either side of a joiner that parts two clauses


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of a clause: its stem, where it stands, its role, and the determiner that leads it (``""`` without)."""

    stem: str
    word: Word
    role: Role
    determiner: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence between two cuts, with its nouns and the stems of its words of content."""

    span: Span
    sentence: int
    nouns: tuple[Noun, ...]
    stems: frozenset[str]
    words: tuple[Word, ...]
    said: frozenset[str] = field(init=False, repr=False, compare=False)
    """The words, folded."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", frozenset([word.folded for word in self.words]))

    def has(self, listed: frozenset[str]) -> bool:
        """Whether one of the words stands in the clause."""
        return not self.said.isdisjoint(listed)


@lru_cache(maxsize=KEPT_TEXTS // 4)
def clauses(text: str, language: str) -> tuple[Clause, ...]:
    """The clauses of a text, in order."""
    found = []
    for number, sentence in enumerate(sentences(text)):
        for span in _cuts(text, sentence, language):
            listed = words_in(text, span)
            if listed:
                found.append(_clause(span, number, listed, language))
    return tuple(found)


def _cuts(text: str, sentence: Span, language: str) -> Iterator[Span]:
    start = sentence.start
    for m in _CUT.finditer(text, sentence.start, sentence.end):
        if m.start() > start:
            yield from _at_joiners(text, Span(start, m.start()), language)
        start = m.end()
    if start < sentence.end:
        yield from _at_joiners(text, Span(start, sentence.end), language)


def _at_joiners(text: str, span: Span, language: str) -> Iterator[Span]:
    """« elle pèse 17 kg et le cadre est garanti »: a joiner before a determiner or « we » begins another clause."""
    opens = _openers(language)
    listed = words_in(text, span)
    start, first = span.start, 0
    for i in range(_FEWEST_WORDS, len(listed) - _FEWEST_WORDS):
        enough = i - first >= _FEWEST_WORDS
        if enough and listed[i + 1].folded in opens and is_joiner(listed[i], language):
            yield Span(start, listed[i].start)
            start, first = listed[i].start, i
    yield Span(start, span.end)


def is_joiner(word: Word, language: str) -> bool:
    """Whether a word joins two clauses; an accent tells « e » from « è »."""
    return word.text.lower() in grammar(language).joiners


def _clause(span: Span, number: int, listed: tuple[Word, ...], language: str) -> Clause:
    tells_content, known = content_of(language), root_of(language)
    telling = [tells_content[word.folded] for word in listed]
    content = frozenset(
        [
            known[word.text]
            for word, tells in zip(listed, telling, strict=True)
            if tells and (len(word.folded) > 2 or _is_name(word))
        ]
    )
    nouns = tuple(_nouns(listed, telling, language))
    short = (noun.stem for noun in nouns if len(noun.word.folded) == _SHORTEST)  # „Öl“, « té »
    return Clause(span, number, nouns, content.union(short), listed)


_SHORTEST = 2
"""Letters that a noun has at least."""


def _is_name(word: Word) -> bool:
    """« C2 »: letters and digits."""
    text = word.text
    if text.isalpha() or len(text) == 1:  # so are nearly all
        return False
    return any(map(str.isdigit, text)) and any(map(str.isalpha, text))


_FINITE = frozenset({"fr", "es", "it"})
"""Languages in which a verb's form shows that it is none of a noun; an English one may be a participle."""


def _nouns(listed: tuple[Word, ...], telling: Sequence[bool], language: str) -> Iterator[Noun]:
    own, german = grammar(language), primary(language) == "de"
    for i, word in enumerate(listed):
        if not telling[i] or len(word.folded) < 2:
            continue
        if german and not (word.text[:1].isupper() or _is_name(word)):
            continue
        lead = _lead(listed, i, language)
        if i == 0 and primary(language) in _FINITE and _opens_as_verb(listed, language):
            continue  # « Pagas el 0,9 % »
        counted = i > 0 and is_number(listed[i - 1], language) and listed[i - 1].end + 1 == word.start
        counted = counted and not (i > 1 and listed[i - 2].text[:1].isupper())  # « Lumo 300 coûte »
        if lead is None and i > 0 and not (german or counted or _is_name(word)):
            continue
        determiner, before = lead or ("", listed[i - 1].folded if i else "")
        role: Role = "bare"
        if before in own.genitive or determiner in own.genitive:
            role = "of"
        elif before in own.prepositions or determiner in own.prepositions:
            role = "oblique"
        yield Noun(root(word.text, language), word, role, determiner)


def _opens_as_verb(listed: tuple[Word, ...], language: str) -> bool:
    """Whether a clause opens with a verb: a word that is nothing else, or that may be one before a determiner."""
    first, code, own = listed[0].text.lower(), primary(language), grammar(language)
    if is_verb(first, code):
        return True
    led = len(listed) > 1 and listed[1].folded in own.determiners - own.genitive - own.prepositions
    return led and any(reading.startswith("V") for reading in readings(first, code))


@lru_cache(maxsize=16)
def _openers(language: str) -> frozenset[str]:
    """What a joiner stands before when another clause begins."""
    return grammar(language).determiners | grammar(language).we


@lru_cache(maxsize=16)
def _leaders(language: str) -> frozenset[str]:
    """What leads a noun."""
    own = grammar(language)
    return own.determiners | own.genitive | own.prepositions


@lru_cache(maxsize=16)
def _actors(language: str) -> frozenset[str]:
    """What stands before a verb, its pronoun between them."""
    own = grammar(language)
    return own.we | own.you | own.others | own.negations | _RELATIVE


_RELATIVE = frozenset({"qui", "que", "che"})
"""« che le ripara »: what follows such a word and a pronoun is a verb."""


def _lead(listed: tuple[Word, ...], i: int, language: str) -> tuple[str, str] | None:
    """The function word that leads a noun, past one word such as « première » (in German any), and the one before."""
    own, leaders = grammar(language), _leaders(language)
    for back in range(1, (i if i < _FARTHEST_LEAD else _FARTHEST_LEAD) + 1):
        before = listed[i - back]
        if before.text == "a" and primary(language) == "fr":
            return None  # « l'a monté »: the verb, not « à »
        if before.folded in leaders:
            earlier = listed[i - back - 1].folded if i - back - 1 >= 0 else ""
            first = listed[i - back - 2].folded if i - back - 2 >= 0 else ""
            acts = earlier in _actors(language) and first not in own.prepositions
            return None if before.folded in own.object_pronouns and acts else (before.folded, earlier)
        adjective = primary(language) == "de" and back == 1 and is_content(before, language)
        if not adjective and not measures(before.folded, language):
            return None
    return None
