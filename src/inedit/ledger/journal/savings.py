"""Time saved against a dated and approved baseline: a range, never netted with cash.

For one accepted piece::

    saved = baseline work - minutes that a person really spent

*Baseline work* is ``writing_minutes`` for the first accepted piece of a campaign's channel and language, and
``adaptation_minutes`` for every other one: without Inédit, a team would have written one text and adapted it.
*Minutes spent* are measured; while nobody has measured them, the baseline's ``review_minutes`` are assumed to
have been spent, so that an unmeasured review never counts as time saved. Both choices keep the figure low on
purpose:

- low = low of the work - high of the review;
- expected = expected - expected;
- high = high of the work - low of the review.

A piece that took longer to review than to write saved less than nothing, and is shown so. Pieces that were
parked or rejected save nothing. Money is ``hours x hourly_rate`` of the same baseline.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from inedit.brand.schema import Baseline, MinutesRange
from inedit.ledger.pricing.money import round_half_even, to_micros


@dataclass(frozen=True, slots=True)
class Range:
    """Low, expected and high, in whole seconds or in millionths of a currency."""

    low: int
    expected: int
    high: int

    def minus(self, other: Range) -> Range:
        """What is surely, probably and at most left when something uncertain is taken away."""
        return Range(self.low - other.high, self.expected - other.expected, self.high - other.low)

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.expected + other.expected, self.high + other.high)


@dataclass(frozen=True, slots=True)
class Saving:
    """What one accepted piece saved, and what it is made of; seconds, and millionths of ``currency``."""

    seconds: Range
    micros: Range
    currency: str
    first: bool
    work_seconds: Range
    spent_seconds: Range
    measured: bool


def savings(baseline: Baseline, *, first: bool, review_minutes: Decimal | None = None) -> Saving:
    """Time and money saved by one accepted piece, by the formula above.

    ``first`` says whether it is the first accepted piece of its campaign, channel and language.
    ``review_minutes`` is what people really spent on it; None while nobody has measured it.
    """
    work = seconds_of(baseline.writing_minutes if first else baseline.adaptation_minutes)
    spent = seconds_of(baseline.review_minutes)
    if review_minutes is not None:
        exactly = round_half_even(review_minutes * 60)
        spent = Range(exactly, exactly, exactly)
    saved = work.minus(spent)
    return Saving(
        saved, worth(saved, baseline.hourly_rate), baseline.currency, first, work, spent,
        measured=review_minutes is not None,
    )  # fmt: skip


def basis_of(baseline: Baseline, saving: Saving) -> dict[str, object]:
    """What a saving was computed from, kept with the memo: whoever doubts the figure can recompute it."""
    return {
        "baseline": baseline.model_dump(mode="json"),
        "first_of_channel_and_language": saving.first,
        "work_seconds": _as_list(saving.work_seconds),
        "spent_seconds": _as_list(saving.spent_seconds),
        "spent_is_measured": saving.measured,
    }


def worth(seconds: Range, hourly_rate: Decimal) -> Range:
    """What this time costs at an hourly rate, in millionths of the rate's currency."""

    def micros(duration: int) -> int:
        return to_micros(Decimal(duration) / 3600 * hourly_rate)

    return Range(micros(seconds.low), micros(seconds.expected), micros(seconds.high))


def seconds_of(minutes: MinutesRange) -> Range:
    """Minutes as whole seconds."""
    return Range(*(round_half_even(m * 60) for m in (minutes.low, minutes.expected, minutes.high)))


def _as_list(span: Range) -> list[int]:
    return [span.low, span.expected, span.high]
