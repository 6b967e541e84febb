"""Runs of words that are taken out of texts: which texts have any, and what they leave."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inedit.brand.caching import by_identity
from inedit.guard.similarity.shingles import RUN_WORDS, ngrams
from inedit.guard.similarity.words import Hashes, distinct, found_in


def outside(words: Hashes, runs: Hashes, taken_out: Hashes) -> NDArray[np.bool_]:
    """Which words are in none of the runs to take out; ``runs`` are the words' own, in their order."""
    left = np.ones(len(words), dtype=bool)
    at = np.flatnonzero(found_in(runs, taken_out))
    for offset in range(RUN_WORDS):
        left[at + offset] = False
    return left


def holding(texts: Sequence[Hashes], runs: Hashes, size: int = RUN_WORDS) -> frozenset[int]:
    """The numbers of the texts, given by their words, that have one of some runs of so many words, which are sorted."""
    words, ends = np.concatenate(texts) if texts else runs[:0], np.cumsum([len(text) for text in texts])
    found = np.flatnonzero(found_in(ngrams(words, size), runs))
    owners = ends.searchsorted(found, "right")
    whole = found + size <= ends[owners]  # not from the end of one into the next
    return frozenset(owners[whole].tolist())


_FEW_RUNS = 32
"""So few are soon put into a set; more are what a brand or a brief supplies, and come again with each draft."""


def set_of(runs: Hashes) -> frozenset[int]:
    """Some runs as a set."""
    return _kept_set_of(runs) if len(runs) > _FEW_RUNS else frozenset(runs.tolist())


@by_identity(64)
def _kept_set_of(runs: Hashes) -> frozenset[int]:
    return frozenset(runs.tolist())


@by_identity(64)
def united(runs: Hashes, others: Hashes) -> Hashes:
    """Both, sorted and distinct: one array for the same two."""
    return distinct(np.concatenate([runs, others]))
