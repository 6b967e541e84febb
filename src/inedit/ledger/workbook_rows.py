"""The rows that the formulas of the workbook add up: one a call, correction, adjustment or memo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, and_, select

from inedit.ledger.calls import ADJUSTMENT
from inedit.ledger.memos import REINVESTED
from inedit.ledger.reading import BLOCK_ROWS, Scope
from inedit.ledger.summary import ALLOCATIONS
from inedit.store.tables import attempts, ledger_entries, pieces

NONE = "(none)"
NOT_ON_RECORD = "(not on record)"

ENTRY_COLUMNS = (
    "number", "entry", "kind", "month", "occurred (UTC)", "run", "campaign", "piece", "allocation", "channel",
    "segment", "language", "tone", "purpose", "provider", "model", "request id", "input tokens", "cached tokens",
    "output tokens", "reasoning tokens", "cost in millionths", "currency", "calls", "unknown price", "refused for",
    "input price", "cached price", "output price", "price date", "price source", "note",
)  # fmt: skip
SAVING_COLUMNS = (
    "number", "month", "campaign", "piece", "currency", "seconds low", "seconds expected", "seconds high",
    "millionths low", "millionths expected", "millionths high", "purpose", "details",
)  # fmt: skip
_DIMENSIONS = ("channel", "segment", "language", "tone", "purpose")
_CONSUMED = ("input_tokens", "cached_tokens", "output_tokens", "reasoning_tokens", "cost_micros", "currency")
_PRICED = ("input_price", "cached_price", "output_price", "price_date", "price_source", "note")

_e = ledger_entries.c
_p = pieces.c
_a = attempts.c


def entry_rows(connection: Connection, scope: Scope) -> Iterator[tuple[Any, ...]]:
    """The entries of a scope that have to do with money, in order, as :data:`ENTRY_COLUMNS` names their cells."""
    corrections = ledger_entries.alias()
    corrected = select(corrections.c.seq).where(corrections.c.corrects == _e.id).exists()
    same_piece = and_(_p.campaign_id == _e.campaign_id, _p.spec_key == _e.spec_key, _p.edition == _e.edition)
    same_draft = and_(
        _a.campaign_id == _e.campaign_id, _a.spec_key == _e.spec_key, _a.edition == _e.edition,
        _a.attempt == _e.attempt,
    )  # fmt: skip
    query = (
        select(
            ledger_entries,
            _p.id.label("piece"),
            _p.status,
            _p.attempts,
            _a.refused_for,
            corrected.label("corrected"),
        )
        .select_from(ledger_entries.outerjoin(pieces, same_piece).outerjoin(attempts, same_draft))
        .where(scope.entries(), _e.kind != "memo")
        .order_by(_e.seq)
    )
    for row in connection.execution_options(yield_per=BLOCK_ROWS).execute(query).mappings():
        is_call = row["kind"] == "call" and row["purpose"] != ADJUSTMENT
        became_it = row["status"] == "accepted" and row["attempts"] == row["attempt"]
        refused = row["purpose"] == "draft" and row["piece"] and not became_it
        allocation = ALLOCATIONS[0 if row["spec_key"] else 1 if row["campaign_id"] else 2]
        yield (
            row["seq"], row["id"], row["kind"], row["period"], row["occurred_at"], row["run_id"],
            row["campaign_id"] or NONE, row["piece"], allocation,
            *(row[name] or NONE for name in _DIMENSIONS),
            row["provider"], row["model"] or NONE, row["response_id"],
            *(row[name] for name in _CONSUMED),
            int(is_call), int(is_call and row["cost_micros"] is None and not row["corrected"]),
            (row["refused_for"] or NOT_ON_RECORD) if refused else None,
            *(row[name] for name in _PRICED),
        )  # fmt: skip


def saving_rows(connection: Connection, scope: Scope) -> Iterator[tuple[Any, ...]]:
    """The memos of a scope that say what was saved, in order, as :data:`SAVING_COLUMNS` names their cells."""
    saved = [
        _e[f"saved_{what}_{end}"] for what in ("seconds", "micros") for end in ("low", "expected", "high")
    ]
    query = (
        select(_e.seq, _e.period, _e.campaign_id, _e.spec_key, _e.currency, *saved, _e.purpose, _e.details)
        .where(scope.entries(), _e.kind == "memo", _e.purpose != REINVESTED)
        .order_by(_e.seq)
    )
    for row in connection.execution_options(yield_per=BLOCK_ROWS).execute(query):
        yield tuple(row)
