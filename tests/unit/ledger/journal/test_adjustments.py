"""Corrections, adjustments and closed months, by the figures that they leave behind."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from fakes.ledger import Clock, a_call, pay
from inedit.ledger import Ledger, Limit
from inedit.ledger.journal.calls import ADJUSTMENT
from inedit.model import Usage
from inedit.model.errors import WrongInput

THEN = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def charged(ledger: Ledger) -> int:
    """What the balance of the run says, in millionths of a dollar."""
    watched = Ledger(ledger.store, clock=ledger.clock, limits=(Limit("run", 10**9, "USD", hard=False),))
    (state,) = watched.budgets(run_id="run-1")
    return state.settled_micros


def test_corrections_add_up_to_what_was_said_last(ledger: Ledger) -> None:
    """Each carries the difference to all before it; the balance follows."""
    entry = pay(ledger)
    first = ledger.correct(entry.id, 700, "USD", "invoice")
    second = ledger.correct(entry.id, 500, "USD", "credit note")
    assert (first.cost_micros, second.cost_micros, charged(ledger)) == (700 - 602, 500 - 700, 500)
    assert (first.kind, first.corrects, first.note, first.currency) == (
        "correction",
        entry.id,
        "invoice",
        "USD",
    )
    assert (first.spec_key, first.run_id, first.attempt) == (entry.spec_key, "run-1", 1)
    assert first.occurred_at == entry.occurred_at
    assert ledger.verify().holds


def test_a_correction_makes_an_unknown_price_known_in_one_currency(ledger: Ledger) -> None:
    """The second one must be in the currency of the first."""
    entry = pay(ledger, a_call(provider="localhost:11434", model="llama"))
    assert ledger.correct(entry.id, 40, "EUR", "measured").cost_micros == 40
    assert ledger.correct(entry.id, 50, "EUR", "measured again").cost_micros == 10
    with pytest.raises(WrongInput, match="another currency than USD"):
        ledger.correct(entry.id, 60, "USD", "again")


def test_only_calls_are_corrected(ledger: Ledger) -> None:
    """Neither a correction nor what does not exist."""
    entry = pay(ledger)
    correction = ledger.correct(entry.id, 700, "USD", "invoice")
    for id in (correction.id, "nobody"):
        with pytest.raises(WrongInput, match="no call"):
            ledger.correct(id, 1, "USD", "x")
    with pytest.raises(WrongInput, match="charged in USD"):
        ledger.correct(entry.id, 1, "EUR", "x")


def test_an_amount_that_no_call_explains_is_booked_as_stated(ledger: Ledger) -> None:
    """With its statement, its reason, and the tokens where they are told; nothing stays set aside."""
    entry = ledger.adjust(
        a_call(), 1234, "USD", occurred_at=THEN, source="invoice 7", reason="not ours", request_id="req-1",
        usage=Usage("gpt-5", 10, 2, 5, 1, 0.5),
    )  # fmt: skip
    assert (entry.kind, entry.purpose, entry.outcome) == ("call", ADJUSTMENT, ADJUSTMENT)
    assert (entry.cost_micros, entry.currency, charged(ledger)) == (1234, "USD", 1234)
    assert (entry.response_id, entry.price_source, entry.note) == ("req-1", "invoice 7", "not ours")
    assert (entry.model, entry.input_tokens, entry.output_tokens) == ("gpt-5", 10, 5)
    assert (entry.price_date, entry.price_tier, entry.occurred_at[:10]) == (
        "2026-11-20",
        "standard",
        "2026-11-20",
    )
    assert ledger.pending() == []
    assert ledger.verify().holds
    plain = ledger.adjust(a_call(), 1, "USD", occurred_at=THEN, source="s", reason="r")
    assert (plain.response_id, plain.model, plain.input_tokens) == (None, "gpt-5-mini", 0)


def test_an_amount_settles_the_call_in_doubt_that_it_is_for(ledger: Ledger) -> None:
    """Its estimate is given back, and the entry is that of the reservation."""
    reservation = ledger.reserve(a_call(), 1000, 600)
    other = ledger.reserve(a_call(attempt=2), 1000, 600)
    ledger.doubt(reservation, "lost")
    entry = ledger.adjust(
        a_call(), 99, "USD", occurred_at=THEN, source="invoice 7", reason="lost", reservation=reservation
    )
    assert entry.reservation_id == reservation.id
    assert [pending.id for pending in ledger.pending()] == [other.id]
    watched = Ledger(ledger.store, clock=ledger.clock, limits=(Limit("run", 10**9, "USD", hard=False),))
    (state,) = watched.budgets(run_id="run-1")
    assert (state.settled_micros, state.reserved_micros) == (99, 1450)


def test_a_request_is_not_charged_twice(ledger: Ledger) -> None:
    """Neither by statement nor after a call; an empty id is no id; another provider's is another one."""
    paid = pay(ledger, response="req-1")
    with pytest.raises(WrongInput, match=paid.id):
        ledger.adjust(a_call(), 5, "USD", occurred_at=THEN, source="s", reason="r", request_id="req-1")
    for _ in range(2):
        ledger.adjust(a_call(), 5, "USD", occurred_at=THEN, source="s", reason="r")
    elsewhere = a_call(provider="mistral", model="mistral-small")
    ledger.adjust(elsewhere, 5, "USD", occurred_at=THEN, source="s", reason="r", request_id="req-1")


def test_only_a_month_that_is_over_is_closed(ledger: Ledger, clock: Clock) -> None:
    """Once; what comes later is booked in the present month, and says so."""
    entry = pay(ledger)
    for wrong in ("2026-11", "2026-12", "2026-13", "november", ""):
        with pytest.raises(WrongInput, match="cannot be closed"):
            ledger.close_month(wrong, "Ada")
    clock.turn_to(2026, 12, 2)
    head = ledger.close_month("2026-11", "Ada")
    assert head.seq == entry.seq + 1, "the closing is an entry itself"
    with pytest.raises(WrongInput, match="closed already"):
        ledger.close_month("2026-11", "Ada")
    late = ledger.correct(entry.id, 700, "USD", "invoice")
    assert (late.period, late.note) == ("2026-12", "invoice; belongs to 2026-11, which is closed")
    booked = ledger.adjust(a_call(), 5, "USD", occurred_at=THEN, source="s", reason="r")
    assert (booked.period, booked.note) == ("2026-12", "r; belongs to 2026-11, which is closed")
    watched = Ledger(ledger.store, clock=clock, limits=(Limit("month", 10**9, "USD", hard=False),))
    assert watched.budgets(period="2026-12")[0].settled_micros == (700 - 602) + 5
    assert watched.budgets(period="2026-11")[0].settled_micros == 602
    memo = ledger.record_reinvested(Decimal(2), by="Ada")
    assert memo.period == "2026-12"


@pytest.mark.parametrize(("first", "second"), [("EUR", "USD"), ("USD", "EUR")])
def test_a_call_of_unknown_price_is_corrected_in_one_currency(
    ledger: Ledger, first: str, second: str
) -> None:
    """Whichever came first: amounts of two currencies do not add up."""
    entry = pay(ledger, a_call(provider="localhost:11434", model="llama"))
    ledger.correct(entry.id, 100, first, "invoice")
    with pytest.raises(WrongInput, match=f"in another currency than {second} before"):
        ledger.correct(entry.id, 100, second, "invoice")
    assert ledger.correct(entry.id, 150, first, "invoice").cost_micros == 50
