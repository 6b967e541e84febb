"""Does a campaign of a hundred thousand pieces come to its end, each piece once, on two workers with Postgres?

    python bench/pipeline/large.py [--pieces 100000] [--workers 2] [--folder KEPT] [--json FILE]

Everything is on (prompts, generic texts, encoder, every check, admission, ledger). Each worker is a process with a
judge of its own and a copy of the project of its own, as ``inedit produce`` on so many machines: they divide the
campaign. A Postgres server and a model server run beside them, all on this machine; the model answers each call after
.1 s with another text, and writes it on its bill first.

Every minute a line is printed and kept in ``minutes.jsonl``: pieces, calls, the cores that each part takes, and its
memory. SIGTERM ends it in order: what was written stays in ``--folder``, and the same command goes on from there; a
worker that dies is started again. At last everything is held against the bill, and accepted texts against one another
(``--pairs`` of them, half of which tell the same insight); see ``written.py``. Exit code 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psutil

HERE = Path(__file__)
sys.path.insert(0, str(HERE.parents[2] / "tests"))
sys.path.insert(0, str(HERE.parents[1] / "flows"))

from kills import ModelServer, Postgres, free_port, prices  # noqa: E402  # in bench/flows
from surroundings import make_project  # noqa: E402

TODAY = date(2026, 12, 1)
"""Whenever a run goes on: what is planned does not change with the day."""

MINUTE, LAST_SECONDS, MOST_STARTS, STOPPED = 60.0, 600.0, 6, 3
POSTGRES = {"shared_buffers": "2GB", "max_wal_size": "4GB"}


# ---- a worker


async def produce(root: Path) -> dict[str, Any]:
    """As ``inedit produce``; SIGTERM lets the calls under way come to their end."""
    from inedit.bootstrap import Settings, open_pipeline, open_project_store, served_model
    from inedit.brand.load import load_project
    from inedit.model import Status
    from inedit.pipeline import campaign as steps
    from inedit.pipeline import run_campaign
    from inedit.pipeline.task import Options

    project, settings, stop = load_project(root), Settings.from_environment(), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    options, conclude, written = Options(concurrency=settings.concurrency), steps.conclude_run, list[float]()

    def concluded(*arguments: Any) -> Any:
        written.extend((time.time(), time.process_time()))
        return conclude(*arguments)

    steps.conclude_run = concluded
    with open_project_store(settings, root, writing=True) as store, served_model(settings) as address:
        async with open_pipeline(
            project, settings, store, address, concurrency=options.concurrency, today=TODAY
        ) as line:
            run = await run_campaign(project.brand.campaigns["large"], line, options, stop=stop)
            return {
                "planned": run.planned, "pieces": len(run.pieces), "kept": run.kept, "stopped": run.stopped,
                "accepted": run.count(Status.ACCEPTED), "answered": line.metered_model.answered,
                "sent_back": len(run.refusals), "seconds_of_the_end": round(time.time() - written[0], 1),
                "cpu_seconds_of_the_end": round(time.process_time() - written[1], 1),
                "peak_rss_mb": round(_status_mb("VmHWM")),
            }  # fmt: skip


def _status_mb(field: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith(field))


class Workers:
    """The processes that write the campaign, each on its own copy of the project."""

    def __init__(self, folder: Path, count: int, pieces: int, env: dict[str, str]) -> None:
        self.folder, self.env = folder, os.environ | env
        self.roots = [folder / f"machine-{number + 1}" for number in range(count)]
        for root in self.roots:
            if not (root / "made").exists():
                root.mkdir(exist_ok=True)
                make_project(root, pieces)
                (root / "made").touch()
        self.running: dict[Path, subprocess.Popen[bytes]] = {}
        self.starts = 0

    def start(self, root: Path) -> None:
        self.starts += 1
        command = [sys.executable, HERE, "--worker", root, root / "result.json"]
        with (root / "worker.log").open("ab") as log:
            self.running[root] = subprocess.Popen(
                command, env=self.env, stdout=log, stderr=log, start_new_session=True
            )

    def look_after(self) -> bool:
        """Start again what died; whether anything is still being written."""
        for root, process in list(self.running.items()):
            if process.poll() in (None, 0, STOPPED):
                continue
            say(f"{root.name} ended with {process.returncode}: {last_words(root / 'worker.log')}")
            if self.starts >= MOST_STARTS:
                raise SystemExit("the workers die again and again")
            self.start(root)
        return any(process.poll() is None for process in self.running.values())

    def stop(self) -> None:
        for process in self.running.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.running.values():
            try:
                process.wait(LAST_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def last_words(log: Path) -> str:
    return " ".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-3:])[-400:]


def say(line: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {line}", flush=True)


# ---- what stands around them


@contextmanager
def servers(folder: Path) -> Iterator[tuple[Postgres, ModelServer]]:
    """Postgres and the model server, with what they had when they were stopped."""
    for process in psutil.process_iter(["cmdline"]):
        if str(folder / "postgres" / "data") in (process.info["cmdline"] or ()):
            raise SystemExit(f"a Postgres (process {process.pid}) already has {folder}")
    data, kept = folder / "postgres", folder / "model.port"
    data.mkdir(exist_ok=True)
    (data / "data" / "postmaster.pid").unlink(missing_ok=True)  # of a machine that was switched off
    port = int(kept.read_text(encoding="utf-8")) if kept.exists() else free_port()
    kept.write_text(str(port), encoding="utf-8")  # the ledger knows a provider by its address
    postgres = Postgres(data, **POSTGRES)
    try:
        model = ModelServer(folder / "bill.jsonl", port)
        try:
            yield postgres, model
        finally:
            model.kill()
    finally:
        postgres.stop()


class Stop(Exception):
    """Somebody wants it to end."""


def stop(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise Stop


def write(folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """The campaign, as far as it is not there yet, and what was found when it was."""
    from watching import Watch, figures
    from written import findings

    with servers(folder) as (postgres, model):
        env = {
            "OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "none", "INEDIT_MODEL": "stub", "INEDIT_PROMPTS": "full",
            "INEDIT_DATABASE_URL": postgres.url,
        }  # fmt: skip
        workers = Workers(folder, arguments.workers, arguments.pieces, env)
        for root in workers.roots:
            (root / "brand_data" / "prices.yaml").write_text(prices(model.provider), encoding="utf-8")
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        watch = Watch(folder / "minutes.jsonl", postgres.url, model.bill)
        try:
            for root in workers.roots:
                workers.start(root)
            while workers.look_after():
                parts = {root.name: process.pid for root, process in workers.running.items()}
                say(watch.look({**parts, "postgres": postgres.process.pid, "model": model.process.pid}))
                until = time.monotonic() + MINUTE
                while time.monotonic() < until and any(p.poll() is None for p in workers.running.values()):
                    time.sleep(0.5)
        finally:
            say("stopping" if sys.exc_info()[0] else "written")
            workers.stop()
        told = {
            root.name: json.loads((root / "result.json").read_text(encoding="utf-8"))
            for root in workers.roots
        }
        say(f"workers: {json.dumps(told)}")
        return {
            "measured": f"{datetime.now(UTC):%Y-%m-%d}", "cores": os.cpu_count(), "pieces": arguments.pieces,
            "workers": told, "starts_of_workers": workers.starts, **figures(folder / "minutes.jsonl"),
            **findings(workers.roots[0], postgres.url, model, arguments.pairs, TODAY, say),
        }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pieces", type=int, default=100_000, help="a multiple of 40")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where everything is kept, to go on with")
    parser.add_argument("--json", type=Path, help="where to write all figures")
    parser.add_argument("--worker", nargs=2, type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        root, result = arguments.worker
        took = asyncio.run(produce(root))
        result.write_text(json.dumps(took), encoding="utf-8")
        sys.exit(STOPPED if took["stopped"] else 0)
    with ExitStack() as stack:
        folder = arguments.folder or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="inedit-bench-"))
        )
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)  # Postgres may run as another user
        try:
            found = write(folder.resolve(), arguments)
        except Stop:
            say(f"stopped; the same command goes on with {folder}" if arguments.folder else "stopped")
            sys.exit(130)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    say(text)
    if arguments.json:
        arguments.json.write_text(text + "\n", encoding="utf-8")
    sys.exit(bool(found["wrong"]))


if __name__ == "__main__":
    main()
