"""The frozen decision: a logistic regression a regime, its few weights read from ``parameters.json``.

``bench/guard/fit.py`` writes that file; nothing here learns.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

SHORT_WORDS = 25
"""Texts with fewer words have a calibration of their own."""

UNSPACED = frozenset({"ja", "zh", "th", "lo", "km", "my"})
"""Languages written without spaces: each character counts as a word."""


@dataclass(frozen=True, slots=True)
class Regime:
    """One calibration. At most ``budget`` of honest pairs score ``threshold`` or more."""

    name: str
    bias: float
    weights: Mapping[str, float]
    threshold: float
    budget: float

    def probability(self, signals: Mapping[str, float]) -> float:
        """How surely a pair with these signals is a copy, 0 to 1. Needs every signal that has a weight."""
        total = self.bias + sum(weight * signals[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, total))))

    def strongest(self, signals: Mapping[str, float]) -> str:
        """The signal that speaks most for a copy."""
        return max(self.weights, key=lambda name: (self.weights[name] * signals[name], name))


@cache
def regimes() -> Mapping[str, Regime]:
    """Every calibration by name."""
    text = resources.files(__package__).joinpath("parameters.json").read_text(encoding="utf-8")
    return {name: Regime(name=name, **fields) for name, fields in json.loads(text)["regimes"].items()}


def regime_for(*, language: str, words: int, siblings: bool) -> Regime:
    """The calibration for a pair.

    ``language`` is a BCP 47 tag, ``words`` the length of the shorter text, ``siblings`` whether any are known.
    Short texts have too little in common with their siblings to learn from them: theirs is one and the same.
    """
    if language.partition("-")[0].lower() in UNSPACED:
        return regimes()["unspaced"]
    if words < SHORT_WORDS:
        return regimes()["short"]
    return regimes()["long-siblings" if siblings else "long"]
