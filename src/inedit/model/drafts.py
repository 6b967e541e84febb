"""A variant to write, its prompt, and what a model answered."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

KEYS_KEPT = 4_096
"""Keys of variants that are not worked out again: a text in the making asks for its own some twenty times."""

_NOT_KEPT = re.compile(r"[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with U+FFFD for what no database keeps: NUL, and half a character (``"\\ud83d"`` in JSON)."""
    return _NOT_KEPT.sub("\ufffd", text)


class Outcome(StrEnum):
    """How a model's answer ended, as the ledger records it."""

    ANSWERED = "answered"
    CUT = "cut"  # at the limit of output tokens
    FILTERED = "filtered"  # by the provider's content filter
    REFUSED = "refused"  # the model said that it would not
    EMPTY = "empty"


@lru_cache(KEYS_KEPT)
def _key_of(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class VariantSpec:
    """One text to write: the cell of the matrix, and what this variant is to be made of.

    ``language`` is a BCP 47 tag; ``index`` counts the variants of one cell from 0; ``angle`` is the id of a
    narrative frame; ``insight_ids`` and ``claim_ids`` name what the brand supplies for it.
    """

    campaign_id: str
    channel: str
    segment: str
    language: str
    tone: str
    index: int
    angle: str = ""
    insight_ids: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Stable address of the variant: 16 hexadecimal digits.

        Made of the cell and index only, so that new insights or angles do not orphan a text already paid for.
        """
        return _key_of(
            self.campaign_id, self.channel, self.segment, self.language, self.tone, str(self.index),
        )  # fmt: skip

    @property
    def label(self) -> str:
        """The cell in words, for messages: ``email · parents · fr · warm #1``."""
        return f"{self.channel} · {self.segment} · {self.language} · {self.tone} #{self.index + 1}"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat prompt. ``role`` is ``system``, ``user`` or ``assistant``."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the model is asked. ``max_tokens`` bounds what one answer can cost; None is left to the provider."""

    temperature: float = 0.7
    top_p: float | None = None
    max_tokens: int = 600


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent to the model: the stable brand part first, so that a provider's prompt cache can serve it.

    ``template_sha`` is the SHA-256 of the template and everything it includes; ``schema`` is the JSON schema
    of the answer (an object with one string a part); ``style`` says for which kind of model it was written
    (``full`` or ``small``; empty for a prompt that has no template).
    """

    messages: tuple[Message, ...]
    template_id: str
    template_sha: str
    insight_ids: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()
    schema: Mapping[str, Any] = field(default_factory=dict)
    sampling: Sampling = Sampling()
    style: str = ""

    @property
    def text(self) -> str:
        """Every message, one after the other, as the echo check reads them."""
        return "\n\n".join(message.content for message in self.messages)


@dataclass(frozen=True, slots=True)
class Usage:
    """What one call consumed, in the provider's own tokens.

    ``input_tokens`` includes ``cached_tokens`` (read from the provider's cache) and ``cache_write_tokens`` (written to
    it, which some models bill dearer); ``output_tokens`` includes ``reasoning_tokens``.
    """

    model: str
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    reasoning_tokens: int
    latency_seconds: float
    cache_write_tokens: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]

    def shifted(self, offset: int) -> Span:
        """The same characters where the text stands ``offset`` characters further on."""
        return Span(self.start + offset, self.end + offset)

    def overlaps(self, others: Iterable[Span]) -> bool:
        """Whether it shares a character with one of the others."""
        return any(self.start < other.end and other.start < self.end for other in others)

    def inside(self, others: Iterable[Span]) -> bool:
        """Whether all of it lies in one of the others."""
        return any(other.start <= self.start and self.end <= other.end for other in others)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the model wrote for one variant. ``attempt`` counts from 1; ``parts`` keeps the order of the sheet."""

    spec: VariantSpec
    parts: Mapping[str, str]
    usage: Usage
    attempt: int
    response_id: str = ""

    @property
    def text(self) -> str:
        """The parts in order, one a line: the text that spans count in and that near-duplicates compare."""
        return "\n".join(part for part in self.parts.values() if part)

    def part_span(self, part_id: str) -> Span | None:
        """Where a part stands in :attr:`text`, or None when it is empty."""
        start = 0
        for name, part in self.parts.items():
            if not part:
                continue
            if name == part_id:
                return Span(start, start + len(part))
            start += len(part) + 1
        return None
