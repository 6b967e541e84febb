"""Reading a text character by character without losing one's place: folding, words, stems, sentences, runs.

Every function here keeps positions: a folded text has the length of the original, so a span found in one is a
span of the other.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from operator import attrgetter
from sys import intern
from typing import NamedTuple, TypeVar

import Stemmer

from inedit.guard.nlp.per_word import per_word
from inedit.guard.nlp.sentence_ends import LONGEST_HEAD, goes_on
from inedit.model import Span

STEMMERS = {"fr": "french", "en": "english", "de": "german", "es": "spanish", "it": "italian"}
"""The Snowball stemmer of each language; a word of any other language is its own stem."""

_SAME = dict(zip("’‘ʼ′‐‑−œŒæÆßøØłŁ·", "''''---oOaAsoOlL.", strict=True))
KEPT_TEXTS = 4096
"""Texts of which the words are remembered: the sentences of a brand's facts in its languages are asked for with every
draft, and must not be pushed out by what drafts say, some forty texts each."""

LONG_TEXT = 1_000
"""Characters from which a text is long, a prompt mostly."""

KEPT_LONG_TEXTS = 128
"""The same of long texts, of which each takes as much as some twenty sentences, and which hardly ever come again once
their drafts have been judged."""

T = TypeVar("T")


def _kept(texts: int) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """Keep what a function makes of so many texts, those asked for last; of long ones :data:`KEPT_LONG_TEXTS`."""

    def decorate(function: Callable[[str], T]) -> Callable[[str], T]:
        of_short, of_long = lru_cache(texts)(function), lru_cache(KEPT_LONG_TEXTS)(function)

        @wraps(function)
        def kept(text: str) -> T:
            return of_long(text) if len(text) > LONG_TEXT else of_short(text)

        return kept

    return decorate


WORD = re.compile(r"[^\W_]+")
"""A word of a folded text."""
_BREAK = re.compile(
    r"[.!?…\n](?:(?<=\n)\n*|(?<!\n)(?<![.!?…]{2})[.!?…]*+(?:[ \u00a0\u202f]?»)?[\"'»”“’)]*(?=\s|$))"
)  # its first character is one of few: re passes over all others at once


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    if character.isspace() and character != "\n":
        return " "
    if "₀" <= character <= "₉":  # « CO₂ »
        return str(unicodedata.digit(character))
    if character.isascii() or not (character.isalpha() or character.isdecimal()):
        return character
    return unicodedata.normalize("NFKD", character)[0]


@_kept(2 * KEPT_TEXTS)
def plain(text: str) -> str:
    """The text with plain letters, spaces and apostrophes; as long as the original, case kept.

    >>> plain("L’été à 10\u202f%")
    "L'ete a 10 %"
    """
    if text.isascii() and "\t" not in text and "\r" not in text:
        return text
    for character in set(text):  # a text has few of them: a third of the time of str.translate
        if character > "\x7f" or character in "\t\r":
            text = text.replace(character, _PLAIN[ord(character)])
    return text


class _Plain(dict[int, str]):
    """What each character is read as, worked out when it is first seen."""

    def __missing__(self, code: int) -> str:
        self[code] = _keep_symbol(chr(code))
        return self[code]


_PLAIN = _Plain()


def _keep_symbol(character: str) -> str:
    # superscripts and fractions keep their shape: m² is a unit, not "m2" glued to the next digit
    return character if character in "²³½¼¾°º€£★×…" else _plain_character(character)


@_kept(2 * KEPT_TEXTS)
def fold(text: str) -> str:
    """:func:`plain`, in lower case; still as long as the original."""
    folded = plain(text).lower()
    return folded if len(folded) == len(text) else "".join(c.lower()[0] for c in plain(text))


class Word(NamedTuple):
    """One word of a text: as written, folded, and where it stands."""

    text: str
    folded: str
    start: int
    end: int


_new = tuple.__new__


def spaced(folded: str) -> str:
    """A folded text with a space for whatever is no part of a :data:`WORD`; as long as the original.

    Splitting it takes a fifth of the time that :mod:`re` takes to find its words: every text of every draft is read so.
    """
    if folded.isascii():
        return folded.translate(_SPACED)
    for character in set(folded):  # a text has few that are none
        if not character.isalnum():
            folded = folded.replace(character, " ")
    return folded


_SPACED = {code: " " for code in range(128) if not chr(code).isalnum()}


@_kept(KEPT_TEXTS)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text; an elided article (``l'``) and the halves of a hyphenated word count as words."""
    listed: list[Word] = []
    start = 0
    for piece in spaced(fold(text)).split(" "):
        if piece:
            end = start + len(piece)
            # as Word(...) does, without its frame; a word is there once, however many of the texts kept have it
            folded, said = intern(piece), text[start:end]
            listed.append(_new(Word, (folded if said == folded else intern(said), folded, start, end)))
            start = end
        start += 1
    return tuple(listed)


_START = attrgetter("start")


def words_in(text: str, span: Span) -> tuple[Word, ...]:
    """The words of a text that begin in a passage."""
    listed = words(text)
    first = bisect_left(listed, span.start, key=_START)
    return listed[first : bisect_left(listed, span.end, first, key=_START)]


@lru_cache(maxsize=16384)
def stem(word: str, language: str) -> str:
    """The Snowball stem of a word, folded (https://snowballstem.org)."""
    name = STEMMERS.get(language[:2])
    # the stemmer object keeps state, so each call has its own, without a second cache
    stemmed = Stemmer.Stemmer(name, 0).stemWord(word.lower()) if name else word.lower()
    return stemmed if stemmed.isascii() else fold(stemmed)


stem_of = per_word(stem)
"""The stem of each word of a language."""


@_kept(KEPT_TEXTS)
def folded_words(text: str) -> tuple[str, ...]:
    """Each word folded, in order."""
    return tuple(map(intern, spaced(fold(text)).split()))


@lru_cache(maxsize=KEPT_TEXTS)
def stems(text: str, language: str) -> tuple[str, ...]:
    """The stem of each word, in order."""
    known = stem_of(language)
    return tuple([known[word.text] for word in words(text)])


@_kept(KEPT_TEXTS)
def sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences, a line break ending one; abbreviations, initials and « 30. Juni » do not."""
    spans: list[Span] = []
    start = 0
    for match in _BREAK.finditer(text):
        is_line = match.group().startswith("\n")
        head = text[max(start, match.end() - LONGEST_HEAD) : match.end()]
        if not is_line and goes_on(head, text[match.end() : match.end() + LONGEST_HEAD]):
            continue
        _append(spans, text, start, match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return tuple(spans)


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + piece.index(stripped)
        spans.append(Span(begin, begin + len(stripped)))


def sentence_at(text: str, position: int) -> Span:
    """The sentence that a position falls in."""
    for span in sentences(text):
        if span.start <= position < span.end:
            return span
    return Span(0, len(text))


def shared_runs(text: str, other: str, shortest: int) -> Iterator[tuple[int, int]]:
    """Maximal runs of at least ``shortest`` words of ``text`` that ``other`` has too, as word indices
    [from, to)."""
    if len(other) > LONG_TEXT:
        held = _held_by_long(text, other, shortest)
    else:
        other_runs = told_runs(other, shortest)
        if other_runs.isdisjoint(told_runs(text, shortest)):
            return
        held = [run in other_runs for run in spaced_runs(text, shortest)]
    index = 0
    while index < len(held):
        if not held[index]:
            index += 1
            continue
        end = index + 1
        while end < len(held) and held[end]:
            end += 1
        yield index, end + shortest - 1
        index = end + shortest - 1


PROBE_WORDS = 4
"""Words in a row that are looked for in it: as many of every shared run as do not step over one."""


def _held_by_long(text: str, other: str, shortest: int) -> list[bool]:
    """Which runs of so many words of a text a long one has: those alone are looked for in it of which it has the probe,
    the few words in a row that every ``step`` words begin."""
    listed, said = folded_words(text), spoken(other)
    length = min(PROBE_WORDS, shortest)
    step = shortest - length + 1
    held = [False] * max(0, len(listed) - shortest + 1)
    for probe in range(0, len(listed) - length + 1, step):
        if f" {' '.join(listed[probe : probe + length])} " in said:
            for at in range(max(0, probe - step + 1), min(probe + 1, len(held))):
                held[at] = f" {' '.join(listed[at : at + shortest])} " in said
    return held


@lru_cache(maxsize=64)
def spoken(text: str) -> str:
    """The words of a text, folded, with a space on either side of each; prompts have most of their lines in common."""
    lines = map(_spoken_line, text.split("\n"))
    return f" {' '.join(filter(None, lines))} "


@lru_cache(maxsize=KEPT_TEXTS)
def _spoken_line(line: str) -> str:
    return " ".join(spaced(fold(line)).split())


@lru_cache(maxsize=256)
def spaced_runs(text: str, length: int) -> tuple[str, ...]:
    """Every run of so many words of a text, folded, in order."""
    listed = folded_words(text)
    return tuple([" ".join(listed[at : at + length]) for at in range(len(listed) - length + 1)])


def told_runs(text: str, length: int) -> frozenset[str]:
    """The same of a text that many others are held against."""
    return _long_told_runs(text, length) if len(text) > LONG_TEXT else _short_told_runs(text, length)


@lru_cache(maxsize=1024)
def _short_told_runs(text: str, length: int) -> frozenset[str]:
    return frozenset(spaced_runs(text, length))


@lru_cache(maxsize=64)
def _long_told_runs(text: str, length: int) -> frozenset[str]:
    return frozenset(spaced_runs(text, length))


def run_span(text: str, run: tuple[int, int]) -> Span:
    """The characters of a run of words."""
    listed = words(text)
    return Span(listed[run[0]].start, listed[run[1] - 1].end)


def excerpt(text: str, limit: int = 90) -> str:
    """The text on one line, cut at a word with an ellipsis when it is longer than ``limit`` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(",;:") + "…"
