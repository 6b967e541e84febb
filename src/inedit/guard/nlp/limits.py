"""The words by which a language limits what is given: months, how often, what the price includes. As patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from inedit.guard.nlp.language_data import load_table, primary

SEASONS = {
    "spring": frozenset({3, 4, 5, 6}),
    "summer": frozenset({6, 7, 8, 9}),
    "autumn": frozenset({9, 10, 11, 12}),
    "winter": frozenset({12, 1, 2, 3}),
}
"""The months that a season has a day of."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The patterns of one language, for folded text; each is described in ``data/limits.toml``."""

    through: re.Pattern[str]
    all_year: re.Pattern[str]
    spring: re.Pattern[str]
    summer: re.Pattern[str]
    autumn: re.Pattern[str]
    winter: re.Pattern[str]
    there_and_back: re.Pattern[str]
    one_way: re.Pattern[str]
    pair: re.Pattern[str]
    each: re.Pattern[str]
    one_before: re.Pattern[str]
    before: re.Pattern[str]
    free_of: re.Pattern[str]
    any_number: re.Pattern[str]
    times: re.Pattern[str]
    included: re.Pattern[str]
    extra: re.Pattern[str]

    def season(self, name: str) -> re.Pattern[str]:
        """The pattern of a season of :data:`SEASONS`."""
        found: re.Pattern[str] = getattr(self, name)
        return found


@lru_cache(maxsize=1)
def _every() -> dict[str, Limits]:
    return {
        language: Limits(**{key: re.compile(rf"\b(?:{value})(?!\w)") for key, value in own.items()})
        for language, own in load_table("limits").items()
    }


def limits(language: str) -> Limits | None:
    """The patterns of a language, by BCP 47 tag; None for one that has none."""
    return _every().get(primary(language))
