"""A report's content, gathered once and shown in four ways: terminal, JSON, HTML page, workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from inedit.ledger.budgets import BudgetState, budget_states
from inedit.ledger.exceptions import Exceptional, exceptions
from inedit.ledger.figures import Summary
from inedit.ledger.ledger import Ledger
from inedit.ledger.outcomes import Outcome, outcomes
from inedit.ledger.piece_lines import PieceLine, piece_lines
from inedit.ledger.reading import Scope
from inedit.ledger.summary import summarise

LISTED = 500
"""Pieces and exceptions that a report lists one by one; the workbook has all of them."""


@dataclass(frozen=True, slots=True)
class Report:
    """What every report shows: the figures, the budgets, the promises, the newest pieces, and the exceptions."""

    summary: Summary
    budgets: Sequence[BudgetState] = ()
    outcomes: Sequence[Outcome] = ()
    pieces: Sequence[PieceLine] = ()
    exceptions: Sequence[Exceptional] = ()

    def as_json(self) -> dict[str, Any]:
        """The same as plain dictionaries and lists; of pieces and exceptions, those that are listed."""
        return {
            **self.summary.as_json(),
            "budgets": [state.as_json() for state in self.budgets],
            "outcomes": [asdict(outcome) for outcome in self.outcomes],
            "by_piece": [asdict(piece) for piece in self.pieces],
            "exceptions": [asdict(one) for one in self.exceptions],
        }


@dataclass(frozen=True, slots=True)
class Reporter:
    """Reports on a ledger; ``briefed`` is the day on which each campaign began."""

    ledger: Ledger
    briefed: Mapping[str, date]

    def report(self, scope: Scope, listed: int | None = LISTED) -> Report:
        """Everything about a scope, as of one moment; at most ``listed`` pieces and exceptions are listed.

        Raises :class:`~inedit.errors.WrongInput` for a month that is none.
        """
        scope.check()
        with self.ledger.store.read() as connection:
            return self._gathered(connection, scope, listed)

    def write_workbook(self, scope: Scope, path: Path) -> None:
        """The same as a workbook with all rows, of the same moment.

        Raises :class:`~inedit.errors.WrongInput` when they do not fit, or the file cannot be written.
        """
        from inedit.ledger.workbook import write_workbook  # noqa: PLC0415  # which needs this module

        scope.check()
        with self.ledger.store.read() as connection:
            write_workbook(connection, scope, lambda: self._gathered(connection, scope, None), path)

    def _gathered(self, connection: Connection, scope: Scope, listed: int | None) -> Report:
        today, rates = self.ledger.clock().date(), self.ledger.rates
        summary = summarise(connection, scope)
        return Report(
            summary,
            budget_states(connection, self.ledger.limits, rates, scope, today),
            outcomes(
                connection, scope, costs=summary.cost_micros, unknown_price_calls=summary.unknown_price_calls,
                briefed=self.briefed, rates=rates, today=today,
            ),
            piece_lines(connection, scope, listed),
            tuple(exceptions(connection, scope, listed)),
        )  # fmt: skip
