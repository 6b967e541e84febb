"""A whole pile of texts at once: which of them copy an earlier one?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.calibration import FEWEST_WORDS
from inedit.guard.similarity.decision import Similarity, decide
from inedit.guard.similarity.normalise import fold
from inedit.guard.similarity.postings import (
    BRIEF_WORDS,
    fewer_keys,
    in_sample,
    is_sampled,
    search_keys,
)
from inedit.guard.similarity.profile import Profile, supplied_by
from inedit.guard.similarity.shingles import RUN_WORDS, SKIP_WINDOW, mix_pairs, mix_stop_words, ngrams
from inedit.guard.similarity.words import SMALL, Hashes, cut_words, distinct, found_in, kinds

MINIMUM_KEYS = 2
MINIMUM_SHARE = 0.12
"""Two texts that are compared share at least so many keys, and this share of the keys of the one that has fewer.

A pile must be quick: half the share finds all that :class:`Index` finds, in three times the time.
"""

_CHUNK = 1000
_OWNER_BITS = np.uint64(22)
_OWNER = np.uint64((1 << 22) - 1)
_LATER = (1 << 22) - 1
_CROWD = 32
"""A key that more texts than this have says little; it is looked at only for texts that have hardly any other."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Text number ``position`` (from 0) copies the earlier text number ``of``."""

    position: int
    of: int
    similarity: Similarity


def duplicates(texts: Sequence[str], language: str, common: Sequence[str] = ()) -> list[Duplicate]:
    """Every text that copies an earlier one, with one that it copies; in order. What is not listed may be kept.

    Decides as :func:`inedit.guard.similarity.compare` does, on pairs that share enough shingles. At most 4 million
    texts.
    """
    supplied = supplied_by(common)

    @lru_cache(maxsize=4096)
    def profile(position: int) -> Profile:
        return Profile.of(texts[position], supplied)

    found: list[Duplicate] = []
    done = -1
    for earlier, later in _candidate_pairs(texts, supplied):
        if later == done:
            continue
        similarity = decide(profile(later), profile(earlier), language=language, copies_only=True)
        if similarity.copy:
            found.append(Duplicate(later, earlier, similarity))
            done = later
    return found


def _candidate_pairs(texts: Sequence[str], supplied: Hashes) -> Iterator[tuple[int, int]]:
    """Pairs (earlier, later) that share enough keys, by later text, most shared keys first."""
    parts = [_keys(texts[at : at + _CHUNK], at, supplied) for at in range(0, len(texts), _CHUNK)]
    if not parts:
        return
    entries = np.concatenate(parts)
    if not len(entries):
        return
    entries = distinct(entries)
    owners = (entries & _OWNER).astype(np.int64)
    starts = np.flatnonzero(np.append(True, (entries[1:] ^ entries[:-1]) >> _OWNER_BITS != 0))
    runs = np.diff(np.append(starts, len(entries)))
    crowded = np.repeat(runs > _CROWD, runs)
    sampled = is_sampled(entries)
    count = partial(np.bincount, minlength=len(texts))
    total, telling = count(owners), count(owners[~crowded])
    commonplace = 3 * telling < total
    sizes = np.where(commonplace, total, telling)
    samples = np.where(commonplace, count(owners[sampled]), count(owners[sampled & ~crowded]))
    single = np.repeat(runs == 1, runs)
    near = _linked(entries[~crowded & ~single], _CROWD)
    # Texts made of crowded keys alone, such as a large family from one template, are linked to their neighbours in it.
    far = _linked(entries[crowded & commonplace[owners]], 2)
    links = np.sort(np.concatenate([near, far]))
    if not len(links):
        return
    firsts = np.flatnonzero(np.append(True, links[1:] != links[:-1]))
    pairs, shared = links[firsts], np.diff(np.append(firsts, len(links)))
    # Most pairs share one key; that is enough only for a text that has no other.
    often, lone = shared >= MINIMUM_KEYS, sizes < MINIMUM_KEYS
    if lone.any():
        often |= lone[pairs >> 22] | lone[pairs & _LATER]
    pairs, shared = pairs[often], shared[often]
    earlier, later = pairs >> 22, pairs & _LATER
    fewer = fewer_keys((sizes[earlier], samples[earlier]), (sizes[later], samples[later]))
    chosen = np.flatnonzero((shared >= np.minimum(MINIMUM_KEYS, fewer)) & (shared >= MINIMUM_SHARE * fewer))
    chosen = chosen[np.lexsort((earlier[chosen], -shared[chosen], later[chosen]))]
    yield from zip(earlier[chosen].tolist(), later[chosen].tolist(), strict=True)


def _linked(entries: Hashes, reach: int) -> NDArray[np.int64]:
    """A number for each two entries of one key at most ``reach`` apart: the earlier owner, then the later one."""
    keys, owners = entries >> _OWNER_BITS, (entries & _OWNER).astype(np.int64)
    links = [np.empty(0, dtype=np.int64)]
    for step in range(1, reach):
        same = np.flatnonzero(keys[step:] == keys[:-step])
        if not len(same):
            break
        links.append(owners[same] << 22 | owners[same + step])
    return np.concatenate(links)


def _keys(texts: Sequence[str], first: int, supplied: Hashes) -> Hashes:
    """The search keys of some texts, in their upper bits, each with the number of its text in the lower ones.

    The same as :func:`search_keys` gives for each, made for all of them at once.
    """
    words, owners = _cut(texts, supplied)
    lengths = np.bincount(owners, minlength=len(texts))
    tiny = np.flatnonzero((lengths > 0) & (lengths < FEWEST_WORDS))
    brief = np.repeat(lengths < BRIEF_WORDS, lengths)
    parts = [
        (search_keys(Profile.of(texts[number], supplied)), np.full(1, number)) for number in tiny.tolist()
    ]
    for gap in range(1, SKIP_WINDOW + 1):
        pairs = mix_pairs(words[:-gap], words[gap:])
        wanted = (
            (owners[:-gap] == owners[gap:])
            & (brief[:-gap] | is_sampled(pairs))
            & (lengths[owners[:-gap]] >= FEWEST_WORDS)
        )
        parts.append((pairs[wanted], owners[:-gap][wanted]))
    at = np.flatnonzero(kinds(words) == SMALL)
    if len(at) > 2:
        inside = (owners[at[:-2]] == owners[at[2:]]) & (lengths[owners[at[2:]]] >= FEWEST_WORDS)
        parts.append((in_sample(mix_stop_words(words[at], np.diff(at))[inside]), owners[at[:-2]][inside]))
    keys = np.concatenate([part for part, _ in parts])
    numbers = np.concatenate([number for _, number in parts]).astype(np.uint64) + np.uint64(first)
    return (keys & ~_OWNER) | numbers


def _cut(texts: Sequence[str], supplied: Hashes) -> tuple[Hashes, NDArray[np.intp]]:
    """The words of all texts that count, one text after the other, and the number of the text of each."""
    folded = [fold(text) for text in texts]
    ends = np.cumsum([len(text) + 1 for text in folded])
    cut = cut_words(" ".join(folded))
    words, owners = cut.words, np.searchsorted(ends, cut.starts, side="right")
    if len(supplied) and len(words) >= RUN_WORDS:
        last = RUN_WORDS - 1
        at = np.flatnonzero(found_in(ngrams(words, RUN_WORDS), supplied) & (owners[:-last] == owners[last:]))
        left = np.ones(len(words), dtype=bool)
        for offset in range(RUN_WORDS):
            left[at + offset] = False
        words, owners = words[left], owners[left]
    return words, owners
