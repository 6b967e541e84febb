"""The words by which a language orders, compares and explains: what they say which way round, as patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from inedit.guard.nlp.language_data import primary

MEASURES = ("price", "time", "length", "weight", "amount")
"""What two things are compared by; ``any`` stands for whichever a fact measures."""


@dataclass(frozen=True, slots=True)
class Turning:
    """The patterns of one language, for folded text. ``more`` and ``less`` are by measure; the others are described in
    ``data/turning.toml``."""

    than: re.Pattern[str]
    both: re.Pattern[str]
    equal: re.Pattern[str]
    cleft: re.Pattern[str]
    advice: re.Pattern[str]
    most: re.Pattern[str]
    instead: re.Pattern[str]
    other: re.Pattern[str]
    same: re.Pattern[str]
    after: re.Pattern[str]
    before: re.Pattern[str]
    then: re.Pattern[str]
    first: re.Pattern[str]
    once: re.Pattern[str]
    every: re.Pattern[str]
    later: re.Pattern[str]
    sooner: re.Pattern[str]
    only: re.Pattern[str]
    nothing: re.Pattern[str]
    nearly: re.Pattern[str]
    apart_from: re.Pattern[str]
    not_even: re.Pattern[str]
    all_of: re.Pattern[str]
    more: Mapping[str, re.Pattern[str]]
    less: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, Any]]:
    source = files("inedit.guard.nlp").joinpath("data", "turning.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


@lru_cache(maxsize=16)
def turning(language: str) -> Turning | None:
    """The patterns of a language, by BCP 47 tag; None for one that has none."""
    own = _tables().get(primary(language))
    if own is None:
        return None
    single = {key: _pattern(value) for key, value in own.items() if isinstance(value, str)}
    return Turning(
        **single,
        more={measure: _pattern(listed) for measure, listed in own["more"].items()},
        less={measure: _pattern(listed) for measure, listed in own["less"].items()},
    )


def _pattern(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives})(?!\w)")
