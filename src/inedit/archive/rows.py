"""Specifications, verdicts and usage as the JSON of a row, and back.

What is stored has its own names here, whatever the nouns call them and whatever the public JSON says
(:func:`inedit.model.as_json`): rows outlive both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from inedit.brand.caching import by_identity
from inedit.model import (
    Finding,
    Match,
    Originality,
    OwnWords,
    Receipt,
    Severity,
    Span,
    Usage,
    VariantSpec,
    Verdict,
)


def spec_json(spec: VariantSpec) -> dict[str, Any]:
    """A specification as it is stored."""
    return {
        "key": spec.key, "campaign_id": spec.campaign_id, "channel": spec.channel, "segment": spec.segment,
        "language": spec.language, "tone": spec.tone, "index": spec.index, "angle": spec.angle,
        "insight_ids": spec.insight_ids, "claim_ids": spec.claim_ids,
    }  # fmt: skip


def spec_from(data: dict[str, Any]) -> VariantSpec:
    """The reverse of :func:`spec_json`."""
    data = {name: value for name, value in data.items() if name != "key"}
    for name in ("insight_ids", "claim_ids"):
        data[name] = tuple(data[name])
    return VariantSpec(**data)


def usage_json(usage: Usage) -> dict[str, Any]:
    """What a call used, as it is stored."""
    return {
        "model": usage.model, "input_tokens": usage.input_tokens, "cached_tokens": usage.cached_tokens,
        "output_tokens": usage.output_tokens, "reasoning_tokens": usage.reasoning_tokens,
        "latency_seconds": usage.latency_seconds, "cache_write_tokens": usage.cache_write_tokens,
    }  # fmt: skip


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict with its receipts, as it is stored."""
    near, own = verdict.originality, verdict.own_words
    return {
        "decision": verdict.decision.value,
        "findings": [_finding_json(finding) for finding in verdict.findings],
        "originality": {
            "mirror_distance": near.mirror_distance, "sibling_novelty": near.sibling_novelty,
            "archive_novelty": near.archive_novelty, "insight_use": near.insight_use,
        },
        "own_words": own and {"paste_share": own.paste_share, "spans": _spans(own.spans), "words": own.words},
        "receipts": [
            {"span": _span(r.span), "source_id": r.source_id, "kind": r.kind, "how": r.how} for r in verdict.receipts
        ],
    }  # fmt: skip


@by_identity(4)
def verdict_text(verdict: Verdict) -> str:
    """The same as it is written down: with the draft, and then with the piece that it makes."""
    return dump(verdict_json(verdict))


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check, "severity": finding.severity.value, "message": finding.message,
        "span": finding.span and _span(finding.span),
        "matches": [
            {"piece_id": m.piece_id, "signal": m.signal, "score": m.score, "spans": _spans(m.spans),
             "other_text": m.other_text}
            for m in finding.matches
        ],
        "remedy": finding.remedy, "part": finding.part,
    }  # fmt: skip


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _spans(spans: Iterable[Span]) -> list[dict[str, int]]:
    return [_span(span) for span in spans]


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
