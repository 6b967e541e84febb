"""What a provider says of each answer that it cost, held against what its tokens cost at our prices.

OpenRouter tells it (``usage.cost``), since what a model costs there depends on the host that it chose. The entry keeps
both: its cost from tokens and prices, like any other, and in ``details`` the cost that was told. Where they differ by a
millionth or more, a correction carries the difference, so that the books have what is really taken from the account.
"""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from inedit.ledger.journal.adjustments import correct
from inedit.ledger.pricing.money import MICROS, round_half_even, shown
from inedit.model import LedgerEntry
from inedit.store import canonical_json

STATED_IN = {"openrouter": "USD"}
"""Providers whose answers tell what they cost, and the currency of it."""


def with_stated_cost(entry: LedgerEntry, stated_cost: Decimal | None) -> str | None:
    """The entry's details with the cost that was told, in millionths, unrounded."""
    currency = STATED_IN.get(entry.provider or "")
    if stated_cost is None or currency is None:
        return entry.details
    stated = {"told_cost_micros": f"{(stated_cost * MICROS).normalize():f}", "told_currency": currency}
    return canonical_json({**json.loads(entry.details or "{}"), **stated})


def correct_to_stated_cost(
    connection: Connection, entry: LedgerEntry, stated_cost: Decimal | None, *, now: datetime
) -> None:
    """Write the correction of an entry whose provider charged something else than its tokens cost at our prices.

    An entry in another currency is a contract's: what was told says nothing of it.
    """
    currency = STATED_IN.get(entry.provider or "")
    if stated_cost is None or currency is None or entry.currency not in (None, currency):
        return
    stated = stated_cost * MICROS
    if entry.cost_micros is not None and abs(stated - entry.cost_micros) < 1:
        return
    micros = round_half_even(stated)
    ours = "of unknown price" if entry.cost_micros is None else shown(entry.cost_micros, currency, 6)
    reason = f"{entry.provider} charged {shown(micros, currency, 6)} (usage.cost); by our prices it is {ours}"
    correct(connection, entry.id, cost_micros=micros, currency=currency, reason=reason, now=now)
