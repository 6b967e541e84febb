"""The code book: what people who speak of the subject may feel, need, suffer or try to do."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from inedit.brand.schema.base import Id, Localized, ProjectModel, Tag, Text

CodeFamily = Literal["emotion", "need", "frustration", "job"]
"""What a code of the code book is about; a job is what people try to get done."""


class CodeExample(ProjectModel):
    """A text that a person has labelled: it shows a coder, human or not, what is meant."""

    language: Tag
    text: Text
    quote: str = Field("", description="The words of the text that carry the code; empty means all of it.")
    applies: bool = Field(True, description="False for a text that looks like the code and is not.")

    @model_validator(mode="after")
    def _quote_is_verbatim(self) -> Self:
        if self.quote and self.quote not in self.text:
            raise ValueError(f"'quote' must stand in the text, word for word: {self.quote}")
        return self


class Code(ProjectModel):
    """One code of the code book: what people who speak of the subject may feel, need, suffer or try to do."""

    id: Id
    family: CodeFamily
    name: Localized
    definition: Localized = Field(description="What the code means, in a sentence or two.")
    use_when: Localized = Field(default_factory=dict, description="When a text gets this code.")
    not_when: Localized = Field(
        default_factory=dict, description="When it does not, though it looks like it."
    )
    examples: tuple[CodeExample, ...] = Field(
        (), max_length=500, description="Labelled texts; some 50 a code are enough for the offline coder."
    )
