"""In which months a claim holds, and which months and seasons a text names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from babel.dates import get_month_names

from inedit.guard.evidence.facts import Fact
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.limits import limits
from inedit.guard.nlp.terms import terms
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

_SEASONS = re.compile(r"[a-z]{3,}")
YEAR = 12


def is_out_of_season(span: Span, text: str, fact: Fact, language: str) -> bool:
    """Whether a passage that denies a claim names months or a season in which the claim does not hold: “in winter the
    boat does not sail” of “from April to October”."""
    said, held = span.of(text), months_of(fact)
    named = {month for month, _ in named_months(said, language)} | _of_seasons(said, language)
    if not named:
        return False
    return (bool(held.during) and held.during.isdisjoint(named)) or (
        bool(held.excepted) and named <= held.excepted
    )


def months_of_season(words: str, language: str) -> frozenset[int]:
    """The months of a whole season (“all winter”); of what names none (“all year”) every month."""
    return _of_seasons(words, language) or frozenset(range(1, YEAR + 1))


def _of_seasons(text: str, language: str) -> frozenset[int]:
    found, own = set[int](), limits(language)
    order = _SEASONS.findall(own["seasons"].pattern) if own else []
    for m in own["seasons"].finditer(fold(text)) if own else ():
        at = order.index(m.group())
        found |= {(3 * at - 2 + i) % YEAR + 1 for i in range(3)}
    return frozenset(found)


class Held(NamedTuple):
    """The months in which a claim holds, and those that it excepts."""

    during: frozenset[int]
    excepted: frozenset[int]


@lru_cache(maxsize=4096)
def months_of(fact: Fact) -> Held:
    """Of « d'avril à octobre » the seven months, of « sauf en juillet et en août » the two."""
    language, folded = fact.language, fold(fact.text)
    named, words_of = named_months(fact.text, language), terms(language)
    excepting = words_of.excepting.search(folded) if words_of else None
    out = frozenset(m for m, s in named if excepting and s.start >= excepting.end())
    rest = [(m, s) for m, s in named if m not in out]
    if len(rest) != 2 or re.search(r"\d", folded[max(rest[0][1].start - 4, 0) : rest[0][1].start]):
        return Held(frozenset(), out)
    between = folded[rest[0][1].end : rest[1][1].start].strip()
    first, last = rest[0][0], rest[1][0]
    if between not in word_list(language, "through") | {
        "a",
        "bis",
        "to",
        "till",
        "until",
        "through",
        "al",
        "ad",
    }:
        return Held(frozenset(), out)
    number = (last - first) % YEAR + 1
    return Held(frozenset((first - 1 + i) % YEAR + 1 for i in range(number)), out)


def named_months(text: str, language: str) -> list[tuple[int, Span]]:
    """The months that a text names without a day or a year, in order."""
    code, folded = primary(language), fold(text)
    numbers = _numbers(code)
    return [
        (numbers[m.group()], Span(*m.span()))
        for m in month_pattern(code).finditer(folded)
        if not re.search(r"\d\.?(?: de)? ?$", folded[: m.start()])
        and not re.match(r"(?: de)? ?\d", folded[m.end() :])
        and (code not in _WITH_CAPITALS or text[m.start()].isupper())
    ]


_WITH_CAPITALS = ("en", "de")
"""“By May” is a month, “you may” is none."""


@lru_cache(maxsize=8)
def _numbers(code: str) -> dict[str, int]:
    return {fold(name): number for number, name in get_month_names("wide", locale=code).items()}


@lru_cache(maxsize=8)
def month_pattern(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_numbers(code))})(?!\w)")
