"""Prices agreed with a provider, and exchange rates: what finance edits, each with its dates and its
source."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Literal, Self

from pydantic import Field, model_validator

from inedit.brand.schema import Currency, ProjectModel, Text
from inedit.model.errors import WrongInput


class ContractPrice(ProjectModel):
    """What a provider bills us for a model, when it is not the list price. Prices are per million tokens."""

    provider: Text = Field(examples=["openai"])
    model: Text = Field(description="Name of the model; * stands for any characters.", examples=["gpt-5*"])
    tier: Literal["standard", "batch", "flex", "priority"] = "standard"
    currency: Currency
    input_price: Decimal = Field(ge=0, description="Per million input tokens that were not cached.")
    cached_price: Decimal = Field(
        ge=0, description="Per million input tokens read from the provider's cache."
    )
    output_price: Decimal = Field(ge=0, description="Per million output tokens, reasoning included.")
    cache_write_price: Decimal | None = Field(
        None, ge=0, description="Per million input tokens written to the cache; empty: the input price."
    )
    valid_from: date
    valid_until: date | None = None
    source: Text = Field(description="The contract: its number, its date, where it is kept.")
    note: str = Field("", description="For a price of zero: why nobody bills it.")

    @model_validator(mode="after")
    def _zero_has_a_reason(self) -> Self:
        prices = (self.input_price, self.cached_price, self.output_price, self.cache_write_price)
        if not any(prices) and not self.note:
            raise ValueError("a price of zero needs 'note': say why nobody bills these calls")
        return self

    def applies(self, provider: str, model: str, day: date, tier: str) -> bool:
        """Whether a call of that day is billed at this price."""
        in_time = self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
        return (
            in_time
            and self.tier == tier
            and self.provider == provider
            and fnmatchcase(model.lower(), self.model.lower())
        )


class Rate(ProjectModel):
    """One unit of ``base`` is worth ``rate`` units of ``quote``, from that day on until a newer rate."""

    base: Currency
    quote: Currency
    rate: Decimal = Field(gt=0)
    valid_from: date
    source: Text


Pair = tuple[str, str]
"""Base and quote of a rate."""


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates that finance wrote down, and those that each closed month (``2026-10``) was closed with.

    A closed month knows no others: a line that is dated back, changed or taken away moves nothing there.
    """

    written: tuple[Rate, ...] = ()
    closed: Mapping[str, Mapping[Pair, Decimal]] = field(default_factory=dict)


def counting_day(month: str, today: date) -> date:
    """The day whose rates count what was charged in a month (``2026-11``): its last one, or today while it lasts.

    Past figures never move: a rate of a later month says nothing of them.
    """
    year, number = map(int, month.split("-"))
    return min(today, date(year, number, monthrange(year, number)[1]))


def rate_on(rates: Rates, base: str, quote: str, day: date) -> Decimal | None:
    """The rate that holds on a day: the newest one not after it, as it is written. None when there is none.

    A rate is never turned round or put together from others: what finance did not write is not known. In a closed
    month those hold that it was closed with.
    """
    if base == quote:
        return Decimal(1)
    closed_with = rates.closed.get(f"{day:%Y-%m}")
    return (rates_written_on(rates.written, day) if closed_with is None else closed_with).get((base, quote))


def rates_written_on(rates: Iterable[Rate], day: date) -> dict[Pair, Decimal]:
    """What the lines say of a day, whatever is closed; of two of the same day the first holds."""
    known = dict[Pair, Decimal]()
    for rate in sorted(rates, key=lambda rate: rate.valid_from, reverse=True):
        if rate.valid_from <= day:
            known.setdefault((rate.base, rate.quote), rate.rate)
    return known


def needed_rate(rates: Rates, base: str, quote: str, day: date) -> Decimal:
    """The same, or :class:`~.errors.WrongInput` that says which rate to write down."""
    rate = rate_on(rates, base, quote, day)
    if rate is None:
        if (month := f"{day:%Y-%m}") in rates.closed:
            raise WrongInput(
                f"Calls of {month} are billed in {base} and the budget is in {quote}, but {month} was closed without a "
                f"rate from {base} to {quote}, and takes none any more. Give the budget in {base}."
            )
        raise WrongInput(
            f"Calls are billed in {base} and the budget is in {quote}, but no rate from {base} to {quote} "
            f"holds on {day}. Add one to brand_data/rates.yaml, or give the budget in {base}."
        )
    return rate
