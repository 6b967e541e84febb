"""Reading numbers: digits as each language writes them, number words, Roman numerals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from babel.numbers import NumberFormatError, get_group_symbol, parse_decimal

from inedit.guard.nlp.language_data import LanguageProfile, language_profile
from inedit.guard.nlp.per_word import per_word
from inedit.guard.nlp.text import fold


@lru_cache(maxsize=4096)  # Babel looks its locales up anew each time
def read_number(written: str, locale: str) -> Decimal | None:
    """A number as the language writes it, else as a neighbour does; None when nobody does.

    >>> read_number("1 234,5", "fr")
    Decimal('1234.5')
    >>> read_number("1.234,5", "de")
    Decimal('1234.5')
    """
    if locale.endswith("_CH") and re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written):
        locale = "de"  # the neighbours' point; nobody writes three decimals
    for candidate in (locale, "de", "en", "fr", "de_CH"):
        spaced = written.replace(" ", get_group_symbol(candidate) if candidate.startswith("fr") else " ")
        if candidate == "de_CH":
            spaced = written.replace("'", "’")
        try:
            return parse_decimal(spaced, locale=candidate, strict=True)
        except NumberFormatError:
            continue
    digits = re.sub(r"\D", "", written)
    return Decimal(digits) if re.fullmatch(r"\d{1,3}(?: \d{3})+", written) and digits else None


def ordinal(written: str) -> int:
    """A Roman or Arabic numeral up to XXX."""
    if written.isdigit():
        return int(written)
    total, highest = 0, 0
    for letter in reversed(written):
        value = {"i": 1, "v": 5, "x": 10}[letter]
        total += value if value >= highest else -value
        highest = max(highest, value)
    return total


LONGEST_WORD = 120
"""Letters of a number that is one word; German needs 66 for 777,777. A longer word is none."""


@lru_cache(maxsize=16)
def _longest_first(language: str) -> tuple[str, ...]:
    return tuple(sorted(language_profile(language).number_words, key=len, reverse=True))


@lru_cache(maxsize=4096)
def _segments(word: str, language: str) -> tuple[int, ...] | None:
    data = language_profile(language)
    if not word:
        return ()
    for known in _longest_first(language):
        if word.startswith(known):
            rest = word[len(known) :]
            for joiner in ("", *data.joiners):
                if rest.startswith(joiner) and (not joiner or len(rest) > len(joiner)):
                    tail = _segments(rest[len(joiner) :], language)
                    if tail is not None:
                        value = data.number_words[known]
                        # „vierundzwanzig“ is twenty and four; « quatre-vingt » is said the other way round
                        return (tail[0], value, *tail[1:]) if joiner and value < tail[0] else (value, *tail)
    return None


def word_values(word: str, data: LanguageProfile) -> tuple[int, ...] | None:
    """The numbers that one word is made of: ``funfundzwanzig`` gives (20, 5)."""
    if word in data.number_words:
        return (data.number_words[word],)
    if not data.compound or not 5 <= len(word) <= LONGEST_WORD:
        return None
    return _segments(word, data.language)


@per_word
def is_number_word(word: str, language: str) -> bool:
    """Whether one word, as it is written, is a number: for each language, what is made of each word."""
    return word_values(fold(word), language_profile(language)) is not None


def may_follow(values: tuple[int, ...], following: tuple[int, ...], *, joined: bool) -> bool:
    last, first = values[-1], following[0]
    if first >= 100:
        return first >= 1000 or last < 10 or last >= 1000
    if last >= 100:
        return True
    if first < 10:
        return 20 <= last <= 90 or (last == 10 and first >= 7)  # dix-sept
    if joined:
        return last == 60 and first == 11
    return (
        (last == 60 and first < 20) or (last == 4 and first == 20) or (values[-2:] == (4, 20) and first < 20)
    )


def add_up(values: tuple[int, ...]) -> int:
    total = current = 0
    for value in values:
        if value >= 1000:
            total, current = total + max(current, 1) * value, 0
        elif value == 100:
            current = max(current, 1) * 100
        elif value == 20 and current % 100 == 4:
            current += 76  # quatre-vingt
        else:
            current += value
    return total + current


def spelled_decimals(following: Sequence[str], data: LanguageProfile) -> tuple[Decimal, int]:
    """« virgule vingt-cinq », “point two five”: the part behind the decimal sign that folded words begin with, and how
    many of them it takes."""
    if not following or following[0] not in data.point:
        return Decimal(0), 0
    digits, taken, open_tens = "", 1, False
    for word in following[1:]:
        values = (0,) if word == data.zero else word_values(word, data)
        value = add_up(values) if values else 0
        if values is None or value >= 100:
            break
        if open_tens and 0 < value < 10:
            digits = f"{digits[:-1]}{value}"
        else:
            digits += str(value)
        open_tens, taken = value >= 20 and value % 10 == 0, taken + 1
    return (Decimal(f"0.{digits}"), taken) if digits else (Decimal(0), 0)
