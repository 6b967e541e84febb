"""Requests for approval as rows, and what a person's answer does to a piece."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from inedit.model import Approval, Status
from inedit.store import Store, utc_now, utc_text
from inedit.store.seals import APPROVAL, LEDGER_LOCK, digest_of, record, seal_piece
from inedit.store.tables import pieces, reviews
from inedit.store.transactions import lock


@dataclass(frozen=True, slots=True)
class Request:
    """One time that a run asked for approval; ``number`` counts them from 1, ``is_new`` says that it is the first
    to hear of it."""

    run_id: str
    number: int
    requested_at: datetime
    is_new: bool = False


def is_asking(store: Store, run_id: str) -> bool:
    """Whether a run waits for an answer."""
    query = select(reviews.c.round).where(reviews.c.run_id == run_id, reviews.c.answered_at.is_(None))
    with store.read() as connection:
        return connection.execute(query).first() is not None


def waiting_request(store: Store, run_id: str) -> Request | None:
    """The request of a run that waits for an answer, if there is one."""
    query = select(reviews.c.round, reviews.c.requested_at).where(
        reviews.c.run_id == run_id, reviews.c.answered_at.is_(None)
    )
    with store.read() as connection:
        row = connection.execute(query).first()
    return None if row is None else Request(run_id, row.round, datetime.fromisoformat(row.requested_at))


def does_any_wait(store: Store, run_id: str) -> bool:
    """Whether a piece of a run still waits for a person."""
    query = select(pieces.c.id).where(pieces.c.run_id == run_id, pieces.c.approval == Approval.PENDING.value)
    with store.read() as connection:
        return connection.execute(query.limit(1)).first() is not None


def open_request(store: Store, run_id: str, *, now: datetime) -> Request:
    """The request that waits for an answer; a new one when there is none."""
    with store.write() as connection:
        store.lock(connection, f"reviews:{run_id}")
        mine = reviews.c.run_id == run_id
        query = select(reviews.c.round, reviews.c.requested_at).where(mine, reviews.c.answered_at.is_(None))
        waiting = connection.execute(query).first()
        if waiting is not None:
            return Request(run_id, waiting.round, datetime.fromisoformat(waiting.requested_at))
        last = connection.execute(select(func.max(reviews.c.round)).where(mine)).scalar() or 0
        connection.execute(reviews.insert().values(run_id=run_id, round=last + 1, requested_at=utc_text(now)))
    return Request(run_id, last + 1, now, is_new=True)


def close_request(
    connection: Connection,
    request: Request,
    *,
    answered_at: datetime,
    decision: str,
    reviewer: str,
    seconds: int,
    comment: str,
) -> bool:
    """Write down the answer; False when the request had one already, and nothing is changed."""
    lock(connection, LEDGER_LOCK)
    changed = connection.execute(
        reviews.update()
        .where(*_same(request), reviews.c.answered_at.is_(None))
        .values(
            answered_at=utc_text(answered_at), decision=decision, reviewer=reviewer, seconds=seconds,
            comment=comment,
        )
    )  # fmt: skip
    if changed.rowcount:
        row = connection.execute(select(reviews).where(*_same(request))).mappings().one()
        told = {
            "of": [request.run_id, request.number],
            "by": reviewer,
            "decision": decision,
            "digest": digest_of(row),
        }
        record(connection, APPROVAL, told, now=utc_now(), run_id=request.run_id)
    return bool(changed.rowcount)


def _same(request: Request) -> tuple[ColumnElement[bool], ...]:
    return reviews.c.run_id == request.run_id, reviews.c.round == request.number


def decide_piece(
    connection: Connection, piece_id: str, approval: Approval, *, by: str, at: datetime, comment: str,
    stood: Approval | None = Approval.PENDING,
) -> bool:  # fmt: skip
    """What a person says of a piece that waits; False when it does not wait any more.

    ``stood`` is how the piece stood when the person looked: one that is parked (None, or not approved) can be sent back
    as well. An accepted one is never touched.
    """
    values = {
        "approval": approval.value, "decided_at": utc_text(at), "decided_by": by, "comment": comment,
    }  # fmt: skip
    if approval is Approval.APPROVED:
        values |= {"status": Status.ACCEPTED.value, "reason": ""}
    else:
        values["reason"] = f"{by}: {comment}" if comment else f"Not approved by {by}."
    changed = connection.execute(
        pieces.update()
        .where(
            pieces.c.id == piece_id,
            func.coalesce(pieces.c.approval, "") == (stood.value if stood else ""),
            pieces.c.status != Status.ACCEPTED.value,
        )
        .values(values)
    )
    if changed.rowcount:
        seal_piece(connection, piece_id)
    return bool(changed.rowcount)
