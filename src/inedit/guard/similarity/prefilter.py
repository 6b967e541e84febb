"""Which of many texts may be copies of one: the signals of a cold start, worked out roughly for all of them at once.

A search passes on some dozens of texts, nearly all of them honest. To judge each by itself takes a few tenths of a
millisecond; here only those are kept that the decision might still call copies. What two texts open with is taken
out of the one from the archive alone, so that the draft need not be cut anew for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.alignment import GAP_COST, REACH, informativeness
from inedit.guard.similarity.calibration import FEWEST_WORDS, Calibration, calibration_for
from inedit.guard.similarity.excerpt import PASTED_RUN, RUN, least_runs, may_be_turned, may_hold
from inedit.guard.similarity.profile import OPENING_WORDS, Profile
from inedit.guard.similarity.shared_opening import MINIMUM_LEFT, PASTED_WORDS, is_pasted, runs_of_opening
from inedit.guard.similarity.shingles import RUN_WORDS, TEMPLATE_WORDS, blanked, mix_stop_words, ngrams
from inedit.guard.similarity.signals import CHANCE, FULL, SMOOTHING, share_of_increasing
from inedit.guard.similarity.words import SMALL, Hashes, Positions, found_in, kinds

Numbers = NDArray[np.float64]

BOUNDED = frozenset({"frame", "mould", "passages", "sequence", "common order"})
"""Texts are kept whose calibration weighs another signal."""

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
    shorter = np.minimum(whole.lengths, len(draft)).tolist()
    calibrations = {
        words: calibration_for(language=language, words=words, siblings=False)
        for words in set(shorter)
        if words >= FEWEST_WORDS
    }
    bounded = {
        words: calibration
        for words, calibration in calibrations.items()
        if BOUNDED.issuperset(calibration.weights)
    }
    if not bounded:
        return list(range(len(texts)))
    held, longer = whole.runs_held(draft), np.maximum(whole.lengths, len(draft))
    batch, words = whole.beyond_opening(draft, shorter, held), np.array(shorter)
    signals, agreeing = batch.signals(draft)
    seeming = np.array([words not in bounded for words in shorter])
    seeming |= (held > PASTED_RUN - RUN) | (may_hold(longer, words) & (held >= least_runs(words)))
    seeming |= may_be_turned(agreeing + batch.lost, longer)
    for calibration in {calibration.name: calibration for calibration in bounded.values()}.values():
        ours = [words in bounded and bounded[words].name == calibration.name for words in shorter]
        left = calibration.least_total - _total(calibration, signals)
        at_most = calibration.weights.get("common order", 0.0) * agreeing / (agreeing + SMOOTHING)
        some = np.flatnonzero(~seeming & ours & (at_most >= left))
        if len(some):
            seeming[some] = _may_be(calibration, draft, batch.only(some), _those(signals, some))
    found: list[int] = np.flatnonzero(seeming).tolist()
    return found


def _total(calibration: Calibration, signals: Mapping[str, Numbers]) -> Numbers:
    """The :meth:`Calibration.total` of each text, as far as these signals go."""
    total: Numbers = np.array(calibration.bias)
    for name, values in signals.items():
        total = total + calibration.weights.get(name, 0.0) * values
    return total


def _those(signals: Mapping[str, Numbers], numbers: Positions) -> dict[str, Numbers]:
    return {name: values[numbers] for name, values in signals.items()}


def _may_be(
    calibration: Calibration, draft: Profile, batch: _Batch, signals: Mapping[str, Numbers]
) -> NDArray[np.bool_]:
    """Which of the few texts may be copies that the rougher signals leave open; order is looked at last."""
    passages = np.minimum(signals["passages"], batch.passages(draft.words))
    missing = calibration.least_total - _total(calibration, {**signals, "passages": passages})
    weight, orders = calibration.weights.get("common order", 0.0), batch.orders(draft)
    may_be: NDArray[np.bool_] = weight * orders.at_most >= missing
    for number in np.flatnonzero(may_be).tolist():
        may_be[number] = weight * orders.share(number) >= missing[number]
    return may_be


@dataclass(frozen=True, slots=True)
class _Orders:
    """The words that stand once in the draft and once in a text, by texts and in the draft's order: their places."""

    positions: Positions
    ends: Positions  # one past the last of each text

    @property
    def at_most(self) -> Numbers:
        """No text has a higher share: as if all were in one order."""
        counts = np.diff(self.ends, prepend=0)
        most: Numbers = counts / (counts + SMOOTHING)
        return most

    def share(self, number: int) -> float:
        """The share of the words of one text that come in one order (see ``signals``)."""
        first = int(self.ends[number - 1]) if number else 0
        return share_of_increasing(self.positions[first : self.ends[number]].tolist())


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

    def only(self, numbers: Positions) -> _Batch:
        """Some of the texts."""
        some = _Batch.of([self.text(number) for number in numbers.tolist()])
        return replace(some, lost=self.lost[numbers])

    def text(self, number: int) -> Hashes:
        """The words of one text."""
        start, length = self.starts[number], self.lengths[number]
        return self.words[start : start + length]

    def beyond_opening(self, draft: Profile, shorter: Sequence[int], held: Numbers) -> _Batch:
        """The texts less the runs of words that both they and the draft open with (see ``opening``).

        ``held`` is what :meth:`runs_held` says of them.
        """
        runs = ngrams(self.words, RUN_WORDS)
        owners, last = self.owners[: len(runs)], self.owners[RUN_WORDS - 1 :]
        ends = np.array([runs_of_opening(words) for words in shorter])
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

    def orders(self, draft: Profile) -> _Orders:
        """The words that stand once in the draft and in each text."""
        once = draft.single_words
        known = found_in(self.words, once.words).nonzero()[0]
        at = once.positions[once.words.searchsorted(self.words[known])]
        along = self.owners[known] * len(draft) + at
        order = along.argsort()
        along = along[order]
        other = np.ones(
            len(along) + 1, dtype=bool
        )  # whether the word before is another one, or another text's
        np.not_equal(along[1:], along[:-1], out=other[1:-1])
        kept = other[:-1] & other[1:]
        texts = (np.arange(len(self.lengths)) + 1) * len(draft)
        return _Orders(known[order][kept], along[kept].searchsorted(texts))

    def signals(self, draft: Profile) -> tuple[dict[str, Numbers], Numbers]:
        """The signals of each text beside the draft, at most so much or exactly, and the words that both have."""
        function_words = np.flatnonzero(kinds(self.words) == SMALL)
        stop_word_ngrams = (
            mix_stop_words(self.words[function_words], np.diff(function_words))
            if len(function_words) > 2
            else self.words[:0]
        )
        function_word_templates = ngrams(blanked(self.words), TEMPLATE_WORDS)
        first = np.arange(len(function_word_templates))
        known = found_in(self.words, np.sort(draft.words)).nonzero()[0]
        owners, length = self.owners[known], len(draft) - self.lost
        agreeing = self._sum(owners)
        # as if all words in common stood in one passage
        weight = np.maximum(0.0, self._sum(owners, informativeness(self.words[known])) - CHANCE)
        signals = {
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
        return signals, agreeing

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

    def passages(self, mine: Hashes) -> Numbers:
        """Of each text: the weight of the passages that the draft has too, overlapping ones included, as a signal.

        As :func:`inedit.guard.similarity.alignment.align` does it, for all texts at once.
        """
        order = mine.argsort(kind="stable")
        ordered = mine[order]
        first = np.append(True, ordered[1:] != ordered[:-1]).nonzero()[0]
        distinct, often = ordered[first], np.append(first[1:], len(mine)) - first
        known = found_in(self.words, distinct).nonzero()[0]
        if not len(known):
            return np.zeros(len(self.lengths))
        position = distinct.searchsorted(self.words[known])
        counts, low = often[position], first[position]
        j = known.repeat(counts)
        i = order[np.arange(len(j)) + (low - counts.cumsum() + counts).repeat(counts)]
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
