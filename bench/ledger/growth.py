"""How fast the ledger appends, verifies, reports and exports, and how that grows with its length.

    python bench/ledger/growth.py [--sizes 10000 100000 1000000] [--calls 500] [--keep FOLDER] [--json FILE]

Appending is measured in groups of 1,000 entries a commit with everything that is kept beside them; one durable commit
an entry (``correct``), on an empty ledger and at each length; and through the public door (``reserve`` and ``settle``:
two commits a call, by one worker and by 16). The limit of the disk stands beside each, taken at the same moment: bare
commits of one row.

Then `verify`, the report of the last month and of everything, and the CSV and FOCUS exports are timed, each in a
process of its own that also tells the most memory it held; beside them the time to read all rows with bare SQLite. Last
comes the command a person types, `inedit ledger report --month`, from start to end.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from books import PIECES_A_CAMPAIGN, Books, a_call, a_usage, entries_of

from inedit.ledger import Ledger, Limit
from inedit.ledger.exports.focus import export_focus
from inedit.ledger.exports.rows import export
from inedit.ledger.journal.reading import Scope
from inedit.ledger.reports.reporter import Reporter
from inedit.store import Store, open_store

GROUP = 1000
LAST_MONTH = "2026-10"
PROJECT = Path(__file__).parents[2]
LIMITS = (Limit("month", 500_000, "USD"), Limit("campaign", 5_000_000, "USD", hard=False))


def append_singly(ledger: Ledger, entries: int) -> float:
    """Entries a second, each a transaction of its own that is on the disk before the next begins."""
    paid = ledger.settle(ledger.reserve(a_call(1), 1600, 450), a_usage(1, "gpt-5-mini"), uuid.uuid4().hex)
    start = time.perf_counter()
    for number in range(entries):
        ledger.correct(paid.id, number, "USD", "one of many")
    return round(entries / (time.perf_counter() - start), 1)


def append_calls(ledger: Ledger, calls: int, workers: int) -> float:
    """Calls a second through reserve and settle, each with two durable commits."""

    def work(worker: int) -> None:
        for number in range(1 + worker, calls + 1, workers):
            call = a_call(number if number % 211 else number + 1)
            ledger.settle(ledger.reserve(call, 1600, 450), a_usage(number, call.model), uuid.uuid4().hex)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(workers)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return calls / (time.perf_counter() - start)


def bare_commits(folder: Path, commits: int) -> float:
    """The disk's limit: commits a second of one row of 1 kB into a bare table, flushed like ours."""
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS bare (seq INTEGER PRIMARY KEY, row TEXT) STRICT")
        start = time.perf_counter()
        for _ in range(commits):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO bare (row) VALUES (?)", ("x" * 1000,))
            connection.execute("COMMIT")
        return commits / (time.perf_counter() - start)


def fill(ledger: Ledger, entries: int) -> dict[str, float]:
    """Append that many in groups: entries a second of wall time and of CPU time, the making of the rows left out."""
    books, wall, cpu = Books(ledger, entries), 0.0, 0.0
    for group in books.groups(GROUP):
        start, used = time.perf_counter(), time.process_time()
        books.write(group)
        wall, cpu = wall + time.perf_counter() - start, cpu + time.process_time() - used
    count = entries_of(ledger.store)
    return {"entries": count, "per_second": round(count / wall), "per_cpu_second": round(count / cpu)}


def _exported(store: Store, write: Callable[..., object], path: Path, *more: object) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        write(store, out, *more)


def _report(store: Store, scope: Scope) -> None:
    briefed = {f"campaign-{number}": date(2026, 1, 1) for number in range(10**6 // PIECES_A_CAMPAIGN)}
    Reporter(Ledger(store, limits=LIMITS), briefed).report(scope)


def _read_bare(store: Store) -> None:
    with closing(sqlite3.connect(str(store.engine.url.database))) as connection:
        for _ in connection.execute("SELECT * FROM ledger_entries ORDER BY seq"):
            pass


WORK: dict[str, Callable[[Store, Path], object]] = {
    "read_bare": lambda store, _: _read_bare(store),
    "verify": lambda store, _: _held(store),
    "report_of_a_month": lambda store, _: _report(store, Scope(period=LAST_MONTH)),
    "report_of_everything": lambda store, _: _report(store, Scope()),
    "export_csv": lambda store, path: _exported(store, export, path, "csv"),
    "export_focus": lambda store, path: _exported(store, export_focus, path),
}


def _held(store: Store) -> None:
    if not (proof := Ledger(store).verify()).holds:
        raise SystemExit(f"the ledger that was written does not hold: {proof.flaws[:3]}")


def work_alone(name: str, database: Path) -> None:
    """What a child process does: one of the works, timed, with the most memory that it added."""
    store = open_store(f"sqlite:///{database}")
    with tempfile.TemporaryDirectory() as folder:
        before, start, used = _megabytes(), time.perf_counter(), time.process_time()
        WORK[name](store, Path(folder) / "out")
        wall, cpu = time.perf_counter() - start, time.process_time() - used
    told = {"seconds": wall, "cpu_seconds": cpu, "added_mb": _megabytes() - before}
    print(json.dumps({key: round(value, 2) for key, value in told.items()}))


def _megabytes() -> float:
    """The most memory that this process has held so far; what getrusage says includes the process that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measured(name: str, database: Path, times: int = 2) -> dict[str, float]:
    """The quickest of several runs, each in a process of its own."""
    runs = [
        json.loads(
            subprocess.run(
                [sys.executable, __file__, "--work", name, "--database", str(database)],
                check=True, capture_output=True, text=True,
            ).stdout
        )
        for _ in range(times)
    ]  # fmt: skip
    return min(runs, key=lambda run: float(run["seconds"]))


def command_seconds(database: Path) -> float:
    """The command that a person types, Python's start included."""
    command = [
        sys.executable,
        "-c",
        "from inedit.cli import main; main()",
        "ledger",
        "report",
        "--month",
        LAST_MONTH,
    ]
    environment = {**os.environ, "INEDIT_DATABASE_URL": f"sqlite:///{database}", "COLUMNS": "120"}
    start = time.perf_counter()
    subprocess.run([*command, "--project", str(PROJECT)], check=True, capture_output=True, env=environment)
    return round(time.perf_counter() - start, 2)


def measure(folder: Path, sizes: Sequence[int], calls: int) -> Iterator[tuple[str, Any]]:
    """Every figure, one after the other."""
    yield "bare_commits_per_second", round(bare_commits(folder, calls))
    for name, append in (
        ("entries_per_second_one_commit_each", lambda ledger: append_singly(ledger, calls)),
        ("calls_per_second_1_worker", lambda ledger: append_calls(ledger, calls, 1)),
        ("calls_per_second_16_workers", lambda ledger: append_calls(ledger, calls, 16)),
    ):
        store = open_store(f"sqlite:///{folder / f'{name}.db'}")
        yield name, round(append(Ledger(store)), 1)
        store.close()
    for size in sizes:
        database = folder / f"{size}.db"
        store = open_store(f"sqlite:///{database}")
        figures: dict[str, Any] = (
            {"append_in_groups": fill(Ledger(store), size)} if not entries_of(store) else {}
        )
        store.close()
        for name in WORK:
            figures[name] = measured(name, database, 2 if size < 10**6 or "report" in name else 1)
        figures["command_report_of_a_month_seconds"] = command_seconds(database)
        figures["megabytes"] = round(database.stat().st_size / 1e6)
        store = open_store(f"sqlite:///{database}")  # last, since it makes the ledger longer
        figures["entries_per_second_one_commit_each"] = append_singly(Ledger(store), calls)
        figures["bare_commits_per_second"] = round(bare_commits(folder, calls))
        store.close()
        yield str(size), figures


def main() -> None:
    """Measure, print, and write the figures to a file if one is named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--calls", type=int, default=500)
    parser.add_argument(
        "--keep",
        type=Path,
        help="keep the ledgers in this folder, and use those that are there (each time a little longer)",
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--work", choices=WORK, help=argparse.SUPPRESS)
    parser.add_argument("--database", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.work:
        work_alone(arguments.work, arguments.database)
        return
    figures = {}
    with tempfile.TemporaryDirectory() as temporary:
        for name, figure in measure(arguments.keep or Path(temporary), arguments.sizes, arguments.calls):
            figures[name] = figure
            print(f"{name}: {json.dumps(figure, indent=2)}", flush=True)
    print(f"load average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
