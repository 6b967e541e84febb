"""What a language says to be ours, and what things everybody has or nobody has without saying so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from inedit.guard.nlp.function_words import root
from inedit.guard.nlp.language_data import load_table, primary
from inedit.guard.nlp.text import fold


@dataclass(frozen=True, slots=True)
class Possessions:
    """The words of one language: those that say « nos », folded, and the roots of the things, each described in
    ``data/possessions.toml``."""

    ours: frozenset[str]
    abstract: re.Pattern[str]
    means: re.Pattern[str]
    passive: re.Pattern[str]
    using: re.Pattern[str]
    working: re.Pattern[str]
    everyday: frozenset[str]
    trade: frozenset[str]


@lru_cache(maxsize=16)
def possessions(language: str) -> Possessions | None:
    """The words of a language, by BCP 47 tag; None for one that has none."""
    own = load_table("possessions").get(primary(language))
    if own is None:
        return None
    everyday, trade = (
        frozenset(root(word, language) for word in own[key].split()) for key in ("everyday", "trade")
    )
    return Possessions(
        ours=frozenset(fold(own["ours"]).split()),
        abstract=re.compile(own["abstract"], re.IGNORECASE),
        means=re.compile(rf"(?<!\w)(?:{own['means']})(?:(?<=')|(?!\w))"),
        passive=re.compile(own["passive"]),
        using=re.compile(own["using"]),
        working=re.compile(own["working"]),
        everyday=everyday,
        trade=trade,
    )
