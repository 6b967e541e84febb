"""Charges that a statement by day made, held against the lines with ids that come later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from fakes.ledger import MODEL, Clock, a_call, a_spec, pay
from inedit.ledger import Ledger
from inedit.ledger.reconciliation import without_ids
from inedit.ledger.reconciliation.booked import Booked
from inedit.ledger.reconciliation.posting import post
from inedit.ledger.reconciliation.statements import Statement, StatementLine
from inedit.ledger.reconciliation.without_ids import cover

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
DAY = date(2026, 11, 22)


def a_line(name: str, micros: int, seconds: int) -> StatementLine:
    """A line of so many seconds after midnight."""
    moment = MIDNIGHT + timedelta(seconds=seconds)
    return StatementLine(name, moment.date(), micros, "USD", MODEL, request_id=name, moment=moment)


def covered_by(charges: list[int], *lines: StatementLine) -> tuple[set[str], int, int]:
    """The lines that charges of the day before midnight pay for, how many of these are done with, what stays open."""
    booked = [
        Booked(str(number), DAY, MODEL, "USD", micros, "", None) for number, micros in enumerate(charges)
    ]
    found = cover({line.request_id: [line] for line in lines}, booked)
    return found.ids, len(found.entry_ids), sum(item.difference_micros for item in found.items)


def test_just_after_midnight_the_lines_that_make_up_the_sum_are_taken() -> None:
    """Not the first that fit: a call of the next day may be answered before those of the day that is over."""
    lines = [a_line("a", 2522, 2), a_line("b", 2235, 3), a_line("c", 2450, 10), a_line("d", 2702, 13)]
    assert covered_by([1932, 1877, 2070, 1795], *lines) == ({"a", "c", "d"}, 4, 0)


def test_lines_of_the_day_itself_are_taken_first() -> None:
    """Of several ways to make up the sum, that with the earlier lines of the day."""
    lines = [a_line("a", 500, -40), a_line("b", 700, -30), a_line("c", 400, 2), a_line("d", 300, 3)]
    assert covered_by([900, 600], *lines) == ({"a", "b", "d"}, 2, 0)


def test_where_no_lines_make_up_the_sum_the_one_that_passes_it_is_open() -> None:
    """As ever: it is partly paid for."""
    lines = [a_line("a", 500, -40), a_line("b", 900, -30)]
    assert covered_by([600, 550], *lines) == ({"a", "b"}, 2, 250)


def test_of_a_list_with_too_many_sums_the_first_lines_are_taken_as_they_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The last ones make up the rest all the same."""
    monkeypatch.setattr(without_ids, "SUMS_AT_MOST", 4)
    early = [a_line(f"e{number}", 1000 + number, number - 60) for number in range(30)]
    lines = [*early, a_line("x", 70, 2), a_line("y", 50, 3), a_line("z", 31, 4)]
    paid = sum(line.cost_micros for line in early) + 50 + 31
    ids, done, left = covered_by([paid - 10, 10], *lines)
    assert (ids, done, left) == ({line.request_id for line in early} | {"y", "z"}, 2, 0)


def test_costs_of_a_day_pay_for_its_own_lines_over_midnight(ledger: Ledger, clock: Clock) -> None:
    """What a day's costs charged is not charged again, and what was lost the day after is charged its own line."""
    clock.now = MIDNIGHT - timedelta(seconds=9)
    of_the_day = [ledger.reserve(a_call(a_spec(number)), 900, 200) for number in range(3)]
    clock.now = MIDNIGHT + timedelta(seconds=1)
    of_the_next = ledger.reserve(a_call(a_spec(3)), 900, 200)
    for reservation in (*of_the_day, of_the_next):
        ledger.doubt(reservation, "timeout")
    amounts = {"a": 352, "c": 345, "d": 370}
    clock.now = MIDNIGHT + timedelta(hours=20)
    costs = StatementLine("costs", DAY, sum(amounts.values()), "USD", MODEL)
    by_day = Statement("by day", "0" * 64, (costs,), DAY, DAY, made=clock.now)
    post(ledger, ledger.reconcile(by_day, provider="openai"))
    assert {one.id for one in ledger.pending()} == {of_the_next.id}
    clock.now += timedelta(days=2)
    pay(ledger, response="later")
    clock.now += timedelta(days=1)
    lines = (
        a_line("a", amounts["a"], 2), a_line("b", 333, 3), a_line("c", amounts["c"], 10),
        a_line("d", amounts["d"], 13), a_line("later", 602, 2 * 86400 + 20 * 3600 + 5),
    )  # fmt: skip
    listed = Statement("listed", "0" * 64, lines, DAY, clock.now.date(), made=clock.now)
    post(ledger, ledger.reconcile(listed, provider="openai"))
    assert ledger.summary().cost_micros == {"USD": sum(line.cost_micros for line in lines)}
    own = next(entry for entry in ledger.entries() if entry.response_id == "b")
    assert (own.reservation_id, ledger.pending()) == (of_the_next.id, [])
