"""Seeded histories of a ledger beside the provider's own bill: after every step nothing billed is missing or doubled.

The provider keeps its bill in a plain list. Its statements come complete, cut off, with gaps, late, with ids and by
day, and are posted at any later moment, between calls that are under way, lost or crashed, over midnights and month
ends, under prices that change, into months that are closed. ``INEDIT_HISTORIES=20`` tries twenty times as many.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from fakes.ledger import MODEL, Clock, a_call, a_spec
from fakes.postgres import new_database
from inedit.errors import StoreError
from inedit.ledger import Ledger, Limit, PriceBook, Reservation
from inedit.ledger.pricing.contract_prices import ContractPrice, Rate
from inedit.ledger.reconciliation.items import Match
from inedit.ledger.reconciliation.posting import post
from inedit.ledger.reconciliation.statements import Statement, StatementLine
from inedit.model import Usage
from inedit.store import open_store

SEEDS, STEPS = 6 * int(os.environ.get("INEDIT_HISTORIES", "1")), 40
BEGUN = datetime(2026, 10, 30, 20, 0, tzinfo=UTC)
GIVEN_UP = timedelta(minutes=10)
"""How long the client waits for an answer: nothing is under way for longer."""


@dataclass(frozen=True)
class Sent:
    """A call as the provider knows it: ``micros`` is 0 for one that it refused."""

    reservation: Reservation
    request_id: str
    moment: datetime
    usage: Usage
    micros: int


class History:
    """Runs, statements, time and accidents in any order."""

    def __init__(self, url: str, seed: int) -> None:
        self.random = random.Random(seed)
        self.url, self.clock = url, Clock()
        self.clock.now = BEGUN
        self.prices = {date(2026, 1, 1): (2, 8), date(2026, 11, 1): (3, 12)}
        self.rates = {date(2026, 1, 1): Decimal("0.9"), date(2026, 11, 1): Decimal("0.8")}
        self.sent: list[Sent] = []
        self.under_way: list[Sent] = []
        self.exports: list[Statement] = []
        self.closed: dict[str, tuple[dict[str, int], list[int]]] = {}
        self.known: dict[str, Sent] = {}  # lost, their ids known
        self.answered: dict[str, Sent] = {}
        self.told: list[str] = []
        self.open()

    def open(self) -> None:
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
            self.under_way.append(self._reserved(billed=self.random.random() < 0.8))

    def _reserved(self, *, billed: bool = True, alike: bool = False) -> Sent:
        tokens_in, tokens_out = self.random.randint(200, 900), self.random.randint(50, 300)
        if alike:
            tokens_in, tokens_out = 500, 100
        number = len(self.sent)
        reservation = self.ledger.reserve(a_call(a_spec(number % 6), number + 1), tokens_in, tokens_out)
        for_in, for_out = self.prices[
            max(day for day in self.prices if day <= reservation.reserved_at.date())
        ]
        call = Sent(
            reservation, f"id-{number}", reservation.reserved_at + timedelta(seconds=self.random.randint(0, 20)),
            Usage(MODEL, tokens_in, 0, tokens_out, 0, 0.0),
            (tokens_in * for_in + tokens_out * for_out) * billed,
        )  # fmt: skip
        self.sent.append(call)
        return call

    def come_back(self) -> None:
        """An answer or a refusal, or neither: its id may be known or not."""
        while self.under_way:
            call = self.under_way.pop(self.random.randrange(len(self.under_way)))
            self.clock.now = max(self.clock.now, call.moment)
            if self.random.random() < 0.4:
                known = call.micros and self.random.random() < 0.5
                if known:
                    self.known[call.request_id] = call
                self.ledger.doubt(call.reservation, f"MaybeBilled {call.request_id}" if known else "timeout")
            elif call.micros:
                self.ledger.settle(call.reservation, call.usage, call.request_id)
                self.answered[call.request_id] = call
            else:
                self.ledger.void(call.reservation, "Throttled")
            if self.random.random() < 0.4:
                break

    def crash(self) -> None:
        """Calls under way stay set aside; the next program knows nothing of them."""
        self.under_way.clear()
        self.store.close()
        self.open()

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

    def export(self) -> None:
        """What the provider says at this moment, in one of its ways."""
        made = self.random.choice([self._with_ids, self._cut_off, self._with_gaps, self._by_day])
        if statement := made():
            self.exports.append(statement)

    def post_a_statement(self) -> None:
        if self.exports:
            self._post(self.random.choice(self.exports[-4:]))

    def _post(self, statement: Statement) -> None:
        self.told.append(statement.name)
        for _ in range(self.random.randint(1, 2)):
            post(self.ledger, self.ledger.reconcile(statement, provider="openai"))
        if not statement.has_ids:
            self._nothing_is_charged_and_set_aside(statement)

    def _nothing_is_charged_and_set_aside(self, statement: Statement) -> None:
        """A day that was over, and of which all that is billed is charged, has nothing set aside any more."""
        days = {one.id: str(one.reserved_at.date()) for one in self.ledger.pending()}
        over = {str(line.day): line.cost_micros for line in statement.lines}
        for day, billed in over.items():
            charged = sum(e.cost_micros or 0 for e in self.ledger.entries() if e.occurred_at[:10] == day)
            finished = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1)
            if charged == billed and finished <= statement.until(self.clock.now):
                assert day not in days.values(), f"what is charged of {day} is set aside as well"

    # ---- statements

    def _billed(self) -> list[Sent]:
        return [call for call in self.sent if call.micros and call.moment <= self.clock.now]

    def _with_ids(self, calls: Sequence[Sent] | None = None, name: str = "complete") -> Statement | None:
        tells = name == "cut off" or self.random.random() < 0.7
        lines = [
            StatementLine(
                f"line {number}", call.moment.date(), call.micros, "USD", MODEL, request_id=call.request_id,
                moment=call.moment if tells else None,
                input_tokens=call.usage.input_tokens if tells else None,
                output_tokens=call.usage.output_tokens if tells else None,
            )
            for number, call in enumerate(self._billed() if calls is None else calls)
        ]  # fmt: skip
        self.random.shuffle(lines)
        if not lines:
            return None
        days = [line.day for line in lines]
        if name == "complete":
            days.append(BEGUN.date())
        return Statement(
            f"{name} {self.clock.now}", "0" * 64, tuple(lines), min(days), max(days), made=self.clock.now
        )

    def _cut_off(self) -> Statement | None:
        """It ends at some earlier line, or begins at a later day."""
        calls = sorted(self._billed(), key=lambda call: call.moment)
        if self.random.random() < 0.5:
            return self._with_ids(calls[: self.random.randint(0, len(calls))], "cut off")
        day = self.random.choice(calls).moment.date() if calls else date.min
        return self._with_ids([call for call in calls if call.moment.date() >= day], "later days")

    def _with_gaps(self) -> Statement | None:
        """It lacks calls that the ledger has, and others."""
        named = {entry.response_id for entry in self.ledger.entries()}
        calls = self._billed()
        gaps = {call.request_id for call in calls if self.random.random() < 0.3}
        booked = [call.request_id for call in calls if call.request_id in named]
        if not booked:
            return None
        gaps.add(self.random.choice(booked))
        return self._with_ids([call for call in calls if call.request_id not in gaps], "with gaps")

    def _by_day(self) -> Statement | None:
        sums = Counter[date]()
        for call in self._billed():
            sums[call.reservation.reserved_at.date()] += call.micros
        lines = [StatementLine(str(day), day, micros, "USD", MODEL) for day, micros in sums.items()]
        if not lines:
            return None
        return Statement(
            f"by day {self.clock.now}", "0" * 64, tuple(lines), min(sums), max(sums), made=self.clock.now
        )

    # ---- what must hold

    def check(self) -> None:
        """Every billed call is charged once and at its price, or set aside for; nothing else is charged."""
        costs, corrections = dict[str, int](), Counter[str]()
        entries = [entry for entry in self.ledger.entries() if entry.kind != "memo"]
        for entry in entries:
            if entry.corrects:
                corrections[entry.corrects] += entry.cost_micros or 0
        unnamed = 0
        for entry in entries:
            if entry.kind == "call":
                cost = (entry.cost_micros or 0) + corrections[entry.id]
                if entry.response_id is None:
                    unnamed += cost
                else:
                    assert entry.response_id not in costs, f"{entry.response_id} is charged twice"
                    costs[entry.response_id] = cost
        bill = {call.request_id: call.micros for call in self.sent if call.micros}
        assert costs.items() <= bill.items(), f"not as billed: {costs.items() - bill.items()}"
        for entry in entries:
            if entry.kind == "call" and entry.response_id in self.known:
                own = self.known[entry.response_id].reservation.call
                assert entry.spec_key == own.spec_key, f"{entry.response_id} was settled by another line"
            if entry.kind == "call" and entry.response_id in self.answered:
                sent = self.answered[entry.response_id].reservation.reserved_at
                assert datetime.fromisoformat(entry.occurred_at) == sent, "dated by its answer"
        pending = {one.id: one.estimate_micros or 0 for one in self.ledger.pending()}
        left = [call for call in self.sent if call.micros and call.request_id not in costs]
        owed = sum(call.micros for call in left)
        assert unnamed <= owed, f"charged twice: {unnamed - owed}"
        assert owed - unnamed <= sum(pending.values()), "billed, and neither charged nor set aside"
        gone = [call.request_id for call in left if call.reservation.id not in pending]
        assert unnamed or len(left) <= len(pending), f"given back, though billed: {gone}"
        assert {call.reservation.id for call in self.under_way} <= pending.keys(), "under way, and given back"
        for month, figures in self.closed.items():
            assert self._figures(month) == figures, f"{month} is closed and moved"
        proof = self.ledger.verify()
        assert proof.holds, proof.flaws

    def _figures(self, month: str) -> tuple[dict[str, int], list[int]]:
        states = self.ledger.budgets(period=month)
        spent = [state.settled_micros for state in states if state.scope_id == month]
        return dict(self.ledger.summary(period=month).cost_micros), spent

    def come_to_an_end(self) -> None:
        """Everything came back, another call too, and a complete statement is posted: both books agree on all."""
        while self.under_way:
            self.come_back()
        self.clock.now += timedelta(days=1)
        call = self._reserved()
        self.ledger.settle(call.reservation, call.usage, call.request_id)
        self.clock.now += timedelta(days=2)
        statement = self._with_ids()
        assert statement is not None
        self._post(statement)
        self.check()
        charged = sum(entry.cost_micros or 0 for entry in self.ledger.entries())
        assert charged == sum(call.micros for call in self.sent)
        assert self.ledger.pending() == []

    # ---- the same, told act by act

    def reserved(self, *, answered_after: int = 1, billed: bool = True, alike: bool = False) -> Sent:
        """A call sent now that the provider has done after so many seconds; ``alike`` ones cost the same."""
        call = self._reserved(billed=billed, alike=alike)
        moment = call.reservation.reserved_at + timedelta(seconds=answered_after)
        self.sent[-1] = replace(call, moment=moment)
        return self.sent[-1]

    def settle(self, call: Sent) -> None:
        self.clock.now = max(self.clock.now, call.moment)
        self.ledger.settle(call.reservation, call.usage, call.request_id)
        self.answered[call.request_id] = call

    def lose(self, call: Sent, *, id_known: bool = False) -> None:
        self.clock.now = max(self.clock.now, call.moment)
        self.ledger.doubt(call.reservation, f"MaybeBilled {call.request_id}" if id_known else "timeout")
        if id_known:
            self.known[call.request_id] = call

    def later(self, **how_long: int) -> None:
        self.clock.now += timedelta(**how_long)

    def listed(self, *without: Sent) -> Statement:
        """All that is billed by now, with ids and moments, but for some calls."""
        calls = [call for call in self._billed() if call not in without]
        statement = self._with_ids(calls, "cut off")
        assert statement is not None
        return statement

    def costs(self) -> Statement:
        """What is billed by now, by day."""
        statement = self._by_day()
        assert statement is not None
        return statement

    def posted(self, statement: Statement) -> None:
        self._post(statement)
        self.check()

    def waiting(self) -> set[str]:
        return {one.id for one in self.ledger.pending()}


def a_slow_call_is_not_given_back(history: History) -> None:
    """It is under way for longer than statements are late, and the list has nothing of it."""
    slow = history.reserved(answered_after=1300)
    history.later(minutes=18)
    history.settle(history.reserved())
    history.later(minutes=1)
    history.posted(history.listed())
    assert history.waiting() == {slow.reservation.id}
    history.settle(slow)


def a_line_of_one_call_under_way_settles_no_other(history: History) -> None:
    """The nearest in time is not the one that is billed: it is refused a moment later."""
    billed = history.reserved(answered_after=65, alike=True)
    history.later(minutes=1)
    refused = history.reserved(billed=False, alike=True)
    history.later(seconds=30)
    history.posted(history.listed())
    history.ledger.void(refused.reservation, "Throttled")
    history.settle(billed)


def _lost_after(history: History, made: Callable[[], Statement]) -> None:
    history.settle(history.reserved())
    history.later(hours=1)
    statement = made()
    lost = history.reserved()
    history.lose(lost)
    history.later(hours=1)
    history.posted(statement)
    history.later(days=2)
    history.posted(statement)
    assert history.waiting() == {lost.reservation.id}


def a_list_knows_nothing_later(history: History) -> None:
    """A call that was lost after it was made is not given back, whenever it is posted."""
    _lost_after(history, history.listed)


def costs_by_day_know_nothing_later(history: History) -> None:
    """The same of costs by day."""
    _lost_after(history, history.costs)


def an_id_billed_two_days_later_is_the_same_call(history: History) -> None:
    """No lost call of that later day is settled by its line."""
    call = history.reserved()
    history.settle(call)
    history.later(days=2)
    lost = history.reserved(billed=False)
    history.lose(lost)
    line = replace(history.listed().lines[0], day=lost.moment.date(), moment=lost.moment)
    history.later(hours=1)
    statement = replace(history.listed(), lines=(line,), first=line.day, last=line.day)
    found = history.ledger.reconcile(statement, provider="openai")
    assert [one.request_id for one in found.items if one.match is Match.MATCHED] == [call.request_id]
    history.posted(statement)


def a_known_id_belongs_to_its_own_call(history: History) -> None:
    """Though the line of another lost call is nearer in time."""
    known = history.reserved(answered_after=62, alike=True)
    history.later(seconds=58)
    other = history.reserved(answered_after=15, alike=True)
    history.lose(known, id_known=True)
    history.lose(other)
    history.later(hours=1)
    history.posted(history.listed())
    assert history.waiting() == set()


def a_known_id_that_is_not_listed_takes_no_other_line(history: History) -> None:
    """A lost call whose id is known stays for its own line; the line at hand is another's, though nearer in time."""
    other = history.reserved(answered_after=62, alike=True)
    history.later(seconds=58)
    known = history.reserved(answered_after=15, alike=True)
    history.lose(known, id_known=True)
    history.lose(other)
    history.later(minutes=1)
    history.posted(history.listed(known))
    assert history.waiting() == {known.reservation.id}


def costs_by_day_release_what_was_lost(history: History) -> None:
    """What a day that is over bills is first what was lost in it: charged to its campaign, no longer set aside."""
    history.settle(history.reserved())
    lost = [history.reserved(), history.reserved()]
    for call in lost:
        history.lose(call)
    history.lose(history.reserved(billed=False))
    history.later(days=2)
    history.posted(history.costs())
    charged = [entry for entry in history.ledger.entries() if entry.kind == "call"]
    assert sum(entry.cost_micros or 0 for entry in charged) == sum(call.micros for call in history.sent)
    assert {entry.reservation_id for entry in charged} >= {call.reservation.id for call in lost}
    assert ({entry.campaign_id for entry in charged}, history.waiting()) == ({"spring"}, set())


def costs_by_day_charge_the_campaign_for_what_was_given_back(history: History) -> None:
    """The provider bills a call that it said to have refused: the day had calls of one campaign only."""
    history.settle(history.reserved())
    refused = history.reserved()
    history.ledger.void(refused.reservation, "Throttled")
    history.later(days=2)
    history.posted(history.costs())
    (*_, adjustment) = [entry for entry in history.ledger.entries() if entry.kind == "call"]
    assert (adjustment.campaign_id, adjustment.cost_micros) == ("spring", refused.micros)


def a_list_with_gaps_gives_nothing_back(history: History) -> None:
    """It lacks a call that the ledger has, so that it may lack a lost one as well."""
    charged, lost = history.reserved(), history.reserved()
    history.settle(charged)
    history.lose(lost)
    history.later(hours=1)
    history.settle(history.reserved())
    history.later(hours=1)
    history.posted(history.listed(charged, lost))
    assert history.waiting() == {lost.reservation.id}


def a_call_over_midnight_is_of_the_day_it_was_sent(history: History) -> None:
    """And of that day's price and month; the bill of both months then has it once."""
    history.clock.now = datetime(2026, 10, 31, 23, 59, 50, tzinfo=UTC)
    call = history.reserved(answered_after=20)
    history.settle(call)
    history.check()
    (entry,) = history.ledger.entries()
    assert (entry.period, entry.cost_micros, history.clock.now.month) == ("2026-10", call.micros, 11)
    history.later(hours=1)
    history.posted(history.listed())
    assert len(list(history.ledger.entries())) == 1


def a_month_that_is_over_never_moves(history: History) -> None:
    """Neither by a new rate, nor by what is found later, nor for a campaign; and no call is sent into it again."""
    call = history.reserved()
    history.settle(call)
    history.lose(history.reserved())
    history.clock.now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    history.close_a_month()
    history.settle(history.reserved())
    history.check()
    second = history.sent[-1].micros
    spent = {one.limit.scope: one.settled_micros for one in history.ledger.budgets(campaign_id="spring")}
    assert spent == {"campaign": round(call.micros * 0.9) + round(second * 0.8)}
    history.clock.now = datetime(2026, 10, 31, 9, tzinfo=UTC)
    with pytest.raises(StoreError, match="2026-10 is closed"):
        history.ledger.reserve(a_call(), 500, 100)
    history.clock.now = datetime(2026, 11, 3, 9, tzinfo=UTC)
    assert len(history.waiting()) == 1
    history.posted(history.listed())
    assert history.waiting() == set()


DIRECTED = (
    a_slow_call_is_not_given_back, a_line_of_one_call_under_way_settles_no_other, a_list_knows_nothing_later,
    costs_by_day_know_nothing_later, an_id_billed_two_days_later_is_the_same_call, a_known_id_belongs_to_its_own_call,
    a_known_id_that_is_not_listed_takes_no_other_line, costs_by_day_release_what_was_lost,
    costs_by_day_charge_the_campaign_for_what_was_given_back,
    a_list_with_gaps_gives_nothing_back, a_call_over_midnight_is_of_the_day_it_was_sent,
    a_month_that_is_over_never_moves,
)  # fmt: skip
"""Short histories that chance meets too seldom, each with what must hold in the end."""


def holds(url: str, act: Callable[[History], None]) -> None:
    """The act holds, and both books agree when a complete statement comes."""
    history = History(url, 0)
    try:
        act(history)
        history.check()
        history.come_to_an_end()
    finally:
        history.store.close()


@pytest.mark.parametrize("act", DIRECTED, ids=lambda act: act.__name__)
def test_books_and_bill_agree_when(
    empty_database: Path, tmp_path: Path, act: Callable[[History], None]
) -> None:
    """On SQLite: the act holds, and both books agree when a complete statement comes."""
    shutil.copy(empty_database, tmp_path / "inedit.db")
    holds(f"sqlite:///{tmp_path / 'inedit.db'}", act)


@pytest.mark.parametrize("act", DIRECTED, ids=lambda act: act.__name__)
def test_books_and_bill_agree_on_postgres_when(empty_postgres: str, act: Callable[[History], None]) -> None:
    """The same on a real server."""
    holds(_copied(empty_postgres), act)


def run(url: str, seed: int) -> None:
    """One history, checked after every step."""
    history = History(url, seed)
    acts: list[Callable[[], None]] = [
        *(4 * [history.send]), *(4 * [history.come_back]), *(3 * [history.let_time_pass]), history.crash,
        history.change_prices, history.close_a_month, *(3 * [history.export]), *(3 * [history.post_a_statement]),
    ]  # fmt: skip
    try:
        for _ in range(STEPS):
            act = history.random.choice(acts)
            history.told.append(act.__name__)
            act()
            history.check()
        history.come_to_an_end()
    except Exception as error:
        error.add_note(f"seed {seed}: {', '.join(history.told)}")
        raise
    finally:
        history.store.close()


@pytest.mark.parametrize("seed", range(SEEDS))
def test_books_and_bill_agree_on_sqlite(empty_database: Path, tmp_path: Path, seed: int) -> None:
    """Nothing billed is missing or doubled, in calls and in money, after every step."""
    shutil.copy(empty_database, tmp_path / "inedit.db")
    run(f"sqlite:///{tmp_path / 'inedit.db'}", seed)


@pytest.mark.parametrize("seed", range(SEEDS, SEEDS + SEEDS // 2))
def test_books_and_bill_agree_on_postgres(empty_postgres: str, seed: int) -> None:
    """The same on a real server."""
    run(_copied(empty_postgres), seed)


def _copied(empty_postgres: str) -> str:
    server, _, name = empty_postgres.rpartition("/")
    return new_database(f"{server}/postgres", name)
