"""Vectors that change no more, as plain arrays, and the nearest of them, exactly, without looking at most of each.

Unit vectors are turned so that their first numbers say most (principal components). What the rest can add to a cosine
is at most the product of its two lengths (Cauchy and Schwarz): whose bound is below what was found is not looked at.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from heapq import heappop, heappush
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from inedit.archive.neighbours import Vector

Keys = NDArray[np.uint64]

LEADING = 128
"""So many numbers of a turned vector are looked at for a bound. Of 512 that lets some 1 in 100 through; 64 let through
1 in 4 of texts that are alike in kind, and take a third of the time."""

SAMPLE = 4_096  # vectors that tell how to turn all
SLACK = 1e-4  # for what rounding may take from a bound
FIRST_LOOK = 256  # vectors that are looked at first


def key_of(name: str) -> int:
    """A scope or campaign as a number."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest())


@dataclass(frozen=True, slots=True, eq=False)
class VectorBlock:
    """The unit vectors of n pieces, of d numbers each."""

    sources: NDArray[np.int64]  # (n,): the numbers of the pieces in the archive
    marks: NDArray[np.uint32]  # (n,): see stored_blocks.mark_of
    ids: NDArray[np.bytes_]  # (n,)
    ids_order: NDArray[np.int32]  # (n,): puts ``ids`` in order
    scopes: Keys  # (n,)
    campaigns: Keys  # (n,)
    rows: Vector  # (n, d)
    turn: Vector  # (d, h)
    leading: Vector  # (n, h): rows @ turn
    rest: Vector  # (n,): the length of what that leaves out

    def __len__(self) -> int:
        return len(self.sources)

    @classmethod
    def of(
        cls, sources: Sequence[int], marks: Sequence[int], ids: Sequence[str], scopes: Keys, campaigns: Keys,
        rows: Vector,
    ) -> Self:  # fmt: skip
        """A block of these pieces."""
        names = np.array([id.encode() for id in ids], dtype=np.bytes_)
        return cls._of(
            np.array(sources, dtype=np.int64),
            np.array(marks, dtype=np.uint32),
            names,
            scopes,
            campaigns,
            rows,
        )

    @classmethod
    def merged(cls, blocks: Sequence[Self]) -> Self:
        """Several blocks as one, in which the pieces of the first come first."""
        names = ("sources", "marks", "ids", "scopes", "campaigns", "rows")
        return cls._of(*(np.concatenate([getattr(block, name) for block in blocks]) for name in names))

    @classmethod
    def _of(cls, sources: Any, marks: Any, ids: Any, scopes: Keys, campaigns: Keys, rows: Vector) -> Self:
        sample = rows[:: -(-len(rows) // SAMPLE)].astype(np.float64)
        turn = np.linalg.eigh(sample.T @ sample)[1][:, ::-1][:, :LEADING].astype(np.float32)
        leading = rows @ turn
        squares = np.einsum("ij,ij->i", rows, rows) - np.einsum("ij,ij->i", leading, leading)
        return cls(
            sources,
            marks,
            ids,
            np.argsort(ids, kind="stable").astype(np.int32),
            scopes,
            campaigns,
            rows,
            np.ascontiguousarray(turn),
            np.ascontiguousarray(leading),
            np.sqrt(np.maximum(squares, 0.0), dtype=np.float32),
        )

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it, by name: ``VectorBlock(**block.arrays)`` is the same block."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def bounds(self, own: Vector) -> Vector:
        """No cosine to a unit vector is higher."""
        leading = own @ self.turn
        rest = float(np.sqrt(max(0.0, float(own @ own - leading @ leading))))
        bounds: Vector = self.leading @ leading
        bounds += self.rest * np.float32(rest) + np.float32(SLACK)
        return bounds

    def position_of(self, id: str) -> int | None:
        """The last of the places of a piece."""
        wanted = id.encode()
        at = bisect_left(self.ids_order, True, key=lambda place: bool(self.ids[place] > wanted)) - 1
        return int(self.ids_order[at]) if at >= 0 and self.ids[self.ids_order[at]] == wanted else None


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Some vectors as one text sees them; none is nearer than its bound, and -inf means that it is not seen."""

    own: Vector
    rows: Vector
    bounds: Vector
    scopes: Keys
    campaigns: Keys

    def nearest(self, among: NDArray[np.bool_], least: float = -np.inf) -> Iterator[tuple[float, int]]:
        """Cosine and position of some vectors with at least that cosine, the nearest first."""
        left = np.flatnonzero(among & (self.bounds >= max(least, -2.0)))
        found: list[tuple[float, int]] = []
        size = FIRST_LOOK
        while len(left):
            now, left = self._highest(left, size)
            for cosine, position in zip((self.rows[now] @ self.own).tolist(), now.tolist(), strict=True):
                if cosine >= least:
                    heappush(found, (-cosine, position))
            highest = float(self.bounds[left].max(initial=-np.inf))
            while found and -found[0][0] >= highest:
                cosine, position = heappop(found)
                yield -cosine, position
            size *= 4

    def _highest(self, places: NDArray[np.intp], size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The places with the highest bounds, in their order, and all others."""
        if len(places) <= size:
            return places, places[:0]
        parted = np.argpartition(-self.bounds[places], size)
        return places[np.sort(parted[:size])], places[parted[size:]]
