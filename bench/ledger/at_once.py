"""What does a call take in the ledger when several come at once: CPU, seconds on the clock, commits?

    python bench/ledger/at_once.py [--calls 600] [--workers 1 6] [--rounds 3] [--before OLD/src]

Each measurement is a process of its own on an empty SQLite database: calls of a model with a list price are set aside
and charged under a monthly limit, the answer kept in the transaction that charges it, by so many threads. With
``--before``, an older package is measured in turn with this one, each time first.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from books import a_call, a_usage
from sqlalchemy import Connection, event, text

from inedit.ledger import Ledger, Limit
from inedit.ledger.pricing.prices import PriceBook
from inedit.store import open_store

WARM = 40
LIMIT = Limit("month", 10**12, "USD", unknown_price_allowed=True)


def measured(calls: int, workers: int) -> dict[str, Any]:
    """Of one call: milliseconds of CPU and on the clock, and commits."""
    commits = 0

    def count(_connection: Connection) -> None:
        nonlocal commits
        commits += 1

    with tempfile.TemporaryDirectory() as folder, closing(open_store(f"sqlite:///{folder}/l.db")) as store:
        ledger = Ledger(store, PriceBook(), limits=(LIMIT,))
        with store.write() as connection:
            connection.execute(text("CREATE TABLE answers (number INTEGER, answer TEXT)"))

        def call(number: int) -> None:
            def keep(connection: Connection) -> None:
                connection.execute(
                    text("INSERT INTO answers VALUES (:number, :answer)"),
                    {"number": number, "answer": "x" * 600},
                )

            reservation = ledger.reserve(a_call(number), 1_600, 450)
            ledger.settle(
                reservation,
                a_usage(number, "gpt-5-mini"),
                f"id-{number}",
                answer="x" * 600,
                within_transaction=keep,
            )

        event.listen(store.engine, "commit", count)
        with ThreadPoolExecutor(workers) as threads:
            list(threads.map(call, range(WARM)))
            commits, cpu, clock = 0, time.process_time(), time.perf_counter()
            list(threads.map(call, range(WARM, WARM + calls)))
            return {
                "cpu_ms": round(1e3 * (time.process_time() - cpu) / calls, 2),
                "ms": round(1e3 * (time.perf_counter() - clock) / calls, 2),
                "commits": round(commits / calls, 2),
            }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--calls", type=int, default=600)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 6])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--before", type=Path, help="the src folder of an older version")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        print(json.dumps(measured(given.calls, given.workers[0])))
        return
    for workers in given.workers:
        for _ in range(given.rounds):
            for name, source in (("before", given.before), ("now", Path(__file__).parents[2] / "src")):
                if source is None:
                    continue
                command = [sys.executable, __file__, "--here", "--calls", str(given.calls)]
                done = subprocess.run(
                    [*command, "--workers", str(workers)],
                    env={**os.environ, "PYTHONPATH": str(source.resolve())},
                    capture_output=True,
                    text=True,
                    check=True,
                )
                print(
                    f"{workers} at once, {name}: {done.stdout.strip()} (load {os.getloadavg()[0]:.0f})",
                    flush=True,
                )


if __name__ == "__main__":
    main()
