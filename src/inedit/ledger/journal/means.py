"""How much the calls of a model used on average."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class MeanUsage:
    """Means over ``calls`` charged drafts of one model."""

    calls: int
    input_tokens: float
    cached_tokens: float
    output_tokens: float
    latency_seconds: float

    @classmethod
    def of(
        cls, calls: int, tokens_in: float, cached: float, tokens_out: float, latency_ms: float
    ) -> Self | None:
        """As a database counts and averages them; None where there were no calls."""
        if not calls:
            return None
        return cls(calls, float(tokens_in), float(cached), float(tokens_out), float(latency_ms or 0) / 1000)
