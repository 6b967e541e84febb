"""``inedit serve`` as people run it: a process of its own, a real Prefect server, and what it says and shows."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SERVE = [sys.executable, "-c", "from inedit.cli import main; main()", "serve"]
UP_SECONDS = 180.0
RUN_SECONDS = 240.0
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED", "PAUSED")


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Prefect:
    """Prefect's API as the UI uses it."""

    url: str
    auth: str = ""  # "user:password" of Prefect's own basic authentication

    def ask(self, path: str, body: Any = None) -> Any:
        """GET, or POST when there is a body; again when its database is busy, as its own pages do."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        if self.auth:
            headers["Authorization"] = f"Basic {base64.b64encode(self.auth.encode()).decode()}"
        request = urllib.request.Request(self.url + path, data, headers)
        for trial in range(5):
            try:
                with urllib.request.urlopen(request, timeout=30) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                if error.code != 503 or trial == 4:
                    raise
                time.sleep(1)

    def deployment(self, word: str) -> dict[str, Any]:
        """A deployment by the first word of its name."""
        found = [d for d in self.ask("/deployments/filter", {}) if d["name"].startswith(f"{word} ·")]
        assert len(found) == 1, [d["name"] for d in found]
        return dict(found[0])

    def run(self, word: str, **parameters: Any) -> str:
        """Press Run; the id of the flow run."""
        path = f"/deployments/{self.deployment(word)['id']}/create_flow_run"
        return str(self.ask(path, {"parameters": parameters})["id"])

    def run_by_hand(self, word: str, **parameters: Any) -> str:
        """Run with what the list does not offer (yet), as a script does."""
        path = f"/deployments/{self.deployment(word)['id']}/create_flow_run"
        return str(self.ask(path, {"parameters": parameters, "enforce_parameter_schema": False})["id"])

    def state(self, flow_run_id: str) -> dict[str, Any]:
        """Where a run stands."""
        return dict(self.ask(f"/flow_runs/{flow_run_id}")["state"])

    def leaves(self, flow_run_id: str, state: str, seconds: float = 30.0) -> bool:
        """Whether a run is soon in another state."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.state(flow_run_id)["type"] != state:
                return True
            time.sleep(0.25)
        return False

    def wait(self, flow_run_id: str, *types: str, seconds: float = RUN_SECONDS) -> dict[str, Any]:
        """Until a run stands in one of these states."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            state = self.state(flow_run_id)
            if state["type"] in (types or ENDED):
                return state
            time.sleep(0.25)
        raise AssertionError(f"still {self.state(flow_run_id)['name']}; its log:\n{self.log(flow_run_id)}")

    def cancel(self, flow_run_id: str) -> None:
        """What the UI's Cancel button does."""
        self.ask(
            f"/flow_runs/{flow_run_id}/set_state", {"state": {"type": "CANCELLING", "name": "Cancelling"}}
        )

    def suspend(self, flow_run_id: str, seconds: int) -> None:
        """What the UI's Suspend does; ``seconds`` is what its box asks for."""
        until = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()
        details = {"pause_timeout": until, "pause_reschedule": True}
        state = {"type": "PAUSED", "name": "Suspended", "state_details": details}
        self.ask(f"/flow_runs/{flow_run_id}/set_state", {"state": state})

    def resume(self, flow_run_id: str) -> None:
        """What the UI's Resume does where there is no form."""
        given = self.ask(f"/flow_runs/{flow_run_id}/resume", {})
        assert given["status"] == "ACCEPT", given

    def retry(self, flow_run_id: str) -> None:
        """What the UI's Retry does."""
        state = {"type": "SCHEDULED", "name": "AwaitingRetry", "message": "Retry from the UI"}
        self.ask(f"/flow_runs/{flow_run_id}/set_state", {"state": state, "force": True})

    def answer(self, flow_run_id: str, **said: Any) -> None:
        """Fill in the approval form and press Submit; Prefect stores the form a moment after it says Suspended."""
        given = self.ask(f"/flow_runs/{flow_run_id}/resume", {"run_input": said})
        deadline = time.monotonic() + 10
        while "schema not found" in str(given.get("details")) and time.monotonic() < deadline:
            time.sleep(0.25)
            given = self.ask(f"/flow_runs/{flow_run_id}/resume", {"run_input": said})
        assert given["status"] == "ACCEPT", given

    def log(self, flow_run_id: str) -> str:
        """Every line that the run has logged."""
        wanted = {"logs": {"flow_run_id": {"any_": [flow_run_id]}}, "sort": "TIMESTAMP_ASC", "limit": 200}
        return "\n".join(line["message"] for line in self.ask("/logs/filter", wanted))

    def errors(self, flow_run_id: str) -> list[str]:
        """Lines that the run has logged as errors: they are red in the UI."""
        wanted = {"logs": {"flow_run_id": {"any_": [flow_run_id]}, "level": {"ge_": 40}}, "limit": 200}
        return [line["message"] for line in self.ask("/logs/filter", wanted)]

    def artifacts(self, flow_run_id: str) -> list[dict[str, Any]]:
        """What the run left."""
        wanted = {"artifacts": {"flow_run_id": {"any_": [flow_run_id]}}, "limit": 200}
        return list(self.ask("/artifacts/filter", wanted))


@dataclass
class Serve:
    """A running ``inedit serve``."""

    process: subprocess.Popen[str]
    prefect: Prefect
    said: Path

    def workers(self) -> list[int]:
        """Processes that carry out flow runs at this moment."""
        return [pid for pid in children(self.process.pid) if "prefect.engine" in command(pid)]

    def end(self) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def environment(home: Path, **more: str) -> dict[str, str]:
    """A person's environment, with Prefect's data in a folder of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "INEDIT_", "OPENAI_"))}
    cache = {name: os.environ[name] for name in ("INEDIT_CACHE_DIR",) if name in os.environ}
    return {
        **kept, **cache, "PREFECT_HOME": str(home / "prefect"), "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1", "INEDIT_JUDGES": "0", "INEDIT_DATABASE_URL": f"sqlite:///{home / 'inedit.db'}", **more,
    }  # fmt: skip


@contextmanager
def served(home: Path, *, project: Path = ROOT, port: int | None = None, **env: str) -> Iterator[Serve]:
    """``inedit serve``, until the block ends."""
    port = port or free_port()
    home.mkdir(parents=True, exist_ok=True)
    said = home / "serve.log"
    joined = env.get("PREFECT_API_URL")
    with said.open("a") as out:
        process = subprocess.Popen(
            [*SERVE, "--project", str(project), "--port", str(port)],
            env=environment(home, **env), stdout=out, stderr=out, text=True, start_new_session=True,
        )  # fmt: skip
    auth = env.get("PREFECT_SERVER_API_AUTH_STRING", "")
    serve = Serve(process, Prefect(joined or f"http://127.0.0.1:{port}/api", auth), said)
    try:
        deadline = time.monotonic() + UP_SECONDS
        while "is served." not in said.read_text():
            assert process.poll() is None, said.read_text()
            assert time.monotonic() < deadline, said.read_text()
            time.sleep(0.3)
        yield serve
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextmanager
def prefect_server(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A Prefect server that somebody else started."""
    process = subprocess.Popen(
        [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
        env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + UP_SECONDS
        while True:
            try:
                Prefect(f"http://127.0.0.1:{port}/api").ask("/health")
                break
            except (urllib.error.URLError, OSError):
                assert time.monotonic() < deadline
                time.sleep(0.3)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def children(pid: int) -> list[int]:
    """Processes that a process has started."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if parent == pid:
                found.append(int(entry.name))
    return found


def command(pid: int) -> str:
    """The command line of a process."""
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""
