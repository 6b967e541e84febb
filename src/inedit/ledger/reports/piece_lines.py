"""One line for each completed piece: what it cost with all its attempts, and what it saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, case, func, select

from inedit.ledger.journal.calls import ADJUSTMENT
from inedit.ledger.journal.reading import Scope, whole_sum
from inedit.ledger.journal.savings import Range
from inedit.store.piece_facts import piece_facts
from inedit.store.seals import RECORDS
from inedit.store.tables import ledger_entries

_e = ledger_entries.c
_p = piece_facts.c


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A completed piece. ``cost_micros`` is in millionths by currency; ``saved_seconds`` is None without a memo."""

    piece_id: str
    campaign_id: str
    status: str
    channel: str
    segment: str
    language: str
    tone: str
    calls: int
    cost_micros: Mapping[str, int]
    unknown_price_calls: int = 0
    saved_seconds: Range | None = None


def piece_lines(connection: Connection, scope: Scope, most: int | None = None) -> tuple[PieceLine, ...]:
    """The newest pieces of a scope, at most ``most``, newest first. A piece carries its whole cost, of any month."""
    chosen = (
        select(_p.id, _p.seq, _p.status, _p.campaign_id, _p.spec_key, _p.edition)
        .where(scope.pieces())
        .order_by(_p.seq.desc())
        .limit(most)
        .subquery()
    )
    corrections = ledger_entries.alias()
    corrected = select(corrections.c.seq).where(corrections.c.corrects == _e.id).exists()
    unknown = and_(_e.kind == "call", _e.cost_micros.is_(None), ~corrected)
    is_call = and_(_e.kind == "call", _e.purpose != ADJUSTMENT)
    same = and_(
        _e.campaign_id == chosen.c.campaign_id,
        _e.spec_key == chosen.c.spec_key,
        _e.edition == chosen.c.edition,
        _e.purpose.not_in(RECORDS),
    )
    dimensions = [func.min(_e[name]).label(name) for name in ("channel", "segment", "language", "tone")]
    query = (
        select(
            chosen.c.id, chosen.c.campaign_id, chosen.c.status, *dimensions, _e.kind, _e.currency,
            whole_sum(case((is_call, 1), else_=0)).label("calls"),
            whole_sum(_e.cost_micros).label("cost_micros"),
            whole_sum(case((unknown, 1), else_=0)).label("unknown"),
            *(whole_sum(_e[f"saved_seconds_{end}"]).label(end) for end in ("low", "expected", "high")),
        )
        .select_from(chosen.join(ledger_entries, same))
        .group_by(chosen.c.id, chosen.c.campaign_id, chosen.c.status, chosen.c.seq, _e.kind, _e.currency)
        .order_by(chosen.c.seq.desc())
    )  # fmt: skip
    costs: dict[str, dict[str, int]] = {}
    saved: dict[str, Range] = {}
    calls: dict[str, int] = {}
    unpriced: dict[str, int] = {}
    heads: dict[str, Any] = {}
    for row in connection.execute(query):
        heads.setdefault(row.id, row)
        calls[row.id] = calls.get(row.id, 0) + row.calls
        unpriced[row.id] = unpriced.get(row.id, 0) + row.unknown
        if row.kind == "memo":
            saved[row.id] = saved.get(row.id, Range(0, 0, 0)) + Range(row.low, row.expected, row.high)
        elif row.currency:
            own = costs.setdefault(row.id, {})
            own[row.currency] = own.get(row.currency, 0) + row.cost_micros
    return tuple(
        PieceLine(
            id, row.campaign_id, row.status, row.channel or "", row.segment or "", row.language or "", row.tone or "",
            calls[id], costs.get(id, {}), unpriced[id], saved.get(id),
        )
        for id, row in heads.items()
    )  # fmt: skip
