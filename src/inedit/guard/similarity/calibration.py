"""The frozen decision: a logistic regression per calibration, its few weights read from ``parameters.json``.

``bench/guard/fit.py`` writes that file; nothing here learns.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from importlib import resources

SHORT_WORDS = 25
"""Texts with fewer words have a calibration of their own."""

BRIEF_WORDS = 40
"""And so have texts with fewer words than this, as long as nothing is known of their siblings."""

FEWEST_WORDS = 4
"""Texts with fewer words of their own than this are compared as they stand: same letters or not."""

SKIP_OPENING = frozenset({"brief", "long", "long-siblings"})
"""Calibrations for texts that are long enough to lose what both open with."""

UNSPACED = frozenset({"ja", "zh", "th", "lo", "km", "my"})
"""Languages written without spaces: each character counts as a word. Their longer texts borrow the calibration of
the others, for want of data."""


@dataclass(frozen=True)
class Calibration:
    """One calibration. At most ``target_fpr`` of honest pairs score ``threshold`` or more.

    ``thresholds`` holds those of languages that have a threshold of their own, by language subtag.
    """

    name: str
    bias: float
    weights: Mapping[str, float]
    threshold: float
    target_fpr: float
    thresholds: Mapping[str, float] = field(default_factory=dict)

    def in_language(self, tag: str) -> Calibration:
        """The same calibration with the threshold of a language, where it has its own."""
        own = self.thresholds.get(tag.partition("-")[0].lower())
        return self if own is None else replace(self, threshold=own)

    @property
    def skips_opening(self) -> bool:
        """Whether what both texts open with is taken out before they are measured."""
        return self.name in SKIP_OPENING

    def probability(self, signals: Mapping[str, float]) -> float:
        """How surely a pair with these signals is a copy, 0 to 1. Needs every signal that has a weight."""
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, self.total(signals)))))

    def total(self, signals: Mapping[str, float]) -> float:
        """The logarithm of the odds of a copy."""
        return self.bias + sum(weight * signals[name] for name, weight in self.weights.items())

    @cached_property
    def least_total(self) -> float:
        """The :meth:`total` of the threshold, less what rounding may take."""
        threshold = min(self.threshold, 1.0 - 1e-12)
        return math.log(threshold / (1.0 - threshold)) - 1e-9

    @cached_property
    def highest_total(self) -> float:
        """The :meth:`total` of signals that are all 1."""
        return self.total(dict.fromkeys(self.weights, 1.0))

    def strongest(self, signals: Mapping[str, float]) -> str:
        """The signal that speaks most for a copy."""
        return max(self.weights, key=lambda name: (self.weights[name] * signals[name], name))


@cache
def calibrations() -> Mapping[str, Calibration]:
    """Every calibration by name."""
    text = resources.files(__package__).joinpath("parameters.json").read_text(encoding="utf-8")
    return {
        name: Calibration(name=name, **fields) for name, fields in json.loads(text)["calibrations"].items()
    }


@lru_cache(maxsize=4096)  # it is asked for every pair of texts
def calibration_for(*, language: str, words: int, siblings: bool, cosine: bool = False) -> Calibration:
    """The calibration for a pair.

    ``language`` is a BCP 47 tag, or two languages in small letters (``en-fr``) for a text and its translation;
    ``words`` is the length of the shorter text; ``siblings`` and ``cosine`` tell whether they are known. Short texts
    have too little in common with their siblings to learn from them, and the cosine decides nothing between two
    texts of one language with spaces (it moved no recall): these have one calibration each, with or without.
    """
    first, _, second = language.partition("-")
    if _is_pair(first, second):
        name = "cross-language"
    elif words < SHORT_WORDS:
        name = "unspaced" if first.lower() in UNSPACED else "short"
    else:
        name = "long-siblings" if siblings else "brief" if words < BRIEF_WORDS else "long"
    found = calibrations().get(f"{name}-meaning", calibrations()[name]) if cosine else calibrations()[name]
    return found.in_language(language)


def meaning_helps(language: str) -> bool:
    """Whether a cosine changes the decision in this language, or between these two."""
    first, _, second = language.partition("-")
    return _is_pair(first, second) or first.lower() in UNSPACED


def _is_pair(first: str, second: str) -> bool:
    """Whether a tag names two languages. A region, as in ``fr-FR``, is written in capitals."""
    return len(first) == len(second) == 2 and second.islower() and first != second
