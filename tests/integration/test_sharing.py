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
from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight_under_a_title
from inedit.brand.load import load_project
from inedit.ledger import Ledger
from inedit.ledger.journal.reading import Scope
from inedit.store import open_store

TESTS = Path(__file__).parents[1]
PIECES = 40

WRITER = """
import asyncio, json, sys
from datetime import timedelta
from pathlib import Path

from inedit.bootstrap import ModelAddress, Settings, open_pipeline, open_project_store
from inedit.brand.load import load_project
from inedit.pipeline import WorkerPool, begin_run, conclude_run
from inedit.model import Status
from inedit.pipeline.task import Options


async def main(root, database, address):
    project = load_project(root)
    campaign, options = project.brand.campaigns["large"], Options(concurrency=4)
    settings = Settings(database_url=database)
    with open_project_store(settings, root) as store:
        async with open_pipeline(
            project, settings, store, ModelAddress(address, "none", "stub", "embedded"), concurrency=4
        ) as line:
            line.encoder()
            print("ready", flush=True)
            sys.stdin.readline()
            begun = begin_run(campaign, line, options)
            team = WorkerPool(line, options, lease=timedelta(seconds=5))
            written = await team.write(begun.run_id, campaign, begun.specs)
            run = conclude_run(begun, campaign, line, options, [written])
    print(json.dumps({"pieces": len(run.pieces), "planned": run.planned, "kept": run.kept, "stopped": run.stopped,
                      "accepted": run.count(Status.ACCEPTED)}))


asyncio.run(main(Path(sys.argv[1]), *sys.argv[2:]))
"""


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'inedit.db'}"
    return new_database(request.getfixturevalue("postgres_server"))


def test_three_processes_share_a_campaign_and_one_is_killed(url: str, tmp_path: Path) -> None:
    """Started together on the same campaign; one dies by SIGKILL half way. The others conclude with every piece."""
    make_large_project(tmp_path, PIECES)
    with StubOpenAI(answer=tell_the_insight_under_a_title, latency_seconds=0.3).in_thread() as stub:
        command = [sys.executable, "-c", WRITER, str(tmp_path), url, stub.base_url]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        writers = [subprocess.Popen(command, **pipes) for _ in range(3)]  # type: ignore[call-overload]
        for writer in writers:
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            writer.stdin.write("go\n")
            writer.stdin.flush()
        while len(stub.served) < PIECES // 2:
            time.sleep(0.02)
        os.kill(writers[0].pid, signal.SIGKILL)
        ends = [json.loads(writer.communicate(timeout=120)[0]) for writer in writers[1:]]
        writers[0].communicate()
        served = Counter(call.response_id for call in stub.served)
        billed = stub.billed_tokens

    for end in ends:
        assert (end["planned"], end["pieces"], end["stopped"]) == (PIECES, PIECES, ""), end
        assert end["accepted"] >= PIECES * 0.9
        assert 0 < end["kept"] < PIECES, "each wrote some of the pieces and found some"
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
