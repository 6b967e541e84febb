"""What stands beside a template: its variables, the parts of the answer, worked examples."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from inedit.brand.schema.base import Id, Localized, ProjectModel, Tag, Text


class Part(ProjectModel):
    """One part of a channel's text.

    ``source`` says who words it: ``model`` writes it; ``claims`` and ``calls_to_action`` let the model pick
    one of the approved wordings, which it cannot alter; ``offer`` is the campaign's offer, word for word.
    """

    id: Id
    instruction: Localized
    source: Literal["model", "claims", "calls_to_action", "offer"] = "model"
    min_chars: int = Field(1, ge=0)
    max_chars: int = Field(ge=1)
    max_words: int | None = Field(None, ge=1, description="What the writer is told to keep to, in words.")
    name: Localized = Field(default_factory=dict, description="What a reader of the result calls it.")


class Example(ProjectModel):
    """A worked example in one language: the insight it was given, the parts that a good writer made of it."""

    language: Tag
    brief: Text
    parts: dict[Id, Text]


class Sampling(ProjectModel):
    """How the model is asked. What is left out is left to Inédit, or to the provider."""

    temperature: float = Field(0.7, ge=0, le=2, description="How freely it chooses its words.")
    top_p: float | None = Field(None, gt=0, le=1, description="Share of the likeliest words it chooses from.")
    max_tokens: int = Field(600, ge=16, le=16_000, description="The most it may write: bounds the cost.")


class Sheet(ProjectModel):
    """``prompts/<channel>.yaml``: what the template beside it is for, what it uses, what the answer holds."""

    channel: Id
    purpose: Localized
    variables: tuple[str, ...] = Field(description="Names that the template uses; anything else is a fault.")
    parts: tuple[Part, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = ()
    sampling: Sampling = Field(Sampling(), description="Temperature and length of the answer.")

    def example(self, language: str) -> Example | None:
        """The worked example for a language, if there is one."""
        return next((example for example in self.examples if example.language == language), None)
