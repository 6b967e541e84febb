"""The statistics of tests: published figures, the paper's own martingale, and the error that A/A tests keep."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm
from statsmodels.stats.multitest import multipletests

from inedit.insight_loop.experiments.fixed import Proportion, compare, holm
from inedit.insight_loop.experiments.sample_ratio import ALARM, mismatch
from inedit.insight_loop.experiments.score_interval import score_interval
from inedit.insight_loop.experiments.sequence import look, p_value, reach, rho_squared
from inedit.insight_loop.experiments.sizing import sized
from inedit.model.errors import WrongInput


def test_two_rates_as_in_the_published_example_of_statsmodels() -> None:
    """``proportions_ztest([5, 12], [83, 99])`` of its documentation: p = 0.159; Holm leaves one comparison alone."""
    (found,) = compare(Proportion(5, 83), [Proportion(12, 99)], 0.05)
    assert found is not None
    assert round(found.p_value, 3) == 0.159
    assert not found.decided
    assert found.low < 0 < found.high


def test_the_interval_is_the_score_interval_of_the_literature() -> None:
    """Newcombe (1998), table II, 56/70 and 48/80: Mee's (method 5) .0533 to .3377, Miettinen and Nurminen's (method 6)
    .0528 to .3382."""
    (found,) = compare(Proportion(48, 80), [Proportion(56, 70)], 0.05)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.0533, 0.3377)
    low, high = score_interval(48, 80, 56, 70, alpha=0.05, corrected=True)
    assert (round(low, 4), round(high, 4)) == (0.0528, 0.3382)


def test_the_size_is_that_of_cohens_tables() -> None:
    """Cohen (1988), table 6.4.1: h = .20, alpha .05 two-sided, power .80 takes 392 an arm (statsmodels' effect size of
    .5 and .4 is 0.20135792)."""
    assert sized(rate=0.4, effect=0.25).per_arm == math.ceil(392.443 * (0.2 / 0.20135792) ** 2)


def test_many_arms_and_many_looks_take_more() -> None:
    """Each comparison has its share of alpha; a sequence pays for its looks with size."""
    two = sized(rate=0.03, effect=0.1, per_day=4000)
    assert two.days == math.ceil(two.total / 4000)
    assert sized(rate=0.03, effect=0.1, arms=3).per_arm > two.per_arm
    assert 1.8 < sized(rate=0.03, effect=0.1, method="sequential").per_arm / two.per_arm < 2.0


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"rate": 0.0}, "rate"), ({"effect": 0.0}, "effect"), ({"rate": 0.9}, "pass 100"), ({"arms": 1}, "arms"),
        ({"power": 0.01}, "coin"), ({"per_day": 0.0}, "per day"),
    ],
)  # fmt: skip
def test_a_size_that_cannot_be_is_refused(wrong: dict[str, float], says: str) -> None:
    with pytest.raises(WrongInput, match=says):
        sized(**{"rate": 0.03, "effect": 0.2, **wrong})  # type: ignore[arg-type]


def test_the_sequence_ends_where_the_papers_mixture_martingale_reaches_one_over_alpha() -> None:
    """The martingale is the integral of exp(l S - l² t / 2) over l ~ N(0, rho²): computed here by quadrature."""
    t, alpha = 900.0, 0.05
    rho2 = rho_squared(alpha, 500)
    total = reach(t, rho2, alpha) * math.sqrt(t)  # S: t times the mean, at unit variance
    wealth, _ = quad(
        lambda at: math.exp(at * total - at * at * t / 2) * norm.pdf(at, scale=math.sqrt(rho2)),
        -1,
        1,
        points=[total / t],
    )
    assert wealth == pytest.approx(1 / alpha, rel=1e-6)
    assert p_value(reach(t, rho2, alpha), t, rho2) == pytest.approx(alpha)


def test_the_sequence_is_narrowest_at_the_planned_size() -> None:
    """Of all parameters, that for a size reaches least far there, to one per mille."""
    best = min(reach(5000, rho_squared(0.05, planned), 0.05) for planned in range(500, 50_000, 100))
    assert reach(5000, rho_squared(0.05, 5000), 0.05) == pytest.approx(best, rel=1e-3)


def test_no_look_before_there_is_enough_to_see() -> None:
    assert look(19, 1000, 60, 1000, alpha=0.05, planned=2000) is None
    assert look(20, 1000, 60, 1000, alpha=0.05, planned=2000) is not None


def test_holm_takes_the_smallest_first_and_stops_at_the_first_that_fails() -> None:
    """Two arms at p = .03 and .04: neither passes .025; their intervals, at that level, include zero."""
    first, weak, strong = Proportion(500, 10_000), Proportion(565, 10_000), Proportion(640, 10_000)
    both = compare(first, [weak, Proportion(567, 10_000)], 0.05)
    assert all(one and not one.decided and one.low < 0 and one.level == 0.975 for one in both)
    one, other = compare(first, [weak, strong], 0.05)
    assert one and other and one.decided and other.decided
    assert (other.level, one.level) == (0.975, 0.95)
    assert one.low > 0


def test_holm_is_that_of_statsmodels() -> None:
    for p_values in ([0.01, 0.04, 0.03], [0.02, 0.02], [0.9, 0.5, 0.001, 0.013], [1.0]):
        assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1].tolist())


def test_arms_with_too_few_events_are_not_tested_and_still_count() -> None:
    found = compare(Proportion(500, 10_000), [Proportion(2, 10_000), Proportion(565, 10_000)], 0.05)
    assert found[0] is None
    assert found[1] is not None and found[1].level == 0.975


def test_a_split_that_chance_does_not_make_is_seen() -> None:
    assert mismatch([5000, 5100], [0.5, 0.5]) > ALARM
    assert mismatch([5000, 5500], [0.5, 0.5]) < ALARM
    assert mismatch([0, 0], [0.5, 0.5]) == 1


def test_tests_of_equal_arms_keep_their_error_read_once_or_daily() -> None:
    """A quick one of what bench/experiments measures at length: 400 A/A tests of 14 days, fixed seed."""
    random, days = np.random.default_rng(17), 14
    shown = random.poisson(400, (400, days, 2)).cumsum(axis=1)
    clicked = random.binomial(np.diff(shown, axis=1, prepend=0), 0.05).cumsum(axis=1)
    once = daily = 0
    for impressions, clicks in zip(shown.tolist(), clicked.tolist(), strict=True):
        (read,) = compare(
            Proportion(clicks[-1][0], impressions[-1][0]),
            [Proportion(clicks[-1][1], impressions[-1][1])],
            0.05,
        )
        once += bool(read and read.decided)
        looks = (look(c[0], i[0], c[1], i[1], alpha=0.05, planned=400 * days * 2)
                 for i, c in zip(impressions, clicks, strict=True))  # fmt: skip
        daily += any(one is not None and one.decided for one in looks)
    assert 0.02 <= once / 400 <= 0.08
    assert daily / 400 <= 0.05
