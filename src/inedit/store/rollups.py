"""Sums that triggers keep while rows are written, and the facts that they are sums of, as SQLAlchemy Core objects.

A *facts* view has one row per entry: what it is added up by, and what it adds. The table of *sums* beside it holds the
same, added up, for as many rows as there are different keys: a report reads these instead of a million entries. The
migration that makes them (0007) has the words; ``ledger verify`` holds the sums against the facts. What memos say is
inside JSON, so that their facts are not a view: :mod:`inedit.ledger.journal.memo_facts` reads them and adds them up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, MetaData, Table, Text

from inedit.store.tables import Big, metadata

CELL = ("period", "campaign_id", "channel", "segment", "language", "tone", "provider", "model")
RANGES = tuple(f"saved_{what}_{end}" for what in ("seconds", "micros") for end in ("low", "expected", "high"))
TOKENS = ("input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens")
_NUMBERS = ("review_seconds", "accepted")
_views = MetaData()


@dataclass(frozen=True, slots=True)
class Rollup:
    """A table of sums: ``keys`` is what is added up by, ``measures`` what is added up. ``facts`` is its view."""

    kept: Table
    facts: Table
    keys: tuple[str, ...]
    measures: tuple[str, ...]


def _rollup(name: str, keys: Sequence[str], measures: Sequence[str]) -> Rollup:
    def key(column: str, *, primary_key: bool) -> Column[Any]:
        return Column(
            column,
            Big if column in _NUMBERS else Text(),
            primary_key=primary_key,
            nullable=False,
            autoincrement=False,
        )

    kept = Table(
        f"{name}_sums", metadata, *(key(column, primary_key=True) for column in keys),
        *(Column(measure, Big, nullable=False) for measure in measures),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip
    facts = Table(
        f"{name}_facts", _views, Column("seq", Big), Column("run_id", Text),
        *(key(column, primary_key=False) for column in keys), *(Column(measure, Big) for measure in measures),
    )  # fmt: skip
    return Rollup(kept, facts, tuple(keys), tuple(measures))


ENTRIES = _rollup(
    "entry", (*CELL, "purpose", "kind", "currency", "allocation"),
    ("entries", "calls", "unknown", "nameless", "repeated", "overrun", "late", *TOKENS, "latency_ms", "cost_micros",
     *RANGES),
)  # fmt: skip
"""What the entries of one cell, model, purpose, kind, currency and allocation add up to."""

DRAFTS = _rollup("draft", (*CELL, "currency", "reason", "accepted"), ("drafts", "cost_micros", "pieces"))
"""Drafts of completed pieces: those that became the accepted one (``accepted`` is 1), and those refused, by reason."""

SAVINGS = _rollup(
    "saving",
    ("period", "campaign_id", "currency", "hourly_rate", "agency_price", "agency_share", "review_seconds",
     "days_to_market", "since"),
    ("pieces", "work_seconds", "measured_pieces", "measured_seconds", "reinvestments", "reinvested_seconds",
     "untimed_seconds_low", "untimed_seconds_high"),
)  # fmt: skip
"""Accepted pieces by the baseline that they are held against and the day of their acceptance (``since``)."""
