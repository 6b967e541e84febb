"""Does anybody wait while a process that knows nothing reads a long archive?

    python bench/archive/building.py --texts 10000 [--json FILE]

An SQLite archive of so many accepted texts; then a process without an index admits its first draft while another
process, and another thread of the same one, write to the same database every 5 ms; then a new process does, with the
index that the first one kept. Printed of both: the seconds of the first admission, how long the writes waited
meanwhile, and how long they wait while nothing is built; the milliseconds of the admissions after it with their
transactions, and resident memory. The numbers of the vectors fall off as those of the encoder do on such texts: a
quarter of their length is beyond the first 128.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))
sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from texts import texts

from fakes.brand import tiny_brand, tiny_campaign, tiny_spec
from inedit.archive.admission import Archive, Embedding
from inedit.archive.rows import dump, spec_json
from inedit.encoding.threads import compute_on_one_thread
from inedit.model import Piece, Status, Verdict
from inedit.pipeline.worker_pool import SWITCH_SECONDS
from inedit.store import Store, open_store
from inedit.store.tables import pieces, vectors

DIMENSIONS, BLOCK, DRAFTS, EVERY_SECONDS = 512, 1_000, 200, 0.005
ALONE_SECONDS = 10.0
ENCODER = ("encoder", "digest")
FALLING = np.exp(-np.arange(DIMENSIONS) / 98)


def vector(draw: np.random.Generator) -> np.ndarray:
    made = (draw.normal(size=DIMENSIONS) * FALLING).astype(np.float32)
    return made / np.linalg.norm(made)


def piece(number: int, parts: dict[str, str]) -> Piece:
    """An accepted piece at a place of its own."""
    spec = replace(tiny_spec("fr", index=number), campaign_id=f"campaign-{number // 500}")
    return Piece(f"{spec.key}-1", "run", spec, Status.ACCEPTED, parts, Verdict(), 1)


def fill(store: Store, count: int) -> None:
    """So many texts of a bench, five hundred a campaign, with any vectors."""
    written, draw = texts("fr", 7), np.random.default_rng(7)
    brand_id = tiny_brand().identity.id
    for start in range(0, count, BLOCK):
        made = []
        for number in range(start, min(start + BLOCK, count)):
            hook, before, after = next(written)
            made.append(piece(number, {"hook": hook, "body": f"{before} {after}"}))
        with store.write() as connection:
            connection.execute(
                pieces.insert(),
                [
                    {
                        "id": p.id, "run_id": "r", "campaign_id": p.spec.campaign_id, "spec_key": p.spec.key,
                        "edition": 1, "brief_sha": "b", "scope": f"{brand_id}:fr", "status": "accepted",
                        "parts": dump(dict(p.parts)), "spec": dump(spec_json(p.spec)), "text": p.text,
                        "verdict": "{}", "attempts": 1, "created_at": "2026",
                    }
                    for p in made
                ],
            )  # fmt: skip
            connection.execute(
                vectors.insert(),
                [
                    {
                        "piece_id": p.id, "model": ENCODER[0], "digest": ENCODER[1], "dimensions": DIMENSIONS,
                        "data": vector(draw).tobytes(),
                    }
                    for p in made
                ],
            )  # fmt: skip


def writing(url: str, stop: threading.Event) -> list[float]:
    """The milliseconds that each of many small writes took until it was asked to stop."""
    store, taken = open_store(url), []
    while not stop.is_set():
        begun = time.perf_counter()
        with store.write() as connection:
            connection.exec_driver_sql("UPDATE pauses SET until = '' WHERE bucket = 'bench'")
        taken.append(1e3 * (time.perf_counter() - begun))
        stop.wait(EVERY_SECONDS)
    store.close()
    return taken


def write_until_told(url: str) -> None:
    """The other process: writes until its input ends, then tells how long each write took."""
    print("ready", flush=True)  # everything is imported
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    print(json.dumps(writing(url, stop)))


def waits(taken: list[float]) -> dict[str, float]:
    """Median, 99th percentile and longest."""
    ordered = sorted(taken)
    return {
        "writes": len(ordered),
        "median_ms": round(statistics.median(ordered), 2),
        "p99_ms": round(ordered[int(0.99 * (len(ordered) - 1))], 1),
        "longest_ms": round(ordered[-1], 1),
    }


def beside_writes(url: str, work: Callable[[], object]) -> tuple[float, dict[str, dict[str, float]]]:
    """How many seconds something took, and how long writes of another process and another thread took meanwhile."""
    stop, of_thread = threading.Event(), list[float]()
    thread = threading.Thread(target=lambda: of_thread.extend(writing(url, stop)))
    other = subprocess.Popen(
        [sys.executable, __file__, "--write", url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None  # noqa: S101  # it was asked for
    other.stdout.readline()
    thread.start()
    begun = time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    stop.set()
    thread.join()
    told, _ = other.communicate()
    return seconds, {"of_another_process": waits(json.loads(told)), "of_another_thread": waits(of_thread)}


def measure(url: str, folder: str, count: int, numbers: int) -> dict[str, Any]:
    """One process's first admission and those after it, beside the writes of others."""
    compute_on_one_thread()  # as a worker does, and with its threads' turns
    sys.setswitchinterval(SWITCH_SECONDS)
    store = open_store(url)
    archive, campaign = Archive(store, tiny_brand(), folder=Path(folder)), tiny_campaign()
    draw, written = np.random.default_rng(8 + numbers), texts("fr", 8 + numbers)

    def admit(number: int) -> tuple[float, float]:
        """Seconds, and of CPU."""
        hook, before, after = next(written)
        draft = piece(count + numbers + number, {"hook": hook, "body": f"{before} {after}"})
        begun, cpu = time.perf_counter(), time.process_time()
        archive.admit(
            draft, Embedding(vector(draw), *ENCODER), brief_sha="b", revision_number=1, campaign=campaign
        )
        return time.perf_counter() - begun, time.process_time() - cpu

    _, alone = beside_writes(url, lambda: time.sleep(ALONE_SECONDS))
    cpu = time.process_time()
    first, beside = beside_writes(url, lambda: admit(0))
    cpu = time.process_time() - cpu
    took = [admit(number) for number in range(1, DRAFTS)]
    later, of_cpu = (sorted(each) for each in zip(*took, strict=True))
    return {
        "first_admission_seconds": round(first, 2),
        "first_admission_cpu_seconds": round(cpu, 2),
        "writes_meanwhile": beside,
        "writes_while_nothing_is_built": alone,
        "later_admissions": {
            "median_ms": round(1e3 * statistics.median(later), 2),
            "p95_ms": round(1e3 * later[int(0.95 * len(later))], 2),
            "cpu_median_ms": round(1e3 * statistics.median(of_cpu), 2),
            "cpu_p95_ms": round(1e3 * of_cpu[int(0.95 * len(of_cpu))], 2),
        },
        "resident_mb": round(psutil.Process().memory_info().rss / 1e6),
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, nargs="+", default=[10_000])
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument("--write", help=argparse.SUPPRESS)
    parser.add_argument("--measure", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        url, folder, count, numbers = arguments.measure
        print(json.dumps(measure(url, folder, int(count), int(numbers))))
        return
    if arguments.write:
        write_until_told(arguments.write)
        return
    found = []
    for count in arguments.texts:
        with tempfile.TemporaryDirectory(prefix="inedit-bench-") as folder:
            url = f"sqlite:///{folder}/inedit.db"
            store = open_store(url)
            fill(store, count)
            store.close()
            parts = [
                subprocess.run(
                    [sys.executable, __file__, "--measure", url, f"{folder}/index", str(count), str(numbers)],
                    stdout=subprocess.PIPE, text=True, check=True,
                ).stdout
                for numbers in (0, DRAFTS)
            ]  # fmt: skip
            size = sum(file.stat().st_size for file in Path(folder).rglob("*.block"))
            found.append({"texts": count, "index_mb": round(size / 1e6)})
            found[-1] |= dict(zip(("without_index", "with_index"), map(json.loads, parts), strict=True))
            print(json.dumps(found[-1]), flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
