"""A report's content, gathered once and shown in four ways: terminal, JSON, HTML page, workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from inedit.ledger.audit.audit_exceptions import ExceptionLine
from inedit.ledger.journal.budgets import BudgetState
from inedit.ledger.reports.figures import Summary
from inedit.ledger.reports.kpis import Kpi
from inedit.ledger.reports.piece_lines import PieceLine


@dataclass(frozen=True, slots=True)
class Report:
    """What every report shows: the figures, the budgets, the promises, the newest pieces, and the exceptions."""

    summary: Summary
    budgets: Sequence[BudgetState] = ()
    outcomes: Sequence[Kpi] = ()
    pieces: Sequence[PieceLine] = ()
    exceptions: Sequence[ExceptionLine] = ()

    def as_json(self) -> dict[str, Any]:
        """The same as plain dictionaries and lists; of pieces and exceptions, those that are listed."""
        return {
            **self.summary.as_json(),
            "budgets": [state.as_json() for state in self.budgets],
            "outcomes": [asdict(outcome) for outcome in self.outcomes],
            "by_piece": [asdict(piece) for piece in self.pieces],
            "exceptions": [asdict(one) for one in self.exceptions],
        }
