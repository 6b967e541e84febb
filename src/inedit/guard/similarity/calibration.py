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


@dataclass(frozen=True, slots=True)
class Regime:
    """One calibration. ``threshold`` is the probability above which at most ``budget`` of honest pairs are flagged."""

    name: str
    bias: float
    weights: Mapping[str, float]
    threshold: float
    budget: float

    def probability(self, signals: Mapping[str, float]) -> float:
        """How surely a pair with these signals is a copy, 0 to 1. A signal without a weight counts for nothing."""
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


def regime_for(*, words: int, unspaced: bool, siblings: bool) -> Regime:
    """The calibration for a pair: script, length of the shorter text in words, and whether siblings are known."""
    if unspaced:
        return regimes()["unspaced"]
    length = "short" if words < SHORT_WORDS else "long"
    name = f"{length}-siblings" if siblings else length
    return regimes().get(name) or regimes()[length]
