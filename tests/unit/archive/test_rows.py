"""What is stored and what is public are written by separate functions: each has its names here, and they are kept."""

from __future__ import annotations

import json

from inedit.archive.rows import (
    dump,
    spec_from,
    spec_json,
    usage_json,
    verdict_from,
    verdict_json,
    verdict_text,
)
from inedit.model import (
    Finding,
    Match,
    Originality,
    OwnWords,
    Piece,
    Receipt,
    Severity,
    Span,
    Status,
    Usage,
    VariantSpec,
    Verdict,
    as_json,
)

SPEC = VariantSpec("spring", "email", "parents", "fr", "warm", 1, "how-to", ("cold-water",), ("repair",))
SPAN = Span(2, 9)
VERDICT = Verdict(
    (
        Finding(
            "near-duplicate", Severity.BLOCK, "It copies.", SPAN,
            (Match("a-1", "words", 0.9, (SPAN,), "the other"),), "Write other sentences.", "hook",
        ),
    ),
    (Receipt(SPAN, "cold-water", "insight", "quote"),),
    Originality(0.8, 0.7, None, 1.0),
    OwnWords(0.25, (SPAN,), 12),
)  # fmt: skip
SPAN_TEXT = '{"start": 2, "end": 9}'
STORED_SPEC = (
    f'{{"key": "{SPEC.key}", "campaign_id": "spring", "channel": "email", "segment": "parents", "language": "fr", '
    '"tone": "warm", "index": 1, "angle": "how-to", "insight_ids": ["cold-water"], "claim_ids": ["repair"]}'
)
STORED_VERDICT = (
    '{"decision": "revise", "findings": [{"check": "near-duplicate", "severity": "block", "message": "It copies.", '
    f'"span": {SPAN_TEXT}, "matches": [{{"piece_id": "a-1", "signal": "words", "score": 0.9, '
    f'"spans": [{SPAN_TEXT}], "other_text": "the other"}}], "remedy": "Write other sentences.", "part": "hook"}}], '
    '"originality": {"mirror_distance": 0.8, "sibling_novelty": 0.7, "archive_novelty": null, "insight_use": 1.0}, '
    f'"own_words": {{"paste_share": 0.25, "spans": [{SPAN_TEXT}], "words": 12}}, '
    f'"receipts": [{{"span": {SPAN_TEXT}, "source_id": "cold-water", "kind": "insight", "how": "quote"}}]}}'
)
STORED_USAGE = (
    '{"model": "m", "input_tokens": 9, "cached_tokens": 1, "output_tokens": 5, "reasoning_tokens": 2, '
    '"latency_seconds": 0.5, "cache_write_tokens": 0}'
)
PUBLIC_PIECE = [
    "id", "run_id", "spec", "status", "text", "parts", "verdict", "receipts", "attempts", "reason", "cost_micros",
    "currency", "minutes_saved", "approval", "decided_at", "decided_by", "comment",
]  # fmt: skip


def test_rows_keep_their_names_to_the_byte_and_are_read_back() -> None:
    """Databases of earlier versions hold exactly these: a noun that is renamed changes nothing here."""
    assert dump(spec_json(SPEC)) == STORED_SPEC
    assert dump(verdict_json(VERDICT)) == verdict_text(VERDICT) == STORED_VERDICT
    assert dump(usage_json(Usage("m", 9, 1, 5, 2, 0.5))) == STORED_USAGE
    assert spec_from(json.loads(STORED_SPEC)) == SPEC
    assert verdict_from(json.loads(STORED_VERDICT)) == VERDICT


def test_the_public_json_keeps_its_names_whatever_rows_are_called() -> None:
    """Scripts read these keys."""
    public = as_json(Piece("a-1", "run", SPEC, Status.ACCEPTED, {"hook": "Un fil."}, VERDICT, 1))
    assert list(public) == PUBLIC_PIECE
    assert list(public["verdict"]) == ["decision", "findings", "originality", "own_words"]
    assert list(public["spec"])[:2] == ["key", "campaign_id"]


def test_no_room_writes_rows_with_the_public_function_nor_the_other_way_round() -> None:
    """The archive knows no public JSON."""
    import inedit.archive.attempts
    import inedit.archive.pieces
    import inedit.archive.rows

    for module in (inedit.archive.attempts, inedit.archive.pieces, inedit.archive.rows):
        assert not hasattr(module, "as_json"), module
