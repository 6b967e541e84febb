"""Reviews by people: the rows that queries read, held against the memos of the chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from inedit.ledger.audit.violations import Violation
from inedit.ledger.journal.human_reviews import row_of, told_by
from inedit.ledger.journal.memo_facts import HUMAN_REVIEW
from inedit.model import LedgerEntry
from inedit.store.tables import human_reviews, ledger_entries


def human_review_violations(connection: Connection) -> Iterator[Violation]:
    """Each memo of a review has its row and says the same, and no row is without one."""
    rows = {row["entry_id"]: dict(row) for row in connection.execute(select(human_reviews)).mappings()}
    memos = select(ledger_entries).where(
        ledger_entries.c.kind == "memo", ledger_entries.c.purpose == HUMAN_REVIEW
    )
    for memo in connection.execute(memos).mappings():
        entry = LedgerEntry(**memo)
        row = rows.pop(entry.id, None)
        if row is None or row != _told(entry):
            what = "has no row" if row is None else "says something else than its row"
            yield Violation("human review", f"entry {entry.seq} ({entry.id})", f"{what} in human_reviews")
    for entry_id in rows:
        yield Violation("human review", f"review {entry_id}", "is not a memo of the ledger")


def _told(entry: LedgerEntry) -> dict[str, Any] | None:
    try:
        return row_of(entry.id, told_by(entry))
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
