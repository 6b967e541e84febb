"""Whether the audience was split as it should be: a test whose split is wrong says nothing about its texts."""

from __future__ import annotations

from collections.abc import Sequence

from inedit.insight_loop.experiments.extras import library

ALARM = 0.001
"""Probability below which a split is called wrong: low, because the look is taken daily (Fabijan et al., "Diagnosing
Sample Ratio Mismatch in Online Controlled Experiments", KDD 2019)."""


def mismatch(impressions: Sequence[int], shares: Sequence[float]) -> float:
    """Probability (Pearson's chi-squared) of a split that is at least as far from the shares, if chance made it.

    1 while nothing was counted.
    """
    total = sum(impressions)
    if not total:
        return 1.0
    expected = [total * share / sum(shares) for share in shares]
    squares = sum((seen - due) ** 2 / due for seen, due in zip(impressions, expected, strict=True))
    return float(library("scipy.special").chdtrc(len(shares) - 1, squares))
