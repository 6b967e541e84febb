"""The ledger under several processes at once, and after one was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fakes.postgres import new_database, postgres_server  # noqa: F401  # a fixture
from inedit.ledger import Ledger
from inedit.store import open_store

ESTIMATE = 1450
TESTS = Path(__file__).parent.parent

WORKER = """
import sys, threading
sys.path.insert(0, sys.argv[3])
from fakes.ledger import a_call, a_spec, a_usage
from inedit.ledger import Ledger, Limit, LimitReached
from inedit.store import open_store

ledger = Ledger(open_store(sys.argv[1])).with_limits(Limit("campaign", 50 * 1450 + 7, "USD"))

def work(thread):
    for attempt in range(1, 20):
        try:
            reservation = ledger.reserve(a_call(a_spec(thread), attempt), 1000, 600)
        except LimitReached:
            return
        (state,) = ledger.budgets(campaign_id="spring")
        assert state.left_micros >= 0, state
        used = a_usage(tokens_in=1000, cached=0, out=600)
        ledger.settle(reservation, used, f"{sys.argv[2]}-{thread}-{attempt}")

threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""

CRASHER = """
import os, signal, sys
sys.path.insert(0, sys.argv[2])
from fakes.ledger import a_call, a_usage
from inedit.ledger import Ledger
from inedit.store import open_store

ledger = Ledger(open_store(sys.argv[1]))
ledger.settle(ledger.reserve(a_call(), 1000, 600), a_usage(), "before the crash")
reservation = ledger.reserve(a_call(attempt=2), 1000, 600)
kill = lambda connection: os.kill(os.getpid(), signal.SIGKILL)
ledger.settle(reservation, a_usage(), "during the crash", alongside=kill)
"""


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'inedit.db'}"
    return new_database(request.getfixturevalue("postgres_server"))


def test_four_processes_of_sixteen_threads_never_pass_a_hard_limit(url: str) -> None:
    """64 workers race for 50 calls' worth of money: 50 calls are made, each charged once, and the chain holds."""
    open_store(url).close()
    processes = [
        subprocess.Popen([sys.executable, "-c", WORKER, url, str(number), str(TESTS)]) for number in range(4)
    ]
    assert [process.wait(timeout=120) for process in processes] == [0, 0, 0, 0]
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
