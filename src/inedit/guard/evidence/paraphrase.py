"""Is a sentence another one with a few words exchanged? For what must be paraphrased, and for worked examples. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.text import sentences, stem, stems
from inedit.model import Span

KEPT = 0.6
"""Share of a sentence's words, as stems and in their order, from which another one is the same with words exchanged:
« Elle dort comme chez sa grand-mère, la fenêtre grande ouverte sur le verger » keeps .83 of what she said. Of 14,800
sentences in five languages that people and models wrote about other things, one reaches it."""

FEWEST_WORDS = 7
FEWEST_CONTENT_WORDS = 3
"""A sentence of fewer words, or fewer with a meaning, has too few to be recognised by: any long sentence has those of
« C’est le salon qui a changé. », near enough."""

SHORT = 12
SPREAD = 1.5
"""A sentence of fewer than :data:`SHORT` words is half nouns that nobody can replace (“the ironing board carries the
jams at breakfast”): another one has to be made of it for the most part, up to so many times its length. A copy with
two words exchanged keeps .67 to .92 of the longer one, an honest retelling .55 at most."""


def reworded(text: str, source: str, language: str) -> Iterator[tuple[Span, float]]:
    """Sentences of ``text`` that keep one of ``source`` but for a few words, with the share that is kept (0 to 1)."""
    theirs = _with_their_stems(source, language)
    for span in sentences(text) if theirs else ():
        mine = stems(span.of(text), language)
        said, most = frozenset(mine), len(mine)
        near = [
            other
            for other, own, least in theirs
            if most >= least and len(other) - len(own - said) >= least  # a short sentence keeps no long one
        ]
        share = max((kept(mine, other) for other in near if _is_same(mine, other)), default=0.0)
        if share >= KEPT:
            yield span, share


def _is_same(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether a sentence may be a short one with words exchanged: it is not made of many more of its own."""
    if len(theirs) >= SHORT:
        return True
    own = min(len(mine), int(SPREAD * len(theirs)))
    return kept(mine, theirs) * len(theirs) >= KEPT * max(own, len(theirs))


@lru_cache(maxsize=256)
def long_sentences(source: str, language: str) -> tuple[tuple[str, ...], ...]:
    """The stems of each sentence of some length."""
    listed = (stems(span.of(source), language) for span in sentences(source))
    small = _function_stems(language)
    return tuple(
        each
        for each in listed
        if len(each) >= FEWEST_WORDS and sum(one not in small for one in each) >= FEWEST_CONTENT_WORDS
    )


@lru_cache(maxsize=256)
def _with_their_stems(
    source: str, language: str
) -> tuple[tuple[tuple[str, ...], frozenset[str], float], ...]:
    """The same, each with which stems it has, and how many of its words must be kept: one of which too many are
    missing keeps no more than the others."""
    return tuple((each, frozenset(each), KEPT * len(each)) for each in long_sentences(source, language))


@lru_cache(maxsize=8)
def _function_stems(language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in language_profile(language).stop_words)


def kept(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """Share of ``theirs`` that stands in ``mine``, in the same order: their longest common subsequence."""
    return LCSseq.similarity(mine, theirs) / len(theirs) if theirs else 0.0
