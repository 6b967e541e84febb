"""What everything cost and what it saved: entries, prices, baselines, reports, exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lazy_loader

if TYPE_CHECKING:
    from inedit.ledger.journal.budgets import BudgetState, LimitReached
    from inedit.ledger.journal.calls import Call, Reservation
    from inedit.ledger.journal.chain import Head
    from inedit.ledger.journal.limits import Limit
    from inedit.ledger.ledger import Ledger
    from inedit.ledger.pricing.money import shown
    from inedit.ledger.pricing.prices import Price, PriceBook, Tier, provider_of
    from inedit.ledger.pricing_config import PricingConfig, check_pricing_config, load_pricing_config
    from inedit.ledger.reports.figures import Summary

__getattr__, __dir__, _ = lazy_loader.attach(__name__, submod_attrs={
    "journal.budgets": ("BudgetState", "LimitReached",),
    "journal.calls": ("Call", "Reservation",),
    "journal.chain": ("Head",),
    "journal.limits": ("Limit",),
    "ledger": ("Ledger",),
    "pricing.money": ("shown",),
    "pricing.prices": ("Price", "PriceBook", "Tier", "provider_of",),
    "pricing_config": ("PricingConfig", "check_pricing_config", "load_pricing_config",),
    "reports.figures": ("Summary",),
})  # fmt: skip

__all__ = [
    "BudgetState",
    "Call",
    "Head",
    "Ledger",
    "Limit",
    "LimitReached",
    "Price",
    "PriceBook",
    "PricingConfig",
    "Reservation",
    "Summary",
    "Tier",
    "check_pricing_config",
    "load_pricing_config",
    "provider_of",
    "shown",
]
