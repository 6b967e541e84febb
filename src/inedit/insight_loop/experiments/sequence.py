"""An interval that may be read every day: an asymptotic confidence sequence for the difference of two rates.

I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas: "Time-uniform central limit theory and asymptotic
confidence sequences", The Annals of Statistics 52 (2024), arXiv:2103.06476. Their Theorem 2.2: with a mean m of t
observations whose standard deviation is estimated by s,

    m ± s · sqrt( 2 (t·rho² + 1) / (t²·rho²) · ln( sqrt(t·rho² + 1) / alpha ) )

covers the true mean at all times together with probability 1 - alpha, as the first look moves to infinity. The mean
here is that of the influence function of the difference of two arms' rates (their section 3), so that s²/t is the
variance of the difference. ``rho`` chooses the size at which the interval is narrowest: the planned one (appendix B.2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

FIRST_LOOK_EVENTS = 20
"""Clicks (or conversions) and impressions without one that each arm must have before the first look: the theorem holds
for large samples. Chosen by simulation (bench/experiments): A/A tests read daily keep their error from here on."""


@dataclass(frozen=True, slots=True)
class Look:
    """A difference of rates (other arm minus first arm) with its interval; ``p_value`` holds at any time."""

    difference: float
    low: float
    high: float
    p_value: float

    @property
    def decided(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def rho_squared(alpha: float, planned: float) -> float:
    """The parameter for which the sequence is narrowest after ``planned`` observations, to a good approximation."""
    log = -2 * math.log(alpha)
    return (log + math.log(log + 1)) / planned


def reach(t: float, rho2: float, alpha: float) -> float:
    """How many standard errors the interval reaches to either side after ``t`` observations."""
    return math.sqrt(2 * (t * rho2 + 1) / (t * rho2) * math.log(math.sqrt(t * rho2 + 1) / alpha))


def reach_when_planned(alpha: float) -> float:
    """The same at the planned size, whatever it is."""
    return reach(1, rho_squared(alpha, 1), alpha)


def is_due(events: int, impressions: int) -> bool:
    """Whether an arm has enough for a first look."""
    return min(events, impressions - events) >= FIRST_LOOK_EVENTS


def look(
    events: int, impressions: int, other_events: int, other_impressions: int, *, alpha: float, planned: float
) -> Look | None:
    """The difference as it stands, None before the first look is due. ``planned`` is the size of both arms together."""
    if not (is_due(events, impressions) and is_due(other_events, other_impressions)):
        return None
    rate, other = events / impressions, other_events / other_impressions
    error = math.sqrt(rate * (1 - rate) / impressions + other * (1 - other) / other_impressions)
    t, difference = impressions + other_impressions, other - rate
    rho2 = rho_squared(alpha, planned)
    width = error * reach(t, rho2, alpha)
    return Look(difference, difference - width, difference + width, p_value(difference / error, t, rho2))


def p_value(z: float, t: float, rho2: float) -> float:
    """The smallest alpha whose interval leaves out zero: the sequence solved for alpha (one rho throughout)."""
    scale = t * rho2
    return min(1.0, math.sqrt(scale + 1) * math.exp(-z * z * scale / (2 * (scale + 1))))
