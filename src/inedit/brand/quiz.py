"""A quiz as people write it in ``brand_data/quizzes/``: questions, and what each answer declares of who gives it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from inedit.brand.schema import Id, Localized, ProjectModel, Tag, Text

Attribute = Literal["worries", "motives", "objections", "words"]
"""The lists of a segment that declared preferences may add to."""


class Consent(ProjectModel):
    """What somebody agrees to before the answers are kept; both are stored with each of them."""

    version: Text = Field(description="Changes whenever the text does: answers keep the one that was shown.")
    text: Localized = Field(
        description="Who keeps the answers, what for, how long, and how they are taken back."
    )


class Declares(ProjectModel):
    """What an answer says of a segment's readers: an entry of one of its lists, as the segment would word it."""

    attribute: Attribute
    text: Localized = Field(description="As it would stand in segments.yaml.")


class Option(ProjectModel):
    """One answer."""

    id: Id
    text: Localized
    segment: Id | None = Field(None, description="The segment that whoever gives this answer belongs to.")
    declares: Declares | None = None


class Question(ProjectModel):
    """One question; nothing is asked that is not kept as one of its options."""

    id: Id
    text: Localized
    kind: Literal["single", "multiple"] = "single"
    required: bool = True
    options: tuple[Option, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _options_once(self) -> Self:
        ids = [option.id for option in self.options]
        if len(set(ids)) < len(ids):
            raise ValueError("two options have the same id")
        return self


class Quiz(ProjectModel):
    """A questionnaire that people answer of their own accord: zero-party data."""

    id: Id
    title: Localized
    intro: Localized
    thanks: Localized
    consent: Consent
    questions: tuple[Question, ...] = Field(min_length=1)
    least_people: int = Field(
        5, ge=2, description="People of a segment who must have declared a thing before it is proposed."
    )
    least_share: float = Field(0.2, ge=0, le=1, description="Share of the segment's people who must have.")

    @model_validator(mode="after")
    def _questions_once(self) -> Self:
        ids = [question.id for question in self.questions]
        if len(set(ids)) < len(ids):
            raise ValueError("two questions have the same id")
        return self

    @property
    def languages(self) -> tuple[Tag, ...]:
        """The languages in which the whole quiz is written, in the order of its title."""
        texts = [self.intro, self.thanks, self.consent.text]
        for question in self.questions:
            texts += [question.text, *(option.text for option in question.options)]
        return tuple(tag for tag in self.title if all(tag in text for text in texts))
