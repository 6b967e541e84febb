"""Writes the ledger of the schema that the program beside it has, as SQL, for ``tests/unit/store/test_migrating.py``.

    python tests/data/ledgers/make.py > tests/data/ledgers/NNNN.sql     # before the next migration is added

Eight calls over two months of which one is closed, one of unknown price and one under an id that came twice; a
correction, two savings, a review, minutes put back; a call voided, one possibly billed, one under way.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from fakes.ledger import Clock, a_baseline, a_call, a_spec, a_usage
from inedit.ledger import Call, Ledger
from inedit.store import Store, open_store
from inedit.store.seals import seal_piece
from inedit.store.tables import attempts, pieces

THEN = "2026-11-02T09:00:00.000Z"


def write(store: Store) -> None:
    """The ledger, with the pieces and drafts that its figures are about."""
    clock = Clock()
    ledger = Ledger(store, clock=clock)
    first, german = a_spec(), a_spec(0, "de", "social")

    def pay(call: Call, response: str) -> str:
        return ledger.settle(ledger.reserve(call, 900, 200), a_usage(call.model), response).id

    clock.turn_to(2026, 10, 30)
    october = pay(a_call(first), "r1")
    late = ledger.reserve(a_call(first, 2), 1000, 600)
    clock.turn_to(2026, 11, 2)
    ledger.close_month("2026-10", "Ana")
    ledger.settle(late, a_usage(), "r2", occurred_at=late.reserved_at)
    pay(a_call(first, 3), "r3")
    pay(a_call(german, model="gpt-4o-mini"), "r4")
    pay(a_call(a_spec(2), provider="embedded", model="qwen"), "r5")
    pay(a_call(a_spec(3), provider="localhost:11434", model="llama"), "r6")
    pay(a_call(first), "r6b")
    pay(a_call(first), "r3")
    ledger.correct(october, 700, "USD", "invoice 12")
    _rest(store)
    for spec in (first, a_spec(2)):
        ledger.record_saving(spec, a_baseline(), run_id="run-1")
    ledger.record_review(first, Decimal("6.5"), by="Ana")
    ledger.record_reinvested(Decimal(20), by="Ana", campaign_id="spring")
    ledger.void(ledger.reserve(a_call(first), 10, 10), "Throttled")
    ledger.doubt(ledger.reserve(a_call(first, 4), 1000, 600), "timeout")
    ledger.reserve(a_call(german, 2), 1000, 600)


def _rest(store: Store) -> None:
    keys = [a_spec().key, a_spec(0, "de", "social").key, a_spec(2).key]
    refusals = [
        (keys[0], 1, "figures"),
        (keys[0], 2, "echo"),
        (keys[0], 3, None),
        (keys[1], 1, "near-duplicate"),
    ]
    with store.write() as connection:
        for key, attempt, check in refusals:
            found = [{"check": check, "severity": "block"}] if check else []
            verdict = json.dumps({"findings": found, "receipts": []})
            connection.execute(
                attempts.insert().values(
                    run_id="run-1", campaign_id="spring", spec_key=key, attempt=attempt, spec="{}", usage="{}",
                    verdict=verdict, created_at=THEN, refused_for=check,
                )
            )  # fmt: skip
        for key, status, drafts in zip(keys, ("accepted", "parked", "accepted"), (3, 1, 1), strict=True):
            connection.execute(
                pieces.insert().values(
                    id=f"{key}-1", run_id="run-1", campaign_id="spring", spec_key=key, brief_sha="b", scope="s",
                    status=status, spec="{}", parts="{}", text="t", verdict='{"findings":[],"receipts":[]}',
                    attempts=drafts, created_at=THEN,
                )
            )  # fmt: skip
            seal_piece(connection, f"{key}-1")


def main() -> None:
    """Prints the statements that make the file anew."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inedit.db"
        store = open_store(f"sqlite:///{path}")
        write(store)
        assert Ledger(store).verify().flaws == ()
        store.close()
        connection = sqlite3.connect(path)
        print("\n".join(connection.iterdump()))
        connection.close()


if __name__ == "__main__":
    main()
