"""Which of many texts may be copies of one: the signals of a cold start, worked out roughly for all of them at once.

A search passes on some dozens of texts, nearly all of them honest. To judge each by itself takes a few tenths of a
millisecond; here only those are kept that the decision might still call copies. What two texts open with is left in:
taking it out makes them less alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.alignment import GAP_COST, REACH, informativeness
from inedit.guard.similarity.calibration import FEWEST_WORDS, Regime, regime_for
from inedit.guard.similarity.profile import Profile, single_words
from inedit.guard.similarity.shingles import MOULD_WORDS, blanked, mix_frames, ngrams
from inedit.guard.similarity.signals import CHANCE, FULL, STEADY, share_in_order
from inedit.guard.similarity.words import SMALL, Hashes, Places, found_in, kinds

Numbers = NDArray[np.float64]

BOUNDED = frozenset({"frame", "mould", "passages", "sequence", "common order"})
"""Texts are kept whose calibration weighs another signal."""

_OWNER = np.uint64(0xFFFF)
"""The bits of a shingle that make room for the number of its text."""

MOST = 0x10000
"""So many texts at a time, at most: their numbers fit into :data:`_OWNER`."""


def may_copy(draft: Profile, texts: Sequence[Hashes], language: str) -> list[int]:
    """The numbers of the texts, in their order, that a cold start might call copies of the draft.

    ``texts`` are the words of each as :class:`Profile` keeps them, at most :data:`MOST` texts.
    """
    if not texts:
        return []
    pile = _Pile.of(texts)
    shorter = np.minimum(pile.lengths, len(draft)).tolist()
    regimes = {
        words: regime_for(language=language, words=words, siblings=False)
        for words in set(shorter)
        if words >= FEWEST_WORDS
    }
    bounded = {words: regime for words, regime in regimes.items() if BOUNDED.issuperset(regime.weights)}
    signals = pile.signals(draft) if bounded else {}
    without_order = {regime.name: _total(regime, signals) for regime in bounded.values()}
    return [
        number
        for number, words in enumerate(shorter)
        if words not in bounded
        or _may_be(bounded[words], without_order[bounded[words].name][number], draft, texts[number])
    ]


def _total(regime: Regime, signals: Mapping[str, Numbers]) -> list[float]:
    """The :meth:`Regime.total` of each text, as far as these signals go."""
    weighed = [regime.weights[name] * values for name, values in signals.items() if name in regime.weights]
    total: list[float] = (regime.bias + np.sum(weighed, axis=0)).tolist()
    return total


def _may_be(regime: Regime, without_order: float, draft: Profile, words: Hashes) -> bool:
    """Whether one text may be a copy; its words in order are looked at only when all else leaves it open."""
    missing = regime.least_total - without_order
    order = regime.weights.get("common order", 0.0)
    return order >= missing and order * share_in_order(draft.single_words, single_words(words)) >= missing


@dataclass(frozen=True, slots=True)
class _Pile:
    """The words of all texts, one text after the other, and for each word the number of its text."""

    words: Hashes
    owners: Places
    lengths: Places

    @classmethod
    def of(cls, texts: Sequence[Hashes]) -> _Pile:
        lengths = np.array([len(words) for words in texts])
        return cls(np.concatenate(texts), np.repeat(np.arange(len(texts)), lengths), lengths)

    def signals(self, draft: Profile) -> dict[str, Numbers]:
        """The signals of each text beside the draft: at most so much, or exactly."""
        small = np.flatnonzero(kinds(self.words) == SMALL)
        frames = mix_frames(self.words[small], np.diff(small)) if len(small) > 2 else self.words[:0]
        moulds = ngrams(blanked(self.words), MOULD_WORDS)
        first = np.arange(len(moulds))
        agreeing, weight = self._agreements(draft.words)
        return {
            "frame": self._contained(frames, small[: len(frames)], small[2:], draft.frames),
            "mould": self._contained(moulds, first, first + MOULD_WORDS - 1, draft.moulds),
            "passages": np.minimum(1.0, np.log1p(weight) / np.log1p(FULL)),
            "sequence": np.maximum(0.0, 4.0 * agreeing / (self.lengths + len(draft)) - 1.0),
        }

    def _sum(self, owners: Places, values: Numbers | None = None) -> Numbers:
        """The sum of some values of each text, or how many there are."""
        return np.bincount(owners, values, minlength=len(self.lengths)).astype(np.float64)

    def _contained(self, shingles: Hashes, first: Places, last: Places, mine: Hashes) -> Numbers:
        """Containment (see ``signals``), given each shingle's first and last word and the draft's distinct shingles."""
        owners = self.owners[first]
        whole = owners == self.owners[last]
        tagged = np.sort((shingles[whole] & ~_OWNER) | owners[whole].astype(np.uint64))
        once = np.ones(len(tagged), dtype=bool)
        np.not_equal(tagged[1:], tagged[:-1], out=once[1:])
        owners = (tagged[once] & _OWNER).astype(np.intp)
        shared = owners[found_in(tagged[once] & ~_OWNER, mine & ~_OWNER)]
        return self._sum(shared) / (np.minimum(len(mine), self._sum(owners)) + STEADY)

    def _agreements(self, mine: Hashes) -> tuple[Numbers, Numbers]:
        """Of each text: the words that the draft has too; the weight of the passages, overlapping ones included.

        As :func:`inedit.guard.similarity.alignment.align` does it, for all texts at once.
        """
        order = np.argsort(mine, kind="stable")
        ordered = mine[order]
        known = np.flatnonzero(found_in(self.words, ordered))
        low = ordered.searchsorted(self.words[known], "left")
        counts = ordered.searchsorted(self.words[known], "right") - low
        j = np.repeat(known, counts)
        i = order[np.arange(len(j)) + np.repeat(low - np.cumsum(counts) + counts, counts)]
        agreeing = np.minimum(self._sum(self.owners[known]), len(mine))
        diagonals = j - i + self.owners[j] * len(mine)  # so that no two texts have one in common
        along = np.argsort(diagonals * len(mine) + i)
        i, j, diagonals = i[along], j[along], diagonals[along]
        if not len(i):
            return agreeing, np.zeros(len(self.lengths))
        steps = np.diff(i)
        breaks = np.flatnonzero((np.diff(diagonals) != 0) | (steps > REACH)) + 1
        gains = informativeness(self.words[j])
        steps[breaks - 1] = 1
        gains[1:] -= GAP_COST * (steps - 1)
        starts = np.concatenate([[0], breaks])
        weights = np.maximum(0.0, np.add.reduceat(gains, starts) - CHANCE)
        return agreeing, self._sum(self.owners[j[starts]], weights)
