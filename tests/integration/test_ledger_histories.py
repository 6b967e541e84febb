"""Random histories of a ledger, on SQLite and on Postgres: its rules hold after every step."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fakes.ledger import Clock, a_baseline, a_call, a_spec
from fakes.postgres import new_database, postgres_server  # noqa: F401  # a fixture
from inedit.errors import WrongInput
from inedit.ledger import Ledger, Limit, LimitReached, Reservation
from inedit.ledger.contracts import Rate
from inedit.ledger.entries import period_of
from inedit.ledger.posting import post
from inedit.ledger.statements import Statement, StatementLine
from inedit.model import LedgerEntry, Usage
from inedit.store import open_store

LIMIT_MICROS = 20_000
MODELS = {
    "gpt-5-mini": "openai",
    "claude-sonnet-4-5": "anthropic",
    "qwen": "embedded",
    "llama": "localhost:11434",
}
picks = st.integers(0, 10**6)
small = st.integers(0, 400)


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
        self.accepted: list[int] = []
        self.costs: Counter[str] = Counter()
        self.chain: list[str] = []
        self.corrected_over_limit = 0

    def teardown(self) -> None:
        self.store.close()

    @rule(model=st.sampled_from(sorted(MODELS)), piece=st.integers(0, 3), tokens_in=small, tokens_out=small)
    def reserve(self, model: str, piece: int, tokens_in: int, tokens_out: int) -> None:
        call = a_call(a_spec(piece), model=model, provider=MODELS[model])
        with contextlib.suppress(LimitReached):
            self.pending.append(self.ledger.reserve(call, tokens_in, tokens_out))

    @precondition(lambda self: self.pending)
    @rule(pick=picks, share=st.integers(0, 100), repeated=st.booleans(), late=st.booleans())
    def settle(self, pick: int, share: int, repeated: bool, late: bool) -> None:
        reservation = self.pending.pop(pick % len(self.pending))
        tokens = self._at_most(reservation) * share // 100
        usage = Usage(reservation.call.model, tokens, tokens * share // 200, 0, 0, 0.5)
        response = "same" if repeated else reservation.id
        entry = self.ledger.settle(
            reservation, usage, response, occurred_at=reservation.reserved_at if late else None
        )
        self.calls.append(entry)
        self.settled.append((reservation, entry))
        if entry.cost_micros is not None and entry.currency is not None:
            self.costs[entry.currency] += entry.cost_micros

    @precondition(lambda self: self.settled)
    @rule(pick=picks)
    def settle_again(self, pick: int) -> None:
        reservation, entry = self.settled[pick % len(self.settled)]
        assert self.ledger.settle(reservation, Usage(entry.model or "", 1, 0, 1, 0, 0.1), "x") == entry

    @precondition(lambda self: self.pending)
    @rule(pick=picks)
    def void(self, pick: int) -> None:
        self.ledger.void(self.pending.pop(pick % len(self.pending)), "Throttled")

    @precondition(lambda self: self.pending)
    @rule(pick=picks)
    def doubt(self, pick: int) -> None:
        self.ledger.doubt(self.pending[pick % len(self.pending)], "timeout")

    @rule()
    def crash_and_open_again(self) -> None:
        address = self.store.engine.url
        self.store.close()
        self.store = open_store(address)
        old = self.ledger
        self.ledger = Ledger(self.store, clock=self.clock, limits=old.limits, rates=old.rates)

    @precondition(lambda self: self.calls)
    @rule(pick=picks, cost_micros=st.integers(0, 900))
    def correct(self, pick: int, cost_micros: int) -> None:
        entry = self.calls[pick % len(self.calls)]
        currency = entry.currency or "USD"
        correction = self.ledger.correct(entry.id, cost_micros, currency, "invoice")
        self.costs[currency] += correction.cost_micros or 0
        self.corrected_over_limit += max(0, correction.cost_micros or 0)

    @rule(data=st.data())
    def reconcile(self, data: st.DataObject) -> None:
        """The provider's statement of everything: some calls dearer, some lost answers billed, one call unknown."""
        booked: dict[str, int] = {}
        corrected: Counter[str] = Counter()
        for entry in self.ledger.entries():
            if entry.corrects:
                corrected[entry.corrects] += entry.cost_micros or 0
        first_day = last_day = self.clock.now.date()
        for entry in self.ledger.entries():
            if entry.kind == "call" and entry.provider == "openai":
                name = (entry.response_id or "").partition("~")[0]
                booked[name] = booked.get(name, 0) + (entry.cost_micros or 0) + corrected[entry.id]
                first_day = min(first_day, date.fromisoformat(entry.occurred_at[:10]))
        billed = {
            name: max(0, micros + data.draw(st.sampled_from((0, 0, 7, -3))))
            for name, micros in booked.items()
        }
        lines = [
            StatementLine("line", last_day, micros, "USD", "gpt-5-mini", request_id=name)
            for name, micros in billed.items()
        ]
        waiting = [one for one in self.pending if one.call.provider == "openai"]
        first_day = min([first_day, *(one.reserved_at.date() for one in waiting)])
        lost = [one for one in waiting if one.estimate_micros and data.draw(st.booleans())]
        for one in lost:
            lines.append(
                StatementLine(
                    "line", one.reserved_at.date(), one.estimate_micros or 0, "USD", one.call.model,
                    request_id=f"found-{one.id}", moment=one.reserved_at,
                )
            )  # fmt: skip
        if data.draw(st.booleans()):
            name = f"stranger-{len(self.chain)}"
            lines.append(StatementLine("line", last_day, 11, "USD", "gpt-4o-mini", request_id=name))
        if not lines:
            return
        statement = Statement("usage.csv", "0" * 64, tuple(lines), first_day, last_day)
        before = sum(booked.values())
        post(self.ledger, self.ledger.reconcile(statement, provider="openai"))
        change = sum(line.cost_micros for line in lines) - before
        self.costs["USD"] += change
        self.corrected_over_limit += abs(change) + sum(line.cost_micros for line in lines)
        still = {one.id for one in self.ledger.pending()}
        assert still.isdisjoint(one.id for one in waiting), "all of them are settled or voided"
        self.pending = [one for one in self.pending if one.id in still]
        known = {entry.id for entry in self.calls}
        self.calls += [e for e in self.ledger.entries() if e.kind == "call" and e.id not in known]
        again = self.ledger.reconcile(statement, provider="openai")
        assert again.open_items == ()

    @rule(piece=st.integers(0, 3))
    def accept(self, piece: int) -> None:
        self.ledger.record_saving(a_spec(piece), a_baseline(), run_id="run-1")
        if piece not in self.accepted:
            self.accepted.append(piece)

    @rule(piece=st.integers(0, 3), minutes=st.decimals(0, 30, places=1))
    def review(self, piece: int, minutes: Decimal) -> None:
        """Before a piece is accepted, or after."""
        self.ledger.record_review(a_spec(piece), minutes, by="Ana", baseline=a_baseline())

    @rule(days=st.integers(1, 40), close=st.booleans())
    def let_time_pass(self, days: int, close: bool) -> None:
        month = period_of(self.clock.now)
        self.clock.now += timedelta(days=days)
        if close:
            with contextlib.suppress(WrongInput):
                self.ledger.close_month(month, "Ana")

    @invariant()
    def every_rule_holds(self) -> None:
        assert self.ledger.verify().flaws == ()

    @invariant()
    def nothing_is_lost_doubled_or_edited(self) -> None:
        hashes = [entry.hash for entry in self.ledger.entries()]
        assert hashes[: len(self.chain)] == self.chain
        self.chain = hashes
        assert {entry.id for entry in self.ledger.entries() if entry.kind == "call"} == {
            entry.id for entry in self.calls
        }
        assert {waiting.id for waiting in self.ledger.pending()} == {waiting.id for waiting in self.pending}

    @invariant()
    def sums_agree(self) -> None:
        summary = self.ledger.summary()
        expected = +self.costs
        assert {c: m for c, m in summary.cost_micros.items() if m} == {c: m for c, m in expected.items() if m}
        for parts in (
            list(summary.allocation_micros.values()),
            [line.cost_micros for line in summary.by["period"]],
            [line.cost_micros for line in summary.by["model"]],
        ):
            for currency, micros in summary.cost_micros.items():
                assert sum(part.get(currency, 0) for part in parts) == micros
        assert summary.possibly_billed == len(self.pending)

    @invariant()
    def the_hard_limit_holds(self) -> None:
        """Only a correction, which is a fact and no decision, may bring the cost over it."""
        (state, *_) = self.ledger.budgets(campaign_id="spring")
        spent = state.settled_micros + state.reserved_micros
        assert spent <= LIMIT_MICROS + self.corrected_over_limit

    def _at_most(self, reservation: Reservation) -> int:
        """Input tokens that cost no more than what is set aside, at the price of the reservation's model."""
        if not reservation.estimate_micros:
            return 300
        prices = {"gpt-5-mini": Decimal("0.25"), "claude-sonnet-4-5": Decimal(3)}
        return int(reservation.estimate_micros / prices[reservation.call.model])


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

        run_state_machine_as_test(history, settings=chosen(max_examples=25))  # type: ignore[no-untyped-call]


def test_random_histories_on_postgres(postgres_server: str) -> None:  # noqa: F811
    """The same on a real server."""
    template = new_database(postgres_server)
    open_store(template).close()
    name = template.rpartition("/")[2]
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: History(new_database(postgres_server, name)), settings=chosen(max_examples=12)
    )


def chosen(max_examples: int) -> settings:
    """A database is slow beside what Hypothesis expects, and too slow for it to look for a shorter failure."""
    return settings(
        max_examples=max_examples,
        stateful_step_count=25,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow],
    )
