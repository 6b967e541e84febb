"""What a forecast needs to know of the archive, without what it takes to admit a piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from inedit.archive.generic_texts import existing
from inedit.archive.slots import Slot
from inedit.model import Status
from inedit.store import Store
from inedit.store.tables import pieces


@dataclass(frozen=True, slots=True)
class PaidBefore:
    """What is there and costs nothing again."""

    store: Store

    def statuses(self, campaign_id: str) -> dict[str, Status]:
        """What became of the newest piece at each place of a campaign, by variant key."""
        query = (
            select(pieces.c.spec_key, pieces.c.status)
            .where(pieces.c.campaign_id == campaign_id)
            .order_by(pieces.c.edition)
        )
        with self.store.read() as connection:
            return {key: Status(status) for key, status in connection.execute(query)}

    def generic_texts_at(self, positions: Sequence[Slot]) -> set[Slot]:
        """Those of the places of generic texts that have been paid for."""
        return existing(self.store, list(positions))
