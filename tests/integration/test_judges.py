"""A campaign whose drafts are judged in a process of its own, and what happens when one of the two processes ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from fakes.stub_openai import StubOpenAI
from fakes.writer import tell_the_insight

ROOT = Path(__file__).parents[2]
PRODUCE = "produce", "mini", "--model", "stub", "--mirror", "1", "--channel", "social", "--json"
UNGUARDED = "from inedit.cli import main\nmain()\n"
"""A program that must not be run a second time by a process that it starts: it says nowhere ``if __name__``."""

LOADING = 40_000_000
"""Bytes that a judge has once it is past the first moments of Python, in which it cannot do anything about signals."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command under way, and what it has said so far on its standard error."""

    process: subprocess.Popen[bytes]
    said: Path

    def judge(self) -> psutil.Process | None:
        """The process that judges, once it is there."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return next((one for one in children if "inedit.pipeline.judge_child" in one.cmdline()), None)

    def a_judge(self) -> psutil.Process:
        """The same, waited for."""
        until(lambda: self.judge() is not None)
        judge = self.judge()
        assert judge is not None
        return judge


def until(holds: Callable[[], bool], seconds: float = 90) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def command(folder: Path, stub: StubOpenAI, *words: str) -> Iterator[Command]:
    """``inedit`` on a copy of the demo project, by a program of its own and with a session of its own."""
    program, said = folder / "program.py", folder / "said"
    program.write_text(UNGUARDED, encoding="utf-8")
    project = folder / "project"
    for part in ("brand_data", "prompts"):
        shutil.copytree(ROOT / part, project / part)
    environment = {
        **os.environ, **stub.environment, "INEDIT_JUDGES": "1", "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "300",
    }  # fmt: skip
    with said.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, str(program), *words], cwd=project, env=environment, stdout=subprocess.PIPE,
            stderr=errors, start_new_session=True,
        )  # fmt: skip
    with process:
        try:
            yield Command(process, said)
        finally:
            if process.poll() is None:
                process.kill()


@pytest.fixture
def stub() -> Iterator[StubOpenAI]:
    """An honest writer that takes its time."""
    with StubOpenAI(answer=tell_the_insight, latency_seconds=0.3).in_thread() as server:
        yield server


def test_a_judge_that_is_killed_costs_no_draft(tmp_path: Path, stub: StubOpenAI) -> None:
    """What was paid for is judged again by the next judge; nothing is asked for twice, and the log says what happened.
    The command's answer is on its standard output alone."""
    with command(tmp_path, stub, *PRODUCE) as under_way:
        judge = under_way.a_judge()
        assert "OPENAI_API_KEY" not in judge.environ() and "INEDIT_DATABASE_URL" not in judge.environ()
        until(lambda: len(stub.requests) >= 2)
        judge.kill()
        out, _ = under_way.process.communicate(timeout=120)
    told = json.loads(out)
    said = under_way.said.read_text()
    assert under_way.process.returncode in (0, 1), said
    assert "A judge's process came to its end (SIGKILL, perhaps for want of memory)" in said
    assert "Traceback" not in said
    assert told["pieces"] and all(piece["status"] in ("accepted", "parked") for piece in told["pieces"])
    assert not judge.is_running()


def test_ctrl_c_ends_the_run_in_order_and_its_judge_with_it(tmp_path: Path, stub: StubOpenAI) -> None:
    """The calls under way are finished, recorded and judged; nobody shows a traceback, and no process is left."""
    with command(tmp_path, stub, *PRODUCE, "--concurrency", "1") as under_way:
        judge = under_way.a_judge()
        until(lambda: len(stub.requests) >= 1 and judge.memory_info().rss > LOADING)
        for process in (under_way.process.pid, judge.pid):  # whoever else it may reach
            os.kill(process, signal.SIGINT)
        under_way.process.communicate(timeout=120)
    said = under_way.said.read_text()
    assert under_way.process.returncode == 130, said
    assert "Traceback" not in said and "judge" not in said
    assert not judge.is_running()


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM])
def test_a_judge_outlives_its_run_by_nothing(tmp_path: Path, stub: StubOpenAI, by: signal.Signals) -> None:
    """However the run's process comes to its end."""
    with command(tmp_path, stub, *PRODUCE) as under_way:
        judge = under_way.a_judge()
        under_way.process.send_signal(by)
        under_way.process.wait(60)
        until(lambda: not judge.is_running() or judge.status() == psutil.STATUS_ZOMBIE)
    assert "Traceback" not in under_way.said.read_text()
