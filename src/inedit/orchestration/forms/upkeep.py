"""Forms of the flows that look after what is there: check, export, prune, re-judge, code."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from inedit.bootstrap import Settings
from inedit.orchestration.forms.base import AMOUNT, EVERYTHING, Form, pick
from inedit.orchestration.forms.production import Limits


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
