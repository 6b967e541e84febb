"""What finance edits in ``brand_data/``: contract prices, exchange rates, budgets. All three files are optional.

``prices.yaml`` holds a list of :class:`~inedit.ledger.pricing.contract_prices.ContractPrice`, ``rates.yaml`` of
:class:`~inedit.ledger.pricing.contract_prices.Rate`, ``budgets.yaml`` of :class:`BudgetLine`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from inedit.brand.lists import read_list
from inedit.brand.schema import Currency, ProjectModel
from inedit.ledger.journal.limits import Limit
from inedit.ledger.pricing.contract_prices import ContractPrice, Rate
from inedit.ledger.pricing.money import to_micros
from inedit.ledger.pricing.months import is_period
from inedit.model.errors import Issue, ProjectErrors


class BudgetLine(ProjectModel):
    """The most that may be spent each month, or in one campaign or one month."""

    scope: Literal["month", "campaign"]
    id: str = Field("", description="One campaign, or one month as in 2026-11; empty: each of them.")
    amount: Decimal = Field(ge=0)
    currency: Currency
    hard: bool = Field(True, description="Refuse the call that might pass it; false: warn and go on.")

    @model_validator(mode="after")
    def _names_a_month(self) -> Self:
        if self.scope == "month" and self.id and not is_period(self.id):
            raise ValueError(f"'{self.id}' is not a month: write it as in 2026-11, or leave 'id' out")
        return self

    @property
    def limit(self) -> Limit:
        """The same as the ledger checks it."""
        return Limit(self.scope, to_micros(self.amount), self.currency, self.hard, self.id)


@dataclass(frozen=True, slots=True)
class PricingConfig:
    """Everything that finance has set down."""

    prices: tuple[ContractPrice, ...] = ()
    rates: tuple[Rate, ...] = ()
    budgets: tuple[BudgetLine, ...] = ()

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The budgets as limits."""
        return tuple(line.limit for line in self.budgets)


MODELS: Mapping[str, type[ProjectModel]] = {"prices": ContractPrice, "rates": Rate, "budgets": BudgetLine}
"""What each file is a list of, by the stem of its name."""


def load_pricing_config(root: Path) -> PricingConfig:
    """Read the files of the project at ``root``; one that does not exist is an empty list.

    Raises :class:`~.errors.ProjectErrors` with all faults of all files.
    """
    prices, bad_prices = read_list(root, "prices", ContractPrice)
    rates, bad_rates = read_list(root, "rates", Rate)
    budgets, bad_budgets = read_list(root, "budgets", BudgetLine)
    if issues := (*bad_prices, *bad_rates, *bad_budgets):
        raise ProjectErrors(issues)
    return PricingConfig(prices, rates, budgets)


def check_pricing_config(root: Path) -> tuple[Issue, ...]:
    """Every fault that :func:`load_pricing_config` would raise."""
    try:
        load_pricing_config(root)
    except ProjectErrors as errors:
        return errors.issues
    return ()
