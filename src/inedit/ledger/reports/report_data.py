"""A report's content, gathered once and shown in four ways: terminal, JSON, HTML page, workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from inedit.ledger.audit.audit_exceptions import ExceptionLine
from inedit.ledger.journal.budgets import BudgetState
from inedit.ledger.journal.human_reviews import NOBODY_REVIEWED, ReviewedPieces
from inedit.ledger.journal.savings import Range
from inedit.ledger.reports.figures import Summary
from inedit.ledger.reports.piece_lines import PieceLine
from inedit.ledger.reports.promises import Kpi
from inedit.ledger.reports.waiting import NOTHING_WAITS, Waiting


@dataclass(frozen=True, slots=True)
class Report:
    """What every report shows: the figures, the budgets, the promises, the newest pieces, and the exceptions."""

    summary: Summary
    budgets: Sequence[BudgetState] = ()
    outcomes: Sequence[Kpi] = ()
    pieces: Sequence[PieceLine] = ()
    exceptions: Sequence[ExceptionLine] = ()
    waiting: Waiting = NOTHING_WAITS
    issues: Sequence[str] = ()
    reviewed: ReviewedPieces = NOBODY_REVIEWED

    @property
    def saved_when_read(self) -> Range | None:
        """What is left of the time saved when people have spent what is expected on the pieces that are parked."""
        saved = self.summary.saved_seconds
        return None if saved is None else saved.minus(self.waiting.seconds)

    def as_json(self) -> dict[str, Any]:
        """The same as plain dictionaries and lists; of pieces and exceptions, those that are listed."""
        return {
            **self.summary.as_json(),
            "budgets": [state.as_json() for state in self.budgets],
            "outcomes": [asdict(outcome) for outcome in self.outcomes],
            "by_piece": [asdict(piece) for piece in self.pieces],
            "exceptions": [asdict(one) for one in self.exceptions],
            "waiting": asdict(self.waiting),
            "saved_seconds_when_read": None if self.saved_when_read is None else asdict(self.saved_when_read),
            "faults": list(self.issues),
            "human_review": asdict(self.reviewed),
        }
