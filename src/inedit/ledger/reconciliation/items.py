"""What a reconciliation is made of: items, each a call or a day and model in both books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from inedit.ledger.reconciliation.statements import Statement, StatementLine


class Match(StrEnum):
    """How a line of the statement and the ledger stand to each other."""

    MATCHED = "matched"
    DIFFERING = "differing"
    MISSING_HERE = "missing here"
    MISSING_THERE = "missing there"
    POSSIBLY_BILLED = "possibly billed, now settled"
    NOT_BILLED = "possibly billed, not on the statement"
    UNDECIDED = "possibly billed, the statement cannot tell"


@dataclass(frozen=True, slots=True)
class Item:
    """One call, or one day and model, in both books. Amounts are in millionths of ``currency``.

    ``difference_micros`` is what the statement says more than the ledger; ``entry_id`` and ``reservation_id`` name
    the ledger's side, ``lines`` the statement's. ``entry_micros`` is what the ledger says of that one entry.
    ``campaign_id`` is the campaign that an amount without a call of ours belongs to, where only one can be meant.
    """

    match: Match
    day: date
    model: str
    currency: str
    ledger_micros: int
    statement_micros: int
    request_id: str = ""
    entry_id: str = ""
    entry_micros: int = 0
    reservation_id: str = ""
    lines: tuple[StatementLine, ...] = ()
    campaign_id: str | None = None

    @property
    def difference_micros(self) -> int:
        """Statement less ledger."""
        return self.statement_micros - self.ledger_micros


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Everything that was compared: of which provider, statement, days; ``by_project`` is what the statement bills.

    ``doubtful_micros`` is what is set aside for the ``doubtful`` calls of which the statement cannot tell whether they
    were billed. ``repeated`` is how many rows say word for word what an earlier one says of the same request, and are
    not counted.
    """

    provider: str
    statement: Statement
    items: tuple[Item, ...]
    by_project: Mapping[str, Mapping[str, int]]
    doubtful: int = 0
    doubtful_micros: int = 0
    repeated: int = 0

    @property
    def open_items(self) -> tuple[Item, ...]:
        """What does not agree; a call of which the statement cannot tell is not a disagreement."""
        return tuple(item for item in self.items if item.match not in (Match.MATCHED, Match.UNDECIDED))

    def variance(self) -> dict[str, dict[str, int]]:
        """By currency: both totals, their difference, and what each kind of item contributes to it."""
        by_currency: dict[str, dict[str, int]] = {}
        for item in self.items:
            sums = by_currency.setdefault(item.currency, {"statement": 0, "ledger": 0, "difference": 0})
            sums["statement"] += item.statement_micros
            sums["ledger"] += item.ledger_micros
            sums["difference"] += item.difference_micros
            name = "rounding" if item.match is Match.MATCHED else str(item.match)
            sums[name] = sums.get(name, 0) + item.difference_micros
        return by_currency

    def as_json(self) -> dict[str, Any]:
        """The same for scripts; amounts stay integers."""
        return {
            "provider": self.provider, "statement": self.statement.name, "sha256": self.statement.sha256,
            "first": str(self.statement.first), "last": str(self.statement.last),
            "variance_micros": self.variance(), "by_project_micros": self.by_project,
            "doubtful": {"calls": self.doubtful, "micros": self.doubtful_micros},
            "repeated_rows": self.repeated,
            "items": [
                {
                    **{k: v for k, v in asdict(item).items() if k != "lines"},
                    "day": str(item.day), "match": str(item.match), "difference_micros": item.difference_micros,
                    "places": [line.location for line in item.lines],
                }
                for item in self.items
            ],
        }  # fmt: skip
