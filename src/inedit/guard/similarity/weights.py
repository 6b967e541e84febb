"""What weighs how much beside each of many texts: the weights of their calibrations, for all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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


class CalibrationWeights:
    """What weighs how much beside each text: its calibration's weights. ``bounded`` tells whose are known here."""

    def __init__(self, found: Sequence[Calibration | None], which: Positions) -> None:
        self._found, self._which = found, which
        self.bounded = np.array([calibration is not None for calibration in found])[which]
        self.least: Numbers = self._each(lambda calibration: calibration.least_total - calibration.bias)

    @classmethod
    def of(cls, words: Positions, language: str) -> CalibrationWeights:
        """Of texts that are beside a draft the shorter ones with so many words, or it is."""
        found: list[Calibration | None] = [None]
        for least in _LENGTHS.tolist():
            calibration = calibration_for(language=language, words=least, siblings=False)
            found.append(calibration if BOUNDED.issuperset(calibration.weights) else None)
        return cls(found, np.searchsorted(_LENGTHS, words, "right"))

    def _each(self, value: Callable[[Calibration], float]) -> Numbers:
        values = np.array([0.0 if found is None else value(found) for found in self._found])
        return values[self._which]

    def __getitem__(self, name: str) -> Numbers:
        return self._each(lambda calibration: calibration.weights.get(name, 0.0))

    def total(self, signals: Mapping[str, Numbers]) -> Numbers:
        """The :meth:`Calibration.total` of each text less its bias, as far as these signals go."""
        total = np.zeros(len(self._which))
        for name, values in signals.items():
            total += self[name] * values
        return total
