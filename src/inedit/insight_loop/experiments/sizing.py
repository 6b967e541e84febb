"""How large a test must be, before it begins."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from inedit.insight_loop.experiments import sequence
from inedit.insight_loop.experiments.design import Method
from inedit.insight_loop.experiments.extras import library
from inedit.model.errors import WrongInput

MOST_ARMS = 20


@dataclass(frozen=True, slots=True)
class Sizing:
    """What a test takes: ``per_arm`` and ``total`` impressions; ``days`` at the daily traffic, None when it is unknown.

    For a sequential test it is the size by which the effect is found with the stated power: it may end long before.
    """

    method: Method
    rate: float
    effect: float
    alpha: float
    power: float
    arms: int
    per_arm: int
    days: int | None = None

    @property
    def total(self) -> int:
        """Impressions of all arms together."""
        return self.per_arm * self.arms


def sized(
    *,
    rate: float,
    effect: float,
    alpha: float = 0.05,
    power: float = 0.8,
    arms: int = 2,
    method: Method = "fixed",
    per_day: float | None = None,
) -> Sizing:
    """The size of a test of two proportions, two-sided, with Bonferroni's share of ``alpha`` for each comparison.

    Fixed: :class:`statsmodels.stats.power.NormalIndPower` on Cohen's h. Sequential: the same, times the square of how
    much farther the confidence sequence reaches at that size than an interval for one look.
    Raises :class:`~.errors.WrongInput` for figures that cannot be.
    """
    _check(rate, effect, alpha, power, arms, per_day)
    power_of = library("statsmodels.stats.power").NormalIndPower()
    effectsize = library("statsmodels.stats.proportion").proportion_effectsize

    level = alpha / (arms - 1)
    size = float(
        power_of.solve_power(effectsize(rate * (1 + effect), rate), alpha=level, power=power, ratio=1.0)
    )
    if method == "sequential":
        found = NormalDist().inv_cdf(power)
        once = NormalDist().inv_cdf(1 - level / 2)
        size *= ((sequence.reach_when_planned(level) + found) / (once + found)) ** 2
    per_arm = math.ceil(size)
    days = math.ceil(per_arm * arms / per_day) if per_day else None
    return Sizing(method, rate, effect, alpha, power, arms, per_arm, days)


def _check(rate: float, effect: float, alpha: float, power: float, arms: int, per_day: float | None) -> None:
    for name, value in (("rate", rate), ("alpha", alpha), ("power", power)):
        if not 0 < value < 1:
            raise WrongInput(f"The {name} lies between 0 and 100 %, not at {value:g}.")
    if effect == 0 or effect <= -1:
        raise WrongInput("The smallest effect worth finding is a relative change, such as 10 % or -10 %.")
    if rate * (1 + effect) >= 1:
        raise WrongInput(f"A rate of {rate:.1%} cannot rise by {effect:.0%}: it would pass 100 %.")
    if not 2 <= arms <= MOST_ARMS:
        raise WrongInput(f"A test has 2 to {MOST_ARMS} arms, not {arms}.")
    if alpha >= power:
        raise WrongInput("The power must be greater than alpha, or a coin finds as much.")
    if per_day is not None and per_day <= 0:
        raise WrongInput("Impressions per day are a number above 0.")
