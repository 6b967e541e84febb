"""Every piece in a few words, kept in memory: for lists of thousands that are filtered while somebody looks.

Whoever changes a piece seals it in the ledger's chain, so the entries behind the last one that was read say which
pieces to read again.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import RowMapping, func, select, tuple_

from inedit.archive.rows import spec_from
from inedit.model import Approval, Status, VariantSpec
from inedit.store import Store
from inedit.store.seals import PIECE
from inedit.store.tables import ledger_entries, pieces

BATCH = 200
"""So many changed pieces are asked for by name at once; of more, all pieces are read."""

OPENING_CHARS = 180

_COLUMNS = (
    pieces.c.seq, pieces.c.id, pieces.c.run_id, pieces.c.campaign_id, pieces.c.spec_key, pieces.c.edition,
    pieces.c.status, pieces.c.approval, pieces.c.spec, pieces.c.text, pieces.c.verdict, pieces.c.created_at,
    pieces.c.decided_at, pieces.c.decided_by, pieces.c.comment, pieces.c.prompt_sha,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """A piece in a list. ``checks`` are those that have something against it or to note, the gravest first, each as
    check and severity; ``sources`` the insights and claims that it has receipts of; moments are UTC text."""

    seq: int
    id: str
    run_id: str
    spec: VariantSpec
    status: Status
    approval: Approval | None
    opening: str
    checks: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    created_at: str
    decided_at: str
    decided_by: str
    comment: str
    prompt_sha: str


@dataclass(slots=True)
class Catalogue:
    """The cards of a database, as of the last look. One instance serves all threads of a process."""

    store: Store
    _cards: dict[str, Card] = field(default_factory=dict)
    _sealed: int = -1
    _ordered: tuple[Card, ...] = ()
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def cards(self) -> tuple[Card, ...]:
        """Every piece as it stands now, the newest revision of each place of a matrix, in the order of admission."""
        with self._lock:
            e, p = ledger_entries.c, pieces.c
            with self.store.read() as connection:
                newest = connection.execute(select(func.max(e.seq))).scalar() or 0
                if newest == self._sealed:
                    return self._ordered
                changed = select(e.campaign_id, e.spec_key, e.edition).where(
                    e.seq > self._sealed, e.purpose == PIECE
                )
                keys = {tuple(row) for row in connection.execute(changed.limit(BATCH + 1))}
                query = select(*_COLUMNS)
                if self._sealed >= 0 and len(keys) <= BATCH:
                    query = query.where(tuple_(p.campaign_id, p.spec_key, p.edition).in_(keys))
                else:
                    self._cards.clear()
                rows = connection.execute(query).mappings().all()
            for row in rows:
                self._cards[row["id"]] = _card(row)
            self._sealed, self._ordered = newest, tuple(_newest(self._cards))
            return self._ordered


def _newest(cards: dict[str, Card]) -> Iterator[Card]:
    """The newest revision at each place; what it took the place of is still found by its id."""
    best: dict[str, int] = {}
    for card in cards.values():
        place, _, number = card.id.rpartition("-")
        best[place] = max(best.get(place, 0), int(number))
    for card in sorted(cards.values(), key=lambda card: card.seq):
        place, _, number = card.id.rpartition("-")
        if best[place] == int(number):
            yield card


def _opening(text: str) -> str:
    """How a text begins, up to the end of a word."""
    cut = text[: OPENING_CHARS + 1]
    if len(cut) <= OPENING_CHARS:
        return text
    return f"{(cut.rpartition(' ')[0] or cut[:-1]).rstrip(' .,;:…')}…"


def _card(row: RowMapping) -> Card:
    verdict: dict[str, Any] = json.loads(row["verdict"])
    gravity = {"block": 0, "review": 1, "note": 2}
    found = sorted(verdict["findings"], key=lambda finding: gravity[finding["severity"]])
    return Card(
        seq=row["seq"], id=row["id"], run_id=row["run_id"], spec=spec_from(json.loads(row["spec"])),
        status=Status(row["status"]), approval=Approval(row["approval"]) if row["approval"] else None,
        opening=_opening(row["text"]),
        checks=tuple(dict.fromkeys((finding["check"], finding["severity"]) for finding in found)),
        sources=tuple(dict.fromkeys(receipt["source_id"] for receipt in verdict["receipts"])),
        created_at=row["created_at"], decided_at=row["decided_at"] or "", decided_by=row["decided_by"] or "",
        comment=row["comment"] or "", prompt_sha=row["prompt_sha"] or "",
    )  # fmt: skip
