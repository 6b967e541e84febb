"""Answers that were given elsewhere: exports of Typeform, LimeSurvey and SurveyJS, and what our own page saves.

Only chosen options are taken over, by the ids of the quiz: a Typeform field by its ``ref``, its choices by ``ref`` or
label; a LimeSurvey column by its question code, ``CODE[OPTION]`` for several; a SurveyJS question by its name. Names,
e-mail addresses and free text stay where they are.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from inedit.brand.quiz import Question, Quiz
from inedit.insight_loop.quizzes.answers import Answers, checked_answers
from inedit.model.errors import WrongInput

CONSENT = "consent"
"""The question, field or column that says to which version somebody agreed; « yes » stands for the one in force."""

_YES = frozenset({"yes", "y", "true", "1", "on", "oui", "ja", "sí", "si", "sì"})
_CHECKED = frozenset({"y", "yes", "1", "true", "oui", "ja", "sí", "sì", "checked"})


@dataclass(frozen=True, slots=True)
class Responses:
    """What a file holds: answers that may be kept, and for each other one where it stands and why not."""

    source: str
    answers: tuple[Answers, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Response:
    where: str
    key: str
    at: str
    language: str
    values: Mapping[str, object]


def read_responses(content: bytes, quiz: Quiz, *, language: str, now: datetime) -> Responses:
    """The answers of a file, whatever of these tools wrote it; ``language`` is meant where a response says none.

    Raises :class:`~.errors.WrongInput` when the file is of none of them.
    """
    source, found = _read(content)
    accepted: list[Answers] = []
    refused: list[str] = []
    for response in found:
        try:
            accepted.append(_answers(response, quiz, source, language, now))
        except WrongInput as error:
            refused.append(f"{response.where}: {error}")
    return Responses(source, tuple(accepted), tuple(refused))


def _read(content: bytes) -> tuple[str, list[_Response]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongInput("The file is not UTF-8 text.") from error
    if not text.lstrip().startswith(("{", "[")):
        return "limesurvey", list(_limesurvey(_rows(text)))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = _lines(text)
    entries = data if isinstance(data, list) else [data]
    for entry in entries:
        if not isinstance(entry, dict):
            raise WrongInput("The file holds no answers: objects are wanted.")
    if any("form_response" in entry or isinstance(entry.get("items"), list) for entry in entries):
        return "typeform", list(_typeform(entries))
    if any("responses" in entry or "submitdate" in entry for entry in entries):
        return "limesurvey", list(_limesurvey(_unwrapped(entries)))
    own = all(entry.get("inedit_quiz") for entry in entries) and bool(entries)
    return "page" if own else "surveyjs", list(_surveyjs(entries))


def _lines(text: str) -> list[Any]:
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise WrongInput("The file is neither JSON nor CSV.") from error


def _rows(text: str) -> list[dict[str, object]]:
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    if not reader.fieldnames or not {"id", "submitdate"} & set(reader.fieldnames):
        raise WrongInput(
            "This CSV file is not a LimeSurvey export with question codes as headings: there is no column 'id' or "
            "'submitdate'."
        )
    return [dict(row) for row in reader]


def _typeform(entries: Iterable[Mapping[str, Any]]) -> Iterator[_Response]:
    """``{items: […]}`` of the responses API, or webhooks, which wrap each in ``form_response``."""
    items = [item for entry in entries for item in entry.get("items") or [entry.get("form_response")] if item]
    for number, item in enumerate(items, start=1):
        values: dict[str, object] = {}
        for answer in item.get("answers") or ():
            field = answer.get("field") or {}
            name = str(field.get("ref") or field.get("id") or "")
            values[name] = _typeform_value(answer)
        hidden = item.get("hidden") or {}
        values.setdefault(CONSENT, hidden.get(CONSENT, ""))
        key = str(item.get("token") or item.get("response_id") or item.get("landing_id") or number)
        yield _Response(
            f"item {number}",
            key,
            str(item.get("submitted_at") or ""),
            str(hidden.get("language") or ""),
            values,
        )


def _typeform_value(answer: Mapping[str, Any]) -> object:
    kind = answer.get("type")
    if kind == "choice":
        choice = answer.get("choice") or {}
        return [choice.get("ref"), choice.get("label")]
    if kind == "choices":
        chosen = answer.get("choices") or {}
        return [*(chosen.get("refs") or ()), *(chosen.get("labels") or ())]
    return answer.get("boolean") if kind == "boolean" else ""  # texts, e-mails and numbers stay there


def _limesurvey(rows: Iterable[Mapping[str, Any]]) -> Iterator[_Response]:
    for number, row in enumerate(rows, start=1):
        if not str(row.get("submitdate") or "").strip():
            continue  # begun and never sent
        values: dict[str, object] = {}
        for name, value in row.items():
            code, _, option = str(name).partition("[")
            if not option:
                values[code] = value
            elif str(value or "").strip().casefold() in _CHECKED:
                listed = values.setdefault(code, [])
                if isinstance(listed, list):
                    listed.append(option.rstrip("]"))
        yield _Response(
            f"row {number}", str(row.get("id") or number), str(row["submitdate"]),
            str(row.get("startlanguage") or ""), values,
        )  # fmt: skip


def _unwrapped(entries: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """LimeSurvey's JSON: ``{responses: [{…}]}``, in older versions each under its number."""
    for entry in entries:
        for one in entry.get("responses", [entry]):
            inner = next(iter(one.values()), None) if len(one) == 1 else None
            yield inner if isinstance(inner, Mapping) else one


def _surveyjs(entries: Iterable[Mapping[str, Any]]) -> Iterator[_Response]:
    alike = Counter[str]()
    for number, entry in enumerate(entries, start=1):
        key = str(entry.get("id") or entry.get("instanceId") or "")
        if not key:  # two people may have chosen the same: the second one is told from the first
            key = json.dumps(entry, sort_keys=True, ensure_ascii=False)
            alike[key] += 1
            key += f"\0{alike[key]}" if alike[key] > 1 else ""
        at = str(entry.get("answered_at") or entry.get("happenedAt") or entry.get("createdAt") or "")
        yield _Response(
            f"object {number}", key, at, str(entry.get("language") or entry.get("locale") or ""), entry
        )


def _answers(response: _Response, quiz: Quiz, source: str, language: str, now: datetime) -> Answers:
    consent = str(_first(response.values.get(CONSENT)))
    agreed = quiz.consent.version if consent.strip().casefold() in _YES else consent.strip()
    tag = (
        (response.language or language).partition("-")[0]
        if response.language not in quiz.languages
        else response.language
    )
    chosen = {
        question.id: _options(question, response.values.get(question.id))
        for question in quiz.questions
        if question.id in response.values
    }
    return checked_answers(
        quiz,
        chosen,
        language=tag,
        source=source,
        key=response.key,
        answered_at=_timestamp(response.at, now),
        consent=agreed,
    )


def _first(value: object) -> object:
    listed = [one for one in value if one] if isinstance(value, list) else [value]
    return listed[0] if listed and listed[0] is not None else ""


def _options(question: Question, value: object) -> tuple[str, ...]:
    """The options that a value names, by id or by their words in any language."""
    by_name = {name.casefold(): option.id for option in question.options for name in option.text.values()}
    by_name |= {option.id.casefold(): option.id for option in question.options}
    names = [
        str(one).strip() for one in (value if isinstance(value, list) else [value]) if one not in (None, "")
    ]
    found = [by_name[name.casefold()] for name in names if name.casefold() in by_name]
    if names and not found:
        raise WrongInput(f"Question '{question.id}' has no answer '{names[0][:60]}'.")
    return tuple(dict.fromkeys(found))


def _timestamp(text: str, now: datetime) -> datetime:
    """When it was sent, in UTC; the moment of the import where the file does not say."""
    try:
        read = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return now
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
