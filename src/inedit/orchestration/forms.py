"""The forms of the Prefect UI, as pydantic models, and the lists that they offer, read from the brand project.

A form's fields are plain; which of them is a list to pick from is said by :func:`pick`, and the list is put in when the
form is shown (:func:`schema_of`). So a changed ``brand_data/`` changes the form and no code, and a list with one entry
is a list all the same. What comes back is read by the same model (:func:`read`): whatever wrote it, a person hears in
sentences what is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, field_validator

from inedit.bootstrap import Settings
from inedit.errors import WrongInput
from inedit.ledger.pricing.amounts import ABOVE_ZERO, parse_amount
from inedit.pipeline.task import Options
from inedit.planning import Narrowing

NO_AMOUNT = "an amount above 0, such as 2.50, 2,50 € or 2 USD"
"""What stands beside a field for an amount that is none. Prefect words what a schema refuses by itself, by its regular
expression; a constant that was expected it shows as it is."""

AMOUNT: dict[str, JsonValue] = {
    "if": {"not": {"pattern": rf"^\s*$|{ABOVE_ZERO}"}},
    "then": {"const": NO_AMOUNT},
}
"""An amount above 0, with or without a currency, or nothing, as JSON Schema."""

NOTHING_OFFERED = {"runs": "No run is unfinished at this moment: there is nothing to go on with."}
"""What stands below a field whose list is empty."""

EVERYTHING = "everything"
"""The choice of all months, or of all campaigns."""


SEPARATOR = " · "


def named_choice(name: str, id: str) -> str:
    """An entry of ``brand_data/`` as a list shows it: by its name, with its id last so that :func:`id_of` can take it
    out again."""
    return f"{name}{SEPARATOR}{id}"


def id_of(choice: str) -> str:
    """The id of an entry that was picked by its name, or given by its id."""
    return choice.rpartition(SEPARATOR)[2].strip()


def pick(kind: str) -> dict[str, JsonValue]:
    """Marks a field as a list to pick from: one of the names of :class:`Choices`."""
    return {"pick": kind}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the lists of the forms offer. A list that is empty leaves a field to be typed."""

    campaigns: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    brand: str = ""  # whose lists these are, as people call it

    def named(self, kind: str) -> tuple[str, ...]:
        """The list of a kind."""
        found: tuple[str, ...] = getattr(self, kind)
        return found


class Form(BaseModel):
    """Base of every form: what it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Only(Form):
    """Work on a part of the campaign. Where nothing is picked, all of it is meant."""

    channels: list[str] = Field([], title="Channels", json_schema_extra=pick("channels"))
    segments: list[str] = Field([], title="Segments", json_schema_extra=pick("segments"))
    languages: list[str] = Field([], title="Languages", json_schema_extra=pick("languages"))
    tones: list[str] = Field([], title="Tones", json_schema_extra=pick("tones"))

    @field_validator("segments", "tones")
    @classmethod
    def _ids(cls, picked: list[str]) -> list[str]:
        return [id_of(choice) for choice in picked]


class Limits(Form):
    """What the run may spend."""

    max_cost: str = Field(
        "",
        title="Most it may cost",
        description="2.50, 2,50 € or 2 USD. Empty: the campaign's own budget holds.",
        json_schema_extra=AMOUNT,
    )
    max_attempts: int = Field(
        3, ge=1, le=10, title="Drafts a piece", description="So many before a person decides."
    )

    @field_validator("max_cost")
    @classmethod
    def _is_amount(cls, typed: str) -> str:
        if typed:
            amount, _ = parse_amount(typed)
            if not amount:
                raise WrongInput(f"'{typed}' is not a maximum cost: give {NO_AMOUNT}, or leave it empty.")
        return typed


class ProduceForm(Form):
    """*Produce a campaign*."""

    campaign: str = Field(
        title="Campaign",
        description="One of the briefs in brand_data/campaigns.",
        json_schema_extra=pick("campaigns"),
    )
    only: Only = Field(Only(), title="Only a part")
    variants_per_cell: int = Field(
        0, ge=0, le=100_000, title="Variants per cell",
        description="How many texts for each channel, segment, language and tone. 0: as many as the brief says.",
    )  # fmt: skip
    limits: Limits = Field(Limits(), title="Limits")
    candidates: int = Field(
        1, ge=1, le=8, title="Texts a call",
        description="Of the accepted ones of an answer, the one least like its siblings is kept.",
    )  # fmt: skip
    require_approval: bool = Field(
        False,
        title="Require approval",
        description="The run waits until a person has read the pieces and says yes.",
    )
    dry_run: bool = Field(
        False,
        title="Dry run",
        description="Show what would be written and what it would cost; write nothing.",
    )
    model: str = Field(
        default_factory=lambda: Settings.from_environment().model,
        title="Model",
        description="An embedded model needs no key. Those of a provider are named in INEDIT_MODELS.",
        json_schema_extra=pick("models"),
    )
    prompts: Literal["auto", "full", "small"] = Field(
        "auto",
        title="Prompts",
        description="full: for capable models. small: short ones, for small models. auto: what suits the model.",
    )


class ResumeForm(Form):
    """*Resume*."""

    run: str = Field(
        title="Run",
        description="It goes on with the options that it had. Runs that came to their end are not in the list.",
        json_schema_extra=pick("runs"),
    )


class PreviewForm(Form):
    """*Preview a prompt*."""

    campaign: str = Field(title="Campaign", json_schema_extra=pick("campaigns"))
    only: Only = Field(
        Only(), title="Of which variant", description="The first variant that is left is shown."
    )


class CheckForm(Form):
    """*Check the brand project*: nothing to fill in."""


class ExportForm(Form):
    """*Export the ledger*."""

    month: str = Field(
        EVERYTHING,
        title="Period",
        description="The month that calls were booked in.",
        json_schema_extra=pick("months"),
    )
    format: Literal["xlsx", "csv", "jsonl", "parquet", "focus", "html"] = Field(
        "xlsx",
        title="Format",
        description="xlsx and html are reports; csv, jsonl and parquet are rows; focus is FOCUS 1.2 as CSV.",
    )
    savings: bool = Field(False, title="Time saved, too", description="In csv, jsonl and parquet.")


class PruneForm(Form):
    """*Prune the field*."""

    only_count: bool = Field(False, title="Only count", description="Delete nothing: say how many are due.")


class RejudgeForm(Form):
    """*Re-judge the archive*."""

    campaigns: list[str] = Field(
        [],
        title="Campaigns",
        description="Where nothing is picked, all accepted pieces are judged.",
        json_schema_extra=pick("campaigns"),
    )


class CodeForm(Form):
    """*Code verbatims*."""

    by: Literal["offline", "model"] = Field(
        "offline",
        title="By",
        description="offline: from labelled examples, without cost. model: by the language model below.",
    )
    model: str = Field(
        default_factory=lambda: Settings.from_environment().model,
        title="Model",
        description="Read only where a model codes.",
        json_schema_extra=pick("models"),
    )
    place: str = Field("", title="Place", description="The id of one place. Empty: all of them.")
    limit: int = Field(0, ge=0, title="At most", description="So many verbatims. 0: all of them.")
    max_cost: str = Field(
        "", title="Most it may cost", description="2.50, 2,50 € or 2 USD.", json_schema_extra=AMOUNT
    )

    @field_validator("max_cost")
    @classmethod
    def _is_amount(cls, typed: str) -> str:
        return Limits(max_cost=typed).max_cost


@dataclass(frozen=True, slots=True)
class Served:
    """How a flow is served: the form that people fill in, and what it does in one word (names in the UI's lists are
    cut after some 18 characters). A file of ``flows/`` says it as ``SERVED``; without it, the signature is the form."""

    form: type[Form]
    word: str
    tags: tuple[str, ...]


def name_of(word: str, brand: str) -> str:
    """A deployment's name: what it does and for which brand, in characters that Prefect takes."""
    return f"{word}{SEPARATOR}{brand}".translate(str.maketrans("/%&<>", "-----"))


AnyForm = TypeVar("AnyForm", bound=Form)


def schema_of(form: type[Form], choices: Choices) -> dict[str, Any]:
    """The form as the Prefect UI reads it: a JSON schema whose references point into ``definitions``."""
    schema = form.model_json_schema(ref_template="#/definitions/{model}")
    definitions = schema.pop("$defs", {})
    for properties in (schema.get("properties", {}), *(one["properties"] for one in definitions.values())):
        for position, field in enumerate(properties.values()):
            field["position"] = position
            kind = field.pop("pick", None)
            offered = choices.named(kind) if kind else ()
            if offered:
                field.get("items", field)["enum"] = list(offered)
                if kind == "models":
                    field["default"] = offered[0]
            elif kind in NOTHING_OFFERED:
                field["description"] = NOTHING_OFFERED[kind]
    return {
        "title": "Parameters",
        "type": "object",
        "properties": schema.get("properties", {}),
        "required": schema.get("required", []),
        "definitions": definitions,
    }


def read(form: type[AnyForm], **parameters: object) -> AnyForm:
    """What was filled in; what was left out (None) has its default.

    Raises :class:`~inedit.errors.WrongInput` with one sentence a mistake.
    """
    given = {name: _plain(value) for name, value in parameters.items() if value is not None}
    try:
        return form.model_validate(given)
    except ValidationError as error:
        raise WrongInput(" ".join(_sentences(error.errors()))) from None


def _plain(value: Any) -> Any:
    return value.model_dump() if isinstance(value, BaseModel) else value


def _sentences(mistakes: Sequence[Any]) -> list[str]:
    said = []
    for mistake in mistakes:
        field = ".".join(str(location) for location in mistake["loc"])
        said.append(f"Field '{field}': {mistake['msg']}.")
    return said


def settings_of(settings: Settings, form: ProduceForm) -> Settings:
    """The environment's settings for what a form asks for."""
    return replace(
        settings, model=form.model, prompts=settings.prompts if form.prompts == "auto" else form.prompts
    )


def options_of(settings: Settings, form: ProduceForm) -> Options:
    """How the run is made that a form asks for."""
    only = form.only
    return Options(
        concurrency=settings.concurrency,
        max_attempts=form.limits.max_attempts,
        require_approval=form.require_approval,
        candidates=form.candidates,
        narrowing=Narrowing(
            tuple(only.channels), tuple(only.segments), tuple(only.languages), tuple(only.tones),
            form.variants_per_cell,
        ),
    )  # fmt: skip
