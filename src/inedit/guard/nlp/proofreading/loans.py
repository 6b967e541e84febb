"""Words of another language that a text borrows: quoted (« bonjour », „apéro“), in a phrase of it (“al dente”), or like
none of ours (« aperitivo »). They are no slips: « traffic », which is like « trafic », is one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from inedit.guard.nlp.language_data import KNOWN
from inedit.guard.nlp.proofreading.tokens import Token, readings

_OPENING, _CLOSING = "«“„‹‘", "»”“›’"
_FEW_WORDS = 3
"""Words up to which a quotation is one of somebody's words, not a sentence of the text's own language."""

_PHRASE = 2
"""Words of another language that a text may borrow without quotation marks."""

_LONG = 5
"""Letters from which a word that nothing resembles is taken for one of the other language that has it."""


def is_loan(listed: Sequence[Token], i: int, language: str, right: str) -> bool:
    """Whether the unknown word at ``i`` is another language's; ``right`` is what one slip would have made it of, or
    nothing."""
    token = listed[i]
    if _is_latin(listed, i, language):
        return True
    others = _languages_of(token.low, language)
    if not others:
        return False
    if _is_quoted(listed, i):
        return True
    if sum(_is_foreign(each, language, others) for each in listed) > _PHRASE:
        return False  # a sentence of the other language
    if _is_in_a_phrase(listed, i, language, others):
        return True
    bare = token.low.rpartition("'")[2] if token.low[1:2] == "'" else token.low
    surely = any(reading[0] == "N" for code in others for reading in readings(bare, code))
    return not right and surely and len(token.low) >= _LONG


def _is_latin(listed: Sequence[Token], i: int, language: str) -> bool:
    """Whether the word and another one that is unknown here too stand on both sides of « et »: “urbi et orbi”."""
    if language == "fr":
        return False
    for first in (i - 2, i):
        both = listed[first : first + 3] if first >= 0 else ()
        if len(both) == _PHRASE + 1 and both[1].text == "et":
            return all(each.word and not readings(each.low, language) for each in (both[0], both[2]))
    return False


@lru_cache(maxsize=4096)
def _languages_of(low: str, language: str) -> frozenset[str]:
    """The other languages that have a word, as one of their own, or behind an elision (“table d'hôte”)."""
    bare = low.rpartition("'")[2] if low[1:2] == "'" else low
    return frozenset(
        code
        for code in KNOWN
        if code != language and (readings(low, code) or (bare and readings(bare, code)))
    )


def _is_quoted(listed: Sequence[Token], i: int) -> bool:
    """Whether the word stands between quotation marks with two others at most."""
    first = next((k for k in range(i - 1, -1, -1) if listed[k].text in _MARKS), None)
    last = next((k for k in range(i + 1, len(listed)) if listed[k].text in _MARKS), None)
    if (
        first is None
        or last is None
        or listed[first].text not in _OPENING
        or listed[last].text not in _CLOSING
    ):
        return False
    return sum(token.word for token in listed[first + 1 : last]) <= _FEW_WORDS


_MARKS = frozenset(_OPENING + _CLOSING)


def _is_in_a_phrase(listed: Sequence[Token], i: int, language: str, others: frozenset[str]) -> bool:
    """Whether a neighbour is as unknown here, and a word of the same other language: “al dente”, “savoir vivre”."""
    beside = (listed[k] for k in (i - 1, i + 1) if 0 <= k < len(listed))
    return any(_is_foreign(token, language, others) for token in beside)


def _is_foreign(token: Token, language: str, others: frozenset[str]) -> bool:
    """Whether a word in small letters is unknown here and one of these other languages'."""
    unknown = token.word and token.text.islower() and not readings(token.low, language)
    return unknown and not others.isdisjoint(_languages_of(token.low, language))
