"""The unit or the magnitude right after a number."""

from __future__ import annotations

import re
from functools import lru_cache

from inedit.guard.nlp.language_data import LanguageProfile, Unit, language_profile
from inedit.guard.nlp.quantity import CURRENCIES

_MAGNITUDE = re.compile(r" ?([a-z]+)\b\.?")
_THOUSANDS, _MILLIONS, _THOUSAND_MILLIONS = ("tsd",), ("mio", "mln", "mill"), ("mrd", "mds", "mld")
"""Of one meaning wherever they stand; „m“, „k“ and „bn“ are so only of money, or glued to the digits."""
_SHORT_MAGNITUDES = (
    dict.fromkeys(("k", *_THOUSANDS), 10**3)
    | dict.fromkeys(("m", "mm", "mn", *_MILLIONS), 10**6)
    | dict.fromkeys(("md", "bn", *_THOUSAND_MILLIONS), 10**9)
)
_ALWAYS = {*_THOUSANDS, *_MILLIONS, *_THOUSAND_MILLIONS}
_SHORT_MAGNITUDE = re.compile(rf" ?({'|'.join(sorted(_SHORT_MAGNITUDES, key=len, reverse=True))})\b")

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


def magnitude(rest: str, text: str, end: int, data: LanguageProfile, *, money: bool) -> tuple[int, int]:
    """A word such as « millions », or a short one („Mio.“, « M€ »), after digits that end at ``end``, or both of them
    (“3 mil M€”): where they end and what they are worth, 1 when there is none. ``money`` when a sign of it precedes."""
    m = _MAGNITUDE.match(rest, end)
    value = data.number_words.get(m[1], 0) if m else 0
    if m is None or value < 1000:
        return _short_magnitude(rest, text, end, data, money=money) or (end, 1)
    end, more = _short_magnitude(rest, text, m.end(), data, money=money) or (m.end(), 1)
    return end, value * more


def _short_magnitude(
    rest: str, text: str, end: int, data: LanguageProfile, *, money: bool
) -> tuple[int, int] | None:
    m = _SHORT_MAGNITUDE.match(rest, end)
    if m is None:
        return None
    stop = m.end() + rest.startswith(".", m.end())
    currency = _is_money_after(rest, stop, data)
    glued = m.start(1) == end and text[m.start(1) : m.end()] in ("M", "k", "bn")
    if not (money or glued or currency or m[1] in _ALWAYS):
        return None
    return stop if currency or m[1] in _ALWAYS else m.end(), _SHORT_MAGNITUDES[m[1]]


def _is_money_after(rest: str, end: int, data: LanguageProfile) -> bool:
    unit = unit_after(rest, end, data)
    return unit is not None and unit[0].dimension in CURRENCIES
