"""``inedit serve`` in a project of its own: forms that follow the brand, runs that are cancelled, killed, resumed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from e2e.serving import (
    ROOT,
    SERVE,
    UP_SECONDS,
    Prefect,
    Serve,
    children,
    environment,
    free_port,
    prefect_server,
    served,
)
from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight_at_length

pytestmark = pytest.mark.prefect

LATENCY_SECONDS = 1.5
PASSWORD = "team:a-long-password"
TIMEOUT_SECONDS = 10
"""What the box behind Suspend asks for in these tests; a person finds 300 there."""


@dataclass
class Site:
    """A served project with a stub for a model, and the database that it writes."""

    serve: Serve
    stub: StubOpenAI
    home: Path
    root: Path

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database says."""
        with closing(sqlite3.connect(self.home / "inedit.db")) as connection:
            return connection.execute(query).fetchall()

    def run_of(self, flow_run_id: str) -> str:
        """The run that a flow run has begun."""
        asked_by = f"prefect:{flow_run_id}"
        return str(self.rows(f"SELECT run_id FROM requests WHERE asked_by = '{asked_by}'")[0][0])

    def until_served(self, count: int, seconds: float = 150) -> None:
        """Until the model has answered so many more calls."""
        wanted, deadline = len(self.stub.served) + count, time.monotonic() + seconds
        while len(self.stub.served) < wanted:
            assert time.monotonic() < deadline, self.serve.said.read_text()
            time.sleep(0.05)

    @contextmanager
    def a_call_under_way(self) -> Iterator[None]:
        """At least one call has been asked and stays unanswered in here, however slow or fast the machine is."""
        asked, usual = len(self.stub.requests), self.stub.latency_seconds
        self.stub.latency_seconds = 20.0
        try:
            assert soon(lambda: len(self.stub.requests) > asked), self.serve.said.read_text()
            yield
        finally:
            self.stub.latency_seconds = usual
        assert soon(lambda: self.stub.under_way == 0), "what was asked for a dead process is over too"

    def nothing_is_paid_twice(self) -> None:
        """One charged call for each attempt at each piece, and each charge is a call that the model has served."""
        drafts = self.rows(
            "SELECT spec_key, edition, attempt, COUNT(*) FROM ledger_entries WHERE kind = 'call' AND purpose = 'draft' "
            "GROUP BY 1, 2, 3 HAVING COUNT(*) > 1"
        )
        assert drafts == []
        charged = [row[0] for row in self.rows("SELECT response_id FROM ledger_entries WHERE kind = 'call'")]
        assert len(set(charged)) == len(charged)
        assert set(charged) <= {call.response_id for call in self.stub.served}

    def left_open(self, run_id: str) -> int:
        """Calls of a run that were set money aside for, and whose end nobody has written down."""
        query = f"SELECT COUNT(*) FROM reservations WHERE state = 'open' AND run_id = '{run_id}'"
        return int(self.rows(query)[0][0])

    def pieces(self, channel: str, per_cell: int = 99) -> Counter[str]:
        """What became of a channel's pieces: of the first variants of each cell, so many."""
        query = (
            f"SELECT status FROM pieces WHERE json_extract(spec, '$.channel') = '{channel}'"
            f" AND json_extract(spec, '$.index') < {per_cell}"
        )
        return Counter(row[0] for row in self.rows(query))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One serve for all tests of this file: a project as ``inedit init`` leaves it, without a folder of flows, behind a
    password."""
    home, root = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("brand")
    for folder in ("brand_data", "prompts"):
        shutil.copytree(ROOT / folder, root / folder)
    with (
        StubOpenAI(answer=tell_the_insight_at_length, latency_seconds=LATENCY_SECONDS).in_thread() as stub,
        served(
            home,
            project=root,
            INEDIT_MODEL="stub",
            **stub.environment,
            PREFECT_SERVER_API_AUTH_STRING=PASSWORD,
        ) as serve,
    ):
        yield Site(serve, stub, home, root)


def soon(holds: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether something holds before long."""
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.5)
    return holds()


def test_every_deployment_has_a_description_tags_and_a_form(site: Site) -> None:
    """Twelve flows; what can be picked is a list, the month and a single tone included."""
    deployments = {d["name"]: d for d in site.serve.prefect.ask("/deployments/filter", {})}
    words = [
        "Candidates",
        "Check",
        "Code",
        "Export",
        "Forget",
        "Map",
        "Observe",
        "Preview",
        "Produce",
        "Prune",
        "Re-judge",
        "Resume",
    ]
    assert sorted(deployments) == [f"{word} · Filandre" for word in words]
    for deployment in deployments.values():
        assert deployment["description"]
        assert "inedit" in deployment["tags"]
        assert deployment["enforce_parameter_schema"]
    form = deployments["Produce · Filandre"]["parameter_openapi_schema"]
    assert form["properties"]["campaign"]["enum"] == ["atelier-ouvert", "collection-hiver", "mini"]
    assert form["properties"]["model"]["default"] == "stub"


def test_without_the_password_nobody_gets_in_and_no_other_page_either(site: Site) -> None:
    """The API refuses; a page of another site is not allowed to read what it says."""
    stranger = Prefect(site.serve.prefect.url)
    for path, body in (("/deployments/filter", {}), ("/flow_runs/filter", {})):
        with pytest.raises(urllib.error.HTTPError, match="401"):
            stranger.ask(path, body)
    assert PASSWORD not in site.serve.said.read_text()
    with urllib.request.urlopen(site.serve.prefect.url.removesuffix("/api") + "/ui-settings") as response:
        assert json.load(response)["api_url"] == "/api", "the pages work under any name of this machine"
    request = urllib.request.Request(
        site.serve.prefect.url + "/health", headers={"Origin": "http://evil.example"}
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        assert response.headers.get("Access-Control-Allow-Origin") not in ("*", "http://evil.example")


def test_a_changed_brand_shows_up_in_the_form_while_it_is_served(site: Site) -> None:
    """A new brief is in the list some seconds after its file is saved; a broken one changes nothing."""
    every_day = [{"schedule": {"interval": 86400}, "active": False}]
    deployment = f"/deployments/{site.serve.prefect.deployment('Produce')['id']}"
    site.serve.prefect.ask(f"{deployment}/schedules", every_day)
    file = site.root / "brand_data/campaigns/spring.yaml"
    brief = (site.root / "brand_data/campaigns/mini.yaml").read_text(encoding="utf-8")

    def offered() -> list[str]:
        form = site.serve.prefect.deployment("Produce")["parameter_openapi_schema"]
        return list(form["properties"]["campaign"]["enum"])

    file.write_text("id: [", encoding="utf-8")
    assert soon(lambda: "The forms stay as they are" in site.serve.said.read_text())
    assert "spring.yaml" in site.serve.said.read_text()
    file.write_text(brief.replace("id: mini", "id: spring"), encoding="utf-8")
    assert soon(lambda: "spring" in offered())
    file.unlink()
    assert soon(lambda: "spring" not in offered())
    assert len(site.serve.prefect.ask(f"{deployment}/schedules")) == 1, "a schedule that a person made stays"


def test_a_person_sends_back_and_then_approves(site: Site) -> None:
    """The run holds no process while it waits; a comment is carried out; both rounds' minutes are in the ledger."""
    prefect = site.serve.prefect
    run = prefect.run(
        "Produce", campaign="mini", require_approval=True,
        only={"channels": ["email"], "languages": ["es"], "segments": ["Hôteliers et maisons d’hôtes · hosts"]},
    )  # fmt: skip
    state = prefect.wait(run)
    assert (state["type"], state["name"]) == ("PAUSED", "Suspended"), prefect.log(run)
    assert soon(lambda: site.serve.workers() == []), "no process is held while a person thinks"
    run_id = site.run_of(run)
    (waits,) = site.rows("SELECT id FROM pieces WHERE approval = 'awaited'")
    prefect.answer(
        run, decision="Send back with a comment", pieces=[], comment="", reviewer="Anne", minutes=1
    )
    assert prefect.wait(run, "RUNNING")
    assert prefect.wait(run)["name"] == "Suspended", "an answer without its comment is asked for again"
    served_so_far = len(site.stub.served)
    prefect.answer(
        run, decision="Send back with a comment", pieces=[], comment="Kürzer.", reviewer="Anne", minutes=3
    )
    assert prefect.wait(run, "RUNNING")
    assert prefect.wait(run)["name"] == "Suspended", prefect.log(run)
    drafts = [r for r in site.stub.requests[served_so_far:] if "response_format" in r]
    assert drafts
    assert all("Kürzer." in draft["messages"][-1]["content"] for draft in drafts)
    prefect.answer(run, decision="Approve all", pieces=[], comment="", reviewer="Anne", minutes=2)
    assert prefect.wait(run, "COMPLETED", "FAILED", "CRASHED")["type"] == "COMPLETED", prefect.log(run)
    (piece,) = site.rows(f"SELECT status, approval, decided_by FROM pieces WHERE id = '{waits[0]}'")
    assert piece == ("accepted", "given", "Anne")
    rounds = site.rows(
        f"SELECT decision, seconds, reviewer FROM reviews WHERE run_id = '{run_id}' ORDER BY round"
    )
    assert rounds == [("Send back with a comment", 180, "Anne"), ("Approve all", 120, "Anne")]
    memos = site.rows(
        "SELECT SUM(json_extract(details, '$.measured_seconds')),"
        " MIN(json_extract(details, '$.about.waited_seconds')) "
        f"FROM ledger_entries WHERE kind = 'memo' AND purpose = 'review' AND run_id = '{run_id}'"
    )
    assert memos[0][0] == 300
    assert memos[0][1] >= 0
    assert prefect.errors(run) == [], "to wait for a person is no error"


def test_a_cancelled_run_calls_nobody_any_more_and_resume_finishes_it(site: Site) -> None:
    """Within 2 s no new call; what was paid is in the ledger; Resume goes on with the options and pays none twice."""
    prefect, stub = site.serve.prefect, site.stub
    served_before = len(stub.served)
    run = prefect.run("Produce", campaign="mini", only={"channels": ["email"]}, variants_per_cell=6)
    site.until_served(20)
    prefect.cancel(run)
    cancelled = time.monotonic()
    time.sleep(2)
    at_two_seconds = len(stub.requests)
    state = prefect.wait(run, "CANCELLED", seconds=60)
    assert time.monotonic() - cancelled < 45
    assert len(stub.requests) == at_two_seconds, "no call was made later than 2 s after Cancel"
    assert prefect.errors(run) == [], "to cancel is no error"
    run_id = site.run_of(run)
    assert state["message"] == f"Stopped. What was paid for is kept; 'Resume' goes on with it: pick {run_id}."
    in_ledger = site.rows(f"SELECT COUNT(*) FROM ledger_entries WHERE kind = 'call' AND run_id = '{run_id}'")
    assert in_ledger[0][0] == len(stub.served) - served_before, "every call that was served is charged"
    assert site.rows(f"SELECT state FROM runs WHERE id = '{run_id}'") == [("interrupted",)]

    choice = f"{run_id} · mini · interrupted"

    def offered() -> bool:
        field = prefect.deployment("Resume")["parameter_openapi_schema"]["properties"]["run"]
        return choice in field.get("enum", [])

    assert soon(offered), "Resume offers the run some seconds later"
    resumed = prefect.run("Resume", run=choice)
    state = prefect.wait(resumed)
    assert state["type"] == "COMPLETED", (state, prefect.log(resumed))
    assert "of 36 accepted" in state["message"]
    assert site.pieces("email").total() == 36, (
        "with the options that it had: every variant of the channel is there"
    )
    site.nothing_is_paid_twice()


def test_a_suspended_run_pays_no_more_and_its_own_resume_finishes_it_however_late(site: Site) -> None:
    """Suspend in the UI stops new calls as Cancel does; the five minutes of its box do not end the run."""
    prefect, stub = site.serve.prefect, site.stub
    run = prefect.run("Produce", campaign="mini", only={"languages": ["es"]}, variants_per_cell=8)
    site.until_served(4)
    prefect.suspend(run, TIMEOUT_SECONDS)
    suspended = time.monotonic()
    time.sleep(2)
    at_two_seconds = len(stub.requests)
    assert soon(lambda: site.serve.workers() == [])
    while time.monotonic() < suspended + TIMEOUT_SECONDS + 1:
        time.sleep(0.2)
    assert len(stub.requests) == at_two_seconds, "no call was made later than 2 s after Suspend"
    assert prefect.state(run)["name"] == "Suspended"
    prefect.resume(run)
    state = prefect.wait(run, "COMPLETED", "FAILED", "CRASHED")
    assert state["type"] == "COMPLETED", (state, prefect.log(run))
    assert prefect.errors(run) == [], "to suspend is no error"
    site.nothing_is_paid_twice()


def test_a_killed_worker_leaves_a_run_that_resume_finishes(site: Site) -> None:
    """SIGKILL in the middle: the run is crashed, and Resume goes on from the answers that were paid for."""
    prefect = site.serve.prefect
    run = prefect.run("Produce", campaign="mini", only={"channels": ["social"]}, variants_per_cell=4)
    site.until_served(8)
    run_id = site.run_of(run)
    with site.a_call_under_way():
        (worker,) = site.serve.workers()
        os.kill(worker, signal.SIGKILL)
        assert prefect.wait(run)["type"] == "CRASHED"
    assert site.left_open(run_id) > 0, "what was under way waits for the reconciliation"
    before = site.rows(f"SELECT COUNT(*) FROM ledger_entries WHERE run_id = '{run_id}' AND kind = 'call'")
    resumed = prefect.run_by_hand("Resume", run=run_id)
    state = prefect.wait(resumed)
    assert state["type"] == "COMPLETED", (state, prefect.log(resumed))
    assert site.pieces("social", per_cell=4).total() == 24
    after = site.rows(f"SELECT COUNT(*) FROM ledger_entries WHERE run_id = '{run_id}' AND kind = 'call'")
    assert after > before
    site.nothing_is_paid_twice()

    served_so_far = len(site.stub.served)
    prefect.retry(run)
    assert prefect.wait(run, "COMPLETED", "FAILED")["type"] == "COMPLETED", prefect.log(run)
    assert len(site.stub.served) == served_so_far, "a retried run pays for nothing that it has"


def test_no_secret_and_no_text_is_in_a_log_or_in_prefects_database(site: Site) -> None:
    """Logs name variants and checks; prompts, drafts and insights are in none of them."""
    insights = [
        line.strip() for line in (ROOT / "brand_data/insights/verbatims.yaml").read_text().splitlines()
    ]
    quoted = [
        line.partition(":")[2].strip(' "') for line in insights if line.startswith(("fr:", "en:", "de:"))
    ]
    assert len(quoted) > 5
    lines = site.serve.prefect.ask("/logs/filter", {"limit": 200, "sort": "TIMESTAMP_ASC"})
    said = "\n".join(line["message"] for line in lines) + site.serve.said.read_text()
    assert len(said) > 2_000
    assert not [text for text in quoted if text and text in said]
    assert "Regardez de plus près" not in said, "nor what the model wrote"
    assert PASSWORD not in said


def test_a_second_serve_on_the_port_says_so_in_a_sentence(site: Site) -> None:
    """It names the page that is open, and how to join."""
    port = site.serve.prefect.url.rpartition(":")[2].removesuffix("/api")
    command = [sys.executable, "-c", "from inedit.cli import main; main()", "serve"]
    second = subprocess.run(
        [*command, "--project", str(site.root), "--port", port],
        env=environment(site.home), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert second.returncode == 2
    assert second.stderr.count(".") >= 1
    assert f"Port {port} is taken" in second.stderr
    assert "Traceback" not in second.stderr


def test_ctrl_c_ends_what_it_started_and_a_run_in_the_middle_is_kept(site: Site) -> None:
    """The last test of the file: serve, its server and its worker are gone; what was paid is charged."""
    run = site.serve.prefect.run("Produce", campaign="mini", only={"languages": ["fr"]}, variants_per_cell=9)
    site.until_served(6)
    run_id = site.run_of(run)
    processes = [site.serve.process.pid, *site.serve.workers()]
    assert len(processes) == 2
    assert site.serve.end() == 130
    with pytest.raises(OSError, match="refused"):
        site.serve.prefect.ask("/health")
    assert not [pid for pid in processes if Path(f"/proc/{pid}").exists()]
    assert site.rows(f"SELECT state FROM runs WHERE id = '{run_id}'") == [("interrupted",)]
    assert site.left_open(run_id) == 0, "every call under way was finished and charged"
    site.nothing_is_paid_twice()


def test_sigterm_while_it_starts_leaves_nothing_behind(tmp_path: Path) -> None:
    """The moment at which the server's process is there, and nobody has said yet that anything is served."""
    command_line = [*SERVE, "--project", str(ROOT), "--port", str(free_port()), "--studio-port", "0"]
    process = subprocess.Popen(command_line, env=environment(tmp_path), stderr=subprocess.DEVNULL)
    assert soon(lambda: bool(children(process.pid)), UP_SECONDS)
    (server,) = children(process.pid)
    process.terminate()
    assert process.wait(60) == 130
    assert not Path(f"/proc/{server}").exists()


def test_a_prefect_server_that_goes_away_costs_nothing(tmp_path: Path) -> None:
    """Writing goes on while it is away; the run ends as it should when it is back, and Cancel is heard as before."""
    port = free_port()
    api = f"http://127.0.0.1:{port}/api"
    with StubOpenAI(answer=tell_the_insight_at_length, latency_seconds=LATENCY_SECONDS).in_thread() as stub:
        env = {"PREFECT_API_URL": api, "INEDIT_MODEL": "stub", **stub.environment}
        with prefect_server(tmp_path, port) as server, served(tmp_path, **env) as serve:
            site, prefect = Site(serve, stub, tmp_path, ROOT), serve.prefect
            run = prefect.run("Produce", campaign="mini", only={"channels": ["social"]}, variants_per_cell=2)
            site.until_served(16)
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
            time.sleep(12)  # Prefect's runner has given up its line for news by now
            assert len(stub.served) > 16, "nobody waits for Prefect with what is to be written"
            with prefect_server(tmp_path, port):
                state = prefect.wait(run)
                assert state["type"] == "COMPLETED", (state, serve.said.read_text())
                assert site.pieces("social").total() == 12
                (progress,) = [one for one in prefect.artifacts(run) if one["type"] == "progress"]
                assert progress["data"] == 100, "the progress is told, too"
                run = prefect.run(
                    "Produce", campaign="mini", only={"channels": ["email"]}, variants_per_cell=8
                )
                site.until_served(8)
                prefect.cancel(run)
                time.sleep(2)
                calls = len(stub.requests)
                state = prefect.wait(run, "CANCELLED", seconds=60)
                assert "'Resume' goes on with it" in state["message"]
                assert len(stub.requests) == calls, "no call was made later than 2 s after Cancel"
                assert serve.end() == 130
                assert prefect.ask("/health") is True, "a server that was joined goes on"
                assert "Service exceeded" not in serve.said.read_text()
            site.nothing_is_paid_twice()
