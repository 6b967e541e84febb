"""Random histories of a ledger, on SQLite and on Postgres: each of its ten rules holds after every step.

The history keeps books of its own, in a few plain lists; what the database holds is read with bare SQL and held against
them, rule by rule, beside what ``verify`` says.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError

from fakes.ledger import Clock, a_baseline, a_call, a_spec
from fakes.postgres import new_database
from inedit.ledger import Call, Ledger, Limit, LimitReached, PriceBook, Reservation, Summary
from inedit.ledger.pricing.contract_prices import ContractPrice, Rate
from inedit.ledger.pricing.months import period_of
from inedit.ledger.reconciliation.items import Match
from inedit.ledger.reconciliation.posting import post
from inedit.ledger.reconciliation.statements import Statement, StatementLine
from inedit.model import LedgerEntry, Usage
from inedit.model.errors import StoreError, WrongInput
from inedit.store import open_store
from inedit.store.seals import seal_piece
from inedit.store.tables import attempts, pieces

LIMIT_MICROS = 12_000
MODELS = {
    "gpt-5-mini": "openai",
    "claude-sonnet-4-5": "anthropic",
    "qwen": "embedded",
    "llama": "localhost:11434",
}
USED = """
SELECT (SELECT COALESCE(SUM(cost_micros), 0) FROM ledger_entries WHERE campaign_id = 'spring') AS charged,
       (SELECT COALESCE(SUM(estimate_micros), 0) FROM reservations
        WHERE campaign_id = 'spring' AND state IN ('open', 'possibly_billed')) AS aside
"""
"""Every currency: one unit of each counts as one dollar here."""

NAMED = ("provider", "model", "spec_key", "edition", "campaign_id")
REASONS = ("figures", "echo", "near-duplicate")
FORBIDDEN = (
    "UPDATE ledger_entries SET cost_micros = 0",
    "UPDATE ledger_entries SET note = 'nothing'",
    "DELETE FROM ledger_entries",
    "DELETE FROM closings",
    "UPDATE closings SET last_seq = 0",
    "DELETE FROM reservations",
    "UPDATE reservations SET estimate_micros = 0, state = 'open', closed_at = NULL",
    "INSERT INTO ledger_entries SELECT * FROM ledger_entries",
)
picks = st.integers(0, 10**6)
small = st.integers(0, 400)
Row = dict[str, Any]


class Lost(Exception):
    """The program ends in the middle of a transaction."""


@dataclass
class CellState:
    """What the history knows of one piece."""

    reasons: dict[int, str] = field(default_factory=dict)
    status: str = ""
    attempt: int = 0
    saved: bool = False
    minutes: list[Decimal] = field(default_factory=list)


class History(RuleBasedStateMachine):
    """What may happen to a ledger, in any order, beside a few lines that say what must come of it."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.clock = Clock()
        self.store = open_store(url)
        limits = (
            Limit("campaign", LIMIT_MICROS, "USD", unknown_price_allowed=True),
            Limit("month", 5_000, "USD", hard=False),
        )
        rate = Rate(base="EUR", quote="USD", rate=Decimal(1), valid_from=date(2026, 1, 1), source="simple")
        self.ledger = Ledger(self.store, clock=self.clock, limits=limits, rates=[rate])
        self.pending: list[Reservation] = []
        self.settled: list[tuple[Reservation, LedgerEntry]] = []
        self.calls: list[LedgerEntry] = []
        self.costs: Counter[str] = Counter()
        self.before: list[Row] = []
        self.closed: dict[str, int] = {}
        self.cells = [CellState() for _ in range(4)]
        self.given: dict[str, str] = {}
        self.summary = Summary("nothing yet")

    def teardown(self) -> None:
        self.store.close()

    # ---- what may happen

    @initialize(
        accepted=st.lists(st.booleans(), min_size=4, max_size=4), days=st.integers(0, 40), close=st.booleans()
    )
    def begin(self, accepted: list[bool], days: int, close: bool) -> None:
        """Four pieces that were written, a call that has not come back, and a month that may be over and closed."""
        for number, at_once in enumerate(accepted):
            self.pay_several([("gpt-5-mini", number, False)])
            self.come_to_rest(-1, accepted=at_once, decided=False)
        self.reserve("gpt-5-mini", 0, 100, 100, "draft", "standard")
        self.let_time_pass(days, close)

    @rule(
        model=st.sampled_from(sorted(MODELS)), piece=st.integers(0, 3), tokens_in=small, tokens_out=small,
        purpose=st.sampled_from(["draft", "draft", "draft", "judge", "baseline", "coding"]),
        tier=st.sampled_from(["standard", "standard", "batch"]),
    )  # fmt: skip
    def reserve(
        self, model: str, piece: int, tokens_in: int, tokens_out: int, purpose: str, tier: str
    ) -> None:
        attempt, provider = len(self._drafts(piece)) + 1, MODELS[model]
        call = a_call(a_spec(piece), attempt, model=model, provider=provider, purpose=purpose, tier=tier)
        if purpose in ("baseline", "coding"):  # shared by the campaign, or nobody's
            shared = "spring" if purpose == "baseline" else None
            call = Call(purpose, provider, model, run_id="run-1", campaign_id=shared, tier=tier)
        if reservation := self._admitted(call, tokens_in, tokens_out):
            self.pending.append(reservation)

    @rule(
        calls=st.lists(
            st.tuples(st.sampled_from(sorted(MODELS)), st.integers(0, 3), st.booleans()), max_size=4
        )
    )
    def pay_several(self, calls: list[tuple[str, int, bool]]) -> None:
        """Drafts that come back at once, some of them under an id that the provider has given before."""
        for model, piece, repeated in calls:
            attempt = len(self._drafts(piece)) + 1
            call = a_call(a_spec(piece), attempt, model=model, provider=MODELS[model])
            if reservation := self._admitted(call, 200, 50):
                self._settle(reservation, 60, repeated=repeated, late=False)

    def _admitted(self, call: Call, tokens_in: int, tokens_out: int) -> Reservation | None:
        """The reservation of a call, if and only if it fits into the campaign's hard limit."""
        asked = Usage(call.model, tokens_in, 0, tokens_out, 0, 0.0)
        price = self.ledger.prices.price(call.provider, asked, at=self.clock.now, tier=call.tier)
        most = price.most_micros(tokens_in, tokens_out) if call.campaign_id else None
        (used,) = self._rows(USED)
        fits = not most or used["charged"] + used["aside"] + most <= LIMIT_MICROS
        try:
            reservation = self.ledger.reserve(call, tokens_in, tokens_out)
        except LimitReached:
            assert not fits
            return None
        assert fits
        return reservation

    @rule(tokens=st.integers(100, 400))
    def ask_until_nothing_fits(self, tokens: int) -> None:
        """Calls that are under way at once come to the limit; all of them are throttled, and their money is free."""
        call, sent = a_call(a_spec(0), 1, model="claude-sonnet-4-5", provider="anthropic"), []
        while reservation := self._admitted(call, tokens, tokens):
            sent.append(reservation)
        for reservation in sent:
            self.ledger.void(reservation, "Throttled")

    @precondition(lambda self: self.pending)
    @rule(pick=picks, share=st.integers(0, 100), repeated=st.booleans(), late=st.booleans())
    def settle(self, pick: int, share: int, repeated: bool, late: bool) -> None:
        self._settle(self.pending.pop(pick % len(self.pending)), share, repeated=repeated, late=late)

    def _settle(self, reservation: Reservation, share: int, *, repeated: bool, late: bool) -> None:
        usage = self._usage(reservation, share)
        response = "same" if repeated else reservation.id
        entry = self.ledger.settle(
            reservation, usage, response, occurred_at=reservation.reserved_at if late else None
        )
        self.settled.append((reservation, entry))
        self.given[entry.id] = response
        self._charged(entry)

    @precondition(lambda self: self.pending)
    @rule(pick=picks, share=st.integers(0, 100))
    def lose_the_program_while_settling(self, pick: int, share: int) -> None:
        """Everything of the transaction is gone, and the call shows up as possibly billed."""
        reservation = self.pending[pick % len(self.pending)]

        def end(connection: Connection) -> None:
            raise Lost

        with pytest.raises(Lost):
            self.ledger.settle(
                reservation, self._usage(reservation, share), reservation.id, within_transaction=end
            )

    @precondition(lambda self: self.pending)
    @rule(pick=picks)
    def count_wrongly(self, pick: int) -> None:
        reservation = self.pending[pick % len(self.pending)]
        with pytest.raises(ValueError, match="contradict"):
            self.ledger.settle(reservation, Usage(reservation.call.model, 1, 2, 0, 0, 0.1), "wrong")

    @precondition(lambda self: self.settled)
    @rule(pick=picks)
    def settle_again(self, pick: int) -> None:
        reservation, entry = self.settled[pick % len(self.settled)]
        assert self.ledger.settle(reservation, Usage(entry.model or "", 1, 0, 1, 0, 0.1), "x") == entry
        with pytest.raises(StoreError, match="was charged"):
            self.ledger.void(reservation, "too late")

    @precondition(lambda self: self.pending)
    @rule(pick=picks)
    def void(self, pick: int) -> None:
        reservation = self.pending.pop(pick % len(self.pending))
        self.ledger.void(reservation, "Throttled")
        with pytest.raises(StoreError, match="was voided"):
            self.ledger.settle(reservation, Usage(reservation.call.model, 1, 0, 1, 0, 0.1), "too late")

    @precondition(lambda self: self.pending)
    @rule(pick=picks)
    def doubt(self, pick: int) -> None:
        self.ledger.doubt(self.pending[pick % len(self.pending)], "timeout")

    @rule()
    def crash_and_open_again(self) -> None:
        address, old = self.store.engine.url, self.ledger
        self.store.close()
        self.store = open_store(address)
        self.ledger = Ledger(self.store, old.prices, self.clock, limits=old.limits, rates=old.rates)

    @rule(price=st.integers(1, 9))
    def agree_on_other_prices(self, price: int) -> None:
        """A contract for one model, from now on."""
        contract = ContractPrice.model_validate(
            {
                "provider": "openai", "model": "gpt-5*", "currency": "USD", "input_price": f"0.0{price}",
                "cached_price": "0.01", "output_price": f"0.{price}", "valid_from": "2026-01-01", "source": "contract",
            }
        )  # fmt: skip
        old = self.ledger
        self.ledger = Ledger(
            self.store, PriceBook([contract]), self.clock, limits=old.limits, rates=old.rates
        )

    @precondition(lambda self: self.calls)
    @rule(pick=picks, cost_micros=st.integers(0, 900))
    def correct(self, pick: int, cost_micros: int) -> None:
        entry = self.calls[pick % len(self.calls)]
        currency = entry.currency or "USD"
        correction = self.ledger.correct(entry.id, cost_micros, currency, "invoice")
        self.costs[currency] += correction.cost_micros or 0

    @rule(seed=picks)
    def reconcile(self, seed: int) -> None:
        """The provider's statement of everything: some calls dearer, some lost answers billed, one call unknown.

        One number is drawn, however many rows there are: what Hypothesis draws must not depend on a database, or a
        history that a signal or a server broke off cannot be told from one whose data are random.
        """
        chance = random.Random(seed)
        booked: dict[str, int] = {}
        times: Counter[str] = Counter()
        corrected: Counter[str] = Counter()
        for entry in self.ledger.entries():
            if entry.corrects:
                corrected[entry.corrects] += entry.cost_micros or 0
        first_day = last_day = self.clock.now.date()
        for entry in self.ledger.entries():
            if entry.kind == "call" and entry.provider == "openai":
                name = (entry.response_id or "").partition("~")[0]
                booked[name] = booked.get(name, 0) + (entry.cost_micros or 0) + corrected[entry.id]
                times[name] += 1
                first_day = min(first_day, date.fromisoformat(entry.occurred_at[:10]))
        # one line for two calls of one id bills both only where it is their sum
        billed = {
            name: max(0, micros + chance.choice((0, 0, 7, -3)) * (times[name] == 1))
            for name, micros in booked.items()
        }
        lines = [
            StatementLine("line", last_day, micros, "USD", "gpt-5-mini", request_id=name)
            for name, micros in billed.items()
        ]
        waiting = [one for one in self.pending if one.call.provider == "openai"]
        first_day = min([first_day, *(one.reserved_at.date() for one in waiting)])
        lost = [one for one in waiting if one.estimate_micros and chance.random() < 0.5]
        for one in lost:
            lines.append(
                StatementLine(
                    "line", one.reserved_at.date(), one.estimate_micros or 0, "USD", one.call.model,
                    request_id=f"found-{one.id}", moment=one.reserved_at,
                )
            )  # fmt: skip
        if chance.random() < 0.5:
            name = f"stranger-{len(self.before)}"
            lines.append(StatementLine("line", last_day, 11, "USD", "gpt-4o-mini", request_id=name))
        if not lines:
            return
        statement = Statement("usage.csv", "0" * 64, tuple(lines), first_day, last_day)
        before = sum(booked.values())
        found = self.ledger.reconcile(statement, provider="openai")
        post(self.ledger, found)
        undecided = sum(item.difference_micros for item in found.items if item.match is Match.UNDECIDED)
        change = sum(line.cost_micros for line in lines) - before - undecided
        self.costs["USD"] += change
        still = {one.id for one in self.ledger.pending()}
        left = sum(one.id in still for one in waiting)
        if not undecided:  # a line that may be that of a call under way is left for its run to charge
            assert left <= len(waiting) - len(lost), "every call that the statement names is settled"
        self.pending = [one for one in self.pending if one.id in still]
        known = {entry.id for entry in self.calls}
        self.calls += [e for e in self.ledger.entries() if e.kind == "call" and e.id not in known]
        again = self.ledger.reconcile(statement, provider="openai")
        assert again.open_items == ()

    @precondition(lambda self: any(map(self._drafts, range(4))))
    @rule(pick=picks, reason=st.sampled_from(REASONS))
    def judge(self, pick: int, reason: str) -> None:
        """The guard refuses a draft, whether its piece is completed or not."""
        drafted = [number for number in range(4) if self._drafts(number)]
        number = drafted[pick % len(drafted)]
        cell, drafts = self.cells[number], self._drafts(number)
        attempt = drafts[pick % len(drafts)].attempt or 0
        with self.store.write() as connection:
            own = (attempts.c.spec_key == a_spec(number).key, attempts.c.attempt == attempt)
            if attempt in cell.reasons:
                connection.execute(attempts.update().where(*own).values(refused_for=reason))
            else:
                connection.execute(attempts.insert().values(**_attempt(number, attempt), refused_for=reason))
        cell.reasons[attempt] = reason

    @precondition(lambda self: self._unaccepted())
    @rule(pick=picks, accepted=st.booleans(), decided=st.booleans())
    def come_to_rest(self, pick: int, accepted: bool, decided: bool) -> None:
        """A piece is parked or accepted, by the guard or by a person who decides on a parked one."""
        able = self._unaccepted()
        number = able[pick % len(able)]
        cell, spec = self.cells[number], a_spec(number)
        status, attempt = ("accepted" if accepted else "parked"), self._drafts(number)[-1].attempt or 0
        with self.store.write() as connection:
            own = pieces.c.spec_key == spec.key
            if cell.status and decided:
                connection.execute(pieces.update().where(own).values(status=status, attempts=attempt))
            else:
                connection.execute(pieces.delete().where(own))
                connection.execute(pieces.insert().values(**_piece(number, status, attempt)))
            seal_piece(connection, connection.execute(select(pieces.c.id).where(own)).scalar_one())
        cell.status, cell.attempt = status, attempt
        if accepted:
            self.ledger.record_saving(spec, a_baseline(), run_id="run-1")
            cell.saved = True

    @precondition(lambda self: any(cell.saved for cell in self.cells))
    @rule(pick=picks)
    def record_a_saving_again(self, pick: int) -> None:
        saved = [number for number, cell in enumerate(self.cells) if cell.saved]
        self.ledger.record_saving(a_spec(saved[pick % len(saved)]), a_baseline(), run_id="run-2")

    @rule(piece=st.integers(0, 3), spent=st.lists(st.decimals(0, 30, places=1), min_size=1, max_size=3))
    def review(self, piece: int, spent: list[Decimal]) -> None:
        """Before a piece is accepted, or after; by several people."""
        for minutes in spent:
            self.ledger.record_review(a_spec(piece), minutes, by="Ana", baseline=a_baseline())
            self.cells[piece].minutes.append(minutes)

    @rule(minutes=st.integers(0, 60))
    def put_back(self, minutes: int) -> None:
        self.ledger.record_reinvested(Decimal(minutes), by="Ana", campaign_id="spring")

    @rule(days=st.integers(1, 40), close=st.booleans())
    def let_time_pass(self, days: int, close: bool) -> None:
        month = period_of(self.clock.now)
        self.clock.now += timedelta(days=days)
        if close:
            with contextlib.suppress(WrongInput):
                self.closed[month] = (
                    self.ledger.close_month(month, "Ana").seq - 1
                )  # its record comes after it

    @rule(statement=st.sampled_from(FORBIDDEN))
    def try_to_change_the_past(self, statement: str) -> None:
        """Refused by the database, or there was nothing to change."""
        with contextlib.suppress(IntegrityError), self.store.write() as connection:
            connection.execute(text(statement))

    # ---- what must hold, after each of these

    @invariant()
    def every_rule_holds(self) -> None:
        assert self.ledger.verify().flaws == ()
        self.summary = self.ledger.summary()
        rows = self._rows("SELECT * FROM ledger_entries ORDER BY seq")
        held = self._rows("SELECT * FROM reservations")
        calls = [row for row in rows if row["kind"] == "call"]
        money = [row for row in rows if row["kind"] != "memo"]
        self.rule_1_nothing_that_was_written_changes(rows)
        self.rule_2_each_row_seals_itself_and_the_one_before(rows)
        self.rule_3_one_answer_is_one_entry(calls)
        self.rule_4_money_was_set_aside_before(calls, held)
        self.rule_5_tokens_are_parts_of_one_another(calls)
        self.rule_6_a_cost_is_its_tokens_at_its_own_prices(calls)
        self.rule_7_an_unknown_price_is_no_zero(calls, rows)
        self.rule_8_all_sums_agree(money)
        self.rule_9_closed_months_stay_as_they_were(rows)
        self.rule_10_savings_are_memos(rows)
        self.drafts_are_refused_for_the_reasons_given()
        self.before = rows

    def rule_1_nothing_that_was_written_changes(self, rows: list[Row]) -> None:
        assert rows[: len(self.before)] == self.before
        by_id = {row["id"]: row for row in rows}
        for row in rows:
            if row["kind"] == "correction":
                original = by_id[row["corrects"]]
                assert original["seq"] < row["seq"] and original["kind"] == "call"
                assert original["currency"] in (None, row["currency"])

    def rule_2_each_row_seals_itself_and_the_one_before(self, rows: list[Row]) -> None:
        last = ""
        for number, row in enumerate(rows, start=1):
            sealed = {name: value for name, value in row.items() if value is not None and name != "hash"}
            words = json.dumps(sealed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            assert (row["seq"], row["prev_hash"]) == (number, last)
            last = row["hash"]
            assert last == hashlib.sha256(words.encode()).hexdigest()
        assert str(self.ledger.head()) == f"{len(rows)}:{last}"

    def rule_3_one_answer_is_one_entry(self, calls: list[Row]) -> None:
        named = [(row["provider"], row["response_id"]) for row in calls if row["response_id"]]
        assert len(named) == len(set(named))
        ids = {row["id"]: row["response_id"] for row in calls}
        assert self.given == {own: str(ids[own]).partition("~")[0] for own in self.given}
        assert {row["id"] for row in calls} == {entry.id for entry in self.calls}

    def rule_4_money_was_set_aside_before(self, calls: list[Row], held: list[Row]) -> None:
        by_id = {row["id"]: row for row in held}
        settled = [by_id[row["reservation_id"]] for row in calls]
        assert len({row["id"] for row in settled}) == len(calls)
        for row, reservation in zip(calls, settled, strict=True):
            assert reservation["state"] == "settled" and reservation["reserved_at"] <= row["recorded_at"]
        waiting = {row["id"] for row in held if row["state"] in ("open", "possibly_billed")}
        assert waiting == {one.id for one in self.pending} == {one.id for one in self.ledger.pending()}
        assert self.summary.possibly_billed == len(waiting)
        told = self._rows("SELECT * FROM finance_exceptions WHERE exception = 'possibly_billed'")
        named = {(row["reservation_id"], *(row[name] for name in NAMED)) for row in told}
        assert named == {(one.id, *(getattr(one.call, name) for name in NAMED)) for one in self.pending}
        assert len(held) == len(calls) + len(waiting) + sum(row["state"] == "voided" for row in held)

    def rule_5_tokens_are_parts_of_one_another(self, calls: list[Row]) -> None:
        for row in calls:
            assert 0 <= row["cached_tokens"] <= row["input_tokens"]
            assert 0 <= row["reasoning_tokens"] <= row["output_tokens"]

    def rule_6_a_cost_is_its_tokens_at_its_own_prices(self, calls: list[Row]) -> None:
        written = {entry.id: entry.cost_micros for entry in self.calls}
        for row in calls:
            assert row["cost_micros"] == written[row["id"]], "as it was written, whatever prices came later"
            assert row["cost_micros"] is None or isinstance(row["cost_micros"], int)
            assert (row["price_tier"], row["price_date"]) != (None, None) and row["price_source"]
            prices = [row["input_price"], row["cached_price"], row["output_price"]]
            if None not in prices:
                uncached = row["input_tokens"] - row["cached_tokens"]
                tokens = (uncached, row["cached_tokens"], row["output_tokens"])
                exact = sum(count * Decimal(price) for count, price in zip(tokens, prices, strict=True))
                assert row["cost_micros"] == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))

    def rule_7_an_unknown_price_is_no_zero(self, calls: list[Row], rows: list[Row]) -> None:
        corrected = {row["corrects"] for row in rows}
        unknown = [row for row in calls if row["provider"] == "localhost:11434"]
        for row in unknown:
            assert row["cost_micros"] is None and row["price_note"]
        for row in calls:
            if row["provider"] == "embedded":
                assert row["cost_micros"] == 0 and row["price_note"], "a zero says why"
        open_ones = sum(row["id"] not in corrected for row in unknown)
        assert self.summary.unknown_price_calls == open_ones
        told = self._rows("SELECT note FROM finance_exceptions WHERE exception = 'unknown_price'")
        assert len(told) == open_ones and all("no list price of" in row["note"] for row in told)

    def rule_8_all_sums_agree(self, money: list[Row]) -> None:
        summary, expected = self.summary, {c: m for c, m in self.costs.items() if m}
        assert {c: m for c, m in summary.cost_micros.items() if m} == expected
        parts: list[Counter[str]] = [
            _added(summary.allocation_micros.values()),
            *(_added(line.cost_micros for line in summary.by[name]) for name in ("period", "model", "provider")),
            _added(line.cost_micros for line in summary.by["campaign_id"]) if summary.by["campaign_id"] else
            Counter(summary.cost_micros),
        ]  # fmt: skip
        for view in ("finance_calls", "finance_months"):
            query = (
                f"SELECT currency, SUM(cost_micros) FROM {view} WHERE currency IS NOT NULL GROUP BY currency"  # noqa: S608
            )
            parts.append(Counter({str(c): int(m) for c, m in self._pairs(query)}))
        by_allocation: Counter[str] = Counter()
        for row in money:
            if row["currency"]:
                by_allocation[row["currency"]] += row["cost_micros"] or 0
        for part in (*parts, by_allocation):
            assert {c: m for c, m in part.items() if m} == expected

    def rule_9_closed_months_stay_as_they_were(self, rows: list[Row]) -> None:
        assert dict(self._pairs("SELECT period, last_seq FROM closings")) == self.closed
        for row in rows:
            assert row["seq"] <= self.closed.get(row["period"], row["seq"])
            if row["period"] != row["occurred_at"][:7]:
                assert f"belongs to {row['occurred_at'][:7]}, which is closed" in row["note"]

    def rule_10_savings_are_memos(self, rows: list[Row]) -> None:
        memos = [row for row in rows if row["kind"] == "memo"]
        assert all(row["cost_micros"] is None for row in memos)
        expected = Counter[str]()
        for cell in self.cells:
            spent = sum((minutes * 60 for minutes in cell.minutes), Decimal(0))
            reviewed = int(sum((minutes * 60).quantize(Decimal(1)) for minutes in cell.minutes))
            assert reviewed == spent, "tenths of a minute are whole seconds"
            assumed = cell.saved and not cell.minutes
            for end, against in (("low", 15), ("expected", 10), ("high", 5)):
                expected[end] -= against * 60 if assumed else reviewed
        works = [json.loads(row["details"])["work_seconds"] for row in memos if row["purpose"] == "saving"]
        for cell, end in enumerate(("low", "expected", "high")):
            expected[end] += sum(work[cell] for work in works)
            assert sum(row[f"saved_seconds_{end}"] for row in memos) == expected[end]
        saved = self.summary.saved_seconds
        if saved is not None:
            assert (saved.low, saved.expected, saved.high) == tuple(
                expected[end] for end in ("low", "expected", "high")
            )
        firsts = [work for work in works if work == [2700, 3600, 5400]]
        assert len(works) == sum(cell.saved for cell in self.cells)
        assert len(firsts) == min(1, len(works)), "one piece of a channel and language counts as written"

    def drafts_are_refused_for_the_reasons_given(self) -> None:
        expected: Counter[str] = Counter()
        for number, cell in enumerate(self.cells):
            for entry in self._drafts(number) if cell.status else ():
                if entry.outcome == "reconciled":
                    expected["answer lost"] += 1
                elif not (cell.status == "accepted" and entry.attempt == cell.attempt):
                    expected[cell.reasons.get(entry.attempt or 0, "")] += 1
        summary = self.summary
        assert {
            refusal.reason: refusal.drafts for refusal in summary.rejected_for if refusal.drafts
        } == +expected
        told = dict(self._pairs("SELECT reason, SUM(drafts) FROM finance_refusals GROUP BY reason"))
        assert {reason: int(count) for reason, count in told.items() if count} == +expected

    # ---- inside

    def _drafts(self, number: int) -> list[LedgerEntry]:
        key = a_spec(number).key
        return [entry for entry in self.calls if entry.spec_key == key and entry.purpose == "draft"]

    def _unaccepted(self) -> list[int]:
        return [n for n in range(4) if self._drafts(n) and self.cells[n].status != "accepted"]

    def _charged(self, entry: LedgerEntry) -> None:
        self.calls.append(entry)
        if entry.cost_micros is not None and entry.currency is not None:
            self.costs[entry.currency] += entry.cost_micros

    def _usage(self, reservation: Reservation, share: int) -> Usage:
        """Tokens that cost no more than what is set aside."""
        estimate, most = reservation.estimate_micros, 300
        if estimate:
            at = self.clock.now
            used = Usage(reservation.call.model, 1, 0, 0, 0, 0.1)
            price = self.ledger.prices.price(
                reservation.call.provider, used, at=at, tier=reservation.call.tier
            )
            most = min(300, int(estimate / price.input_price)) if price.input_price else 0
        tokens = most * share // 100
        return Usage(reservation.call.model, tokens, tokens * share // 200, 0, 0, 0.5)

    def _rows(self, query: str) -> list[Row]:
        with self.store.read() as connection:
            return [dict(row) for row in connection.execute(text(query)).mappings()]

    def _pairs(self, query: str) -> list[tuple[Any, Any]]:
        with self.store.read() as connection:
            return [(row[0], row[1]) for row in connection.execute(text(query))]


def _added(parts: Any) -> Counter[str]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return total


def _attempt(number: int, attempt: int) -> Row:
    return {
        "run_id": "run-1", "campaign_id": "spring", "spec_key": a_spec(number).key, "attempt": attempt, "spec": "{}",
        "usage": "{}", "created_at": "2026-11-22T09:00:00.000Z",
    }  # fmt: skip


def _piece(number: int, status: str, attempt: int) -> Row:
    spec = a_spec(number)
    return {
        "id": f"{spec.key}-1", "run_id": "run-1", "campaign_id": "spring", "spec_key": spec.key, "brief_sha": "b",
        "scope": "s", "status": status, "spec": "{}", "parts": "{}", "text": "t", "verdict": "{}", "attempts": attempt,
        "created_at": "2026-11-22T09:00:00.000Z",
    }  # fmt: skip


def test_random_histories_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever happens in whatever order, every rule holds after each step."""
    empty = tmp_path_factory.mktemp("empty") / "inedit.db"
    open_store(f"sqlite:///{empty}").close()
    with tempfile.TemporaryDirectory() as folder:

        def history() -> History:
            path = Path(folder) / "inedit.db"
            for stale in Path(folder).glob("inedit.db*"):
                stale.unlink()
            shutil.copy(empty, path)
            return History(f"sqlite:///{path}")

        run_state_machine_as_test(history, settings=chosen(max_examples=6))  # type: ignore[no-untyped-call]


def test_random_histories_on_postgres(postgres_server: str) -> None:
    """The same on a real server."""
    template = new_database(postgres_server)
    open_store(template).close()
    name = template.rpartition("/")[2]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: History(new_database(postgres_server, name)), settings=chosen(max_examples=3)
    )


def chosen(max_examples: int) -> settings:
    """A database is slow beside what Hypothesis expects, and too slow for it to look for a shorter failure."""
    return settings(
        max_examples=max_examples * int(os.environ.get("INEDIT_HISTORIES", "1")),
        stateful_step_count=25,
        database=None,  # a history that was broken off is no example to begin with next time
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow],
    )
