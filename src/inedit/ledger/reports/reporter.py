"""Gathers a report's content, as of one moment, and writes the workbook of the same moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from inedit.ledger.audit.audit_exceptions import exceptions
from inedit.ledger.journal.budgets import budget_states
from inedit.ledger.journal.closed_rates import rates_with_closings
from inedit.ledger.journal.human_reviews import reviewed_pieces
from inedit.ledger.journal.limits import Limit
from inedit.ledger.journal.memo_facts import saving_rollups
from inedit.ledger.journal.reading import Scope
from inedit.ledger.pricing.contract_prices import Rate
from inedit.ledger.reports.kpis import early_pieces, kpis
from inedit.ledger.reports.piece_lines import piece_lines
from inedit.ledger.reports.promises import counted
from inedit.ledger.reports.report_data import Report
from inedit.ledger.reports.summary import summarise
from inedit.ledger.reports.waiting import BaselineOf, no_baseline, what_waits
from inedit.ledger.reports.workbook import write_workbook
from inedit.store import Store

LISTED = 500
"""Pieces and exceptions that a report lists one by one; the workbook has all of them."""


class ReportedLedger(Protocol):
    """What a report needs of a ledger: its store, and the limits, rates and clock that it works under."""

    @property
    def store(self) -> Store: ...
    @property
    def limits(self) -> Sequence[Limit]: ...
    @property
    def rates(self) -> Sequence[Rate]: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...


@dataclass(frozen=True, slots=True)
class Reporter:
    """Reports on a ledger; ``briefed`` is the day on which each campaign began, ``baseline_of`` tells what a piece of a
    channel and language takes a person."""

    ledger: ReportedLedger
    briefed: Mapping[str, date]
    baseline_of: BaselineOf = no_baseline

    def report(self, scope: Scope, listed: int | None = LISTED) -> Report:
        """Everything about a scope, as of one moment; at most ``listed`` pieces and exceptions are listed.

        Raises :class:`~.errors.WrongInput` for a month that is none.
        """
        scope.check()
        with self.ledger.store.read() as connection:
            return self._gathered(connection, scope, listed)

    def write_workbook(self, scope: Scope, path: Path) -> None:
        """The same as a workbook with all rows, of the same moment.

        Raises :class:`~.errors.WrongInput` when they do not fit, or the file cannot be written.
        """
        scope.check()
        with self.ledger.store.read() as connection:
            write_workbook(connection, scope, lambda: self._gathered(connection, scope, None), path)

    def _gathered(self, connection: Connection, scope: Scope, listed: int | None) -> Report:
        today, rates = self.ledger.clock().date(), rates_with_closings(connection, self.ledger.rates)
        summary = summarise(connection, scope)
        waiting = what_waits(connection, scope, self.baseline_of)
        early = early_pieces(saving_rollups(connection, scope), self.briefed)
        return Report(
            summary,
            budget_states(connection, self.ledger.limits, rates, scope, today),
            kpis(
                connection, scope, unknown_price_calls=summary.unknown_price_calls,
                briefed=self.briefed, rates=rates, today=today,
                waiting=waiting, saved=summary.saved_micros,
            ),
            piece_lines(connection, scope, listed),
            tuple(exceptions(connection, scope, listed)),
            waiting,
            tuple(
                f"{counted(count, 'piece')} of '{campaign}' accepted before its brief was given "
                f"({self.briefed[campaign]}): correct 'briefed' in the brief. It is not counted in the speed."
                for campaign, count in early.items()
            ),
            reviewed_pieces(connection, scope),
        )  # fmt: skip
