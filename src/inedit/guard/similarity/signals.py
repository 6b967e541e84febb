"""The signals: each looks at two texts in its own way and returns a number from 0 (nothing) to 1 (all of it).

What the siblings of a brief share weighs little. What the brand supplied was taken out before
(:meth:`inedit.guard.similarity.profile.Profile.of`), and so was what both texts open with
(:func:`inedit.guard.similarity.shared_opening.beyond_opening`). None of them looks at the lengths of the texts.
The passages that each one saw are found by :func:`inedit.guard.similarity.attributions.attributions`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from inedit.guard.similarity.alignment import Passage, align, informativeness
from inedit.guard.similarity.profile import Profile, Weights
from inedit.guard.similarity.shingles import ngrams
from inedit.guard.similarity.words import Hashes, Positions, found_in

SMOOTHING = 2.0
"""Shingles added to each denominator, so that nearly empty texts prove nothing."""

CHANCE = 4.0
"""Weight, in informative words, that honest same-brief texts may well share: only what is above counts."""

FULL = 100.0
"""Weight of all passages at which their signal is 1."""

Similarities = NDArray[np.float64]


def pooled(siblings: Sequence[Hashes]) -> Hashes:
    """The distinct shingles of each sibling, all together and in order."""
    return np.sort(np.concatenate(siblings))


def bearers(shingles: Hashes, pool: Hashes) -> Positions:
    """How many siblings have each shingle, given all of theirs."""
    return pool.searchsorted(shingles, "right") - pool.searchsorted(shingles, "left")


def discount(shingles: Hashes, pool: Hashes) -> Weights:
    """The weight of each shingle: 1 / (1 + 3 k) when k siblings have it too."""
    weight: Weights = 1.0 / (1.0 + 3.0 * bearers(shingles, pool).astype(np.float64))
    return weight


def containment(shingles: str, a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> float:
    """Share of the shingles of the lighter text that the other has, by weight (Broder 1997, made symmetric).

    ``shingles`` names those of :class:`Profile`. Of two short texts they are compared faster as sets than in order.
    """
    if not siblings:
        ours, others = a.distinct(shingles), b.distinct(shingles)
        return len(ours & others) / (min(len(ours), len(others)) + SMOOTHING)
    mine, theirs = getattr(a, shingles), getattr(b, shingles)
    pool = pooled([getattr(text, shingles) for text in siblings])
    weight_a, weight_b = discount(mine, pool), discount(theirs, pool)
    shared = weight_a[found_in(mine, theirs)].sum()
    return float(shared / (min(weight_a.sum(), weight_b.sum()) + SMOOTHING))


def phrases(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> float:
    """Skip-grams in common: pairs of words at most four apart (Guthrie et al. 2006)."""
    return containment("phrases", a, b, siblings)


def stop_word_ngram(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> float:
    """Three function words in a row with the distances between them (after Stamatatos 2011)."""
    return containment("stop_word_ngrams", a, b, siblings)


def function_word_template(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> float:
    """Template swap: windows of six words that agree in all function words, whatever stands between them."""
    return containment("function_word_templates", a, b, siblings)


def word_runs(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> float:
    """Runs of three words in common (w-shingling, Broder 1997)."""
    return containment("distinct_runs", a, b, siblings)


def letter_runs(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> float:
    """Runs of five characters in common, spaces included (character n-grams, Stamatatos 2009)."""
    return containment("letter_runs", a, b, siblings)


def word_weights(text: Profile, siblings: Sequence[Profile]) -> Weights:
    """What each word says, less the more siblings have it beside the same neighbour."""
    weight = informativeness(text.words)
    if siblings and len(text) > 1:
        pairs = ngrams(text.words, 2)
        shared = bearers(pairs, pooled([text.bigrams for text in siblings]))
        nearby = np.zeros(len(text))
        nearby[:-1] = shared
        nearby[1:] = np.maximum(nearby[1:], shared)
        weight = weight / (1.0 + 9.0 * nearby / len(siblings))
    return weight


def aligned(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> list[Passage]:
    """The passages that two texts share, heaviest first."""
    if siblings:
        return align(a.words, b.words, word_weights(a, siblings), word_weights(b, siblings))
    other, found = a.memo.get("aligned", (None, ()))
    if other is not b:  # of a copy it is asked twice: what its passages weigh, and where they are
        found = align(a.words, b.words, informativeness(a.words), informativeness(b.words))
        a.memo["aligned"] = b, found
    return list(found)


def local_alignment(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> float:
    """Weight of the shared passages, each less what chance gives, on a logarithmic scale (see :func:`align`)."""
    return _on_scale(sum(max(0.0, passage.weight - CHANCE) for passage in aligned(a, b, siblings)))


def local_alignment_at_most(a: Profile, b: Profile, _: Sequence[Profile] = ()) -> float:
    """What :func:`local_alignment` cannot exceed without siblings: as if all words in common stood in one passage."""
    shared = float(informativeness(a.words[found_in(a.words, np.sort(b.words))]).sum())
    return _on_scale(max(0.0, shared - CHANCE))


def longest_passage(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> float:
    """Weight of the heaviest shared passage alone, on the scale of :func:`local_alignment`."""
    return _on_scale(max((passage.weight for passage in aligned(a, b, siblings)), default=0.0))


def _on_scale(weight: float) -> float:
    return min(1.0, math.log1p(weight) / math.log1p(FULL))


def word_order(a: Profile, b: Profile, _: Sequence[Profile] = ()) -> float:
    """Longest common subsequence of words, as a share of both texts (Indel similarity)."""
    return float(Indel.normalized_similarity(a.spelling[1], a.spelt(b)))


def sequence(a: Profile, b: Profile, _: Sequence[Profile] = ()) -> float:
    """How far :func:`word_order` exceeds one half, which honest texts on one brief rarely reach; 0 to 1."""
    words = len(a) + len(b)
    if words > 0 and 4 * _agreeing_at_most(a, b) <= words:  # most pairs are told by that
        return 0.0
    return max(0.0, 2.0 * word_order(a, b) - 1.0)


def _agreeing_at_most(a: Profile, b: Profile) -> int:
    """No subsequence of words that both texts have is longer: as if all their words that stand twice were common."""
    mine, theirs = a.distinct("words"), b.distinct("words")
    return len(mine & theirs) + min(len(a) - len(mine), len(b) - len(theirs))


def longest_common_order(a: Profile, b: Profile, _: Sequence[Profile] = ()) -> float:
    """Of the words that stand once in each text and are common to both, the share that comes in one order.

    The longest increasing subsequence of their places, as in patience diff. Words may be dropped and padded in at
    will; honest texts on one subject share its words, but in no common order.
    """
    return share_of_increasing([position for _mine, position in _common_positions(a, b)])


def share_of_increasing(positions: Sequence[int]) -> float:
    """The same of the places in one text of the common words, in the order of the other text."""
    ends: list[int] = []  # the smallest last place of an increasing subsequence of each length
    for position in positions:
        at = bisect_left(ends, position)
        ends[at : at + 1] = [position]
    return len(ends) / (len(positions) + SMOOTHING)


def common_order_positions(a: Profile, b: Profile) -> list[tuple[int, int]]:
    """The places in both texts of the words that :func:`longest_common_order` found in one order."""
    positions = _common_positions(a, b)
    ends: list[int] = []
    last: list[int] = []  # which word ends the subsequence of each length
    before: list[int] = []  # which word came before each one in its subsequence
    for number, (_mine, position) in enumerate(positions):
        at = bisect_left(ends, position)
        ends[at : at + 1] = [position]
        last[at : at + 1] = [number]
        before.append(last[at - 1] if at else -1)
    found = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(positions[number])
        number = before[number]
    return found[::-1]


def _common_positions(a: Profile, b: Profile) -> list[tuple[int, int]]:
    """Where the words stand that each text has once, in the order of the first text."""
    theirs = b.single_words
    return [(place, theirs[word]) for word, place in a.single_words.items() if word in theirs]


def letter_order(a: Profile, b: Profile, _: Sequence[Profile] = ()) -> float:
    """Longest common subsequence of letters, as a share of both texts: survives typos and inflection."""
    return float(Indel.normalized_similarity(a.letters, b.letters))


def cognates(a: Profile, b: Profile, _: Sequence[Profile] = ()) -> float:
    """Share of the longer words whose first four letters, or digits, the other text has too: names and cognates.

    After Simard, Foster and Isabelle 1992, who align sentences of two languages by such cognates.
    """
    mine, theirs = a.stems, b.stems
    return len(mine & theirs) / (min(len(mine), len(theirs)) + SMOOTHING)


def sentence_table(a: Profile, b: Profile) -> Similarities:
    """Indel similarity of words of each sentence of one text with each of the other, shape (sentences, sentences)."""
    spelt_a, spelt_b = a.spelling[1], a.spelt(b)
    ours, theirs = [spelt_a[i:j] for i, j in a.sentences], [spelt_b[i:j] for i, j in b.sentences]
    return np.array(
        [[Indel.normalized_similarity(one, other) for other in theirs] for one in ours], dtype=np.float64
    ).reshape(len(ours), len(theirs))


def sentences(a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> float:
    """Sentence alignment: how like its best match a sentence is, on the average by weight; the lower of both sides.

    Best matches as in Nelken and Shieber 2006 ("Towards Robust Context-Sensitive Sentence Alignment"), here by the
    words in order, so that sentences may be turned round.
    """
    return best_matches(sentence_table(a, b), a, b, siblings)


def best_matches(table: Similarities, a: Profile, b: Profile, siblings: Sequence[Profile] = ()) -> float:
    """The mean of the best matches in a table of sentences, by the weight of these; the lower of both sides.

    ``table`` holds Indel similarities, or cosines of the sentences' vectors: then it is sentence alignment by meaning.
    """
    if not table.size:
        return 0.0
    sides = []
    for text, best in ((a, table.max(axis=1)), (b, table.max(axis=0))):
        weights = word_weights(text, siblings)
        share = np.array([weights[first:end].sum() for first, end in text.sentences])
        sides.append(float((best * share).sum() / share.sum()))
    return min(sides)


Value = Callable[[Profile, Profile, Sequence[Profile]], float]

SIGNALS: dict[str, Value] = {
    "phrases": phrases,
    "frame": stop_word_ngram,
    "mould": function_word_template,
    "passages": local_alignment,
    "sequence": sequence,
    "word order": word_order,
    "letter order": letter_order,
    "sentences": sentences,
    "common order": longest_common_order,
    "cognates": cognates,
    "word runs": word_runs,
    "letter runs": letter_runs,
    "longest passage": longest_passage,
}
"""Every signal by the name it has in ``parameters.json`` and in findings. The last three decide nothing: measured
(``bench/guard/signals.py``), they add nothing to the others; they are there to be shown."""
