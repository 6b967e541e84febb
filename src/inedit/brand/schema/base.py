"""What every entry is made of: ids, tags, localised wordings, and the base of all models."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
Tag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$", examples=["fr", "de-CH"])]
Text = Annotated[str, Field(min_length=1)]
Localized = dict[Tag, Text]
LocalizedList = dict[Tag, tuple[Text, ...]]
Market = Annotated[str, Field(pattern=r"^[A-Z]{2}$", examples=["FR"])]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["EUR"])]
Formality = Literal["formal", "informal"]
InsightKind = Literal["field", "verbatim", "story", "figure"]
Need = Literal["tip", "person", "figure", "quote"]
"""What an angle cannot do without: a usable tip, somebody it happened to, a number, somebody's own words."""


class ProjectModel(BaseModel):
    """Base of everything a person edits: unknown keys are faults, values never change once loaded.

    What checks a model is made when the first file of its kind is read: a plan reads no quiz.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)
