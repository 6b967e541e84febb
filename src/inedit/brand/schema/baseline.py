"""What a piece took before Inédit, in minutes and money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from inedit.brand.schema.base import Currency, Id, ProjectModel, Tag, Text


class MinutesRange(ProjectModel):
    """Minutes of a person's work, as a range: ``low <= expected <= high``."""

    low: Decimal = Field(ge=0)
    expected: Decimal = Field(ge=0)
    high: Decimal = Field(ge=0)

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        if not self.low <= self.expected <= self.high:
            raise ValueError("write low <= expected <= high")
        return self


DEFAULT_AGENCY_SHARE = Decimal("0.25")
"""Of four variants, an agency is ordered one: who pays by the piece orders a text and not its variants."""


class Baseline(ProjectModel):
    """What one piece took before Inédit, dated and approved."""

    channel: Id
    language: Tag
    writing_minutes: MinutesRange
    adaptation_minutes: MinutesRange = Field(description="Adapting it to another segment, tone or language.")
    review_minutes: MinutesRange
    hourly_rate: Decimal = Field(ge=0)
    agency_price: Decimal | None = Field(None, ge=0, description="What an agency charged for one piece.")
    agency_share: Decimal = Field(
        DEFAULT_AGENCY_SHARE,
        gt=0,
        le=1,
        description="Share of the variants that an agency would really be ordered to write.",
    )
    currency: Currency
    days_to_market: Decimal | None = Field(None, ge=0, description="From brief to approval, in days.")
    source: Text
    dated: date
    approved_by: Text
