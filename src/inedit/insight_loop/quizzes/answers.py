"""Answers: what is kept of one person's, and that it can be taken back."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from inedit.brand.quiz import Question, Quiz
from inedit.model.errors import WrongInput
from inedit.store import Store, utc_text
from inedit.store.tables import quiz_answers

_NUMBER = re.compile(r"[0-9a-f]{24}")


@dataclass(frozen=True, slots=True)
class Answers:
    """What one person chose: ids of options by question. ``id`` is the number by which it is taken back."""

    id: str
    quiz_id: str
    answered_at: str
    language: str
    source: str
    chosen: Mapping[str, tuple[str, ...]]
    consent_version: str
    consent_text: str


def checked_answers(
    quiz: Quiz, chosen: Mapping[str, Iterable[str]], *, language: str, source: str, key: str, answered_at: datetime,
    consent: str,
) -> Answers:  # fmt: skip
    """Answers that may be kept; ``consent`` is the version that was agreed to, ``key`` tells one person from another.

    Raises :class:`~.errors.WrongInput` without consent to the version that stands in the quiz, for a question or
    option that it does not have, several answers to a question that takes one, and none to a required one.
    """
    if consent != quiz.consent.version:
        agreed = f"version '{consent}'" if consent else "nothing"
        raise WrongInput(
            f"Consent was given to {agreed}; the quiz asks for version '{quiz.consent.version}'. Nothing was kept."
        )
    if language not in quiz.languages:
        raise WrongInput(f"The quiz is not written in '{language}', but in: {', '.join(quiz.languages)}.")
    known = {question.id: question for question in quiz.questions}
    picked = {id: tuple(dict.fromkeys(options)) for id, options in chosen.items()}
    for id, options in picked.items():
        if id not in known:
            raise WrongInput(f"The quiz has no question '{id[:60]}'.")
        strange = set(options) - {option.id for option in known[id].options}
        if strange:
            raise WrongInput(f"Question '{id}' has no answer '{min(strange)[:60]}'.")
        if known[id].kind == "single" and len(options) > 1:
            raise WrongInput(f"Question '{id}' takes one answer, and has {len(options)}.")
    if lacking := unanswered(quiz, picked):
        raise WrongInput(f"Question '{lacking[0].id}' has no answer.")
    number = key  # the page has shown it to the person already
    if source != "page" or not _NUMBER.fullmatch(key):
        number = hashlib.sha256("\0".join((quiz.id, source, key)).encode()).hexdigest()[:24]
    return Answers(
        number, quiz.id, utc_text(answered_at), language, source, {id: o for id, o in picked.items() if o},
        quiz.consent.version, quiz.consent.text[language],
    )  # fmt: skip


def unanswered(quiz: Quiz, chosen: Mapping[str, Iterable[str]]) -> tuple[Question, ...]:
    """The questions that need an answer and have none."""
    return tuple(one for one in quiz.questions if one.required and not tuple(chosen.get(one.id, ())))


def keep_answers(store: Store, answers: Iterable[Answers], now: datetime) -> tuple[int, int]:
    """Keep answers, each once: how many are new, and how many were there already."""
    new = again = 0
    with store.write() as connection:
        for one in answers:
            if connection.execute(select(quiz_answers.c.id).where(quiz_answers.c.id == one.id)).first():
                again += 1
                continue
            new += 1
            row = {
                "id": one.id, "quiz_id": one.quiz_id, "answered_at": one.answered_at, "kept_at": utc_text(now),
                "language": one.language, "source": one.source,
                "answers": json.dumps({id: list(chosen) for id, chosen in one.chosen.items()}, ensure_ascii=False),
                "consent_version": one.consent_version, "consent_text": one.consent_text,
            }  # fmt: skip
            connection.execute(insert(quiz_answers).values(**row))
    return new, again


def read_answers(store: Store, quiz_id: str) -> tuple[Answers, ...]:
    """All answers to a quiz, the oldest first."""
    query = (
        select(quiz_answers)
        .where(quiz_answers.c.quiz_id == quiz_id)
        .order_by(quiz_answers.c.answered_at, quiz_answers.c.id)
    )
    with store.read() as connection:
        return tuple(
            Answers(
                row.id, row.quiz_id, row.answered_at, row.language, row.source,
                {id: tuple(chosen) for id, chosen in json.loads(row.answers).items()},
                row.consent_version, row.consent_text,
            )
            for row in connection.execute(query)
        )  # fmt: skip


def forget_answers(store: Store, id: str) -> bool:
    """Take back one person's answers; whether there were any."""
    with store.write() as connection:
        return bool(connection.execute(delete(quiz_answers).where(quiz_answers.c.id == id)).rowcount)
