"""Copied passages: where two texts run along together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.profile import Hashes, ngrams

SEED = 3
"""Words that must agree in a row for a passage to be seen."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words ``a_start`` to ``a_end`` of the first text found again as ``b_start`` to ``b_end`` of the second."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def seeds(a: Hashes, b: Hashes, size: int = SEED) -> NDArray[np.intp]:
    """All pairs of positions (i, j) at which ``size`` words of both texts agree, shape (k, 2)."""
    grams_a, grams_b = ngrams(a, size), ngrams(b, size)
    order = np.argsort(grams_b, kind="stable")
    ordered = grams_b[order]
    low = np.searchsorted(ordered, grams_a, side="left")
    counts = np.searchsorted(ordered, grams_a, side="right") - low
    i = np.repeat(np.arange(len(grams_a)), counts)
    step = np.arange(len(i)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.stack([i, order[np.repeat(low, counts) + step]], axis=1)


def passages(a: Hashes, b: Hashes, *, size: int = SEED, slack: int = 3) -> list[Passage]:
    """Runs of words common to both texts, longest first, no word of the first used twice.

    Two runs at most ``slack`` words apart on both sides are one passage, so that a replaced word does not cut it.
    """
    pairs = seeds(a, b, size)
    if not len(pairs):
        return []
    diagonal = pairs[:, 0] - pairs[:, 1]
    pairs = pairs[np.lexsort((pairs[:, 0], diagonal))]
    diagonal = pairs[:, 0] - pairs[:, 1]
    breaks = np.flatnonzero((np.diff(diagonal) != 0) | (np.diff(pairs[:, 0]) > size + slack)) + 1
    runs = [
        Passage(int(run[0, 0]), int(run[-1, 0]) + size, int(run[0, 1]), int(run[-1, 1]) + size)
        for run in np.split(pairs, breaks)
    ]
    runs.sort(key=lambda run: (run.a_start - run.a_end, run.a_start, run.b_start))
    taken_a = np.zeros(len(a), dtype=bool)
    taken_b = np.zeros(len(b), dtype=bool)
    kept = []
    for run in runs:
        if not taken_a[run.a_start : run.a_end].any() and not taken_b[run.b_start : run.b_end].any():
            taken_a[run.a_start : run.a_end] = True
            taken_b[run.b_start : run.b_end] = True
            kept.append(run)
    return kept
