"""Folding: what a text says, without how it is dressed, and where each remaining character came from.

Folding forgives case, accents, ligatures, full-width and mathematical letters (Unicode NFKD), punctuation,
spacing, characters without width, and letters of another alphabet that look Latin. Each character is folded on
its own, so that every folded character keeps the place it has in the original text.
"""

from __future__ import annotations

import html
import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

from inedit.guard.nlp.characters import LOOKALIKES

SENTENCE_END = "\x1f"
"""Stands between sentences of a folded text; :meth:`str.split` takes it for a space."""

_ENDS = frozenset(".!?…\n\r\u2028\u2029。！？؟।")


def _is_unspaced(char: str) -> bool:
    """Whether the character belongs to a script written without spaces, so that it is a word by itself."""
    code = ord(char)
    return (
        0x0E00 <= code <= 0x0EFF  # Thai, Lao
        or 0x1000 <= code <= 0x109F  # Myanmar
        or 0x1780 <= code <= 0x17FF  # Khmer
        or 0x3040 <= code <= 0x30FF  # kana
        or 0x31F0 <= code <= 0x31FF
        or 0x3400 <= code <= 0x9FFF  # Han
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
    )


def _fold_char(char: str) -> str:
    if char in _ENDS:
        return SENTENCE_END
    parts = unicodedata.normalize("NFKD", char)
    if char == "々" or any(map(_is_unspaced, parts)):
        whole = unicodedata.normalize(
            "NFKC", char
        )  # a square word such as ㌞ keeps its voiced marks on its letters
        return "".join(f" {c} " for c in whole if c.isalnum()) or " "
    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Me"}:
        return ""
    if char in "\u115f\u1160\u3164\uffa0\u2800":  # fillers: letters by category, blanks to the eye
        return ""
    if char.isspace():
        return " "
    out = []
    for part in parts:
        if part.isalnum():
            # Twice: a capital may look like nothing Latin, and its small letter like one (Ω, ω).
            out.append(part.translate(LOOKALIKES).casefold().translate(LOOKALIKES))
        elif unicodedata.category(part) not in {"Mn", "Cf", "Me"}:
            out.append(" ")
    # A letter such as œ or ß that Unicode does not take apart is spelt out.
    return "".join(out).replace("œ", "oe").replace("æ", "ae").replace("ø", "o").replace("ł", "l")


class _Table(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_TABLE = _Table()


_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")


_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")

_TRAILING_TAGS = re.compile(r"(?:(?:^|(?<=\s))#\w+\s*)+$", re.MULTILINE)
"""Hashtags that close a line: they sort a post, and are not words of it."""

_NOTHING = "\u200b"  # has no width, and folds to nothing


def _read_entity(entity: re.Match[str]) -> str:
    """The character that an HTML entity stands for, and nothings for the rest of its length."""
    char = html.unescape(entity[0])
    return char + _NOTHING * (len(entity[0]) - 1) if len(char) == 1 else entity[0]


def _without_markup(text: str) -> str:
    """The text, as long as it was, with HTML entities read and with spaces in place of tags and closing hashtags."""
    if "&" in text:
        text = _ENTITY.sub(_read_entity, text)
    if "#" in text:
        bare = _TRAILING_TAGS.sub(lambda tags: " " * len(tags[0]), text)
        text = bare if bare.strip() else text
    return _TAG.sub(lambda tag: " " * len(tag[0]), text) if "<" in text else text


def fold(text: str) -> str:
    """The text in lower-case letters and digits, words apart by spaces, sentences by :data:`SENTENCE_END`."""
    return _without_markup(text).translate(_TABLE)


def origins_of(text: str) -> NDArray[np.intp]:
    """The place in the text of each character of :func:`fold`."""
    bare = _without_markup(text)
    if all(len(_TABLE[ord(char)]) == 1 for char in set(bare) if char > "\x7f"):  # ASCII is folded one by one
        return np.arange(len(bare))
    lengths = np.fromiter((len(_TABLE[ord(char)]) for char in bare), dtype=np.intp, count=len(bare))
    return np.repeat(np.arange(len(bare)), lengths)
