"""A text as a proof-reader reads it: its words with what each can be, elisions apart, and the stops between them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from inedit.guard.nlp.language_data import KNOWN
from inedit.guard.nlp.per_word import per_word
from inedit.guard.nlp.proofreading.lexicon import NOTHING, lexicon

_TOKEN = re.compile(r"[^\W\d_]+(?:['’‐‑-][^\W\d_]+)*['’]?|\d(?:[\d.]|,(?=\d))*\w*|[^\w\s]")
_STRAIGHT = tuple(zip("’‐‑", "'--", strict=True))
_STOPS = frozenset('.!?…:;«»“”„"—–()•*|/¿¡')
_ELIDES = frozenset({"fr", "it"})


class Token(NamedTuple):
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


def only(token: Token, kinds: str) -> bool:
    """Whether a word is known, and nothing but one of these kinds."""
    return bool(token.readings) and all(reading[0] in kinds for reading in token.readings)


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


def is_verb(word: str, language: str) -> bool:
    """Whether a word as it is written can be a verb's form and no noun; of English forms only a past one, since
    the others may be nouns (“sizes”)."""
    found = readings(word, language) if language in KNOWN else NOTHING
    past = language != "en" or found <= {"Vd", "X"}
    return past and any(r[0] == "V" for r in found) and all(r[0] in "VX" for r in found)


def is_noun(word: str, language: str) -> bool:
    """Whether a word can be a noun, as it is written or in small letters: one may open a sentence."""
    written = (word,) if language == "de" else (word, word.lower())
    return (
        any(r[0] == "N" for each in written for r in readings(each, language)) if language in KNOWN else False
    )


def is_irregular(word: str, language: str) -> bool:
    """Whether a word is one of the small or irregular ones of English or Italian (“held”, «aveva»), which no noun is
    written like; in other languages what is irregular may be one."""
    return language in ("en", "it") and readings(word, language) == {"X"}


def is_adjective(word: str, language: str) -> bool:
    """Whether a word can be an adjective and nothing else; in German, where nouns have capitals, no third person."""
    found = readings(word, language) if language in KNOWN else NOTHING
    if language == "de":
        return "A" in found and word.islower() and not any(r.startswith("Vi3") for r in found)
    return bool(found) and all(r[0] == "A" for r in found)


_IRREGULAR_PLURALS = frozenset({"children", "men", "women", "people", "sheep", "fish", "dice"})


def is_counted(word: str, language: str, *, acting: bool) -> bool:
    """Whether a word behind a number from two on is what it counts: a plural noun, in German with its capital, or a
    word that nobody knows. ``acting`` says that an object stands behind it: “fifty buys the jar”, “fifty jars”."""
    found, small = readings(word, language) if language in KNOWN else NOTHING, word.lower()
    if language == "de":
        return word[0].isupper() and (not found or any(r[0] == "N" for r in found))
    if not found or found == {"X"}:
        return not acting
    if language == "en":
        return small in _IRREGULAR_PLURALS or ("Np" in found and not (acting and "Vs" in found))
    return any(r[0] == "N" and r[-1] != "s" for r in found)


_new = tuple.__new__  # as Token(...) does, without its frame


@lru_cache(maxsize=256)
def tokens(text: str, language: str) -> tuple[Token, ...]:
    """The words, numbers and stops of a text."""
    listed: list[Token] = []
    straight, known = text, _word(language)
    for written, plain in () if text.isascii() else _STRAIGHT:  # a fifth of the time of str.translate
        straight = straight.replace(written, plain)
    first, line, german = True, 0, language == "de"
    for match in _TOKEN.finditer(straight):
        start, end = match.span()
        if "\n" in straight[line:start]:
            first = True
        line = end
        whole = match.group()
        for piece in _pieces(whole, language) if "'" in whole else (whole,):
            end = start + len(piece)
            if piece[0].isalpha():
                low, read = known[piece]
                if first and german and low != piece:
                    read |= readings(low[0] + piece[1:], language)
                listed.append(_new(Token, (text[start:end], low, start, end, read, True, first)))
                first = False
            else:
                listed.append(_new(Token, (piece, piece, start, end, NOTHING, False, first)))
                first = piece in _STOPS or (first and not piece[0].isdigit())
            start = end
    return tuple(listed)


@per_word
def _word(word: str, language: str) -> tuple[str, frozenset[str]]:
    return word.lower(), readings(word, language)


@lru_cache(maxsize=4_000)
def _pieces(word: str, language: str) -> tuple[str, ...]:
    """An elided word apart from the next (« l'|atelier »), unless both are one word (« aujourd'hui »)."""
    low = word.lower()
    if language not in _ELIDES:
        return (word.rstrip("'") or word,)
    if low == "aujourd'hui" or (low in lexicon(language) and low != "qual'è"):
        return (word,)
    return tuple(re.findall(r"[^']+'?|'", word))
