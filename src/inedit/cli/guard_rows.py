"""Rows of ``inedit guard texts``: what a row may say, and what is said of it. Others script against both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from inedit.brand.schema import Brand
from inedit.guard.judge import FinishedText
from inedit.model import Verdict, as_json
from inedit.model.errors import WrongInput

_SHAPE = "{id, language, channel, segment?, campaign?, insight_ids?, claim_ids?, text | parts, facts?}"


def read_row(row: Mapping[str, Any], number: int, brand: Brand, file: Path) -> tuple[str, FinishedText]:
    """The id and the text of a row.

    Raises:
        WrongInput: something of it is missing, of another shape, or unknown to the brand.
    """
    where = f"{file}, row {number}"
    language, channel = _word(row, "language", where), _word(row, "channel", where)
    segment, campaign = _word(row, "segment", where, ""), _word(row, "campaign", where, "")
    for noun, value, known in (
        ("language", language, brand.languages),
        ("channel", channel, brand.channels),
        ("segment", segment, brand.segments),
        ("campaign", campaign, brand.campaigns),
    ):
        if value not in known and (value or noun in ("language", "channel")):
            raise WrongInput(f"{where}: the brand has no {noun} '{value}'. It has: {', '.join(known)}.")
    insight_ids, claim_ids = _words(row, "insight_ids", where), _words(row, "claim_ids", where)
    for noun, ids, entries in (("insight", insight_ids, brand.insights), ("claim", claim_ids, brand.claims)):
        unknown = [entry for entry in ids or () if entry not in entries]
        if unknown:
            raise WrongInput(f"{where}: the brand has no {noun} '{unknown[0]}'.")
    written = FinishedText(
        _parts(row, where),
        language,
        channel,
        segment,
        campaign,
        insight_ids,
        claim_ids,
        _words(row, "facts", where),
    )
    return str(row.get("id", number)), written


def judged_row(row_id: str, verdict: Verdict, written: FinishedText) -> dict[str, Any]:
    """The verdict on a row, as ``inedit guard texts --json`` gives it."""
    text = "\n".join(part for part in written.parts.values() if part)
    return {
        "id": row_id,
        "decision": verdict.decision,
        "findings": [as_json(finding) for finding in verdict.findings],
        "receipts": [{**asdict(receipt), "text": receipt.span.of(text)} for receipt in verdict.receipts],
        "own_words": _own_words(verdict, text),
    }


def _own_words(verdict: Verdict, text: str) -> dict[str, Any] | None:
    """How much of the text is pasted, with the words of each span."""
    measured = verdict.own_words
    if measured is None:
        return None
    spans = [{**asdict(span), "text": span.of(text)} for span in measured.spans]
    return {**asdict(measured), "spans": spans}


def _parts(row: Mapping[str, Any], where: str) -> dict[str, str]:
    parts, text = row.get("parts"), row.get("text")
    if isinstance(parts, Mapping) and parts:
        wrong = [name for name, part in parts.items() if not isinstance(part, str)]
        if wrong:
            raise WrongInput(f"{where}: part '{wrong[0]}' is not a text.")
        return dict(parts)
    if isinstance(text, str) and text.strip():
        return {"text": text.strip()}
    raise WrongInput(f"{where}: there is neither 'text' nor 'parts'. A row is {_SHAPE}.")


def _word(row: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise WrongInput(f"{where}: '{key}' is missing or is not a text. A row is {_SHAPE}.")
    return value


def _words(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...] | None:
    value = row.get(key)
    if value is None:
        return None
    if (
        not isinstance(value, Sequence)
        or isinstance(value, str)
        or not all(isinstance(v, str) for v in value)
    ):
        raise WrongInput(f"{where}: '{key}' is not a list of texts.")
    return tuple(value)
