"""Reading dates: days, months, deadlines, years, centuries and times of day, as each language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from babel.dates import get_month_names

from inedit.guard.nlp.language_data import LanguageProfile, language_profile, primary
from inedit.guard.nlp.measures import MONTHS_PLACE, measures
from inedit.guard.nlp.numbers import ordinal
from inedit.guard.nlp.patterns import Pattern
from inedit.guard.nlp.quantity import DEADLINE, YEAR, Quantity, Unread
from inedit.guard.nlp.text import Word, fold

_MONTHS_WITH_CAPITALS = ("en", "de")  # “by May” is one, “you may” is none
_CLOCK = Pattern(
    r"(?<![\w.,])([01]?\d|2[0-4]) ?(?:h ?|:)([0-5]\d)(?!\d| ?[ap]\.?m\b)(?: ?(?:min(?:utes?|uti|utos|uten)?|uhr)\b)?"
    r"|(?<![\w.,])(1?\d)(?:[:.]([0-5]\d))? ?([ap])\.?m\b\.?"
    r"|(?<![\w.,])([01]?\d|2[0-4])\.([0-5]\d) ?(?:uhr|h)\b"
)
_NUMERIC_DATE = Pattern(r"(?<![\w.,/])(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/])")
_ISO_DATE = Pattern(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_SHORT_DATE = Pattern(r"(?<![\w.,/])([0-3]\d)/([01]\d)(?![\d/])")
_SHORT_GERMAN_DATE = Pattern(r"(?<![\w.,/])([0-3]?\d)[./]([01]?\d)(?:\.|(?<=/[01]\d))(?![\d/])")
_NOTHING = Pattern(r"(?!)")
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_YEAR = r"(?:,? (?:de |del )?(\d{4})\b)?"
_DECADE = Pattern(r"(?<!\w)(1[5-9]\d0|20\d0)(?:er|'?s)\b|\b(?:annees|anos|anni) (1[5-9]\d0|20\d0)\b")


def read_dates(text: Unread, data: LanguageProfile) -> Iterator[Quantity]:
    """Every date, deadline, century, decade and time of day that is left in the text, taken out of it."""
    language, months = primary(data.language), _months(data.locale)
    day_first, month_first, month_year = _date_patterns(data.locale)
    for m in text.finditer(_ISO_DATE):
        yield _date(text, m, int(m[3]), int(m[2]), int(m[1]))
    for m in text.finditer(_NUMERIC_DATE):
        year = int(m[4]) + (2000 if len(m[4]) == 2 else 0)
        first, second = int(m[1]), int(m[3])
        month_leads = data.locale == "en_US" or second > 12  # 06/30/2026 can be read in one way only
        day, month = (second, first) if month_leads else (first, second)
        yield _date(text, m, day, month, year)
    for m in text.finditer(_SHORT_GERMAN_DATE if language == "de" else _SHORT_DATE):
        yield _date(text, m, int(m[1]), int(m[2]))
    for m in text.finditer(_first_of_month(data.language)):
        yield _date(text, m, 1, months[m[1]], int(m[2]) if m[2] else None)
    for m in text.finditer(day_first):
        yield _date(text, m, int(m[1]), months[m[2]], int(m[3]) if m[3] else None)
    for m in text.finditer(month_year):
        yield Quantity(text.take(*m.span()), Decimal(int(m[2]) * 100 + months[m[1]]), "month")
    for m in text.finditer(month_first) if language == "en" else ():
        yield _date(text, m, int(m[2]), months[m[1]], int(m[3]) if m[3] else None)
    for m in text.finditer(_deadline_pattern(data.language)) if data.deadline else ():
        if language not in _MONTHS_WITH_CAPITALS or text.text[m.start(1)].isupper():
            yield Quantity(text.take(*m.span()), Decimal(months[m[1]]), DEADLINE)
    for m in text.finditer(data.century) if data.century else ():
        yield Quantity(text.take(*m.span()), Decimal(ordinal(m[1])), "century")
    for m in text.finditer(_DECADE):
        yield Quantity(text.take(*m.span()), Decimal(m[1] or m[2]), YEAR)
    for m in text.finditer(_CLOCK):
        hour, minute = int(m[1] or m[3] or m[6]), int(m[2] or m[4] or m[7] or 0)
        hour = hour % 12 + 12 if m[5] == "p" else hour
        yield Quantity(text.take(*m.span()), Decimal(hour * 60 + minute), "time")


def date_patterns(data: LanguageProfile) -> Iterator[Pattern]:
    """Every pattern that :func:`read_dates` tries."""
    yield from (_ISO_DATE, _NUMERIC_DATE, _SHORT_GERMAN_DATE, _SHORT_DATE, _DECADE, _CLOCK)
    yield from (*_date_patterns(data.locale), _first_of_month(data.language))
    if data.deadline:
        yield _deadline_pattern(data.language)
    if data.century:
        yield data.century


def _date(text: Unread, match: re.Match[str], day: int, month: int, year: int | None = None) -> Quantity:
    return Quantity(text.take(*match.span()), Decimal(month * 100 + day), "date", year=year)


@lru_cache(maxsize=16)
def _months(locale: str) -> dict[str, int]:
    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, name in get_month_names(width, context, locale).items():
                names.setdefault(fold(name).rstrip("."), number)
    return names


def month_names(month: int, language: str) -> frozenset[str]:
    """The folded names of a month, 1 to 12, in a language, in full and short."""
    known = _months(language_profile(language).locale)
    return frozenset(name for name, number in known.items() if number == month)


def month_named(word: Word, language: str) -> int | None:
    """The month, 1 to 12, that a word names in full; in languages that write months with a capital, “may” is none."""
    if primary(language) in _MONTHS_WITH_CAPITALS and not word.text[:1].isupper():
        return None
    return _months_in_full(language_profile(language).locale).get(word.folded)


@lru_cache(maxsize=16)
def _months_in_full(locale: str) -> dict[str, int]:
    return {fold(name): number for number, name in get_month_names("wide", "format", locale).items()}


@lru_cache(maxsize=16)
def _date_patterns(locale: str) -> tuple[Pattern, Pattern, Pattern]:
    """« 30 juin 2026 », « June 30, 2026 », « juin 2026 »: groups are day, month, year as each has them."""
    month = "|".join(sorted(map(re.escape, _months(locale)), key=len, reverse=True))
    return (
        Pattern(rf"(?<![\w.,])({_DAY})(?:er|st|nd|rd|th|\.?º|°|\.)? (?:de |of )?({month})\b\.?{_YEAR}"),
        Pattern(rf"\b({month})\b\.? ({_DAY})(?:st|nd|rd|th)?\b(?![.,]?\d){_YEAR}"),
        Pattern(rf"\b({month})\b\.? (?:de |del |of )?(\d{{4}})\b"),
    )


@lru_cache(maxsize=16)
def _first_of_month(language: str) -> Pattern:
    """« le premier septembre », “the first of September 2014”: groups are the month and the year."""
    first, locale = measures(language).first_of, language_profile(language).locale
    if not first:
        return _NOTHING
    month = "|".join(sorted(map(re.escape, _months(locale)), key=len, reverse=True))
    return Pattern(rf"{first.replace(MONTHS_PLACE, f'(?:{month})')}({month})\b\.?{_YEAR}")


@lru_cache(maxsize=16)
def _deadline_pattern(language: str) -> Pattern:
    """« jusqu'à la fin de juillet », “until July”; the group is the month, in full and without a year."""
    data = language_profile(language)
    names = {fold(name) for name in get_month_names("wide", "format", data.locale).values()}
    return Pattern(rf"{data.deadline}({'|'.join(sorted(names, key=len, reverse=True))})\b(?!,? ?\d)")
