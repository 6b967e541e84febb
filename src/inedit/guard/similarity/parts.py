"""Parts that two texts have alike: one subject in six e-mails, one headline, one first sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inedit.guard.similarity.normalise import SENTENCE_END
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.words import Hashes
from inedit.model import Span

SAME_PART = "same part"
"""The signal of a match that two texts have one part in common, word for word."""

MINIMUM_WORDS = 4
MINIMUM_LEADING_WORDS = 2
"""A part has at least so many words of its own to be told by; what leads a text, its subject or headline, fewer, and
among texts of one brief only."""

CLOSING_WORDS = 8
"""What closes a text in fewer words is its call to action, which many texts share."""

SENTENCE_WORDS = 8
"""A first sentence of fewer words is a greeting."""

OWN_SHARE = 0.5
"""A first sentence of which the brand or the brief supplies more than this share restates it."""

_LOOKED_AT = 600  # characters of a part in which its first sentence is looked for


@dataclass(frozen=True, slots=True)
class Unit:
    """Something of a text that no other one may have: ``key`` tells it by its letters, ``span`` is its place.

    ``is_brief`` tells that it has few words; ``closing`` is the key of the last part, of a unit that is in it.
    """

    key: int
    span: Span
    is_brief: bool
    closing: int | None = None


def units_of(parts: Mapping[str, str], supplied: Hashes) -> Iterator[Unit]:
    """The parts of a text, joined by ends of lines, and the first sentences of the longer ones."""
    texts = [text for text in parts.values() if text]
    start = 0
    for position, text in enumerate(texts):
        profile = Profile.of(text[:_LOOKED_AT], supplied)
        leads, closes = position == 0, position > 0 and position == len(texts) - 1
        closing = _key(profile.letters) if closes else None
        least = MINIMUM_LEADING_WORDS if leads else CLOSING_WORDS if closes else MINIMUM_WORDS
        whole = Profile.of(text[:_LOOKED_AT])
        if len(profile) >= least and len(text) <= _LOOKED_AT:
            span = Span(start, start + len(text))
            for letters in dict.fromkeys((profile.letters, whole.letters)):
                yield Unit(_key(letters), span, len(profile) < MINIMUM_WORDS, closing)
        for end in sorted({_end_of_first_sentence(whole), whole.sentences[0][1]} if len(whole) else ()):
            own = int((profile.kept < end).sum())
            if end < len(whole) and end >= SENTENCE_WORDS and own >= OWN_SHARE * end:
                span = whole.span(0, end)
                key = _key("".join(whole.tokens[:end]))
                yield Unit(key, Span(start + span.start, start + span.end), is_brief=False, closing=closing)
        start += len(text) + 1


def _end_of_first_sentence(text: Profile) -> int:
    """How many words its first sentence has, however short the next one is."""
    stop = text.source.folded.find(SENTENCE_END, int(text.starts[0]))
    return len(text) if stop < 0 else int((text.starts < stop).sum())


def _key(letters: str) -> int:
    return int.from_bytes(hashlib.blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=8).digest())
