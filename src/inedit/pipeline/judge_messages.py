"""What a run's process and a judge in a process of its own say to each other, as pickles over a pair of sockets.

Nobody else has an end of it: both ends are made by the run's process, and the other one is handed to its child. What
many answers have in common (the brand, a brief, generic texts, siblings) is sent once and spoken of by its number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from inedit.brand.schema import Brand
from inedit.model import Draft, Prompt


class OtherProgram(Exception):
    """The judge's process runs another version than the run, or reads the brand otherwise: it must not judge."""


# ---- from the run to its judge


@dataclass(frozen=True, slots=True)
class Order:
    """What a judge needs before anything else; ``digest`` is that of the brand as the run has it."""

    version: str
    brand: Brand
    digest: str
    encoder: str


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that messages speak of by its number from now on: a campaign, a sheet, generic texts."""

    number: int
    thing: object


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that waits for its verdict; campaign and sheet by their numbers."""

    raw: str
    unread: Draft
    campaign: int
    sheet: int
    prompt: Prompt
    today: date


@dataclass(frozen=True, slots=True)
class Prepare:
    """Encode what the evaluation of these answers will ask for, and keep them by their numbers."""

    ticket: int
    answers: Mapping[int, Answer]


@dataclass(frozen=True, slots=True)
class Judge:
    """Judge an answer that was prepared (by its number) or that comes along, against these generic texts."""

    ticket: int
    answer: int | Answer
    generic: int


@dataclass(frozen=True, slots=True)
class Beside:
    """The siblings of the draft that is being judged, by their numbers, and what the new ones say; ``dropped`` are
    spoken of no more. None: there will be none, give the draft up."""

    ticket: int
    listed: tuple[int, ...] | None
    new: Mapping[int, tuple[str, ...]]
    dropped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Encode:
    """Encode these texts."""

    ticket: int
    texts: Sequence[str]


# ---- from a judge to its run


@dataclass(frozen=True, slots=True)
class Ready:
    """The judge has what it needs; which encoder that is."""

    encoder: str
    digest: str
    dimensions: int


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a request: ``begun`` asks for the siblings of the draft that is being judged, ``done`` has what
    was asked for, ``raised`` the exception."""

    ticket: int
    kind: Literal["begun", "done", "raised"]
    value: object = None


def digest_of(brand: Brand) -> str:
    """SHA-256 of everything that a brand says, whatever process it is in."""
    told = json.dumps(brand.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
