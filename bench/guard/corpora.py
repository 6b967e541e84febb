"""Archives of any size, and edits by program: what the benches of search and speed are run on.

Texts are invented by a chain of words over real ones, so that words and pairs of words are as frequent as in life while
no two invented texts copy one another.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

SENTENCE_WORDS = (6, 22)
"""Fewest and most words of an invented sentence."""


class Invented:
    """Texts that nobody wrote, from the pairs of words of those that somebody did."""

    def __init__(self, texts: Sequence[str], dice: random.Random) -> None:
        self.dice = dice
        self.after: dict[str, list[str]] = defaultdict(list)
        self.words: list[str] = []
        for text in texts:
            words = text.split()
            self.words += words
            for word, follower in pairwise(words):
                self.after[word].append(follower)

    def text(self, words: int) -> str:
        """A text of about so many words."""
        said: list[str] = []
        while len(said) < words:
            word = self.dice.choice(self.words)
            sentence = [word.capitalize()]
            for _ in range(self.dice.randint(*SENTENCE_WORDS) - 1):
                follow = self.after.get(word)
                word = self.dice.choice(follow if follow and self.dice.random() < 0.85 else self.words)
                sentence.append(word)
            said += [*sentence[:-1], sentence[-1].rstrip(".,;:!?") + "."]
        return " ".join(said)


def sentences(text: str) -> list[str]:
    """Sentences, roughly."""
    return re.split(r"(?<=[.!?…])\s+", text)


def exchanged(share: float) -> Callable[[str, str, random.Random], str]:
    """So many words exchanged for words of the other text."""

    def edit(text: str, other: str, dice: random.Random) -> str:
        words, foreign = text.split(), other.split()
        positions = set(dice.sample(range(len(words)), int(share * len(words))))
        return " ".join(dice.choice(foreign) if at in positions else word for at, word in enumerate(words))

    return edit


def pasted(share: float) -> Callable[[str, str, random.Random], str]:
    """A passage of so much of the text, in the middle of the other text, whose length is kept."""

    def edit(text: str, other: str, dice: random.Random) -> str:
        words, foreign = text.split(), other.split()
        length = int(share * len(words))
        start = dice.randrange(max(1, len(words) - length))
        kept = foreign[: max(1, len(foreign) - length)]
        at = dice.randrange(len(kept))
        return " ".join([*kept[:at], *words[start : start + length], *kept[at:]])

    return edit


def turned(text: str, _other: str, dice: random.Random) -> str:
    """The sentences in another order."""
    said = sentences(text)
    dice.shuffle(said)
    return " ".join(said)


def shortened(text: str, _other: str, dice: random.Random) -> str:
    """A sentence left out, where there are three."""
    said = sentences(text)
    if len(said) > 2:
        said.pop(dice.randrange(len(said)))
    return " ".join(said)


def lengthened(text: str, other: str, dice: random.Random) -> str:
    """A sentence of the other text put in."""
    said = sentences(text)
    said.insert(dice.randrange(len(said) + 1), dice.choice(sentences(other)))
    return " ".join(said)


EDITS: dict[str, Callable[[str, str, random.Random], str]] = {
    "words exchanged, 10 %": exchanged(0.1),
    "words exchanged, 20 %": exchanged(0.2),
    "words exchanged, 30 %": exchanged(0.3),
    "words exchanged, 40 %": exchanged(0.4),
    "paste of 40 %": pasted(0.4),
    "paste of 25 %": pasted(0.25),
    "sentences turned": turned,
    "a sentence left out": shortened,
    "a sentence put in": lengthened,
}
"""Copies by kind: each takes a text and another, to borrow from."""
