"""Attempts as rows: what was paid for, as it came, and what the guard said of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, literal, select, update

from inedit.archive.rows import dump, now_text, spec_from, spec_json, usage_json, verdict_from, verdict_text
from inedit.model import Draft, Finding, Outcome, Piece, Usage, VariantSpec, Verdict
from inedit.store import Store, insert_for
from inedit.store.prepared import Prepared
from inedit.store.tables import attempts

_HERE = (
    (attempts.c.campaign_id == bindparam("campaign"))
    & (attempts.c.spec_key == bindparam("key"))
    & (attempts.c.edition == bindparam("at_edition"))
    & (attempts.c.attempt == bindparam("at_attempt"))
)
PAID = select(literal(1)).where(_HERE)
"""Finds a row when the attempt that :func:`key_of_attempt` names has been paid for."""

_OF_VARIANT = (
    select(attempts)
    .where(
        attempts.c.campaign_id == bindparam("campaign"),
        attempts.c.spec_key == bindparam("key"),
        attempts.c.edition == bindparam("number"),
    )
    .order_by(attempts.c.attempt)
)

_JUDGE = Prepared(
    update(attempts)
    .where(_HERE)
    .values(parts=bindparam("told"), verdict=bindparam("said"), refused_for=bindparam("reason"))
)


@dataclass(frozen=True, slots=True)
class PaidAnswer:
    """One answer that was paid for: the raw text, what it was an attempt at, and what it consumed."""

    spec: VariantSpec
    attempt: int
    raw: str
    response_id: str
    usage: Usage
    outcome: Outcome = Outcome.ANSWERED  # as the ledger has it: no column of its own

    def as_draft(self, parts: Mapping[str, str]) -> Draft:
        """The answer as a draft, once its parts have been read out of the raw text."""
        return Draft(self.spec, parts, self.usage, self.attempt, self.response_id)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A draft that the guard sent back, and why. ``text`` is empty for an answer that could not be read."""

    spec: VariantSpec
    attempt: int
    findings: tuple[Finding, ...]
    text: str = ""


def key_of_attempt(spec: VariantSpec, revision_number: int, attempt: int) -> dict[str, Any]:
    """An attempt, as the parameters of the statements here."""
    return {
        "campaign": spec.campaign_id,
        "key": spec.key,
        "at_edition": revision_number,
        "at_attempt": attempt,
    }


def put_attempt(connection: Connection, answer: PaidAnswer, *, run_id: str, revision_number: int) -> bool:
    """Keep the text of a paid answer as it came, so that a resumed run never pays for it again.

    False when the attempt has an answer already, which stays: a process that slept beyond its lease was overtaken.
    """
    row = {
        "run_id": run_id,
        "campaign_id": answer.spec.campaign_id,
        "spec_key": answer.spec.key,
        "edition": revision_number,
        "attempt": answer.attempt,
        "spec": dump(spec_json(answer.spec)),
        "raw": answer.raw,
        "response_id": answer.response_id,
        "usage": dump(usage_json(answer.usage)),
        "created_at": now_text(),
    }
    return _keep(connection.dialect.name).first(connection, row) is not None


@cache
def _keep(dialect: str) -> Prepared:
    return Prepared(insert_for(dialect, attempts).on_conflict_do_nothing().returning(attempts.c.attempt))


def put_verdict(connection: Connection, piece: Piece) -> None:
    """Keep what the guard said of the attempt that a piece was made by, so that reports can tell why drafts were
    refused. Whoever puts a piece there seals it (:func:`inedit.store.seals.seal_piece`)."""
    said = {
        "told": dump(dict(piece.parts)),
        "said": verdict_text(piece.verdict),
        "reason": piece.verdict.refused_for,
    }
    _JUDGE.run(connection, {**key_of_attempt(piece.spec, piece.revision_number, piece.attempts), **said})


def read_attempts(store: Store, campaign_id: str, spec_key: str, revision_number: int) -> list[PaidAnswer]:
    """The paid answers of one variant, first attempt first."""
    return [_answer(row) for row in _rows_of(store, campaign_id, spec_key, revision_number)]


def paid_places(store: Store, campaign_id: str, keys: Collection[str]) -> set[tuple[str, int]]:
    """Of these variants, the key and revision number of each for which an answer was paid."""
    query = (
        select(attempts.c.spec_key, attempts.c.edition)
        .where(attempts.c.campaign_id == campaign_id, attempts.c.spec_key.in_(keys))
        .distinct()
    )
    with store.read() as connection:
        return {(key, number) for key, number in connection.execute(query)}


def read_refusals(
    store: Store, campaign_id: str, run_id: str, also: Collection[tuple[str, int, int]] = ()
) -> list[Refusal]:
    """The drafts of a run that the guard sent back, in the order in which they were paid for.

    ``also`` names more of them by variant key, revision number and attempt: drafts that an earlier run paid for and
    this one judged.
    """
    mine = attempts.c.run_id == run_id
    if also:
        mine |= attempts.c.spec_key.in_({key for key, _, _ in also})
    query = (
        select(attempts)
        .where(attempts.c.campaign_id == campaign_id, attempts.c.refused_for.is_not(None), mine)
        .order_by(attempts.c.id)
    )
    with store.read() as connection:
        rows = connection.execute(query).mappings().all()
    return [
        Refusal(
            spec_from(json.loads(row["spec"])),
            row["attempt"],
            verdict_from(json.loads(row["verdict"])).findings,
            "\n".join(filter(None, json.loads(row["parts"] or "{}").values())),
        )
        for row in rows
        if row["run_id"] == run_id or (row["spec_key"], row["edition"], row["attempt"]) in also
    ]


@dataclass(frozen=True, slots=True)
class JudgedAttempt:
    """A draft as it was paid for; ``verdict`` is None where it was accepted, or not judged yet."""

    attempt: int
    parts: Mapping[str, str]
    raw: str
    model: str
    verdict: Verdict | None
    created_at: str


def judged_attempts(
    store: Store, campaign_id: str, spec_key: str, revision_number: int
) -> tuple[JudgedAttempt, ...]:
    """The drafts of one variant with what the guard said of those that it refused, first attempt first."""
    return tuple(
        JudgedAttempt(
            row["attempt"], json.loads(row["parts"] or "{}"), row["raw"] or "", json.loads(row["usage"])["model"],
            verdict_from(json.loads(row["verdict"])) if row["verdict"] else None, row["created_at"],
        )
        for row in _rows_of(store, campaign_id, spec_key, revision_number)
    )  # fmt: skip


def _rows_of(store: Store, campaign_id: str, spec_key: str, revision_number: int) -> Sequence[RowMapping]:
    variant = {"campaign": campaign_id, "key": spec_key, "number": revision_number}
    with store.read() as connection:
        return connection.execute(_OF_VARIANT, variant).mappings().all()


def _answer(row: RowMapping) -> PaidAnswer:
    return PaidAnswer(
        spec_from(json.loads(row["spec"])),
        row["attempt"],
        row["raw"],
        row["response_id"],
        Usage(**json.loads(row["usage"])),
    )
