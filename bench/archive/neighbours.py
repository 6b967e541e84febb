"""How long it takes to find what stands near a text by meaning, with SQLite and with Postgres, as the archive grows.

    python bench/archive/neighbours.py --pieces 1000 10000 --repeats 20

For each size: the vectors are written, a process that knows nothing of them makes its first look (it reads them all),
and then looks again and again as an admission does: the best sibling and the best other piece of the scope.
The peer of the same run is what numpy needs for the same product over the same rows. Needs the test extras, whose
wheel brings a Postgres with pgvector.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from fakes.postgres import new_database, running_postgres
from inedit.archive.in_memory import InMemory
from inedit.archive.neighbours import Embedding
from inedit.store import Store, open_store
from inedit.store.tables import pieces, vectors

DIMENSIONS = 512
BRAND, SCOPE = "brand", "brand:fr"
FALLING = np.exp(-np.arange(DIMENSIONS) / 98)
"""How the numbers of the encoder's vectors fall off: a quarter of their length is beyond the first 128."""

BLOCK = 1000
CAMPAIGNS = ("winter", "spring")


def fill(store: Store, rows: np.ndarray) -> None:
    """One accepted piece a row, in blocks."""
    specs = [
        json.dumps(
            {"campaign_id": campaign, "channel": "social", "segment": "s", "tone": "plain", "language": "fr"}
        )
        for campaign in CAMPAIGNS
    ]
    for start in range(0, len(rows), BLOCK):
        numbers = range(start, min(start + BLOCK, len(rows)))
        with store.write() as connection:
            connection.execute(
                pieces.insert(),
                [
                    {
                        "id": f"p{n}", "run_id": "r", "campaign_id": CAMPAIGNS[n % 2], "spec_key": f"k{n}",
                        "edition": 1, "brief_sha": "b", "scope": SCOPE, "status": "accepted", "parts": "{}",
                        "spec": specs[n % 2], "text": f"text {n}", "verdict": "{}", "attempts": 1,
                        "created_at": "2026",
                    }
                    for n in numbers
                ],
            )  # fmt: skip
            connection.execute(
                vectors.insert(),
                [
                    {
                        "piece_id": f"p{n}", "model": "e", "digest": "d", "dimensions": DIMENSIONS,
                        "data": rows[n].tobytes() if store.is_sqlite else rows[n],
                    }
                    for n in numbers
                ],
            )  # fmt: skip


def milliseconds(work: Callable[[], object], repeats: int) -> float:
    """The median of several runs."""
    taken = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pieces", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--repeats", type=int, default=20)
    arguments = parser.parse_args()
    draw = np.random.default_rng(1)
    print(
        f"{'pieces':>8} {'where':10} {'first look':>12} {'each look':>12} {'numpy alone':>12}   (median, ms)"
    )
    with running_postgres() as server, tempfile.TemporaryDirectory() as folder:
        for count in arguments.pieces:
            rows = (draw.normal(size=(count + 1, DIMENSIONS)) * FALLING).astype(np.float32)
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
            own = Embedding(rows[-1], "e", "d")
            numpy_ms = milliseconds(lambda rows=rows: (rows[:-1] @ rows[-1]).max(), arguments.repeats)
            for url, kind in (
                (f"sqlite:///{folder}/{count}.db", "SQLite"),
                (new_database(server), "Postgres"),
            ):
                store = open_store(url)
                neighbours = InMemory(BRAND, store, Path(folder) / f"{kind} {count}")
                fill(store, rows[:-1])

                def look(store: Store = store, seen: InMemory = neighbours, own: Embedding = own) -> None:
                    with store.write() as connection:
                        best = seen.seen_from(connection, own).best(SCOPE, CAMPAIGNS[0])
                    if None in best:
                        raise SystemExit("the pieces are not found")

                first = milliseconds(look, 1)
                neighbours.keep(own)
                each = milliseconds(look, arguments.repeats)
                print(f"{count:8} {kind:10} {first:12.1f} {each:12.1f} {numpy_ms:12.1f}")
                store.close()


if __name__ == "__main__":
    main()
