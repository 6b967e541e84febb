"""What the guard said of each draft is sealed: of completed pieces that are there already, as it is found.

From now on the memo that seals a piece holds the digests of its drafts. For those that are there, a memo for each few
hundred of them says what they are today (``existed``); what happened to them before nobody can tell.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"

BLOCK = 500
COLUMNS = (
    "run_id", "campaign_id", "spec_key", "edition", "attempt", "spec", "parts", "response_id", "usage", "verdict",
    "created_at", "refused_for",
)  # fmt: skip


def upgrade() -> None:
    """Append the memos."""
    connection = op.get_bind()
    columns = ", ".join(f"a.{name}" for name in COLUMNS)
    read = sa.text(
        f"SELECT a.id, {columns} FROM attempts a JOIN pieces p ON p.campaign_id = a.campaign_id"  # noqa: S608
        " AND p.spec_key = a.spec_key AND p.edition = a.edition WHERE a.id > :last ORDER BY a.id LIMIT :n"
    )
    last = 0
    while rows := connection.execute(read, {"last": last, "n": BLOCK}).mappings().all():
        last = rows[-1]["id"]
        sealed = [[row["id"], hash_of({name: row[name] for name in COLUMNS})] for row in rows]
        _append(connection, {"of": "drafts", "rows": sealed, "existed": True})


def _append(connection: sa.Connection, details: dict[str, Any]) -> None:
    """A memo at the end of the ledger's chain, in the first month that is open."""
    newest = sa.text("SELECT seq, hash FROM ledger_entries ORDER BY seq DESC LIMIT 1")
    seq, before = tuple(connection.execute(newest).first() or (0, ""))
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    query = sa.text("SELECT period FROM closings WHERE period >= :month")
    closed = set(connection.execute(query, {"month": now[:7]}).scalars())
    period = next(month for month in _months(now[:7]) if month not in closed)
    row = {
        "seq": seq + 1, "id": uuid.uuid4().hex, "kind": "memo", "recorded_at": now, "occurred_at": now,
        "period": period, "edition": 1, "purpose": "opening", "input_tokens": 0, "cached_tokens": 0,
        "output_tokens": 0, "reasoning_tokens": 0,
        "note": None if period == now[:7] else f"belongs to {now[:7]}, which is closed",
        "details": canonical(details), "prev_hash": before,
        **{f"saved_{what}_{end}": 0 for what in ("seconds", "micros") for end in ("low", "expected", "high")},
    }  # fmt: skip
    row["hash"] = hash_of(row)
    columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    insert = f"INSERT INTO ledger_entries ({columns}) VALUES ({values})"  # noqa: S608  # names of ours
    connection.execute(sa.text(insert), row)


def _months(month: str) -> Iterator[str]:
    year, number = int(month[:4]), int(month[5:])
    while True:
        yield f"{year:04}-{number:02}"
        year, number = year + number // 12, number % 12 + 1


def canonical(value: Any) -> str:
    """The one JSON text of a value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(row: dict[str, Any]) -> str:
    """SHA-256 of a row's columns that have a value."""
    told = {name: value for name, value in row.items() if value is not None and name != "hash"}
    return hashlib.sha256(canonical(told).encode()).hexdigest()
