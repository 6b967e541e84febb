"""Regular expressions that are only tried on texts that can hold a match.

The guard knows several hundred patterns, of which a draft matches hardly one; trying one takes as long as reading the
text. Most cannot match without certain letters: ``\\b(?:livr|envoi)\\w+`` needs "livr" or "envoi". Looking for these
first costs little, and changes nothing of what is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

# How re itself reads a pattern: not documented, but stable since Python 2 (hypothesis builds on it as well).
from re import _constants, _parser  # type: ignore[attr-defined]
from string import digits
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_DIGIT = re.compile(r"\d")
_Item = tuple[Any, Any]
"""An operator of a parsed pattern and what it works on."""

_NO_WIDTH = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)

MOST_STRINGS = 32
"""More strings than these are not looked for one by one."""

BEGINNING = 3
"""Letters of a needle that are looked up, among all of the text in a row, before it is looked for."""

FEW = 3
"""Needles that are sooner looked for one by one: of a sentence, its letters in a row are not worth listing."""

LONG_ENOUGH = 4
"""Letters from which a needle is rare enough; before a longer one, fewer of them."""

WIDEST = 400
"""Characters of a match up to which a pattern is tried around its needles only."""

FEW_TO_FIND = 8
"""Needles up to which it is: to look for more of them takes as long as to try the pattern."""


class Pattern:
    """A pattern, and ``needles``: letters, in lower case and with 0 for any digit, of which a text must hold one to
    match; without any, every text is tried.

    Needles are found when the first text is tried, and the pattern is compiled when the first one may match it: of the
    patterns of five languages a process needs a few. What is wrong in a pattern is raised then.
    """

    __slots__ = ("_around", "_beginnings", "_compiled", "_flags", "_needles", "_source")

    def __init__(self, source: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._source, self._flags = source, flags
        self._needles: tuple[str, ...] | None = None
        self._beginnings: frozenset[str] = frozenset()
        self._compiled: re.Pattern[str] | None = None
        self._around = 0

    @property
    def needles(self) -> tuple[str, ...]:
        """See above."""
        if self._needles is None:
            needles = _needles(_parser.parse(self._source, self._flags))
            long = len(needles) > FEW and all(len(needle) >= BEGINNING for needle in needles)
            self._beginnings = frozenset(needle[:BEGINNING] for needle in needles) if long else frozenset()
            self._needles = needles  # last, as other threads read it
        return self._needles

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern for :mod:`re`."""
        if self._compiled is None:
            few = 0 < len(self.needles) <= FEW_TO_FIND
            self._around = _width(_parser.parse(self._source, self._flags)) if few else 0
            self._compiled = re.compile(self._source, self._flags)
        return self._compiled

    def can_match(self, text: str) -> bool:
        """Whether one of the needles is there."""
        return self.is_possible(_look(text))

    def is_possible(self, look: _Look) -> bool:
        """The same of a text that was looked at."""
        needles = self._needles
        if needles is None:
            needles = self.needles
        if self._beginnings and look.runs.isdisjoint(self._beginnings):  # so for nine patterns of ten
            return False
        letters = look.letters
        for needle in needles:  # any() takes three times as long on a few needles
            if needle in letters:
                return True
        return not needles

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

    __slots__ = ("_any_text", "_beginnings", "_by_beginning", "patterns")

    def __init__(self, patterns: Iterable[tuple[Pattern, T]]) -> None:
        self.patterns = tuple(patterns)
        self._beginnings: frozenset[str] | None = None

    def _read(self) -> frozenset[str]:
        """The first letters of all needles, with what they lead to: found when the first text is tried."""
        any_text: list[int] = []
        by_beginning: dict[str, list[int]] = {}
        for number, (pattern, _) in enumerate(self.patterns):
            if not pattern.needles or min(map(len, pattern.needles)) < BEGINNING:
                any_text.append(number)
            else:
                for beginning in {needle[:BEGINNING] for needle in pattern.needles}:
                    by_beginning.setdefault(beginning, []).append(number)
        self._any_text, self._by_beginning = any_text, by_beginning
        self._beginnings = frozenset(by_beginning)  # last, as other threads read it
        return self._beginnings

    def possible(self, text: str) -> Iterator[tuple[Pattern, T]]:
        """Those that a text can match, in their order."""
        look = _look(text)
        beginnings = self._read() if self._beginnings is None else self._beginnings
        there = set(self._any_text)
        for beginning in beginnings & look.runs:
            there.update(self._by_beginning[beginning])
        for number in sorted(there):
            if self.patterns[number][0].is_possible(look):
                yield self.patterns[number]


class _Look:
    """A text as needles are looked for in it: its letters, and every :data:`BEGINNING` of them in a row."""

    __slots__ = ("letters", "runs")

    def __init__(self, text: str) -> None:
        self.letters = letters = _caseless(text)
        self.runs = frozenset(map("".join, zip(letters, letters[1:], letters[2:], strict=False)))


_look = lru_cache(maxsize=128)(_Look)


def _places(needles: Iterable[str], letters: str) -> Iterator[tuple[int, int]]:
    """Where the needles stand, from their first letter to behind their last."""
    for needle in needles:
        at = letters.find(needle)
        while at >= 0:
            yield at, at + len(needle)
            at = letters.find(needle, at + 1)


def _width(parsed: Any) -> int:
    """The most characters that tell whether a pattern matches at a place, those that it looks ahead to and a word's end
    with them; 0 where there is no such number, or it is over :data:`WIDEST`."""
    looked_at = [0]
    bounded = all(_is_bounded(item, looked_at) for item in parsed)
    width = parsed.getwidth()[1] + sum(looked_at) + 1
    return width if bounded and width <= WIDEST else 0


def _is_bounded(item: Any, looked_at: list[int]) -> bool:
    """Whether nothing in an item of a pattern asks for the end of the text; what it looks ahead to is added."""
    operator, value = item
    if operator is _constants.AT:
        return value in _BOUNDED_PLACES
    if operator in (_constants.ASSERT, _constants.ASSERT_NOT) and value[0] > 0:
        looked_at.append(value[1].getwidth()[1])
    return all(_is_bounded(inner, looked_at) for part in _inside(operator, value) for inner in part)


_BOUNDED_PLACES = (_constants.AT_BEGINNING, _constants.AT_BOUNDARY, _constants.AT_NON_BOUNDARY)


def _inside(operator: Any, value: Any) -> tuple[Any, ...]:
    """The patterns inside an item."""
    if operator is _constants.BRANCH:
        return tuple(value[1])
    if operator is _constants.GROUPREF_EXISTS:
        return tuple(part for part in value[1:] if part is not None)
    held = value if isinstance(value, tuple) else (value,)
    return tuple(part for part in held if isinstance(part, _parser.SubPattern))


@lru_cache(maxsize=1024)
def _letter(code: int) -> str:
    """One letter of a pattern, by its number: all patterns are made of the same few."""
    return _caseless(chr(code))


def _caseless(text: str) -> str:
    """The text without case, as IGNORECASE reads it, all digits alike."""
    for written, read in (("ı", "i"), ("İ", "i"), ("ſ", "s"), ("\u212a", "k")):
        text = text.replace(written, read)
    return _DIGIT.sub("0", text.lower())


def _needles(parsed: Iterable[_Item]) -> tuple[str, ...]:
    """Of all the sets of which a match must hold one, the best to look for: needles long enough, then few of them."""
    sets = [found for found in map(_shortest, _required(parsed)) if found and "" not in found]
    return max(sets, key=lambda found: (min(LONG_ENOUGH, *map(_telling, found)), -len(found)), default=())


def _telling(needle: str) -> int:
    """Its letters that not every text has."""
    return sum(letter not in " .,'" for letter in needle)


def _shortest(needles: set[str]) -> tuple[str, ...]:
    """Without those that hold another one."""
    return tuple(sorted(n for n in needles if not any(other in n for other in needles - {n})))


def _required(parsed: Iterable[_Item]) -> Iterator[set[str]]:
    """Sets of strings; a match holds one of each."""
    run = {""}  # what the items so far, right after one another, can be
    for operator, value in parsed:
        again = operator in _REPEATS and value[0] > 0
        strings = _repeated(*value) if again else _strings(operator, value)
        longer = {start + end for start in run for end in strings}
        if longer and len(longer) <= MOST_STRINGS:
            run = longer
            if not again:
                continue
        yield run
        run = strings or {""}  # the last times that it comes, when it comes again
        if operator is _constants.SUBPATTERN or again:
            yield from _required(value[-1])
        elif operator is _constants.BRANCH:
            branches = [_needles(branch) for branch in value[1]]
            yield {needle for needles in branches for needle in needles} if all(branches) else set()
    yield run


def _strings(operator: Any, value: Any) -> set[str]:
    """Every string that one item of a pattern can be, or none when they are too many to tell."""
    if operator is _constants.IN:
        return _either(_strings(*member) for member in value)
    if operator is _constants.BRANCH:
        return _either(_in_a_row(branch) for branch in value[1])
    if operator is _constants.SUBPATTERN:
        return _in_a_row(value[-1])
    if operator in _REPEATS and value[:2] == (0, 1):
        return _either(({""}, _in_a_row(value[-1])))
    return _string(operator, value)


def _either(choices: Iterable[set[str]]) -> set[str]:
    """All of them together, or none when one cannot be told."""
    found = set[str]()
    for strings in choices:
        if not strings:
            return strings
        found |= strings
    return found


def _string(operator: Any, value: Any) -> set[str]:
    """The one string that an item can be, with 0 for any digit."""
    if operator in _NO_WIDTH:
        return {""}
    if operator is _constants.LITERAL:
        return {_letter(value)}
    if operator is _constants.RANGE and all(chr(end) in digits for end in value):
        return {"0"}
    return {"0"} if (operator, value) == (_constants.CATEGORY, _constants.CATEGORY_DIGIT) else set()


def _repeated(least: int, _most: int, parsed: Iterable[_Item]) -> set[str]:
    """Every string that an item can be that comes again and again, as often as it must."""
    return _in_a_row([*parsed] * min(least, LONG_ENOUGH)) or _in_a_row(parsed)


def _in_a_row(parsed: Iterable[_Item]) -> set[str]:
    run = {""}
    for operator, value in parsed:
        strings = _strings(operator, value)
        run = {start + end for start in run for end in strings}
        if not run or len(run) > MOST_STRINGS:
            return set()
    return run
