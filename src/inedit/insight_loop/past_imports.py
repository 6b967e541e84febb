"""What was imported when: counts of each import, and of what it redacted, never a word of what anybody said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from inedit.insight_loop.field_store import parse_utc
from inedit.store import Store
from inedit.store.tables import observations


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import. ``ended_at`` is None when it was interrupted; ``cut`` says where the file was cut off, if it was;
    ``redactions`` counts by kind."""

    place_id: str
    format: str
    started_at: datetime
    ended_at: datetime | None
    read: int
    added: int
    cut: str
    redactions: Mapping[str, int]


def read_imports(store: Store) -> tuple[PastImport, ...]:
    """Every import, the oldest first."""
    with store.read() as connection:
        rows = connection.execute(select(observations).order_by(observations.c.id)).all()
    return tuple(
        PastImport(
            row.place_id, row.format, parse_utc(row.started_at), parse_utc(row.ended_at) if row.ended_at else None,
            row.read, row.added, row.cut or "", json.loads(row.redactions),
        )
        for row in rows
    )  # fmt: skip
