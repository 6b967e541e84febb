"""What the blocks of an index say of pieces (:mod:`inedit.archive.block_files`), held against the database that they
came from, and how they are put together."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from filelock import Timeout
from numpy.typing import NDArray
from sqlalchemy import Select

from inedit.archive.block_files import Arrays, BlockFiles, StoredBlock
from inedit.guard.similarity.postings import FAN
from inedit.store import Store

log = logging.getLogger(__name__)

LEAST_KEPT = 500
"""A block is begun when so many texts are in none: who opens the archive next reads fewer than that."""

KEPT_SHARE = 50
"""A large archive begins one when a fiftieth of it is in none: others read it again then."""

MOST_IN_BLOCK = 50_000
"""Blocks of more texts are merged no more: merging takes memory, some 4 kB for a text and its vector."""


def mark_of(id: str, created_at: str) -> int:
    """By which a piece is known again: a database that was put back may give its number to another one."""
    return zlib.crc32(f"{id} {created_at}".encode())


@dataclass(frozen=True, slots=True)
class Difference:
    """What has changed since blocks were made: the places in them of pieces that do not stand any more, and the
    numbers of pieces that stand and are in none."""

    gone: NDArray[np.intp]
    missing: list[int]


def difference(
    store: Store, standing: Select[Any], where: Mapping[str, Any], blocks: Sequence[Arrays]
) -> Difference | None:
    """How the pieces that stand differ from the blocks; None when these are of other pieces, or of many that are gone.

    ``standing`` selects number, id and moment of all that are wanted, up to ``last``, in order. A source of 0 or less
    is no piece's.
    """
    sources: NDArray[np.int64] = np.concatenate([block["sources"] for block in blocks])
    marks: NDArray[np.uint32] = np.concatenate([block["marks"] for block in blocks])
    with store.read() as connection:
        rows = connection.execute(standing, {**where, "last": int(sources.max(initial=0))}).all()
    seqs = np.array([row[0] for row in rows], dtype=np.int64)
    now = np.array([mark_of(row[1], row[2]) for row in rows], dtype=np.uint32)
    at = np.minimum(seqs.searchsorted(sources), max(len(seqs) - 1, 0))
    there = seqs[at] == sources if len(seqs) else np.zeros(len(sources), dtype=bool)
    if (now[at[there]] != marks[there]).any():
        return None
    gone = np.flatnonzero(~there & (sources > 0))
    if len(gone) > len(sources) // 4:
        return None
    return Difference(gone, np.setdiff1d(seqs, sources[there]).tolist())


def is_due(added: int, kept: int) -> bool:
    """Whether so many texts that are in no block should be kept, beside those that are in one."""
    return added >= max(LEAST_KEPT, kept // KEPT_SHARE)


@dataclass(slots=True)
class BlockStore:
    """The blocks of one index in its folder, and whether the disk takes them."""

    files: BlockFiles | None
    merged: Callable[[Sequence[Arrays]], Arrays]
    kept: list[StoredBlock]

    def keep(self, fresh: Callable[[], Arrays]) -> bool | None:
        """Put a block behind the others; its arrays are made when it is this process's turn.

        None when it cannot be kept now, and False when another process has kept others, or somebody was forgotten: then
        what is in memory is to be read again.
        """
        if self.files is None:
            return None
        try:
            kept = self.files.save(lambda: _put_together(self.kept, fresh(), self.merged))
        except Timeout:
            return None
        except (OSError, NotImplementedError) as error:  # the latter where files cannot be locked
            log.warning("The index cannot be kept in %s: %s", self.files.folder, error)
            self.files = None
            return None
        if kept is None:
            return False
        self.kept = kept
        return True


def _put_together(
    kept: Sequence[StoredBlock], fresh: Arrays, merged: Callable[[Sequence[Arrays]], Arrays]
) -> list[StoredBlock | Arrays]:
    """The blocks with one more; from the last ones on, those of like size are one."""
    joined, size, first = [fresh], _size(fresh), len(kept)
    while first and _size(kept[first - 1].arrays) < min(FAN * size, MOST_IN_BLOCK - size):
        first -= 1
        joined.insert(0, kept[first].arrays)
        size += _size(kept[first].arrays)
    return [*kept[:first], merged(joined) if len(joined) > 1 else fresh]


def _size(arrays: Arrays) -> int:
    found: Any = arrays["sources"]
    return len(found)
