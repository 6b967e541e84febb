"""Bare numbers that answer a unit named before them: « les années de ce qui arrive : 17 en moyenne », “How many hours
does it rest? 26.”, „in Jahren gezählt, im Schnitt 17“. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from inedit.guard.nlp.language_data import KNOWN, LanguageProfile, Unit, language_profile, load_table, primary
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, Quantity
from inedit.guard.nlp.text import fold

_BACK = 140
"""Characters from the word of a unit to the number that answers it."""

_MOST = 1000
"""A bare number from here on may be a year, a price or a model."""

_LISTED = 4
"""Characters between two numbers of a list, of which the last one has its unit („8, 14 und 24 Monate“)."""

_YEARS = Unit("months", Decimal(12))
"""What an age is told in."""

_ENDS = re.compile(r"\s*(?:[.,;:!?)…–—»”\n]|$)(?!\d)")
_ANSWERS = re.compile(r"[:?][\s»”)]*(?:\w+,?[' ]){0,3}$")
"""A colon or a question's end before the number, at most three words between (“On average, 17.”)."""

_APART = re.compile(r"[.!…\n]|\?.*\?")
"""What parts a number from a unit: another sentence than the one before, if that one asks."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """How a language names a unit without its number, and what it says of an average, for folded text."""

    unit: re.Pattern[str]
    age: re.Pattern[str]
    average: re.Pattern[str]
    averaged: re.Pattern[str]


@lru_cache(maxsize=16)
def _asking(language: str) -> _Asking | None:
    code = primary(language)
    own = load_table(code).get("asked", {}) if code in KNOWN else {}
    if not own:
        return None
    units = language_profile(language).units
    named = sorted((word for word in units if len(word) > 2 and word.isalpha()), key=len, reverse=True)
    return _Asking(
        unit=re.compile(rf"\b(?:{own['before']})({'|'.join(named)})\b{own['plural']}"),
        age=re.compile(rf"\b(?:{own['age']})\b"),
        average=re.compile(rf",? (?:{own['average']})\b"),
        averaged=re.compile(rf"\b(?:{own['average']}),?(?: \w+){{0,2}} $"),
    )


def with_asked_units(found: Sequence[Quantity], folded: str, language: str) -> Iterator[Quantity]:
    """The figures of a text; a bare number that answers a unit measures in it, and an average counts no average."""
    asking = _asking(language)
    for i, quantity in enumerate(found):
        if asking is None or quantity.dimension != COUNT or quantity.number != quantity.value:
            yield quantity
        else:
            follows = any(q.span.start - quantity.span.end <= _LISTED for q in found[i + 1 : i + 2])
            yield (
                quantity
                if follows
                else _answering(asking, quantity, found[:i], folded, language_profile(language))
            )


def _answering(
    asking: _Asking, quantity: Quantity, earlier: Sequence[Quantity], folded: str, data: LanguageProfile
) -> Quantity:
    averaged = asking.average.match(folded, quantity.span.end)
    bare = replace(quantity, counted="") if averaged else quantity
    end = averaged.end() if averaged else quantity.span.end
    if bare.counted or bare.number >= _MOST or not _ENDS.match(folded, end):
        return bare
    unit = _asked(asking, bare, earlier, folded, data, averaged is not None)
    return replace(bare, dimension=unit.dimension, value=bare.number * unit.factor) if unit else bare


@lru_cache(maxsize=4096)
def tells_average(sentence: str, language: str) -> bool:
    """Whether a sentence says of what it measures that it is so on average."""
    asking = _asking(language)
    return asking is not None and asking.average.search(f" {fold(sentence)}") is not None


def _asked(
    asking: _Asking,
    quantity: Quantity,
    earlier: Sequence[Quantity],
    folded: str,
    data: LanguageProfile,
    averaged: bool,
) -> Unit | None:
    """The unit that a number which ends its clause answers, if one is named before it."""
    if quantity.vague or quantity.period or quantity.bound:
        return None
    at = quantity.span.start
    start = max([at - _BACK, 0, *(q.span.end for q in earlier)])
    before = folded[start:at]
    if not (averaged or asking.averaged.search(before) or _ANSWERS.search(before)):
        return None
    named = [*asking.unit.finditer(before)] or [*asking.age.finditer(before)]
    if not named or _APART.search(before, named[-1].end()):
        return None
    unit = data.units[named[-1][1]] if named[-1].re is asking.unit else _YEARS
    return None if unit.dimension in CURRENCIES else unit
