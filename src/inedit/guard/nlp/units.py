"""The unit or the magnitude right after a number."""

from __future__ import annotations

import re
from functools import lru_cache

from inedit.guard.nlp.language_data import LanguageProfile, Unit, language_profile

_MAGNITUDE = re.compile(r" ?([a-z]+)\b\.?")
_SHORT_MAGNITUDE = re.compile(r" ?(mrd|mds?|bn|mio|mn|m|k)\b\.?")
_SHORT_MAGNITUDES = {"k": 1000, "m": 10**6, "mn": 10**6, "mio": 10**6} | dict.fromkeys(
    ("md", "mds", "mrd", "bn"), 10**9
)
_MONEY_AFTER = re.compile(r" ?(?:[€$£]|(?:eur|usd|gbp|chf)\b)")

_ELIDED = re.compile(r"[a-z]'(?=[a-z])")


@lru_cache(maxsize=16)
def _unit_pattern(language: str) -> re.Pattern[str]:
    alternatives = "|".join(
        re.escape(word) for word in sorted(language_profile(language).units, key=len, reverse=True)
    )
    # « lot 5 l'emporte », « table 3 m'a plu »: a letter before an apostrophe is a word
    return re.compile(rf"[ -]?(?:de |d'|of |von |di )?({alternatives})(?![^\W\d]|²|'(?!\s)|(?<![€$£])\d)")


def unit_after(rest: str, end: int, data: LanguageProfile) -> tuple[Unit, int] | None:
    """The unit after a number that ends at ``end``, and where it ends."""
    start = end + 1 if _ELIDED.match(rest, end - 1) else end  # « vent'anni »
    m = _unit_pattern(data.language).match(rest, start)
    if m is None:
        return None
    if m[1] in ("x", "×") and re.match(r" ?\d", rest[m.end() :]):
        return None  # 240 × 220: the unit comes after the last number
    return data.units[m[1]], m.end()


def magnitude(rest: str, end: int, data: LanguageProfile) -> tuple[int, int] | None:
    """A word such as « millions » right after digits that end at ``end``: ``(where it ends, its value)``."""
    m = _MAGNITUDE.match(rest, end)
    value = data.number_words.get(m[1], 0) if m else 0
    return (m.end(), value) if m and value >= 1000 else None


def short_magnitude(rest: str, text: str, end: int, *, money: bool) -> tuple[int, int] | None:
    """« M€ », “m” of “€1.5m”, “12k”, “48M” after a number that ends at ``end``: ``(where it ends, its value)``."""
    m = _SHORT_MAGNITUDE.match(rest, end)
    if m is None:
        return None
    glued = m.start(1) == end and text[m.start(1) : m.end(1)] in ("M", "k", "bn")
    return (
        (m.end(1), _SHORT_MAGNITUDES[m[1]]) if money or glued or _MONEY_AFTER.match(rest, m.end()) else None
    )
