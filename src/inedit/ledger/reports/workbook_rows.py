"""The rows that the formulas of the workbook add up: one a call, correction, adjustment, memo or exception."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Text, and_, cast, func, select

from inedit.ledger.audit.audit_exceptions import exceptions
from inedit.ledger.journal.calls import ADJUSTMENT
from inedit.ledger.journal.memo_facts import REINVESTED
from inedit.ledger.journal.reading import BLOCK_ROWS, Scope
from inedit.ledger.reports.summary import ALLOCATIONS
from inedit.store.piece_facts import piece_facts
from inedit.store.rollups import DRAFTS
from inedit.store.seals import RECORDS
from inedit.store.tables import ledger_entries

NONE = "(none)"
NOT_ON_RECORD = "(not on record)"

ENTRY_COLUMNS = (
    "number", "entry", "kind", "month", "occurred (UTC)", "run", "campaign", "piece", "allocation", "channel",
    "segment", "language", "tone", "purpose", "provider", "model", "request id", "input tokens", "cached tokens",
    "cache write tokens", "output tokens", "reasoning tokens", "cost in millionths", "currency", "calls",
    "unknown price", "refused for", "accepted pieces", "input price", "cached price", "cache write price",
    "output price", "price date", "price tier", "price source", "corrects", "note",
)  # fmt: skip
SAVING_COLUMNS = (
    "number", "month", "campaign", "piece", "channel", "segment", "language", "tone", "currency", "seconds low",
    "seconds expected", "seconds high", "millionths low", "millionths expected", "millionths high", "purpose",
    "details",
)  # fmt: skip
EXCEPTION_COLUMNS = (
    "what", "entry or reservation", "id", "occurred (UTC)", "month", "campaign", "piece", "provider", "model",
    "millionths", "currency", "why",
)  # fmt: skip
_DIMENSIONS = ("channel", "segment", "language", "tone", "purpose", "provider")
_CONSUMED = (
    "input_tokens", "cached_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens", "cost_micros",
    "currency",
)  # fmt: skip
_PRICED = (
    "input_price", "cached_price", "cache_write_price", "output_price", "price_date", "price_tier", "price_source",
    "corrects", "note",
)  # fmt: skip

_e = ledger_entries.c
_p = piece_facts.c


def entry_rows(connection: Connection, scope: Scope) -> Iterator[tuple[Any, ...]]:
    """The entries of a scope that have to do with money, in order, as :data:`ENTRY_COLUMNS` names their cells."""
    corrections, draft = ledger_entries.alias(), DRAFTS.facts.c
    corrected = select(corrections.c.seq).where(corrections.c.corrects == _e.id).exists()
    same_piece = and_(_p.campaign_id == _e.campaign_id, _p.spec_key == _e.spec_key, _p.edition == _e.edition)
    query = (
        select(
            ledger_entries, _p.id.label("piece"), corrected.label("corrected"), draft.accepted, draft.reason,
            draft.pieces.label("became"),
        )
        .select_from(ledger_entries.outerjoin(piece_facts, same_piece).outerjoin(DRAFTS.facts, draft.seq == _e.seq))
        .where(scope.entries(), _e.kind != "memo")
        .order_by(_e.seq)
    )  # fmt: skip
    for row in connection.execute(query.execution_options(yield_per=BLOCK_ROWS)).mappings():
        is_call = row["kind"] == "call" and row["purpose"] != ADJUSTMENT
        allocation = ALLOCATIONS[0 if row["spec_key"] else 1 if row["campaign_id"] else 2]
        yield (
            row["seq"], row["id"], row["kind"], row["period"], row["occurred_at"], row["run_id"],
            row["campaign_id"] or NONE, row["piece"], allocation,
            *(row[name] or NONE for name in _DIMENSIONS),
            row["model"] or NONE, row["response_id"],
            *(row[name] for name in _CONSUMED),
            int(is_call), int(is_call and row["cost_micros"] is None and not row["corrected"]),
            (row["reason"] or NOT_ON_RECORD) if row["accepted"] == 0 else None, row["became"] or 0,
            *(row[name] for name in _PRICED),
        )  # fmt: skip


def saving_rows(connection: Connection, scope: Scope) -> Iterator[tuple[Any, ...]]:
    """The memos of a scope that say what was saved, in order, as :data:`SAVING_COLUMNS` names their cells."""
    saved = [
        _e[f"saved_{what}_{end}"] for what in ("seconds", "micros") for end in ("low", "expected", "high")
    ]
    piece = _e.spec_key + "-" + cast(_e.edition, Text)
    cell = [func.coalesce(_e[name], NONE) for name in ("channel", "segment", "language", "tone")]
    query = (
        select(
            _e.seq, _e.period, func.coalesce(_e.campaign_id, NONE), piece, *cell, _e.currency, *saved, _e.purpose,
            _e.details,
        )
        .where(scope.entries(), _e.kind == "memo", _e.purpose.not_in((REINVESTED, *RECORDS)))
        .order_by(_e.seq)
    )  # fmt: skip
    for row in connection.execute(query.execution_options(yield_per=BLOCK_ROWS)):
        yield tuple(row)


def exception_rows(connection: Connection, scope: Scope) -> Iterator[tuple[Any, ...]]:
    """The exceptions of a scope, the gravest first, as :data:`EXCEPTION_COLUMNS` names their cells."""
    for one in exceptions(connection, scope):
        yield (
            one.code, one.entry_number or one.name[:8], one.name, one.occurred_at, one.month, one.campaign_id or NONE,
            one.piece, one.provider, one.model, one.amount_micros, one.currency, one.note,
        )  # fmt: skip
