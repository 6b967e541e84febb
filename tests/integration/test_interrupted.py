"""Ctrl-C in a real process: the second one abandons what is under way, and the ledger knows what that may cost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-c", "from inedit.cli import main; main()")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the demo project."""
    for folder in ("brand_data", "prompts"):
        shutil.copytree(ROOT / folder, tmp_path / "project" / folder)
    return tmp_path / "project"


def until(holds: Callable[[], bool], seconds: float = 90) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("presses", [2, 5])
def test_a_second_ctrl_c_abandons_and_loses_no_money(project: Path, tmp_path: Path, presses: int) -> None:
    """Exit code 130 and no traceback, however often it is pressed; each call under way is possibly billed."""
    said = tmp_path / "stderr"
    with StubOpenAI(answer=tell_the_insight, latency_seconds=60).in_thread() as stub:
        environment = {**os.environ, **stub.environment, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "300"}
        with said.open("w") as errors:
            process = subprocess.Popen(
                [*COMMAND, "produce", "mini", "--model", "stub", "--mirror", "0", "--concurrency", "3"],
                cwd=project, env=environment, stdout=subprocess.PIPE, stderr=errors,
            )  # fmt: skip
        with process:
            until(lambda: len(stub.requests) == 3)
            process.send_signal(signal.SIGINT)
            until(lambda: "Press Ctrl-C again" in said.read_text())
            for _ in range(presses - 1):
                process.send_signal(signal.SIGINT)
            code = process.wait(60)
            told = (process.stdout.read() if process.stdout else b"").decode() + said.read_text()
    assert code == 130, told
    assert "Traceback" not in told and "Exception" not in told
    assert "'inedit ledger pending' lists them" in told
    assert len(stub.requests) == 3, "nothing was sent after the first Ctrl-C"

    def ask(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *words], cwd=project, env=environment, capture_output=True, text=True, check=False
        )

    waiting = json.loads(ask("ledger", "pending", "--json").stdout)
    assert [one["reason"] for one in waiting] == ["abandoned while under way"] * 3
    assert ask("ledger", "verify").returncode == 0


def test_ctrl_c_while_the_command_is_being_imported_is_no_traceback() -> None:
    """The first second of every command: it ends as interrupted, and says so; a second press changes nothing."""
    code = (
        "import os, signal, sys, types\n"
        "class Importing(types.ModuleType):\n"
        "    def __getattr__(self, name): os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.modules['inedit.cli.commands'] = Importing('inedit.cli.commands')\n"
        "import atexit, inedit.cli\n"
        "atexit.register(os.kill, os.getpid(), signal.SIGINT)\n"
        "inedit.cli.main()\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (130, "")
    assert ended.stderr == "Interrupted. What was paid for is kept; run the same command again to go on.\n"
