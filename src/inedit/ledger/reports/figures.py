"""The figures of a report, as plain data: what :mod:`inedit.ledger.reports.summary` adds up and every report shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from inedit.ledger.journal.chain import EMPTY, Head
from inedit.ledger.journal.savings import Range
from inedit.ledger.pricing.money import round_half_even

DIMENSIONS = (
    "channel",
    "segment",
    "language",
    "tone",
    "provider",
    "model",
    "purpose",
    "campaign_id",
    "period",
)
"""What costs can be split by."""

TITLES = {name: {"campaign_id": "campaign", "period": "month"}.get(name, name) for name in DIMENSIONS}
"""The same as people say it."""


@dataclass(frozen=True, slots=True)
class SplitLine:
    """One value of a dimension: its calls and what they cost, in millionths by currency.

    ``accepted_pieces`` counts the pieces whose accepted draft this value has paid for; ``saved_seconds`` is what pieces
    of this value saved, None without any memo.
    """

    name: str
    calls: int
    cost_micros: Mapping[str, int]
    unknown_price_calls: int = 0
    accepted_pieces: int = 0
    saved_seconds: Range | None = None

    @property
    def cost_per_accepted_micros(self) -> Mapping[str, int]:
        """The whole cost of the line, rejected drafts included, divided by its accepted pieces."""
        return each(self.cost_micros, self.accepted_pieces)

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {**asdict(self), "cost_per_accepted_micros": dict(self.cost_per_accepted_micros)}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Refused drafts of one reason: the check that stood in their way, empty where none is on record."""

    reason: str
    drafts: int
    cost_micros: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class UnconfirmedCall:
    """Something finance must look at: what it is, how often, and what to do about it. ``code`` is stable."""

    code: str
    what: str
    count: int
    remedy: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The ledger of one scope in figures.

    ``cost_micros`` and everything like it is in millionths, by currency. ``cost_per_piece_micros`` divides
    the whole cost, shared and rejected included, by the pieces that came to rest, and
    ``cost_per_accepted_micros`` by the accepted ones. ``rejected_micros`` is the cost of drafts that did not
    become an accepted piece, of completed pieces; ``rejected_for`` splits it by reason, most drafts first, and
    ``accepted_micros`` is that of the drafts that did.
    ``possibly_billed`` counts calls that were sent and neither charged nor voided. ``saved_seconds`` is None without
    any memo.
    """

    scope: str
    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    cost_micros: Mapping[str, int] = field(default_factory=dict)
    unknown_price_calls: int = 0
    possibly_billed: int = 0
    possibly_billed_micros: Mapping[str, int] = field(default_factory=dict)
    pieces: int = 0
    accepted_pieces: int = 0
    cost_per_piece_micros: Mapping[str, int] = field(default_factory=dict)
    cost_per_accepted_micros: Mapping[str, int] = field(default_factory=dict)
    rejected_attempts: int = 0
    rejected_micros: Mapping[str, int] = field(default_factory=dict)
    rejected_for: Sequence[Refusal] = ()
    accepted_micros: Mapping[str, int] = field(default_factory=dict)
    allocation_micros: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    saved_seconds: Range | None = None
    saved_micros: Mapping[str, Range] = field(default_factory=dict)
    saved_pieces: int = 0
    measured_pieces: int = 0
    by: Mapping[str, Sequence[SplitLine]] = field(default_factory=dict)
    doubts: Sequence[UnconfirmedCall] = ()
    head: Head = EMPTY

    def minutes_saved(self) -> tuple[float, float, float] | None:
        """Low, expected and high minutes, to one decimal; None without any memo."""
        if self.saved_seconds is None:
            return None
        span = self.saved_seconds
        return round(span.low / 60, 1), round(span.expected / 60, 1), round(span.high / 60, 1)

    def as_json(self) -> dict[str, Any]:
        """The same as plain dictionaries and lists, with ``minutes_saved`` as low, expected and high."""
        minutes = self.minutes_saved()
        named = None if minutes is None else dict(zip(("low", "expected", "high"), minutes, strict=True))
        by = {name: [line.as_json() for line in lines] for name, lines in self.by.items()}
        return {**asdict(self), "minutes_saved": named, "by": by}


def each(costs: Mapping[str, int], count: int) -> dict[str, int]:
    """The cost divided by a count; nothing when there is nothing to divide by."""
    if not count:
        return {}
    return {currency: round_half_even(Decimal(micros) / count) for currency, micros in costs.items()}
