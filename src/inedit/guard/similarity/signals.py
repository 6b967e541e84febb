"""The signals: each looks at two texts in its own way and returns a number from 0 (nothing) to 1 (all of it).

Every one is a weighted containment: of what the shorter side has, how much does the other side have too?
What the brief makes common (its own texts, its siblings) weighs little on both sides of the fraction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.profile import Hashes, Profile

Weigh = Callable[[Hashes], NDArray[np.float64]]

SUPPLIED = 0.02
"""Weight left to a shingle that the brief itself supplies."""

STEADY = 2.0
"""Shingles' worth of text added to each denominator, so that nearly empty texts prove nothing."""


def discount(shingles: Hashes, supplied: Sequence[Hashes], siblings: Sequence[Hashes]) -> NDArray[np.float64]:
    """The weight of each shingle: 1, less for each sibling that has it too, next to nothing when it was supplied."""
    weight = np.ones(len(shingles))
    if siblings:
        count = np.zeros(len(shingles))
        for other in siblings:
            count += np.isin(shingles, other)
        weight /= 1.0 + 3.0 * count
    for other in supplied:
        weight[np.isin(shingles, other)] = SUPPLIED
    return weight


def containment(
    kind: Callable[[Profile], Hashes],
    a: Profile,
    b: Profile,
    common: Sequence[Profile],
    siblings: Sequence[Profile],
) -> float:
    """Weighted share of the lighter text's shingles that the other has (Broder 1997, containment; symmetric here)."""
    mine, theirs = kind(a), kind(b)
    supplied, others = [kind(text) for text in common], [kind(text) for text in siblings]
    weight_a, weight_b = discount(mine, supplied, others), discount(theirs, supplied, others)
    shared = weight_a[np.isin(mine, theirs)].sum()
    return float(shared / (min(weight_a.sum(), weight_b.sum()) + STEADY))


def measure(
    a: Profile, b: Profile, common: Sequence[Profile], siblings: Sequence[Profile]
) -> dict[str, float]:
    """Every signal by name."""
    return {
        "skip-grams": containment(lambda text: text.skips, a, b, common, siblings),
        "word runs": containment(lambda text: text.trigrams, a, b, common, siblings),
        "character runs": containment(lambda text: text.characters, a, b, common, siblings),
    }
