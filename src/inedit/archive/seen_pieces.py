"""The pieces of a brand as one text sees them, given its vector and theirs in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import islice, starmap

import numpy as np
from sqlalchemy import Connection, bindparam, select

from inedit.archive.neighbours import Neighbour, neighbour
from inedit.archive.seen_vectors import NOTHING, Seen
from inedit.archive.vector_blocks import VectorBlock, key_of
from inedit.store.prepared import Prepared
from inedit.store.tables import pieces

_READ_AT_ONCE = 8
"""So many near pieces are read at once: those in other languages are compared until five have been."""

_TOLD = Prepared(
    select(pieces.c.seq, pieces.c.id, pieces.c.text, pieces.c.spec).where(
        pieces.c.seq.in_([bindparam(f"number_{each}") for each in range(_READ_AT_ONCE)])
    )
)


@dataclass(slots=True)
class SeenPieces:
    """See :class:`~inedit.archive.neighbours.View`; ``seen`` has the blocks, then the pieces in none."""

    connection: Connection
    blocks: Sequence[VectorBlock]
    pieces: Sequence[Neighbour]
    seen: Sequence[Seen]

    def best(self, scope: str, campaign_id: str) -> tuple[float | None, float | None]:
        here, campaign = np.uint64(key_of(f"scope {scope}")), np.uint64(key_of(f"campaign {campaign_id}"))
        sibling = other = NOTHING
        for part in self.seen:  # what one has shortens the look at the next
            sibling, other = part.best(here, campaign, sibling, other)
        return (None if sibling == NOTHING else sibling), (None if other == NOTHING else other)

    def near(self, scope: str, least: float) -> list[Neighbour]:
        here = np.uint64(key_of(f"scope {scope}"))
        found = self._told(part.in_scope(here, least) for part in self.seen)
        return sorted(found, key=lambda piece: (-piece.cosine, piece.id))

    def abroad(self, scope: str, least: float) -> Iterator[Neighbour]:
        here = np.uint64(key_of(f"scope {scope}"))
        return self._told(part.elsewhere(here, least) for part in self.seen)

    def _told(self, found: Iterable[Iterator[tuple[float, int]]]) -> Iterator[Neighbour]:
        """The pieces that were found in each part, the nearest first, :data:`_READ_AT_ONCE` read at once."""
        nearest = merge(*starmap(_numbered, enumerate(found)))
        while some := list(islice(nearest, _READ_AT_ONCE)):
            stored = self._stored((part, at) for _, part, at in some if part < len(self.blocks))
            for cosine, part, at in some:
                piece = stored.get((part, at)) if part < len(self.blocks) else self.pieces[at]
                if piece is not None:
                    yield replace(piece, cosine=-cosine)

    def _stored(self, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Neighbour]:
        """The pieces at some places of blocks that the database still has."""
        wanted = {int(self.blocks[part].sources[at]): (part, at) for part, at in places}
        if not wanted:
            return {}
        numbers = {f"number_{each}": 0 for each in range(_READ_AT_ONCE)}  # no piece's
        numbers |= {f"number_{each}": number for each, number in enumerate(wanted)}
        rows = _TOLD.all(self.connection, numbers)
        return {wanted[row.seq]: neighbour(row.id, row.text, row.spec, 0.0) for row in rows}


def _numbered(part: int, near: Iterator[tuple[float, int]]) -> Iterator[tuple[float, int, int]]:
    return ((-cosine, part, at) for cosine, at in near)
