"""How fast the ledger appends, verifies, reports and exports, and how that grows with its length.

    python bench/ledger/growth.py [--sizes 10000 100000] [--calls 500] [--json FILE]

Appending is measured through the public door (reserve, settle: two durable commits a call), by one worker and by 16.
The long ledgers are written in groups, as an import would, by the code that seals every entry; then `verify`, the
monthly report and the CSV export are timed on them, each with the most memory that Python held meanwhile.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
import time
import tracemalloc
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from inedit.ledger import Call, Ledger
from inedit.ledger.budgets import book, scopes_of
from inedit.ledger.chain import columns_of, hash_of, head
from inedit.ledger.entries import blank_entry, period_of, with_price, with_usage
from inedit.ledger.export import export
from inedit.ledger.focus import export_focus
from inedit.model import LedgerEntry, Usage, VariantSpec
from inedit.store import Store, open_store, utc_text
from inedit.store.tables import ledger_entries, pieces, reservations

GROUP = 1000
LONG_SECONDS = 30.0
START = datetime(2026, 1, 1, tzinfo=UTC)
CHANNELS, SEGMENTS, LANGUAGES, TONES = ("email", "post", "page"), "abcd", ("fr", "en", "de"), "wxyz"
MODELS = ("gpt-5-mini", "gpt-4o-mini")


def a_spec(number: int) -> VariantSpec:
    """One of the variants of 20 campaigns."""
    return VariantSpec(
        f"campaign-{number % 20}", CHANNELS[number % 3], SEGMENTS[number // 3 % 4], LANGUAGES[number // 12 % 3],
        TONES[number // 36 % 4], number // 144,
    )  # fmt: skip


def a_call(number: int) -> Call:
    """Every third call is a second attempt at the piece of the call before."""
    spec, attempt = a_spec(number - (number % 3 == 2)), 1 + (number % 3 == 2)
    return Call.for_variant(
        spec, purpose="draft", provider="openai", model=MODELS[number % 2], run_id=f"run-{number // 500}",
        attempt=attempt,
    )  # fmt: skip


def a_usage(number: int, model: str) -> Usage:
    """Tokens that vary from call to call."""
    tokens_in = 900 + number % 700
    return Usage(model, tokens_in, number % 800, 150 + number % 300, 0, 1.0)


def append_singly(ledger: Ledger, calls: int, workers: int) -> float:
    """Calls a second through reserve and settle, each with two durable commits."""

    def work(worker: int) -> None:
        for number in range(worker, calls, workers):
            call = a_call(number)
            reservation = ledger.reserve(call, 1600, 450)
            ledger.settle(reservation, a_usage(number, call.model), uuid.uuid4().hex)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(workers)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return calls / (time.perf_counter() - start)


def fill(ledger: Ledger, entries: int) -> float:
    """Append that many sealed calls in groups of one transaction each: entries a second."""
    store, start = ledger.store, time.perf_counter()
    for first in range(0, entries, GROUP):
        with store.write() as connection:
            store.lock(connection, "ledger")
            last = head(connection)
            rows, held, settled = [], [], []
            charged: Counter[tuple[tuple[str, str], str | None]] = Counter()
            for number in range(first, min(first + GROUP, entries)):
                entry, reservation = _sealed(ledger, number, last.seq + 1, last.hash)
                rows.append(columns_of(entry))
                held.append(reservation)
                last = replace(last, seq=entry.seq, hash=entry.hash)
                for scope in scopes_of(a_call(number), entry.period):
                    charged[scope, entry.currency] += entry.cost_micros or 0
                if number % 3 == 2:
                    settled.append(_piece(number))
            for (scope, currency), micros in charged.items():
                book(connection, [scope], currency, settled_micros=micros)
            connection.execute(insert(ledger_entries), rows)
            connection.execute(insert(reservations), held)
            if settled:
                connection.execute(insert(pieces), settled)
    return entries / (time.perf_counter() - start)


def _sealed(ledger: Ledger, number: int, seq: int, prev_hash: str) -> tuple[LedgerEntry, dict[str, Any]]:
    call, moment = a_call(number), START + timedelta(seconds=number * 25)
    usage, period = a_usage(number, call.model), period_of(moment)
    price = ledger.prices.price("openai", usage, at=moment)
    blank = blank_entry("call", call, recorded=moment, occurred=moment, period=period)
    reservation_id, priced = (
        uuid.uuid4().hex,
        with_price(with_usage(blank, usage), price, price.cost_micros(usage)),
    )
    linked = replace(
        priced, seq=seq, prev_hash=prev_hash, reservation_id=reservation_id, response_id=uuid.uuid4().hex
    )
    row = {
        "id": reservation_id, "reserved_at": utc_text(moment), "closed_at": utc_text(moment), "state": "settled",
        "run_id": call.run_id, "campaign_id": call.campaign_id, "period": period, "call": call.as_text(),
        "estimate_micros": 2000, "currency": "USD",
    }  # fmt: skip
    return replace(linked, hash=hash_of(columns_of(linked))), row


def _piece(number: int) -> dict[str, Any]:
    spec = a_spec(number - 1)
    return {
        "id": f"{spec.key}-1", "run_id": f"run-{number // 500}", "campaign_id": spec.campaign_id,
        "spec_key": spec.key, "brief_sha": "b", "scope": "s", "spec": "{}", "parts": "{}", "text": "t",
        "status": "accepted" if number % 2 else "parked", "verdict": "{}", "attempts": 2,
        "created_at": utc_text(START + timedelta(seconds=number * 25)),
    }  # fmt: skip


def timed(work: Callable[[], object]) -> dict[str, float]:
    """Seconds of the best of two runs (one, when it takes long), and the most megabytes that Python held in another."""
    seconds: list[float] = []
    while len(seconds) < 2 and sum(seconds) < LONG_SECONDS:
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {"seconds": round(min(seconds), 3), "peak_mb": round(peak / 1e6, 1)}


def export_csv(store: Store, path: Path) -> None:
    """The whole ledger as CSV."""
    with path.open("w", newline="", encoding="utf-8") as out:
        export(store, out, "csv")


def export_as_focus(store: Store, path: Path) -> None:
    """The whole ledger as FOCUS 1.2, up to three rows a call."""
    with path.open("w", newline="", encoding="utf-8") as out:
        export_focus(store, out)


def measure(folder: Path, sizes: list[int], calls: int) -> dict[str, Any]:
    """Every figure."""
    figures: dict[str, Any] = {}
    for workers in (1, 16):
        store = open_store(f"sqlite:///{folder / f'single-{workers}.db'}")
        figures[f"calls_per_second_{workers}_workers"] = round(
            append_singly(Ledger(store), calls, workers), 1
        )
        store.close()
    for size in sizes:
        store = open_store(f"sqlite:///{folder / f'{size}.db'}")
        ledger = Ledger(store)
        appended = round(fill(ledger, size))
        month = period_of(START + timedelta(seconds=(size - 1) * 25))
        figures[str(size)] = {
            "appended_per_second_in_groups": appended,
            "verify": timed(ledger.verify),
            "report_of_last_month": timed(lambda ledger=ledger, month=month: ledger.summary(period=month)),
            "report_of_everything": timed(ledger.summary),
            "export_csv": timed(lambda store=store, size=size: export_csv(store, folder / f"{size}.csv")),
            "export_focus": timed(
                lambda store=store, size=size: export_as_focus(store, folder / f"{size}.csv")
            ),
            "megabytes": round((folder / f"{size}.db").stat().st_size / 1e6, 1),
        }
        if not (proof := ledger.verify()).holds:
            raise SystemExit(f"the ledger that was written does not hold: {proof.flaws[:3]}")
        store.close()
    return figures


def main() -> None:
    """Measure, print, and write the figures to a file if one is named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--calls", type=int, default=500)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), arguments.sizes, arguments.calls)
    told = json.dumps(figures, indent=2)
    print(told)
    if arguments.json:
        arguments.json.write_text(told + "\n")


if __name__ == "__main__":
    main()
