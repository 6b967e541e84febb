"""What everything cost and what it saved: entries, reservations, balances, closed months."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from inedit.store.tables.base import Big, metadata

_NOTABLE = text("(note IS NOT NULL OR (kind = 'call' AND cost_micros IS NULL))")
ledger_entries = Table(
    "ledger_entries",
    metadata,
    Column("seq", Big, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("occurred_at", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("run_id", Text),
    Column("campaign_id", Text),
    Column("spec_key", Text),
    Column("edition", Integer, nullable=False),
    Column("channel", Text),
    Column("segment", Text),
    Column("language", Text),
    Column("tone", Text),
    Column("attempt", Integer),
    Column("purpose", Text, nullable=False),
    Column("provider", Text),
    Column("model", Text),
    Column("response_id", Text),
    Column("reservation_id", Text, unique=True),
    Column("outcome", Text),
    Column("input_tokens", Big, nullable=False),
    Column("cached_tokens", Big, nullable=False),
    Column("output_tokens", Big, nullable=False),
    Column("reasoning_tokens", Big, nullable=False),
    Column("latency_ms", Big),
    Column("cost_micros", Big),
    Column("currency", Text),
    Column("input_price", Text),
    Column("cached_price", Text),
    Column("output_price", Text),
    Column("price_date", Text),
    Column("price_tier", Text),
    Column("price_source", Text),
    Column("price_note", Text),
    Column("saved_seconds_low", Big),
    Column("saved_seconds_expected", Big),
    Column("saved_seconds_high", Big),
    Column("saved_micros_low", Big),
    Column("saved_micros_expected", Big),
    Column("saved_micros_high", Big),
    Column("corrects", Text, ForeignKey("ledger_entries.id")),
    Column("note", Text),
    Column("details", Text),
    Column("prev_hash", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("cache_write_tokens", Big),
    Column("cache_write_price", Text),
    UniqueConstraint("provider", "response_id"),
    CheckConstraint("kind IN ('call', 'correction', 'memo')", name="kind"),
    CheckConstraint(
        "kind <> 'call' OR (provider IS NOT NULL AND model IS NOT NULL AND reservation_id IS NOT NULL"
        " AND 0 <= cached_tokens AND cached_tokens <= input_tokens"
        " AND 0 <= reasoning_tokens AND reasoning_tokens <= output_tokens)",
        name="call",
    ),
    CheckConstraint("(kind = 'correction') = (corrects IS NOT NULL)", name="correction"),
    CheckConstraint(
        "(kind = 'memo') = (saved_seconds_expected IS NOT NULL) AND (kind <> 'memo' OR cost_micros IS NULL)"
        " AND (purpose <> 'saving' OR (saved_seconds_low <= saved_seconds_expected"
        " AND saved_seconds_expected <= saved_seconds_high))",
        name="memo",
    ),
    CheckConstraint("cost_micros IS NULL OR currency IS NOT NULL", name="money"),
    CheckConstraint(
        "cache_write_tokens IS NULL OR (cache_write_tokens > 0 AND cache_write_tokens + cached_tokens <= input_tokens)",
        name="cache_write",
    ),
    Index(None, "run_id"),
    Index(None, "campaign_id", "spec_key"),
    Index(None, "period"),
    Index(None, "corrects"),
    # on Postgres too, by the migration: naming it here would load that dialect in every process (20 ms)
    Index("ix_ledger_entries_notable", "seq", sqlite_where=_NOTABLE),
    sqlite_strict=True,
)
"""What everything cost and what it saved. Rows are only ever added: triggers refuse anything else."""


reservations = Table(
    "reservations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("reserved_at", Text, nullable=False),
    Column("closed_at", Text),
    Column("state", Text, nullable=False),
    Column("run_id", Text),
    Column("campaign_id", Text),
    Column("period", Text, nullable=False),
    Column("call", Text, nullable=False),
    Column("estimate_micros", Big),
    Column("currency", Text),
    Column("reason", Text),
    Column("number", Big),
    Column("hash", Text),
    CheckConstraint("state IN ('open', 'settled', 'voided', 'possibly_billed')", name="state"),
    CheckConstraint("(state IN ('settled', 'voided')) = (closed_at IS NOT NULL)", name="closed"),
    Index(None, "state"),
    Index(None, "number", unique=True),
    sqlite_strict=True,
)
"""Money set aside before each call. What is neither settled nor voided may have been billed.

They are numbered without gaps, and each seals itself and the one before (:func:`inedit.store.seals.link_of`).
"""


balances = Table(
    "balances",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("scope_id", Text, primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("settled_micros", Big, nullable=False),
    Column("reserved_micros", Big, nullable=False),
    CheckConstraint("scope IN ('run', 'campaign', 'month')", name="scope"),
    sqlite_strict=True,
)
"""Running totals that budgets are checked against; ``ledger verify`` holds them against the entries."""


closings = Table(
    "closings",
    metadata,
    Column("period", Text, primary_key=True),
    Column("closed_at", Text, nullable=False),
    Column("closed_by", Text, nullable=False),
    Column("last_seq", Big, nullable=False),
    Column("last_hash", Text, nullable=False),
    sqlite_strict=True,
)
"""Months that are closed: no entry can be added to them any more."""
