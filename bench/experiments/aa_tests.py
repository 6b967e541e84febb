"""Do tests of equal arms keep their error, read once or daily, and do they find what they were planned for?

    python bench/experiments/aa_tests.py > bench/results/experiments_aa.json

Each cell is 2,000 simulated tests (500 where an effect is to be found) with the project's own functions: impressions of
a day are Poisson, clicks binomial. ``fixed`` is read once at the planned size; ``sequential`` daily until a winner is
shown or the days are over; ``peeking`` is the mistake: the fixed test read daily. Errors are shares of tests with a
winner among equal arms, with the upper end of their 95 % interval (Clopper and Pearson).
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta

import numpy as np
from scipy.stats import beta, norm

from inedit.insight_loop.experiments.design import Arm, Design
from inedit.insight_loop.experiments.figures import Figures
from inedit.insight_loop.experiments.fixed import LEAST_EVENTS
from inedit.insight_loop.experiments.readout import read
from inedit.insight_loop.experiments.sizing import sized

TESTS, TESTS_WITH_EFFECT = 2_000, 500
DAYS = 28
ALPHA = 0.05
EFFECT = 0.2
SEED = 20261129
FIRST = date(2026, 11, 1)


def main() -> None:
    """Every cell, as JSON."""
    cells = [
        cell(rate, arms, lift)
        for rate, arms in ((0.03, 2), (0.3, 2), (0.01, 2), (0.03, 4))
        for lift in (0.0, EFFECT)
    ]
    json.dump(
        {"days": DAYS, "alpha": ALPHA, "effect": EFFECT, "seed": SEED, "cells": cells},
        sys.stdout, indent=1,
    )  # fmt: skip


def cell(rate: float, arms: int, lift: float) -> dict[str, object]:
    """The tests of one kind; ``lift`` is what the last arm really does better."""
    random = np.random.default_rng(SEED)
    made = tuple(Arm("ABCD"[n], f"v{n}", (), 1 / arms) for n in range(arms))
    tests = TESTS_WITH_EFFECT if lift else TESTS
    found: dict[str, object] = {"rate": rate, "arms": arms, "lift": lift, "tests": tests}
    for method in ("fixed", "sequential"):
        size = sized(rate=rate, effect=EFFECT, arms=arms, method=method).per_arm
        design = Design("t", "c", "angle", "clicks", method, rate, EFFECT, ALPHA, 0.8, size, made, FIRST)
        called, days, peeked, split = 0, [], 0, 0
        rates = np.array([*[rate] * (arms - 1), rate * (1 + lift)])
        for _ in range(tests):
            shown = random.poisson(size / DAYS * 1.02, (DAYS + 1, arms))
            clicked = random.binomial(shown, rates)
            told = figures(made, shown, clicked)
            last = read(design, told)
            split += last.state == "split"
            if method == "fixed":
                called += last.state == "decided"
                peeked += peeks(shown, clicked)
            elif since := daily(design, told):
                called += 1
                days.append(since)
        found[method] = {
            "size": size, "winners": called / tests, "upper": float(beta.ppf(0.975, called + 1, tests - called)),
            "split_alarms": split,
        }  # fmt: skip
        if method == "fixed":
            found["peeking"] = peeked / tests
        elif days:
            found["sequential_median_day"] = float(np.median(days))
    return found


def figures(arms: tuple[Arm, ...], shown: np.ndarray, clicked: np.ndarray) -> list[Figures]:
    """The days as they are imported."""
    return [
        Figures(arm.id, arm.id, FIRST + timedelta(days=day), int(shown[day, n]), int(clicked[day, n]))
        for day in range(len(shown))
        for n, arm in enumerate(arms)
    ]


def daily(design: Design, told: list[Figures]) -> int:
    """The day on which a daily reader sees a winner or loser first; 0 for never. A reading goes through all days, so
    that the last day of each prefix is what that day's reader sees."""
    per_day = len(design.arms)
    for day in range(1, len(told) // per_day + 1):
        if read(design, told[: day * per_day]).state == "decided":
            return day
    return 0


def peeks(shown: np.ndarray, clicked: np.ndarray) -> bool:
    """Whether a fixed test that is read daily, against the rule, shows a difference on some day (the pooled z test of
    ``fixed.compare`` in one go, its rule for few clicks and Holm's first step)."""
    impressions, clicks = shown.cumsum(axis=0), clicked.cumsum(axis=0)
    enough = np.minimum(clicks, impressions - clicks) >= LEAST_EVENTS
    first_n, first_c, n, c = impressions[:, :1], clicks[:, :1], impressions[:, 1:], clicks[:, 1:]
    pooled = (first_c + c) / (first_n + n)
    error = np.sqrt(np.maximum(pooled * (1 - pooled) * (1 / first_n + 1 / n), 1e-300))
    p_values = 2 * norm.sf(np.abs(c / n - first_c / first_n) / error)
    return bool(((p_values < ALPHA / n.shape[1]) & enough[:, 1:] & enough[:, :1]).any())


if __name__ == "__main__":
    main()
