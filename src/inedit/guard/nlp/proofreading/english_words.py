"""A word of an English text with those around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.proofreading.lexicon import lexicon
from inedit.guard.nlp.proofreading.tables import tables
from inedit.guard.nlp.proofreading.tokens import Fault, Token


@dataclass(frozen=True, slots=True)
class Here:
    """A word of a text, and the words behind it."""

    tokens: Sequence[Token]
    lows: Sequence[str]
    at: int

    def low(self, step: int = 0) -> str:
        return self.lows[self.at + step]

    @property
    def first(self) -> bool:
        return self.tokens[self.at].first

    def fault(self, last: int, kind: str, right: str = "", first: int = 0) -> Fault:
        start = self.tokens[self.at + first].text
        if right and start[0].isupper():
            right = right[0].upper() + right[1:]
        return Fault(self.at + first, self.at + last, kind, right)


def listed_in(key: str, low: str) -> bool:
    return low in tables("en").listed(key)


def plainly(token: Token, kinds: set[str]) -> bool:
    if not token.readings or not token.readings <= kinds or token.capital:
        return False
    return token.low not in language_profile("en").stop_words and not listed_in("function", token.low)


def plural(low: str) -> bool:
    return low.endswith("s") and not low.endswith(("ss", "us", "is")) and low[:-1] in lexicon("en")
