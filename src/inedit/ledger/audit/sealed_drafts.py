"""What stands beside the answers held against the chain: what the guard said of each draft, and how it was read.

The memo of a piece seals the drafts that it was chosen from; those of pieces that were there before are held as they
were found (migration 0039). A draft whose piece has not come to rest is sealed when it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, and_, select

from inedit.ledger.audit.violations import Violation
from inedit.ledger.journal.reading import BLOCK_ROWS
from inedit.store.seals import DRAFT_COLUMNS, OPENING, PIECE, digest_of_draft
from inedit.store.tables import attempts, ledger_entries

_e, _a = ledger_entries.c, attempts.c
_OF_PIECE = and_(
    _a.campaign_id == _e.campaign_id, _a.spec_key == _e.spec_key, _a.edition == _e.edition,
)  # fmt: skip
_SEALS_DRAFTS = and_(_e.kind == "memo", _e.purpose == PIECE, _e.details.contains('"drafts":'))
_VALUES = [_a[name] for name in DRAFT_COLUMNS]
_Draft = tuple[str, str, int, int]
"""Campaign, variant, revision and attempt."""


def sealed_drafts(connection: Connection) -> Iterator[Violation]:
    """Each draft of a completed piece stands as the last record of its piece says, or as it was found."""
    query = (
        select(_e.seq, _e.details, *_VALUES)
        .select_from(ledger_entries.join(attempts, _OF_PIECE))
        .where(_SEALS_DRAFTS)
        .order_by(_e.seq)
    )
    wrong: dict[_Draft, Violation] = {}
    last, sealed = 0, {}
    for entry, details, *values in connection.execute(query.execution_options(yield_per=BLOCK_ROWS)):
        if entry != last:
            last, sealed = entry, _drafts(details)
        draft = _place(values)
        expected = sealed.get(str(draft[3]))
        if expected is None or expected == digest_of_draft(values):
            wrong.pop(draft, None)  # an earlier record says how it stood before
        else:
            wrong[draft] = _edited(draft, f"entry {entry}")
    yield from wrong.values()
    yield from _found_when_sealed(connection)


def _found_when_sealed(connection: Connection) -> Iterator[Violation]:
    """The same of those that were there before, unless a later record seals them as they have become since."""
    query = select(_e.seq, _e.recorded_at, _e.details).where(
        _e.kind == "memo", _e.purpose == OPENING, _e.details.contains('"of":"drafts"')
    )
    for entry, since, details in connection.execute(query.order_by(_e.seq)).all():
        sealed = _rows(details)
        if not sealed:
            yield Violation("record", f"entry {entry}", "seals something, and cannot be read")
            continue
        there = select(_a.id, *_VALUES).where(_a.id.between(min(sealed), max(sealed)))
        for own, *values in connection.execute(there):
            expected = sealed.get(own)
            if expected in (None, digest_of_draft(values)):
                continue
            draft = _place(values)
            if not _sealed_later(connection, draft, entry):
                yield _edited(draft, f"it was sealed on {since[:10]}")


def _sealed_later(connection: Connection, draft: _Draft, entry: int) -> bool:
    campaign, key, number, attempt = draft
    query = select(_e.details).where(
        _SEALS_DRAFTS, _e.campaign_id == campaign, _e.spec_key == key, _e.edition == number, _e.seq > entry
    )
    return any(str(attempt) in _drafts(details) for details in connection.execute(query).scalars())


def _edited(draft: _Draft, since: str) -> Violation:
    return Violation(
        "draft", f"draft {draft[3]} of piece {draft[1]}-{draft[2]}",
        f"was edited after {since}: its parts, what the guard said of it, its id, or what it used",
    )  # fmt: skip


_PLACE = [DRAFT_COLUMNS.index(name) for name in ("campaign_id", "spec_key", "edition", "attempt")]


def _place(values: list[Any]) -> _Draft:
    campaign, key, number, attempt = (values[index] for index in _PLACE)
    return campaign, key, number, attempt


def _drafts(details: str | None) -> dict[str, Any]:
    """Digests by attempt; none where the details cannot be read, which others name."""
    try:
        found = from_json(details or "")["drafts"]
    except (ValueError, LookupError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _rows(details: str) -> dict[int, str]:
    try:
        return {int(own): str(digest) for own, digest in from_json(details)["rows"]}
    except (ValueError, LookupError, TypeError):
        return {}
