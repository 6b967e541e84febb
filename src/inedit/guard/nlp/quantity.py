"""What a figure of a text is, and a text from which figures are taken one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar

from inedit.guard.nlp.patterns import Pattern, Prefilter
from inedit.guard.nlp.text import fold
from inedit.model import Span

T = TypeVar("T")

COUNT = "count"
YEAR = "year"
CURRENCIES = ("EUR", "USD", "GBP", "CHF", "MXN")
DEADLINE = "deadline"
"""A month by its name alone, where it ends or begins something (« jusqu'à fin juillet »); ``value`` is its number."""

Approximation = Literal["", "over", "under", "about", "from"]

_NONE: Iterator[re.Match[str]] = iter(())

FILLER = "~"  # stands for characters already understood; no pattern matches it


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure of a text.

    ``number`` is as written, ``value`` in base units of ``dimension`` (``count`` when there is no unit); ``nouns`` are
    the stems of the words that follow and precede it in its sentence, nearest first, ``counted`` the one that it
    counts, ``sentence`` the whole of it, ``has_left_context`` whether a word of content stands before the
    figure there; ``year`` completes a date; ``approximate`` says how far a word such as « plus de » or « nearly »
    loosens it, or that it begins something
    (« dès 90 € » is "from"); ``vague`` that it is only an order of magnitude (« des milliers »). Of a range,
    ``bound`` says which end this is and ``partner`` the value of the other one. ``period`` is what it is counted by
    (« 9,90 € par mois » has "month"). Of a share told in two numbers (« 57 messages sur 340 »), ``part`` and ``whole``.
    """

    span: Span
    value: Decimal
    dimension: str
    number: Decimal = Decimal(0)
    nouns: tuple[str, ...] = ()
    counted: str = ""
    sentence: str = ""
    has_left_context: bool = True
    year: int | None = None
    approximate: Approximation = ""
    vague: bool = False
    bound: Literal["", "low", "high"] = ""
    partner: Decimal | None = None
    period: str = ""
    part: int = 0
    whole: int = 0


class Unread:
    """A text being read. ``rest`` is the folded text with what is understood blanked out, so that positions stay.

    ``tried`` are the patterns that it will be read with: most can match nowhere in it, which is seen of all at once.
    """

    def __init__(self, text: str, tried: Prefilter[None]) -> None:
        self.text = text
        self.folded = fold(text)
        self.rest = self.folded
        self._possible = tried.not_ruled_out(self.folded)

    def may_hold(self, patterns: frozenset[Pattern]) -> bool:
        """Whether one of these can match anything in the text."""
        return not self._possible.isdisjoint(patterns)

    def may_hold_any(self) -> bool:
        """Whether any pattern at all can match anything in the text."""
        return bool(self._possible)

    def possible(self, patterns: Iterable[tuple[Pattern, T]]) -> list[tuple[Pattern, T]]:
        """Those of the patterns, each with what it is for, that can match anything in the text."""
        possible = self._possible
        return [each for each in patterns if each[0] in possible]

    def which(self, patterns: Iterable[Pattern]) -> list[Pattern]:
        """The same of patterns alone."""
        possible = self._possible
        return [pattern for pattern in patterns if pattern in possible]

    def finditer(self, pattern: Pattern | None) -> Iterator[re.Match[str]]:
        """What a pattern matches in what is left."""
        return pattern.finditer(self.rest) if pattern in self._possible and pattern is not None else _NONE

    def take(self, start: int, end: int) -> Span:
        """Blank a passage that is understood, and say where it stands."""
        self.blank(start, end)
        return Span(start, end)

    def blank(self, start: int, end: int) -> None:
        """Leave a passage to no other pattern."""
        self.rest = self.rest[:start] + FILLER * (end - start) + self.rest[end:]

    def blank_all(self, *patterns: Pattern | None) -> None:
        """Leave whatever the patterns match to no other one."""
        for pattern in patterns:
            for match in self.finditer(pattern):
                self.blank(match.start(), match.end())
