"""What weighs how much beside each of many texts: the weights of their calibrations, for all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.calibration import (
    BRIEF_WORDS,
    FEWEST_WORDS,
    SHORT_WORDS,
    Calibration,
    calibration_for,
)
from inedit.guard.similarity.words import Positions

Numbers = NDArray[np.float64]

BOUNDED = frozenset({"frame", "mould", "passages", "sequence", "common order"})
"""Texts are kept whose calibration weighs another signal."""

_LENGTHS = np.array([FEWEST_WORDS, SHORT_WORDS, BRIEF_WORDS])  # from each on, another calibration decides


class _Table(NamedTuple):
    """Of the calibrations of a language, by the length that a text has at least: whether its weights are known here,
    what the signals must come to, and what each weighs; 0 beside the shortest texts, which are judged without."""

    bounded: NDArray[np.bool_]
    least: Numbers
    weights: Mapping[str, Numbers]


@cache
def _table(language: str) -> _Table:
    found: list[Calibration | None] = [None]
    for least in _LENGTHS.tolist():
        calibration = calibration_for(language=language, words=least, siblings=False)
        found.append(calibration if BOUNDED.issuperset(calibration.weights) else None)

    def each(value: Callable[[Calibration], float]) -> Numbers:
        return np.array([0.0 if calibration is None else value(calibration) for calibration in found])

    return _Table(
        np.array([calibration is not None for calibration in found]),
        each(lambda calibration: calibration.least_total - calibration.bias),
        {name: each(lambda calibration, name=name: calibration.weights.get(name, 0.0)) for name in BOUNDED},  # type: ignore[misc]
    )


class CalibrationWeights:
    """What weighs how much beside each text: its calibration's weights. ``bounded`` tells whose are known here, and
    ``least`` what the signals of each come to at the least when it is a copy."""

    def __init__(self, table: _Table, which: Positions) -> None:
        self._table, self._which = table, which
        self.bounded = table.bounded[which]
        self.least: Numbers = table.least[which]

    @classmethod
    def of(cls, words: Positions, language: str) -> CalibrationWeights:
        """Of texts that are beside a draft the shorter ones with so many words, or it is."""
        return cls(_table(language), np.searchsorted(_LENGTHS, words, "right"))

    def __getitem__(self, name: str) -> Numbers:
        return self._table.weights[name][self._which]

    def total(self, signals: Mapping[str, Numbers]) -> Numbers:
        """The :meth:`Calibration.total` of each text less its bias, as far as these signals go."""
        total = np.zeros(len(self._which))
        for name, values in signals.items():
            total += self[name] * values
        return total
