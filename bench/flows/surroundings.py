"""What the measurements of flows need around them: a stub model and a Prefect server, each a process of its own."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

TESTS = Path(__file__).parents[2] / "tests"
PRODUCTION = Path(__file__).with_name("production.py")
sys.path.insert(0, str(TESTS))

from fakes.large_project import make_large_project  # noqa: E402  # tests/ is put on the path just above


def _serve_stub(told: Any, latency_seconds: float) -> None:
    import asyncio

    from fakes.stub_openai import StubOpenAI
    from fakes.writer import tell_the_insight

    async def serve() -> None:
        async with StubOpenAI(answer=tell_the_insight, latency_seconds=latency_seconds) as stub:
            told.put(stub.base_url)
            await asyncio.Event().wait()

    asyncio.run(serve())


@contextmanager
def stub_model(latency_seconds: float) -> Iterator[str]:
    """The address of a model that answers after so long."""
    told: Any = multiprocessing.Queue()
    process = multiprocessing.Process(target=_serve_stub, args=(told, latency_seconds), daemon=True)
    process.start()
    yield told.get(timeout=60)
    process.terminate()


@dataclass(frozen=True)
class Server:
    """A Prefect server with a database of its own."""

    url: str
    process: psutil.Popen
    env: dict[str, str]

    def cpu_seconds(self) -> float:
        """What it has used so far, its children included."""
        used = [self.process, *self.process.children(recursive=True)]
        return sum(sum(member.cpu_times()[:2]) for member in used)


@contextmanager
def prefect_server() -> Iterator[Server]:
    """A real server on SQLite, as ``inedit serve`` starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tempfile.mkdtemp(prefix="inedit-bench-")
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
        "PREFECT_HOME": home, "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1",
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api", "PREFECT_LOGGING_LEVEL": "INFO",
    }  # fmt: skip
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)]
    process = psutil.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 180
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5)
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.5)
        yield Server(env["PREFECT_API_URL"], process, env)
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def project_of(pieces: int) -> Iterator[Path]:
    """A brand project with a campaign of so many pieces."""
    with tempfile.TemporaryDirectory(prefix="inedit-bench-") as folder:
        make_large_project(Path(folder), pieces)
        yield Path(folder)


def produced(
    root: Path, concurrency: int, model_url: str, server: Server, *, flow: bool, shard: int = 0
) -> Any:
    """One production on an empty database: what :mod:`production` prints, and the server's CPU seconds."""
    with tempfile.TemporaryDirectory(prefix="inedit-bench-") as folder:
        env = {
            **server.env, "OPENAI_BASE_URL": model_url, "INEDIT_MODEL": "stub",
            "INEDIT_FREE_SERVER": "a stub of the bench",
            "INEDIT_DATABASE_URL": f"sqlite:///{folder}/inedit.db", "PREFECT_LOGGING_LEVEL": "WARNING",
        }  # fmt: skip
        command = [sys.executable, str(PRODUCTION), str(root), str(concurrency)]
        command += ["--flow"] if flow else []
        command += ["--shard", str(shard)] if shard else []
        before = server.cpu_seconds()
        done = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True)
        took = json.loads(done.stdout.splitlines()[-1])
        took["server"] = server.cpu_seconds() - before
        if took["stopped"]:
            raise SystemExit(f"the run did not complete: {took['stopped']}")
        return took
