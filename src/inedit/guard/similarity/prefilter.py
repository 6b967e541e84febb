"""Which of many texts may be copies of one: the signals of a cold start, worked out roughly for all of them at once.

A search passes on some dozens of texts, nearly all of them honest. To judge each by itself takes a few tenths of a
millisecond; here only those are kept that the decision might still call copies. What two texts open with is taken
out of the one from the archive alone, so that the draft need not be cut anew for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.alignment import GAP_COST, REACH, informativeness
from inedit.guard.similarity.excerpt import PASTED_RUN, RUN, least_runs, may_be_turned, may_hold
from inedit.guard.similarity.profile import OPENING_WORDS, Profile
from inedit.guard.similarity.shared_opening import (
    MINIMUM_LEFT,
    OPENING_SHARE,
    PASTED_WORDS,
    is_pasted,
    runs_of_opening,
)
from inedit.guard.similarity.shingles import RUN_WORDS, TEMPLATE_WORDS, mix_stop_words, ngrams
from inedit.guard.similarity.signals import CHANCE, FULL, SMOOTHING, share_of_increasing
from inedit.guard.similarity.weights import CalibrationWeights
from inedit.guard.similarity.words import SMALL, Hashes, Positions, found_in, kinds

Numbers = NDArray[np.float64]

_RUNS_OF_OPENING = np.array(
    [runs_of_opening(words) for words in range(int(OPENING_WORDS / OPENING_SHARE) + 1)]
)

AT_ONCE = 1024
"""So many texts are looked at in one go: more would only take more memory."""

_OWNER = np.uint64(AT_ONCE - 1)
"""The bits of a shingle that make room for the number of its text."""


def may_copy(draft: Profile, texts: Sequence[Hashes], language: str) -> list[int]:
    """The numbers of the texts, in their order, that a cold start might call copies of the draft.

    ``texts`` are the words of each as :class:`Profile` keeps them.
    """
    return [
        first + number
        for first in range(0, len(texts), AT_ONCE)
        for number in _may_copy(draft, texts[first : first + AT_ONCE], language)
    ]


def _may_copy(draft: Profile, texts: Sequence[Hashes], language: str) -> list[int]:
    whole = _Batch.of(texts)
    words, longer = np.minimum(whole.lengths, len(draft)), np.maximum(whole.lengths, len(draft))
    weights = CalibrationWeights.of(words, language)
    if not weights.bounded.any():
        return list(range(len(texts)))
    held = whole.runs_held(draft)
    batch = whole.beyond_opening(draft, words, held)
    common = batch.common(draft)
    seeming = ~weights.bounded | (held > PASTED_RUN - RUN)
    seeming |= may_hold(longer, words) & (held >= least_runs(words))
    seeming |= may_be_turned(common.agreeing + batch.lost, longer)
    signals = batch.signals(draft, common)
    missing = weights.least - weights.total(signals)
    some = ~seeming & (weights["common order"] * _share(common.agreeing) >= missing)
    if some.any():  # order is looked at last
        common = common.of_texts(some)
        passages = np.minimum(signals["passages"], batch.passages(draft, common))
        missing += weights["passages"] * (signals["passages"] - passages)
        orders = batch.orders(draft, common)
        some &= weights["common order"] * orders.at_most >= missing
        for number in np.flatnonzero(some).tolist():
            seeming[number] = weights["common order"][number] * orders.share(number) >= missing[number]
    found: list[int] = np.flatnonzero(seeming).tolist()
    return found


def _share(words: Numbers) -> Numbers:
    """The share of so many words that come in one order when all do."""
    most: Numbers = words / (words + SMOOTHING)
    return most


@dataclass(frozen=True, slots=True)
class _Orders:
    """The words that stand once in the draft and once in a text, by texts and in the draft's order: their places."""

    positions: Positions
    ends: Positions  # one past the last of each text

    @property
    def at_most(self) -> Numbers:
        """No text has a higher share: as if all were in one order."""
        words = self.ends.astype(np.float64)
        words[1:] -= self.ends[:-1]
        return _share(words)

    def share(self, number: int) -> float:
        """The share of the words of one text that come in one order (see ``signals``)."""
        first = int(self.ends[number - 1]) if number else 0
        return share_of_increasing(self.positions[first : self.ends[number]].tolist())


@dataclass(frozen=True, slots=True)
class _Common:
    """The words of texts that the draft has too: their places, whose they are, which of the draft's distinct words each
    is, and how many each text has."""

    places: Positions
    owners: Positions
    which: Positions
    agreeing: Numbers

    def of_texts(self, some: NDArray[np.bool_]) -> _Common:
        """Those of some texts."""
        kept = some[self.owners]
        return _Common(self.places[kept], self.owners[kept], self.which[kept], self.agreeing)


@dataclass(frozen=True, slots=True)
class _Batch:
    """The words of all texts, one text after the other, and for each word the number of its text.

    ``lost`` is how many words of each were taken out; the draft, which opens alike, loses about as many.
    """

    words: Hashes
    owners: Positions
    starts: Positions
    lengths: Positions
    lost: Positions

    @classmethod
    def of(cls, texts: Sequence[Hashes]) -> _Batch:
        lengths = np.array([len(words) for words in texts])
        words, owners = np.concatenate(texts), np.arange(len(texts)).repeat(lengths)
        return cls(words, owners, lengths.cumsum() - lengths, lengths, np.zeros_like(lengths))

    def text(self, number: int) -> Hashes:
        """The words of one text."""
        start, length = self.starts[number], self.lengths[number]
        return self.words[start : start + length]

    def common(self, draft: Profile) -> _Common:
        """The words that the draft has too."""
        distinct = draft.places.words
        places = found_in(self.words, distinct).nonzero()[0]
        owners = self.owners[places]
        return _Common(places, owners, distinct.searchsorted(self.words[places]), self._sum(owners))

    def beyond_opening(self, draft: Profile, shorter: Positions, held: Numbers) -> _Batch:
        """The texts less the runs of words that both they and the draft open with (see ``opening``).

        ``held`` is what :meth:`runs_held` says of them.
        """
        runs = ngrams(self.words, RUN_WORDS)
        owners, last = self.owners[: len(runs)], self.owners[RUN_WORDS - 1 :]
        ends = _RUNS_OF_OPENING[np.minimum(shorter, len(_RUNS_OF_OPENING) - 1)]
        mine = draft.runs[:OPENING_WORDS]
        first = found_in(runs, np.sort(mine)).nonzero()[0]
        first = first[first - self.starts[owners[first]] < ends[owners[first]]]
        order = mine.argsort(kind="stable")
        shared = order[mine[order].searchsorted(runs[first])] < ends[owners[first]]
        openings = owners[first[shared]]
        for number in set(openings[held[openings] > PASTED_WORDS - RUN].tolist()):
            if is_pasted(self.text(number), draft.words):
                shared &= owners[first] != number
        if not shared.any():
            return self
        tagged = (runs & ~_OWNER) | owners.astype(np.uint64)
        taken = (found_in(tagged, np.sort(tagged[first[shared]])) & (owners == last)).nonzero()[0]
        left = np.ones(len(self.words), dtype=bool)
        for offset in range(RUN_WORDS):
            left[taken + offset] = False
        lengths = np.bincount(self.owners[left], minlength=len(self.lengths))
        left |= (lengths < MINIMUM_LEFT * self.lengths)[self.owners]
        owners = self.owners[left]
        lengths = np.bincount(owners, minlength=len(self.lengths))
        return _Batch(self.words[left], owners, lengths.cumsum() - lengths, lengths, self.lengths - lengths)

    def runs_held(self, draft: Profile) -> Numbers:
        """How many runs of words of each text, as an excerpt counts them, the draft has too."""
        runs = ngrams(self.words, RUN)
        owners = self.owners[: len(runs)]
        shared = found_in(runs, np.sort(ngrams(draft.words, RUN))) & (owners == self.owners[RUN - 1 :])
        return self._sum(owners[shared])

    def orders(self, draft: Profile, common: _Common) -> _Orders:
        """The words that stand once in the draft and in each text."""
        once = draft.places.often[common.which] == 1
        known, which = common.places[once], common.which[once]
        along = common.owners[once] * len(draft) + draft.places.order[draft.places.first[which]]
        order = along.argsort()
        along = along[order]
        other = np.ones(
            len(along) + 1, dtype=bool
        )  # whether the word before is another one, or another text's
        np.not_equal(along[1:], along[:-1], out=other[1:-1])
        kept = other[:-1] & other[1:]
        texts = (np.arange(len(self.lengths)) + 1) * len(draft)
        return _Orders(known[order][kept], along[kept].searchsorted(texts))

    def signals(self, draft: Profile, common: _Common) -> dict[str, Numbers]:
        """The signals of each text beside the draft, at most so much or exactly."""
        small = kinds(self.words) == SMALL
        function_words = small.nonzero()[0]
        stop_word_ngrams = (
            mix_stop_words(self.words[function_words], function_words[1:] - function_words[:-1])
            if len(function_words) > 2
            else self.words[:0]
        )
        function_word_templates = ngrams(self.words * small, TEMPLATE_WORDS)
        first = np.arange(len(function_word_templates))
        length, agreeing = len(draft) - self.lost, common.agreeing
        # as if all words in common stood in one passage
        tells = informativeness(draft.places.words)[common.which]
        weight = np.maximum(0.0, self._sum(common.owners, tells) - CHANCE)
        return {
            "frame": self._contained(
                stop_word_ngrams,
                function_words[: len(stop_word_ngrams)],
                function_words[2:],
                draft.stop_word_ngrams,
            ),
            "mould": self._contained(
                function_word_templates, first, first + TEMPLATE_WORDS - 1, draft.function_word_templates
            ),
            "passages": _on_scale(weight),
            "sequence": np.maximum(0.0, 4.0 * np.minimum(agreeing, length) / (self.lengths + length) - 1.0),
        }

    def _sum(self, owners: Positions, values: Numbers | None = None) -> Numbers:
        """The sum of some values of each text, or how many there are."""
        return np.bincount(owners, values, minlength=len(self.lengths)).astype(np.float64)

    def _contained(self, shingles: Hashes, first: Positions, last: Positions, mine: Hashes) -> Numbers:
        """Containment (see ``signals``), given each shingle's first and last word and the draft's distinct shingles."""
        owners = self.owners[first]
        whole = owners == self.owners[last]
        tagged = np.sort((shingles[whole] & ~_OWNER) | owners[whole].astype(np.uint64))
        once = np.ones(len(tagged), dtype=bool)
        np.not_equal(tagged[1:], tagged[:-1], out=once[1:])
        owners = (tagged[once] & _OWNER).astype(np.intp)
        shared = owners[found_in(tagged[once] & ~_OWNER, mine & ~_OWNER)]
        fewer = np.minimum(np.maximum(0, len(mine) - self.lost), self._sum(owners))
        return self._sum(shared) / (fewer + SMOOTHING)

    def passages(self, draft: Profile, common: _Common) -> Numbers:
        """Of each text: the weight of the passages that the draft has too, overlapping ones included, as a signal.

        As :func:`inedit.guard.similarity.alignment.align` does it, for all texts at once.
        """
        if not len(common.places):
            return np.zeros(len(self.lengths))
        mine, places = draft.words, draft.places
        counts, low = places.often[common.which], places.first[common.which]
        j = common.places.repeat(counts)
        i = places.order[np.arange(len(j)) + (low - counts.cumsum() + counts).repeat(counts)]
        length = len(mine)
        along = np.sort(
            (j - i + self.owners[j] * length) * length + i
        )  # so that no two texts share a diagonal
        diagonals, i = np.divmod(along, length)
        steps = i[1:] - i[:-1]
        breaks = ((diagonals[1:] != diagonals[:-1]) | (steps > REACH)).nonzero()[0] + 1
        gains = informativeness(mine)[i]
        steps[breaks - 1] = 1
        gains[1:] -= GAP_COST * (steps - 1)
        starts = np.append(0, breaks)
        weights = np.maximum(0.0, np.add.reduceat(gains, starts) - CHANCE)
        ends = self.starts + self.lengths + np.arange(len(self.lengths)) * length
        return _on_scale(self._sum(ends.searchsorted(diagonals[starts], "right"), weights))


def _on_scale(weights: Numbers) -> Numbers:
    """The weights of passages as their signal has them."""
    scaled: Numbers = np.minimum(1.0, np.log1p(weights) / np.log1p(FULL))
    return scaled
