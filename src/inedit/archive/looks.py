"""What each person has looked at: a piece is new to them until they have seen it as it stands now."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from inedit.archive.catalogue import Card
from inedit.store import Store, insert_into, utc_text
from inedit.store.tables import studio_looks

EVERYTHING = ""
"""In the place of a piece: when somebody said that they had seen all there was."""


@dataclass(slots=True)
class Looks:
    """The looks of everybody. Those of the last moments are held in memory until :meth:`flush`: to open a page must not
    wait for a run that writes. One instance serves all threads of a process."""

    store: Store
    _seen: dict[str, dict[str, str]] = field(default_factory=dict)
    _unwritten: dict[tuple[str, str], str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def look(self, person: str, piece_id: str, at: datetime) -> None:
        """Somebody sees a piece, or with :data:`EVERYTHING` says that nothing is new."""
        with self._lock:
            self._of(person)[piece_id] = utc_text(at)
            self._unwritten[person, piece_id] = utc_text(at)

    def new_to(self, person: str, cards: Iterable[Card]) -> frozenset[str]:
        """The pieces that came or changed since the person looked; their own doing is not news."""
        with self._lock:
            seen = dict(self._of(person))
        everything = seen.get(EVERYTHING, "")
        return frozenset(
            card.id
            for card in cards
            if (card.decided_by != person or not card.decided_at)
            and max(card.created_at, card.decided_at) > max(everything, seen.get(card.id, ""))
        )

    def flush(self) -> None:
        """Write down what is held in memory."""
        with self._lock:
            unwritten, self._unwritten = self._unwritten, {}
        if not unwritten:
            return
        rows = [
            {"person": person, "piece_id": piece_id, "looked_at": at}
            for (person, piece_id), at in unwritten.items()
        ]
        with self.store.write() as connection:
            statement = insert_into(connection, studio_looks)
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["person", "piece_id"],
                    set_={"looked_at": statement.excluded.looked_at},
                ),
                rows,
            )

    def _of(self, person: str) -> dict[str, str]:
        if person not in self._seen:
            query = select(studio_looks.c.piece_id, studio_looks.c.looked_at).where(
                studio_looks.c.person == person
            )
            with self.store.read() as connection:
                self._seen[person] = {row.piece_id: row.looked_at for row in connection.execute(query)}
        return self._seen[person]
