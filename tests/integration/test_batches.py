"""Batches against a real server, from processes that are killed at each step: no answer lost, none paid for twice."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fakes.stub_batches import Ending, StubBatches
from fakes.stub_openai import Request
from fakes.writer import tell_the_insight_at_length
from inedit.archive.pieces import read_pieces
from inedit.archive.provider_batches import (
    BatchRequest,
    ProviderBatch,
    open_batches,
    outstanding,
    put_batch,
    put_request,
)
from inedit.bootstrap import Settings, open_project_store
from inedit.cli import app
from inedit.ledger import Call, Ledger
from inedit.model import Status
from inedit.store import open_store

ROOT = Path(__file__).parents[2]
QUICK = """
import sys
from datetime import timedelta
sys.path.insert(0, TESTS)
import inedit.bootstrap.pipeline
from fakes.services import FakeEncoder
from inedit.archive.admission import Archive
from inedit.pipeline.batch_desk import Pauses
from inedit.pipeline.batched_model import BatchedModel
from inedit.pipeline.worker_pool import WorkerPool
pauses = Pauses(first_look=0.1, longest=0.1, look_around=0.1, arrival=0.5)
BatchedModel.__init__.__kwdefaults__["pauses"] = pauses
WorkerPool.__init__.__kwdefaults__["lease"] = timedelta(seconds=1)
Archive.leases.__defaults__ = (timedelta(seconds=1),)
inedit.bootstrap.pipeline.lazy_encoder = lambda _: FakeEncoder
from inedit.cli import main
main()
""".replace("TESTS", repr(str(ROOT / "tests")))
"""The command line with a day's pauses cut to moments, and an encoder that is there at once."""

PRODUCE = ("produce", "mini", "--channel", "email", "--model", "stub", "--mirror", "1", "--batch")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """A copy of the demo project."""
    for folder in ("brand_data", "prompts"):
        shutil.copytree(ROOT / folder, tmp_path / "project" / folder)
    yield tmp_path / "project"


class Desk:
    """Runs the command line in a project whose provider bills batches."""

    def __init__(self, project: Path, stub: StubBatches) -> None:
        self.project, self.stub = project, stub
        self.environment = {
            **os.environ, "OPENAI_BASE_URL": stub.base_url, "OPENAI_API_KEY": "k", "NO_COLOR": "1", "COLUMNS": "300",
        }  # fmt: skip
        (project / "brand_data" / "prices.yaml").write_text(
            f"- {{provider: '{stub.base_url.split('/')[2]}', model: '*', tier: batch, currency: EUR, input_price: 1,"
            " cached_price: 1, output_price: 2, valid_from: 2026-01-01, source: a test}\n"
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", QUICK, *words], cwd=self.project, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def ask(self, *words: str) -> tuple[int, str]:
        with self.start(*words) as process:
            told, _ = process.communicate(timeout=120)
        return process.returncode, told

    def killed(self, holds: Callable[[], bool]) -> None:
        with self.start(*PRODUCE) as process:
            until(holds, process)
            process.kill()

    def stopped(self) -> str:
        """By Ctrl-C, while it waits; what it says."""
        looks = self.stub.looks
        with self.start(*PRODUCE) as process:
            until(lambda: self.stub.looks > looks, process)
            process.send_signal(signal.SIGINT)
            told, _ = process.communicate(timeout=60)
        assert process.returncode == 130, told
        return told


def until(holds: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait until something holds, while the process lives."""
    deadline = time.monotonic() + 90
    while not holds():
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.02)


def editing(edits: list[str]) -> Callable[[Request, int], str]:
    """A stub that writes honestly, and puts an ellipsis behind the subject of what it is asked to edit; ``edits`` gets
    the subjects that it was given."""

    def answer(request: Request, number: int) -> str:
        if not request["messages"][-1]["content"].startswith("# La relecture"):
            return tell_the_insight_at_length(request, number)
        parts = json.loads(request["messages"][-2]["content"])
        edits.append(parts["subject"])
        return json.dumps({**parts, "subject": f"{parts['subject'].rstrip('.')} …"}, ensure_ascii=False)

    return answer


def test_killed_at_each_step_and_reconciled_with_the_bill(project: Path) -> None:
    """Killed after the order, while it waits and half through the answers, and stopped in between: then it is written
    to its end over an expired batch and refused lines, and the ledger has what the server served, to the token."""
    endings = [Ending("expired", seconds=1e9, answered=5, refused=1)]
    with StubBatches(answer=tell_the_insight_at_length, endings=endings).in_thread() as stub:
        desk = Desk(project, stub)
        stub.hangs_at = "order"
        desk.killed(lambda: stub.hanging == 1)
        assert len(stub.batches) == 1
        stub.hangs_at = "fetch"
        desk.killed(lambda: stub.looks > 0)
        assert "stays there" in desk.stopped()
        stub.batches["batch_0001"]["ends_at"] = 0.0
        desk.killed(lambda: stub.hanging == 2)
        stub.hangs_at = ""
        code, told = desk.ask(*PRODUCE)
        billed_in, _, billed_out = stub.billed_tokens
    assert code in (0, 1) and "Going on with batch" in told, told
    store = open_store(f"sqlite:///{project}/.inedit/inedit.db")
    ledger = Ledger(store)
    calls = [entry for entry in ledger.entries() if entry.kind == "call"]
    assert sorted(str(call.response_id) for call in calls) == [call.response_id for call in stub.served]
    assert sum(call.cost_micros or 0 for call in calls) == billed_in + 2 * billed_out
    assert {call.price_tier for call in calls} == {"batch"}
    assert ledger.pending() == [] and ledger.verify().flaws == ()
    assert open_batches(store, "mini") == [] and len(stub.batches) >= 2
    assert {call.run_id for call in calls} == {calls[0].run_id}
    store.close()


def test_copy_edits_come_in_a_round_of_their_own_and_outlive_the_process(project: Path) -> None:
    """Killed while the edits are at the provider: the next process fetches them, and the edited texts get in."""
    edits: list[str] = []
    with StubBatches(answer=editing(edits)).in_thread() as stub:
        desk, words = Desk(project, stub), (*PRODUCE, "--language", "fr", "--prompts", "full", "--copy-edit")
        with desk.start(*words) as process:
            until(lambda: bool(edits), process)
            process.kill()
        code, told = desk.ask(*words)
        assert code in (0, 1), told
    store = open_store(f"sqlite:///{project}/.inedit/inedit.db")
    pieces = [piece for piece in read_pieces(store) if piece.status is Status.ACCEPTED]
    ledger = Ledger(store)
    calls = [entry for entry in ledger.entries() if entry.kind == "call"]
    assert pieces and all(piece.parts["subject"].endswith("…") for piece in pieces)
    assert sorted(str(call.response_id) for call in calls) == [call.response_id for call in stub.served]
    assert sum(call.purpose == "copy-edit" for call in calls) == len(edits)
    assert {call.price_tier for call in calls} == {"batch"}
    assert ledger.pending() == [] and ledger.verify().flaws == ()
    store.close()


def test_a_run_fetches_the_edits_that_another_one_asked(project: Path) -> None:
    """Killed while the edits are at the provider, then resumed without the option: they are fetched before the run
    ends and used, and the campaign is free again."""
    edits: list[str] = []
    endings = [Ending(), Ending(seconds=1e9)]
    with StubBatches(answer=editing(edits), endings=endings).in_thread() as stub:
        desk = Desk(project, stub)
        words = (*PRODUCE, "--language", "fr", "--prompts", "full", "--max-attempts", "1", "--copy-edit")
        with desk.start(*words) as process:
            until(lambda: len(stub.batches) > 1 and "batch_0002" in told_ids(project), process)
            process.kill()
        stub.batches["batch_0002"]["ends_at"] = time.monotonic() + 2
        code, told = desk.ask(*(word for word in words if word != "--copy-edit"))
        assert code in (0, 1) and edits, told
        store = open_store(f"sqlite:///{project}/.inedit/inedit.db")
        assert outstanding(store, "mini") is None and open_batches(store, "mini") == []
        assert Ledger(store).pending() == [] and Ledger(store).verify().flaws == ()
        french = [
            piece
            for piece in read_pieces(store)
            if piece.status is Status.ACCEPTED and piece.spec.language == "fr"
        ]
        calls = [entry for entry in Ledger(store).entries() if entry.kind == "call"]
        assert sorted(str(call.response_id) for call in calls) == [call.response_id for call in stub.served]
        assert french and all(piece.parts["subject"].endswith("…") for piece in french)
        store.close()


def told_ids(project: Path) -> set[str]:
    """The batches of which it is written down that the provider has them."""
    store = open_store(f"sqlite:///{project}/.inedit/inedit.db")
    found = {one.provider_id for one in open_batches(store)}
    store.close()
    return found


def test_a_batch_is_given_up_by_hand(project: Path) -> None:
    """Nothing is lost from sight: its calls are possibly billed, and the campaign is free again."""
    with open_project_store(Settings(), project) as opened:
        with opened.write() as connection:
            put_batch(
                connection,
                ProviderBatch("b-1", "run-1", "mini", 1, "http://gone/v1", "m", "2026-11-29T09:00"),
            )
        ledger = Ledger(opened)
        request = BatchRequest("r-1", "place", {})
        ledger.reserve(
            Call("draft", "gone", "m", "run-1", "mini"), 10, 10, reservation_id="r-1",
            within_transaction=lambda connection: put_request(connection, "b-1", request),
        )  # fmt: skip
    command = CliRunner()
    listed = json.loads(command.invoke(app, ["batches", "--project", str(project), "--json"]).stdout)
    assert [(one["id"], one["requests"]) for one in listed] == [("b-1", 1)]
    given_up = command.invoke(app, ["batches", "--project", str(project), "--give-up", "b-1"])
    assert given_up.exit_code == 0 and "1 call counts as possibly billed" in given_up.stdout
    with open_project_store(Settings(), project) as opened:
        assert outstanding(opened, "mini") is None
        assert [one.state for one in Ledger(opened).pending()] == ["possibly_billed"]
        assert Ledger(opened).verify().flaws == ()
