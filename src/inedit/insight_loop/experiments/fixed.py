"""The reading of a test with a fixed horizon: score tests of two proportions, corrected for many arms by Holm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inedit.insight_loop.experiments.extras import library
from inedit.insight_loop.experiments.score_interval import score_interval

LEAST_EVENTS = 5
"""Clicks (or conversions), and impressions without one, that each arm must have: below, the normal approximation on
which the test stands is poor (Cochran's rule)."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """So many ``events`` (clicks or conversions) of so many ``trials`` (impressions)."""

    events: int
    trials: int

    @property
    def rate(self) -> float:
        """Events per trial; 0 without trials."""
        return self.events / self.trials if self.trials else 0.0

    @property
    def is_enough(self) -> bool:
        """Whether there are enough of both kinds for the test."""
        return min(self.events, self.trials - self.events) >= LEAST_EVENTS


@dataclass(frozen=True, slots=True)
class Comparison:
    """An arm beside the first one. ``difference`` is of rates, with the interval of the test that was made; its
    confidence is ``level``. ``p_value`` is corrected for the number of arms; ``decided``: it is below alpha."""

    difference: float
    low: float
    high: float
    level: float
    p_value: float
    decided: bool


def compare(first: Proportion, others: Sequence[Proportion], alpha: float) -> tuple[Comparison | None, ...]:
    """Every other arm beside the first one; None where either has too few events to be tested.

    The test is the pooled z test, the interval its inversion (:mod:`~inedit.insight_loop.experiments.score_interval`),
    so that both always agree. Holm's step-down procedure makes the tests one after the other, the
    smallest p first, at alpha / m, alpha / (m - 1), … until one fails; an interval is that of the level at which its
    test was made, or at which the procedure had ended.
    """
    proportions_ztest = library("statsmodels.stats.proportion").proportions_ztest
    tested = [n for n, other in enumerate(others) if first.is_enough and other.is_enough]
    if not tested:
        return (None,) * len(others)
    found: list[Comparison | None] = [None] * len(others)
    raw = [
        float(proportions_ztest([others[n].events, first.events], [others[n].trials, first.trials])[1])
        for n in tested
    ]
    # arms that cannot be tested yet count as tests: leaving them out would sharpen the others for no reason
    untested = [1.0] * (len(others) - len(tested))
    corrected = holm([*raw, *untested])
    ranks = {index: rank for rank, index in enumerate(sorted(range(len(raw)), key=raw.__getitem__))}
    ended = sum(p <= alpha for p in corrected)
    for index, n in enumerate(tested):
        step = alpha / (len(others) - min(ranks[index], ended, len(others) - 1))
        low, high = score_interval(first.events, first.trials, others[n].events, others[n].trials, alpha=step)
        difference = others[n].rate - first.rate
        found[n] = Comparison(difference, low, high, 1 - step, corrected[index], corrected[index] <= alpha)
    return tuple(found)


def holm(p_values: Sequence[float]) -> list[float]:
    """The p values corrected for their number by Holm (1979): the smallest times m, the next times m - 1, …, never
    less than the one before. statsmodels' ``multipletests`` gives the same, and collects the garbage of the whole
    process each time."""
    corrected, highest = [0.0] * len(p_values), 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, p_values[index] * (len(p_values) - rank)))
        corrected[index] = highest
    return corrected
