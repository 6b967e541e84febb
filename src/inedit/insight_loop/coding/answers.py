"""A model's answer, believed only as far as it can be checked: known codes, quotations that stand in the text."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import json_repair

from inedit.insight_loop.coding.codings import Coding
from inedit.insight_loop.coding.spans import located

MOST_CHARS = 200_000
"""A longer answer is a model that loops, and is not read."""


class UnreadableAnswer(Exception):
    """An answer that holds no decisions at all; the message says what was wrong with it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a model decided about one text, and what of its answer was not believed, each with the reason."""

    codings: tuple[Coding, ...]
    refused: tuple[str, ...]


def read_answer(answer: str, texts: Sequence[str], codes: Collection[str]) -> tuple[Decision | None, ...]:
    """A decision for each text, None for one that the answer leaves out.

    Raises :class:`UnreadableAnswer` when it is not a list of decisions.
    """
    decisions: list[Decision | None] = [None] * len(texts)
    for entry in _entries(answer):
        index = int(_number(entry.get("number"), 0.0)) - 1
        if 0 <= index < len(texts) and decisions[index] is None:
            decisions[index] = _decision(entry.get("codings"), texts[index], codes)
    if not any(decisions):
        raise UnreadableAnswer("it decides about none of the texts")
    return tuple(decisions)


def _entries(answer: str) -> list[dict[str, Any]]:
    if not answer.strip():
        raise UnreadableAnswer("it is empty")
    if len(answer) > MOST_CHARS:
        raise UnreadableAnswer(f"it has more than {MOST_CHARS:,} characters")
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError):
        try:
            value = json_repair.loads(answer, skip_json_loads=True)
        except (ValueError, RecursionError) as error:
            raise UnreadableAnswer("it is not JSON") from error
    listed = value.get("texts") if isinstance(value, dict) else value
    if not isinstance(listed, list):
        raise UnreadableAnswer("it has no list 'texts'")
    return [entry for entry in listed if isinstance(entry, dict)]


def _decision(codings: object, text: str, codes: Collection[str]) -> Decision:
    by_code: dict[str, Coding] = {}
    refused = []
    for coding in codings if isinstance(codings, list) else ():
        entry = coding if isinstance(coding, dict) else {}
        code, quote, sure = entry.get("code"), entry.get("quote"), _number(entry.get("sure"), -1.0)
        if not isinstance(code, str) or code not in codes:
            refused.append(f"no code of the code book: {str(code)[:60]}")
        elif not isinstance(quote, str) or (span := located(text, quote)) is None:
            refused.append(f"{code}: the quotation does not stand in the text: {str(quote)[:120]}")
        elif code not in by_code:
            by_code[code] = Coding(code, span, min(sure, 100.0) / 100 if sure >= 0 else None)
    return Decision(tuple(by_code.values()), tuple(refused))


def _number(value: object, otherwise: float) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if is_number else otherwise  # type: ignore[arg-type]  # it is one
