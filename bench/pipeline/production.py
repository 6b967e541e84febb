"""One production of a campaign as ``inedit produce`` runs it, and what it took: a process of its own for each.

    python bench/pipeline/production.py PROJECT CONCURRENCY PIECES

Prints one line of JSON: wall and CPU seconds from the order to the result (loading the encoder left out), calls,
accepted pieces, CPU seconds by stage, and memory as the pieces were completed. The model is at OPENAI_BASE_URL.

CPU and memory are those of the process and all that it started, the judges' own among them (``judges``: their CPU
alone). ``memory`` has, after how many pieces, the sum of resident memory, and of proportional memory, in which pages
that several processes have in common count once; ``peak_rss`` is the sum of each one's own peak. Stages are those of
the main process: what judges do in processes of their own is in ``judges``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import psutil

from inedit.bootstrap import Settings, open_pipeline, open_project_store, served_model
from inedit.brand.load import load_project
from inedit.pipeline.task import Event, Options


class Stages:
    """CPU seconds by stage. A stage inside another one is counted once, for the inner one."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inside = threading.local()

    def of(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its CPU time told apart."""

        @wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            outer = getattr(self._inside, "taken", None)
            self._inside.taken = 0.0
            begun = time.thread_time()
            try:
                return function(*arguments, **named)
            finally:
                whole = time.thread_time() - begun
                self.seconds[stage] += whole - self._inside.taken
                self._inside.taken = None if outer is None else outer + whole

        return timed

    def watch(self, owner: Any, name: str, stage: str) -> None:
        """Tell a function of a module or class apart from now on."""
        setattr(owner, name, self.of(stage, getattr(owner, name)))


def watched(stages: Stages, *, judged_here: bool) -> None:
    """The stages of a piece's way. Where drafts are judged elsewhere, nothing is loaded that judging needs."""
    from inedit.archive import admission
    from inedit.encoding import remembering
    from inedit.ledger.ledger import Ledger
    from inedit.pipeline import attempt, evaluation

    if judged_here:
        from inedit.encoding import use_multilingual

        stages.watch(use_multilingual.UseMultilingual, "encode", "encoder")
    stages.watch(remembering.RememberingEncoder, "encode", "encoder's memory")
    stages.watch(Ledger, "reserve", "ledger: reserve")
    stages.watch(Ledger, "settle", "ledger: settle")
    stages.watch(Ledger, "record_saving", "ledger: saving")
    stages.watch(admission.Archive, "admit", "admission: transaction")
    stages.watch(admission.Archive, "_compared", "admission: comparison")
    stages.watch(admission.Archive, "paid_answers", "what was paid before")
    stages.watch(admission.Archive, "keep_verdict", "verdict kept")
    stages.watch(admission.Archive, "siblings", "siblings")
    stages.watch(attempt, "next_question", "rendering")
    stages.watch(attempt, "first_prompt_sha", "rendering: digest")
    stages.watch(evaluation, "judge", "checks")
    stages.watch(evaluation, "evaluate_draft", "evaluation around the checks")
    stages.watch(evaluation, "parse_answer", "parsing")
    stages.watch(attempt, "_decided", "judging, the rest")


class Family:
    """This process and all that it has started: what they took, those that have ended included."""

    def __init__(self) -> None:
        self._own, self._peaks = psutil.Process(), dict[int, int]()

    def cpu(self) -> tuple[float, float]:
        """Seconds of CPU of this process, and of all others: those that have ended, and those that are there."""
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        there = sum(sum(process.cpu_times()[:2]) for process in self._others())
        return time.process_time(), ended.ru_utime + ended.ru_stime + there

    def memory(self) -> tuple[int, int]:
        """Bytes: resident memory of all that are there, and proportional."""
        rss = pss = 0
        for process in (self._own, *self._others()):
            fields = fields_of(f"/proc/{process.pid}/smaps_rollup")
            rss, pss = rss + fields.get("Rss", 0), pss + fields.get("Pss", 0)
            self._peaks[process.pid] = fields_of(f"/proc/{process.pid}/status").get("VmHWM", 0)
        return rss, pss

    def peak(self) -> int:
        """Bytes: the peaks of all, those that have ended as they were last looked at."""
        self.memory()
        return sum(self._peaks.values())

    def _others(self) -> list[psutil.Process]:
        return self._own.children(recursive=True)


def fields_of(file: str) -> dict[str, int]:
    """The figures of a file of /proc, in bytes."""
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:  # it has just ended
        return {}
    rows = (line.split() for line in lines)
    return {row[0].rstrip(":"): int(row[1]) * 1_024 for row in rows if row[-1] == "kB"}


async def produce(root: Path, concurrency: int, every: int) -> dict[str, Any]:
    """The plain core, as ``inedit produce`` runs it, everything on."""
    from inedit.archive.generic_texts import texts_by_language as generic_texts
    from inedit.pipeline import campaign as steps
    from inedit.pipeline import run_campaign

    project, settings = load_project(root), Settings.from_environment()
    process, family, memory = psutil.Process(), Family(), []
    completed = 0

    def follow(event: Event) -> None:
        nonlocal completed
        completed += event.kind == "completed"
        if event.kind == "completed" and completed % every == 0:
            memory.append([completed, *family.memory()])

    stages, concluding = Stages(), {}
    conclude = steps.conclude_run

    def concluded(*arguments: Any) -> Any:
        family.memory()  # before the judges end
        concluding["rss_mb_before"], begun = process.memory_info().rss / 1e6, time.process_time()
        run = conclude(*arguments)
        concluding["rss_mb_after"] = process.memory_info().rss / 1e6
        concluding["cpu_seconds"] = time.process_time() - begun
        return run

    steps.conclude_run = concluded
    with open_project_store(settings, root) as store, served_model(settings) as address:
        options = Options(concurrency=concurrency)
        async with open_pipeline(project, settings, store, address, concurrency=concurrency) as line:
            watched(stages, judged_here=getattr(line, "judging", None) is None)
            line.encoder().encode(["a text, so that everything is warm"])
            memory.append([0, *family.memory()])
            loop, (own, others), wall = time.thread_time(), family.cpu(), time.perf_counter()
            run = await run_campaign(project.brand.campaigns["large"], line, options, on_event=follow)
            own, others = family.cpu()[0] - own, family.cpu()[1] - others
            took = {
                "wall": time.perf_counter() - wall,
                "cpu": own + others,
                "judges": others,
                "loop": time.thread_time() - loop,
            }
            calls = line.metered_model.answered
            generic = sum(map(len, generic_texts(store, "large").values()))
    refused: defaultdict[str, int] = defaultdict(int)
    for event in run.refusals:
        for check in {finding.check for finding in event.findings if finding.severity.value != "note"}:
            refused[check] += 1
    return {
        **took,
        "calls": calls,
        "planned": run.planned,
        "accepted": sum(piece.status.value == "accepted" for piece in run.pieces),
        "stopped": run.stopped,
        "refused_for": dict(refused),
        "stages": {name: round(seconds, 3) for name, seconds in stages.seconds.items()},
        "generic": generic,
        "concluding": concluding,
        "memory": memory,
        "peak_rss": family.peak(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("project", type=Path)
    parser.add_argument("concurrency", type=int)
    parser.add_argument("--every", type=int, default=100, help="pieces between two looks at memory")
    arguments = parser.parse_args()
    os.environ["INEDIT_CONCURRENCY"] = str(arguments.concurrency)
    sys.stdout.write(
        json.dumps(asyncio.run(produce(arguments.project, arguments.concurrency, arguments.every))) + "\n"
    )


if __name__ == "__main__":
    main()
