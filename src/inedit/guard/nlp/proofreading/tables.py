"""The closed classes of each language that a proof-reader knows by heart (``data/proof.<language>.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from inedit.guard.nlp.language_data import load_table

Agreement = tuple[str, str]
"""A gender (``m``, ``f``, ``e`` for either) and a number (``s``, ``p``)."""

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tables:
    """One language's determiners, subject pronouns, genders that its dictionary lacks, word lists and word maps."""

    determiners: Mapping[str, Agreement]
    persons: Mapping[str, str]
    gender: Mapping[str, str]
    endings: tuple[tuple[str, str], ...]
    lists: Mapping[str, frozenset[str]]
    maps: Mapping[str, Mapping[str, str]]
    invariable: bool
    """Whether nouns that end in a consonant are the same in the plural (« i computer »)."""

    def listed(self, key: str) -> frozenset[str]:
        """A closed class of words; empty when the language has none of the name."""
        return self.lists.get(key, _NOTHING)

    def map(self, key: str) -> Mapping[str, str]:
        """What stands for what; empty when the language has nothing of the name."""
        return self.maps.get(key, {})


_MAPS = ("pairs", "accent", "past", "plural", "interrogatives")


@cache
def tables(language: str) -> Tables:
    """The closed classes of a language."""
    read = load_table(f"proof.{language}")
    gender: dict[str, Any] = read.get("gender", {})
    determiners = read.get("determiners", {})
    return Tables(
        {word: (code[0], code[1]) for code, listed in determiners.items() for word in listed.split()},
        read.get("persons", {}),
        {word: code for code in "mfe" for word in gender.get(code, "").split()},
        tuple((e, k[0]) for k in ("f_endings", "m_endings", "e_endings") for e in gender.get(k, "").split()),
        {
            f"{name}.{key}" if name != "words" else key: frozenset(listed.split())
            for name, group in read.items()
            if name not in {"determiners", "persons", "gender", *_MAPS}
            for key, listed in group.items()
        },
        {name: read.get(name, {}) for name in _MAPS},
        language == "it",
    )
