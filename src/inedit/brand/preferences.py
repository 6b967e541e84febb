"""What A/B tests have taught, and how a plan prefers it: Thompson sampling on turns that can be given away.

The plan deals insights and angles in turns (:mod:`inedit.brand.selection`). Here a turn may be given to another one of
the pack. The effect of each is drawn from what is known of it: a normal distribution around zero before any test (the
prior), narrower and shifted after each. A turn goes to the highest draw that is above zero, an average text's: what
works is told more often, what does not gives its turns to others, and what is hardly known is still tried.

Pure and deterministic: a draw is a hash of the seed, the variant and the candidate, so that neither order nor narrowing
changes it. What was told by somebody stays told: a turn is given away only when its insight has another one, or for one
that nobody tells. What is surely better than average gets twice its own turns among the same readers, no more: the
pieces of a campaign must not all tell one thing.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Any, Literal

TurnFactor = Literal["insight", "angle"]
"""What a plan deals, and may prefer."""

PRIOR_SD = 0.2
"""Standard deviation of an effect (logarithm of a ratio of rates) before any test: two of three texts do between 18 %
worse and 22 % better than others. Effects of copy tests are seldom larger."""

EXPLORATION = 0.2
"""Share of the turns that stay as they were dealt, whatever the tests say."""

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tests found of one insight, angle, tone or template.

    ``effect`` is the logarithm of its rate over that of the texts beside it, over all tests, weighted by their
    precision; ``error`` its standard error; ``impressions`` are those of its own texts, ``until`` is the last day
    counted, as in 2026-11-29.
    """

    factor: str
    value: str
    tests: tuple[str, ...]
    impressions: int
    effect: float
    error: float
    until: str

    def interval(self, confidence: float = 0.9) -> tuple[float, float, float]:
        """Relative effect as a share (0.12: 12 % more), with the ends of its interval."""
        reach = _NORMAL.inv_cdf(0.5 + confidence / 2) * self.error
        low, middle, high = (
            math.expm1(value) for value in (self.effect - reach, self.effect, self.effect + reach)
        )
        return middle, low, high


@dataclass(frozen=True, slots=True)
class Preferences:
    """The evidence that a plan goes by. ``seed`` is made of the campaign and the evidence: the same state gives the
    same plan. Without evidence nothing is preferred."""

    seed: str = ""
    evidence: tuple[Evidence, ...] = ()
    exploration: float = EXPLORATION

    def of(self, factor: str, value: str) -> Evidence | None:
        """What is known of a value; None when it was never tested."""
        return self.known.get((factor, value))

    def knows(self, factor: str) -> bool:
        """Whether anything of a factor was tested."""
        return any(one.factor == factor for one in self.evidence)

    @property
    def known(self) -> Mapping[tuple[str, str], Evidence]:
        """The evidence by factor and value."""
        return {(one.factor, one.value): one for one in self.evidence}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Preferences:
        """The reverse of ``dataclasses.asdict``, as a run keeps it."""
        evidence = tuple(Evidence(**{**one, "tests": tuple(one["tests"])}) for one in record["evidence"])
        return cls(record["seed"], evidence, record["exploration"])


NO_PREFERENCES = Preferences()


@dataclass(frozen=True, slots=True)
class Turn:
    """What one variant was dealt (``dealt``), and what it might be given instead: all of ``pool``.

    ``scope`` is where coverage is kept (a language), ``group`` the readers among whom nothing is told too often.
    """

    variant: str
    scope: str
    group: tuple[str, ...]
    dealt: tuple[str, ...]
    pool: tuple[str, ...]


def seed_of(campaign_id: str, evidence: Iterable[Evidence]) -> str:
    """16 hexadecimal digits of the campaign and all that is known."""
    facts = "\n".join((campaign_id, *map(repr, evidence)))
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


def preferred(
    batches: Iterable[Sequence[Turn]], preferences: Preferences, factor: TurnFactor
) -> Iterator[tuple[str, ...]]:
    """What each variant is given, in the order of the turns. A later batch never changes an earlier one."""
    known = {one.value: one for one in preferences.evidence if one.factor == factor}
    tally = _Tally()
    for turns in batches:
        tally.add(turns)
        for turn in turns:
            if not known:
                yield turn.dealt
                continue
            chosen = list(turn.dealt)
            for index, value in enumerate(turn.dealt):
                if (
                    _uniform(preferences.seed, turn.variant, factor, f"stays {index}")
                    < preferences.exploration
                ):
                    continue

                def draw(candidate: str, variant: str = turn.variant) -> float:
                    mean, sd = _belief(known.get(candidate))
                    return mean + sd * _NORMAL.inv_cdf(_uniform(preferences.seed, variant, factor, candidate))

                own = draw(value)
                draws = {
                    other: draw(other)
                    for other in turn.pool
                    if other not in chosen
                    and (other in known or (value in known and own < 0))
                    and tally.may_exchange(turn, value, other, known.get(other))
                }
                best = max(draws, key=draws.__getitem__, default=value)
                if best != value and draws[best] > max(own, 0.0):
                    tally.exchange(turn, value, best)
                    chosen[index] = best
            yield tuple(chosen)


@dataclass(slots=True)
class _Tally:
    """How often what is told: everywhere, in each scope, in each group; and what each group was assigned."""

    everywhere: Counter[str] = field(default_factory=Counter)
    scopes: dict[str, Counter[str]] = field(default_factory=dict)
    groups: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)
    assigned: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def add(self, turns: Iterable[Turn]) -> None:
        for turn in turns:
            self.everywhere.update(turn.dealt)
            self.scopes.setdefault(turn.scope, Counter()).update(turn.dealt)
            self.groups.setdefault(turn.group, Counter()).update(turn.dealt)
            self.assigned[turn.group] += len(turn.dealt)

    def may_exchange(self, turn: Turn, value: str, other: str, known: Evidence | None) -> bool:
        """Whether as much is told afterwards, and nothing too often.

        Its own turns, once more as many times as it is sure to be better (0 to 1), and one to try what is not known.
        """
        mean, sd = _belief(known)
        gain = max(0.0, 2 * _NORMAL.cdf(mean / sd) - 1)
        most = math.ceil((1 + gain) * self.assigned[turn.group] / len(turn.pool)) + (known is None)
        if self.groups[turn.group][other] >= most:
            return False
        here = self.scopes[turn.scope]
        if here[value] == 1 and here[other]:
            return False
        return self.everywhere[value] > 1 or not self.everywhere[other]

    def exchange(self, turn: Turn, value: str, other: str) -> None:
        for counted in (self.everywhere, self.scopes[turn.scope], self.groups[turn.group]):
            counted[value] -= 1
            counted[other] += 1


def _belief(known: Evidence | None) -> tuple[float, float]:
    """Mean and standard deviation of an effect: the prior, and what tests have found."""
    if known is None:
        return 0.0, PRIOR_SD
    precision = 1 / PRIOR_SD**2 + 1 / known.error**2
    return known.effect / known.error**2 / precision, 1 / math.sqrt(precision)


def _uniform(*parts: str) -> float:
    """A number between 0 and 1, the same for the same parts, neither end included."""
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / 2**53 + 2**-54
