"""Forms of the flows that look after what is there: check, export, re-judge."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from inedit.orchestration.forms.base import EVERYTHING, Form, pick


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


class RejudgeForm(Form):
    """*Re-judge the archive*."""

    campaigns: list[str] = Field(
        [],
        title="Campaigns",
        description="Where nothing is picked, all accepted pieces are judged.",
        json_schema_extra=pick("campaigns"),
    )
