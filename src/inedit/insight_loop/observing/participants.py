"""Who else wrote in a place: their names are taken out of what others say, wherever they are not a word as well."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inedit.guard.nlp.proofreading.lexicon import lexicon

MOST = 200_000
"""Names remembered while a file is read; later ones are told by the other rules alone."""

SHORTEST = 3
_LANGUAGES = ("fr", "en", "de", "es", "it")
_TOKEN = re.compile(r"\w[\w.-]*\w")


class Participants:
    """Names and handles seen so far in a file."""

    def __init__(self) -> None:
        self._by_first: dict[str, tuple[str, ...]] = {}
        self._seen: set[str] = set()
        self._remembered: set[tuple[str, str]] = set()

    def add(self, names: Iterable[str]) -> None:
        """Remember names as the place shows them."""
        for name in names:
            if name in self._seen or len(self._seen) >= MOST:
                continue
            self._seen.add(name)
            tokens = _TOKEN.findall(name)
            if len(name) >= SHORTEST and tokens and not _is_word(name):
                known = self._by_first.get(tokens[0], ())
                self._by_first[tokens[0]] = (*known, name)

    def new_names(self, author: str, names: Iterable[str]) -> list[str]:
        """Those of an author's names that were not asked for before."""
        fresh = [name for name in names if (author, name) not in self._remembered]
        if len(self._remembered) < MOST:
            self._remembered.update((author, name) for name in fresh)
        return fresh

    def named_in(self, text: str) -> list[str]:
        """Those that a text may name, the longest first."""
        tokens = self._by_first.keys() & _TOKEN.findall(text)
        found = {name for token in tokens for name in self._by_first[token]}
        return sorted(found, key=len, reverse=True)


def _is_word(name: str) -> bool:
    """Whether taking a name out would take ordinary words out: «Soleil», «the cat»."""
    if not name.replace(" ", "").isalpha():
        return False
    return all(
        any(lexicon(tag).readings(word) - {"X"} for tag in _LANGUAGES) for word in name.lower().split()
    )
