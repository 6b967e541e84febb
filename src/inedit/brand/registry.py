"""What was found in a project's files: entries, each with the document and place it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from inedit.brand import schema
from inedit.brand.error_messages import suggest, validation_issues
from inedit.brand.quiz import Quiz
from inedit.brand.reading import Document, Loc
from inedit.model.errors import Issue

E = TypeVar("E", bound=schema.ProjectModel)


@dataclass(frozen=True, slots=True)
class Found(Generic[E]):
    """One valid entry and where it stands."""

    value: E
    document: Document
    at: Loc

    def issue(self, loc: Loc, code: str, message: str, remedy: str = "") -> Issue:
        """An error at a place inside this entry."""
        return self.document.issue((*self.at, *loc), code, message, remedy)

    def warning(self, loc: Loc, code: str, message: str, remedy: str = "") -> Issue:
        """A warning at a place inside this entry."""
        return self.document.warning((*self.at, *loc), code, message, remedy)


@dataclass(slots=True)
class Section(Generic[E]):
    """All entries of one kind, in file order.

    ``names`` also holds entries that are not valid themselves, so that a mistake in one is not reported again
    by everything that refers to it; ``complete`` is False when a file could not be read at all. ``written``
    holds all of them as they were typed, so that wrong names are found in invalid entries too.
    """

    model: type[E]
    noun: str
    key: str = "id"
    entries: dict[str, Found[E]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    written: list[Found[Any]] = field(default_factory=list)
    complete: bool = True

    def put(self, document: Document, at: Loc, data: object) -> Iterator[Issue]:
        """Validate one entry and keep it; yields what is wrong with it."""
        if isinstance(data, dict):
            self.written.append(Found(data, document, at))
        name = data.get(self.key) if isinstance(data, dict) else None
        name = name.strip() if isinstance(name, str) else ""
        line, _ = document.location((*at, self.key))
        if name in self.names:
            yield document.issue(
                (*at, self.key), f"duplicate-{self.key}",
                f"There is already a {self.noun} '{name}', at {self.names[name]}.",
                "Rename or delete one of the two.",
            )  # fmt: skip
            name = ""
        elif name:
            self.names[name] = f"{document.file}:{line}"
        else:
            self.complete = False
        try:
            value = self.model.model_validate(data)
        except ValidationError as error:
            yield from validation_issues(error, document, at, self.model)
        else:
            if name:
                self.entries[name] = Found(value, document, at)

    def values(self) -> dict[str, E]:
        """The valid entries by name."""
        return {name: found.value for name, found in self.entries.items()}

    def missing(self, found: Found[Any], loc: Loc, name: str) -> Iterator[Issue]:
        """A fault when ``name``, written at ``loc`` of another entry, names nothing in this section."""
        if self.complete and name not in self.names:
            yield found.issue(
                loc, f"unknown-{self.noun.replace(' ', '-')}", f"There is no {self.noun} '{name}'.",
                suggest(name, self.names),
            )  # fmt: skip


@dataclass(slots=True)
class Registry:
    """Everything found in ``brand_data/`` and ``prompts/``."""

    identity: Found[schema.BrandIdentity] | None = None
    segments: Section[schema.Segment] = field(default_factory=lambda: Section(schema.Segment, "segment"))
    languages: Section[schema.Language] = field(
        default_factory=lambda: Section(schema.Language, "language", "tag")
    )
    tones: Section[schema.Tone] = field(default_factory=lambda: Section(schema.Tone, "tone"))
    angles: Section[schema.Angle] = field(default_factory=lambda: Section(schema.Angle, "angle"))
    channels: Section[schema.Channel] = field(default_factory=lambda: Section(schema.Channel, "channel"))
    claims: Section[schema.Claim] = field(default_factory=lambda: Section(schema.Claim, "claim"))
    insights: Section[schema.Insight] = field(default_factory=lambda: Section(schema.Insight, "insight"))
    lexicons: Section[schema.Lexicon] = field(
        default_factory=lambda: Section(schema.Lexicon, "lexicon", "language")
    )
    references: Section[schema.Reference] = field(
        default_factory=lambda: Section(schema.Reference, "reference")
    )
    codes: Section[schema.Code] = field(default_factory=lambda: Section(schema.Code, "code"))
    campaigns: Section[schema.Campaign] = field(default_factory=lambda: Section(schema.Campaign, "campaign"))
    quizzes: Section[Quiz] = field(default_factory=lambda: Section(Quiz, "quiz"))
    sheets: Section[schema.Sheet] = field(
        default_factory=lambda: Section(schema.Sheet, "prompt sheet", "channel")
    )
    small_sheets: Section[schema.Sheet] = field(
        default_factory=lambda: Section(schema.Sheet, "prompt sheet", "channel")
    )
    baselines: list[Found[schema.Baseline]] = field(default_factory=list)
    partials: frozenset[str] = frozenset()  # languages that have a folder in prompts/_partials

    def everything(self) -> Iterator[Found[Any]]:
        """Every valid entry that has wordings: who speaks first, then section by section."""
        if self.identity:
            yield self.identity
        for section in (
            self.segments, self.tones, self.angles, self.channels, self.claims, self.insights, self.campaigns,
            self.sheets, self.codes, self.quizzes,
        ):  # fmt: skip
            yield from section.entries.values()
