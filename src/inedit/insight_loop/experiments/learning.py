"""What the tests that may be read have taught about insights, angles, tones and templates, for the next plan."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inedit.brand.preferences import NO_PREFERENCES, PRIOR_SD, Evidence, Preferences, seed_of
from inedit.brand.schema import Campaign
from inedit.insight_loop.experiments.design import Arm, Design
from inedit.insight_loop.experiments.figures import Figures
from inedit.insight_loop.experiments.fixed import Proportion
from inedit.insight_loop.experiments.journal import read_designs, read_figures
from inedit.insight_loop.experiments.readout import Reading, basis
from inedit.store import Store

BETWEEN_SD = 0.05
"""Standard deviation between the effect of one thing in two campaigns: a large test elsewhere is not the last word."""


@dataclass(frozen=True, slots=True)
class _Effect:
    """What one test found of one value: logarithm of its rate over the others', with its variance."""

    test: str
    impressions: int
    effect: float
    variance: float
    until: str


def learned(tests: Iterable[tuple[Design, Iterable[Figures]]]) -> tuple[Evidence, ...]:
    """The evidence of every test that may be read today: fixed ones at their planned size, sequential ones at any time,
    and none whose audience was not split as planned.

    Each value is set against the other arms of its test. What arms differ in besides the factor makes the finding less
    sure, by the variance of effects that are not known. Several tests of one value are weighted by their precision.
    """
    found: dict[tuple[str, str], list[_Effect]] = defaultdict(list)
    for design, figures in tests:
        reading, _ = basis(design, figures)
        if reading.is_evidence:
            for value, effect in _effects(reading):
                found[design.factor, value].append(effect)
    return tuple(_together(factor, value, effects) for (factor, value), effects in sorted(found.items()))


def read_preferences(store: Store, campaign: Campaign) -> Preferences:
    """What the plan of a campaign prefers today; nothing when its brief says so, or nothing was tested."""
    if not campaign.experiments.prefer:
        return NO_PREFERENCES
    evidence = read_learned(store)
    if not evidence:
        return NO_PREFERENCES
    return Preferences(seed_of(campaign.id, evidence), evidence, float(campaign.experiments.exploration))


def read_learned(store: Store) -> tuple[Evidence, ...]:
    """The evidence of all tests in the store."""
    return learned((design, read_figures(store, design.id)) for design in read_designs(store))


def _effects(reading: Reading) -> Iterator[tuple[str, _Effect]]:
    design = reading.design
    judged = {one.arm.id: one.judged for one in reading.arms}
    until = reading.until.isoformat() if reading.until else ""
    for arm in design.arms:
        own = judged[arm.id]
        others = [judged[other.id] for other in design.arms if other.id != arm.id]
        pooled = Proportion(sum(one.events for one in others), sum(one.trials for one in others))
        values = _values(design, arm)
        unsure = BETWEEN_SD**2 + 2 * PRIOR_SD**2 * (len(design.confounded) + len(values) - 1)
        effect = _log_rate(own) - _log_rate(pooled)
        variance = _log_variance(own) + _log_variance(pooled) + unsure
        for value in values:
            yield value, _Effect(design.id, own.trials, effect, variance, until)


def _values(design: Design, arm: Arm) -> tuple[str, ...]:
    """What an arm stands for; of texts with several insights those that no other arm has."""
    if design.factor != "insight":
        return (arm.value,)
    others = {value for other in design.arms if other.id != arm.id for value in other.value.split("+")}
    return tuple(value for value in arm.value.split("+") if value not in others)


def _log_rate(counted: Proportion) -> float:
    """With half an event more, so that none at all has a logarithm, too (Haldane, Anscombe)."""
    return math.log((counted.events + 0.5) / (counted.trials + 0.5))


def _log_variance(counted: Proportion) -> float:
    return 1 / (counted.events + 0.5) - 1 / (counted.trials + 0.5)


def _together(factor: str, value: str, effects: list[_Effect]) -> Evidence:
    weights = [1 / one.variance for one in effects]
    mean = sum(weight * one.effect for weight, one in zip(weights, effects, strict=True)) / sum(weights)
    return Evidence(
        factor, value, tuple(one.test for one in effects), sum(one.impressions for one in effects),
        mean, 1 / math.sqrt(sum(weights)), max(one.until for one in effects),
    )  # fmt: skip
