"""Words as numbers: a folded text cut into words, each a hash that is the same on every machine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.normalise import SENTENCE_END

Hashes = NDArray[np.uint64]
Positions = NDArray[np.intp]

LONG, SMALL, MIDDLE, NUMBER = range(4)
"""What kind of word it is, kept in the two lowest bits of its hash.

A function word has at most three letters: in the languages we know these are mostly articles, prepositions, pronouns
and conjunctions, which stay when a text is spun, and which no list of stop words has to be kept for.
"""

_KIND = np.uint64(3)
_SPACE, _END = np.uint32(ord(" ")), np.uint32(ord(SENTENCE_END))
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_SHIFTS = np.uint64(30), np.uint64(27), np.uint64(31)
_MIX_MULTIPLIERS = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def mix(values: Hashes) -> Hashes:
    """Spreads the bits (the finaliser of SplitMix64, Steele et al. 2014), into one new array."""
    mixed = values >> _MIX_SHIFTS[0]
    mixed ^= values
    mixed *= _MIX_MULTIPLIERS[0]
    mixed ^= mixed >> _MIX_SHIFTS[1]
    mixed *= _MIX_MULTIPLIERS[1]
    mixed ^= mixed >> _MIX_SHIFTS[2]
    return mixed


STEM_LETTERS = 6
"""A word is known by its first letters, so that number, gender, case and tense make no other word of it."""

_PLACES = np.arange(STEM_LETTERS)
_MULTIPLIERS = mix((_PLACES + 1).astype(np.uint64) * _GOLDEN)
_KINDS = np.array([SMALL, SMALL, SMALL, SMALL, MIDDLE, MIDDLE, LONG], dtype=np.uint64)
"""By the letters of a word, at most six."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The words of a folded text: their hashes, and their first character and one past the last; each of shape (n,)."""

    words: Hashes
    starts: Positions
    ends: Positions


def codes_of(folded: str) -> NDArray[np.uint32]:
    """The code point of each character."""
    return np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def cut_words(folded: str) -> Cut:
    """Cuts a folded text, or several with spaces between, into words.

    The hash of a word is the sum of the letters of its stem, each times the multiplier of its place (multilinear
    hashing, Carter and Wegman 1979), with its bits spread; its kind comes from the whole word.
    """
    codes = codes_of(folded + " " * STEM_LETTERS)
    inside = (codes != _SPACE) & (codes != _END)
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    if inside[0]:
        edges = np.concatenate([[0], edges])
    starts, ends = edges[::2], edges[1::2]
    lengths = ends - starts
    stems = codes[starts[:, None] + _PLACES] * (lengths[:, None] > _PLACES)
    kinds = _KINDS[np.minimum(lengths, len(_KINDS) - 1)]
    kinds[codes[starts] - ord("0") < 10] = NUMBER  # below "0" it wraps round to a large figure
    return Cut((mix(stems.astype(np.uint64) @ _MULTIPLIERS) & ~_KIND) | kinds, starts, ends)


def kinds(words: Hashes) -> Positions:
    """LONG, SMALL, MIDDLE or NUMBER for each word."""
    return (words & _KIND).astype(np.intp)


def distinct(values: Hashes) -> Hashes:
    """The values sorted, each once (at these sizes several times faster than :func:`numpy.unique`)."""
    values = np.sort(values)
    first = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return values[first]


@dataclass(frozen=True, slots=True)
class Places:
    """The distinct words of a text, sorted, how often each stands in it, and where: at ``order[first]`` and the places
    after it in ``order``."""

    words: Hashes
    first: Positions
    often: Positions
    order: Positions


def places_of(words: Hashes) -> Places:
    """Where each of some words stands."""
    order = words.argsort(kind="stable")
    ordered = words[order]
    begins = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
    first = begins.nonzero()[0]
    often = np.append(first[1:], len(ordered)) - first if len(first) else first
    return Places(ordered[first], first, often, order)


_SLOTS = 1 << 14
_SLOT_SHIFT = np.uint64(64 - 14)
_FEW = 1_000


def found_in(values: Hashes, others: Hashes) -> NDArray[np.bool_]:
    """Which of ``values`` are among ``others``, which are sorted.

    Of many values, most are told apart by the first bits alone: looking them up takes a tenth of searching for them.
    """
    if len(values) > _FEW and 8 * len(others) < _SLOTS:
        slots = np.zeros(_SLOTS, dtype=bool)
        slots[(others >> _SLOT_SHIFT).view(np.int64)] = True
        among: NDArray[np.bool_] = slots[(values >> _SLOT_SHIFT).view(np.int64)]
        maybe = np.flatnonzero(among)
        among[maybe] = _found_in(values[maybe], others)
        return among
    return _found_in(values, others)


def _found_in(values: Hashes, others: Hashes) -> NDArray[np.bool_]:
    if not len(others):
        return np.zeros(len(values), dtype=bool)
    found: NDArray[np.bool_] = others.take(others.searchsorted(values), mode="clip") == values
    return found


def stem(word: str) -> str:
    """What a word may have in common with its like in another language; empty when it is too short to tell."""
    return word[:4] if len(word) >= 4 or word.isdigit() else ""
