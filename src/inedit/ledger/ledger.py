"""The ledger itself: set money aside, charge it, give it back, correct, close a month.

Every method that writes is one transaction under the ledger's lock. A call goes through two of them: it is
reserved before it is sent, and settled (or voided) after. A crash in between leaves an open reservation,
which is reported as possibly billed until somebody reconciles it: nothing is lost, and nothing is paid in
silence.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from inedit.brand.schema import Baseline
from inedit.ledger.journal.adjustments import adjust, close_month, correct
from inedit.ledger.journal.budgets import admit
from inedit.ledger.journal.calls import Call, Reservation
from inedit.ledger.journal.chain import Head
from inedit.ledger.journal.charging import WithinTransaction, charge, in_tier, price_of
from inedit.ledger.journal.closed_rates import rates_with_closings
from inedit.ledger.journal.entries import check_tokens, is_closed
from inedit.ledger.journal.human_reviews import record_human_review
from inedit.ledger.journal.limits import Limit
from inedit.ledger.journal.memos import record_reinvested, record_review, record_saving
from inedit.ledger.journal.reservations import close, mark_unconfirmed, row_of, set_aside
from inedit.ledger.pricing.months import period_of
from inedit.ledger.pricing.prices import PriceBook
from inedit.ledger.reader import LedgerReader
from inedit.model import LedgerEntry, Piece, Usage, VariantSpec
from inedit.model.errors import StoreError
from inedit.store import Store, utc_now
from inedit.store.seals import LEDGER_LOCK

if TYPE_CHECKING:
    from inedit.ledger.pricing_config import PricingConfig


class Ledger(LedgerReader):
    """Reservations and entries of a store. One instance serves all threads of a process."""

    @classmethod
    def under(
        cls, pricing_config: PricingConfig, store: Store, clock: Callable[[], datetime] = utc_now
    ) -> Ledger:
        """A ledger with the contract prices, rates and budgets that finance has set down."""
        return cls(
            store,
            PriceBook(pricing_config.prices),
            clock,
            limits=pricing_config.limits,
            rates=pricing_config.rates,
        )

    def with_limits(self, *limits: Limit) -> Ledger:
        """The same ledger under more limits."""
        return Ledger(self.store, self.prices, self.clock, limits=(*self.limits, *limits), rates=self.rates)

    def with_free(self, reasons: Mapping[str, str]) -> Ledger:
        """The same ledger, with more providers whose calls nobody bills, each with the reason."""
        prices = self.prices.with_free(reasons)
        return Ledger(self.store, prices, self.clock, limits=self.limits, rates=self.rates)

    # ---- before and after a call

    def reserve(
        self,
        call: Call,
        input_tokens: int,
        max_output_tokens: int,
        *,
        reservation_id: str = "",
        within_transaction: WithinTransaction | None = None,
    ) -> Reservation:
        """Set aside the most that a call can cost; committed when this returns, so that it may be sent.

        ``input_tokens`` must be no less than what the provider will count. ``within_transaction`` comes
        first in the same transaction; when it raises, nothing is set aside. ``reservation_id`` is the id to give, where
        something else is to be known by it. Raises
        :class:`~inedit.ledger.journal.budgets.LimitReached` when a hard limit leaves no room.
        """
        now = self.clock()
        asked = Usage(call.model, input_tokens, 0, max_output_tokens, 0, 0.0)
        price = self.prices.price(call.provider, asked, at=now, tier=call.tier)
        estimate, period = price.most_micros(input_tokens, max_output_tokens), period_of(now)
        with self._writing(together=True) as connection:
            if is_closed(connection, period):
                raise StoreError(
                    f"The month {period} is closed, and the clock of this machine says that it is {now:%Y-%m-%d %H:%M} "
                    "UTC: set the clock right. Nothing was sent."
                )
            if within_transaction is not None:
                within_transaction(connection)
            rates = rates_with_closings(connection, self.rates)
            warnings = admit(
                connection, self.limits, rates, call=call, period=period, day=now.date(),
                estimate_micros=estimate, currency=price.currency,
            )  # fmt: skip
            reservation = Reservation(
                reservation_id or uuid.uuid4().hex, call, now, estimate, price.currency, warnings=warnings
            )
            set_aside(connection, reservation, period)
        return reservation

    def settle(
        self,
        reservation: Reservation,
        usage: Usage,
        response_id: str,
        *,
        outcome: str = "answered",
        tier: str = "",
        stated_cost: Decimal | None = None,
        occurred_at: datetime | None = None,
        answer: str | None = None,
        within_transaction: WithinTransaction | None = None,
    ) -> LedgerEntry:
        """Charge a call that came back, and give back what was set aside beyond its cost.

        A call is dated and priced by its sending: the moment of its reservation, or ``occurred_at`` where that is
        known better. Its month is charged. ``outcome`` is how the answer ended, in a word. ``tier`` is how the
        provider says it processed the call: its prices hold. ``stated_cost`` is what it says the call cost; of a
        provider that is known to say it (:data:`~inedit.ledger.journal.stated_costs.STATED_IN`) it is kept, and a
        correction makes up for what tokens and prices do not give. ``answer`` is the text that came: the entry seals
        its digest.
        Settling again returns the entry that exists and writes nothing. A response id that the provider has given
        before gets the entry's number behind it
        (``id~17``) and a note: each reservation is a call that was sent, so each is charged.

        Raises ValueError for token counts that contradict one another, :class:`~.errors.StoreError` for
        a reservation that was voided.
        """
        check_tokens(usage)
        occurred = occurred_at or reservation.reserved_at
        price = price_of(self.prices, in_tier(reservation.call, tier), usage, occurred)
        with self._writing(together=True) as connection:
            return charge(
                connection, reservation, usage, price, response_id=response_id, outcome=outcome,
                stated_cost=stated_cost, occurred=occurred, now=self.clock(), answer=answer,
                within_transaction=within_transaction,
            )  # fmt: skip

    def void(self, reservation: Reservation, reason: str) -> None:
        """Give back what was set aside for a call that was surely not billed. Twice is once."""
        with self._writing() as connection:
            row = row_of(connection, reservation)
            if row["state"] == "settled":
                raise StoreError(f"Reservation {reservation.id} was charged; it cannot be voided.")
            if row["state"] != "voided":
                close(connection, row, "voided", now=self.clock(), reason=reason)

    def doubt(self, reservation: Reservation, reason: str) -> None:
        """Say that a call may have been billed though no usable answer came; its money stays set aside."""
        with self._writing() as connection:
            mark_unconfirmed(connection, reservation, reason, now=self.clock())

    # ---- later

    def correct(self, entry_id: str, cost_micros: int, currency: str, reason: str) -> LedgerEntry:
        """State what an entry really cost; written as a new entry that carries the difference.

        Raises :class:`~.errors.WrongInput` when there is no such call, or its currency is another one.
        """
        with self._writing() as connection:
            return correct(
                connection,
                entry_id,
                cost_micros=cost_micros,
                currency=currency,
                reason=reason,
                now=self.clock(),
            )

    def adjust(
        self, call: Call, cost_micros: int, currency: str, *, occurred_at: datetime, source: str, reason: str,
        request_id: str = "", reservation: Reservation | None = None, usage: Usage | None = None,
    ) -> LedgerEntry:  # fmt: skip
        """Book an amount billed that no call explains: :func:`inedit.ledger.journal.adjustments.adjust`."""
        with self._writing() as connection:
            return adjust(
                connection, call, cost_micros=cost_micros, currency=currency, occurred=occurred_at, source=source,
                reason=reason, now=self.clock(), request_id=request_id, reservation=reservation, usage=usage,
            )  # fmt: skip

    def record_saving(
        self, spec: VariantSpec, baseline: Baseline, *, run_id: str, revision_number: int = 1,
        connection: Connection | None = None,
    ) -> LedgerEntry:  # fmt: skip
        """Write down, once, what an accepted piece saved (:mod:`inedit.ledger.journal.savings` has the formula).

        With ``connection`` it is part of the caller's transaction.
        """
        with self._writing(connection) as writing:
            return record_saving(
                writing, spec, baseline, run_id=run_id, revision_number=revision_number, now=self.clock()
            )

    def record_human_review(
        self, piece: Piece, *, by: str, checked: Collection[str], seconds: int, decision: str, at: datetime,
        currency: str | None = None, connection: Connection | None = None,
    ) -> LedgerEntry:  # fmt: skip
        """Write down who read a piece, what for, how long and with what decision; ``currency`` is its memos'."""
        with self._writing(connection) as writing:
            return record_human_review(
                writing,
                piece,
                by=by,
                checked=checked,
                seconds=seconds,
                decision=decision,
                at=at,
                currency=currency,
            )

    def record_review(
        self, spec: VariantSpec, minutes: Decimal, *, by: str, revision_number: int = 1, run_id: str | None = None,
        baseline: Baseline | None = None, about: Mapping[str, object] | None = None,
        connection: Connection | None = None,
    ) -> LedgerEntry:  # fmt: skip
        """Add minutes that a person really spent on a piece: they take the place of those assumed.

        ``baseline`` says what a minute is worth when the piece is not accepted (yet); ``about`` is kept with the entry.
        With ``connection`` it is part of the caller's transaction.
        """
        call = Call.for_variant(
            spec,
            purpose="review",
            provider="",
            model="",
            run_id=run_id or "",
            revision_number=revision_number,
        )
        with self._writing(connection) as writing:
            return record_review(
                writing, call=replace(call, run_id=run_id), minutes=minutes, by=by, now=self.clock(),
                baseline=baseline, about=about,
            )  # fmt: skip

    def record_reinvested(self, minutes: Decimal, *, by: str, campaign_id: str | None = None) -> LedgerEntry:
        """Write down minutes of saved time that the team says went into creative work."""
        with self._writing() as connection:
            return record_reinvested(
                connection, minutes=minutes, by=by, campaign_id=campaign_id, now=self.clock()
            )

    def close_month(self, period: str, closed_by: str) -> Head:
        """Lock a past month (``2026-10``): what belongs to it and comes later is booked in the present month.

        Raises :class:`~.errors.WrongInput` for a month that is not over, or was closed before.
        """
        with self._writing() as connection:
            return close_month(connection, period, closed_by, rates=self.rates, now=self.clock())

    # ---- inside

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction in which others are kept from the ledger: for what is written with entries, all or nothing."""
        with self._writing() as connection:
            yield connection

    @contextmanager
    def _writing(
        self, connection: Connection | None = None, *, together: bool = False
    ) -> Iterator[Connection]:
        """A transaction in which nobody else writes to the ledger: a new one, or the caller's. What several threads
        write ``together`` may be one; each goes on when it is committed."""
        with nullcontext(connection) if connection else self.store.write(together=together) as writing:
            self.store.lock(writing, LEDGER_LOCK)
            yield writing
