"""What everything cost and what it saved: entries, prices, baselines, reports, exports."""

from __future__ import annotations

from inedit.ledger.budgets import BudgetState, Limit, LimitReached
from inedit.ledger.calls import Call, Reservation
from inedit.ledger.chain import Head
from inedit.ledger.figures import Summary
from inedit.ledger.ledger import Ledger
from inedit.ledger.prices import Price, PriceBook, Tier, provider_of
from inedit.ledger.terms import Terms, check_terms, load_terms

__all__ = [
    "BudgetState",
    "Call",
    "Head",
    "Ledger",
    "Limit",
    "LimitReached",
    "Price",
    "PriceBook",
    "Reservation",
    "Summary",
    "Terms",
    "Tier",
    "check_terms",
    "load_terms",
    "provider_of",
]
