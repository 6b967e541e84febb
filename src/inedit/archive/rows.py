"""Specifications and verdicts as the JSON of a row, and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from inedit.model import (
    Finding,
    Match,
    Originality,
    OwnWords,
    Receipt,
    Severity,
    Span,
    VariantSpec,
    Verdict,
    as_json,
)


def spec_from(data: dict[str, Any]) -> VariantSpec:
    """A specification, from the JSON that :func:`~inedit.model.as_json` makes of it."""
    data = {name: value for name, value in data.items() if name != "key"}
    for name in ("insight_ids", "claim_ids"):
        data[name] = tuple(data[name])
    return VariantSpec(**data)


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict with its receipts."""
    return {**as_json(verdict), "receipts": [as_json(receipt) for receipt in verdict.receipts]}


def verdict_from(data: dict[str, Any]) -> Verdict:
    """The reverse of :func:`verdict_json`."""
    return Verdict(
        tuple(_finding(finding) for finding in data["findings"]),
        tuple(Receipt(**{**receipt, "span": Span(**receipt["span"])}) for receipt in data["receipts"]),
        Originality(**data.get("originality", {})),
        _own_words(data.get("own_words")),
    )


def _own_words(data: dict[str, Any] | None) -> OwnWords | None:
    spans = (Span(**span) for span in data["spans"]) if data else ()
    return OwnWords(**{**data, "spans": tuple(spans)}) if data else None


def _finding(data: dict[str, Any]) -> Finding:
    matches = tuple(
        Match(**{**match, "spans": tuple(Span(**span) for span in match["spans"])})
        for match in data["matches"]
    )
    span = None if data["span"] is None else Span(**data["span"])
    return Finding(**{**data, "severity": Severity(data["severity"]), "span": span, "matches": matches})


def dump(value: Any) -> str:
    """JSON as it is stored."""
    return json.dumps(value, ensure_ascii=False, sort_keys=False)


def now_text() -> str:
    """The moment at which a row is written."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
