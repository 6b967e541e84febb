"""Histories of a ledger beside the provider's own bill: after every step nothing billed is missing or doubled.

Short ones, told act by act, and seeded ones of :mod:`fakes.billed_history`, in which anything may happen in any order.
``INEDIT_HISTORIES=20`` tries twenty times as many; ``bench/ledger/histories.py`` tries them for hours, and says which
faults of the past they would find.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fakes.billed_history import History, run_history
from fakes.ledger import a_call
from fakes.postgres import new_database
from inedit.ledger.reconciliation.items import Match
from inedit.ledger.reconciliation.statements import Statement
from inedit.model.errors import StoreError

SEEDS = 12 * int(os.environ.get("INEDIT_HISTORIES", "1"))


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
    assert sum(entry.cost_micros or 0 for entry in charged) == sum(call.micros for call in history.bill.sent)
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


def an_id_that_came_twice_is_two_calls(history: History) -> None:
    """A statement that lists one of them says nothing of the other, nor that nothing else was billed."""
    first = history.reserved()
    history.settle(first)
    history.later(days=2)
    lost, second = history.reserved(), history.reserved()
    history.bill.sent[-1] = second = replace(second, request_id=first.request_id)
    history.settle(second)
    history.lose(lost)
    history.later(days=1)
    for other in (first, second):
        history.posted(history.listed(other, lost))
        assert history.waiting() == {lost.reservation.id}


def an_id_that_came_twice_may_come_again(history: History) -> None:
    """A list knows a call under way, and not yet the one that got the same id after it and is charged already."""
    first = history.reserved()
    history.settle(first)
    history.later(days=2)
    slow = history.reserved(answered_after=3)
    history.bill.sent[-1] = slow = replace(slow, request_id=first.request_id)
    history.later(seconds=5)
    listed = history.listed()
    quick = history.reserved()
    history.bill.sent[-1] = quick = replace(quick, request_id=first.request_id)
    history.settle(quick)
    history.posted(listed)
    history.settle(slow)


def a_month_that_is_over_never_moves(history: History) -> None:
    """Neither by a new rate, nor by what is found later, nor for a campaign; and no call is sent into it again."""
    call = history.reserved()
    history.settle(call)
    history.lose(history.reserved())
    history.clock.now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    history.close_a_month()
    history.settle(history.reserved())
    history.check()
    second = history.bill.sent[-1].micros
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
    an_id_that_came_twice_is_two_calls, an_id_that_came_twice_may_come_again, a_month_that_is_over_never_moves,
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


@pytest.mark.parametrize("seed", range(SEEDS))
def test_books_and_bill_agree_on_sqlite(empty_database: Path, tmp_path: Path, seed: int) -> None:
    """Nothing billed is missing or doubled, in calls and in money, after every step."""
    shutil.copy(empty_database, tmp_path / "inedit.db")
    run_history(f"sqlite:///{tmp_path / 'inedit.db'}", seed)


@pytest.mark.parametrize("seed", range(SEEDS, SEEDS + SEEDS // 2))
def test_books_and_bill_agree_on_postgres(empty_postgres: str, seed: int) -> None:
    """The same on a real server."""
    run_history(_copied(empty_postgres), seed)


def _copied(empty_postgres: str) -> str:
    server, _, name = empty_postgres.rpartition("/")
    return new_database(f"{server}/postgres", name)
