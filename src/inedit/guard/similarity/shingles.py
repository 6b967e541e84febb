"""Shingles: what is cut from the words of a text to be compared, as hashes."""

from __future__ import annotations

import numpy as np

from inedit.guard.similarity.words import SMALL, Hashes, Positions, kinds, mix

SKIP_WINDOW = 4
"""A skip-gram is a pair of words at most this many words apart."""

TEMPLATE_WORDS = 6
"""Words in one window of the template."""

RUN_WORDS = 3
"""Words in one of the runs that are taken out of a text because they are nobody's own."""

_BLANK = np.uint64(0)
_MULTIPLIERS = np.array(
    (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD),
    dtype=np.uint64,
)


_POWERS = np.multiply.accumulate(np.array([_MULTIPLIERS[0], *[_MULTIPLIERS[1]] * 7]))[::-1]
"""Each word of a run times another of these, the last word times the last."""


def ngrams(words: Hashes, size: int) -> Hashes:
    """The hash of each run of ``size`` words, eight at most, in the order of the text (n - size + 1 of them)."""
    if len(words) < size:
        return np.empty(0, dtype=np.uint64)
    return mix(np.correlate(words, _POWERS[-size:]))


def mix_pairs(first: Hashes, second: Hashes) -> Hashes:
    """The hash of each pair of words."""
    return mix(first * _MULTIPLIERS[2] + second * _MULTIPLIERS[3])


def skip_grams(words: Hashes, window: int = SKIP_WINDOW) -> Hashes:
    """The hash of each pair of words in order and at most ``window`` words apart.

    They survive insertions and single substitutions, which break every n-gram across them (Guthrie et al. 2006,
    "A Closer Look at Skip-gram Modelling").
    """
    first, second = words * _MULTIPLIERS[2], words * _MULTIPLIERS[3]
    pairs = [first[:-gap] + second[gap:] for gap in range(1, window + 1) if len(words) > gap]
    return mix(np.concatenate(pairs)) if pairs else np.empty(0, dtype=np.uint64)


def mix_stop_words(function_words: Hashes, distances: Positions) -> Hashes:
    """The hash of each three function words in a row and the two distances between them."""
    return mix(
        np.correlate(function_words, _MULTIPLIERS[:3])
        + np.correlate(distances.astype(np.uint64), _MULTIPLIERS[3:])
    )


def stop_word_grams(words: Hashes) -> Hashes:
    """The hash of each three function words in a row with the number of words between them.

    « un … de … la »: what stands when every noun and verb was exchanged (stop-word n-grams, Stamatatos 2011,
    "Plagiarism detection using stopword n-grams", here with their distances).
    """
    at = np.flatnonzero(kinds(words) == SMALL)
    if len(at) < 3:
        return np.empty(0, dtype=np.uint64)
    return mix_stop_words(words[at], at[1:] - at[:-1])


def blanked(words: Hashes) -> Hashes:
    """The words with all but the function words blanked: the template that they were cast in."""
    return np.where(kinds(words) == SMALL, words, _BLANK)


def template_grams(words: Hashes, size: int = TEMPLATE_WORDS) -> Hashes:
    """The hash of each window of words in which all but the function words were blanked.

    Two texts cast in one template, with other names and numbers in it, have the same ones.
    """
    return ngrams(blanked(words), size)
