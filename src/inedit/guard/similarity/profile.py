"""What is kept of a text for comparing: its words as numbers, and the shingles made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise, repeat
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.normalise import SENTENCE_END
from inedit.guard.similarity.runs import outside, set_of
from inedit.guard.similarity.shingles import RUN_WORDS, ngrams, skip_grams, stop_word_grams, template_grams
from inedit.guard.similarity.source import Source, source_of
from inedit.guard.similarity.words import Hashes, Places, Positions, codes_of, distinct, places_of, stem
from inedit.model import Span

Weights = NDArray[np.float64]

LETTERS = 5
"""Characters in a run of letters."""

OPENING_WORDS = 25
"""The opening of a text has at most so many words."""

CODE_LETTERS = 4
"""A word in capitals with so many letters may be a code."""

STRETCH_WORDS = 8
"""Words in one of the long runs by which a passage is known that stands somewhere word for word."""

SENTENCE_WORDS = 3
"""What ends after fewer words is not a sentence, but belongs to the one before: « 3. », « M. Dupont »."""


@dataclass(frozen=True, eq=False)
class Profile:
    """One text, folded and cut once, however often it is compared.

    ``words`` are the hashes of those of its words that count: every run of three words in ``taken_out``, which are
    sorted, was taken out, in this order. What is made of the words is made when it is first asked for.
    """

    source: Source
    words: Hashes = field(repr=False)
    taken_out: tuple[Hashes, ...] = field(default=(), repr=False)
    memo: dict[str, Any] = field(
        default_factory=dict, repr=False, compare=False
    )  # what was last asked, and said

    @classmethod
    def of(cls, text: str, supplied: Hashes | None = None) -> Profile:
        """Folds the text and takes out every run of three words that is in ``supplied`` (see :func:`supplied_by`)."""
        whole = _whole_of(text)
        return whole if supplied is None else whole.without(supplied)

    def without(self, runs: Hashes) -> Profile:
        """The same text less every run of three words that is in ``runs``, which are sorted."""
        if not len(runs):
            return self
        asked, without = self.memo.get("without", (None, None))
        if asked is not runs:  # the same few are taken out of a draft for each text that it is held against
            without = None
            if not self.run_set.isdisjoint(set_of(runs)):  # most have none of them
                left = outside(self.words, self.runs, runs)
                without = Profile(self.source, self.words[left], (*self.taken_out, runs))
            self.memo["without"] = runs, without  # never itself: it would live on until garbage is looked for
        return self if without is None else cast(Profile, without)

    @property
    def original(self) -> str:
        """The text as it was given."""
        return self.source.text

    @cached_property
    def kept(self) -> Positions:
        """The numbers of the words that count, among all words of the text."""
        words = self.source.cut.words
        numbers = np.arange(len(words))
        for runs in self.taken_out:
            left = outside(words, ngrams(words, RUN_WORDS), runs)
            words, numbers = words[left], numbers[left]
        return numbers

    @cached_property
    def starts(self) -> Positions:
        """The place in the folded text of each word that counts."""
        return self.source.cut.starts[self.kept]

    @cached_property
    def ends(self) -> Positions:
        """One past the last place in the folded text of each word that counts."""
        return self.source.cut.ends[self.kept]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def numbers(self) -> list[int]:
        """The words that count, as plain numbers."""
        return list(self.words.tolist())

    @cached_property
    def spelling(self) -> tuple[Mapping[int, str], str]:
        """A letter for each of its words, and the text spelt by them: texts of letters are compared much sooner."""
        letters = {word: chr(number) for number, word in enumerate(dict.fromkeys(self.numbers), 1)}
        return letters, "".join(map(letters.__getitem__, self.numbers))

    def spelt(self, text: Profile) -> str:
        """Another text by the letters of this one's words; all words that it has not are one letter."""
        return "".join(map(self.spelling[0].get, text.numbers, repeat("\0")))

    @cached_property
    def runs(self) -> Hashes:
        """Every run of three words, in the order of the text."""
        return ngrams(self.words, RUN_WORDS)

    @cached_property
    def run_set(self) -> frozenset[int]:
        """The same, each once and in no order."""
        return frozenset(self.runs.tolist())

    @cached_property
    def opening_runs(self) -> list[int]:
        """The first of :attr:`runs`."""
        return list(ngrams(self.words[:OPENING_WORDS], RUN_WORDS).tolist())

    @cached_property
    def opening_set(self) -> frozenset[int]:
        """The same, in no order."""
        return frozenset(self.opening_runs)

    @cached_property
    def distinct_runs(self) -> Hashes:
        """Distinct runs of three words, sorted."""
        return distinct(self.runs)

    @cached_property
    def stretches(self) -> Hashes:
        """Every run of eight words, in the order of the text."""
        return ngrams(self.words, STRETCH_WORDS)

    @cached_property
    def distinct_stretches(self) -> Hashes:
        """Distinct runs of eight words, sorted."""
        return distinct(self.stretches)

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
        return distinct(self.cut("phrases"))

    @cached_property
    def stop_word_ngrams(self) -> Hashes:
        """Distinct n-grams of function words, sorted."""
        return distinct(self.cut("stop_word_ngrams"))

    @cached_property
    def function_word_templates(self) -> Hashes:
        """Distinct windows of the template, sorted."""
        return distinct(self.cut("function_word_templates"))

    @cached_property
    def bigrams(self) -> Hashes:
        """Distinct runs of two words, sorted."""
        return distinct(ngrams(self.words, 2))

    @cached_property
    def single_words(self) -> dict[int, int]:
        """The words that stand once in the text, and their places, in their order."""
        often = Counter(self.numbers)
        return {word: place for place, word in enumerate(self.numbers) if often[word] == 1}

    def distinct(self, shingles: str) -> frozenset[int]:
        """The shingles that one of the properties here has, as a set."""
        if shingles not in self.memo:
            known_in_order = shingles in self.__dict__ or shingles not in _CUT
            found = getattr(self, shingles) if known_in_order else self.cut(shingles)
            self.memo[shingles] = frozenset(found.tolist())
        return cast(frozenset[int], self.memo[shingles])

    def cut(self, shingles: str) -> Hashes:
        """The same as they come, cut once: they are asked for to search by, as a set, and in order."""
        name = f"cut {shingles}"
        if name not in self.memo:
            self.memo[name] = _CUT[shingles](self.words)
        return cast(Hashes, self.memo[name])

    @cached_property
    def places(self) -> Places:
        """Where each word stands."""
        return places_of(self.words)

    @cached_property
    def tokens(self) -> list[str]:
        """The folded words that count."""
        if not self.taken_out:
            return self.source.folded.split()
        return [
            self.source.folded[start:end]
            for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        ]

    @cached_property
    def wording(self) -> list[str]:
        """The folded words that count and are not figures, codes or words in capitals among others in small letters."""
        shouting = self.original.isupper()
        return [
            token
            for token, (start, end) in zip(self.tokens, self.positions.tolist(), strict=True)
            if not any(map(str.isdigit, token))
            and (shouting or len(token) < CODE_LETTERS or not self.original[start:end].isupper())
        ]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The first four characters of every word that has as many, and every number's."""
        return frozenset(filter(None, map(stem, self.tokens)))

    @cached_property
    def letters(self) -> str:
        """The words that count, put together without spaces."""
        whole = self.source.folded.replace(" ", "").replace(SENTENCE_END, "")
        return "".join(self.tokens) if self.taken_out else whole

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """First word and one past the last, among those that count, of each sentence."""
        stops = np.flatnonzero(codes_of(self.source.folded) == ord(SENTENCE_END))
        number = np.searchsorted(stops, self.starts)
        edges = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(self)]
        found: list[tuple[int, int]] = []
        for first, end in pairwise(edges):
            if found and end - first < SENTENCE_WORDS:
                found[-1] = (found[-1][0], end)
            elif end > first:
                found.append((first, end))
        return found

    @cached_property
    def letter_positions(self) -> Positions:
        """The place in the folded text of each of :attr:`letters`."""
        parts = [np.arange(start, end) for start, end in zip(self.starts, self.ends, strict=True)]
        return np.concatenate(parts) if parts else np.empty(0, dtype=np.intp)

    @cached_property
    def positions(self) -> NDArray[np.intp]:
        """First character and one past the last, in the original text, of every word that counts; shape (n, 2)."""
        origins = self.source.origins
        return np.stack([origins[self.starts], origins[self.ends - 1] + 1], axis=1)

    def span_of_letters(self, first: int, end: int) -> Span:
        """Letters ``first`` to ``end`` (exclusive) of :attr:`letters` as characters of the original text."""
        origins = self.source.origins[self.letter_positions]
        return Span(int(origins[first]), int(origins[end - 1]) + 1)

    def span(self, first: int, end: int) -> Span:
        """Words ``first`` to ``end`` (exclusive), among those that count, as characters of the original text."""
        origins = self.source.origins
        return Span(int(origins[self.starts[first]]), int(origins[self.ends[end - 1] - 1]) + 1)


_CUT: dict[str, Callable[[Hashes], Hashes]] = {
    "phrases": skip_grams,
    "stop_word_ngrams": stop_word_grams,
    "function_word_templates": template_grams,
}


@lru_cache(maxsize=64)
def _whole_of(text: str) -> Profile:
    """A text with all its words: what is made of these is made once."""
    source = source_of(text)
    return Profile(source, source.cut.words)


def supplied_by(common: Sequence[str]) -> Hashes:
    """Every run of three words in the texts that the brand supplies, sorted and distinct."""
    return _supplied_by(tuple(common))


@lru_cache(maxsize=64)
def _supplied_by(common: tuple[str, ...]) -> Hashes:
    """The same few texts come with every draft of a campaign."""
    runs = [Profile.of(text).runs for text in common]
    return distinct(np.concatenate(runs)) if runs else np.empty(0, dtype=np.uint64)
