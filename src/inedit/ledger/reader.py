"""What the ledger can be asked: entries, costs, sums, budgets, and whether it holds. Nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from inedit.ledger.journal.budgets import BudgetState, budget_states
from inedit.ledger.journal.calls import Reservation
from inedit.ledger.journal.chain import Head, head
from inedit.ledger.journal.closed_rates import pairs_without_rate, rates_with_closings
from inedit.ledger.journal.history import History
from inedit.ledger.journal.limits import Limit
from inedit.ledger.journal.reading import PieceCost, Scope, piece_costs, read_entries
from inedit.ledger.journal.reservations import read_pending
from inedit.ledger.pricing.contract_prices import Pair, Rate, Rates
from inedit.ledger.pricing.months import period_of
from inedit.ledger.pricing.prices import PriceBook
from inedit.model import LedgerEntry
from inedit.model.errors import WrongInput
from inedit.store import Store, utc_now
from inedit.store.tables import ledger_entries

if TYPE_CHECKING:  # audits, statements and reports are loaded by those who ask for one
    from inedit.ledger.audit.violations import Proof
    from inedit.ledger.reconciliation.items import Reconciliation
    from inedit.ledger.reconciliation.statements import Statement
    from inedit.ledger.reconciliation.usage import UsageComparison
    from inedit.ledger.reports.figures import Summary


class LedgerReader:
    """The books of a store, with the prices, limits and rates that they are read under."""

    def __init__(
        self,
        store: Store,
        price_book: PriceBook | None = None,
        clock: Callable[[], datetime] = utc_now,
        *,
        limits: Sequence[Limit] = (),
        rates: Sequence[Rate] = (),
    ) -> None:
        self.store = store
        self.history = History(store)
        self.prices = price_book or PriceBook()
        self.clock = clock
        self.limits = tuple(limits)
        self.rates = tuple(rates)

    def pending(self, run_id: str | None = None) -> list[Reservation]:
        """Calls that are under way or may have been billed, oldest first."""
        with self.store.read() as connection:
            return read_pending(connection, run_id)

    def reconcile(
        self, statement: Statement, *, provider: str = "", projects: Sequence[str] = ()
    ) -> Reconciliation:
        """Hold the ledger against a provider's statement; writes nothing."""
        from inedit.ledger.reconciliation.matching import reconcile  # noqa: PLC0415  # only who asks

        with self.store.read() as connection:
            return reconcile(connection, statement, now=self.clock(), provider=provider, projects=projects)

    def compare_usage(
        self, statement: Statement, *, provider: str = "", projects: Sequence[str] = ()
    ) -> UsageComparison:
        """Hold calls and tokens against a provider's report of usage; writes nothing."""
        from inedit.ledger.reconciliation.matching import only_provider  # noqa: PLC0415
        from inedit.ledger.reconciliation.usage import compare_usage  # noqa: PLC0415

        with self.store.read() as connection:
            return compare_usage(
                connection, statement, now=self.clock(), provider=provider or only_provider(connection),
                projects=projects,
            )  # fmt: skip

    def head(self) -> Head:
        """The newest entry's number and hash, to be kept outside the database."""
        with self.store.read() as connection:
            return head(connection)

    def entry_id(self, number: int) -> str:
        """The id of an entry by its number; :class:`~.errors.WrongInput` when there is none."""
        with self.store.read() as connection:
            found = connection.execute(
                select(ledger_entries.c.id).where(ledger_entries.c.seq == number)
            ).scalar()
        if found is None:
            raise WrongInput(f"There is no entry {number} in the ledger.")
        return str(found)

    def entries(self, scope: Scope | None = None) -> Iterator[LedgerEntry]:
        """Entries in order, read in blocks: a ledger of any length takes the same memory."""
        with self.store.read() as connection:
            yield from read_entries(connection, scope or Scope())

    def piece_costs(
        self, *, run_id: str | None = None, campaign_id: str | None = None
    ) -> dict[tuple[str, int], PieceCost]:
        """What each piece cost, all its attempts included, by variant key and edition."""
        with self.store.read() as connection:
            return piece_costs(connection, Scope(run_id, campaign_id))

    def summary(
        self, *, run_id: str | None = None, campaign_id: str | None = None, period: str | None = None
    ) -> Summary:
        """Everything added up: of a run, a campaign, a month (``2026-11``), or all there is."""
        from inedit.ledger.reports.summary import summarise  # noqa: PLC0415

        scope = Scope(run_id, campaign_id, period)
        scope.check()
        with self.store.read() as connection:
            return summarise(connection, scope)

    def verify(self, *anchors: Head) -> Proof:
        """Hold the whole ledger against its rules, and against heads that were kept outside."""
        from inedit.ledger.audit.verify import verify  # noqa: PLC0415

        return verify(self.store, anchors, self.rates)

    def rates_with_closings(self) -> Rates:
        """The rates that finance wrote down, and those that each closed month was closed with."""
        with self.store.read() as connection:
            return rates_with_closings(connection, self.rates)

    def pairs_without_rate(self, period: str) -> list[Pair]:
        """From what a month's calls are billed in to what its savings and budgets are in, where no rate is known."""
        quotes = {limit.currency for limit in self.limits}
        with self.store.read() as connection:
            return list(pairs_without_rate(connection, self.rates, period, quotes))

    def budgets(
        self, *, run_id: str | None = None, campaign_id: str | None = None, period: str | None = None
    ) -> tuple[BudgetState, ...]:
        """Each limit beside what was charged and set aside: for a run, a campaign or a month; without them, for all."""
        today = self.clock().date()
        with self.store.read() as connection:
            scope = Scope(run_id, campaign_id, period)
            return budget_states(
                connection, self.limits, rates_with_closings(connection, self.rates), scope, today
            )

    def budgets_of_run(self, run_id: str, campaign_id: str) -> tuple[BudgetState, ...]:
        """The limits that a run is under at the moment: its own, its campaign's, and those of the present month."""
        month = period_of(self.clock())
        asked = ({"run_id": run_id}, {"campaign_id": campaign_id}, {"period": month})
        return tuple(state for scope in asked for state in self.budgets(**scope))
