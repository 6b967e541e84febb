"""Whom a text speaks to and how: segments, languages, tones, and the angles of a story."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from inedit.brand.schema.base import (
    Formality,
    Id,
    InsightKind,
    Localized,
    LocalizedList,
    Market,
    Need,
    ProjectModel,
    Tag,
    Text,
)


class Segment(ProjectModel):
    """A group of readers."""

    id: Id
    name: Localized
    description: Localized = Field(description="Who they are and what they care about.")
    worries: LocalizedList = Field(default_factory=dict, description="What troubles them about the subject.")
    motives: LocalizedList = Field(default_factory=dict, description="What makes them buy, or come back.")
    objections: LocalizedList = Field(default_factory=dict, description="What they say against it.")
    words: LocalizedList = Field(default_factory=dict, description="Words that they use themselves.")
    formality: dict[Tag, Formality] = Field(
        default_factory=dict, description="Overrides the language's own formality for these readers."
    )


class Language(ProjectModel):
    """A language the brand writes in."""

    tag: Tag
    name: Text = Field(description="The language's name in itself: français, Deutsch.")
    market: Market
    formality: Formality
    address: dict[Formality, Text] = Field(
        default_factory=dict,
        description="The instruction that fixes the form of address: « Vouvoyez le lecteur. »",
    )
    typography: Literal[
        "french",
        "english",
        "german",
        "spanish",
        "italian",
        "quebec",
        "swiss-french",
        "swiss-german",
        "austrian",
    ]


class Tone(ProjectModel):
    """A manner of speaking."""

    id: Id
    name: Localized
    instruction: Localized
    do: LocalizedList = Field(default_factory=dict, description="What a text in this tone does.")
    dont: LocalizedList = Field(default_factory=dict, description="What it never does.")
    sample: Localized = Field(
        default_factory=dict,
        description="A sentence or two in this tone about something else: heard, never copied.",
    )


class Angle(ProjectModel):
    """A narrative frame: testimony, before/after, behind the scenes, how-to …"""

    id: Id
    name: Localized
    instruction: Localized
    suits: tuple[InsightKind, ...] = Field(
        (), description="Kinds of insight it can carry; empty means all. A testimony needs a person."
    )
    needs: tuple[Need, ...] = Field(
        (), description="What its insight must have: a how-to needs a tip, a testimony a person."
    )
    tones: tuple[Id, ...] = Field((), description="Tones it goes with; empty means all of them.")
