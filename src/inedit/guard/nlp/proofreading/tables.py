"""What a proof-reader of each language looks at, compiled (``data/proof.<language>.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from inedit.guard.nlp.language_data import load_table

Agreement = tuple[str, str]
"""A gender (``m``, ``f``, ``e`` for either) and a number (``s``, ``p``)."""


@dataclass(frozen=True, slots=True)
class ProofData:
    """One Romance language's closed classes."""

    determiners: Mapping[str, Agreement]
    words: Mapping[str, frozenset[str]]
    persons: Mapping[str, str]
    gender: Mapping[str, str]
    endings: tuple[tuple[str, str], ...]
    table: Mapping[str, Any]

    def listed(self, key: str) -> frozenset[str]:
        """A closed class of words; empty when the language has none of the name."""
        return self.words.get(key, frozenset())


@cache
def proof_data(language: str) -> ProofData:
    """The closed classes of a language."""
    table = load_table(f"proof.{language}")
    gender = table.get("gender", {})
    return ProofData(
        {
            word: (code[0], code[1])
            for code, listed in table.get("determiners", {}).items()
            for word in listed.split()
        },
        {key: frozenset(listed.split()) for key, listed in table.get("words", {}).items()},
        table.get("persons", {}),
        {word: code for code in "mfe" for word in gender.get(code, "").split()},
        tuple(
            (ending, key[0])
            for key in ("f_endings", "m_endings", "e_endings")
            for ending in gender.get(key, "").split()
        ),
        table,
    )
