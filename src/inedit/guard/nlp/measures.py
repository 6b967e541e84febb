"""What the guard knows of how a language writes measures: halves, shares, periods, ordinals, the end of the year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from inedit.guard.nlp.language_data import KNOWN, LanguageProfile, language_profile, load_table, primary
from inedit.guard.nlp.numbers import word_values
from inedit.guard.nlp.patterns import Pattern, Prefilter
from inedit.guard.nlp.text import fold

MONTHS_PLACE = "{month}"
_PERIODS = {"day": "day", "night": "night", "week": "week", "month": "month", "year": "year", "hour": "hour"}


@dataclass(frozen=True, slots=True)
class Measures:
    """One language's ways of writing a measure; patterns are matched against folded text.

    ``halves`` have groups ``n`` (how many whole ones), ``u`` (the unit), or ``half`` (the unit of half a one);
    ``half_of`` finds half of what is no unit (« media cola »);
    ``shares`` have ``k`` of ``n``; ``clock`` has the hour ``h`` and the minutes ``m``; ``per`` finds a period right
    after a figure; ``fixed`` are phrases that stand for one value of a dimension. ``day_part`` finds the part of the
    day behind an hour, in groups ``morning``, ``later`` and ``night``; ``before_hour`` what stands before a bare
    number with such a part, ``hour_after`` what makes a length of hours an hour of the day (« à 9 h »).
    """

    halves: tuple[Pattern, ...]
    half_of: tuple[Pattern, ...]
    shares: tuple[Pattern, ...]
    clock: tuple[Pattern, ...]
    fixed: Prefilter[tuple[str, int, str]]
    per: re.Pattern[str] | None
    periods: Mapping[str, str]
    ordinals: Mapping[str, int]
    label_before: re.Pattern[str] | None
    first_of: str
    weekdays: Mapping[str, int]
    day_part: re.Pattern[str] | None
    before_hour: re.Pattern[str] | None
    hour_after: re.Pattern[str] | None


@lru_cache(maxsize=16)
def measures(language: str) -> Measures:
    """The measures of a language, by BCP 47 tag; of a language without a file, none."""
    code = primary(language)
    table = load_table(code) if code in KNOWN else {}
    return _compile(language, table.get("figures", {}), table.get("units", {}))


def _composed(data: LanguageProfile, small: Sequence[str]) -> str:
    """The words of the numbers to 99: also « dix-huit », “twenty-three”, « treinta y tres », „dreiundzwanzig“."""
    tens = [word for word in small if data.number_words[word] >= TENS]
    units = [word for word in small if data.number_words[word] < TENS]
    whole = {f"{u}und{t}" for u in units for t in tens} | {
        s + u for t in tens for s in (t, t[:-1]) for u in units
    }
    made = [word for word in whole if data.compound and word_values(word, data) is not None]
    joined = rf"(?:-| )(?:(?:et|y)(?:-| )|(?!{_ARTICLE}\b))"  # « nove volte su dieci una persona … »
    apart = rf"{_either(tens)}{joined}{_either(units)}" if tens and units else "(?!)"
    if {"soixante", "vingts"} <= data.number_words.keys():  # « soixante-douze », « quatre-vingt-quatorze »
        teens = [word for word in small if TENS <= data.number_words[word] < 2 * TENS]
        more = _either([*teens, *(f"dix-{u}" for u in units)])
        units_and_teens = rf"(?:{more}|{_either(units)})"
        apart = rf"(?:soixante[- ](?:et[- ])?{more}|quatre[- ]vingts?(?:[- ]{units_and_teens})?|{apart})"
    return rf"(?:{apart}|{_either([*small, *made])})"


_ARTICLE = "(?:une?|una|uno|eine?)"

TENS = 10
"""From here on a number word may lead another one: « dix-sept », “twenty-one”."""


def _compile(language: str, figures: Mapping[str, Any], units: Mapping[str, list[str]]) -> Measures:
    data = language_profile(language)
    small = [word for word, value in data.number_words.items() if 0 < value <= 100]
    slots = {
        "{unit}": _either(word for word in [*data.units, *_magnitudes(data.number_words)] if word.isalpha()),
        "{count}": rf"(?:(?<![\d.,])\d{{1,3}}(?![.,]?\d)|{_composed(data, small)})",
        "{hour}": rf"(?:[01]?\d|2[0-4]|{_either(small)})",
        "{whole}": _either(small) if small else "",
        "{ordinal}": _either(figures.get("ordinals", {})) + r"[nrsm]?",
    }
    periods = {fold(word): _PERIODS[name] for name in _PERIODS for word in units.get(name, ())}
    return Measures(
        halves=_patterns(figures.get("halves", ()), slots),
        half_of=_patterns(figures.get("half_of", ()), slots),
        shares=_patterns(figures.get("shares", ()), slots),
        clock=_patterns(figures.get("clock", ()), slots),
        fixed=Prefilter(_fixed(figures, slots)),
        per=_per(figures.get("per", ()), periods),
        periods=periods,
        ordinals=figures.get("ordinals", {}),
        label_before=_labels(figures.get("labels_before", "")),
        first_of=figures.get("first_of", ""),
        weekdays={word: day for day, word in enumerate(figures.get("weekdays", "").split(), start=1)},
        day_part=_day_part(figures.get("day_parts", {})),
        before_hour=_before(figures.get("before_hour", "")),
        hour_after=_before(figures.get("hour_after", "")),
    )


_FIXED = (
    ("quarters", "minutes", 45, ""),
    ("most", "percent", 50, "over"),
    ("nearly_all", "percent", 90, "over"),
    ("year_end", "date", 1231, ""),
    ("noon", "time", 720, ""),
    ("all_day", "round the clock", 1, ""),
    ("all_week", "all week", 1, ""),
)


def _fixed(
    figures: Mapping[str, Any], slots: Mapping[str, str]
) -> Iterator[tuple[Pattern, tuple[str, int, str]]]:
    for key, dimension, value, approximate in _FIXED:
        for pattern in _patterns(figures.get(key, ()), slots):
            yield pattern, (dimension, value, approximate)


def _before(words: str) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{words}) $") if words else None


def _day_part(parts: Mapping[str, str]) -> re.Pattern[str] | None:
    named = "|".join(f"(?P<{name}>{words})" for name, words in parts.items())
    return re.compile(rf" (?:{named})\b") if parts else None


def _patterns(sources: Any, slots: Mapping[str, str]) -> tuple[Pattern, ...]:
    filled = []
    for source in sources:
        pattern = source
        for slot, choices in slots.items():
            pattern = pattern.replace(slot, choices)
        filled.append(Pattern(pattern, re.IGNORECASE))
    return tuple(filled)


def _either(listed: Any) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(set(map(fold, listed)), key=len, reverse=True))) + ")"


def _magnitudes(numbers: Mapping[str, int]) -> list[str]:
    return [word for word, value in numbers.items() if value >= 1_000_000 and len(word) > 2]


def _per(words: Any, periods: Mapping[str, str]) -> re.Pattern[str] | None:
    if not words:
        return None
    alone = "|".join(re.escape(word) for word in words if word[-1].isalpha())
    glued = "|".join(re.escape(word) for word in words if not word[-1].isalpha())
    return re.compile(rf" ?(?:(?:{alone}) |(?:{glued}) ?)({_either(periods)})\b")


def _labels(words: str) -> re.Pattern[str] | None:
    if not words:
        return None
    alternatives = "|".join(map(re.escape, words.split("|")))
    return re.compile(rf"(?<!\w)(?:{alternatives})\.? ?$")


@lru_cache(maxsize=16384)
def ordinal_value(word: str, language: str) -> int | None:
    """« dixième », “tenth”, „zehnten“ gives 10; None for a word that is not an ordinal."""
    known = measures(language).ordinals
    for written in (word, word.removesuffix("s"), word[:-1] if primary(language) == "de" else word):
        if written in known:
            return known[written]
    return None
