"""Which texts share shingles with this one: an inverted index in sorted arrays, cheap to add to and to keep."""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.calibration import FEWEST_WORDS
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.shingles import frame_grams, skip_grams
from inedit.guard.similarity.words import Hashes, cut_words, distinct

SAMPLED = np.uint64(8)
"""One phrase in this many is a search key of a text that is not brief; every frame is one."""

BRIEF_WORDS = 36
"""Every phrase of a text with fewer words is a search key: a sample of so few would miss some."""

LEAST_KEYS = 2
LEAST_SHARE = 0.15
"""A candidate shares at least so many keys, and this share of the keys of the text that has fewer.

On copybench 99.9 % of the pairs that the decision flags pass; so do three honest pairs in ten on one subject, which
only costs time. ``bench/guard/libraries.py`` and ``speed.py`` measure it in archives.
"""

FEW_TEXTS = 2000
"""Among so few texts the search is generous, a third of that share and a single key: there it lost no pair at all."""

_SAMPLE_SHIFT = np.uint64(40)
_FAN = 8
_MOST_POSTINGS = 100_000
Ids = NDArray[np.int32]
Counts = NDArray[Any]


def search_keys(text: Profile) -> Hashes:
    """The shingles by which a text is found again, sorted and distinct: its frames and a sample of its phrases.

    Two or three words are found as a whole; no word at all has no key.
    """
    if len(text) < FEWEST_WORDS:
        return cut_words(text.letters).words
    phrases = skip_grams(text.words)
    if len(text) >= BRIEF_WORDS:
        phrases = phrases[is_sampled(phrases)]
    return distinct(np.concatenate([in_sample(frame_grams(text.words)), phrases]))


def is_sampled(keys: Hashes) -> NDArray[np.bool_]:
    """Which keys a text of any length would have: phrases by three of their high bits, and every frame."""
    chosen: NDArray[np.bool_] = (keys >> _SAMPLE_SHIFT) % SAMPLED == 0
    return chosen


def in_sample(frames: Hashes) -> Hashes:
    """Frames as keys that :func:`is_sampled` takes for sampled ones."""
    return frames & ~((SAMPLED - np.uint64(1)) << _SAMPLE_SHIFT)


def fewer_keys(one: tuple[Counts, Counts], other: tuple[Counts, Counts]) -> Counts:
    """The keys of the text that has fewer, of those that both may have.

    Each text is given by the numbers of all its keys and of the sampled ones, which differ when it is brief. Two brief
    texts share any key, other pairs only sampled ones.
    """
    both_brief = (one[0] > one[1]) & (other[0] > other[1])
    fewer: Counts = np.where(both_brief, np.minimum(one[0], other[0]), np.minimum(one[1], other[1]))
    return fewer


def _expand(low: NDArray[np.intp], high: NDArray[np.intp]) -> NDArray[np.intp]:
    """The places low[0]…high[0], low[1]…high[1], … in one array."""
    counts = high - low
    offsets = np.repeat(low - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    places: NDArray[np.intp] = np.arange(int(counts.sum())) + offsets
    return places


class Postings:
    """Keys of numbered texts, as segments of sorted keys; small segments are merged, a logarithmic number stays."""

    def __init__(self) -> None:
        self._segments: list[tuple[Hashes, Ids]] = []
        self._sizes = array("i")
        self._sampled = array("i")

    def __len__(self) -> int:
        return len(self._sizes)

    def add(self, keys: Hashes) -> int:
        """Adds one text's keys, sorted and distinct; returns its number: 0 for the first text, then 1, 2 …"""
        number = len(self._sizes)
        self._sizes.append(len(keys))
        self._sampled.append(int(is_sampled(keys).sum()))
        self._segments.append((keys, np.full(len(keys), number, dtype=np.int32)))
        self._merge()
        return number

    def _merge(self) -> None:
        """Merges the last segments while :data:`_FAN` of them are no longer than the longest of them times two."""
        while len(self._segments) >= _FAN:
            last = self._segments[-_FAN:]
            if len(last[0][0]) > 2 * max(len(keys) for keys, _ in last[1:]):
                return
            keys = np.concatenate([keys for keys, _ in last])
            ids = np.concatenate([ids for _, ids in last])
            order = np.argsort(keys, kind="stable")
            self._segments[-_FAN:] = [(keys[order], ids[order])]

    def candidates(self, keys: Hashes) -> list[int]:
        """Numbers of the texts that may copy a text with these keys, most shared keys first.

        The keys that most texts have are left aside when counting them would take long; shares are then taken of the
        rarer ones.
        """
        if not len(keys) or not self._sizes:
            return []
        bounds = [
            (known.searchsorted(keys, "left"), known.searchsorted(keys, "right"))
            for known, _ in self._segments
        ]
        frequency = np.sum([high - low for low, high in bounds], axis=0)
        rarest = np.argsort(frequency, kind="stable")
        affordable = int(np.searchsorted(np.cumsum(frequency[rarest]), _MOST_POSTINGS, "right"))
        used = np.sort(rarest[: max(affordable, -(-len(keys) // 3))])
        hits = [
            ids[_expand(low[used], high[used])]
            for (low, high), (_, ids) in zip(bounds, self._segments, strict=True)
        ]
        shared = np.bincount(np.concatenate(hits), minlength=len(self._sizes))
        generous = len(self._sizes) <= FEW_TEXTS
        some = np.flatnonzero(shared >= (1 if generous else min(LEAST_KEYS, len(keys))))
        usual = len(used) / len(
            keys
        )  # of the keys of the others, as many are supposed to be among the rarer ones
        theirs = [usual * np.frombuffer(sizes, dtype=np.intc)[some] for sizes in (self._sizes, self._sampled)]
        mine = (np.array(len(used)), np.array(is_sampled(keys[used]).sum()))
        fewer = fewer_keys(mine, (theirs[0], theirs[1]))
        some = some[shared[some] >= (LEAST_SHARE / 3 if generous else LEAST_SHARE) * fewer]
        best: list[int] = some[np.lexsort((some, -shared[some]))].tolist()
        return best
