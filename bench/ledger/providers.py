"""Does `inedit produce mini` come to its end at each recorded provider, and are the books its bill?

    python bench/ledger/providers.py [--only NAME] [--json FILE]

Each of the providers and servers of ``tests/integration/test_recorded_providers.py`` is replayed by a server on this
machine: it refuses for good what it lacks, in its own words, turns a call away once, and answers and counts in its own
way. The command is run there with the demo's own campaign, small prompts and generic texts, and then `ledger export`,
`pending` and `verify`. Exit code 1 when a campaign does not come to its end or its books are not what was served.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "integration"))

from test_recorded_providers import PROVIDERS, Provider, asked_for, body  # in tests/integration

from fakes.asked_schemas import AskedSchemas
from fakes.command import TERMINAL, Forks, forking
from fakes.stub_openai import Request, StubOpenAI
from fakes.writer import tell_the_insight
from inedit.brand.load import load_project
from inedit.prompting import load_templates

ROOT = Path(__file__).parents[2]
TURNED_AWAY = 20
"""The number of the call that is turned away, once."""


class Replay:
    """What a provider answers and refuses, as it was recorded."""

    def __init__(self, provider: Provider, schemas: AskedSchemas) -> None:
        self.provider = provider
        self.schemas = schemas
        self.refused: Counter[int] = Counter()
        self.turned_away: list[int] = []

    def answer(self, request: Request, number: int) -> str:
        if not asked_for("json_schema")(request):
            request = self.schemas.named_in(request)
        return tell_the_insight(request, number)

    def turns_away(self, request: Request, number: int) -> web.Response | None:
        for lacks, status, told in self.provider.lacks:
            if lacks(request):
                self.refused[status] += 1
                return body(status, told)
        if self.provider.once is not None and number >= TURNED_AWAY and not self.turned_away:
            status, told, headers = self.provider.once
            self.turned_away.append(status)
            return web.json_response(told, status=status, headers=dict(headers))
        return None


def produced(provider: Provider, forks: Forks) -> dict[str, Any]:
    """What came of the campaign."""
    today, began = datetime.now(UTC).date(), time.monotonic()
    project = load_project(ROOT, today)
    mini = project.brand.campaigns["mini"]
    replay = Replay(provider, AskedSchemas(mini, project.brand, load_templates(project, "small"), today))
    stub = StubOpenAI(answer=replay.answer, turns_away=replay.turns_away, shaped=provider.shaped)
    with tempfile.TemporaryDirectory(prefix="inedit-bench-") as made, stub.in_thread():
        folder = Path(made)
        for name in ("brand_data", "prompts"):
            shutil.copytree(ROOT / name, folder / name)
        env = {**os.environ, **TERMINAL, **stub.environment, "INEDIT_PROMPTS": "small"}

        def inedit(*words: str) -> tuple[int, str]:
            ended = forks.run(words, cwd=folder, environment=env)
            return ended.returncode, ended.stdout or ended.stderr

        code, told = inedit("produce", "mini", "--model", "stub", "--json")
        _, exported = inedit("ledger", "export", "--format", "jsonl")
        _, pending = inedit("ledger", "pending", "--json")
        verified, _ = inedit("ledger", "verify")
    calls = [row for line in exported.splitlines() if (row := json.loads(line))["kind"] == "call"]
    pieces = json.loads(told)["pieces"] if code in (0, 1) else []
    return {
        "exit code": code,
        "pieces": dict(Counter(piece["status"] for piece in pieces)),
        "calls": len(calls),
        "served": len(stub.served),
        "the same ids": sorted(row["response_id"] for row in calls)
        == sorted(one.response_id for one in stub.served),
        "refused": dict(replay.refused),
        "turned away": replay.turned_away,
        "pending": len(json.loads(pending)),
        "verify": verified,
        "seconds": round(time.monotonic() - began),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="one of them, by its name")
    parser.add_argument("--json", type=Path, help="where to write all figures")
    given = parser.parse_args()
    found: dict[str, Any] = {"measured": f"{datetime.now(UTC):%Y-%m-%d}"}
    with forking({**os.environ, **TERMINAL}) as forks:
        for provider in PROVIDERS:
            if given.only in ("", provider.name):
                found[provider.name] = produced(provider, forks)
                print(provider.name, json.dumps(found[provider.name]), flush=True)
    if given.json:
        given.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    books = [one for one in found.values() if isinstance(one, dict)]
    sound = all(
        sum(one["pieces"].values()) == 12
        and one["the same ids"]
        and not one["pending"]
        and one["verify"] == 0
        for one in books
    )
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
