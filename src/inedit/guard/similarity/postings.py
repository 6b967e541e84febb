"""Which texts share shingles with this one: an inverted index in sorted arrays, cheap to add to and to keep."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.blocks import Ids, KeyTable, TextBlock
from inedit.guard.similarity.calibration import FEWEST_WORDS
from inedit.guard.similarity.profile import Profile
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
FAN = 8
"""A segment is merged with the one before it, unless that is so many times as large."""

_MOST_POSTINGS = 10_000
_ALL_AT_ONCE = 32
"""As long as there are so many texts for each key that is shared, it is sooner looked at all than put in order."""
Counts = NDArray[Any]


def search_keys(text: Profile) -> Hashes:
    """The shingles by which a text is found again, sorted and distinct: its frames and a sample of its phrases.

    Two or three words are found as a whole; no word at all has no key. A draft is looked for by them, and then put
    there: they are made once.
    """
    if "search keys" not in text.memo:
        text.memo["search keys"] = _search_keys(text)
    keys: Hashes = text.memo["search keys"]
    return keys


def _search_keys(text: Profile) -> Hashes:
    if len(text) < FEWEST_WORDS:
        return cut_words(text.letters).words
    phrases = text.cut("phrases")
    if len(text) >= BRIEF_WORDS:
        phrases = phrases[is_sampled(phrases)]
    return distinct(np.concatenate([in_sample(text.cut("stop_word_ngrams")), phrases]))


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
    """The keys of some texts, the first of which has the number ``first``."""

    table: KeyTable
    first: int
    size: int
    """How many texts it was made of."""


class Postings:
    """Keys of numbered texts, in sorted segments; small segments are merged, a logarithmic number stays.

    Those of ``blocks`` come first, and stay as they are.
    """

    def __init__(self, blocks: Sequence[TextBlock] = ()) -> None:
        firsts = np.cumsum([0, *map(len, blocks)]).tolist()
        self._kept = [
            _Segment(block.postings, first, len(block)) for block, first in zip(blocks, firsts, strict=False)
        ]
        self._first: int = firsts[-1]
        self._kept_sizes = _joined([block.sizes for block in blocks])
        self._kept_sampled = _joined([block.sampled for block in blocks])
        self._segments: list[_Segment] = []
        self._sizes = array("i")
        self._sampled = array("i")

    def __len__(self) -> int:
        return self._first + len(self._sizes)

    def add(self, keys: Hashes) -> int:
        """Adds one text's keys, sorted and distinct; returns its number: 0 for the first text, then 1, 2 …"""
        number = len(self)
        self._sizes.append(len(keys))
        self._sampled.append(int(is_sampled(keys).sum()))
        if len(keys):
            self._segments.append(_Segment(KeyTable.of(keys, np.zeros(len(keys), dtype=np.int32)), number, 1))
            self._merge()
        return number

    def added(self) -> tuple[Ids, Ids, KeyTable]:
        """Of the texts that are in no block, numbered from 0: how many keys each has, how many are sampled ones, and
        the keys."""
        parts = [(segment.table, segment.first - self._first) for segment in self._segments]
        nothing = KeyTable.of(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int32))
        table = KeyTable.merged(parts) if parts else nothing
        return np.array(self._sizes, dtype=np.int32), np.array(self._sampled, dtype=np.int32), table

    def _merge(self) -> None:
        """Merges the last two segments while the former is not :data:`FAN` times as large."""
        while len(self._segments) > 1 and self._segments[-2].size < FAN * self._segments[-1].size:
            last = self._segments[-2:]
            first = last[0].first
            merged = KeyTable.merged([(segment.table, segment.first - first) for segment in last])
            self._segments[-2:] = [_Segment(merged, first, last[0].size + last[1].size)]

    def candidates(self, keys: Hashes) -> list[int]:
        """Numbers of the texts that may copy a text with these keys, those that share most first.

        A key counts for the more, the fewer texts have it (inverse document frequency, Spärck Jones 1972): 1 when it is
        one text at most. The keys that most texts have are left aside when counting them would take long.
        """
        texts = len(self)
        segments = [*self._kept, *self._segments]
        if not len(keys) or not segments:
            return []
        positions = [segment.table.find(keys) for segment in segments]
        frequency = np.sum([high - low for low, high in positions], axis=0)
        rarest = np.argsort(frequency, kind="stable")
        affordable = int(frequency[rarest].cumsum().searchsorted(_MOST_POSTINGS, "right"))
        used = rarest[: max(affordable, -(-len(keys) // 3))]
        weights = np.log((texts + 1) / np.maximum(frequency, 1)) / math.log(texts + 1)
        hits, counted = [np.empty(0, dtype=np.int32)], [np.empty(0)]
        for segment, (low, high) in zip(segments, positions, strict=True):
            known = used[(high > low)[used]]
            if len(known):
                hits.append(segment.table.texts[_expand(low[known], high[known])] + np.int32(segment.first))
                counted.append(weights[known].repeat((high - low)[known]))
        hit = np.concatenate(hits)
        shared = np.bincount(hit, np.concatenate(counted), minlength=texts)
        least = MINIMUM_SHARE * weights.mean()
        some = _reaching(shared, hit, least * SMOOTHING)
        mine = np.array(len(keys)), np.array(is_sampled(keys).sum())
        theirs = (
            self._of(some, self._kept_sizes, self._sizes),
            self._of(some, self._kept_sampled, self._sampled),
        )
        some = some[shared[some] >= least * (fewer_keys(mine, theirs) + SMOOTHING)]
        best: list[int] = some[np.lexsort((some, -shared[some]))].tolist()
        return best

    def _of(self, numbers: NDArray[np.intp], kept: Ids, added: array[int]) -> Counts:
        """Some texts' figures, of those in blocks and of those that came after them."""
        split = int(numbers.searchsorted(self._first))
        newer = np.frombuffer(added, dtype=np.intc)[numbers[split:] - self._first]
        return np.concatenate([kept[numbers[:split]], newer])


def _reaching(shared: Counts, hit: Ids, least: float) -> NDArray[np.intp]:
    """The texts that share so much, which is more than nothing, in order; ``hit`` names all that share anything."""
    if len(shared) < _ALL_AT_ONCE * len(hit):
        return np.flatnonzero(shared >= least)
    some = hit[shared[hit] >= least].astype(np.uint64)  # of very many texts, the others are not looked at
    return distinct(some).astype(np.intp)


def _joined(parts: Sequence[Ids]) -> Ids:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)
