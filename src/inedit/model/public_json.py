"""The nouns as what is public: plain dictionaries and lists."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from inedit.model.drafts import VariantSpec
from inedit.model.pieces import Piece
from inedit.model.verdicts import Verdict


def as_json(value: Any) -> Any:
    """A frozen noun as plain dictionaries and lists, with ``key`` of a specification and ``decision`` of a verdict."""
    if isinstance(value, VariantSpec):
        return {"key": value.key, **asdict(value)}
    if isinstance(value, Verdict):
        return {
            "decision": value.decision,
            "findings": [asdict(finding) for finding in value.findings],
            "originality": asdict(value.originality),
            "own_words": asdict(value.own_words) if value.own_words else None,
        }
    if isinstance(value, Piece):
        return {
            "id": value.id,
            "run_id": value.run_id,
            "spec": as_json(value.spec),
            "status": value.status,
            "text": value.text,
            "parts": dict(value.parts),
            "verdict": as_json(value.verdict),
            "receipts": [asdict(receipt) for receipt in value.verdict.receipts],
            "attempts": value.attempts,
            "reason": value.reason,
            "cost_micros": value.cost_micros,
            "currency": value.currency,
            "minutes_saved": value.minutes_saved,
            "approval": value.approval,
            "decided_at": value.decided_at,
            "decided_by": value.decided_by,
            "comment": value.comment,
        }
    return asdict(value)
