"""The interval that belongs to the pooled z test of two proportions: the score test, solved for the difference.

R. F. Mee (1984) without, O. Miettinen and M. Nurminen (1985) with their correction of the variance; the rates under a
supposed difference in closed form as in C. P. Farrington and G. Manning (1990). Ours, because the interval of
statsmodels 0.15 (``confint_proportions_2indep(method="score")``) differs from the published values in the third digit
and does not converge for small counts.
"""

from __future__ import annotations

import math
from statistics import NormalDist

from inedit.insight_loop.experiments.extras import library

_EDGE = 1e-12


def score_interval(
    events: int, trials: int, other_events: int, other_trials: int, *, alpha: float, corrected: bool = False
) -> tuple[float, float]:
    """The differences of rates (other minus first) that a two-sided score test at ``alpha`` does not reject.

    >>> [round(end, 4) for end in score_interval(48, 80, 56, 70, alpha=0.05)]
    [0.0533, 0.3377]
    """
    brentq = library("scipy.optimize").brentq
    rate, other = events / trials, other_events / other_trials
    limit = NormalDist().inv_cdf(1 - alpha / 2)
    factor = (trials + other_trials) / (trials + other_trials - 1) if corrected else 1.0

    def beyond(supposed: float, sign: int) -> float:
        under, first = _supposing(supposed, other, other_trials, rate, trials)
        variance = (under * (1 - under) / other_trials + first * (1 - first) / trials) * factor
        return sign * (other - rate - supposed) / math.sqrt(max(variance, 1e-300)) - limit

    middle = other - rate
    low, high = -1 + _EDGE, 1 - _EDGE
    return (
        low if beyond(low, 1) < 0 else float(brentq(beyond, low, middle, args=(1,), xtol=1e-12)),
        high if beyond(high, -1) < 0 else float(brentq(beyond, middle, high, args=(-1,), xtol=1e-12)),
    )


def _supposing(difference: float, p1: float, n1: int, p2: float, n2: int) -> tuple[float, float]:
    """The likeliest rates of two samples that differ by ``difference``."""
    theta = n2 / n1
    a = 1 + theta
    b = -(1 + theta + p1 + theta * p2 + difference * (theta + 2))
    c = difference * difference + difference * (2 * p1 + theta + 1) + p1 + theta * p2
    d = -p1 * difference * (1 + difference)
    v = b**3 / (3 * a) ** 3 - b * c / (6 * a * a) + d / (2 * a)
    u = math.copysign(math.sqrt(max(b * b / (3 * a) ** 2 - c / (3 * a), 0.0)), v)
    w = (math.pi + math.acos(max(-1.0, min(1.0, v / u**3)) if u else 0.0)) / 3
    rate = 2 * u * math.cos(w) - b / (3 * a)
    return min(1.0, max(0.0, rate)), min(1.0, max(0.0, rate - difference))
