"""Decisions held against what the chain says of them: pieces, closings, answers to requests for approval, savings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, and_, or_, select

from inedit.ledger.audit.sealed_rows import Records
from inedit.ledger.audit.violations import Violation
from inedit.ledger.journal.memo_facts import SAVING
from inedit.ledger.journal.reading import BLOCK_ROWS
from inedit.store.seals import PIECE, PIECE_COLUMNS, digest_of, digest_of_answer, digest_of_piece
from inedit.store.tables import closings, ledger_entries, pieces, reviews

_e, _p = ledger_entries.c, pieces.c
_HERE = and_(_p.campaign_id == _e.campaign_id, _p.spec_key == _e.spec_key, _p.edition == _e.edition)


def piece_decisions(connection: Connection) -> Iterator[Violation]:
    """Each piece stands as its last record says; none is there without a record."""
    query = (
        select(
            _e.seq, _e.campaign_id, _e.spec_key, _e.edition, _e.details, _p.id, _p.status, _p.text,
            *(_p[name] for name in PIECE_COLUMNS),
        )
        .select_from(ledger_entries.outerjoin(pieces, _HERE))
        .where(_e.kind == "memo", _e.purpose == PIECE)
        .order_by(_e.seq)
    )  # fmt: skip
    wrong: dict[tuple[Any, ...], Violation] = {}
    for row in connection.execute(query.execution_options(yield_per=BLOCK_ROWS)):
        entry, of, key, edition, sealed, id, status, words, *values = row
        message = _unlike(entry, sealed, id, status, words, values)
        if message is None:
            wrong.pop((of, key, edition), None)  # an earlier record says how it stood before
        else:
            wrong[of, key, edition] = Violation("piece", f"piece {key}-{edition}", message)
    yield from wrong.values()
    recorded = select(_e.seq).where(_HERE, _e.kind == "memo", _e.purpose == PIECE).exists()
    for own, status in connection.execute(select(_p.id, _p.status).where(~recorded)):
        yield Violation("piece", f"piece {own}", f"was put in by hand as {status}: no entry records it")


def _unlike(
    entry: int, details: str | None, id: str | None, status: str, text: str, values: Sequence[Any]
) -> str | None:
    """What is wrong with a piece, which is there under an ``id`` or is not; ``values`` are all of its columns."""
    try:
        sealed = from_json(details or "")
        recorded, digest_of_text, digest = sealed["status"], sealed["text"], sealed["digest"]
    except (ValueError, LookupError, TypeError):
        return f"cannot be held against entry {entry}, whose record cannot be read"
    if id is None:
        return f"is gone: entry {entry} records it as {recorded}"
    if status != recorded:
        return f"was turned {status} by hand: entry {entry} records it as {recorded}"
    if digest_of_answer(text) != digest_of_text:
        return f"says another text than entry {entry} records"
    if digest_of_piece(values) != digest:
        return f"was edited after entry {entry}: its parts, its verdict, or who decided and when"
    return None


def savings_of_pieces(connection: Connection) -> Iterator[Violation]:
    """What was saved was saved by a piece that is accepted."""
    query = (
        select(_e.seq, _e.id, _e.spec_key, _e.edition, _p.status)
        .select_from(ledger_entries.outerjoin(pieces, _HERE))
        .where(_e.kind == "memo", _e.purpose == SAVING, or_(_p.status.is_(None), _p.status != "accepted"))
        .order_by(_e.seq)
    )
    for row in connection.execute(query):
        stands = f"is {row.status}" if row.status else "is not there"
        yield Violation(
            "saving", f"entry {row.seq} ({row.id})",
            f"says what piece {row.spec_key}-{row.edition} saved, but that piece {stands}: only accepted ones count",
        )  # fmt: skip


def closed_months(connection: Connection, records: Records) -> Iterator[Violation]:
    """Each closing is as it was recorded: when, by whom, at which head."""
    left = dict(records.closings)
    for row in connection.execute(select(closings).order_by(closings.c.period)).mappings():
        where = f"closing of {row['period']}"
        entry, sealed = left.pop(row["period"], (0, None))
        if sealed is None:
            yield Violation("closing", where, "was put in by hand: no entry records it")
        elif row["closed_by"] != sealed.get("closed_by"):
            yield Violation(
                "closing", where,
                f"says that {row['closed_by']} closed it, but entry {entry} records {sealed.get('closed_by')}",
            )  # fmt: skip
        elif digest_of(row) != sealed.get("digest"):
            yield Violation("closing", where, f"was edited: it is not the one that entry {entry} records")
    for month, (entry, _) in left.items():
        yield Violation("closing", f"closing of {month}", f"is gone: entry {entry} records it")


def approvals(connection: Connection, records: Records) -> Iterator[Violation]:
    """Each answer to a request for approval is as it was recorded."""
    left = dict(records.approvals)
    query = (
        select(reviews).where(reviews.c.answered_at.is_not(None)).order_by(reviews.c.run_id, reviews.c.round)
    )
    for row in connection.execute(query).mappings():
        where = f"approval {row['round']} of run {row['run_id']}"
        entry, sealed = left.pop((row["run_id"], row["round"]), (0, None))
        if sealed is None:
            yield Violation("approval", where, "was put in by hand: no entry records it")
        elif digest_of(row) != sealed.get("digest"):
            yield Violation(
                "approval", where,
                f"was edited: entry {entry} records '{sealed.get('decision')}' by {sealed.get('by')}",
            )  # fmt: skip
    for (run, number), (entry, _) in left.items():
        yield Violation("approval", f"approval {number} of run {run}", f"is gone: entry {entry} records it")
