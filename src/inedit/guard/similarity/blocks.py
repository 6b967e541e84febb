"""Texts of an index that change no more, as plain arrays: what can be kept in a file and looked into where it lies."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from inedit.guard.similarity.words import Hashes

Numbers = NDArray[np.int64]
Ids = NDArray[np.int32]


class KeyTable(NamedTuple):
    """Some texts' keys, distinct and in order; ``texts[starts[i] : starts[i + 1]]`` are those that have ``keys[i]``."""

    keys: Hashes
    starts: Ids
    texts: Ids

    @classmethod
    def of(cls, keys: Hashes, texts: Ids) -> Self:
        """Groups keys, which are sorted, and the text that has each."""
        first = np.ones(len(keys) + 1, dtype=bool)
        np.not_equal(keys[1:], keys[:-1], out=first[1:-1])
        starts = np.flatnonzero(first).astype(np.int32)
        return cls(keys[starts[:-1]], starts, texts)

    @classmethod
    def merged(cls, parts: Sequence[tuple[Self, int]]) -> Self:
        """Several as one, the number of each text raised by what stands beside its part."""
        keys = np.concatenate([np.repeat(part.keys, np.diff(part.starts)) for part, _ in parts])
        texts = np.concatenate([part.texts + np.int32(raised) for part, raised in parts])
        order = np.argsort(keys, kind="stable")
        return cls.of(keys[order], texts[order])

    def find(self, keys: Hashes) -> tuple[Ids, Ids]:
        """Where the texts of each key begin and end in ``texts``; at one place when no text has it."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int32), np.zeros(len(keys), np.int32)
        at = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return self.starts[at], self.starts[at + (self.keys[at] == keys)]


@dataclass(frozen=True, slots=True, eq=False)
class TextBlock:
    """Texts numbered from 0, in arrays that are never written to; shapes are given for n texts.

    What a text says is not in it: who keeps blocks can tell that by its number in ``sources``.
    """

    sources: Numbers  # (n,): where each text is to be read
    marks: NDArray[np.uint32]  # (n,): by which its source knows it again
    ids: NDArray[np.bytes_]  # (n,)
    ids_order: Ids  # (n,): puts ``ids`` in order
    sizes: Ids  # (n,): how many search keys it has
    sampled: Ids  # (n,): how many of them are sampled ones
    words: Hashes  # of all texts, one after the other
    word_ends: Numbers  # (n,): one past the last of its words
    briefs: Hashes  # (n,): see brief_key
    briefs_order: Ids  # (n,): puts ``briefs`` in order, texts of one brief as they came
    unit_keys: Hashes  # in order
    unit_texts: Ids  # which text has each of them
    posting_keys: Hashes
    posting_starts: Ids
    posting_texts: Ids

    def __len__(self) -> int:
        return len(self.sources)

    @classmethod
    def of(
        cls, *, sources: Sequence[int], marks: Sequence[int], ids: Sequence[str], words: Sequence[Hashes],
        briefs: Sequence[int], sizes: Ids, sampled: Ids, units: Sequence[tuple[int, int]], postings: KeyTable,
    ) -> Self:  # fmt: skip
        """A block of what an index holds of some texts; ``units`` are pairs of key and number."""
        names = np.array([id.encode() for id in ids], dtype=np.bytes_)
        keys = np.array(briefs, dtype=np.uint64)
        unit_keys = np.array([key for key, _ in units], dtype=np.uint64)
        order = np.argsort(unit_keys, kind="stable")
        return cls(
            np.array(sources, dtype=np.int64),
            np.array(marks, dtype=np.uint32),
            names,
            np.argsort(names, kind="stable").astype(np.int32),
            sizes,
            sampled,
            np.concatenate(words),
            np.cumsum([len(text) for text in words], dtype=np.int64),
            keys,
            np.argsort(keys, kind="stable").astype(np.int32),
            unit_keys[order],
            np.array([number for _, number in units], dtype=np.int32)[order],
            *postings,
        )

    @classmethod
    def merged(cls, blocks: Sequence[Self]) -> Self:
        """Several blocks as one, in which the texts of the first come first."""
        counts = [len(block) for block in blocks]
        firsts = np.cumsum([0, *counts[:-1]]).tolist()

        def joined(name: str) -> Any:
            return np.concatenate([getattr(block, name) for block in blocks])

        ids, briefs, unit_keys = joined("ids"), joined("briefs"), joined("unit_keys")
        ends, done = [], 0
        for block in blocks:
            ends.append(block.word_ends + done)
            done += len(block.words)
        order = np.argsort(unit_keys, kind="stable")
        units = [block.unit_texts + np.int32(first) for block, first in zip(blocks, firsts, strict=True)]
        postings = KeyTable.merged(
            [(block.postings, first) for block, first in zip(blocks, firsts, strict=True)]
        )
        return cls(
            joined("sources"),
            joined("marks"),
            ids,
            np.argsort(ids, kind="stable").astype(np.int32),
            joined("sizes"),
            joined("sampled"),
            joined("words"),
            np.concatenate(ends),
            briefs,
            np.argsort(briefs, kind="stable").astype(np.int32),
            unit_keys[order],
            np.concatenate(units)[order],
            *postings,
        )

    @property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """All of it, by name: ``TextBlock(**block.arrays)`` is the same block."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def postings(self) -> KeyTable:
        """Its search keys."""
        return KeyTable(self.posting_keys, self.posting_starts, self.posting_texts)

    def words_of(self, number: int) -> Hashes:
        """The words of one text."""
        return self.words[int(self.word_ends[number - 1]) if number else 0 : int(self.word_ends[number])]

    def words_of_each(self, numbers: Numbers) -> list[Hashes]:
        """The words of some texts."""
        starts = np.where(numbers > 0, self.word_ends[numbers - 1], 0).tolist()
        return [
            self.words[start:end] for start, end in zip(starts, self.word_ends[numbers].tolist(), strict=True)
        ]

    def id_of(self, number: int) -> str:
        """The id of one text."""
        return bytes(self.ids[number]).decode()

    def numbers_of(self, id: str) -> list[int]:
        """The numbers of the texts with this id: more than one when it was taken in again."""
        return _run(self.ids, self.ids_order, id.encode())

    def of_brief(self, brief: int) -> list[int]:
        """The numbers of the texts of a brief, as they came."""
        return _run(self.briefs, self.briefs_order, np.uint64(brief))

    def with_unit(self, key: int) -> list[int]:
        """The numbers of the texts that have a unit."""
        first, end = (int(self.unit_keys.searchsorted(np.uint64(key), side)) for side in ("left", "right"))
        found: list[int] = self.unit_texts[first:end].tolist()
        return found


@cache
def code_digest() -> str:
    """Tells by which code blocks are made: another version of it may make others of the same texts."""
    own = resources.files("inedit.guard.similarity")
    sources = sorted(
        (file.name, file.read_bytes()) for file in own.iterdir() if file.name.endswith((".py", ".json"))
    )
    made = hashlib.blake2b(f"{unicodedata.unidata_version} {sys.byteorder}".encode(), digest_size=16)
    for name, source in (
        *sources,
        ("", resources.files("inedit.guard.nlp").joinpath("characters.py").read_bytes()),
    ):
        made.update(f"{name} {len(source)} ".encode() + source)
    return made.hexdigest()


Read = Callable[[Sequence[int]], Mapping[int, str]]
"""Reads texts by their numbers in ``sources``; those that are not there any more are left out."""


def brief_key(brief: str) -> int:
    """A brief's name as a number; 0 for no brief."""
    return int.from_bytes(hashlib.blake2b(brief.encode(), digest_size=8).digest()) if brief else 0


def _run(values: NDArray[Any], order: Ids, wanted: Any) -> list[int]:
    """Where some values, given with their order, are ``wanted``. NumPy's own search would copy the order first."""
    first = bisect_left(order, wanted, key=values.__getitem__)
    end = bisect_right(order, wanted, lo=first, key=values.__getitem__)
    found: list[int] = order[first:end].tolist()
    return found
