"""Vectors that change no more, as plain arrays, and the nearest of them, exactly, without looking at most of each.

Unit vectors are turned so that their first numbers say most (principal components). What the rest can add to a cosine
is at most the product of its two lengths (Cauchy and Schwarz): whose bound is below what was found is not looked at.
The foremost numbers bound all, the leading ones what this leaves, and the whole vector is for the few that remain. Of
the foremost a byte each is kept, as to read them is what takes the time; what rounding took is bounded as the rest is.
"""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from inedit.archive.neighbours import Vector

Keys = NDArray[np.uint64]
Positions = NDArray[np.intp]
Bytes = NDArray[np.int8]

FOREMOST = 80
LEADING = 128
"""So many numbers of a turned vector are looked at for a bound: the foremost of all vectors, which lets through 1 in 50
of texts that are alike in kind; the others of what is left."""

HEAD = 16
"""Whether a vector may have a high cosine is told by so many of its first numbers."""

MOST = 127  # what the largest number of all in a place is rounded to
AT_ONCE = 1 << 17  # bytes that are made numbers of at once: what fits in a processor's own memory

SAMPLE = 4_096  # vectors that tell how to turn all
SLACK = 1e-4  # for what rounding may take from a bound


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
    campaigns_order: NDArray[np.int32]  # (n,): puts ``campaigns`` in order, the pieces of one as they came
    rows: Vector  # (n, d)
    turn: Vector  # (d, h)
    steps: Vector  # (f,): how much 1 stands for in each place of ``head`` and ``foremost``
    head: Bytes  # (n, k): the first numbers of rows @ turn
    foremost: Bytes  # (n, f - k): the next ones
    following: Vector  # (n, h - f): the other ones
    beyond_head: Vector  # (n,): the length of what ``head`` leaves out
    beyond: Vector  # (n,): the length of what ``foremost`` leaves out, too
    rest: Vector  # (n,): the length of what all leave out
    rounded: Vector  # (2,): the greatest length that rounding took from any ``head``, and from that and ``foremost``

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
        head = foremost[:, :HEAD]
        steps = np.maximum(np.abs(foremost).max(axis=0), np.float32(SLACK)) / np.float32(MOST)
        told = np.rint(foremost / steps)
        lost = foremost - told * steps
        whole, of_head = _squares(rows), _squares(head)
        beyond = whole - _squares(foremost)
        rest = beyond - _squares(following)
        greatest = [math.sqrt(_squares(part).max(initial=0.0)) for part in (lost[:, :HEAD], lost)]
        return cls(
            sources,
            marks,
            ids,
            np.argsort(ids, kind="stable").astype(np.int32),
            scopes,
            campaigns,
            np.argsort(campaigns, kind="stable").astype(np.int32),
            rows,
            np.ascontiguousarray(turn),
            steps,
            np.ascontiguousarray(told[:, :HEAD], dtype=np.int8),
            np.ascontiguousarray(told[:, HEAD:], dtype=np.int8),
            np.ascontiguousarray(following),
            np.sqrt(np.maximum(whole - of_head, 0.0), dtype=np.float32),
            np.sqrt(np.maximum(beyond, 0.0), dtype=np.float32),
            np.sqrt(np.maximum(rest, 0.0), dtype=np.float32),
            np.array(greatest, dtype=np.float32),
        )

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it, by name: ``VectorBlock(**block.arrays)`` is the same block."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def bounds(self, own: Vector, leading: Vector) -> Vector:
        """Of all, no cosine to a unit vector is higher; ``leading`` is ``own`` turned."""
        first, width = self.head.shape[1], len(self.steps)
        weights = leading[:width] * self.steps
        bounds = _products(self.head, weights[:first])
        bounds += _products(self.foremost, weights[first:])
        bounds += self.beyond * _left(own, leading[:width])
        bounds += self._rounded(leading[:width])
        return bounds

    def may_reach(self, least: float, own: Vector, leading: Vector) -> Positions:
        """The places of all that may have at least some high cosine, by their first numbers: most have not."""
        head = leading[: self.head.shape[1]]
        bounds = _products(self.head, head * self.steps[: len(head)])
        bounds += self.beyond_head * _left(own, head)
        return np.flatnonzero(bounds >= least - self._rounded(head))

    def bounds_at(self, places: Positions, own: Vector, leading: Vector) -> Vector:
        """Of a few, no cosine to a unit vector is higher; ``leading`` is ``own`` turned."""
        first, width = self.head.shape[1], len(self.steps)
        weights = leading[:width] * self.steps
        bounds: Vector = self.head[places] @ weights[:first]
        bounds += self.foremost[places] @ weights[first:]
        bounds += self.following[places] @ leading[width:]
        bounds += self.rest[places] * _left(own, leading)
        bounds += self._rounded(leading[:width])
        return bounds

    def closer(self, places: Positions, bounds: Vector, own: Vector, leading: Vector) -> Vector:
        """The same as :meth:`bounds_at`, given what :meth:`bounds` has of these places: the foremost numbers, most of
        what there is to read, are not read again."""
        width = len(self.steps)
        foremost = bounds - self.beyond[places] * _left(own, leading[:width])
        closer: Vector = foremost + self.following[places] @ leading[width:]
        closer += self.rest[places] * _left(own, leading)
        return closer

    def _rounded(self, leading: Vector) -> np.float32:
        """What rounding may have taken from a cosine by so many leading numbers: of the vectors here, and of sums."""
        of_head = len(leading) <= self.head.shape[1]
        lost = self.rounded[0 if of_head else 1] * math.sqrt(float(leading @ leading))
        return np.float32(lost + SLACK)

    def position_of(self, id: str) -> int | None:
        """The last of the places of a piece."""
        places = _run(self.ids, self.ids_order, id.encode())
        return int(places[-1]) if len(places) else None

    def of_campaign(self, campaign: np.uint64) -> Positions:
        """The places of the pieces of a campaign, as they came."""
        return _run(self.campaigns, self.campaigns_order, campaign).astype(np.intp)

    @cached_property
    def only_scope(self) -> np.uint64 | None:
        """The scope that all pieces are of; None where there are several."""
        return self.scopes[0] if len(self) and (self.scopes == self.scopes[0]).all() else None


def _run(values: NDArray[Any], order: NDArray[np.int32], wanted: Any) -> NDArray[np.int32]:
    """Where some values, given with their order, are ``wanted``: a few are looked at, where NumPy's own search would
    copy the order first."""
    first = bisect_left(order, wanted, key=values.__getitem__)
    return order[first : bisect_right(order, wanted, lo=first, key=values.__getitem__)]


def _products(numbers: Bytes, weights: Vector) -> Vector:
    """``numbers @ weights``, a part after the other."""
    products, size = np.empty(len(numbers), dtype=np.float32), AT_ONCE // max(1, len(weights))
    part = np.empty((min(size, len(numbers)), len(weights)), dtype=np.float32)
    for start in range(0, len(numbers), size):
        some = numbers[start : start + size]
        np.copyto(part[: len(some)], some)
        np.dot(part[: len(some)], weights, out=products[start : start + size])
    return products


def _squares(rows: Vector) -> Vector:
    """The sum of the squares of each row."""
    sums: Vector = np.einsum("ij,ij->i", rows, rows)
    return sums


def _left(own: Vector, leading: Vector) -> np.float32:
    """The length of what some leading numbers of a turned vector leave out of it."""
    return np.float32(math.sqrt(max(0.0, float(own @ own - leading @ leading))))
