"""What is kept of a text for comparing: its words as numbers, its sentences, and the shingles made of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.normalise import SENTENCE_END, fold, fold_with_origins
from inedit.model import Span

Hashes = NDArray[np.uint64]

SKIP_WINDOW = 4
"""A skip-gram is a pair of words at most this many words apart."""

_ODD = tuple(
    np.uint64(value)
    for value in (
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0xD6E8FEB86659FD93,
        0xFF51AFD7ED558CCD,
    )
)


class _WordHashes(dict[str, int]):
    """The number of each word: the first eight bytes of its BLAKE2b digest, the same on every machine and run."""

    limit = 500_000

    def __missing__(self, word: str) -> int:
        if len(self) >= self.limit:
            self.clear()
        number = self[word] = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
        return number


_NUMBERS = _WordHashes()


def _mix(values: Hashes) -> Hashes:
    """Spreads the bits (the finaliser of SplitMix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def ngrams(words: Hashes, size: int) -> Hashes:
    """The hash of each run of ``size`` words, in the order of the text (n - size + 1 of them)."""
    count = len(words) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    total = words[:count] * _ODD[0]
    for offset in range(1, size):
        total = total * _ODD[1] + words[offset : offset + count] * _ODD[0]
    return _mix(total)


def skip_grams(words: Hashes, window: int = SKIP_WINDOW) -> Hashes:
    """The hash of each pair of words in order and at most ``window`` words apart.

    They survive insertions and single substitutions, which break every n-gram across them (Guthrie et al. 2006,
    "A Closer Look at Skip-gram Modelling").
    """
    return np.concatenate(
        [
            _mix(words[:-gap] * _ODD[2] + words[gap:] * _ODD[3])
            for gap in range(1, window + 1)
            if len(words) > gap
        ]
        or [np.empty(0, dtype=np.uint64)]
    )


@dataclass(frozen=True)
class Profile:
    """One text, folded and cut once, however often it is compared."""

    original: str
    folded: str

    @classmethod
    def of(cls, text: str) -> Profile:
        """Folds the text."""
        return cls(text, fold(text))

    @cached_property
    def tokens(self) -> list[str]:
        """The words in order; a character of a script without spaces is a word."""
        return self.folded.split()

    @cached_property
    def words(self) -> Hashes:
        """The words as 64-bit hashes, shape (n,)."""
        return np.fromiter(map(_NUMBERS.__getitem__, self.tokens), dtype=np.uint64, count=len(self.tokens))

    @cached_property
    def skips(self) -> Hashes:
        """Distinct skip-grams, sorted."""
        return np.unique(skip_grams(self.words))

    @cached_property
    def trigrams(self) -> Hashes:
        """Distinct runs of three words, sorted."""
        return np.unique(ngrams(self.words, 3))

    @cached_property
    def characters(self) -> Hashes:
        """Distinct runs of five characters, spaces left out, sorted: they survive typos and inflection."""
        joined = "".join(self.tokens)
        codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
        return np.unique(ngrams(codes + np.uint64(1), 5))

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Start and end of each word in the original text, shape (n, 2)."""
        folded = fold_with_origins(self.original)
        spans, cursor = [], 0
        for token in self.tokens:
            start = folded.text.index(token, cursor)
            cursor = start + len(token)
            spans.append((folded.origins[start], folded.origins[cursor - 1] + 1))
        return np.array(spans, dtype=np.intp).reshape(-1, 2)

    def span(self, first: int, end: int) -> Span:
        """Words ``first`` to ``end`` (exclusive) as characters of the original text."""
        return Span(int(self.places[first, 0]), int(self.places[end - 1, 1]))

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """First and one-past-last word of each sentence."""
        bounds, start = [], 0
        for sentence in self.folded.split(SENTENCE_END):
            end = start + len(sentence.split())
            if end > start:
                bounds.append((start, end))
            start = end
        return bounds
