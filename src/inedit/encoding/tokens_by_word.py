"""The tokens of a text, each word cut but once.

The tokenizer of the Universal Sentence Encoder is Python and takes as long as a good part of the network. No
token of its vocabulary goes on beyond a space, and no rule of its normaliser looks beyond one: what it makes of a word
depends on that word alone, so that the tokens of a text are those of its words in a row. Texts of a campaign share most
of theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

REMEMBERED_WORDS = 16_384
"""So many words are kept, those used last: some 4 MB."""


class Tokenizer(Protocol):
    """What :class:`inedit.encoding.unigrams.Unigrams` is."""

    def encode(self, texts: str, *, add_bos: bool = True, add_eos: bool = True) -> list[int]:
        """The tokens of a text, between a mark of its beginning and one of its end."""
        ...


class TokensByWord:
    """Gives what the tokenizer gives for a whole text. Serves all threads of a process."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        begins, self._nothing, ends = tokenizer.encode(
            ""
        )  # the marks, and between them what stands for no token
        self._begins, self._ends = begins, ends
        self._of_word: Callable[[str], list[int]] = lru_cache(REMEMBERED_WORDS)(
            lambda word: tokenizer.encode(word, add_bos=False, add_eos=False)
        )

    def encode(self, text: str) -> list[int]:
        """The tokens of a text with its marks."""
        tokens = [self._begins]
        for word in text.split(" "):
            found = self._of_word(word)
            if found != [
                self._nothing
            ]:  # that is a word of white space, or of what the normaliser leaves out
                tokens += found
        if len(tokens) == 1:
            tokens.append(self._nothing)
        return [*tokens, self._ends]
