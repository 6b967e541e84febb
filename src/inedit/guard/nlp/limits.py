"""The words by which a language sets the limits of a promise, or does away with them, as patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from inedit.guard.nlp.language_data import load_table, primary

SERVICES = ("insurance", "trade_in", "price_match", "exchange", "no_decay", "soon_paid")
"""What is only offered where a fact speaks of it, each by its pattern."""

_NEEDLES = (
    "anywhere",
    "any_reason",
    "any_make",
    "season",
    "same_day",
    "waiting",
    "as_often",
    "next_day",
    *SERVICES,
)


@lru_cache(maxsize=1)
def _every() -> dict[str, dict[str, re.Pattern[str]]]:
    return {
        language: {
            **{key: _pattern(value) for key, value in own.items()},
            "any": _pattern("|".join(own[key] for key in _NEEDLES)),
            "any_service": _pattern("|".join(own[key] for key in SERVICES)),
        }
        for language, own in load_table("limits").items()
    }


def limits(language: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns of a language for folded text, by name (``data/limits.toml`` says what each is for); besides,
    ``any`` finds whatever may do away with a limit, ``any_service`` any of the services. Empty for a language
    without any."""
    return _every().get(primary(language), {})


def _pattern(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives})(?:(?<=')|(?!\w))")
