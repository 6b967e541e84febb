"""Regular expressions that are only tried on texts that can hold a match.

The guard knows several hundred patterns, of which a draft matches hardly one; trying one takes as long as reading the
text. Most cannot match without certain letters: ``\\b(?:livr|envoi)\\w+`` needs "livr" or "envoi". Looking for these
first costs little, and changes nothing of what is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

from inedit.guard.nlp.needles import caseless, needles_of, telling, width_of

T = TypeVar("T")
RUN = 3
"""Letters of a needle that are looked up, among all of the text in a row, before it is looked for."""

_RANKS = {letter: rank for rank, letter in enumerate(" esaintrulodcmpghvfbqjyxzkw")}
"""How rare the letters of our languages are: of a needle, the rarest :data:`RUN` in a row are looked up."""

FEW = 3
"""Needles that are sooner looked for one by one: of a sentence, its letters in a row are not worth listing."""

MOST_OF_OTHERS = 64
"""Needles of what else a match must hold: more of them are as dear to look for as the pattern is to try."""

FEW_TO_FIND = 8
"""Needles up to which it is: to look for more of them takes as long as to try the pattern."""

MANY = 12
"""Needles from which those alone are looked for of which a text has the letters in a row."""


class Pattern:
    """A pattern, and ``needles``: letters, in lower case and with 0 for any digit, of which a text must hold one to
    match; without any, every text is tried.

    Needles are found when the first text is tried, and the pattern is compiled when the first one may match it: of the
    patterns of five languages a process needs a few. What is wrong in a pattern is raised then.
    """

    __slots__ = ("_around", "_by_mark", "_compiled", "_flags", "_marks", "_needles", "_others", "_source")

    def __init__(self, source: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._source, self._flags = source, flags
        self._needles: tuple[str, ...] | None = None
        self._others: tuple[tuple[str, ...], ...] = ()
        self._marks: frozenset[str] = frozenset()
        self._by_mark: dict[str, list[str]] = {}
        self._compiled: re.Pattern[str] | None = None
        self._around = 0

    @property
    def needles(self) -> tuple[str, ...]:
        """See above."""
        if self._needles is None:
            needles, *others = needles_of(self._source, self._flags) or [()]
            self._others = tuple(o for o in others if len(o) <= MOST_OF_OTHERS and all(map(telling, o)))
            long = len(needles) > FEW and all(len(needle) >= RUN for needle in needles)
            by_mark: dict[str, list[str]] = {}
            for needle in needles if long else ():
                by_mark.setdefault(_mark(needle), []).append(needle)
            self._by_mark, self._marks = by_mark, frozenset(by_mark)
            self._needles = needles  # last, as other threads read it
        return self._needles

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern for :mod:`re`."""
        if self._compiled is None:
            few = 0 < len(self.needles) <= FEW_TO_FIND
            self._around = width_of(self._source, self._flags) if few else 0
            self._compiled = re.compile(self._source, self._flags)
        return self._compiled

    def can_match(self, text: str) -> bool:
        """Whether one of the needles is there."""
        return self.is_possible(_look(text))

    def is_possible(self, look: _Look) -> bool:
        """The same of a text that was looked at."""
        needles: Iterable[str] | None = self._needles
        if needles is None:
            needles = self.needles
        letters = look.letters
        if self._marks:
            if look.runs.isdisjoint(self._marks):  # so for nine patterns of ten
                return False
            if len(self._by_mark) > MANY:
                needles = [needle for mark in self._marks & look.runs for needle in self._by_mark[mark]]
        for needle in needles:  # any() takes three times as long on a few needles
            if needle in letters:
                return self.has_others(letters)
        return not self._needles

    def has_others(self, letters: str) -> bool:
        """Whether what else a match must hold is there too: « sur » is in most texts, « sur » and a number in few."""
        for others in self._others:
            for needle in others:
                if needle in letters:
                    break
            else:
                return False
        return True

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As :meth:`re.Pattern.finditer`."""
        look = _look(text)
        if not self.is_possible(look):
            return iter(())
        compiled = self.compiled  # first: it tells whether to look around
        return self._near_needles(compiled, text, look.letters) if self._around else compiled.finditer(text)

    def _near_needles(self, compiled: re.Pattern[str], text: str, letters: str) -> Iterator[re.Match[str]]:
        """The matches, none of which is longer than ``_around``: a numeral by numeral « sur » numeral is dear to try
        at every word."""
        start = end = 0
        for first, stop in sorted(_places(self.needles, letters)):
            if first - self._around > end:
                if end:
                    yield from compiled.finditer(text, start, end)
                start = max(0, stop - self._around)
            elif not end:
                start = max(0, stop - self._around)
            end = first + self._around
        yield from compiled.finditer(text, start, end)

    def search(self, text: str) -> re.Match[str] | None:
        """As :meth:`re.Pattern.search`."""
        return next(self.finditer(text), None)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """As :meth:`re.Pattern.sub`."""
        return self.compiled.sub(replacement, text) if self.can_match(text) else text


class Prefilter(Generic[T]):
    """Patterns, each with what it is for, that are tried on the same texts: most are ruled out together.

    A text of which characters are taken out meanwhile can hold no pattern that it did not hold before.
    """

    __slots__ = ("_any_text", "_by_mark", "_characters", "_marks", "patterns")

    def __init__(self, patterns: Iterable[tuple[Pattern, T]]) -> None:
        self.patterns = tuple(patterns)
        self._marks: frozenset[str] | None = None

    def _read(self) -> frozenset[str]:
        """The marks of all needles, with what they lead to: found when the first text is tried."""
        any_text: list[int] = []
        by_needle: dict[str, list[int]] = {}
        for number, (pattern, _) in enumerate(self.patterns):
            if not pattern.needles:
                any_text.append(number)
            for needle in pattern.needles:
                by_needle.setdefault(needle, []).append(number)
        by_mark: dict[str, list[tuple[str, list[int]]]] = {}
        # of a short needle, such as the brackets of a placeholder, the first character is looked for
        for needle, numbers in by_needle.items():
            by_mark.setdefault(_mark(needle), []).append((needle, numbers))
        self._any_text, self._by_mark = any_text, by_mark
        self._characters = frozenset(mark for mark in by_mark if len(mark) == 1)
        marks = frozenset(by_mark) - self._characters
        _ALL_MARKS.update(marks)
        self._marks = marks  # last, as other threads read it
        return marks

    def possible(self, text: str) -> Iterator[tuple[Pattern, T]]:
        """Those that a text can match, in their order."""
        for number in sorted(self._possible(text)):
            yield self.patterns[number]

    def not_ruled_out(self, text: str) -> frozenset[Pattern]:
        """Those that a text, or what is left of it when characters are taken out, can match."""
        patterns = self.patterns
        return frozenset([patterns[number][0] for number in self._possible(text)])

    def _possible(self, text: str) -> set[int]:
        look = _look(text)
        marks = self._read() if self._marks is None else self._marks
        there, letters, by_mark, patterns = set(self._any_text), look.letters, self._by_mark, self.patterns
        for mark in (*(marks & look.marks), *(self._characters & look.characters)):
            for needle, numbers in by_mark[mark]:
                if needle in letters:
                    for number in numbers:
                        if number not in there and patterns[number][0].has_others(letters):
                            there.add(number)
        return there


class _Look:
    """A text as needles are looked for in it: its letters, which there are, and every :data:`RUN` in a row."""

    __slots__ = ("characters", "letters")

    def __init__(self, text: str) -> None:
        self.letters = caseless(text)
        self.characters = frozenset(self.letters)

    @property
    def runs(self) -> frozenset[str]:
        """The letters in a row: few of a text's sentences are asked for them."""
        return _runs(self.letters)

    @property
    def marks(self) -> frozenset[str]:
        """Those that any prefilter looks for: few of them, and every prefilter asks."""
        return _marks_in(self.letters, len(_ALL_MARKS))


_ALL_MARKS = set[str]()
"""The letters in a row that any prefilter looks for."""


@lru_cache(maxsize=128)
def _marks_in(letters: str, _known: int) -> frozenset[str]:
    """``_known`` tells a text that was looked at before another prefilter was read."""
    return _runs(letters) & _ALL_MARKS


@lru_cache(maxsize=128)  # a text is looked at as it is written, plain and folded: its letters are the same
def _runs(letters: str) -> frozenset[str]:
    return frozenset(map("".join, zip(letters, letters[1:], letters[2:], strict=False)))


_look = lru_cache(maxsize=128)(_Look)


def _mark(needle: str) -> str:
    """What a text that holds a needle holds too, and few others: its rarest letters in a row, of a short one the
    first."""
    runs = (needle[at : at + RUN] for at in range(len(needle) - RUN + 1))
    return max(runs, key=_rarity) if len(needle) >= RUN else needle[0]


def _rarity(letters: str) -> int:
    return sum(_RANKS.get(letter, len(_RANKS)) for letter in letters)


def may_match_within(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a pattern, which is tried clause by clause mostly, can match a part of a text: without the letters that
    it needs no part has them."""
    return _by_needles(pattern).can_match(text)


def occurs(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a pattern matches in a text, which is only read for it where it has the letters: to try a pattern at
    every word takes ten times as long."""
    return _by_needles(pattern).can_match(text) and pattern.search(text) is not None


@lru_cache(maxsize=256)
def _by_needles(pattern: re.Pattern[str]) -> Pattern:
    return Pattern(pattern.pattern, re.RegexFlag(pattern.flags) & ~re.UNICODE)


def _places(needles: Iterable[str], letters: str) -> Iterator[tuple[int, int]]:
    """Where the needles stand, from their first letter to behind their last."""
    for needle in needles:
        at = letters.find(needle)
        while at >= 0:
            yield at, at + len(needle)
            at = letters.find(needle, at + 1)
