"""The signals: each looks at two texts in its own way and returns a number from 0 (nothing) to 1 (all of it).

What the siblings of a brief share weighs little. What the brand supplied was taken out before
(:meth:`inedit.guard.similarity.profile.Profile.of`). None of them looks at the lengths of the texts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Indel

from inedit.guard.similarity.alignment import Passage, align, informativeness
from inedit.guard.similarity.calibration import regimes
from inedit.guard.similarity.profile import Hashes, Profile, Weights, found_in, ngrams

STEADY = 2.0
"""Shingles added to each denominator, so that nearly empty texts prove nothing."""

OPENING, CLOSING = 0.3, 0.15
"""Share of the shorter text in which greetings and the restated brief, and farewells, may stand …"""

OPENING_WORDS, CLOSING_WORDS = 30, 15
"""… and the most words that they may take."""

FORMULA = 0.1
"""What is left of the weight of a passage where it stands in the opening, or the closing, of both texts."""

CHANCE = 4.0
"""Weight, in informative words, that a passage of honest cousins may well have: only what is above it counts."""

FULL = 100.0
"""Weight of all passages at which their signal is 1."""

SURELY = 0.99
"""Probability of a copy from which a sibling is taken for one."""

Shingles = Callable[[Profile], Hashes]


def discount(shingles: Hashes, siblings: Sequence[Hashes]) -> Weights:
    """The weight of each shingle: 1 / (1 + 3 k) when k siblings have it too."""
    weight = np.ones(len(shingles))
    for other in siblings:
        weight += 3.0 * found_in(shingles, other)
    return 1.0 / weight


def containment(shingles: Shingles, a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> float:
    """Share of the shingles of the lighter text that the other has, by weight (Broder 1997, made symmetric)."""
    mine, theirs = shingles(a), shingles(b)
    if not siblings:
        return float(found_in(mine, theirs).sum() / (min(len(mine), len(theirs)) + STEADY))
    others = [shingles(text) for text in siblings]
    weight_a, weight_b = discount(mine, others), discount(theirs, others)
    shared = weight_a[found_in(mine, theirs)].sum()
    return float(shared / (min(weight_a.sum(), weight_b.sum()) + STEADY))


def word_weights(text: Profile, siblings: Sequence[Profile]) -> Weights:
    """What each word says, less the more siblings have it beside the same neighbour."""
    weight = informativeness(text.words)
    if siblings and len(text) > 1:
        pairs = ngrams(text.words, 2)
        shared = np.zeros(len(pairs))
        for other in siblings:
            shared += found_in(pairs, other.bigrams)
        nearby = np.zeros(len(text))
        nearby[:-1] = shared
        nearby[1:] = np.maximum(nearby[1:], shared)
        weight = weight / (1.0 + 9.0 * nearby / len(siblings))
    return weight


def passages(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> list[Passage]:
    """The passages that two texts share, heaviest first."""
    return align(a.words, b.words, word_weights(a, siblings), word_weights(b, siblings))


def copied_passages(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> float:
    """Weight of the shared passages above chance, formulas at both ends aside, on a logarithmic scale.

    Honest cousins restate the brief in their first sentence and take leave with the same words; passages that stand
    inside both texts are another matter.
    """
    shorter = min(len(a), len(b))
    opening = min(OPENING_WORDS, OPENING * shorter)
    closing = min(CLOSING_WORDS, CLOSING * shorter)
    total = 0.0
    for passage in passages(a, b, siblings):
        words = passage.a_end - passage.a_start
        at_start = opening - max(passage.a_start, passage.b_start)
        at_end = closing - max(len(a) - passage.a_end, len(b) - passage.b_end)
        formula = min(words, max(0.0, at_start)) + min(words, max(0.0, at_end))
        weight = passage.weight * max(0.0, 1.0 - (1.0 - FORMULA) * formula / words)
        total += max(0.0, weight - CHANCE)
    return min(1.0, math.log1p(total) / math.log1p(FULL))


def passages_at_most(a: Profile, b: Profile) -> float:
    """What :func:`copied_passages` cannot exceed without siblings: as if all words in common stood in one passage."""
    words_b = np.sort(b.words)
    shared = float(informativeness(a.words[found_in(a.words, words_b)]).sum())
    return min(1.0, math.log1p(max(0.0, shared - CHANCE)) / math.log1p(FULL))


def word_order(a: Profile, b: Profile) -> float:
    """Longest common subsequence of words, as a share of both texts (Indel similarity)."""
    return float(Indel.normalized_similarity(a.words.tolist(), b.words.tolist()))


def sequence(a: Profile, b: Profile) -> float:
    """How far :func:`word_order` exceeds one half, which honest cousins of some length rarely reach; 0 to 1."""
    return max(0.0, 2.0 * word_order(a, b) - 1.0)


def letter_order(a: Profile, b: Profile) -> float:
    """Longest common subsequence of letters, as a share of both texts: survives typos and inflection."""
    return float(Indel.normalized_similarity(a.letters, b.letters))


def cognates(a: Profile, b: Profile) -> float:
    """Share of the longer words whose first four letters, or digits, the other text has too: names and cognates."""
    mine, theirs = a.stems, b.stems
    return len(mine & theirs) / (min(len(mine), len(theirs)) + STEADY)


def _phrases(text: Profile) -> Hashes:
    return text.phrases


def _frames(text: Profile) -> Hashes:
    return text.frames


def _moulds(text: Profile) -> Hashes:
    return text.moulds


SIGNALS: dict[str, Callable[[Profile, Profile, Sequence[Profile]], float]] = {
    "phrases": lambda a, b, siblings: containment(_phrases, a, b, siblings),
    "frame": lambda a, b, siblings: containment(_frames, a, b, siblings),
    "mould": lambda a, b, siblings: containment(_moulds, a, b, siblings),
    "passages": copied_passages,
    "word order": lambda a, b, _: word_order(a, b),
    "sequence": lambda a, b, _: sequence(a, b),
    "cognates": lambda a, b, _: cognates(a, b),
    "letter order": lambda a, b, _: letter_order(a, b),
}
"""Every signal by the name it has in ``parameters.json`` and in findings."""


OF_SIBLINGS = " of siblings"
"""Ends the name of a signal taken between the texts and their siblings: what is ordinary for this brief."""

MEANING = "meaning"
"""The name of the encoder's signal: the cosine of the two texts' vectors."""


def measure(
    names: Iterable[str],
    a: Profile,
    b: Profile,
    siblings: Siblings | None = None,
    cosine: float | None = None,
) -> dict[str, float]:
    """The signals asked for. ``X of siblings`` is what X says of either text and the sibling nearest to it."""
    others = siblings.texts if siblings else ()
    found = {}
    for name in names:
        if name == MEANING:
            found[name] = cosine or 0.0
        elif name.endswith(OF_SIBLINGS):
            near = siblings.nearness if siblings else ()
            found[name] = max((signals[name.removesuffix(OF_SIBLINGS)] for signals in near), default=0.0)
        else:
            found[name] = SIGNALS[name](a, b, others)
    return found


@dataclass(frozen=True, slots=True)
class Siblings:
    """Other texts of the brief, and what the core signals say of each beside either of the two texts compared."""

    texts: tuple[Profile, ...]
    nearness: tuple[Mapping[str, float], ...]


def siblings_of(a: Profile, b: Profile, texts: Sequence[Profile]) -> Siblings | None:
    """The siblings that can tell what the brief makes common; None when there is none.

    A sibling that is itself a copy of one of the two texts tells nothing of the brief, and would hide that copy: it
    is left out.
    """
    cold, kept, nearness = regimes()["long"], [], []
    for text in texts:
        both = [measure(cold.weights, side, text) for side in (a, b)]
        if max(cold.probability(signals) for signals in both) < SURELY:
            kept.append(text)
            nearness += both
    return Siblings(tuple(kept), tuple(nearness)) if kept else None
