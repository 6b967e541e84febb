"""Pieces as rows: writing one, reading them back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, delete, func, literal, or_, select

from inedit.archive.leases import end_lease
from inedit.model import (
    Approval,
    Draft,
    Finding,
    Match,
    Originality,
    Piece,
    Receipt,
    Severity,
    Span,
    Status,
    Usage,
    VariantSpec,
    Verdict,
    as_json,
)  # fmt: skip
from inedit.store import Store, insert_into
from inedit.store.tables import attempts, pieces

STANDING = or_(pieces.c.status == Status.ACCEPTED, func.coalesce(pieces.c.approval, "") == Approval.AWAITED)
"""Pieces that others must not copy: accepted, or accepted by the guard and waiting for a person."""


@dataclass(frozen=True, slots=True)
class PaidAnswer:
    """One answer that was paid for: the raw text, what it was an attempt at, and what it consumed."""

    spec: VariantSpec
    attempt: int
    raw: str
    response_id: str
    usage: Usage

    def as_draft(self, parts: Mapping[str, str]) -> Draft:
        """The answer as a draft, once its parts have been read out of the raw text."""
        return Draft(self.spec, parts, self.usage, self.attempt, self.response_id)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the archive holds at one place of the matrix: the newest edition and the brief it was written for."""

    edition: int
    brief_sha: str
    piece: Piece


@dataclass(frozen=True, slots=True)
class Refusal:
    """A draft that the guard sent back, and why. ``text`` is empty for an answer that could not be read."""

    spec: VariantSpec
    attempt: int
    findings: tuple[Finding, ...]
    text: str = ""


def put_piece(connection: Connection, piece: Piece, *, scope: str, brief_sha: str, edition: int) -> None:
    """Insert a piece; a parked or failed one at the same place gives way, one that stands never does."""
    place = (
        pieces.c.campaign_id == piece.spec.campaign_id,
        pieces.c.spec_key == piece.spec.key,
        pieces.c.edition == edition,
    )
    connection.execute(delete(pieces).where(*place, ~STANDING))
    end_lease(connection, lease_name(piece.id))
    connection.execute(
        pieces.insert().values(
            id=piece.id,
            run_id=piece.run_id,
            campaign_id=piece.spec.campaign_id,
            spec_key=piece.spec.key,
            edition=edition,
            brief_sha=brief_sha,
            scope=scope,
            status=piece.status,
            spec=_dump(as_json(piece.spec)),
            parts=_dump(dict(piece.parts)),
            text=piece.text,
            verdict=_dump(_verdict_json(piece.verdict)),
            attempts=piece.attempts,
            reason=piece.reason,
            created_at=_now(),
            approval=piece.approval,
        )
    )


def read_pieces(store: Store, *, campaign_id: str | None = None, status: str | None = None,
                run_id: str | None = None, piece_id: str | None = None) -> Iterator[Piece]:  # fmt: skip
    """Pieces in the order in which they came to rest. Costs are not filled in: they are the ledger's to tell."""
    query = select(pieces).order_by(pieces.c.seq)
    for column, wanted in (
        (pieces.c.campaign_id, campaign_id),
        (pieces.c.status, status),
        (pieces.c.run_id, run_id),
        (pieces.c.id, piece_id),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    with store.read() as connection:
        rows = connection.execute(query).mappings().all()
    return map(_piece, rows)


def standing_pieces(
    store: Store, campaign_id: str, keys: Collection[str] | None = None
) -> dict[str, Standing]:
    """What a campaign has already, by variant key; with ``keys``, at these places only."""
    newest = select(pieces).where(pieces.c.campaign_id == campaign_id).order_by(pieces.c.edition)
    if keys is not None:
        newest = newest.where(pieces.c.spec_key.in_(keys))
    with store.read() as connection:
        rows = connection.execute(newest).mappings().all()
    return {row["spec_key"]: Standing(row["edition"], row["brief_sha"], _piece(row)) for row in rows}


def accepted_at(connection: Connection, spec: VariantSpec, edition: int) -> Piece | None:
    """The piece that stands at a place of the matrix, accepted or waiting for approval, if there is one."""
    query = select(pieces).where(
        pieces.c.campaign_id == spec.campaign_id,
        pieces.c.spec_key == spec.key,
        pieces.c.edition == edition,
        STANDING,
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else _piece(row)


def put_attempt(
    connection: Connection, *, run_id: str, spec: VariantSpec, edition: int, attempt: int, raw: str,
    response_id: str, usage: Usage,
) -> bool:  # fmt: skip
    """Keep the text of a paid answer as it came, so that a resumed run never pays for it again.

    False when the attempt has an answer already, which stays: a process that slept beyond its lease was overtaken.
    """
    row = insert_into(connection, attempts).values(
        run_id=run_id,
        campaign_id=spec.campaign_id,
        spec_key=spec.key,
        edition=edition,
        attempt=attempt,
        spec=_dump(as_json(spec)),
        raw=raw,
        response_id=response_id,
        usage=_dump(as_json(usage)),
        created_at=_now(),
    )
    return connection.execute(row.on_conflict_do_nothing().returning(attempts.c.id)).first() is not None


def lease_name(piece_id: str) -> str:
    """The place of a piece as it is leased."""
    return f"piece {piece_id}"


def paid_attempt(spec: VariantSpec, edition: int, attempt: int) -> Select[int]:
    """Finds a row when an attempt has been paid for."""
    return select(literal(1)).where(_attempt(spec, edition, attempt))


def _attempt(spec: VariantSpec, edition: int, attempt: int) -> ColumnElement[bool]:
    return (
        (attempts.c.campaign_id == spec.campaign_id)
        & (attempts.c.spec_key == spec.key)
        & (attempts.c.edition == edition)
        & (attempts.c.attempt == attempt)
    )


def put_verdict(store: Store, piece: Piece, *, edition: int, attempt: int) -> None:
    """Keep what the guard said of an attempt, so that reports can tell why drafts were refused."""
    values = {
        "parts": _dump(dict(piece.parts)),
        "verdict": _dump(_verdict_json(piece.verdict)),
        "refused_for": piece.verdict.refused_for,
    }
    with store.write() as connection:
        connection.execute(attempts.update().where(_attempt(piece.spec, edition, attempt)).values(values))


def read_attempts(store: Store, campaign_id: str, spec_key: str, edition: int) -> list[PaidAnswer]:
    """The paid answers of one variant, first attempt first."""
    query = (
        select(attempts)
        .where(
            attempts.c.campaign_id == campaign_id,
            attempts.c.spec_key == spec_key,
            attempts.c.edition == edition,
        )
        .order_by(attempts.c.attempt)
    )
    with store.read() as connection:
        return [_answer(row) for row in connection.execute(query).mappings()]


def read_refusals(
    store: Store, campaign_id: str, run_id: str, also: Collection[tuple[str, int, int]] = ()
) -> list[Refusal]:
    """The drafts of a run that the guard sent back, in the order in which they were paid for.

    ``also`` names more of them by variant key, edition and attempt: drafts that an earlier run paid for and this one
    judged.
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
            _spec(json.loads(row["spec"])),
            row["attempt"],
            _verdict(json.loads(row["verdict"])).findings,
            "\n".join(filter(None, json.loads(row["parts"] or "{}").values())),
        )
        for row in rows
        if row["run_id"] == run_id or (row["spec_key"], row["edition"], row["attempt"]) in also
    ]


def _answer(row: RowMapping) -> PaidAnswer:
    return PaidAnswer(
        _spec(json.loads(row["spec"])),
        row["attempt"],
        row["raw"],
        row["response_id"],
        Usage(**json.loads(row["usage"])),
    )


def _piece(row: RowMapping) -> Piece:
    return Piece(
        id=row["id"],
        run_id=row["run_id"],
        spec=_spec(json.loads(row["spec"])),
        status=Status(row["status"]),
        parts=json.loads(row["parts"]),
        verdict=_verdict(json.loads(row["verdict"])),
        attempts=row["attempts"],
        reason=row["reason"],
        approval=None if row["approval"] is None else Approval(row["approval"]),
        decided_at=row["decided_at"] or "",
        decided_by=row["decided_by"] or "",
        comment=row["comment"] or "",
    )


def _spec(data: dict[str, Any]) -> VariantSpec:
    data = {name: value for name, value in data.items() if name != "key"}
    for name in ("insight_ids", "claim_ids"):
        data[name] = tuple(data[name])
    return VariantSpec(**data)


def _verdict_json(verdict: Verdict) -> dict[str, Any]:
    return {**as_json(verdict), "receipts": [as_json(receipt) for receipt in verdict.receipts]}


def _verdict(data: dict[str, Any]) -> Verdict:
    return Verdict(
        tuple(_finding(finding) for finding in data["findings"]),
        tuple(Receipt(**{**receipt, "span": Span(**receipt["span"])}) for receipt in data["receipts"]),
        Originality(**data.get("originality", {})),
    )


def _finding(data: dict[str, Any]) -> Finding:
    matches = tuple(
        Match(**{**match, "spans": tuple(Span(**span) for span in match["spans"])})
        for match in data["matches"]
    )
    span = None if data["span"] is None else Span(**data["span"])
    return Finding(**{**data, "severity": Severity(data["severity"]), "span": span, "matches": matches})


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=False)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
