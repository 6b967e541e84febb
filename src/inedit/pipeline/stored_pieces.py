"""The pieces of a run as a sequence that holds their keys alone: however many, the end of a run takes little memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

from inedit.archive.pieces import each_standing
from inedit.model import Piece
from inedit.pipeline.accounting import each_accounted
from inedit.pipeline.services import PieceLedger
from inedit.store import Store


@dataclass(frozen=True, slots=True)
class StoredPieces(Sequence[Piece]):
    """What stands at some places of a campaign, in their order, each with what it cost and saved.

    They are read from the store whenever they are looked through, a page at a time, as they are at that moment.
    """

    store: Store = field(repr=False, compare=False)
    ledger: PieceLedger = field(repr=False, compare=False)
    campaign_id: str
    keys: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Piece]:
        standing = each_standing(self.store, self.campaign_id, self.keys)
        return each_accounted((found.piece for found in standing), self.ledger)

    @overload
    def __getitem__(self, at: int) -> Piece: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Piece]: ...

    def __getitem__(self, at: int | slice) -> Piece | Sequence[Piece]:
        if isinstance(at, slice):
            return self.at(self.keys[at])
        return next(iter(self.at((self.keys[at],))))

    def at(self, keys: Sequence[str]) -> StoredPieces:
        """Those at other places."""
        return StoredPieces(self.store, self.ledger, self.campaign_id, tuple(keys))
