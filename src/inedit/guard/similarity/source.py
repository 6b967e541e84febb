"""A text as it was given, with its folded form and its words, each made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from inedit.guard.similarity.normalise import fold, origins_of
from inedit.guard.similarity.words import Cut, Positions, cut_words


@dataclass(frozen=True)
class Source:
    """A text as it was given; folded and cut into words when that is first asked for."""

    text: str

    @cached_property
    def folded(self) -> str:
        """See :func:`inedit.guard.similarity.normalise.fold`."""
        return fold(self.text)

    @cached_property
    def cut(self) -> Cut:
        """All its words, and their places in :attr:`folded`."""
        return cut_words(self.folded)

    @cached_property
    def origins(self) -> Positions:
        """The place in the text of each character of :attr:`folded`."""
        return origins_of(self.text)


source_of = lru_cache(maxsize=64)(Source)
"""A draft is held against generic texts, its siblings and an index, and then put into that: cut into words once."""
