"""Of most texts in another language the first letters of their words tell that they are no translations.

It spares cutting them into words: what :func:`inedit.guard.similarity.compare` says of two languages follows from the
cosine and the beginnings of words, and what it finds word for word needs words in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from inedit.guard.similarity.calibration import FEWEST_WORDS, calibration_for
from inedit.guard.similarity.excerpt import MINIMUM_COVERED, MOST_WORDS, may_be_turned
from inedit.guard.similarity.measurements import MEANING
from inedit.guard.similarity.normalise import fold
from inedit.guard.similarity.signals import SMOOTHING


@dataclass(frozen=True, slots=True)
class Letters:
    """How many words a text has, and what these begin with."""

    words: int
    heads: frozenset[str]
    stems: int  # how many of the heads are stems (see ``signals.cognates``)


@lru_cache(maxsize=256)
def letters_of(text: str) -> Letters:
    """Those of a text; some 7 kB each are kept, as one text is near to many drafts in another language."""
    words = fold(text).split()
    heads = frozenset([word[:4] for word in words])
    return Letters(len(words), heads, _stems_among(heads))


def _stems_among(heads: frozenset[str]) -> int:
    return sum([len(head) == 4 or head.isdigit() for head in heads])


def may_translate(a: Letters, b: Letters, *, language: str, cosine: float) -> bool:
    """Whether :func:`~inedit.guard.similarity.compare` may find that one text copies the other, whose languages
    ``language`` names and whose vectors have this cosine."""
    shorter, longer = min(a.words, b.words), max(a.words, b.words)
    if shorter < FEWEST_WORDS:
        return True
    common = a.heads & b.heads
    cognates = _stems_among(common) / (min(a.stems, b.stems) + SMOOTHING)
    calibration = calibration_for(language=language, words=shorter, siblings=False, cosine=True)
    told = dict.fromkeys(calibration.weights, 1.0) | {MEANING: cosine, "cognates": cognates}
    if calibration.total(told) >= calibration.least_total:
        return True
    # all words that stand again, too, as if they were common
    agreeing = len(common) + max(a.words - len(a.heads), b.words - len(b.heads)) if common else 0
    if may_be_turned(agreeing, longer):
        return True
    return shorter < MOST_WORDS and (agreeing >= MINIMUM_COVERED or 2 * agreeing >= shorter)
