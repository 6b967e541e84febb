"""What two texts open with alike is the brief's: it is taken out before they are compared.

Honest texts for one brief greet in the same words and restate what they were asked in their first sentence (« There are
several reasons why someone might prefer … »), and come back to these words further down.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

from inedit.guard.similarity.profile import OPENING_WORDS, Profile
from inedit.guard.similarity.shingles import RUN_WORDS
from inedit.guard.similarity.words import Hashes, found_in

OPENING_SHARE = 0.25
"""The opening of a text has at most this share of the words of the shorter of the two, and at most 25 words."""

MINIMUM_LEFT = 0.5
"""Nothing is taken out when less than this share of a text would be left."""


RESTATED_SHARE = 0.25
"""When siblings have this share of the runs of three words that two texts open with, these are the brief's."""

PASTED_WORDS = 12
PASTED_SHARE = 0.2
"""What one text begins with, from the first word on, and the other has in its opening word for word, is not a restated
brief but a paste when it has so many words and is this share of the shorter text."""


def is_pasted(a: Hashes, b: Hashes) -> bool:
    """Whether one text, by its words, begins with a passage of the other's opening, not with a restated brief."""
    least = max(PASTED_WORDS, math.ceil(PASTED_SHARE * min(len(a), len(b))))
    return min(len(a), len(b)) >= least and (_stands_in(a[:least], b) or _stands_in(b[:least], a))


def _stands_in(head: Hashes, text: Hashes) -> bool:
    """Whether some words stand in a text, beginning in its opening: a subject or a hook may come before them."""
    starts = np.flatnonzero(text[:OPENING_WORDS] == head[0]).tolist()
    return any(np.array_equal(text[start : start + len(head)], head) for start in starts)


def runs_of_opening(words: int) -> int:
    """How many runs of three words the opening has of two texts of which the shorter has so many words."""
    return max(0, int(min(OPENING_WORDS, OPENING_SHARE * words)) - RUN_WORDS + 1)


def beyond_opening(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> tuple[Profile, Profile]:
    """Both texts less the runs of three words that their openings share, wherever these runs stand.

    A paste is left in, unless siblings say so much of it that it must be the brief's.
    """
    ends = runs_of_opening(min(len(a), len(b)))
    if not ends:
        return a, b
    if a.opening_set.isdisjoint(b.opening_runs):  # as most do
        return a, b
    shared = set(a.opening_runs[:ends]).intersection(b.opening_runs[:ends])
    if not shared or (is_pasted(a.words, b.words) and not _is_restated(shared, siblings)):
        return a, b
    runs = np.array(sorted(shared), dtype=np.uint64)
    left_a, left_b = a.without(runs), b.without(runs)
    if len(left_a) < MINIMUM_LEFT * len(a) or len(left_b) < MINIMUM_LEFT * len(b):
        return a, b
    return left_a, left_b


def _is_restated(runs: Collection[int], siblings: Sequence[Profile]) -> bool:
    """Whether siblings have some of the runs that two texts open with."""
    opening = np.array(sorted(runs), dtype=np.uint64)
    known = np.zeros(len(opening), dtype=bool)
    for text in siblings:
        known |= found_in(opening, text.distinct_runs)
    return bool(known.mean() >= RESTATED_SHARE)
