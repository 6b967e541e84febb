"""What a match of a regular expression must hold, and how wide it can be: read from the pattern itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

# How re itself reads a pattern: not documented, but stable since Python 2 (hypothesis builds on it as well).
from re import _constants, _parser  # type: ignore[attr-defined]
from string import ascii_uppercase, digits
from typing import Any

_DIGIT = re.compile(r"\d")
_CASELESS = {ord(letter): letter.lower() for letter in ascii_uppercase} | dict.fromkeys(map(ord, digits), "0")
"""The same of letters that any alphabet has: at a time for all of a text."""

_Item = tuple[Any, Any]
"""An operator of a parsed pattern and what it works on."""

_NO_WIDTH = (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT)
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)

MOST_STRINGS = 32
"""More strings than these are not looked for one by one."""

LONG_ENOUGH = 4
"""Letters from which a needle is rare enough; before a longer one, fewer of them."""

WIDEST = 400
"""Characters of a match up to which a pattern is tried around its needles only."""


def width_of(source: str, flags: re.RegexFlag) -> int:
    """The most characters that tell whether a pattern matches at a place, those that it looks ahead to and a word's end
    with them; 0 where there is no such number, or it is over :data:`WIDEST`."""
    parsed = _parser.parse(source, flags)
    looked_at = [0]
    bounded = all(_is_bounded(item, looked_at) for item in parsed)
    width = int(parsed.getwidth()[1]) + sum(looked_at) + 1
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
    return caseless(chr(code))


def caseless(text: str) -> str:
    """The text without case, as IGNORECASE reads it, all digits alike."""
    if text.isascii():
        return text.translate(_CASELESS)
    for written, read in (("ı", "i"), ("İ", "i"), ("ſ", "s"), ("\u212a", "k")):
        text = text.replace(written, read)
    text = text.lower()
    return _DIGIT.sub("0", text) if _DIGIT.search(text) else text


def needles_of(source: str, flags: re.RegexFlag) -> tuple[tuple[str, ...], ...]:
    """Sets of letters, in lower case and with 0 for any digit: for a pattern to match, a text must hold one of each.

    The best to look for comes first; none where that cannot be told. Raises what :func:`re.compile` does.
    """
    return tuple(sorted(set(_sets(_parser.parse(source, flags))), key=_worth, reverse=True))


def _sets(parsed: Iterable[_Item]) -> list[tuple[str, ...]]:
    """All the sets of which a match must hold one."""
    return [found for found in map(_shortest, _required(parsed)) if found and "" not in found]


def _needles(parsed: Iterable[_Item]) -> tuple[str, ...]:
    """The best of them to look for."""
    return max(_sets(parsed), key=_worth, default=())


def _worth(found: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
    """Needles long enough, then few of them."""
    return min(LONG_ENOUGH, *map(telling, found)), -len(found), found


def telling(needle: str) -> int:
    """Its letters that not every text has."""
    return sum(letter not in " .,'" for letter in needle)


def _shortest(needles: set[str]) -> tuple[str, ...]:
    """Without those that hold another one."""
    return tuple(sorted(n for n in needles if not any(other in n for other in needles - {n})))


def _required(parsed: Iterable[_Item]) -> Iterator[set[str]]:
    """Sets of strings; a match, with what it looks ahead to, holds one of each."""
    run = {""}  # what the items so far, right after one another, can be
    for operator, value in parsed:
        if operator is _constants.ASSERT and value[0] > 0:  # what comes next
            yield from _required(value[1])
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
