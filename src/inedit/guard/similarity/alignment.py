"""Copied passages: where two texts run along together, word for word or with words exchanged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.profile import Weights
from inedit.guard.similarity.words import LONG, MIDDLE, NUMBER, SMALL, Hashes, Positions, kinds

REACH = 5
"""Agreeing words further apart than this do not belong to one passage."""

GAP_COST = 0.25
"""What each word that differs inside a passage takes from its weight."""

MINIMUM = 2.0
"""Passages that weigh less are chance."""

MOST = 60
"""No more passages than this are looked at, heaviest first."""

MOST_AGREEMENTS = 4_000_000
"""Of texts that agree in more places, as only very long or looping ones do, the words that agree most often count once
each time they stand: the first with the first, the second with the second."""

_TELLS = np.zeros(4)
_TELLS[[LONG, MIDDLE, SMALL, NUMBER]] = 1.0, 0.8, 0.5, 0.5


def informativeness(words: Hashes) -> Weights:
    """How much it says that a word agrees: 0.5 for function words and numbers, 0.8 up to five letters, else 1."""
    return _TELLS[kinds(words)]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words ``a_start`` to ``a_end`` of one text, found again as ``b_start`` to ``b_end`` of the other.

    ``weight`` is the sum of what its agreeing words say, less the gaps.
    """

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    weight: float


def _agreements(a: Hashes, b: Hashes) -> tuple[Positions, Positions]:
    """All places (i, j) at which a word of ``a`` is a word of ``b``, along the diagonals i - j."""
    order = b.argsort(kind="stable")
    ordered = b[order]
    low = ordered.searchsorted(a, "left")
    counts = ordered.searchsorted(a, "right") - low
    if counts.sum() > MOST_AGREEMENTS:
        crowded, turn = _crowded(a, counts), _turns(a)
        low = np.where(crowded, low + turn, low)
        counts = np.where(crowded, turn < counts, counts)
    i = np.arange(len(a)).repeat(counts)
    j = order[np.arange(len(i)) + (low - counts.cumsum() + counts).repeat(counts)]
    along = ((i - j) * len(a) + i).argsort()
    return i[along], j[along]


def _crowded(a: Hashes, counts: Positions) -> NDArray[np.bool_]:
    """The places in ``a`` of the words that agree so often that the others alone may keep all their agreements.

    ``counts`` are the places of each word in the other text, so that swapping the two texts changes nothing.
    """
    words, first, which = np.unique(a, return_index=True, return_inverse=True)
    agreeing = np.bincount(which) * counts[first]
    order = np.lexsort((words, agreeing))
    crowded = np.empty(len(words), dtype=bool)
    crowded[order] = agreeing[order].cumsum() > MOST_AGREEMENTS
    return crowded[which]


def _turns(words: Hashes) -> Positions:
    """How often each word stood before."""
    order = words.argsort(kind="stable")
    ordered = words[order]
    first = ordered.searchsorted(ordered, "left")
    turns = np.empty(len(words), dtype=np.intp)
    turns[order] = np.arange(len(words)) - first
    return turns


def align(a: Hashes, b: Hashes, weight_a: Weights, weight_b: Weights) -> list[Passage]:
    """The passages that two texts share, heaviest first, no word in two of them.

    Ungapped local alignment as BLAST does it (Altschul et al. 1990): runs of agreements along one diagonal, each
    agreement adding the geometric mean of its two words' weights, each word in between costing :data:`GAP_COST`.
    """
    i, j = _agreements(a, b)
    if not len(i):
        return []
    diagonals, steps = i - j, i[1:] - i[:-1]
    breaks = ((diagonals[1:] != diagonals[:-1]) | (steps > REACH)).nonzero()[0] + 1
    starts, ends = np.append(0, breaks), np.append(breaks, len(i)) - 1
    gains = np.sqrt(weight_a[i] * weight_b[j])
    steps[breaks - 1] = 1
    gains[1:] -= GAP_COST * (steps - 1)
    weights = np.add.reduceat(gains, starts)
    heavy = (weights >= MINIMUM).nonzero()[0]
    first, last = starts[heavy], ends[heavy]
    runs = [
        Passage(*run)
        for run in zip(
            i[first].tolist(),
            (i[last] + 1).tolist(),
            j[first].tolist(),
            (j[last] + 1).tolist(),
            weights[heavy].tolist(),
            strict=True,
        )
    ]
    # Ties are broken by the texts' own words, so that swapping the two texts changes nothing.
    runs.sort(key=lambda run: (-round(run.weight, 6), run.a_start + run.b_start))
    taken_a, taken_b = bytearray(len(a)), bytearray(len(b))
    found = []
    for run in runs[:MOST]:
        mine, theirs = slice(run.a_start, run.a_end), slice(run.b_start, run.b_end)
        if any(taken_a[mine]) or any(taken_b[theirs]):
            continue
        taken_a[mine] = taken_b[theirs] = b"\x01" * (run.a_end - run.a_start)
        found.append(run)
    return found
