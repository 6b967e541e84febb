"""One campaign, several processes: nothing is paid twice, no copies get in, and a killed one leaves no hole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from fakes.guarantees import copies, paid_twice
from fakes.large_project import make_large_project
from fakes.postgres import new_database
from fakes.stub_openai import Request, StubOpenAI
from fakes.writer import tell_the_insight_under_a_title, without_our_data
from inedit.brand.load import load_project
from inedit.ledger import Ledger
from inedit.ledger.journal.reading import Scope
from inedit.store import open_store

TESTS = Path(__file__).parents[1]
PIECES = 40
KEYS = ("one", "two", "three")
"""What the processes are told apart by."""

WRITERS = """
import asyncio, json, os, sys
from datetime import timedelta
from pathlib import Path

from inedit.bootstrap import ModelAddress, Settings, open_pipeline, open_project_store
from inedit.brand.load import load_project
from inedit.encoding import load_encoder
from inedit.pipeline import WorkerPool, begin_run, conclude_run
from inedit.model import Status
from inedit.pipeline.task import Options


async def main(root, database, address, key):
    project = load_project(root)
    campaign, options = project.brand.campaigns["large"], Options(concurrency=4)
    settings = Settings(database_url=database)
    with open_project_store(settings, root) as store:
        async with open_pipeline(
            project, settings, store, ModelAddress(address, key, "stub", "embedded"), concurrency=4
        ) as line:
            begun = begin_run(campaign, line, options)
            team = WorkerPool(line, options, lease=timedelta(seconds=5))
            written = await team.write(begun.run_id, campaign, begun.specs)
            run = conclude_run(begun, campaign, line, options, [written])
    end = {"pieces": len(run.pieces), "planned": run.planned, "kept": run.kept, "stopped": run.stopped,
           "accepted": run.count(Status.ACCEPTED)}
    (root / key).write_text(json.dumps(end))


root, keys = Path(sys.argv[1]), sys.argv[4:]
load_encoder()  # seconds of CPU: once, before they part
writers = []
for key in keys:
    if not (writer := os.fork()):
        asyncio.run(main(root, *sys.argv[2:4], key))
        sys.exit()
    writers.append(writer)
print(*writers, flush=True)
for writer in writers:
    os.waitpid(writer, 0)
"""
"""Starts a writer for each of the keys, which leaves its end in a file of that name."""


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'inedit.db'}"
    return new_database(request.getfixturevalue("postgres_server"))


def is_draft(request: Request) -> bool:
    """Not a generic text, which one process writes for all: held back, it would hold back the others."""
    return not without_our_data(request)


def drafting(stub: StubOpenAI) -> int:
    """So many processes have asked for a draft: none may write everything before the others have begun."""
    asked = zip(stub.keys, stub.requests, strict=False)  # a request that arrives meanwhile has its key later
    return len({key for key, request in asked if is_draft(request)})


def test_three_processes_share_a_campaign_and_one_is_killed(url: str, tmp_path: Path) -> None:
    """Started together on the same campaign; one dies by SIGKILL half way. The others conclude with every piece."""
    make_large_project(tmp_path, PIECES)
    with StubOpenAI(answer=tell_the_insight_under_a_title, latency_seconds=0.1).in_thread() as stub:
        stub.holds_back = lambda request: is_draft(request) and drafting(stub) < len(KEYS)
        command = [sys.executable, "-c", WRITERS, str(tmp_path), url, stub.base_url, *KEYS]
        writers = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert writers.stdout is not None
        killed, *others = map(int, writers.stdout.readline().split())
        assert len(others) == len(KEYS) - 1
        while len(stub.served) < PIECES // 2:
            assert writers.poll() is None
            time.sleep(0.02)
        os.kill(killed, signal.SIGKILL)
        writers.communicate(timeout=120)
        ends = [json.loads((tmp_path / key).read_text()) for key in KEYS[1:]]
        served = Counter(call.response_id for call in stub.served)
        billed, drafted = stub.billed_tokens, drafting(stub)

    assert drafted == len(KEYS), (
        "each has asked for drafts; on a busy machine another may have concluded them"
    )
    for end in ends:
        assert (end["planned"], end["pieces"], end["stopped"]) == (PIECES, PIECES, ""), end
        assert end["accepted"] >= PIECES * 0.9
    concluded = [PIECES - end["kept"] for end in ends]
    assert min(concluded) >= 0 and 0 < sum(concluded) <= PIECES, "no piece was concluded by two of them"
    store = open_store(url)
    ledger = Ledger(store)
    calls = [entry for entry in ledger.entries(Scope()) if entry.kind == "call"]
    pending = ledger.pending()
    assert paid_twice(store) == []
    assert len(pending) <= 4, "only what the killed one had under way is in doubt"
    assert {entry.response_id for entry in calls} <= served.keys()
    assert len(served) - len(calls) <= len(pending), "every other call is in the ledger"
    assert sum(entry.input_tokens for entry in calls) <= billed[0]
    assert ledger.verify().flaws == ()
    brand = load_project(tmp_path).brand
    assert copies(store, brand, brand.campaigns["large"]) == []
    store.close()
