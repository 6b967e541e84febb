"""What two texts open with alike is the brief's: it is taken out before they are compared.

Honest texts for one brief greet in the same words and restate what they were asked in their first sentence (« There are
several reasons why someone might prefer … »), and come back to these words further down.
"""

from __future__ import annotations

import numpy as np

from inedit.guard.similarity.profile import OPENING_WORDS, Profile
from inedit.guard.similarity.shingles import RUN_WORDS

OPENING_SHARE = 0.25
"""The opening of a text has at most this share of the words of the shorter of the two, and at most 25 words."""

LEAST_LEFT = 0.5
"""Nothing is taken out when less than this share of a text would be left."""


def runs_of_opening(words: int) -> int:
    """How many runs of three words the opening has of two texts of which the shorter has so many words."""
    return max(0, int(min(OPENING_WORDS, OPENING_SHARE * words)) - RUN_WORDS + 1)


def beyond_opening(a: Profile, b: Profile) -> tuple[Profile, Profile]:
    """Both texts less the runs of three words that their openings share, wherever these runs stand."""
    ends = runs_of_opening(min(len(a), len(b)))
    if not ends:
        return a, b
    shared = set(a.opening_runs[:ends]).intersection(b.opening_runs[:ends])
    if not shared:
        return a, b
    runs = np.array(sorted(shared), dtype=np.uint64)
    left_a, left_b = a.without(runs), b.without(runs)
    if len(left_a) < LEAST_LEFT * len(a) or len(left_b) < LEAST_LEFT * len(b):
        return a, b
    return left_a, left_b
