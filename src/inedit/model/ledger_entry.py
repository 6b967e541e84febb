"""One row of the ledger."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of the ledger: a paid call, a correction of one, or a memo of time saved. Never altered.

    Money is in millionths of ``currency``; ``cost_micros`` is None when the price is unknown, never zero.
    ``input_tokens`` includes ``cached_tokens`` and ``cache_write_tokens`` (None: nothing was written to the provider's
    cache); ``output_tokens`` includes ``reasoning_tokens``; a correction carries differences. Prices are decimal text,
    per million tokens. ``period`` is the month (``2026-11``) that the entry is booked in. Every column is described in
    ``docs/ledger.md``.
    """

    seq: int
    id: str
    kind: str  # "call", "correction" or "memo"
    recorded_at: str
    occurred_at: str
    period: str
    purpose: str
    run_id: str | None = None
    campaign_id: str | None = None
    spec_key: str | None = None
    edition: int = 1
    channel: str | None = None
    segment: str | None = None
    language: str | None = None
    tone: str | None = None
    attempt: int | None = None
    provider: str | None = None
    model: str | None = None
    response_id: str | None = None
    reservation_id: str | None = None
    outcome: str | None = None
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    latency_ms: int | None = None
    cost_micros: int | None = None
    currency: str | None = None
    input_price: str | None = None
    cached_price: str | None = None
    output_price: str | None = None
    price_date: str | None = None
    price_tier: str | None = None
    price_source: str | None = None
    price_note: str | None = None
    saved_seconds_low: int | None = None
    saved_seconds_expected: int | None = None
    saved_seconds_high: int | None = None
    saved_micros_low: int | None = None
    saved_micros_expected: int | None = None
    saved_micros_high: int | None = None
    corrects: str | None = None
    note: str | None = None
    details: str | None = None
    prev_hash: str = ""
    hash: str = ""
    cache_write_tokens: int | None = None
    cache_write_price: str | None = None
