"""What a forecast needs to know of the archive, without what it takes to admit a piece."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from inedit.archive.generic_texts import Slot, existing
from inedit.archive.pieces import Standing, standing_pieces
from inedit.store import Store


@dataclass(frozen=True, slots=True)
class PaidBefore:
    """What is there and costs nothing again."""

    store: Store

    def standing(self, campaign_id: str, keys: Collection[str] | None = None) -> dict[str, Standing]:
        """What a campaign has already, by variant key; with ``keys``, at these places only."""
        return standing_pieces(self.store, campaign_id, keys)

    def generic_texts_at(self, positions: Sequence[Slot]) -> set[Slot]:
        """Those of the places of generic texts that have been paid for."""
        return existing(self.store, list(positions))
