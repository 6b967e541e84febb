"""How one text sees vectors: the nearest of them, exactly, by bounds that leave most of them unread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from inedit.archive.neighbours import Vector
from inedit.archive.vector_blocks import SLACK, Keys, Positions, VectorBlock

HIGH = 0.8
"""From so much on a cosine is high: the first few numbers tell which vectors may have it."""

LEAST_BOUNDED = 4_096
"""A block of fewer vectors is read as a whole sooner than it is bounded."""

NOTHING = -2.0  # below every cosine
FIRST_LOOK = 32  # vectors that are looked at first


_FACTORS_AT_ONCE = 200_000
"""Numbers of a matrix from fewer of which BLAS asks no second thread: that one would spin for two milliseconds more."""


def products(rows: Vector, own: Vector) -> Vector:
    """The product of each row with a vector, on one thread."""
    at_once = max(_FACTORS_AT_ONCE // max(rows.shape[1], 1), 1)
    found = np.empty(len(rows), dtype=np.float32)
    for start in range(0, len(rows), at_once):
        np.matmul(rows[start : start + at_once], own, out=found[start : start + at_once])
    return found


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

    @classmethod
    def of(cls, block: VectorBlock, own: Vector, but: Sequence[int] = ()) -> Seen:
        """Those of a block."""
        bounded = block if len(block) >= LEAST_BOUNDED else None
        return cls(own, block.rows, block.scopes, block.campaigns, tuple(but), bounded)

    @cached_property
    def bounds(self) -> Vector:
        """None is nearer than its bound; those that are left out are at -inf."""
        bounds: Vector = (
            products(self.rows, self.own) + np.float32(SLACK)
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
        if self.block is None:
            here = self.scopes == scope
            of_campaign = here & (self.campaigns == campaign)
            return self._highest(of_campaign, sibling), self._highest(here & ~of_campaign, other)
        siblings = self._of_campaign(campaign)
        siblings = siblings[self.scopes[siblings] == scope]
        others = self._bounds_of(None if self._is_all(scope) else self.scopes == scope)
        if len(siblings):
            others[siblings] = -np.inf
            sibling = next(self._nearest(self.bounds[siblings], siblings, sibling), (sibling, 0))[0]
        return sibling, next(self._nearest(others, None, other), (other, 0))[0]

    def _highest(self, among: NDArray[np.bool_], least: float) -> float:
        """The highest cosine to some vectors, given that bounds are cosines but for rounding; ``least`` where that is
        higher."""
        places = np.flatnonzero(among)
        bounds = self.bounds[places]
        highest = np.fmax.reduce(bounds, initial=np.float32(NOTHING))  # a damaged vector is near nothing
        if highest < least or highest <= NOTHING:
            return least
        at = places[bounds >= highest - 2 * np.float32(SLACK)]
        return max(least, float(np.vecdot(self.rows[at], self.own).max()))

    def in_scope(self, scope: np.uint64, least: float) -> Iterator[tuple[float, int]]:
        """Cosine and position of the vectors of a scope with at least that cosine, the nearest first."""
        return self._near(None if self._is_all(scope) else self.scopes == scope, least)

    def elsewhere(self, scope: np.uint64, least: float) -> Iterator[tuple[float, int]]:
        """The same of those of other scopes."""
        return iter(()) if self._is_all(scope) else self._near(self.scopes != scope, least)

    def _is_all(self, scope: np.uint64) -> bool:
        """Whether it is known without a look that all are of a scope."""
        return self.block is not None and self.block.only_scope == scope

    def _of_campaign(self, campaign: np.uint64) -> Positions:
        return (
            np.flatnonzero(self.campaigns == campaign)
            if self.block is None
            else self.block.of_campaign(campaign)
        )

    def _bounds_of(self, among: NDArray[np.bool_] | None) -> Vector:
        """The bounds to be written to, those of some vectors (None: of all); at the others -inf."""
        return self.bounds.copy() if among is None else np.where(among, self.bounds, np.float32(-np.inf))

    def _near(self, among: NDArray[np.bool_] | None, least: float) -> Iterator[tuple[float, int]]:
        """Cosine and position of some vectors (None: of all) with at least that cosine, the nearest first."""
        if among is not None and not among.any():
            return iter(())
        if self.block is not None and least >= HIGH and "bounds" not in self.__dict__:
            some = self.block.may_reach(least, self.own, self._leading)
            some = np.setdiff1d(some if among is None else some[among[some]], self.but)
            bounds = self.block.bounds_at(some, self.own, self._leading)
            return self._nearest(bounds, some, least, closest=True)
        return self._nearest(self._bounds_of(among), None, least)

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
                left = -float(np.fmax.reduce(bounds, initial=-np.inf))
                while found and found[0][0] < left:  # all these are nearer than any that is left
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
