"""Short texts that stand inside a longer one, and short texts that differ in their figures and codes alone.

The calibrations measure how alike two whole texts are. An excerpt is not like the whole that it was taken from, and an
SMS with another price is like its original but for the words that say most; both are told by what is there word for
word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz.distance import Indel

from inedit.guard.similarity.normalise import SENTENCE_END
from inedit.guard.similarity.profile import OPENING_WORDS, Profile
from inedit.guard.similarity.shingles import ngrams
from inedit.guard.similarity.words import Hashes, Positions, codes_of, distinct, found_in

Counts = Any
Truths = Any
"""A figure of one text or pair, or an array of those of many."""

EXCERPT = "excerpt"
PASTE = "paste"
FIGURES = "all but figures"
LINES = "same lines"
"""Names of the four ways, as signals."""

MOST_WORDS = 40
"""Longer texts are compared as wholes: a passage of half of them is found there."""

LONGER = 2.0
"""What an excerpt is taken from is at least so many times as long: else the two are compared as wholes."""

RUN = 5
"""Words in a row that must stand in both texts to count."""

MINIMUM_COVERED = 8
COVERED = 0.8
"""Of the shorter text so many words, and this share, stand in the longer one in runs of five words and more …"""

LONG_RUN = 12
COVERED_BY_LONG_RUN = 0.6
"""… or less of it does and one run has twelve words: honest texts of one brief hardly share so many in a row."""

MINIMUM_LINES = 4
SAME_LINES = 0.8
"""Two texts are one when so many of their lines or sentences, with this share of the longer text's words, are the same
in whatever order: lists that were turned round, whose items are too short for any run of words."""

MINIMUM_WORDED = 5
SAME_WORDING = 0.95
"""Texts with five words beside their figures are one when these words agree in order to this degree (Indel)."""


PASTED_RUN = 13
PASTED_SHARE = 0.2
"""Of two texts of one brief one holds a paste of the other when so many words in a row, this share of the shorter text,
stand in both and in none of their siblings."""

FEWEST_SIBLINGS = 2
"""With fewer of them nobody knows what the brief makes common."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is found of a text: the share of it (0 to 1), and from which share it is a copy."""

    signal: str
    share: float
    threshold: float


def found_again(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> Found | None:
    """Whether the shorter text is an excerpt of the longer one, or the same but for its figures; None when neither.

    What a sibling says too is the brief's.
    """
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    if not siblings and (found := _same_lines(a, b)):
        return found
    if len(siblings) >= FEWEST_SIBLINGS and (found := pasted(shorter, longer, siblings)):
        return found
    if len(shorter) >= MOST_WORDS:
        return None
    if may_hold(len(longer), len(shorter)):
        return _excerpt(shorter, longer, siblings)
    return None if siblings else _same_but_figures(shorter, longer)


def may_hold(longer: Counts, shorter: Counts) -> Truths:
    """Whether a text of so many words may hold an excerpt that has so many: of many pairs at once, or of one."""
    return (shorter < MOST_WORDS) & (longer >= LONGER * shorter)


def least_runs(words: Counts) -> Counts:
    """How many runs of five words an excerpt of so many words shares at the least."""
    return np.maximum(MINIMUM_COVERED, COVERED_BY_LONG_RUN * words) / RUN


def pasted(shorter: Profile, longer: Profile, siblings: Sequence[Profile] = ()) -> Found | None:
    """Whether so much of the shorter text stands in a row in the longer one that it was pasted.

    What both open with may be the brief, said again: :func:`inedit.guard.similarity.shared_opening.is_pasted` tells.
    """
    if len(shorter) < PASTED_RUN:
        return None
    at = _shared_runs(shorter, longer, siblings)
    opening = at[at < OPENING_WORDS]
    restated = found_in(
        ngrams(shorter.words, RUN)[opening], distinct(ngrams(longer.words[:OPENING_WORDS], RUN))
    )
    at = np.setdiff1d(at, opening[restated], assume_unique=True)
    longest = _longest(at)
    share = longest / len(shorter)
    is_copy = longest >= PASTED_RUN and share >= PASTED_SHARE
    return Found(PASTE, share, PASTED_SHARE) if is_copy else None


def _shared_runs(shorter: Profile, longer: Profile, siblings: Sequence[Profile]) -> Positions:
    """Where runs of five words begin that both texts have and no sibling has."""
    runs = ngrams(shorter.words, RUN)
    shared = found_in(runs, _runs_of(longer))
    for text in siblings:
        if not shared.any():
            break
        shared &= ~found_in(runs, _runs_of(text))
    return np.flatnonzero(shared)


def _longest(at: Positions) -> int:
    """The words in the longest row of runs of five words that begin at some places."""
    if not len(at):
        return 0
    return max(len(run) for run in np.split(at, np.flatnonzero(np.diff(at) != 1) + 1)) + RUN - 1


def _excerpt(shorter: Profile, longer: Profile, siblings: Sequence[Profile]) -> Found | None:
    at = _shared_runs(shorter, longer, siblings)
    if not len(at):
        return None
    covered = np.zeros(len(shorter), dtype=bool)
    covered[at[:, None] + np.arange(RUN)] = True
    share = float(covered.mean())
    longest = _longest(at)
    threshold = COVERED_BY_LONG_RUN if longest >= LONG_RUN else COVERED
    is_copy = share >= threshold and covered.sum() >= MINIMUM_COVERED
    return Found(EXCERPT, share, threshold) if is_copy else None


def may_be_turned(agreeing: Counts, longer: Counts) -> Truths:
    """Whether texts that have so many words in common may be of the same lines; the longer one has ``longer`` words."""
    return agreeing >= SAME_LINES * longer


def _same_lines(a: Profile, b: Profile) -> Found | None:
    """Whether both texts are of the same lines or sentences, in whatever order."""
    longer = max(len(a), len(b))
    if not may_be_turned(int(found_in(a.words, np.sort(b.words)).sum()), longer):
        return None
    mine, theirs = _lines_of(a), _lines_of(b)
    shared = mine & theirs
    words = sum(len(line) for line in shared.elements())
    if shared.total() < MINIMUM_LINES or words < MINIMUM_COVERED or words < SAME_LINES * longer:
        return None
    return Found(LINES, words / longer, SAME_LINES)


def _lines_of(text: Profile) -> Counter[tuple[int, ...]]:
    """How often each line or sentence stands in a text, however short, by its words that count."""
    stops = np.flatnonzero(codes_of(text.source.folded) == ord(SENTENCE_END))
    edges = np.flatnonzero(np.diff(np.searchsorted(stops, text.starts))) + 1
    return Counter(tuple(line.tolist()) for line in np.split(text.words, edges))


def _runs_of(text: Profile) -> Hashes:
    return distinct(ngrams(text.words, RUN))


def _same_but_figures(a: Profile, b: Profile) -> Found | None:
    if 2 * found_in(a.words, np.sort(b.words)).sum() < len(a):
        return None  # the words are cut out of the texts only where it may matter
    mine, theirs = a.wording, b.wording
    if min(len(mine), len(theirs)) < MINIMUM_WORDED or (len(mine) == len(a) and len(theirs) == len(b)):
        return None
    share = float(Indel.normalized_similarity(mine, theirs))
    return Found(FIGURES, share, SAME_WORDING) if share >= SAME_WORDING else None
