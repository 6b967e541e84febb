"""What the guard remembers of texts is bounded: a process may judge any number of them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest

import inedit.brand
import inedit.guard
from inedit.guard.nlp import per_word, text

CACHE = type(lru_cache(len))
MOST_ENTRIES = 20_000
TOLD_BY_A_TEXT = {
    "text",
    "texts",
    "word",
    "words",
    "sentence",
    "said",
    "draft",
    "fact",
    "facts",
    "parts",
    "clause",
}
"""Parameters of which there is another value with every draft."""


def _caches() -> Iterator[tuple[str, Any]]:
    for room in (inedit.guard, inedit.brand):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                if isinstance(value, CACHE) and value.__module__ == found.name:
                    yield f"{found.name}.{name}", value


CACHES = dict(_caches())


def test_there_are_caches_to_look_at() -> None:
    """Some hundred functions keep what they made."""
    assert len(CACHES) > 100


@pytest.mark.parametrize("name", CACHES)
def test_a_cache_of_what_texts_say_has_a_size(name: str) -> None:
    """Only what is asked by language, or once, is kept for ever."""
    cache = CACHES[name]
    size = cache.cache_parameters()["maxsize"]
    if size is None:
        assert TOLD_BY_A_TEXT.isdisjoint(inspect.signature(cache.__wrapped__).parameters)
    else:
        assert size <= MOST_ENTRIES


def test_words_are_begun_anew() -> None:
    """A table of words has a size, too."""
    assert per_word.KEPT_WORDS <= MOST_ENTRIES


def test_of_long_texts_fewer_readings_are_kept() -> None:
    """A prompt takes as much as some twenty sentences; sentences are not pushed out by prompts."""
    made: list[str] = []

    @text._kept(texts=1_000)
    def read(said: str) -> int:
        made.append(said)
        return len(said)

    long = [f"{number} ".ljust(text.LONG_TEXT + 1, "x") for number in range(text.KEPT_LONG_TEXTS + 1)]
    short = [str(number) for number in range(1_000)]
    for said in [*short, *long]:
        read(said)
    made.clear()
    assert [read(said) for said in short] == [len(said) for said in short]
    assert made == []
    assert (read(long[-1]), made) == (len(long[-1]), [])
    assert (read(long[0]), made) == (len(long[0]), [long[0]])
