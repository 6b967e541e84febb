"""Ids that a provider gives more than once."""

from __future__ import annotations

from datetime import datetime, timedelta

from fakes.ledger import MODEL, Clock, a_call, a_spec, pay
from inedit.ledger import Ledger
from inedit.ledger.reconciliation.items import Match
from inedit.ledger.reconciliation.posting import post
from inedit.ledger.reconciliation.statements import Statement, StatementLine


def a_line(place: int, moment: datetime, micros: int) -> StatementLine:
    return StatementLine(f"line {place}", moment.date(), micros, "USD", MODEL, request_id="r1", moment=moment)


def one_paid_and_one_under_way(ledger: Ledger, clock: Clock) -> tuple[datetime, datetime, str]:
    """When ``r1`` was paid, when the provider bills a call two days later, and that call, which goes on."""
    pay(ledger, response="r1")
    first = clock.now
    clock.now += timedelta(days=2)
    slow = ledger.reserve(a_call(a_spec(1)), 900, 200)
    billed = clock.now + timedelta(seconds=2)
    clock.now += timedelta(seconds=5)
    return first, billed, slow


def test_a_line_of_an_id_that_came_twice_may_be_that_of_a_call_under_way(
    ledger: Ledger, clock: Clock
) -> None:
    """It corrects no charge of that id, and does so once nothing is under way that it could be."""
    first, billed, slow = one_paid_and_one_under_way(ledger, clock)
    lines = (a_line(1, first, 602), a_line(2, billed, 301))
    statement = Statement("listed", "0" * 64, lines, first.date(), billed.date(), made=clock.now)
    pay(ledger, a_call(a_spec(2)), response="r1")
    post(ledger, ledger.reconcile(statement, provider="openai"))
    assert ledger.summary().cost_micros == {"USD": 2 * 602}
    ledger.void(slow, "Throttled")
    post(ledger, ledger.reconcile(statement, provider="openai"))
    assert ledger.summary().cost_micros == {"USD": 602 + 301}


def test_a_call_whose_line_may_be_that_of_another_under_way_is_not_missing(
    ledger: Ledger, clock: Clock
) -> None:
    """Its id, two days later and at another amount: neither is anything said of it, nor is it corrected."""
    first, billed, slow = one_paid_and_one_under_way(ledger, clock)
    statement = Statement(
        "listed", "0" * 64, (a_line(1, billed, 301),), first.date(), billed.date(), made=clock.now
    )
    found = ledger.reconcile(statement, provider="openai")
    assert found.open_items == ()
    (unsure,) = [item for item in found.items if item.request_id == "r1"]
    assert (unsure.match, unsure.ledger_micros, unsure.statement_micros) == (Match.UNDECIDED, 602, 301)
    post(ledger, found)
    assert ledger.summary().cost_micros == {"USD": 602}
    ledger.void(slow, "Throttled")
    post(ledger, ledger.reconcile(statement, provider="openai"))
    assert ledger.summary().cost_micros == {"USD": 301}
