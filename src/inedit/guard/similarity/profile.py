"""What is kept of a text for comparing: its words as numbers, and the shingles made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.normalise import SENTENCE_END, fold, fold_with_origins
from inedit.guard.similarity.shingles import RUN_WORDS, frame_grams, mould_grams, ngrams, skip_grams
from inedit.guard.similarity.words import Hashes, Places, codes_of, cut_words, distinct, found_in
from inedit.model import Span

Weights = NDArray[np.float64]

LETTERS = 5
"""Characters in a run of letters."""

OPENING_WORDS = 25
"""The opening of a text has at most so many words."""

SENTENCE_WORDS = 3
"""What ends after fewer words is no sentence, but belongs to the one before: « 3. », « M. Dupont »."""


@dataclass(frozen=True, slots=True)
class SingleWords:
    """Words that stand once in a text, sorted, and their places among its words; each of shape (n,)."""

    words: Hashes
    places: Places


@dataclass(frozen=True)
class Profile:
    """One text, folded and cut once, however often it is compared.

    ``starts`` and ``ends`` are the places of all its words in the folded text; ``kept`` are the numbers of those that
    count, ``words`` their hashes: what the brand supplied is taken out.
    """

    original: str
    folded: str = field(repr=False)
    starts: Places = field(repr=False)
    ends: Places = field(repr=False)
    kept: Places = field(repr=False)
    words: Hashes = field(repr=False)

    @classmethod
    def of(cls, text: str, supplied: Hashes | None = None) -> Profile:
        """Folds the text and takes out every run of three words that is in ``supplied`` (see :func:`supplied_by`)."""
        folded = fold(text)
        cut = cut_words(folded)
        whole = cls(text, folded, cut.starts, cut.ends, np.arange(len(cut.words)), cut.words)
        return whole if supplied is None or not len(supplied) else whole.without(supplied)

    def without(self, runs: Hashes) -> Profile:
        """The same text less every run of three words that is in ``runs``, which are sorted."""
        at = np.flatnonzero(found_in(self.runs, runs))
        if not len(at):
            return self
        left = np.ones(len(self), dtype=bool)
        for offset in range(RUN_WORDS):
            left[at + offset] = False
        return Profile(self.original, self.folded, self.starts, self.ends, self.kept[left], self.words[left])

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def numbers(self) -> list[int]:
        """The words that count, as plain numbers."""
        return list(self.words.tolist())

    @cached_property
    def runs(self) -> Hashes:
        """Every run of three words, in the order of the text."""
        return ngrams(self.words, RUN_WORDS)

    @cached_property
    def opening_runs(self) -> list[int]:
        """The first of :attr:`runs`."""
        return list(ngrams(self.words[:OPENING_WORDS], RUN_WORDS).tolist())

    @cached_property
    def distinct_runs(self) -> Hashes:
        """Distinct runs of three words, sorted."""
        return distinct(self.runs)

    @cached_property
    def letter_shingles(self) -> Hashes:
        """Every run of five characters of the words that count, with a space between these, in their order."""
        return ngrams(codes_of(" ".join(self.tokens)).astype(np.uint64), LETTERS)

    @cached_property
    def letter_runs(self) -> Hashes:
        """Distinct runs of five characters, sorted."""
        return distinct(self.letter_shingles)

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
    def single_words(self) -> SingleWords:
        """The words that stand once in the text."""
        order = np.argsort(self.words)
        words = self.words[order]
        other = np.ones(len(words) + 1, dtype=bool)  # whether the word before is another one
        np.not_equal(words[1:], words[:-1], out=other[1:-1])
        once = other[:-1] & other[1:]
        return SingleWords(words[once], order[once])

    @cached_property
    def tokens(self) -> list[str]:
        """The folded words that count."""
        return [
            self.folded[start:end]
            for start, end in zip(self.starts[self.kept].tolist(), self.ends[self.kept].tolist(), strict=True)
        ]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The first four characters of every word that has as many, and every number's."""
        return frozenset(filter(None, map(stem, self.tokens)))

    @cached_property
    def letters(self) -> str:
        """The words that count, put together without spaces."""
        return "".join(self.tokens)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """First word and one past the last, among those that count, of each sentence."""
        stops = np.flatnonzero(codes_of(self.folded) == ord(SENTENCE_END))
        number = np.searchsorted(stops, self.starts[self.kept])
        edges = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(self)]
        found: list[tuple[int, int]] = []
        for first, end in pairwise(edges):
            if found and end - first < SENTENCE_WORDS:
                found[-1] = (found[-1][0], end)
            elif end > first:
                found.append((first, end))
        return found

    @cached_property
    def letter_places(self) -> Places:
        """The place in the folded text of each of :attr:`letters`."""
        parts = [np.arange(self.starts[word], self.ends[word]) for word in self.kept]
        return np.concatenate(parts) if parts else np.empty(0, dtype=np.intp)

    @cached_property
    def origins(self) -> Places:
        """The place in the original text of each folded character."""
        return fold_with_origins(self.original).origins

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """First character and one past the last, in the original text, of every word that counts; shape (n, 2)."""
        first, last = self.starts[self.kept], self.ends[self.kept] - 1
        return np.stack([self.origins[first], self.origins[last] + 1], axis=1)

    def span_of_letters(self, first: int, end: int) -> Span:
        """Letters ``first`` to ``end`` (exclusive) of :attr:`letters` as characters of the original text."""
        origins = self.origins[self.letter_places]
        return Span(int(origins[first]), int(origins[end - 1]) + 1)

    def span(self, first: int, end: int) -> Span:
        """Words ``first`` to ``end`` (exclusive), among those that count, as characters of the original text."""
        return Span(int(self.places[first, 0]), int(self.places[end - 1, 1]))


def stem(word: str) -> str:
    """What a word may have in common with its like in another language; empty when it is too short to tell."""
    return word[:4] if len(word) >= 4 or word.isdigit() else ""


def supplied_by(common: Sequence[str]) -> Hashes:
    """Every run of three words in the texts that the brand supplies, sorted and distinct."""
    runs = [Profile.of(text).runs for text in common]
    return distinct(np.concatenate(runs)) if runs else np.empty(0, dtype=np.uint64)
