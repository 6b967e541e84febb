"""Forms of the flows that write: produce, resume, preview."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pydantic import Field, field_validator

from inedit.bootstrap import Settings
from inedit.ledger.pricing.amounts import parse_amount
from inedit.model.errors import WrongInput
from inedit.orchestration.forms.base import AMOUNT, NO_AMOUNT, Form, id_of, pick
from inedit.pipeline.generic_texts import DEFAULT_COUNT
from inedit.pipeline.task import Options
from inedit.planning import Narrowing


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
        3, ge=1, le=10, title="Drafts per piece", description="So many before a person decides."
    )
    generic_texts: int = Field(
        DEFAULT_COUNT, ge=0, le=20, title="Generic texts",
        description="So many per channel and language, of what anybody would get from this model: each is asked for "
        "once, and pieces are held against them. 0: none.",
    )  # fmt: skip

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
        1, ge=1, le=8, title="Texts per call",
        description="Of the accepted ones of an answer, the one least like its siblings is kept.",
    )  # fmt: skip
    copy_edit: bool = Field(
        False,
        title="Copy edit",
        description="The model goes over each accepted text once more as a copy editor: better copy, a second call per "
        "piece.",
    )
    require_approval: bool = Field(
        False,
        title="Require approval",
        description="The run waits until a person has read the pieces and says yes.",
    )
    batch: bool = Field(
        False,
        title="In batches",
        description="Half the price at most providers, and up to a day per round. A run that is stopped goes on with "
        "its batches when it is resumed.",
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
    advisor: str = Field(
        default_factory=lambda: Settings.from_environment().advisor,
        title="Advisor",
        description="A model that is asked, once per accepted draft, what the supplied facts do not say. A person "
        "decides on what it finds. Empty: nobody is asked.",
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


def settings_of(settings: Settings, form: ProduceForm) -> Settings:
    """The environment's settings for what a form asks for."""
    return replace(
        settings, model=form.model, prompts=settings.prompts if form.prompts == "auto" else form.prompts,
        advisor=form.advisor.strip(),
    )  # fmt: skip


def options_of(settings: Settings, form: ProduceForm) -> Options:
    """How the run is made that a form asks for."""
    only = form.only
    return Options(
        concurrency=settings.concurrency,
        max_attempts=form.limits.max_attempts,
        mirror=form.limits.generic_texts,
        require_approval=form.require_approval,
        candidates=form.candidates,
        copy_edit=form.copy_edit,
        batch=form.batch,
        narrowing=Narrowing(
            tuple(only.channels), tuple(only.segments), tuple(only.languages), tuple(only.tones),
            form.variants_per_cell,
        ),
    )  # fmt: skip
