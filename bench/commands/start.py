"""How soon do the commands that only read answer?

    python bench/commands/start.py [--rounds 10] [--before OLD/src] [--json FILE]

The demo project in a folder of its own; each command is a process of its own, in turn: once to write the bytecode and
the database, then ``--rounds`` times. Printed: the median of the CPU seconds that it spent outside the kernel, which a
busy machine lengthens less than it does the seconds on the clock; those are beside it. ``--before`` names the src
folder of an older version, measured in turn with this one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
COMMANDS = ("--help", "plan mini", "plan collection-hiver", "pieces", "ledger report", "check")
RUN = "from inedit.cli import main; main()"


def once(words: str, source: Path, folder: Path, bytecode: Path) -> tuple[float, float]:
    """Seconds of CPU and of the clock."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PYTHONPATH": str(source), "PYTHONPYCACHEPREFIX": str(bytecode)}
    cpu, begun = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words.split()],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    took = time.perf_counter() - begun
    if done.returncode:
        sys.exit(done.stderr)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - cpu, took


def measure(sources: dict[str, Path], rounds: int) -> dict[str, Any]:
    """By command and version."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="inedit-bench-") as place:
        folder = Path(place) / "project"
        for name in ("brand_data", "prompts"):
            shutil.copytree(ROOT / name, folder / name)
        for words in COMMANDS:
            taken: dict[str, list[tuple[float, float]]] = {name: [] for name in sources}
            for turn in range(rounds + 1):
                for name, source in sources.items():
                    took = once(words, source, folder, Path(place) / "bytecode")
                    if turn:
                        taken[name].append(took)
            found[words] = {
                name: {
                    "cpu_seconds": round(statistics.median(cpu for cpu, _ in each), 3),
                    "seconds": round(statistics.median(clock for _, clock in each), 2),
                }
                for name, each in taken.items()
            }
            print(words, json.dumps(found[words]), flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--before", type=Path, help="the src folder of an older version")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    given = parser.parse_args()
    sources = {"before": given.before.resolve()} if given.before else {}
    found = {
        "measured": f"{datetime.now(UTC):%Y-%m-%d}",
        "rounds": given.rounds,
        "commands": measure({**sources, "now": ROOT / "src"}, given.rounds),
        "load": round(os.getloadavg()[0], 1),
    }
    if given.json:
        given.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
