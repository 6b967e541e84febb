"""Rows that can change are sealed in the ledger's chain; what is there already is sealed as it is found.

Reservations are numbered and linked to one another. For each piece, closing and answered request there is a memo, for
answers, generic texts and calls given back one for each few hundred of them. These memos say ``existed``: what happened
to the rows before nobody can tell.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from inedit.store.migrations.versions.r0001_first_tables import POSTGRES_TRIGGERS, SQLITE_TRIGGERS
from inedit.store.migrations.versions.r0002_finance_views import SAVINGS

revision = "0012"
down_revision = "0011"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RECORDS = ("piece", "void", "doubt", "closing", "approval", "opening")
NO_RECORDS = ", ".join(f"'{purpose}'" for purpose in RECORDS)
VIEW = SAVINGS.replace("e.kind = 'memo'", f"e.kind = 'memo' AND e.purpose NOT IN ({NO_RECORDS})")
"""Memos that only seal something save nothing."""

BLOCK, READ = 500, 1000
ONCE = "reservations_once"
LINKED = (
    "number",
    "id",
    "reserved_at",
    "run_id",
    "campaign_id",
    "period",
    "call",
    "estimate_micros",
    "currency",
)
CLOSED = ("id", "state", "closed_at", "reason")
SEALED = (
    ("piece", "SELECT * FROM pieces WHERE seq > :last ORDER BY seq LIMIT :n", "seq"),
    ("closing", "SELECT * FROM closings WHERE period > :last ORDER BY period LIMIT :n", "period"),
)


def upgrade() -> None:
    """Add the columns, link and seal what is there."""
    connection = op.get_bind()
    op.add_column("reservations", sa.Column("number", BIG))
    op.add_column("reservations", sa.Column("hash", sa.Text()))
    op.create_index("ix_reservations_number", "reservations", ["number"], unique=True)
    op.execute("DROP VIEW finance_savings")
    op.execute(VIEW)
    chain = _Chain(connection)
    linked = _link(connection)
    if linked:
        chain.add("opening", {"of": "reservations", "number": linked[0], "hash": linked[1]})
    for of, rows in (
        ("attempts", _answers(connection)),
        ("baselines", _generic_texts(connection)),
        ("voided", _voided(connection)),
    ):
        for block in _blocks(rows):
            chain.add("opening", {"of": of, "rows": block})
    _seal(connection, chain)


class _Chain:
    """The end of the ledger's chain, where memos are appended."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        query = sa.text("SELECT seq, hash FROM ledger_entries ORDER BY seq DESC LIMIT 1")
        self.seq, self.hash = tuple(connection.execute(query).first() or (0, ""))
        self.now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        self.period, self.note = self._open_month(self.now[:7])

    def add(self, purpose: str, details: Mapping[str, Any], **about: Any) -> None:
        """Append a memo."""
        row = {
            "seq": self.seq + 1, "id": uuid.uuid4().hex, "kind": "memo", "recorded_at": self.now,
            "occurred_at": self.now, "period": self.period, "edition": 1, "purpose": purpose, "input_tokens": 0,
            "cached_tokens": 0, "output_tokens": 0, "reasoning_tokens": 0, "note": self.note,
            "details": canonical({**details, "existed": True}), "prev_hash": self.hash,
            **{f"saved_{what}_{end}": 0 for what in ("seconds", "micros") for end in ("low", "expected", "high")},
            **about,
        }  # fmt: skip
        row["hash"] = hash_of(row)
        columns = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        insert = f"INSERT INTO ledger_entries ({columns}) VALUES ({values})"  # noqa: S608  # names of ours
        self.connection.execute(sa.text(insert), row)
        self.seq, self.hash = row["seq"], row["hash"]

    def _open_month(self, month: str) -> tuple[str, str | None]:
        query = sa.text("SELECT period FROM closings WHERE period >= :month")
        closed = set(self.connection.execute(query, {"month": month}).scalars())
        found = month
        while found in closed:
            year, number = int(found[:4]), int(found[5:])
            found = f"{year + number // 12:04}-{number % 12 + 1:02}"
        return found, None if found == month else f"belongs to {month}, which is closed"


def _link(connection: sa.Connection) -> tuple[int, str] | None:
    """Number the reservations in the order in which they were made, each with the hash of itself and the one before."""
    sqlite = connection.dialect.name == "sqlite"
    op.execute(f"DROP TRIGGER {ONCE}" + ("" if sqlite else " ON reservations"))  # it refuses any change
    read = sa.text(
        "SELECT * FROM reservations WHERE (reserved_at, id) > (:moment, :own) ORDER BY reserved_at, id LIMIT :n"
    )
    write = sa.text("UPDATE reservations SET number = :number, hash = :hash WHERE id = :id")
    moment, own, number, before = "", "", 0, ""
    while rows := connection.execute(read, {"moment": moment, "own": own, "n": READ}).mappings().all():
        moment, own = rows[-1]["reserved_at"], rows[-1]["id"]
        links = []
        for row in rows:
            number += 1
            told = {**row, "number": number}
            before = hash_of({name: told[name] for name in LINKED} | {"before": before})
            links.append({"number": number, "hash": before, "id": row["id"]})
        connection.execute(write, links)
    for statement in SQLITE_TRIGGERS if sqlite else POSTGRES_TRIGGERS:
        if f"TRIGGER {ONCE} " in statement:
            op.execute(statement)
    return (number, before) if number else None


def _answers(connection: sa.Connection) -> Iterator[list[Any]]:
    query = "SELECT id, raw FROM attempts WHERE id > :last AND raw IS NOT NULL ORDER BY id LIMIT :n"
    for row in _read(connection, query, "id", 0):
        yield [row["id"], digest_of_answer(row["raw"])]


def _generic_texts(connection: sa.Connection) -> Iterator[list[Any]]:
    query = "SELECT * FROM baselines WHERE text IS NOT NULL ORDER BY prompt_sha, model, number"
    for row in connection.execute(sa.text(query)).mappings():
        yield [[row["prompt_sha"], row["model"], row["number"]], digest_of_answer(row["text"])]


def _voided(connection: sa.Connection) -> Iterator[list[Any]]:
    query = "SELECT * FROM reservations WHERE number > :last AND state = 'voided' ORDER BY number LIMIT :n"
    for row in _read(connection, query, "number", 0):
        yield [row["id"], hash_of({name: row[name] for name in CLOSED})]


def _seal(connection: sa.Connection, chain: _Chain) -> None:
    for purpose, query, key in SEALED:
        for row in _read(connection, query, key, 0 if key == "seq" else ""):
            digest = hash_of({name: value for name, value in row.items() if name != "seq"})
            if purpose == "closing":
                told = {"month": row["period"], "closed_by": row["closed_by"], "digest": digest}
                chain.add(purpose, told)
                continue
            about = {name: row[name] for name in ("run_id", "campaign_id", "spec_key", "edition")}
            told = {"status": row["status"], "text": digest_of_answer(row["text"]), "digest": digest}
            chain.add(purpose, told, **about)
    query = "SELECT * FROM reviews WHERE answered_at IS NOT NULL ORDER BY run_id, round"
    for asked in connection.execute(sa.text(query)).mappings().all():
        told = {
            "of": [asked["run_id"], asked["round"]], "by": asked["reviewer"], "decision": asked["decision"],
            "digest": hash_of(asked),
        }  # fmt: skip
        chain.add("approval", told, run_id=asked["run_id"])
    query = "SELECT id, reason, run_id, campaign_id FROM reservations WHERE state = 'possibly_billed' ORDER BY number"
    for lost in connection.execute(sa.text(query)).mappings().all():
        about = {name: lost[name] for name in ("run_id", "campaign_id")}
        chain.add("doubt", {"of": lost["id"], "reason": lost["reason"]}, **about)


def _read(connection: sa.Connection, query: str, key: str, last: Any) -> Iterator[Mapping[Any, Any]]:
    """Rows of a query, a block at a time, by a key that grows."""
    while rows := connection.execute(sa.text(query), {"last": last, "n": READ}).mappings().all():
        last = rows[-1][key]
        yield from rows


def _blocks(rows: Iterable[Any]) -> Iterator[Sequence[Any]]:
    block: list[Any] = []
    for row in rows:
        block.append(row)
        if len(block) == BLOCK:
            yield block
            block = []
    if block:
        yield block


def canonical(value: Any) -> str:
    """The one JSON text of a value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(row: Mapping[Any, Any]) -> str:
    """SHA-256 of a row's columns that have a value, its hash left out."""
    told = {name: value for name, value in row.items() if value is not None and name != "hash"}
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def digest_of_answer(text: str) -> str:
    """SHA-256 of a text without the white space around it."""
    return hashlib.sha256(text.strip().encode()).hexdigest()
