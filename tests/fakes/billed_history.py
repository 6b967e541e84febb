"""A ledger beside the provider's own bill, at random or act by act: after each step nothing is missing or doubled.

The provider keeps its bill in a plain list. Its statements come complete, cut off, with gaps, late, with ids and by
day, and are posted at any later moment, between calls that are under way, lost or crashed, over midnights and month
ends, under prices that change, into months that are closed. Now and then it bills what it said to have refused, and
gives an id that it has given before, or lists a call two days late; the clock of the machine is set back.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import text

from fakes.ledger import MODEL, Clock, a_call, a_spec
from fakes.provider_bill import Bill, Sent
from inedit.ledger import Ledger, Limit, PriceBook
from inedit.ledger.journal.calls import Reservation
from inedit.ledger.pricing.contract_prices import ContractPrice, Rate
from inedit.ledger.reconciliation.items import Match
from inedit.ledger.reconciliation.posting import post
from inedit.ledger.reconciliation.statements import Statement
from inedit.model import LedgerEntry, Usage
from inedit.model.errors import StoreError
from inedit.pipeline.metered_call import ABANDONED
from inedit.store import open_store

STEPS = 40
BEGUN = datetime(2026, 10, 30, 20, 0, tzinfo=UTC)
GIVEN_UP = timedelta(minutes=10)
"""How long the client waits for an answer: nothing is under way for longer."""

PROVED_EVERY = 8
"""``verify`` reads the whole ledger, so a long random history asks it at one step in so many."""


ALARMS = "SELECT COUNT(*) FROM finance_exceptions WHERE exception = 'repeated_request_id'"


class History:
    """Runs, statements, time and accidents in any order."""

    def __init__(self, url: str, seed: int) -> None:
        self.random = random.Random(seed)
        self.url, self.clock = url, Clock()
        self.clock.now = BEGUN
        self.prices = {date(2026, 1, 1): (2, 8), date(2026, 11, 1): (3, 12)}
        self.rates = {date(2026, 1, 1): Decimal("0.9"), date(2026, 11, 1): Decimal("0.8")}
        self.bill = Bill(BEGUN.date(), self.clock, self.random)
        self.lateness = self.random.choice((0, 0.5))
        self.forgetfulness = self.random.choice((0.04, 0.3))  # of ids that were given before
        self.under_way: list[Sent] = []
        self.exports: list[Statement] = []
        self.closed: dict[str, tuple[dict[str, int], list[int]]] = {}
        self.known: dict[str, Sent] = {}  # lost, their ids known
        self.answered: dict[str, list[Sent]] = {}
        self.refused: set[str] = set()  # the provider said so, and bills them all the same
        self.told: list[str] = []
        self.open()

    def open(self) -> None:
        """Open the ledger as another program would, with the prices and rates of now."""
        contracts = [  # the first that applies holds
            ContractPrice(
                provider="openai", model="*", currency="USD", input_price=Decimal(tokens_in),
                cached_price=Decimal(tokens_in), output_price=Decimal(tokens_out), valid_from=day, source="a test",
            )
            for day, (tokens_in, tokens_out) in sorted(self.prices.items(), reverse=True)
        ]  # fmt: skip
        rates = [
            Rate(base="USD", quote="EUR", rate=rate, valid_from=day, source="a test")
            for day, rate in self.rates.items()
        ]
        limits = [Limit("month", 10**9, "EUR"), Limit("campaign", 10**9, "EUR")]
        self.store = open_store(self.url)
        self.ledger = Ledger(self.store, PriceBook(contracts), self.clock, limits=limits, rates=rates)

    # ---- what may happen

    def send(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            self.under_way.append(self.reserve(billed=self.random.random() < 0.8))

    def reserve(self, *, billed: bool = True, alike: bool = False) -> Sent:
        """A call sent now, of the campaign that has this day; ``alike`` ones cost the same."""
        tokens_in, tokens_out = self.random.randint(200, 900), self.random.randint(50, 300)
        if alike:
            tokens_in, tokens_out = 500, 100
        number = len(self.bill.sent)
        day = (self.clock.now + timedelta(seconds=1)).date()  # the clock goes on when the ledger looks at it
        spec = replace(a_spec(number % 6), campaign_id=campaign_of(day))
        reservation = self.ledger.reserve(a_call(spec, number + 1), tokens_in, tokens_out)
        for_in, for_out = self.prices[
            max(day for day in self.prices if day <= reservation.reserved_at.date())
        ]
        took = timedelta(seconds=self.random.randint(0, 20))
        call = Sent(
            reservation, self._id_given(number), reservation.reserved_at + took,
            Usage(MODEL, tokens_in, 0, tokens_out, 0, 0.0),
            (tokens_in * for_in + tokens_out * for_out) * billed,
        )  # fmt: skip
        self.bill.sent.append(call)
        return call

    def come_back(self) -> None:
        """An answer or a refusal, or neither: its id may be known or not."""
        while self.under_way:
            call = self.under_way.pop(self.random.randrange(len(self.under_way)))
            self.clock.now = max(self.clock.now, call.moment)
            given_before = call.micros and call.request_id in self.answered
            if self.random.random() < 0.4 and not given_before:
                known = bool(call.micros) and self.random.random() < 0.5
                self.lose(call, id_known=known)
            elif call.micros:
                self.settle(call)
                if self.random.random() < self.lateness:
                    self.bill.late.add(call.request_id)
            else:
                # under an id that was given before, a list with this line alone says that the first call cost that
                billed = self.random.random() < 0.1 and call.request_id not in self.answered
                self.refuse(call, billed=billed)
            if self.random.random() < 0.4:
                break

    def _id_given(self, number: int) -> str:
        """The provider now and then gives an id again."""
        again = bool(self.answered) and self.random.random() < self.forgetfulness
        return self.random.choice(sorted(self.answered)) if again else f"id-{number}"

    def _changed(self, call: Sent, **changes: object) -> Sent:
        """The provider knows something else of a call."""
        known = replace(call, **changes)  # type: ignore[arg-type]
        self.bill.sent[self.bill.sent.index(call)] = known
        return known

    def crash(self) -> None:
        """Calls under way stay set aside; the next program finds every other of them abandoned, of the rest it knows
        nothing."""
        for call in [one for one in self.under_way if one.micros and one.request_id in self.answered]:
            self.settle(call)  # nothing could tell a lost call under an id that was given before
        abandoned = self.under_way[::2]
        self.under_way.clear()
        self.store.close()
        self.open()
        for call in abandoned:
            self.ledger.doubt(call.reservation, ABANDONED)

    def let_time_pass(self) -> None:
        now = self.clock.now
        midnight = now.replace(hour=23, minute=59, second=50)
        month_end = (midnight.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        to = self.random.choice(
            [
                *(now + timedelta(minutes=m) for m in (1, 25, 45, 400)),
                midnight,
                now + timedelta(days=2),
                month_end,
            ]
        )
        while self.under_way and to - now > GIVEN_UP:
            self.come_back()
        self.clock.now = max(now, to, self.clock.now)

    def change_prices(self) -> None:
        """From tomorrow on; so does the rate of exchange."""
        day = self.clock.now.date() + timedelta(days=1)
        self.prices[day] = (self.random.randint(1, 9), self.random.randint(5, 30))
        self.rates[day] = Decimal(self.random.randint(70, 99)) / 100
        self.store.close()
        self.open()

    def close_a_month(self) -> None:
        month = (self.clock.now.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
        if month >= "2026-10" and month not in self.closed:
            self.ledger.close_month(month, "Ana")
            costs, spent = self.closed[month] = self._figures(month)
            last = (date.fromisoformat(f"{month}-28") + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            rate = self.rates[max(day for day in self.rates if day <= last)]
            assert all(abs(micros - costs.get("USD", 0) * rate) <= 1 for micros in spent), (
                "another day's rate"
            )
            self._date_a_rate_back(last)

    def _date_a_rate_back(self, day: date) -> None:
        """Another rate for a closed month is written down and taken back: no figure moves, `verify` names it."""
        right, wrong = dict(self.rates), {**self.rates, day: Decimal("0.5")}
        for self.rates in (wrong, right):
            self.store.close()
            self.open()
            assert all(self._figures(month) == figures for month, figures in self.closed.items()), (
                "a line moved a closed month"
            )
            if self.rates is wrong:
                assert {flaw.rule for flaw in self.ledger.verify().flaws} == {"rate"}

    def set_the_clock_back(self) -> None:
        """Into a month that is closed: nothing is sent."""
        if self.closed:
            now, self.clock.now = self.clock.now, datetime.fromisoformat(f"{min(self.closed)}-28T12:00Z")
            try:
                self.ledger.reserve(a_call(), 500, 100)
            except StoreError:
                pass
            else:
                raise AssertionError("sent into a closed month")
            self.clock.now = now

    def export(self) -> None:
        """What the provider says at this moment, in one of its ways."""
        booked = {entry.response_id for entry in self.ledger.entries()}
        ways = [self.bill.with_ids, self.bill.cut_off, lambda: self.bill.with_gaps(booked), self.bill.by_day]
        if statement := self.random.choice(ways)():
            self.exports.append(statement)

    def post_a_statement(self) -> None:
        if self.exports:
            self.post(self.random.choice(self.exports[-4:]))

    def post(self, statement: Statement) -> None:
        """Reconcile and post, once or twice."""
        self.told.append(statement.name)
        before = {entry.id for entry in self.ledger.entries()}
        of_known_ids = {call.reservation.id for call in self.known.values()}
        lost = [one for one in self.ledger.pending() if one.id not in of_known_ids]
        for _ in range(self.random.randint(1, 2)):
            found = self.ledger.reconcile(statement, provider="openai")
            charged = {(entry.response_id or "").partition("~")[0] for entry in self.ledger.entries()} - {""}
            missing = {item.request_id for item in found.items if item.match is Match.MISSING_HERE}
            assert not missing & charged, f"charged, and called missing: {missing & charged}"
            post(self.ledger, found)
        self._what_was_posted_says_what_the_statement_tells(statement, before)
        self._no_line_is_booked_beside_a_lost_call(statement, before, lost)
        if not statement.has_ids:
            self._nothing_is_charged_and_set_aside(statement)

    def _what_was_posted_says_what_the_statement_tells(self, statement: Statement, before: set[str]) -> None:
        """Tokens where it tells them, and the campaign, which every call of a day has in common."""
        tokens = {line.request_id: line.input_tokens for line in statement.lines if line.request_id}
        for entry in self.ledger.entries():
            if entry.kind == "call" and entry.id not in before:
                wanted = tokens.get(entry.response_id or "")
                assert entry.input_tokens == wanted or not wanted, f"{entry.response_id} lost its tokens"
                day = date.fromisoformat(entry.occurred_at[:10])
                known = not entry.response_id or entry.spec_key
                assert entry.campaign_id == campaign_of(day) or not known, (
                    "an adjustment without its campaign"
                )

    def _no_line_is_booked_beside_a_lost_call(
        self, statement: Statement, before: set[str], lost: list[Reservation]
    ) -> None:
        """A line that a lost call fits is charged to such a call, and to no piece only when all of them have a line."""
        charged = [entry for entry in self.ledger.entries() if entry.kind == "call"]
        settled = {entry.reservation_id for entry in charged}
        left = [call for call in lost if call.id not in settled]
        new = {entry.response_id for entry in charged if entry.id not in before and not entry.spec_key}
        for line in statement.lines:
            if line.request_id in new and line.moment and line.cost_micros > 0:
                fits = [
                    call
                    for call in left
                    if timedelta() <= line.moment - call.reserved_at <= GIVEN_UP
                    and line.cost_micros <= (call.estimate_micros or 0)
                ]
                assert not fits, f"{line.request_id} was booked beside a lost call"

    def _nothing_is_charged_and_set_aside(self, statement: Statement) -> None:
        """A day that was over, and of which all that is billed is charged, has nothing set aside any more."""
        days = {one.id: str(one.reserved_at.date()) for one in self.ledger.pending()}
        over = {str(line.day): line.cost_micros for line in statement.lines}
        for day, billed in over.items():
            charged = sum(e.cost_micros or 0 for e in self.ledger.entries() if e.occurred_at[:10] == day)
            finished = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)
            if charged == billed and finished <= statement.until(self.clock.now):
                assert day not in days.values(), f"what is charged of {day} is set aside as well"

    # ---- what must hold

    def check(self, *, proved: bool = True) -> None:
        """Every billed call is charged once and at its price, or set aside for; nothing else is charged."""
        corrections = Counter[str]()
        entries = [entry for entry in self.ledger.entries() if entry.kind != "memo"]
        for entry in entries:
            if entry.corrects:
                corrections[entry.corrects] += entry.cost_micros or 0
        costs, unnamed = Counter[str](), 0
        for entry in entries:
            if entry.kind == "call":
                cost = (entry.cost_micros or 0) + corrections[entry.id]
                if entry.response_id is None:
                    unnamed += cost
                else:
                    costs[entry.response_id.partition("~")[0]] += cost
        self._each_charge_is_billed(costs)
        self._calls_belong_to_what_they_were_sent_for(entries)
        pending = {one.id: one.estimate_micros or 0 for one in self.ledger.pending()}
        left = [call for call in self.bill.sent if call.micros and call.request_id not in costs]
        owed = sum(call.micros for call in left)
        assert unnamed <= owed, f"charged twice: {unnamed - owed}"
        left = [call for call in left if call.request_id not in self.refused]
        owed = sum(call.micros for call in left)
        taken = self._taken_by_refused(entries)  # until the line of the lost call itself comes
        aside = sum(pending.values()) + sum(taken)
        assert owed - unnamed <= aside, "billed, and neither charged nor set aside"
        gone = [call.request_id for call in left if call.reservation.id not in pending]
        assert unnamed or len(left) <= len(pending) + len(taken), f"given back, though billed: {gone}"
        assert {call.reservation.id for call in self.under_way} <= pending.keys(), "under way, and given back"
        for month, figures in self.closed.items():
            assert self._figures(month) == figures, f"{month} is closed and moved"
        if proved:
            proof = self.ledger.verify()
            assert proof.holds, proof.flaws

    def _taken_by_refused(self, entries: list[LedgerEntry]) -> list[int]:
        """What was set aside for lost calls that the line of a refused one settled: nothing tells them apart."""
        aside = {call.reservation.id: call.reservation.estimate_micros or 0 for call in self.bill.sent}
        refused = [entry for entry in entries if entry.response_id in self.refused]
        return [aside[entry.reservation_id or ""] for entry in refused if entry.reservation_id in aside]

    def _each_charge_is_billed(self, costs: Counter[str]) -> None:
        """Under an id that was given again, what came back of it."""
        bill = self.bill.micros()
        bill |= {one: sum(call.micros for call in calls) for one, calls in self.answered.items()}
        assert costs.items() <= bill.items(), f"not as billed: {costs.items() - bill.items()}"
        with self.store.read() as connection:
            alarms = connection.execute(text(ALARMS)).scalar_one()
        again = sum(len(calls) - 1 for calls in self.answered.values())
        assert alarms == again, "an id came twice, without an alarm"

    def _calls_belong_to_what_they_were_sent_for(self, entries: list[LedgerEntry]) -> None:
        sent = {call.reservation.id: call for call in self.bill.sent}
        for entry in entries:
            if entry.kind != "call":
                continue
            if entry.response_id in self.known:
                own = self.known[entry.response_id].reservation.call
                assert entry.spec_key == own.spec_key, f"{entry.response_id} was settled by another line"
            if (call := sent.get(entry.reservation_id or "")) and entry.outcome == "answered":
                moment = datetime.fromisoformat(entry.occurred_at)
                assert moment == call.reservation.reserved_at, "dated by its answer"
                assert entry.period == str(moment)[:7] or entry.period not in self.closed, "in another month"

    def _figures(self, month: str) -> tuple[dict[str, int], list[int]]:
        states = self.ledger.budgets(period=month)
        spent = [state.settled_micros for state in states if state.scope_id == month]
        return dict(self.ledger.summary(period=month).cost_micros), spent

    def come_to_an_end(self) -> None:
        """Everything came back, another call too, and a complete statement is posted: both books agree on all."""
        while self.under_way:
            self.come_back()
        self.clock.now += timedelta(days=1)
        self.settle(self.reserve())
        self.clock.now += timedelta(days=2)
        statement = self.bill.with_ids()
        assert statement is not None
        self.post(statement)
        self.check()
        charged = sum(entry.cost_micros or 0 for entry in self.ledger.entries())
        assert charged == sum(call.micros for call in self.bill.sent)
        assert self.ledger.pending() == []

    # ---- the same, told act by act

    def reserved(self, *, answered_after: int = 1, billed: bool = True, alike: bool = False) -> Sent:
        """A call sent now that the provider has done after so many seconds."""
        call = self.reserve(billed=billed, alike=alike)
        return self._changed(call, moment=call.reservation.reserved_at + timedelta(seconds=answered_after))

    def settle(self, call: Sent) -> None:
        self.clock.now = max(self.clock.now, call.moment)
        self.ledger.settle(call.reservation, call.usage, call.request_id)
        self.answered.setdefault(call.request_id, []).append(call)

    def lose(self, call: Sent, *, id_known: bool = False) -> None:
        self.clock.now = max(self.clock.now, call.moment)
        reason = ABANDONED if self.random.random() < 0.3 else "MaybeBilled"
        self.ledger.doubt(call.reservation, f"MaybeBilled {call.request_id}" if id_known else reason)
        if id_known:
            self.known[call.request_id] = call

    def refuse(self, call: Sent, *, billed: bool = False) -> None:
        """The provider says that it did not answer; ``billed`` shows later that it did."""
        self.ledger.void(call.reservation, "Throttled")
        if billed:
            self.refused.add(call.request_id)
            self._changed(call, micros=call.usage.input_tokens)

    def later(self, **how_long: int) -> None:
        self.clock.now += timedelta(**how_long)

    def listed(self, *without: Sent) -> Statement:
        """All that is billed by now, with ids and moments, but for some calls."""
        calls = [call for call in self.bill.billed() if call not in without]
        statement = self.bill.with_ids(calls, "cut off")
        assert statement is not None
        return statement

    def costs(self) -> Statement:
        """What is billed by now, by day."""
        statement = self.bill.by_day()
        assert statement is not None
        return statement

    def posted(self, statement: Statement) -> None:
        self.post(statement)
        self.check()

    def waiting(self) -> set[str]:
        return {one.id for one in self.ledger.pending()}


def campaign_of(day: date) -> str:
    """Whose calls are sent on a day."""
    return "spring" if day.day % 2 == 0 else "autumn"


def run_history(url: str, seed: int) -> History:
    """One random history, checked after every step; what happened is noted with what is wrong."""
    history = History(url, seed)
    acts: list[Callable[[], None]] = [
        *(4 * [history.send]), *(4 * [history.come_back]), *(3 * [history.let_time_pass]), history.crash,
        history.change_prices, history.close_a_month, history.set_the_clock_back, *(3 * [history.export]),
        *(3 * [history.post_a_statement]),
    ]  # fmt: skip
    try:
        for step in range(1, STEPS + 1):
            act = history.random.choice(acts)
            history.told.append(act.__name__)
            act()
            history.check(proved=step % PROVED_EVERY == 0)
        history.come_to_an_end()
    except Exception as error:
        error.add_note(f"seed {seed}: {', '.join(history.told)}")
        raise
    finally:
        history.store.close()
    return history
