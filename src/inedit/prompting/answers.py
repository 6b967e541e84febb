"""The shape that an answer must have, and the way back from what a model really returned to that shape."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from inedit.brand.schema import Sheet
from inedit.model import storable
from inedit.model.errors import IneditError, WrongInput

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:https?:|mailto:|/|#)[^()\s]*\)")
_EMPHASIS = re.compile(r"(\*\*|__|`+)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_]+?)(?<=\S)\1(?![\w*])")
_LINE_START = re.compile(r"^(?:#{1,6}|[-*+•]|>)\s+", re.MULTILINE)
_ESCAPED_BREAK = re.compile(r"\\[nrt]")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")  # not the no-break spaces, which are French typography

_INTACT = re.compile(
    r"\{\{[^{}\n]{1,80}\}\}|\*\|[\w:]{1,60}\|\*|%%[^%\s]{1,60}%%|\bhttps?://[^\s<>\"()\[\]]+", re.ASCII
)
"""Merge fields of mailing tools and web addresses: what looks like markup or an entity in them is none."""
_HELD = "\ue000\ue001"
"""Two characters of the private use area: where something intact is held while markup is taken away."""

CANDIDATES = "candidates"
"""The key under which an answer lists several texts."""

MOST_CHARS = 100_000
"""No channel wants a tenth of it, whatever is escaped; a longer answer is a model that loops, and is not read."""


class MalformedAnswer(IneditError):
    """The model's answer could not be read as the parts that were asked for."""

    exit_code = 3


def answer_schema(sheet: Sheet, wordings: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """JSON schema of an answer: an object with one string a part, in the sheet's order, nothing else.

    ``wordings`` gives the approved texts by source (``claims``, ``calls_to_action``, ``offer``): such a
    part becomes an ``enum``, so that a model can only pick one and never alter it, or leave it empty where the sheet's
    ``min_chars`` is 0. There is no ``maxLength``: enforced
    while a model writes, it cuts a word in two.

    Raises:
        WrongInput: a part's source has no approved wording.
    """
    properties: dict[str, Any] = {}
    for part in sheet.parts:
        properties[part.id] = {"type": "string"}
        if part.source != "model":
            if not wordings[part.source]:
                raise WrongInput(
                    f"The part '{part.id}' of channel '{sheet.channel}' takes its text from {part.source}, "
                    "and there is none for this language today. Add one in brand_data/, or change the source."
                )
            unsaid = () if part.min_chars else ("",)
            properties[part.id]["enum"] = list(dict.fromkeys((*wordings[part.source], *unsaid)))
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def several_schema(one: Mapping[str, Any], count: int) -> dict[str, Any]:
    """JSON schema of an answer of ``count`` texts, each of the schema ``one``; ``one`` itself when ``count`` is 1."""
    if count == 1:
        return dict(one)
    texts = {"type": "array", "items": dict(one), "minItems": count, "maxItems": count}
    return {
        "type": "object",
        "properties": {CANDIDATES: texts},
        "required": [CANDIDATES],
        "additionalProperties": False,
    }


def split_answer(text: str) -> tuple[str, ...]:
    """The texts of an answer, each as an answer of one text: those listed under ``candidates``, or else the whole."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        try:
            value = _repaired(text) if len(text) <= MOST_CHARS else None
        except MalformedAnswer:
            return (text,)
    listed = value.get(CANDIDATES) if isinstance(value, dict) else None
    texts = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return tuple(json.dumps(one, ensure_ascii=False) for one in texts) or (text,)


def settled(sheet: Sheet, schema: Mapping[str, Any]) -> dict[str, str]:
    """The parts that an answer may leave out, and their text: those with one possible wording, as the offer, and those
    that may be empty."""
    properties = schema.get("properties", {})
    if CANDIDATES in properties:
        properties = properties[CANDIDATES]["items"]["properties"]
    texts = {part.id: "" for part in sheet.parts if not part.min_chars}
    for part_id, allowed in properties.items():
        wordings = allowed.get("enum", ())
        if len(wordings) == 1:
            texts[part_id] = wordings[0]
    return texts


def parse_answer(text: str, sheet: Sheet, unsaid: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """The parts of an answer, in the sheet's order, as plain text.

    Strict JSON is read as it is. Anything else is repaired: code fences, prose around it, single quotes,
    trailing commas, an end that was cut off, keys in another case, parts wrapped in one more object. Markup
    is stripped and white space normalised, except for no-break spaces; merge fields and web addresses stay as they
    are; half a character becomes U+FFFD, which the guard finds. Unknown keys are dropped. ``unsaid`` gives the text of
    parts that may be left out (:func:`settled`).

    Raises:
        MalformedAnswer: no object can be found in the answer, a part is missing or not a text, or it is longer than
            :data:`MOST_CHARS`.
    """
    if len(text) > MOST_CHARS:
        raise MalformedAnswer(
            f"The answer has {len(text):,} characters; it begins: {_beginning(text[:1000])}"
        )
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = _repaired(text)
    wanted = {_folded(part.id): part.id for part in sheet.parts}
    found: dict[str, str] = {}
    for key, content in _best_object(value, wanted).items():
        part_id = wanted.get(_folded(str(key)))
        if part_id is not None and part_id not in found:
            found[part_id] = _plain(content, part_id)
    found = {**(unsaid or {}), **found}
    lacking = [part.id for part in sheet.parts if part.id not in found]
    if lacking:
        names = ", ".join(repr(part_id) for part_id in lacking)
        raise MalformedAnswer(f"The answer has no {names}; it begins: {_beginning(text)}")
    return {part.id: found[part.id] for part in sheet.parts}


def _repaired(text: str) -> Any:
    import json_repair  # noqa: PLC0415  # most answers are JSON

    try:
        return json_repair.loads(text, skip_json_loads=True)
    except (ValueError, RecursionError) as error:
        raise MalformedAnswer(f"The answer is not JSON: {_beginning(text)}") from error


def _best_object(value: Any, wanted: Mapping[str, str], depth: int = 4) -> Mapping[str, Any]:
    """The object, at any of a few levels, that has the most of the wanted keys."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    candidates = [_best_object(item, wanted, depth - 1) for item in inner] if depth else []
    if isinstance(value, dict):
        candidates.insert(0, value)
    return max(candidates, key=lambda c: sum(_folded(str(key)) in wanted for key in c), default={})


def _folded(key: str) -> str:
    return re.sub(r"[\W_]+", "", key.casefold())


def _plain(content: Any, part_id: str) -> str:
    if isinstance(content, list) and all(isinstance(item, str) for item in content):
        content = " ".join(content)
    if isinstance(content, bool | dict | list) or content is None:
        raise MalformedAnswer(f"The part '{part_id}' is not a text but {json.dumps(content)[:80]}")
    tokens: list[str] = []

    def hold(found: re.Match[str]) -> str:
        tokens.append(found[0])
        return f"{_HELD[0]}{len(tokens) - 1}{_HELD[1]}"

    text = _LINK.sub(r"\1", _TAG.sub(" ", storable(re.sub(f"[{_HELD}]", "", str(content)))))
    text = html.unescape(_INTACT.sub(hold, text))
    text = _LINE_START.sub("", _LINK.sub(r"\1", _ESCAPED_BREAK.sub(" ", text)))
    text = _ITALIC.sub(r"\2", _EMPHASIS.sub(r"\2", text))
    text = _SPACES.sub(" ", text).strip(" ")
    for number, token in enumerate(tokens):
        text = text.replace(f"{_HELD[0]}{number}{_HELD[1]}", token)
    if len(text) > 2 and text[0] == text[-1] == '"' and '"' not in text[1:-1]:
        text = text[1:-1].strip(" ")
    return text


def _beginning(text: str) -> str:
    shown = " ".join(text.split())
    return f"“{shown[:120]}…”" if len(shown) > 120 else f"“{shown}”" if shown else "(empty)"
