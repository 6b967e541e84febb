"""A finished text of any origin, judged: what ``guard text`` and assistants ask for."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from inedit.brand.schema import Brand
from inedit.guard.judge import FinishedText
from inedit.guard.nlp.length import length_of
from inedit.model import Verdict, as_json
from inedit.model.errors import WrongInput
from inedit.pipeline.evaluation import evaluate_finished


def judge_text(
    brand: Brand,
    written: str,
    *,
    language: str,
    channel: str,
    segment: str = "",
    campaign: str = "",
    today: date,
) -> Verdict:
    """The verdict of the checks that need no prompt. Raises :class:`~.errors.WrongInput` for a name that the
    brand does not have, and for an empty text."""
    for noun, value, known in (
        ("language", language, brand.languages),
        ("channel", channel, brand.channels),
        ("segment", segment, brand.segments),
        ("campaign", campaign, brand.campaigns),
    ):
        if value not in known and (value or noun in ("language", "channel")):
            raise WrongInput(f"The brand has no {noun} '{value}'. It has: {', '.join(known)}.")
    if not written:
        raise WrongInput("The text is empty: there is nothing to judge.")
    return evaluate_finished(
        FinishedText({"text": written}, language, channel, segment, campaign), brand, today
    )


def verdict_as_json(verdict: Verdict, written: str, language: str) -> dict[str, Any]:
    """The verdict as ``guard text --json`` gives it."""
    return {
        "decision": verdict.decision,
        "findings": [as_json(finding) for finding in verdict.findings],
        "receipts": [{**asdict(r), "text": r.span.of(written)} for r in verdict.receipts],
        "length": asdict(length_of(written, language)),
    }
