"""How much memory does the end of a run take for each of its pieces?

    python bench/pipeline/concluding.py [--pieces 5000 20000] [--before OLD/src] [--traced] [--json FILE]

A store of so many pieces of one campaign, as a run leaves them, with their vectors; then a process of its own concludes
that run, makes its report and writes that as JSON. Printed: the megabytes that the process grew by beyond what it had
before, its peak and what stays (resident), and the seconds of CPU; with ``--traced`` also what Python holds at its
peak (tracemalloc, in a process of its own, which takes several times as long). ``--before`` names the src folder of an
older version.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from surroundings import project_of
from texts import texts

from inedit.archive.rows import dump, spec_json, verdict_json
from inedit.archive.runs import start_run
from inedit.bootstrap import ModelAddress, Settings, open_pipeline, open_project_store
from inedit.brand.load import load_project
from inedit.model import Originality, Receipt, Span, Verdict
from inedit.pipeline.task import Options
from inedit.store.tables import pieces, vectors

HERE, BLOCK, DIMENSIONS = Path(__file__).parent, 1_000, 512
ENCODER = ("encoder", "digest")


class Encoder:
    """The encoder whose vectors are stored."""

    name, digest = ENCODER

    def encode(self, said: list[str]) -> np.ndarray:
        made = np.random.default_rng(len(said)).normal(size=(len(said), DIMENSIONS)).astype(np.float32)
        return made / np.linalg.norm(made, axis=1, keepdims=True)


def fill(root: Path) -> None:
    """What a run leaves of the whole plan; nine in ten are accepted."""
    from inedit.planning import plan

    project = load_project(root)
    campaign, written = project.brand.campaigns["large"], {tag: texts(tag, 5) for tag in ("fr", "en")}
    specs = plan(campaign, project.brand, datetime.now(UTC).date())
    draw = np.random.default_rng(5)
    with open_project_store(Settings.from_environment(), root, writing=True) as store:
        run_id = start_run(store, campaign, model="stub", options={})
        for start in range(0, len(specs), BLOCK):
            made, kept = [], []
            for number, spec in enumerate(specs[start : start + BLOCK]):
                hook, before, after = next(written[spec.language])
                receipt = Receipt(Span(100, 150), spec.insight_ids[0], "insight", "quote")
                verdict = Verdict((), (receipt,), originality=Originality(*draw.random(3).tolist()))
                parts = {"hook": hook, "body": f"{before} {after}", "call_to_action": "Écrire à l’atelier"}
                made.append({
                    "id": f"{spec.key}-1", "run_id": run_id, "campaign_id": campaign.id, "spec_key": spec.key,
                    "edition": 1, "brief_sha": campaign.sha, "scope": f"demo:{spec.language}",
                    "status": "parked" if number % 10 == 0 else "accepted", "parts": dump(parts),
                    "spec": dump(spec_json(spec)), "text": "\n".join(parts.values()),
                    "verdict": dump(verdict_json(verdict)), "attempts": 1, "created_at": "2026",
                })  # fmt: skip
                kept.append({
                    "piece_id": f"{spec.key}-1", "model": ENCODER[0], "digest": ENCODER[1],
                    "dimensions": DIMENSIONS,
                    "data": draw.normal(size=DIMENSIONS).astype(np.float32).tobytes(),
                })  # fmt: skip
            with store.write() as connection:
                connection.execute(pieces.insert(), made)
                connection.execute(vectors.insert(), kept)
    (root / "run").write_text(run_id, encoding="utf-8")


async def conclude(root: Path, traced: bool) -> dict[str, Any]:
    """The end of that run in this process."""
    from inedit.pipeline.campaign import OpenRun, conclude_run
    from inedit.pipeline.run_report import report_of
    from inedit.planning import plan

    project, settings = load_project(root), Settings.from_environment()
    campaign = project.brand.campaigns["large"]
    process = psutil.Process()
    with open_project_store(settings, root, writing=True) as store:
        address = ModelAddress("http://127.0.0.1:9/v1", "none", "stub", "stub")
        async with open_pipeline(project, settings, store, address, concurrency=1, encoder=Encoder) as line:
            specs = plan(campaign, project.brand, line.today)
            opened = OpenRun((root / "run").read_text(encoding="utf-8"), specs)
            before, peak = process.memory_info().rss, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            if traced:
                tracemalloc.start()
            begun = time.process_time()
            run = conclude_run(opened, campaign, line, Options(), [])
            concluded = time.process_time() - begun
            report = report_of(run, line)
            facts = len(report.facts())
            if hasattr(report, "pieces_as_json"):
                written = len(json.dumps(report.as_json(with_pieces=False)))
                written += sum(len(json.dumps(piece)) for piece in report.pieces_as_json())
            else:  # an older version
                written = len(json.dumps(report.as_json()))
            return {
                "planned": run.planned, "pieces": len(run.pieces), "facts": facts, "written": written,
                "traced_peak_mb": round(tracemalloc.get_traced_memory()[1] / 1e6, 1) if traced else None,
                "grown_mb": round((process.memory_info().rss - before) / 1e6, 1),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3 - before / 1e6, 1),
                "peak_before_mb": round(peak / 1e3 - before / 1e6, 1),
                "conclude_cpu_seconds": round(concluded, 2),
                "cpu_seconds": round(time.process_time() - begun, 2),
            }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pieces", type=int, nargs="+", default=[5_000, 20_000])
    parser.add_argument("--before", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--fill", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--conclude", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--traced", action="store_true", help="tell what Python holds, too")
    arguments = parser.parse_args()
    if arguments.fill:
        fill(arguments.fill)
        return
    if arguments.conclude:
        print(json.dumps(asyncio.run(conclude(arguments.conclude, arguments.traced))))
        return
    sources = {"before": arguments.before} if arguments.before else {}
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="inedit-bench-") as folder:
        for count in arguments.pieces:
            env = {
                **os.environ, "INEDIT_MODEL": "stub", "INEDIT_FREE_SERVER": "a stub of the bench",
                "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
                "INEDIT_DATABASE_URL": f"sqlite:///{folder}/{count}.db",
            }  # fmt: skip
            with project_of(count) as root:
                subprocess.run([sys.executable, __file__, "--fill", str(root)], env=env, check=True)
                for name, source in {**sources, "now": None}.items():
                    own = env if source is None else {**env, "PYTHONPATH": str(source.resolve())}
                    for traced in ([], ["--traced"])[: 1 + arguments.traced]:
                        done = subprocess.run(
                            [sys.executable, __file__, "--conclude", str(root), *traced],
                            env=own, stdout=subprocess.PIPE, text=True, check=True,
                        )  # fmt: skip
                        row = {**json.loads(done.stdout), "load": round(os.getloadavg()[0], 1)}
                        found.setdefault(str(count), {}).setdefault(name, []).append(row)
                        print(count, name, json.dumps(row), flush=True)
    if arguments.json:
        told = {"measured": datetime.now(UTC).date().isoformat(), "pieces": found}
        arguments.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
