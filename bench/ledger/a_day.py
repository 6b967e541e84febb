"""A day of the books: is the ledger the provider's bill, to the token and the millionth, after a campaign under faults?

    python bench/ledger/a_day.py [--pieces 360] [--seed 1] [--postgres] [--json FILE]

`inedit produce` writes a campaign of so many pieces (a multiple of 40) in a process of its own, with the real guard,
generic texts and admission. Its provider is a server on this machine that bills (``tests/fakes/faulty_provider.py``):
5 % of the calls get a 429, 5 % a 500; of the answers 3 % are garbled, 3 % break off in the middle of the body, 3 % are
cut at the limit of tokens. Half-way, while calls are under way, the provider's statement is posted twice with `inedit
ledger reconcile --post`, and once more when all is written. Then `ledger export`, `pending` and `verify` are held
against the bill. Exit code 1 when they differ.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))

from surroundings import CELLS, different_answers, project_of  # in bench/pipeline

from fakes.faulty_provider import FaultyProvider
from fakes.postgres import running_postgres

COMMAND = (sys.executable, "-c", "from inedit.cli import main; main()")
AT_ONCE = 16


class Commands:
    """The command ``inedit`` in a project, as a shell runs it."""

    def __init__(self, root: Path, provider: FaultyProvider, database: str) -> None:
        self.root = root
        chosen = {"INEDIT_DATABASE_URL": database} if database else {}
        self.env = {**os.environ, **provider.environment, **chosen, "INEDIT_PROMPTS": "full", "NO_COLOR": "1"}

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Begin one."""
        return subprocess.Popen(
            [*COMMAND, *words],
            cwd=self.root,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str) -> tuple[int, str]:
        """Run one to its end: exit code and output."""
        process = self.start(*words)
        out, said = process.communicate()
        print(f"$ inedit {' '.join(words)}: {process.returncode}", file=sys.stderr)
        if process.returncode not in (0, 1):
            sys.exit(said)
        return process.returncode, out


def day(pieces: int, seed: int, database: str) -> dict[str, Any]:
    """What came of it."""
    provider = FaultyProvider(answer=different_answers(), latency_seconds=0.2, seed=seed)
    with project_of(pieces) as root, provider.in_thread():
        (root / "brand_data" / "prices.yaml").write_text(provider.contract(), encoding="utf-8")
        commands = Commands(root, provider, database)

        def reconciled() -> dict[str, Any]:
            under_way = provider.under_way
            file = provider.write_statement(root / "statement.csv")
            _, out = commands.run("ledger", "reconcile", str(file), "--post", "--json")
            told = json.loads(out)
            return {
                "lines": len(file.read_text(encoding="utf-8").splitlines()) - 1,
                "under way": under_way,
                "posted": dict(Counter(one["action"] for one in told["posted"])),
                "found": dict(Counter(one["match"] for one in told["items"])),
            }

        began = time.monotonic()
        run = commands.start("produce", "large", "--model", "stub", "--concurrency", str(AT_ONCE), "--json")
        while len(provider.served) < pieces // 2 and run.poll() is None:
            time.sleep(0.2)
        middle = [reconciled(), reconciled()] if run.poll() is None else []
        written, said = run.communicate()
        if run.returncode not in (0, 1):
            sys.exit(said)
        seconds = time.monotonic() - began
        waiting = len(json.loads(commands.run("ledger", "pending", "--json")[1]))
        end = reconciled()
        _, exported = commands.run("ledger", "export", "--format", "jsonl")
        still = json.loads(commands.run("ledger", "pending", "--json")[1])
        verified, _ = commands.run("ledger", "verify")
    rows = [json.loads(line) for line in exported.splitlines()]
    return {
        "pieces": dict(Counter(one["status"] for one in json.loads(written)["pieces"])),
        "seconds": round(seconds),
        "requests": len(provider.requests),
        "faults": dict(sorted(provider.faults.items())),
        "statements in the middle": middle,
        "possibly billed after the run": waiting,
        "statement at the end": end,
        **provider.beside(rows),
        "pending": len(still),
        "verify": verified,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pieces", type=int, default=360, help=f"a multiple of {CELLS}")
    parser.add_argument("--seed", type=int, default=1, help="of the faults")
    parser.add_argument("--database", default="", help="an empty database; else the project's own SQLite")
    parser.add_argument("--postgres", action="store_true", help="on a Postgres server of its own")
    parser.add_argument("--json", type=Path, help="where to write all figures")
    given = parser.parse_args()
    with running_postgres() if given.postgres else nullcontext(given.database) as database:
        found = {
            "measured": f"{datetime.now(UTC):%Y-%m-%d}",
            "database": "Postgres" if database.startswith("postgresql") else "SQLite",
            "seed": given.seed,
            **day(given.pieces, given.seed, database),
        }
    print(json.dumps(found, ensure_ascii=False, indent=1))
    if given.json:
        given.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    agree = (
        not found["calls that differ"] and found["entries"] == found["bill"]["calls"] and not found["pending"]
    )
    sys.exit(0 if agree and found["verify"] == 0 else 1)


if __name__ == "__main__":
    main()
