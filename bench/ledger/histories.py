"""Is anything billed ever missing or doubled, and would random histories find the faults that the books once had?

    python bench/ledger/histories.py [--seeds 1000] [--postgres 60] [--tries 40] [--json FILE]

A seed is a history of forty steps (``tests/fakes/billed_history.py``): runs, statements of all kinds, midnights, month
ends, prices and rates that change, closings, crashes, calls under way, a clock set back. After every step the ledger is
held against the provider's bill, call by call and in money. First ``--seeds`` of them run on SQLite, as sound as the
source is; then each past fault (``past_faults.py``) is put into a copy of the source, and seeds run on it until one
fails, ``--tries`` at most; ``--postgres`` says how many run on a real server, where each fault meets the seed that
found it on SQLite. One core, a second or two per seed on SQLite, four to ten on Postgres.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from past_faults import FAULTS, put_back  # beside this file

ROOT = Path(__file__).parents[2]
Outcome = dict[str, Any]


def runs(seeds: range, template: str, folder: Path, *, until_one_fails: bool) -> Outcome:
    """What came of the seeds, each on a copy of an empty database."""
    from fakes.billed_history import STEPS, run_history
    from fakes.copies import copy_of, drop_copies

    began, failed, acts, ran = time.monotonic(), {}, Counter[str](), 0
    for seed in seeds:
        for stale in folder.glob("inedit.db*"):
            stale.unlink()
        ran += 1
        try:
            history = run_history(copy_of(template, folder), seed)
        except Exception as error:  # what a fault does is not known
            failed[seed] = f"{type(error).__name__}: {error}"[:160]
            if until_one_fails:
                break
        else:
            acts.update(name for name in history.told if name.isidentifier())
            acts["calls"] += len(history.bill.sent)
            acts["statements posted"] += sum(not name.isidentifier() for name in history.told)
        finally:
            drop_copies()
    return {
        "seeds": ran, "steps": ran * STEPS, "seconds": round(time.monotonic() - began), "failed": failed,
        "happened": dict(sorted(acts.items())),
    }  # fmt: skip


def with_fault(name: str, seeds: range, template: str, folder: Path) -> Outcome:
    """The same in a process of its own, on a copy of the source that has the fault."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    put_back(folder / "src" / "inedit" / "ledger", FAULTS[name])
    command = [sys.executable, __file__, "--child", str(seeds.start), str(seeds.stop), template, str(folder)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder / "src"), str(ROOT / "tests")])}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    shutil.rmtree(folder / "src")
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    found: Outcome = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=1_000, help="on SQLite, without a fault")
    parser.add_argument("--postgres", type=int, default=60, help="on Postgres, without a fault")
    parser.add_argument("--first", type=int, default=1_000, help="the first seed")
    parser.add_argument(
        "--tries", type=int, default=40, help="seeds that a fault meets at most; 0: no faults"
    )
    parser.add_argument("--json", type=Path, help="where to write all figures")
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        first, last, template, folder = given.child
        print(json.dumps(runs(range(int(first), int(last)), template, Path(folder), until_one_fails=True)))
        return
    from fakes.copies import empty_database
    from fakes.postgres import new_database, programs, running_postgres
    from inedit.store import open_store

    found: Outcome = {"measured": f"{datetime.now(UTC):%Y-%m-%d}", "first seed": given.first}

    def tell(name: str, outcome: Outcome) -> None:
        print(name, json.dumps(outcome, ensure_ascii=False), flush=True)
        if given.json:
            given.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="inedit-bench-")))
        (folder / "empty.db").write_bytes(empty_database())
        templates = {"sqlite": f"sqlite:///{folder / 'empty.db'}"}
        if (given.postgres or given.tries) and programs():
            templates["postgres"] = new_database(stack.enter_context(running_postgres()))
            open_store(templates["postgres"]).close()
        for kind, template in templates.items():
            many = {"sqlite": given.seeds, "postgres": given.postgres}[kind]
            if not many:
                continue
            seeds = range(given.first, given.first + many)
            found[kind] = runs(seeds, template, folder, until_one_fails=False)
            tell(kind, found[kind])
        found["faults"] = {}
        for name in FAULTS if given.tries else ():
            outcome = found["faults"][name] = {}
            seeds = range(given.first, given.first + given.tries)
            for kind, template in templates.items():
                met = with_fault(name, seeds, template, folder)
                outcome[kind] = {"seeds until found": met["seeds"], **met["failed"]} if met["failed"] else met
                seeds = range(given.first + met["seeds"] - 1, given.first + given.tries)
            tell(name, outcome)


if __name__ == "__main__":
    main()
