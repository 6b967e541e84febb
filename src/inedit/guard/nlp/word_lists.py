"""The short word lists of single rules, by language: each rule asks for its own by name.

They stand under ``[lists]`` and ``[patterns]`` of ``data/<language>.toml``, every name in every language; where a
language has no such word, its list is empty. Without accents, as folded text is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from inedit.guard.nlp.function_words import root
from inedit.guard.nlp.language_data import KNOWN, load_table, primary
from inedit.guard.nlp.text import fold

_NEVER = re.compile(r"(?!)")


@lru_cache(maxsize=16)
def _tables(language: str) -> dict[str, dict[str, Any]]:
    own = load_table(language) if language in KNOWN else {}
    return {table: own.get(table, {}) for table in ("lists", "patterns")}


@lru_cache(maxsize=512)
def word_list(language: str, name: str) -> frozenset[str]:
    """The folded words of a list; of a language without a file, none."""
    return frozenset(fold(_tables(primary(language))["lists"].get(name, "")).split())


@lru_cache(maxsize=512)
def roots(language: str, name: str) -> frozenset[str]:
    """The roots of the words of a list."""
    listed = _tables(primary(language))["lists"].get(name, "")
    return frozenset(root(word, language) for word in listed.split())


@lru_cache(maxsize=512)
def beginnings(language: str, name: str) -> tuple[str, ...]:
    """The words of a list as beginnings of words, for ``str.startswith``."""
    return tuple(sorted(word_list(language, name)))


@lru_cache(maxsize=512)
def word_pattern(language: str, name: str) -> re.Pattern[str]:
    """A pattern for folded text; of a language without a file, or without such words, one that never matches."""
    source = _tables(primary(language))["patterns"].get(name)
    return re.compile(source) if source else _NEVER
