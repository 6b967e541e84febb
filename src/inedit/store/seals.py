"""Records: memos in the ledger's chain that seal what stands in other tables.

A piece that came to rest, a person's decision, a call given back, a month closed: each is a row that the database lets
people change. With the row, in the same transaction, a memo is written that holds the row's digest; ``ledger verify``
holds the two together. The digest of a row is the SHA-256 of the canonical JSON of its columns, those without a value
left out. A piece's memo holds the digests of its drafts, too. Answers are sealed in the entry that charges them, calls
under way in a chain of their own that the entries seal.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from inedit.model import LedgerEntry
from inedit.store.chain import append, hash_of, hash_rows_of
from inedit.store.prepared import Prepared
from inedit.store.tables import attempts, closings, pieces, reservations
from inedit.store.transactions import lock
from inedit.store.values import canonical_json, utc_now, utc_text

LEDGER_LOCK = "ledger"
"""Name of the lock under which the ledger is written."""

PIECE = "piece"
"""Purpose of the memo that seals a piece as it stands."""

VOID = "void"
"""Purpose of the memo that seals a call given back."""

DOUBT = "doubt"
"""Purpose of the memo that says that a call may have been billed, and why."""

CLOSING = "closing"
"""Purpose of the memo that seals the closing of a month."""

APPROVAL = "approval"
"""Purpose of the memo that seals a person's answer to a request for approval."""

OPENING = "opening"
"""Purpose of the memos that seal what was there when sealing began."""

ERASURE = "erasure"
"""Purpose of the memo that says that words were taken out of an answer, with its digests before and after."""

RECORDS = (PIECE, VOID, DOUBT, CLOSING, APPROVAL, OPENING, ERASURE)
"""Purposes of memos that save nothing: they only seal."""

_NOTHING: dict[str, Any] = {
    f"saved_{what}_{end}": 0 for what in ("seconds", "micros") for end in ("low", "expected", "high")
}
_PIECE_COLUMNS = [column for column in pieces.c if column.name != "seq"]
_PIECE = Prepared(select(*_PIECE_COLUMNS).where(pieces.c.id == bindparam("piece")))
_DRAFT_COLUMNS = [column for column in attempts.c if column.name not in ("id", "raw")]
_DRAFTS = Prepared(
    select(*_DRAFT_COLUMNS)
    .where(
        attempts.c.campaign_id == bindparam("campaign"),
        attempts.c.spec_key == bindparam("key"),
        attempts.c.edition == bindparam("number"),
    )
    .order_by(attempts.c.attempt)
)
_CLOSED_SINCE = Prepared(select(closings.c.period).where(closings.c.period >= bindparam("month")))
_LAST_LINK = Prepared(
    select(reservations.c.number, reservations.c.hash)
    .where(reservations.c.number.is_not(None))
    .order_by(reservations.c.number.desc())
    .limit(1)
)


def record(
    connection: Connection, purpose: str, details: Mapping[str, object], *, now: datetime, **about: Any
) -> LedgerEntry:
    """Append a memo that seals something. ``about`` are columns that say whose it is.

    It takes the ledger's lock: on Postgres, before anything else that another writer of the ledger waits for.
    """
    lock(connection, LEDGER_LOCK)
    period, late = open_month(connection, utc_text(now)[:7])
    return append(
        connection,
        LedgerEntry(
            seq=0, id=uuid.uuid4().hex, kind="memo", recorded_at=utc_text(now), occurred_at=utc_text(now),
            period=period, purpose=purpose, details=canonical_json(dict(details)), note=late, **_NOTHING, **about,
        ),
    )  # fmt: skip


def open_month(connection: Connection, month: str) -> tuple[str, str | None]:
    """The month itself and no note; where it is closed, the first one after it that is not, and where it belongs."""
    closed = {row.period for row in _CLOSED_SINCE.all(connection, {"month": month})}
    found = month
    while found in closed:
        year, number = int(found[:4]), int(found[5:])
        found = f"{year + number // 12:04}-{number % 12 + 1:02}"
    return found, None if found == month else f"belongs to {month}, which is closed"


def seal_piece(connection: Connection, piece_id: str, *, now: datetime | None = None) -> None:
    """Seal a piece as it stands now, with its drafts: after it was written, and after each decision."""
    lock(connection, LEDGER_LOCK)
    row = _PIECE.first(connection, {"piece": piece_id})
    facts: dict[str, object] = {
        "status": row.status,
        "text": digest_of_answer(row.text),
        "digest": digest_of_piece(tuple(row)),
    }
    place = {"campaign": row.campaign_id, "key": row.spec_key, "number": row.edition}
    drafts = _DRAFTS.all(connection, place)
    if drafts:
        facts["drafts"] = {str(draft.attempt): digest_of_draft(tuple(draft)) for draft in drafts}
    record(
        connection, PIECE, facts, now=now or utc_now(), run_id=row.run_id, campaign_id=row.campaign_id,
        spec_key=row.spec_key, edition=row.edition,
    )  # fmt: skip


def digest_of(row: Mapping[Any, Any]) -> str:
    """The digest of a row by its columns; the number of a piece, which only says its place, is left out."""
    return hash_of({name: value for name, value in row.items() if name != "seq"})


PIECE_COLUMNS = tuple(column.name for column in _PIECE_COLUMNS)
"""Columns of a piece that stand in its digest."""

digest_of_piece = hash_rows_of(PIECE_COLUMNS)
"""What :func:`digest_of` gives, of the values of :data:`PIECE_COLUMNS`."""


DRAFT_COLUMNS = tuple(column.name for column in _DRAFT_COLUMNS)
"""Columns of an attempt that stand in its digest: all but its number and the answer, which its entry seals."""

digest_of_draft = hash_rows_of(DRAFT_COLUMNS)
"""The digest of an attempt, of the values of :data:`DRAFT_COLUMNS`."""


def digest_of_answer(text: str) -> str:
    """The digest of a paid answer, white space around it left out."""
    return hashlib.sha256(text.strip().encode()).hexdigest()


def link_of(row: Mapping[Any, Any], before: str) -> str:
    """The hash of a reservation: what never changes of it, and the hash of the one before."""
    return link_of_values((*(row[name] for name in LINKED), before))


LINKED = (
    "number", "id", "reserved_at", "run_id", "campaign_id", "period", "call", "estimate_micros", "currency",
)  # fmt: skip
"""Columns of a reservation that stand in its hash."""

link_of_values = hash_rows_of((*LINKED, "before"))
"""The same of the values of :data:`LINKED` and the hash of the one before."""


def last_link(connection: Connection) -> tuple[int, str]:
    """The number and hash of the newest reservation; 0 and nothing before the first. The caller holds the lock."""
    row = _LAST_LINK.first(connection)
    return (0, "") if row is None else (row.number, row.hash)


def closed_digest(row: Mapping[Any, Any]) -> str:
    """The digest of how a reservation ended."""
    return hash_of({name: row[name] for name in ("id", "state", "closed_at", "reason")})
