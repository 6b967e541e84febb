"""How various a set of texts is as a whole: what no comparison of two of them shows. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from inedit.guard.similarity import duplicates

FEWEST_TEXTS = 2


@dataclass(frozen=True, slots=True)
class Diversity:
    """Two figures for ``texts`` texts of one language; None for fewer than two.

    ``compression_ratio`` is their size over their compressed size: the more they repeat one another, the higher. It
    grows with the amount of text too, so it compares sets of about the same size.
    ``distinct`` is how many of them are different, from 1 to ``texts``: copies of one another count once.
    """

    texts: int
    compression_ratio: float | None
    distinct: int


def diversity_of(texts: Sequence[str], language: str, common: Sequence[str] = ()) -> Diversity:
    """Both figures of a set of texts; ``common`` are texts of the brand that any of them may repeat."""
    return Diversity(len(texts), compression_ratio(texts), distinct(texts, language, common))


def compression_ratio(texts: Sequence[str]) -> float | None:
    """Bytes of the texts, one a line, over their bytes after DEFLATE (level 9).

    The measure that Shaib et al. (2024, "Standardizing the Measurement of Text Diversity") found to tell most of what
    slower ones tell. The order of the texts is made irrelevant by sorting them.
    """
    if len(texts) < FEWEST_TEXTS:
        return None
    joined = "\n".join(sorted(texts)).encode()
    return len(joined) / len(zlib.compress(joined, 9))


def distinct(texts: Sequence[str], language: str, common: Sequence[str] = ()) -> int:
    """How many of the texts are no copy of another one before them.

    After NoveltyBench (Zhang et al. 2025), whose *distinct-k* counts classes of equivalent answers among k; here texts
    are equivalent when one is a copy of the other, as :func:`inedit.guard.similarity.duplicates` finds them.
    """
    return len(texts) - len(duplicates(sorted(texts), language, common))
