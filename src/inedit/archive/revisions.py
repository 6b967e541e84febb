"""What people made of a piece by hand: each text that it had, with its author, moment and reason."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from inedit.archive.rows import dump
from inedit.model import Piece
from inedit.store import Store, utc_text
from inedit.store.tables import pieces, revisions


@dataclass(frozen=True, slots=True)
class Revision:
    """One text of a piece; ``number`` counts from 1, ``written_by`` is empty for a model's own."""

    number: int
    parts: Mapping[str, str]
    written_by: str
    written_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A person's new wording of a piece: who, when, why, and :func:`version_of` the text that it was made from."""

    by: str
    at: datetime
    reason: str
    made_from: str


def version_of(parts: Mapping[str, str]) -> str:
    """What tells one text of a piece from another, 16 hexadecimal digits: an edit names the one it was made from."""
    return hashlib.sha256(json.dumps(dict(parts), sort_keys=True).encode()).hexdigest()[:16]


def read_revisions(store: Store, piece_id: str) -> tuple[Revision, ...]:
    """Every text that an edited piece had, the first one first; none for a piece that nobody edited."""
    return revisions_of(store, [piece_id]).get(piece_id, ())


def revisions_of(store: Store, piece_ids: Collection[str]) -> dict[str, tuple[Revision, ...]]:
    """The same for many pieces at once, by piece; those that nobody edited are left out."""
    query = (
        select(revisions)
        .where(revisions.c.piece_id.in_(piece_ids))
        .order_by(revisions.c.piece_id, revisions.c.number)
    )
    found: dict[str, tuple[Revision, ...]] = {}
    with store.read() as connection:
        for row in connection.execute(query):
            read = Revision(row.number, json.loads(row.parts), row.written_by, row.written_at, row.reason)
            found[row.piece_id] = (*found.get(row.piece_id, ()), read)
    return found


def keep_edit(
    connection: Connection, before: Piece, written_at: str, parts: Mapping[str, str], edit: Edit
) -> None:
    """Keep both texts; the one before only where it is not kept already."""
    mine = revisions.c.piece_id == before.id
    number = connection.execute(select(func.max(revisions.c.number)).where(mine)).scalar() or 0
    held = select(revisions.c.parts).where(mine, revisions.c.number == number)
    newest = connection.execute(held).scalar()
    if newest is None or json.loads(newest) != dict(before.parts):
        number += 1
        _keep(connection, before.id, number, before.parts, "", written_at, "")
    _keep(connection, before.id, number + 1, parts, edit.by, utc_text(edit.at), edit.reason)


def _keep(
    connection: Connection,
    piece_id: str,
    number: int,
    parts: Mapping[str, str],
    by: str,
    at: str,
    reason: str,
) -> None:
    row = {
        "piece_id": piece_id, "number": number, "parts": dump(dict(parts)), "written_by": by, "written_at": at,
        "reason": reason,
    }  # fmt: skip
    connection.execute(insert(revisions), row)


def take_out(connection: Connection, piece_id: str) -> None:
    """Make room for a new text of the same piece, in the transaction that puts it there."""
    connection.execute(delete(pieces).where(pieces.c.id == piece_id))
