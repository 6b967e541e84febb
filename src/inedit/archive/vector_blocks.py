"""Vectors that change no more, as plain arrays, and the nearest of them, exactly, without looking at most of each.

Unit vectors are turned so that their first numbers say most (principal components). What the rest can add to a cosine
is at most the product of its two lengths (Cauchy and Schwarz): whose bound is below what was found is not looked at.
The foremost numbers bound all, the leading ones what this leaves, and the whole vector is for the few that remain.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from heapq import heappop, heappush
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from inedit.archive.neighbours import Vector

Keys = NDArray[np.uint64]
Positions = NDArray[np.intp]

FOREMOST = 80
LEADING = 128
"""So many numbers of a turned vector are looked at for a bound: the foremost of all vectors, which lets through 1 in 50
of texts that are alike in kind; the others of what is left."""

HEAD, HIGH = 16, 0.8
"""Whether a vector may have a high cosine, from so much on, is told by so many of its first numbers."""

SAMPLE = 4_096  # vectors that tell how to turn all
SLACK = 1e-4  # for what rounding may take from a bound
NOTHING = -2.0  # below every cosine
FIRST_LOOK = 32  # vectors that are looked at first


def key_of(name: str) -> int:
    """A scope or campaign as a number."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest())


@dataclass(frozen=True, eq=False)
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
    foremost: Vector  # (n, f): the first numbers of rows @ turn
    following: Vector  # (n, h - f): the other ones
    beyond: Vector  # (n,): the length of what ``foremost`` leaves out
    rest: Vector  # (n,): the length of what both leave out

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
        foremost, following = leading[:, :FOREMOST], leading[:, FOREMOST:]
        beyond = np.einsum("ij,ij->i", rows, rows) - np.einsum("ij,ij->i", foremost, foremost)
        rest = beyond - np.einsum("ij,ij->i", following, following)
        return cls(
            sources,
            marks,
            ids,
            np.argsort(ids, kind="stable").astype(np.int32),
            scopes,
            campaigns,
            rows,
            np.ascontiguousarray(turn),
            np.ascontiguousarray(foremost),
            np.ascontiguousarray(following),
            np.sqrt(np.maximum(beyond, 0.0), dtype=np.float32),
            np.sqrt(np.maximum(rest, 0.0), dtype=np.float32),
        )

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it, by name: ``VectorBlock(**block.arrays)`` is the same block."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def seen(self, own: Vector, but: Sequence[int] = ()) -> Seen:
        """The vectors as a unit vector sees them, less those at some places."""
        return Seen(own, self.rows, self.scopes, self.campaigns, tuple(but), self)

    def bounds(self, own: Vector, leading: Vector) -> Vector:
        """Of all, no cosine to a unit vector is higher; ``leading`` is ``own`` turned."""
        foremost = leading[: self.foremost.shape[1]]
        bounds: Vector = self.foremost @ foremost
        bounds += self.beyond * _left(own, foremost)
        bounds += np.float32(SLACK)
        return bounds

    def may_reach(self, least: float, own: Vector, leading: Vector) -> Positions:
        """The places of all that may have at least some high cosine, by their first numbers: most have not."""
        head = leading[:HEAD]
        bounds: Vector = self.foremost[:, :HEAD] @ head
        bounds += self._beyond_head * _left(own, head)
        return np.flatnonzero(bounds >= least - SLACK)

    @cached_property
    def _beyond_head(self) -> Vector:
        other = self.foremost[:, HEAD:]
        beyond: Vector = np.sqrt(self.beyond**2 + np.einsum("ij,ij->i", other, other), dtype=np.float32)
        return beyond

    def bounds_at(self, places: Positions, own: Vector, leading: Vector) -> Vector:
        """Of a few, no cosine to a unit vector is higher; ``leading`` is ``own`` turned."""
        width = self.foremost.shape[1]
        bounds: Vector = self.foremost[places] @ leading[:width]
        bounds += self.following[places] @ leading[width:]
        bounds += self.rest[places] * _left(own, leading)
        bounds += np.float32(SLACK)
        return bounds

    def closer(self, places: Positions, bounds: Vector, own: Vector, leading: Vector) -> Vector:
        """The same as :meth:`bounds_at`, given what :meth:`bounds` has of these places: the foremost numbers, most of
        what there is to read, are not read again."""
        width = self.foremost.shape[1]
        foremost = bounds - self.beyond[places] * _left(own, leading[:width])
        closer: Vector = foremost + self.following[places] @ leading[width:]
        closer += self.rest[places] * _left(own, leading)
        return closer

    def position_of(self, id: str) -> int | None:
        """The last of the places of a piece."""
        wanted = id.encode()
        at = bisect_left(self.ids_order, True, key=lambda place: bool(self.ids[place] > wanted)) - 1
        return int(self.ids_order[at]) if at >= 0 and self.ids[self.ids_order[at]] == wanted else None


def _left(own: Vector, leading: Vector) -> np.float32:
    """The length of what some leading numbers of a turned vector leave out of it."""
    return np.float32(np.sqrt(max(0.0, float(own @ own - leading @ leading))))


@dataclass(frozen=True, eq=False)
class Seen:
    """Some vectors as one text sees them, less those at the places ``but``. What it takes to look at them is worked
    out when they are first looked at: most drafts that say what another text says are refused before that."""

    own: Vector
    rows: Vector
    scopes: Keys
    campaigns: Keys
    but: Sequence[int] = ()
    block: VectorBlock | None = None

    @cached_property
    def bounds(self) -> Vector:
        """None is nearer than its bound; those that are left out are at -inf."""
        bounds: Vector = (
            self.rows @ self.own + np.float32(SLACK)
            if self.block is None
            else self.block.bounds(self.own, self._leading)
        )
        bounds[list(self.but)] = -np.inf
        return bounds

    @cached_property
    def _leading(self) -> Vector:
        leading: Vector = self.own @ self.block.turn if self.block is not None else self.own
        return leading

    def best(
        self, scope: np.uint64, campaign: np.uint64, sibling: float, other: float
    ) -> tuple[float, float]:
        """The highest cosine in a scope: to a piece of the campaign, and to one of any other; what was given where none
        is higher."""
        here = self.scopes == scope
        siblings = np.flatnonzero(here & (self.campaigns == campaign))
        others = self.bounds.copy() if here.all() else np.where(here, self.bounds, np.float32(-np.inf))
        others[siblings] = -np.inf
        of_siblings = self._nearest(self.bounds[siblings], siblings, sibling)
        return next(of_siblings, (sibling, 0))[0], next(self._nearest(others, None, other), (other, 0))[0]

    def near(self, among: NDArray[np.bool_], least: float) -> Iterator[tuple[float, int]]:
        """Cosine and position of some vectors with at least that cosine, the nearest first."""
        if not among.any():
            return iter(())
        if self.block is not None and least >= HIGH and "bounds" not in self.__dict__:
            some = self.block.may_reach(least, self.own, self._leading)
            some = np.setdiff1d(some[among[some]], self.but)
            bounds = self.block.bounds_at(some, self.own, self._leading)
            return self._nearest(bounds, some, least, closest=True)
        return self._nearest(np.where(among, self.bounds, np.float32(-np.inf)), None, least)

    def _nearest(
        self, bounds: Vector, places: Positions | None, least: float, *, closest: bool = False
    ) -> Iterator[tuple[float, int]]:
        """Cosine and position of the vectors at some places, or of all, given their bounds, which are written to.
        ``closest`` tells that there are no closer ones."""
        found: list[tuple[float, int]] = []
        size, closer = FIRST_LOOK, None if closest or len(bounds) <= FIRST_LOOK else self.block
        now = _some_high(bounds, size)
        now = now[bounds[now] >= least]
        while True:
            if len(now):
                at = now if places is None else places[now]
                # not a matrix product, whose last bit depends on what else is looked at
                cosines = np.vecdot(self.rows[at], self.own).tolist()
                for cosine, position in zip(cosines, at.tolist(), strict=True):
                    if cosine >= least:
                        heappush(found, (-cosine, position))
                bounds[now] = -np.inf
                size *= 4
            elif found:
                cosine, position = heappop(found)
                yield -cosine, position
            else:
                return
            floor = -found[0][0] if found else least
            now = np.flatnonzero(bounds >= floor)
            if closer is not None and len(now):
                at = now if places is None else places[now]
                bounds[now] = closer.closer(at, bounds[now], self.own, self._leading)
                now, closer = now[bounds[now] >= floor], None
            if len(now) > size:
                now = np.sort(now[np.argpartition(-bounds[now], size)[:size]])


def _some_high(bounds: Vector, size: int) -> Positions:
    """Places of high bounds, about so many, the highest among them: the highest of runs of places."""
    run = max(1, len(bounds) // (8 * size))
    whole = bounds[: len(bounds) // run * run].reshape(-1, run)
    highest = np.append(
        whole.argmax(axis=1) + np.arange(len(whole)) * run, np.arange(whole.size, len(bounds))
    )
    if len(highest) <= size:
        return highest
    return np.sort(highest[np.argpartition(-bounds[highest], size)[:size]])
