"""Parts that two texts have alike: one subject in six e-mails, one headline, one first sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from inedit.brand.caching import by_identity
from inedit.guard.similarity.normalise import SENTENCE_END
from inedit.guard.similarity.profile import SENTENCE_WORDS as LEAST_WORDS
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
        leads, closes = position == 0, position > 0 and position == len(texts) - 1
        for unit in _units_in(text, leads, closes, supplied):
            span = Span(start + unit.span.start, start + unit.span.end)
            yield Unit(unit.key, span, unit.is_brief, unit.closing)
        start += len(text) + 1


@by_identity(128)
def _units_in(text: str, leads: bool, closes: bool, supplied: Hashes) -> tuple[Unit, ...]:
    """Those of one part. Kept, since calls to action and offers are those of many texts."""
    whole = Profile.of(text[:_LOOKED_AT])
    profile = whole.without(supplied)
    name = f"units {leads} {closes} {len(text)}"
    if name not in profile.memo:  # what nothing is taken out of is the same beside other briefs
        profile.memo[name] = tuple(_units_of(text, whole, profile, leads=leads, closes=closes))
    units: tuple[Unit, ...] = profile.memo[name]
    return units


def _units_of(text: str, whole: Profile, profile: Profile, *, leads: bool, closes: bool) -> Iterator[Unit]:
    """The same, given the part with all its words, and less what is supplied."""
    closing = _key(profile.letters) if closes else None
    least = MINIMUM_LEADING_WORDS if leads else CLOSING_WORDS if closes else MINIMUM_WORDS
    if len(profile) >= least and len(text) <= _LOOKED_AT:
        for letters in dict.fromkeys((profile.letters, whole.letters)):
            yield Unit(_key(letters), Span(0, len(text)), len(profile) < MINIMUM_WORDS, closing)
    for end in _ends_of_first_sentence(whole.source.folded):
        own = end if profile is whole else int((profile.kept < end).sum())
        if end < len(whole) and end >= SENTENCE_WORDS and own >= OWN_SHARE * end:
            key = _key("".join(whole.source.folded.split()[:end]))
            yield Unit(key, whole.span(0, end), is_brief=False, closing=closing)


def _ends_of_first_sentence(folded: str) -> list[int]:
    """How many words the first sentence has, however short the next one is; and with those after it that are too short
    to be sentences (see :attr:`Profile.sentences`), where there are such."""
    words = [len(sentence.split()) for sentence in folded.split(SENTENCE_END)]
    of_each = [count for count in words if count]
    if not of_each:
        return []
    short = sum(takewhile(lambda count: count < LEAST_WORDS, of_each[1:]))
    return sorted({of_each[0], of_each[0] + short})


def _key(letters: str) -> int:
    return int.from_bytes(hashlib.blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=8).digest())
