"""Which texts share shingles with this one: an inverted index in sorted arrays, cheap to add to and to keep."""

from __future__ import annotations

import math
from array import array
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.calibration import FEWEST_WORDS
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.shingles import skip_grams, stop_word_grams
from inedit.guard.similarity.words import Hashes, cut_words, distinct

SAMPLED = np.uint64(8)
"""One phrase in this many is a search key of a text that is not brief; every frame is one."""

BRIEF_WORDS = 36
"""Every phrase of a text with fewer words is a search key: a sample of so few would miss some."""

MINIMUM_SHARE = 0.04
SMOOTHING = 20.0
"""A candidate shares at least this part of the keys of the text that has fewer, and of twenty more: so that a passage
of some ten words is enough in a long text too. Keys that few texts have count for more.

``bench/guard/libraries.py`` and ``speed.py`` measure in archives what this loses and what it costs.
"""

_SAMPLE_SHIFT = np.uint64(40)
_FAN = 8
_MOST_POSTINGS = 10_000
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
    return distinct(np.concatenate([in_sample(stop_word_grams(text.words)), phrases]))


def is_sampled(keys: Hashes) -> NDArray[np.bool_]:
    """Which keys a text of any length would have: phrases by three of their high bits, and every frame."""
    chosen: NDArray[np.bool_] = (keys >> _SAMPLE_SHIFT) % SAMPLED == 0
    return chosen


def in_sample(stop_word_ngrams: Hashes) -> Hashes:
    """Frames as keys that :func:`is_sampled` takes for sampled ones."""
    return stop_word_ngrams & ~((SAMPLED - np.uint64(1)) << _SAMPLE_SHIFT)


def fewer_keys(one: tuple[Counts, Counts], other: tuple[Counts, Counts]) -> Counts:
    """The keys of the text that has fewer, of those that both may have.

    Each text is given by the numbers of all its keys and of the sampled ones, which differ when it is brief. Two brief
    texts share any key, other pairs only sampled ones.
    """
    both_brief = (one[0] > one[1]) & (other[0] > other[1])
    fewer: Counts = np.where(both_brief, np.minimum(one[0], other[0]), np.minimum(one[1], other[1]))
    return fewer


def _expand(low: Ids, high: Ids) -> NDArray[np.intp]:
    """The places low[0]…high[0], low[1]…high[1], … in one array."""
    counts = high - low
    ends = counts.cumsum()
    positions: NDArray[np.intp] = np.arange(ends[-1]) + (low - ends + counts).repeat(counts)
    return positions


class _Segment(NamedTuple):
    """Some texts' keys, distinct and in order; ``texts[starts[i] : starts[i + 1]]`` are those that have ``keys[i]``."""

    keys: Hashes
    starts: Ids
    texts: Ids
    size: int
    """How many texts it was made of."""

    @classmethod
    def of(cls, keys: Hashes, texts: Ids, size: int) -> _Segment:
        """Groups keys, which are sorted, and the text that has each."""
        first = np.ones(len(keys) + 1, dtype=bool)
        np.not_equal(keys[1:], keys[:-1], out=first[1:-1])
        starts = np.flatnonzero(first).astype(np.int32)
        return cls(keys[starts[:-1]], starts, texts, size)

    def find(self, keys: Hashes) -> tuple[Ids, Ids]:
        """Where the texts of each key begin and end in ``texts``; at one place when no text has it."""
        at = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return self.starts[at], self.starts[at + (self.keys[at] == keys)]


class Postings:
    """Keys of numbered texts, in sorted segments; small segments are merged, a logarithmic number stays."""

    def __init__(self) -> None:
        self._segments: list[_Segment] = []
        self._sizes = array("i")
        self._sampled = array("i")

    def __len__(self) -> int:
        return len(self._sizes)

    def add(self, keys: Hashes) -> int:
        """Adds one text's keys, sorted and distinct; returns its number: 0 for the first text, then 1, 2 …"""
        number = len(self._sizes)
        self._sizes.append(len(keys))
        self._sampled.append(int(is_sampled(keys).sum()))
        if len(keys):
            self._segments.append(_Segment.of(keys, np.full(len(keys), number, dtype=np.int32), 1))
            self._merge()
        return number

    def _merge(self) -> None:
        """Merges the last two segments while the former is not :data:`_FAN` times as large."""
        while len(self._segments) > 1 and self._segments[-2].size < _FAN * self._segments[-1].size:
            last = self._segments[-2:]
            keys = np.concatenate([np.repeat(segment.keys, np.diff(segment.starts)) for segment in last])
            texts = np.concatenate([segment.texts for segment in last])
            order = np.argsort(keys, kind="stable")
            self._segments[-2:] = [_Segment.of(keys[order], texts[order], last[0].size + last[1].size)]

    def candidates(self, keys: Hashes) -> list[int]:
        """Numbers of the texts that may copy a text with these keys, those that share most first.

        A key counts for the more, the fewer texts have it (inverse document frequency, Spärck Jones 1972): 1 when it is
        one text at most. The keys that most texts have are left aside when counting them would take long.
        """
        texts = len(self._sizes)
        if not len(keys) or not self._segments:
            return []
        positions = [segment.find(keys) for segment in self._segments]
        frequency = np.sum([high - low for low, high in positions], axis=0)
        rarest = np.argsort(frequency, kind="stable")
        affordable = int(frequency[rarest].cumsum().searchsorted(_MOST_POSTINGS, "right"))
        used = rarest[: max(affordable, -(-len(keys) // 3))]
        weights = np.log((texts + 1) / np.maximum(frequency, 1)) / math.log(texts + 1)
        hits, counted = [np.empty(0, dtype=np.int32)], [np.empty(0)]
        for segment, (low, high) in zip(self._segments, positions, strict=True):
            known = used[(high > low)[used]]
            if len(known):
                hits.append(segment.texts[_expand(low[known], high[known])])
                counted.append(weights[known].repeat((high - low)[known]))
        shared = np.bincount(np.concatenate(hits), np.concatenate(counted), minlength=texts)
        least = MINIMUM_SHARE * weights.mean()
        some = np.flatnonzero(shared >= least * SMOOTHING)
        mine = np.array(len(keys)), np.array(is_sampled(keys).sum())
        theirs = [np.frombuffer(sizes, dtype=np.intc)[some] for sizes in (self._sizes, self._sampled)]
        some = some[shared[some] >= least * (fewer_keys(mine, (theirs[0], theirs[1])) + SMOOTHING)]
        best: list[int] = some[np.lexsort((some, -shared[some]))].tolist()
        return best
