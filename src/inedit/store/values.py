"""How values are written in the database: moments as UTC text that sorts, JSON in one canonical form; inserts that know
what to do with a row that is there already."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table
    from sqlalchemy.dialects import postgresql, sqlite

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def utc_text(moment: datetime) -> str:
    """A moment as fixed-width ISO 8601 text, ``2026-11-22T09:30:00.000000Z``: text order is time order.

    Raises ValueError for a naive moment, whose zone nobody could tell.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be recorded")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert in the database's own dialect: both have ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return insert_for(connection.dialect.name, table)


def insert_for(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """The same by the dialect's name, for who keeps the statement."""
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite  # noqa: PLC0415  # one of the two

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(table)


def canonical_json(value: Any) -> str:
    """The one JSON text of a value: keys sorted, no spaces, characters as they are, no NaN.

    Two equal values give the same text, so that it can be hashed. Raises ValueError or TypeError for what
    JSON cannot say.
    """
    return _CANONICAL.encode(value)
