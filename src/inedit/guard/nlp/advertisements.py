"""What Google publishes of responsive search ads: limits, and editorial rules that can be read off a text. Pure.

Limits: support.google.com/google-ads/answer/7684791. Editorial rules: support.google.com/adspolicy/answer/6021546
(punctuation and symbols, capitalisation, repetition, unclear relevance, telephone numbers). Read in November 2026.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LEAST_HEADLINES, MOST_HEADLINES, HEADLINE_CHARS = 3, 15, 30
LEAST_DESCRIPTIONS, MOST_DESCRIPTIONS, DESCRIPTION_CHARS = 2, 4, 90
MOST_PATHS, PATH_CHARS = 2, 15

KINDS = {"headline": "headlines", "title": "headlines", "description": "descriptions", "path": "paths"}
"""What a part is, by how its id begins."""

_REPEATED = re.compile(r"[!?.,;:…\-–—]\s*(?=([!?.,;:…]))[!?.,;:…]")
_SYMBOLS = re.compile(r"[*~^<>|_=+#@\\{}\[\]•★☆►▶→✓✔]")
_PHONE = re.compile(r"(?<![\w.,])\+?\d[\d().\-/ \u00a0\u202f]{6,}\d(?![\w])")
_GLUED = re.compile(r"[^\W\d_](?:[,;!?](?=[^\W\d_]{2,})|\.(?=[A-ZÀ-Þ][^\W\d_]))|\s{2,}")
_CAPITALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){3,}|(?<!\w)[^\W\d_]{4,}(?!\w)")
_WORD_OF_PATH = re.compile(r"[\w-]+")
_GENERIC_CALL = re.compile(
    r"(?<!\w)(cliquez ici|clique ici|click here|hier klicken|klicken sie hier|klick hier|haz clic|haga clic|"
    r"clicca qui)",
    re.IGNORECASE,
)


def width(text: str) -> int:
    """The length of a text as Google counts it: characters of double width (Chinese, Japanese, Korean) are two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def kind_of(part: str) -> str | None:
    """What a part is in an advertisement: ``headlines``, ``descriptions``, ``paths``; None when it has no place."""
    return next((kind for beginning, kind in KINDS.items() if part.startswith(beginning)), None)


def editorial_faults(text: str, kind: str, known: str = "") -> Iterator[tuple[str, str]]:
    """What is against a text of a kind: the rule (``exclamation``, ``punctuation``, ``symbol``, ``capitals``,
    ``phone``, ``spacing``, ``call``, ``path``) and the passage.

    ``known`` is what may stand in capitals: names as the brand writes them. A word of three letters always may.
    """
    if kind == "paths":
        if text and not _WORD_OF_PATH.fullmatch(text):
            yield "path", text
        return
    marks = text.count("!") + text.count("¡")
    if (kind == "headlines" and marks) or text.count("!") > 1:
        yield "exclamation", "!"
    for rule, pattern in (
        ("punctuation", _REPEATED), ("symbol", _SYMBOLS), ("phone", _PHONE), ("spacing", _GLUED),
        ("call", _GENERIC_CALL),
    ):  # fmt: skip
        if found := pattern.search(text):
            yield rule, found[0].strip() or "  "
    pictures = [sign for sign in text if unicodedata.category(sign) == "So"]
    if pictures:
        yield "symbol", pictures[0]
    for found in _CAPITALS.finditer(text):
        if found[0].isupper() and found[0] not in known:
            yield "capitals", found[0]
