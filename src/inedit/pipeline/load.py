"""What calls consume, before they are made: tokens, seconds, money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

UNTRIED_OUTPUT_TOKENS_PER_SECOND = {"embedded": 15.0, "remote": 50.0}
"""Assumed until a model has been called: 15 is what two cores gave the embedded default (docs/models.md), 50 a cautious
figure for hosted models. The forecast says when it rests on these."""


@dataclass(frozen=True, slots=True)
class Load:
    """What some calls consume: tokens, seconds, and micros, None where the price of the model is unknown."""

    calls: int
    input_tokens: int
    output_tokens: int
    seconds: float
    cost_micros: int | None

    def plus(self, other: Load, times: int = 1) -> Load:
        """This load and ``times`` the other one."""
        unknown = self.cost_micros is None or other.cost_micros is None
        return Load(
            self.calls + other.calls * times,
            self.input_tokens + other.input_tokens * times,
            self.output_tokens + other.output_tokens * times,
            self.seconds + other.seconds * times,
            None if unknown else (self.cost_micros or 0) + (other.cost_micros or 0) * times,
        )


NOTHING = Load(0, 0, 0, 0.0, 0)


def at_once(calls: Sequence[object], concurrency: int) -> int:
    """How many of the calls are really under way at the same time, at least 1."""
    return max(1, min(concurrency, len(calls)))


def speed_of(provider: str) -> float:
    """The tokens that a model is taken to write in a second until it has been called."""
    return UNTRIED_OUTPUT_TOKENS_PER_SECOND["embedded" if provider == "embedded" else "remote"]
