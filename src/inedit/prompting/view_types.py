"""What a template sees, as plain read-only values: one small class a noun, in the language of the variant.

Whoever asks for a name that a class has not is told what it may have meant, by the class's ``KIND``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class BrandView:
    """Who speaks. ``addresses`` are the only ones that a text may name: web, e-mail, telephone, accounts."""

    KIND: ClassVar[str] = "brand"
    name: str
    about: str
    voice: str
    products: tuple[str, ...]
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageView:
    """The language to write in. ``address`` is the instruction that fixes the form of address."""

    KIND: ClassVar[str] = "language"
    tag: str
    name: str
    formality: str
    address: str


@dataclass(frozen=True, slots=True)
class SegmentView:
    """The readers. ``words`` are those that they use themselves; the lists are empty where nothing is written."""

    KIND: ClassVar[str] = "segment"
    name: str
    description: str
    worries: tuple[str, ...] = ()
    motives: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToneView:
    """A manner of speaking. ``sample`` is to be heard, never copied; empty where there is none."""

    KIND: ClassVar[str] = "tone"
    name: str
    instruction: str
    do: tuple[str, ...] = ()
    dont: tuple[str, ...] = ()
    sample: str = ""


@dataclass(frozen=True, slots=True)
class AngleView:
    """A narrative frame: its name, and the instruction to a copywriter; both empty without an angle."""

    KIND: ClassVar[str] = "angle"
    name: str
    instruction: str


@dataclass(frozen=True, slots=True)
class ChannelView:
    """Where the text appears. A limit is None, and ``emoji`` and ``purpose`` are empty, where none is set."""

    KIND: ClassVar[str] = "channel"
    name: str
    purpose: str = ""
    max_chars: int | None = None
    max_words: int | None = None
    emoji: str = ""
    hashtags: int | None = None


@dataclass(frozen=True, slots=True)
class LinkView:
    """An address that a text may lead to, exactly as it is written, and what it is for."""

    KIND: ClassVar[str] = "link"
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class CampaignView:
    """The brief. ``mandatory`` must be said word for word; ``merge_fields`` are tokens of the mailing tool."""

    KIND: ClassVar[str] = "campaign"
    objective: str
    offer: str
    key_message: str = ""
    mandatory: tuple[str, ...] = ()
    links: tuple[LinkView, ...] = ()
    merge_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InsightView:
    """Something only this brand knows. ``evidence`` are words whose presence proves that a text uses it.

    ``meaning`` is what it changes for the reader, ``tip`` what a reader can do with it; empty where unwritten.
    """

    KIND: ClassVar[str] = "insight"
    kind: str
    text: str
    evidence: tuple[str, ...]
    paraphrase_only: bool
    meaning: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class ReplacementView:
    """A word that the brand does not use, and what it says in its place."""

    KIND: ClassVar[str] = "replacement"
    term: str
    instead: str


@dataclass(frozen=True, slots=True)
class LexiconView:
    """Words to prefer and to avoid. ``replacements`` are the banned words that have a better one."""

    KIND: ClassVar[str] = "lexicon"
    wanted: tuple[str, ...]
    banned: tuple[str, ...]
    cliches: tuple[str, ...]
    replacements: tuple[ReplacementView, ...] = ()


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of the answer. ``source`` is ``model``, ``claims``, ``calls_to_action`` or ``offer``.

    ``min_chars`` and ``max_words`` are 0 where no limit is set.
    """

    KIND: ClassVar[str] = "part"
    id: str
    name: str
    instruction: str
    source: str
    max_chars: int
    min_chars: int = 0
    max_words: int = 0


@dataclass(frozen=True, slots=True)
class SiblingsView:
    """What other texts of the campaign in this language already do, so that this one does something else.

    ``openings`` are their first sentences and subject lines, ``images`` scenes and phrases that are used up.
    """

    KIND: ClassVar[str] = "siblings"
    openings: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A worked example in this language: the brief that was given, and the parts that a good writer made."""

    KIND: ClassVar[str] = "example"
    brief: str
    parts: Mapping[str, str] = field(hash=False)  # compared all the same


@dataclass(frozen=True, slots=True)
class FindingView:
    """What a check said of the previous attempt; ``quote`` is the passage it means, if it means one."""

    KIND: ClassVar[str] = "finding"
    check: str
    part: str
    quote: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RevisionView:
    """Why the previous attempt was sent back."""

    KIND: ClassVar[str] = "revision"
    findings: tuple[FindingView, ...]
