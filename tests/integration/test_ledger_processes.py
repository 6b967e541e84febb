"""The ledger under several processes at once, and after one was killed."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from fakes.ledger import Clock, a_spec, pay
from fakes.postgres import new_database
from inedit.ledger import Ledger
from inedit.ledger.exports.rows import export
from inedit.model import Piece, Status, Verdict
from inedit.store import open_store
from inedit.store.seals import seal_piece
from inedit.store.tables import pieces

ESTIMATE = 1450
TESTS = Path(__file__).parent.parent

WORKERS = """
import os, sys
sys.path.insert(0, sys.argv[2])
from fakes.ledger import a_call, a_spec, a_usage
from inedit.ledger import Ledger, Limit, LimitReached
from inedit.store import open_store

def work(worker):
    ledger = Ledger(open_store(sys.argv[1])).with_limits(Limit("campaign", 50 * 1450 + 7, "USD"))
    for attempt in range(1, 20):
        try:
            reservation = ledger.reserve(a_call(a_spec(worker), attempt), 1000, 600)
        except LimitReached:
            return
        (state,) = ledger.budgets(campaign_id="spring")
        assert state.left_micros >= 0, state
        used = a_usage(tokens_in=1000, cached=0, out=600)
        ledger.settle(reservation, used, f"{worker}-{attempt}")

children = []
for worker in range(64):  # each a process of its own, with what was imported before
    child = os.fork()
    if child == 0:
        try:
            work(worker)
        except BaseException as error:
            print(worker, repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    children.append(child)
sys.exit(sum(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0 for child in children))
"""

CRASHER = """
import os, signal, sys
sys.path.insert(0, sys.argv[2])
from fakes.ledger import a_call, a_usage
from inedit.ledger import Ledger
from inedit.ledger.exports.rows import export
from inedit.model import Status
from inedit.store import open_store
from inedit.store.seals import seal_piece
from inedit.store.tables import pieces

ledger = Ledger(open_store(sys.argv[1]))
ledger.settle(ledger.reserve(a_call(), 1000, 600), a_usage(), "before the crash")
reservation = ledger.reserve(a_call(attempt=2), 1000, 600)
kill = lambda connection: os.kill(os.getpid(), signal.SIGKILL)
ledger.settle(reservation, a_usage(), "during the crash", within_transaction=kill)
"""


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'inedit.db'}"
    return new_database(request.getfixturevalue("postgres_server"))


def test_64_processes_never_pass_a_hard_limit(url: str) -> None:
    """They race for 50 calls' worth of money: 50 calls are made, each charged once, and the chain holds."""
    open_store(url).close()
    race = subprocess.run(
        [sys.executable, "-c", WORKERS, url, str(TESTS)],
        timeout=240,
        check=False,
        capture_output=True,
        text=True,
    )
    told = [line for line in race.stderr.splitlines() if "waiting up to" not in line]  # on a busy machine
    assert (race.returncode, told) == (0, [])
    store = open_store(url)
    ledger = Ledger(store)
    summary = ledger.summary()
    assert (summary.calls, summary.possibly_billed) == (50, 0)
    assert summary.cost_micros == {"USD": 50 * ESTIMATE}
    assert ledger.verify().flaws == ()
    store.close()


def test_a_process_that_is_killed_loses_no_charge_and_hides_no_call(url: str) -> None:
    """What was settled is there; what was under way is shown as possibly billed, and can still be charged."""
    killed = subprocess.run([sys.executable, "-c", CRASHER, url, str(TESTS)], timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    store = open_store(url)
    ledger = Ledger(store)
    summary = ledger.summary()
    assert (summary.calls, summary.possibly_billed) == (1, 1)
    assert ledger.verify().flaws == ()
    (pending,) = ledger.pending()
    assert pending.call.attempt == 2
    ledger.void(pending, "the provider's usage does not have it")
    assert ledger.summary().possibly_billed == 0
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entries SET cost_micros = 0",
        "DELETE FROM ledger_entries",
        "TRUNCATE ledger_entries CASCADE",
        "UPDATE closings SET closed_by = 'x'",
        "TRUNCATE closings",
        "DELETE FROM reservations",
        "TRUNCATE reservations",
        "UPDATE reservations SET state = 'open', closed_at = NULL",
        "INSERT INTO ledger_entries SELECT * FROM ledger_entries",
        "UPDATE human_reviews SET sources = 1",
        "DELETE FROM human_reviews",
        "TRUNCATE human_reviews",
    ],
)
def test_postgres_refuses_to_change_the_past(history: Ledger, statement: str) -> None:
    """Triggers abort what would alter or remove an entry, a closing, or a reservation that is closed."""
    with pytest.raises(IntegrityError), history.store.write() as connection:
        connection.execute(text(statement))
    assert history.verify().flaws == ()


def test_verify_names_what_was_done_on_postgres(history: Ledger) -> None:
    """Whoever owns the database can switch triggers off; the switch and the row are named."""
    with history.store.write() as connection:
        connection.execute(text("ALTER TABLE ledger_entries DISABLE TRIGGER ledger_entries_no_update"))
        connection.execute(text("UPDATE ledger_entries SET cost_micros = 0 WHERE seq = 1"))
    found = {flaw.rule for flaw in history.verify().flaws}
    assert found == {"chain", "price", "balance", "trigger", "sums"}
    with history.store.write() as connection:
        connection.execute(text("UPDATE ledger_entries SET cost_micros = 602 WHERE seq = 1"))
        connection.execute(text("ALTER TABLE ledger_entries ENABLE TRIGGER ledger_entries_no_update"))
    assert history.verify().flaws == ()


def test_reports_and_views_on_postgres_tell_the_same(history: Ledger) -> None:
    """Sums stay integers, and a status written as a Python enumeration is its word."""
    with history.store.write() as connection:
        connection.execute(
            pieces.insert().values(
                id="p", run_id="run-1", campaign_id="spring", spec_key=a_spec().key, brief_sha="b", scope="s",
                status=Status.ACCEPTED, spec="{}", parts="{}", text="t", verdict="{}", attempts=1,
                created_at="2026-11-22T09:00:00.000Z",
            )
        )  # fmt: skip
        seal_piece(connection, "p")
    summary = history.summary()
    assert (summary.accepted_pieces, summary.cost_micros) == (1, {"USD": 602})
    assert isinstance(summary.cost_micros["USD"], int)
    assert history.piece_costs()[a_spec().key, 1].cost_micros == 602
    out = io.StringIO()
    assert export(history.store, out, "csv") == 1
    with history.store.read() as connection:
        row = connection.execute(text("SELECT status, cost_micros FROM finance_pieces")).one()
    assert tuple(row) == ("accepted", 602)


@pytest.fixture(scope="module")
def history(postgres_server: str) -> Iterator[Ledger]:
    """One call of a month that is closed, on Postgres."""
    clock = Clock()
    clock.turn_to(2026, 10, 5)
    store = open_store(new_database(postgres_server))
    ledger = Ledger(store, clock=clock)
    pay(ledger)
    ledger.record_human_review(
        Piece("p-1", "run-1", a_spec(), Status.ACCEPTED, {}, Verdict(), 1), by="Anne", checked=("accuracy",),
        seconds=90, decision="approved", at=clock(),
    )  # fmt: skip
    clock.turn_to(2026, 11, 5)
    ledger.close_month("2026-10", "Ana")
    yield ledger
    store.close()
