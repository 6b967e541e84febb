"""Where a piece is published, with the limits of the place and what must be said there."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from inedit.brand.schema.base import Id, Localized, Market, ProjectModel


class Mention(ProjectModel):
    """A sentence that must stand in a text, word for word: a legal notice, a condition of the offer."""

    text: Localized
    markets: tuple[Market, ...] = Field((), description="Where it must be said; empty means everywhere.")


class Channel(ProjectModel):
    """Where a piece is published. The parts it has are in its prompt sheet."""

    id: Id
    name: Localized
    purpose: Localized = Field(
        default_factory=dict, description="What a text here is to achieve, and how it is read."
    )
    max_chars: int | None = Field(None, ge=1, description="Limit on the whole text, in characters.")
    max_words: int | None = Field(None, ge=1, description="Limit on the whole text, in words.")
    emoji: Literal["none", "few", "free"] | None = Field(
        None, description="Whether a text may have emoji: none, one or two, as many as it likes."
    )
    hashtags: int | None = Field(None, ge=0, description="The most hashtags a text may have; 0 for none.")
    mandatory: tuple[Mention, ...] = Field(
        (), description="What every text here must say, word for word: a legal footer."
    )
    charset: Literal["unicode", "gsm-7", "sms"] = Field(
        "unicode",
        description="gsm-7: text messages that must not leave the GSM alphabet. sms: those that may go as UCS-2 "
        "where an accent or emoji needs it.",
    )
    max_segments: int | None = Field(
        None,
        ge=1,
        description="Segments of a text message (160 or 153 septets, 70 or 67 characters in UCS-2).",
    )
    max_seconds: int | None = Field(
        None, ge=1, description="How long it may take to say aloud, in seconds, at the language's mean rate."
    )
    platform: Literal["google-ads"] | None = Field(
        None, description="Whose published editorial rules hold, besides the limits: google-ads."
    )
    most_pasted: float | None = Field(
        None, ge=0, le=1,
        description="Share of the model's words that may stand word for word in what it was given; .35 when empty.",
    )  # fmt: skip
