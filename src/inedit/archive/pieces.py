"""Pieces as rows: writing one, reading them back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, insert, not_, or_, select, update

from inedit.archive.rows import dump, now_text, spec_from, spec_json, verdict_from, verdict_text
from inedit.model import Approval, Piece, Status, VariantSpec
from inedit.store import Store, utc_text
from inedit.store.prepared import Prepared
from inedit.store.seals import LEDGER_LOCK, seal_piece
from inedit.store.tables import pieces
from inedit.store.transactions import lock

STANDING = or_(pieces.c.status == Status.ACCEPTED, func.coalesce(pieces.c.approval, "") == Approval.PENDING)
"""Pieces that others must not copy: accepted, or accepted by the guard and waiting for a person."""

PAGE = 500
"""So many rows are in memory at once while pieces are read."""

_HERE = (
    (pieces.c.campaign_id == bindparam("campaign"))
    & (pieces.c.spec_key == bindparam("key"))
    & (pieces.c.edition == bindparam("at_edition"))
)
_STANDING_AT = select(pieces).where(_HERE, STANDING)
_ID_AT = select(pieces.c.id).where(_HERE)
_MAKE_ROOM = Prepared(delete(pieces).where(_HERE, not_(STANDING)))
_INSERT = Prepared(insert(pieces))
_NEWEST = Prepared(
    select(
        select(func.max(pieces.c.seq)).scalar_subquery(),
        select(func.max(pieces.c.seq)).where(_HERE, STANDING).scalar_subquery(),
    )
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the archive holds at one place of the matrix: the newest revision and the brief it was written for."""

    revision_number: int
    brief_sha: str
    piece: Piece


def put_piece(
    connection: Connection, piece: Piece, *, scope: str, brief_sha: str, revision_number: int
) -> None:
    """Insert a piece; a parked or failed one at the same place gives way, one that stands never does."""
    lock(connection, LEDGER_LOCK)  # first, as everybody does who writes to the ledger
    _MAKE_ROOM.run(connection, _at(piece.spec, revision_number))
    _INSERT.run(
        connection,
        {
            "id": piece.id,
            "run_id": piece.run_id,
            "campaign_id": piece.spec.campaign_id,
            "spec_key": piece.spec.key,
            "edition": revision_number,
            "brief_sha": brief_sha,
            "scope": scope,
            "status": piece.status.value,
            "spec": dump(spec_json(piece.spec)),
            "parts": dump(dict(piece.parts)),
            "text": piece.text,
            "verdict": verdict_text(piece.verdict),
            "attempts": piece.attempts,
            "reason": piece.reason,
            "created_at": now_text(),
            "approval": piece.approval,
            "prompt_sha": piece.prompt_sha or None,
        },
    )
    seal_piece(connection, piece.id)


def seal_again(connection: Connection, spec: VariantSpec, revision_number: int) -> None:
    """Seal the piece at a place of the matrix, if there is one: something of its drafts has changed."""
    here = connection.execute(_ID_AT, _at(spec, revision_number)).scalar()
    if here is not None:
        seal_piece(connection, here)


def rewrite_verdict(connection: Connection, piece: Piece, *, by: str, at: datetime, because: str) -> None:
    """Keep what a person says of a piece's findings: the verdict as it is now, with the name, moment and reason."""
    lock(connection, LEDGER_LOCK)
    connection.execute(
        update(pieces)
        .where(pieces.c.id == piece.id)
        .values(verdict=verdict_text(piece.verdict), decided_by=by, decided_at=utc_text(at), comment=because)
    )
    seal_piece(connection, piece.id)


def read_pieces(store: Store, *, campaign_id: str | None = None, status: str | None = None,
                run_id: str | None = None, piece_id: str | None = None, after: str | None = None,
                of: Mapping[str, str] | None = None) -> Iterator[Piece]:  # fmt: skip
    """Pieces in the order in which they were completed, read :data:`PAGE` at a time, up to the newest of this moment.

    ``of`` names what of the variant has to be what (``{"channel": "email"}``); ``after`` is the id of the piece before
    the first one. Costs are not filled in: they are the ledger's to tell.
    """
    query = select(pieces).order_by(pieces.c.seq).limit(PAGE)
    for column, wanted in (
        (pieces.c.campaign_id, campaign_id),
        (pieces.c.status, status),
        (pieces.c.run_id, run_id),
        (pieces.c.id, piece_id),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    with store.read() as connection:
        newest = connection.execute(select(func.max(pieces.c.seq))).scalar() or 0
        last = connection.execute(select(pieces.c.seq).where(pieces.c.id == after)).scalar() if after else 0
    while last is not None:
        with store.read() as connection:
            beyond = query.where(pieces.c.seq > last, pieces.c.seq <= newest)
            rows = connection.execute(beyond).mappings().all()
        for piece in map(_piece, rows):
            if all(getattr(piece.spec, name) == wanted for name, wanted in (of or {}).items()):
                yield piece
        last = rows[-1]["seq"] if len(rows) == PAGE else None


def ids_beginning(store: Store, beginning: str) -> list[str]:
    """Ids of the pieces whose id begins so, the oldest first."""
    query = (
        select(pieces.c.id).where(pieces.c.id.startswith(beginning, autoescape=True)).order_by(pieces.c.seq)
    )
    with store.read() as connection:
        return list(connection.execute(query).scalars())


def standing_pieces(
    store: Store, campaign_id: str, keys: Collection[str] | None = None
) -> dict[str, Standing]:
    """What a campaign has already, by variant key; with ``keys``, at these places only."""
    newest = select(pieces).where(pieces.c.campaign_id == campaign_id).order_by(pieces.c.edition)
    if keys is not None:
        newest = newest.where(pieces.c.spec_key.in_(keys))
    with store.read() as connection:
        rows = connection.execute(newest).mappings()  # one after the other: as text they take as much again
        return {row["spec_key"]: Standing(row["edition"], row["brief_sha"], _piece(row)) for row in rows}


def each_standing(store: Store, campaign_id: str, keys: Sequence[str] | None = None) -> Iterator[Standing]:
    """The same one after the other, :data:`PAGE` in memory at once, in the order of ``keys``; without them in that in
    which the places were first written."""
    if keys is None:
        first = select(pieces.c.spec_key).where(pieces.c.campaign_id == campaign_id).order_by(pieces.c.seq)
        with store.read() as connection:
            keys = list(dict.fromkeys(connection.execute(first).scalars()))
    for at in range(0, len(keys), PAGE):
        page = keys[at : at + PAGE]
        standing = standing_pieces(store, campaign_id, page)
        yield from (standing[key] for key in page if key in standing)


def newest_and_standing(connection: Connection, spec: VariantSpec, revision_number: int) -> tuple[int, bool]:
    """The number of the newest piece of all, 0 before the first: as long as it stays, nothing has been accepted; and
    whether a piece stands at a place of the matrix (see :func:`accepted_at`)."""
    newest, standing = _NEWEST.first(connection, _at(spec, revision_number))
    return newest or 0, standing is not None


def accepted_at(connection: Connection, spec: VariantSpec, revision_number: int) -> Piece | None:
    """The piece that stands at a place of the matrix, accepted or waiting for approval, if there is one."""
    row = connection.execute(_STANDING_AT, _at(spec, revision_number)).mappings().first()
    return None if row is None else _piece(row)


@dataclass(frozen=True, slots=True)
class Held:
    """A piece as its row has it, with what else the row knows."""

    piece: Piece
    brief_sha: str
    created_at: str


def held_piece(connection: Connection, piece_id: str) -> Held | None:
    """The piece with this id."""
    row = connection.execute(select(pieces).where(pieces.c.id == piece_id)).mappings().first()
    return None if row is None else Held(_piece(row), row["brief_sha"], row["created_at"])


def _at(spec: VariantSpec, revision_number: int) -> dict[str, Any]:
    """A place of the matrix, as the parameters of the statements above."""
    return {"campaign": spec.campaign_id, "key": spec.key, "at_edition": revision_number}


def lease_key(piece_id: str) -> str:
    """The place of a piece as it is leased."""
    return f"piece {piece_id}"


def _piece(row: RowMapping) -> Piece:
    return Piece(
        id=row["id"],
        run_id=row["run_id"],
        spec=spec_from(json.loads(row["spec"])),
        status=Status(row["status"]),
        parts=json.loads(row["parts"]),
        verdict=verdict_from(json.loads(row["verdict"])),
        attempts=row["attempts"],
        reason=row["reason"],
        approval=None if row["approval"] is None else Approval(row["approval"]),
        decided_at=row["decided_at"] or "",
        decided_by=row["decided_by"] or "",
        comment=row["comment"] or "",
        prompt_sha=row["prompt_sha"] or "",
    )
