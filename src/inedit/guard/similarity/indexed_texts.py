"""The texts of an index by their numbers: those of blocks first, as they were taken in, then those that came later."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain

import numpy as np

from inedit.guard.similarity.blocks import Read, TextBlock, brief_key
from inedit.guard.similarity.parts import units_of
from inedit.guard.similarity.postings import Postings, search_keys
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.words import Hashes

_NOTHING: Hashes = np.empty(0, dtype=np.uint64)


class IndexedTexts:
    """Texts, and who has something in common with them. ``supplied`` is left out of each (see ``profile``)."""

    def __init__(self, supplied: Hashes, blocks: Sequence[TextBlock], read: Read) -> None:
        self._supplied = supplied
        self._read = read
        self._at_hand: dict[int, str] = {}  # texts of blocks that were read for the present draft
        self.gone: set[int] = set()
        self.rest_on(blocks)

    def rest_on(self, blocks: Sequence[TextBlock]) -> None:
        """Go on with these blocks, whose texts have the numbers that they had; texts in no block are forgotten."""
        self.blocks = tuple(blocks)
        firsts = [0, *accumulate(map(len, blocks))]
        self.in_blocks = firsts.pop()
        self._firsts = firsts
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []
        self._texts: list[str] = []
        self._words: list[Hashes] = []
        self._briefs: list[int] = []
        self._of_brief: dict[int, list[int]] = defaultdict(list)
        self._units: dict[int, list[int]] = defaultdict(list)
        self._postings = Postings(self.blocks)

    def block(self, sources: Sequence[int], marks: Sequence[int]) -> TextBlock:
        """The texts that are in no block as one. There is one at least."""
        sizes, sampled, table = self._postings.added()
        return TextBlock.of(
            sources=sources, marks=marks, ids=self._ids, words=self._words, briefs=self._briefs,
            sizes=sizes, sampled=sampled, postings=table,
            units=[(key, number - self.in_blocks) for key, numbers in self._units.items() for number in numbers],
        )  # fmt: skip

    @property
    def added(self) -> int:
        """How many texts are in no block."""
        return len(self._ids)

    def __len__(self) -> int:
        gone = sum(number < self.in_blocks for number in self.gone)
        return self.in_blocks - gone + len(self._numbers)

    def add(self, id: str, text: str, brief: str, parts: Mapping[str, str]) -> None:
        """One more text, under an id that is not there."""
        profile = Profile.of(text, self._supplied)
        number = self._postings.add(search_keys(profile))
        self._numbers[id] = number
        self._ids.append(id)
        self._texts.append(text)
        self._words.append(profile.words)
        key = brief_key(brief)
        self._briefs.append(key)
        if key:
            self._of_brief[key].append(number)
        for unit in units_of(parts, self._supplied):
            self._units[unit.key].append(number)

    def discard(self, number: int) -> None:
        """That text keeps nobody away any more."""
        if number >= self.in_blocks:
            self._numbers.pop(self.id_of(number), None)
        self.gone.add(number)

    def restore(self, id: str) -> None:
        """What was last forgotten under an id keeps others away again, unless another text has come in its place."""
        if self.number_of(id) is None:
            numbers = [
                first + own
                for block, first in zip(self.blocks, self._firsts, strict=True)
                for own in block.numbers_of(id)
            ]
            added = [self.in_blocks + position for position, known in enumerate(self._ids) if known == id]
            number = max((*numbers, *added), default=None)
            if number is not None:
                self.gone.discard(number)
                if number >= self.in_blocks:
                    self._numbers[id] = number

    def number_of(self, id: str) -> int | None:
        """The number of the text that stands under an id."""
        if id in self._numbers:
            return self._numbers[id]
        for block, first in zip(self.blocks, self._firsts, strict=True):
            for own in block.numbers_of(id):
                if first + own not in self.gone:
                    return first + own
        return None

    def candidates(self, draft: Profile) -> list[int]:
        """The texts that share most search keys with a draft (see ``postings``): the present one from now on."""
        self._at_hand.clear()
        return self._there(self._postings.candidates(search_keys(draft)))

    def newest_of(self, brief: int) -> Iterator[int]:
        """The texts of a brief, the newest first."""
        there = [
            (first, block.of_brief(brief)) for block, first in zip(self.blocks, self._firsts, strict=True)
        ]
        kept = (first + own for first, of_brief in reversed(there) for own in reversed(of_brief))
        added = reversed(self._of_brief.get(brief, ()))
        return (number for number in chain(added, kept) if number not in self.gone)

    def with_unit(self, key: int) -> list[int]:
        """The texts that have a unit, in their order."""
        kept = [
            first + own
            for block, first in zip(self.blocks, self._firsts, strict=True)
            for own in block.with_unit(key)
        ]
        return self._there([*kept, *self._units.get(key, ())])

    def read_ahead(self, numbers: Iterable[int]) -> None:
        """Have what these texts say at hand for the present draft: read at once, not one after the other."""
        wanted = {}
        for number in numbers:
            if number < self.in_blocks and number not in self._at_hand:
                block, own = self._in_block(number)
                wanted[int(block.sources[own])] = number
        if wanted:
            self._at_hand |= {wanted[source]: text for source, text in self._read(list(wanted)).items()}

    def text(self, number: int) -> str | None:
        """What a text says; None when that is not to be read any more."""
        if number >= self.in_blocks:
            return self._texts[number - self.in_blocks]
        self.read_ahead([number])
        return self._at_hand.get(number)

    def said(self, number: int) -> str:
        """What a text says where that is at hand, else nothing."""
        return self._texts[number - self.in_blocks] if number >= self.in_blocks else ""

    def words_of(self, number: int) -> Hashes:
        """The words of a text, less what is supplied."""
        if number >= self.in_blocks:
            return self._words[number - self.in_blocks]
        block, own = self._in_block(number)
        return block.words_of(own)

    def words_of_each(self, numbers: Sequence[int]) -> list[Hashes]:
        """The same of many texts."""
        wanted, found = np.array(numbers, dtype=np.int64), [_NOTHING] * len(numbers)
        for block, first in zip(self.blocks, self._firsts, strict=True):
            places = np.flatnonzero((wanted >= first) & (wanted < first + len(block)))
            for place, words in zip(
                places.tolist(), block.words_of_each(wanted[places] - first), strict=True
            ):
                found[place] = words
        for place in np.flatnonzero(wanted >= self.in_blocks).tolist():
            found[place] = self._words[numbers[place] - self.in_blocks]
        return found

    def id_of(self, number: int) -> str:
        """The id of a text."""
        if number >= self.in_blocks:
            return self._ids[number - self.in_blocks]
        block, own = self._in_block(number)
        return block.id_of(own)

    def brief_of(self, number: int) -> int:
        """The key of the brief of a text."""
        if number >= self.in_blocks:
            return self._briefs[number - self.in_blocks]
        block, own = self._in_block(number)
        return int(block.briefs[own])

    def briefs_of_each(self, numbers: Sequence[int]) -> list[int]:
        """The same of many texts."""
        wanted, found = np.array(numbers, dtype=np.int64), np.zeros(len(numbers), dtype=np.uint64)
        for block, first in zip(self.blocks, self._firsts, strict=True):
            places = np.flatnonzero((wanted >= first) & (wanted < first + len(block)))
            found[places] = block.briefs[wanted[places] - first]
        for place in np.flatnonzero(wanted >= self.in_blocks).tolist():
            found[place] = self._briefs[numbers[place] - self.in_blocks]
        briefs: list[int] = found.tolist()
        return briefs

    def _there(self, numbers: Iterable[int]) -> list[int]:
        return [number for number in numbers if number not in self.gone]

    def _in_block(self, number: int) -> tuple[TextBlock, int]:
        position = bisect_right(self._firsts, number) - 1
        return self.blocks[position], number - self._firsts[position]
