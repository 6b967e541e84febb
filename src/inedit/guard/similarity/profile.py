"""What is kept of a text for comparing: its words as numbers, and the shingles made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.normalise import fold, fold_with_origins
from inedit.model import Span

Hashes = NDArray[np.uint64]
Weights = NDArray[np.float64]

LONG, SMALL, MIDDLE, NUMBER = range(4)
"""What kind of word it is, kept in the two lowest bits of its hash.

A small word has at most three letters: in the languages we know these are mostly articles, prepositions, pronouns
and conjunctions, which stay when a text is spun, and which no list of stop words has to be kept for.
"""

SKIP_WINDOW = 4
"""A skip-gram is a pair of words at most this many words apart."""

MOULD_WORDS = 6
"""Words in one window of the mould."""

_KIND = np.uint64(3)
_BLANK = np.uint64(0)
_MULTIPLIERS = tuple(
    np.uint64(value)
    for value in (
        0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD,
    )
)  # fmt: skip


def _number(word: str) -> int:
    """The hash of a word, the same on every machine: 62 bits of BLAKE2b and two of its kind."""
    by_length = SMALL if len(word) <= 3 else MIDDLE if len(word) <= 5 else LONG
    kind = NUMBER if word[0].isdigit() else by_length
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") & ~3 | kind


class _Numbers(dict[str, int]):
    """Hashes of words already met; emptied when it has grown too large to be worth its memory."""

    limit = 500_000

    def __missing__(self, word: str) -> int:
        if len(self) >= self.limit:
            self.clear()
        number = self[word] = _number(word)
        return number


_NUMBERS = _Numbers()


def hash_words(words: Sequence[str]) -> Hashes:
    """The hash of each folded word, shape (n,)."""
    return np.fromiter(map(_NUMBERS.__getitem__, words), dtype=np.uint64, count=len(words))


def kinds(words: Hashes) -> NDArray[np.intp]:
    """LONG, SMALL, MIDDLE or NUMBER for each word."""
    return (words & _KIND).astype(np.intp)


def _mix(values: Hashes) -> Hashes:
    """Spreads the bits (the finaliser of SplitMix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def distinct(values: Hashes) -> Hashes:
    """The values sorted, each once (at these sizes several times faster than :func:`numpy.unique`)."""
    values = np.sort(values)
    first = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return values[first]


def found_in(values: Hashes, others: Hashes) -> NDArray[np.bool_]:
    """Which of ``values`` are among ``others``, which are sorted."""
    if not len(others):
        return np.zeros(len(values), dtype=bool)
    places = np.minimum(np.searchsorted(others, values), len(others) - 1)
    found: NDArray[np.bool_] = others[places] == values
    return found


def ngrams(words: Hashes, size: int) -> Hashes:
    """The hash of each run of ``size`` words, in the order of the text (n - size + 1 of them)."""
    count = len(words) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    total = words[:count] * _MULTIPLIERS[0]
    for offset in range(1, size):
        total = total * _MULTIPLIERS[1] + words[offset : offset + count] * _MULTIPLIERS[0]
    return _mix(total)


def mix_pairs(first: Hashes, second: Hashes) -> Hashes:
    """The hash of each pair of words."""
    return _mix(first * _MULTIPLIERS[2] + second * _MULTIPLIERS[3])


def skip_grams(words: Hashes, window: int = SKIP_WINDOW) -> Hashes:
    """The hash of each pair of words in order and at most ``window`` words apart.

    They survive insertions and single substitutions, which break every n-gram across them (Guthrie et al. 2006,
    "A Closer Look at Skip-gram Modelling").
    """
    pairs = [mix_pairs(words[:-gap], words[gap:]) for gap in range(1, window + 1) if len(words) > gap]
    return np.concatenate(pairs) if pairs else np.empty(0, dtype=np.uint64)


def mix_frames(small: Hashes, distances: NDArray[np.intp]) -> Hashes:
    """The hash of each three small words in a row and the two distances between them."""
    gaps, m = distances.astype(np.uint64), _MULTIPLIERS
    return _mix(
        small[:-2] * m[0] + small[1:-1] * m[1] + small[2:] * m[2] + gaps[:-1] * m[3] + gaps[1:] * m[4]
    )


def frame_grams(words: Hashes) -> Hashes:
    """The hash of each three small words in a row with the number of words between them.

    « un … de … la »: what stands when every noun and verb was exchanged (stop-word n-grams, Stamatatos 2011,
    "Plagiarism detection using stopword n-grams", here with their distances).
    """
    at = np.flatnonzero(kinds(words) == SMALL)
    if len(at) < 3:
        return np.empty(0, dtype=np.uint64)
    return mix_frames(words[at], np.diff(at))


def mould_grams(words: Hashes, size: int = MOULD_WORDS) -> Hashes:
    """The hash of each window of words in which all but the small ones were blanked.

    Two texts cast in one mould, with other names and numbers in it, have the same ones.
    """
    return ngrams(np.where(kinds(words) == SMALL, words, _BLANK), size)


@dataclass(frozen=True)
class Profile:
    """One text, folded and cut once, however often it is compared.

    ``kept`` are the places, among all its words, of those that count: what the brand supplied is taken out.
    """

    original: str
    tokens: list[str]
    kept: NDArray[np.intp]
    words: Hashes = field(repr=False)

    @classmethod
    def of(cls, text: str, supplied: Hashes | None = None) -> Profile:
        """Folds the text and takes out every run of three words that is in ``supplied`` (see :func:`supplied_by`)."""
        tokens = fold(text).split()
        words = hash_words(tokens)
        if supplied is None or not len(supplied) or len(words) < 3:
            return cls(text, tokens, np.arange(len(words)), words)
        taken = np.zeros(len(words), dtype=bool)
        for start in np.flatnonzero(found_in(ngrams(words, 3), supplied)):
            taken[start : start + 3] = True
        kept = np.flatnonzero(~taken)
        return cls(text, tokens, kept, words[kept])

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def phrases(self) -> Hashes:
        """Distinct skip-grams, sorted."""
        return distinct(skip_grams(self.words))

    @cached_property
    def frames(self) -> Hashes:
        """Distinct frames of small words, sorted."""
        return distinct(frame_grams(self.words))

    @cached_property
    def moulds(self) -> Hashes:
        """Distinct windows of the mould, sorted."""
        return distinct(mould_grams(self.words))

    @cached_property
    def bigrams(self) -> Hashes:
        """Distinct runs of two words, sorted."""
        return distinct(ngrams(self.words, 2))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The first four characters of every word that has as many, and every number."""
        words = [self.tokens[at] for at in self.kept]
        return frozenset(word[:4] for word in words if len(word) >= 4 or word.isdigit())

    @cached_property
    def letters(self) -> str:
        """The words that count, put together without spaces."""
        return "".join(self.tokens[at] for at in self.kept)

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """First character and one past the last, in the original text, of every word; shape (n, 2)."""
        folded = fold_with_origins(self.original)
        spans, cursor = [], 0
        for token in self.tokens:
            start = folded.text.index(token, cursor)
            cursor = start + len(token)
            spans.append((folded.origins[start], folded.origins[cursor - 1] + 1))
        return np.array(spans, dtype=np.intp).reshape(-1, 2)

    def span(self, first: int, end: int) -> Span:
        """Words ``first`` to ``end`` (exclusive), among those that count, as characters of the original text."""
        return Span(int(self.places[self.kept[first], 0]), int(self.places[self.kept[end - 1], 1]))


def supplied_by(common: Sequence[str]) -> Hashes:
    """Every run of three words in the texts that the brand supplies, sorted and distinct."""
    runs = [ngrams(hash_words(fold(text).split()), 3) for text in common]
    return distinct(np.concatenate(runs)) if runs else np.empty(0, dtype=np.uint64)
