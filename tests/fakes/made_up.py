"""Words that no language has, for texts whose length and overlap have to be exact."""

from __future__ import annotations

from itertools import islice, product

_ONSETS, _VOWELS = "bdfgklmnprstv", "aeiou"


def made_up(count: int, first: int = 0) -> list[str]:
    """So many different words of three syllables, from the ``first`` on: the same each time."""
    syllables = [onset + vowel for vowel in _VOWELS for onset in _ONSETS]
    words = ("".join(parts) for parts in product(syllables, repeat=3) if len(set(parts)) == 3)
    return list(islice(words, first * 37, (first + count) * 37, 37))
