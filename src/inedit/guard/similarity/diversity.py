"""How various a set of texts is as a whole: what no comparison of two of them shows. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from inedit.guard.similarity import duplicates

FEWEST_TEXTS = 2


@dataclass(frozen=True, slots=True)
class Diversity:
    """Figures of ``texts`` texts of one language, each with a meaning of its own.

    ``compression_ratio`` is their size over their compressed size: the more they repeat one another, the higher; None
    for fewer than two. It grows with the amount of text too, so it compares sets of about the same size. ``distinct``
    is how many of them are different in words, from 1 to ``texts``: copies of one another count once. ``messages`` is
    how many different things they tell: texts that tell the same insights count once.
    """

    texts: int
    compression_ratio: float | None
    distinct: int
    messages: int


def diversity_of(
    texts: Sequence[str],
    language: str,
    common: Sequence[str] = (),
    insights: Sequence[frozenset[str]] = (),
) -> Diversity:
    """The figures of a set of texts.

    ``common`` are texts of the brand that any of them may repeat; ``insights`` are those that each of them tells, in
    the same order.
    """
    return Diversity(
        len(texts), compression_ratio(texts), distinct(texts, language, common), messages(insights)
    )


def messages(insight_sets: Sequence[frozenset[str]]) -> int:
    """How many different sets of insights are told; a text that tells none is a message of its own.

    NoveltyBench (Zhang et al. 2025) takes two answers for one class, and *distinct-k* counts classes among k answers,
    when somebody who has read the one would gain nothing from the other. What our texts have to give is insights, so
    receipts tell it and no classifier has to guess.
    """
    return len({insights for insights in insight_sets if insights}) + sum(not one for one in insight_sets)


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

    Copies are what :func:`inedit.guard.similarity.duplicates` finds.
    """
    return len(texts) - len(duplicates(sorted(texts), language, common))
