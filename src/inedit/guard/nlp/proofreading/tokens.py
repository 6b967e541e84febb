"""A text as a proof-reader reads it: its words with what each can be, elisions apart, and the stops between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from inedit.guard.nlp.proofreading.lexicon import NOTHING, lexicon

_TOKEN = re.compile(r"[^\W\d_]+(?:['’‐‑-][^\W\d_]+)*['’]?|\d[\d.,]*\w*|[^\w\s]")
_STRAIGHT = str.maketrans("’‐‑", "'--")
_STOPS = frozenset('.!?…:;«»“”„"—–()•*|/¿¡')
_ELIDES = frozenset({"fr", "it"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a stop. ``low`` is in lower case with straight apostrophes; ``first`` opens a sentence or
    follows a stop that a sentence may begin after."""

    text: str
    low: str
    start: int
    end: int
    readings: frozenset[str]
    word: bool
    first: bool

    def can(self, kinds: str) -> frozenset[str]:
        """The readings of these kinds (their first letters)."""
        return frozenset(r for r in self.readings if r[0] in kinds)

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


class Fault(NamedTuple):
    """What a proof-reader marks: from token ``first`` to token ``last``, of which kind, and what would be right."""

    first: int
    last: int
    kind: str
    right: str = ""


@lru_cache(maxsize=20_000)
def readings(word: str, language: str) -> frozenset[str]:
    """What a word as it is written can be; one with a capital may be the word in small letters."""
    known = lexicon(language)
    found = known.readings(word)
    low = word.lower()
    if low != word and language != "de":
        found |= known.readings(low)
    return found or NOTHING


@lru_cache(maxsize=256)
def tokens(text: str, language: str) -> tuple[Token, ...]:
    """The words, numbers and stops of a text."""
    listed: list[Token] = []
    first = True
    line = 0
    for match in _TOKEN.finditer(text):
        if "\n" in text[line : match.start()]:
            first = True
        line = match.end()
        for piece, start in _pieces(match.group(), match.start(), language):
            word = piece[0].isalpha()
            straight = piece.translate(_STRAIGHT)
            read = _readings(straight, language, first=first) if word else NOTHING
            listed.append(Token(piece, straight.lower(), start, start + len(piece), read, word, first))
            first = not word and (piece in _STOPS or (first and not piece[0].isdigit()))
    return tuple(listed)


def _readings(word: str, language: str, *, first: bool) -> frozenset[str]:
    found = readings(word, language)
    if first and language == "de" and word[0].isupper():
        found |= readings(word[0].lower() + word[1:], language)
    return found


def _pieces(found: str, start: int, language: str) -> list[tuple[str, int]]:
    """An elided word apart from the next (« l'|atelier »), unless both are one word (« aujourd'hui »)."""
    straight = found.translate(_STRAIGHT)
    if language not in _ELIDES or "'" not in straight:
        return [(found.rstrip("'’") if language not in _ELIDES else found, start)]
    if straight.lower() == "aujourd'hui" or (
        straight.lower() in lexicon(language) and straight.lower() != "qual'è"
    ):
        return [(found, start)]
    pieces = []
    while "'" in straight[:-1]:
        cut = straight.index("'") + 1
        pieces.append((found[:cut], start))
        found, straight, start = found[cut:], straight[cut:], start + cut
    if found:
        pieces.append((found, start))
    return pieces
