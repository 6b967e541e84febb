"""The words by which a language states the terms of a service, as patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from inedit.guard.nlp.language_data import load_table, primary


@dataclass(frozen=True, slots=True)
class Terms:
    """The patterns of one language, for folded text; each is described in ``data/terms.toml``. ``any_term`` finds
    whatever may change a claim's terms."""

    condition: re.Pattern[str]
    alternative: re.Pattern[str]
    once: re.Pattern[str]
    enough: re.Pattern[str]
    last: re.Pattern[str]
    monthly: re.Pattern[str]
    extra: re.Pattern[str]
    buying: re.Pattern[str]
    subordinate: re.Pattern[str]
    whatever: re.Pattern[str]
    arranging: re.Pattern[str]
    obliging: re.Pattern[str]
    needless: re.Pattern[str]
    unlimited: re.Pattern[str]
    anytime: re.Pattern[str]
    latest: re.Pattern[str]
    exclusive: re.Pattern[str]
    excepting: re.Pattern[str]
    bringing: re.Pattern[str]
    lending: re.Pattern[str]
    telling: re.Pattern[str]
    giving: re.Pattern[str]
    telling_things: re.Pattern[str]
    preferring: re.Pattern[str]
    handling: re.Pattern[str]
    we: re.Pattern[str]
    tense: re.Pattern[str]
    courier: re.Pattern[str]
    calling: re.Pattern[str]
    any_term: re.Pattern[str]


_CHANGING = (
    "condition",
    "arranging",
    "obliging",
    "needless",
    "unlimited",
    "anytime",
    "latest",
    "exclusive",
    "excepting",
    "bringing",
    "monthly",
    "enough",
    "alternative",
)


@lru_cache(maxsize=1)
def _every() -> dict[str, Terms]:
    return {
        language: Terms(
            **{key: _pattern(value) for key, value in own.items()},
            any_term=_pattern("|".join(own[key] for key in _CHANGING)),
        )
        for language, own in load_table("terms").items()
    }


def terms(language: str) -> Terms | None:
    """The patterns of a language, by BCP 47 tag; None for one that has none."""
    return _every().get(primary(language))


def _pattern(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives})(?:(?<=')|(?!\w))")
