"""Countries and what comes from them, as CLDR names them in each language: « Portugal », « portugais »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError

from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.text import fold, words
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

_SHORTEST = 4  # letters of a country's name; shorter ones are words of their own
_SHORTEST_ROOT = 5
_SUFFIXES = (
    r"(?:ai|oi|ea)se?s?|i?en(?:ne)?s?|ains?|aines?|i?an[oaie]?s?|n[oa]?s?|"
    r"h?es[ei]|esas?|es(?:es)?|ol[aei]?s?|ishe?|isch\w*"
)
_DEMONYM = re.compile(f"[a-z]?(?:{_SUFFIXES})|e[rn]?")
_DEMONYM_OF_SHORT = re.compile(_SUFFIXES)


@lru_cache(maxsize=16)
def _countries(language: str) -> dict[str, str]:
    try:
        named = Locale.parse(primary(language)).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        fold(name): code
        for code, name in named.items()
        if code.isalpha() and len(code) == 2 and len(name) >= _SHORTEST and " " not in name
    }


@lru_cache(maxsize=16)
def _roots(language: str) -> dict[str, list[tuple[str, str]]]:
    """The beginnings of countries' names, of which the words for their people and goods are made, by their first
    letters: ``(beginning, code)``."""
    roots: dict[str, list[tuple[str, str]]] = {}
    for name, code in _countries(language).items():
        bare = name.removesuffix("land").removesuffix("reich")
        root = bare if bare != name else name[: max(_SHORTEST_ROOT, len(name) - 4)]
        if len(root) >= _SHORTEST_ROOT and root not in ("monac", "roman", "franz"):
            roots.setdefault(root[:_SHORTEST_ROOT], []).append((root, code))
    return roots


@lru_cache(maxsize=4096)
def countries(text: str, language: str) -> tuple[tuple[str, Span], ...]:
    """Each country that a text names, by its name or by the word for what comes from it, with its code."""
    return tuple(_found(text, language))


def is_country(name: str, language: str) -> bool:
    """Whether a word is the name of a country, not one for what comes from there."""
    named, folded = _countries(language), fold(name)
    return folded in named or folded.removesuffix("s") in named


def _found(text: str, language: str) -> Iterator[tuple[str, Span]]:
    named, roots = _countries(language), _roots(language)
    german = primary(language) == "de"
    for word in words(text):
        code = named.get(word.folded) if word.text[:1].isupper() else None
        if code is None and german and word.text[:1].isupper():  # « Frankreichs »
            code = named.get(word.folded.removesuffix("s"))
        if code is None and (german or primary(language) == "en" or word.text[:1].islower()):
            near = roots.get(word.folded[:_SHORTEST_ROOT])
            code = next((c for root, c in near if _is_demonym(word.folded, root)), None) if near else None
        if code:
            yield code, Span(word.start, word.end)


@lru_cache(maxsize=4096)
def excludes_a_country(text: str, language: str) -> bool:
    """Whether a text is about every country but the one it names (« hors de France »)."""
    starts = {span.start for _, span in countries(text, language)}
    listed = words(text)
    for i, word in enumerate(listed):
        after = (w for w in listed[i + 1 : i + 4] if w.folded not in word_list(language, "before_country"))
        if (
            word.folded in word_list(language, "outside")
            and (named := next(after, None))
            and named.start in starts
        ):
            return True
    return False


def _is_demonym(word: str, root: str) -> bool:
    """« portugais » of « portug »; of a short root, only with an ending that nothing else has."""
    if not word.startswith(root):
        return False
    ending = _DEMONYM_OF_SHORT if len(root) == _SHORTEST_ROOT else _DEMONYM
    return ending.fullmatch(word[len(root) :]) is not None or (word == root and root.endswith("sch"))
