"""What a test says: the figures of its arms, whether a winner may be called, and which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from inedit.insight_loop.experiments import sequence
from inedit.insight_loop.experiments.design import Arm, Design
from inedit.insight_loop.experiments.figures import Figures
from inedit.insight_loop.experiments.fixed import Proportion, compare
from inedit.insight_loop.experiments.sample_ratio import ALARM, mismatch
from inedit.insight_loop.experiments.sequence import is_due

State = Literal["empty", "running", "split", "few", "open", "decided"]
"""``empty``: no figures; ``running``: too early to be read; ``split``: the audience was not split as planned, so that
nothing can be said; ``few``: too few clicks for a test; ``open``: read, no difference shown; ``decided``: shown."""


Days = dict[date, dict[str, list[Figures]]]


@dataclass(frozen=True, slots=True)
class ArmFigures:
    """What an arm did: over all days, and (``judged``) over those that the reading rests on."""

    arm: Arm
    impressions: int
    clicks: int
    conversions: int
    revenue_micros: int | None
    judged: Proportion


@dataclass(frozen=True, slots=True)
class Versus:
    """An arm beside the first one: the difference of rates with its interval at confidence ``level``.

    ``lift`` and its ends are the same as shares of the first arm's rate. ``p_value`` is corrected for the number of
    arms. ``since`` is the first day on which a sequential test showed it.
    """

    arm: str
    difference: float
    low: float
    high: float
    level: float
    p_value: float
    decided: bool
    lift: float
    lift_low: float
    lift_high: float
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A test as it stands. ``winner`` is an arm's id, or empty; ``until`` the last day that is judged; ``progress`` the
    share of the planned size that the smallest arm has; ``better_than_first`` are all arms that beat the first."""

    design: Design
    state: State
    arms: tuple[ArmFigures, ...]
    versus: tuple[Versus, ...] = ()
    winner: str = ""
    first_day: date | None = None
    last_day: date | None = None
    until: date | None = None
    progress: float = 0.0
    split_p: float = 1.0

    @property
    def better_than_first(self) -> tuple[str, ...]:
        """Arms that were shown to do better than the first one."""
        return tuple(one.arm for one in self.versus if one.decided and one.difference > 0)

    @property
    def is_evidence(self) -> bool:
        """Whether its figures may be learned from: it was read at a time at which it may be."""
        return self.state in ("open", "decided")

    def as_json(self) -> dict[str, Any]:
        """As a plain dictionary; days are text."""
        days = {
            name: day.isoformat() if day else None
            for name, day in (
                ("first_day", self.first_day),
                ("last_day", self.last_day),
                ("until", self.until),
            )
        }
        return {
            "test": self.design.as_json(), "state": self.state, "winner": self.winner or None, **days,
            "progress": self.progress, "split_p_value": self.split_p,
            "arms": [
                {
                    "arm": one.arm.id, "value": one.arm.value, "impressions": one.impressions,
                    "clicks": one.clicks, "conversions": one.conversions, "revenue_micros": one.revenue_micros,
                    "judged_events": one.judged.events, "judged_impressions": one.judged.trials,
                    "rate": one.judged.rate,
                }
                for one in self.arms
            ],
            "versus_first": [
                {**asdict(one), "since": one.since.isoformat() if one.since else None} for one in self.versus
            ],
        }  # fmt: skip


def read(design: Design, figures: Iterable[Figures]) -> Reading:
    """The reading of a test by the figures that stand today.

    A fixed test is judged once, by the days up to that on which the smallest arm reached the planned size: what comes
    later is shown and changes no verdict. A sequential one is judged by all days.
    """
    reading, days = basis(design, figures)
    if not reading.is_evidence:
        return reading
    versus = _fixed(design, reading.arms) if design.method == "fixed" else _sequential(design, days)
    if not versus:
        return replace(reading, state="few")
    state: State = "decided" if any(one.decided for one in versus) else "open"
    return replace(reading, state=state, versus=versus, winner=_winner(design, reading.arms, versus))


def basis(design: Design, figures: Iterable[Figures]) -> tuple[Reading, Days]:
    """Whether a test may be read today (``open``), and on which figures, without comparing its arms; and all days."""
    days = _by_day(design, figures)
    arms = _totals(design, days, days)
    if not any(one.impressions for one in arms):
        return Reading(design, "empty", arms), days
    split_p = mismatch([one.impressions for one in arms], [arm.share for arm in design.arms])
    progress = min(1.0, min(one.impressions for one in arms) / design.size)
    reading = Reading(
        design, "running", arms, first_day=min(days), last_day=max(days), progress=progress, split_p=split_p
    )
    if split_p < ALARM:
        return replace(reading, state="split"), days
    if design.method == "sequential":
        ready = [one for one in arms if is_due(one.judged.events, one.judged.trials)]
        due = arms[0] in ready and len(ready) > 1
        return replace(reading, state="open" if due else "running", until=reading.last_day), days
    until = _day_reached(design, days)
    if until is None:
        return reading, days
    judged = {day: by_arm for day, by_arm in days.items() if day <= until}
    return replace(reading, state="open", arms=_totals(design, days, judged), until=until), days


def _by_day(design: Design, figures: Iterable[Figures]) -> Days:
    known = {arm.id for arm in design.arms}
    days: Days = defaultdict(lambda: defaultdict(list))
    for one in figures:
        if one.arm in known:
            days[one.day][one.arm].append(one)
    return dict(sorted(days.items()))


def _totals(design: Design, shown: Days, judged: Days) -> tuple[ArmFigures, ...]:
    found = []
    for arm in design.arms:
        every = [one for by_arm in shown.values() for one in by_arm.get(arm.id, ())]
        counted = [one for by_arm in judged.values() for one in by_arm.get(arm.id, ())]
        revenue = [one.revenue_micros for one in every if one.revenue_micros is not None]
        found.append(
            ArmFigures(
                arm, sum(one.impressions for one in every), sum(one.clicks for one in every),
                sum(one.conversions for one in every), sum(revenue) if revenue else None,
                Proportion(_events(design, counted), sum(one.impressions for one in counted)),
            )
        )  # fmt: skip
    return tuple(found)


def _events(design: Design, figures: Iterable[Figures]) -> int:
    return sum(getattr(one, design.metric) for one in figures)


def _day_reached(design: Design, days: Days) -> date | None:
    """The first day on which every arm has the planned size."""
    seen = dict.fromkeys((arm.id for arm in design.arms), 0)
    for day, by_arm in days.items():
        for arm, figures in by_arm.items():
            seen[arm] += sum(one.impressions for one in figures)
        if min(seen.values()) >= design.size:
            return day
    return None


def _fixed(design: Design, arms: Sequence[ArmFigures]) -> tuple[Versus, ...]:
    first, *others = [one.judged for one in arms]
    return tuple(
        _versus(one.arm.id, first.rate, found.difference, found.low, found.high, found.level, found.p_value,
                decided=found.decided)
        for one, found in zip(arms[1:], compare(first, others, design.alpha), strict=True)
        if found is not None
    )  # fmt: skip


def _sequential(design: Design, days: Days) -> tuple[Versus, ...]:
    """Every day is a look; the interval of the last one is told, with the first day of those in a row that agree."""
    alpha, planned = design.alpha / design.comparisons, design.size * 2
    seen = {arm.id: [0, 0] for arm in design.arms}
    since: dict[str, date | None] = {}
    last: dict[str, sequence.Look] = {}
    first = design.arms[0].id
    for day, by_arm in days.items():
        for arm, figures in by_arm.items():
            seen[arm][0] += _events(design, figures)
            seen[arm][1] += sum(one.impressions for one in figures)
        for other in design.arms[1:]:
            found = sequence.look(*seen[first], *seen[other.id], alpha=alpha, planned=planned)
            if found is None:
                continue
            last[other.id] = found
            since[other.id] = (since.get(other.id) or day) if found.decided else None
    rate = seen[first][0] / seen[first][1] if seen[first][1] else 0.0
    return tuple(
        _versus(arm, rate, found.difference, found.low, found.high, 1 - alpha,
                min(1.0, found.p_value * design.comparisons), decided=found.decided, since=since[arm])
        for arm, found in last.items()
    )  # fmt: skip


def _versus(
    arm: str, rate: float, difference: float, low: float, high: float, level: float, p_value: float, *,
    decided: bool, since: date | None = None,
) -> Versus:  # fmt: skip
    return Versus(
        arm, difference, low, high, level, p_value, decided,
        difference / rate, low / rate, high / rate, since,
    )  # fmt: skip


def _winner(design: Design, arms: Sequence[ArmFigures], versus: Sequence[Versus]) -> str:
    """The arm that was shown to beat the first one; of several the best; the first one when it beat all others."""
    rates = {one.arm.id: one.judged.rate for one in arms}
    better = [one.arm for one in versus if one.decided and one.difference > 0]
    if better:
        return max(better, key=lambda arm: rates[arm])
    worse = [one for one in versus if one.decided and one.difference < 0]
    return design.arms[0].id if len(worse) == design.comparisons else ""
