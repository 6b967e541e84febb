"""What a language says to be ours, and what things everybody has or nobody has without saying so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from inedit.guard.nlp.function_words import root
from inedit.guard.nlp.language_data import load_table, primary
from inedit.guard.nlp.text import fold


@dataclass(frozen=True, slots=True)
class Possessions:
    """The words of one language: those that say « nos », folded, and the roots of the things, each described in
    ``data/possessions.toml``. ``kinds`` are the things of trade by what they are; ``written`` has their words,
    folded."""

    ours: frozenset[str]
    abstract: re.Pattern[str]
    means: re.Pattern[str]
    passive: re.Pattern[str]
    using: re.Pattern[str]
    working: re.Pattern[str]
    lacking: re.Pattern[str]
    idioms: re.Pattern[str]
    everyday: frozenset[str]
    stitches: frozenset[str]
    kinds: Mapping[str, frozenset[str]]
    trade: frozenset[str]
    doubtful: frozenset[str]
    written: frozenset[str]


@lru_cache(maxsize=16)
def possessions(language: str) -> Possessions | None:
    """The words of a language, by BCP 47 tag; None for one that has none."""
    own = load_table("possessions").get(primary(language))
    if own is None:
        return None
    everyday, stitches, doubtful = (
        _roots(own[key], language) for key in ("everyday", "stitches", "doubtful")
    )
    kinds = {kind: _roots(listed, language) for kind, listed in own["trade"].items()}
    return Possessions(
        ours=frozenset(fold(own["ours"]).split()),
        abstract=re.compile(own["abstract"], re.IGNORECASE),
        means=re.compile(rf"(?<!\w)(?:{own['means']})(?:(?<=')|(?!\w))"),
        passive=re.compile(own["passive"]),
        using=re.compile(own["using"]),
        working=re.compile(own["working"]),
        lacking=re.compile(rf"\b(?:{own['lacking']})\W+$"),
        idioms=re.compile(own["idioms"]),
        everyday=everyday,
        stitches=stitches,
        kinds=kinds,
        trade=frozenset[str]().union(*kinds.values()),
        doubtful=doubtful,
        written=frozenset(fold(" ".join(own["trade"].values())).split()),
    )


def _roots(listed: str, language: str) -> frozenset[str]:
    return frozenset(root(word, language) for word in listed.split())
