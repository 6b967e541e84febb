"""How fast does the whole line move with everything on, beside what merely calls a model?

    python bench/pipeline/run.py [--pieces 2000] [--rounds 1] [--curator PYTHON] [--json FILE]
    python bench/pipeline/run.py --pieces 20000 --latency 0.05 --alone          # the slope of memory
    python bench/pipeline/run.py --pieces 400 --latency 0.05 --alone --rounds 2 --before OLD/src  # what a change did

A stub model in a process of its own answers every call with another text, of which nine in ten or more are accepted.
Each measurement is a process of its own on an empty SQLite database: the plain core that ``inedit produce`` runs, with
prompts, generic texts, encoder, every check, admission and ledger. First at ``--latency`` (1 s) and 64 at once, then at
50 ms in turn with the openai SDK and, where ``--curator`` names a Python that has bespokelabs-curator, with curator:
the same prompts, and nothing but the calls.

Bars: wall at most 1.05 times the ideal per call made (calls x latency / at once); 20 ms of CPU per call; a quarter of
curator's calls per second at 50 ms; resident memory at most 1.5 times curator's; a slope of at most 10 KB per piece.
CPU figures are the process's own, the stub's left out; the load of the machine is kept beside each. With ``--before``,
an older package is measured in turn with this one, each time first: on a machine with other work, compare those alone.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from surroundings import project_of, stub_model

HERE = Path(__file__).parent
CONCURRENCY, FAST_SECONDS = 64, 0.05
TODAY = date(2026, 11, 29)


def measured(command: list[str], env: dict[str, str]) -> dict[str, Any]:
    """What a process prints last, and the load that it met."""
    before = os.getloadavg()[0]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    took: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {**took, "load": [round(before, 1), round(os.getloadavg()[0], 1)]}


def ours(root: Path, url: str, source: Path | None = None) -> dict[str, Any]:
    """One production on an empty database, by the package in ``source`` where that is given."""
    with tempfile.TemporaryDirectory(prefix="inedit-bench-") as folder:
        env = {
            **os.environ, "OPENAI_BASE_URL": url, "INEDIT_MODEL": "stub", "INEDIT_FREE_SERVER": "a stub of the bench",
            "INEDIT_DATABASE_URL": f"sqlite:///{folder}/inedit.db",
        }  # fmt: skip
        if source is not None:
            env["PYTHONPATH"] = str(source.resolve())
        return measured([sys.executable, str(HERE / "production.py"), str(root), str(CONCURRENCY)], env)


def write_prompts(root: Path, file: Path, calls: int) -> None:
    """The first prompts of the plan as requests, one a line, taken again from the start where there are fewer."""
    from inedit.brand.load import load_project
    from inedit.planning import plan
    from inedit.prompting import load_templates, render

    project = load_project(root)
    brand, templates = project.brand, load_templates(project)
    campaign = brand.campaigns["large"]
    specs = plan(campaign, brand, TODAY)[:calls]
    lines = []
    for spec in specs:
        prompt = render(templates, brand, campaign, spec, TODAY)
        messages = [{"role": message.role, "content": message.content} for message in prompt.messages]
        schema = {"name": "answer", "strict": True, "schema": dict(prompt.schema)}
        wanted = {"type": "json_schema", "json_schema": schema}
        lines.append(json.dumps({"model": "gpt-4o-mini", "messages": messages, "response_format": wanted}))
    file.write_text("\n".join(lines[at % len(lines)] for at in range(calls)) + "\n", encoding="utf-8")


def peer(name: str, python: str, prompts: Path, url: str) -> dict[str, Any]:
    """The same calls by a peer."""
    env = {
        **{key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        "OPENAI_BASE_URL": url, "OPENAI_API_KEY": "none", "TELEMETRY_ENABLED": "0", "CURATOR_VIEWER": "0",
        "CURATOR_DISABLE_RICH_DISPLAY": "1", "HF_HUB_OFFLINE": "1",
    }  # fmt: skip
    return measured([python, str(HERE / "peer.py"), name, str(prompts), str(CONCURRENCY)], env)


def figures(took: dict[str, Any], latency: float) -> dict[str, Any]:
    """What a production came to, per call."""
    calls = took["calls"]
    memory = took["memory"]
    half = memory[len(memory) // 2 :]
    slope = (
        statistics.linear_regression(*zip(*(row[:2] for row in half), strict=True)).slope
        if len(half) > 2
        else None
    )
    return {
        "latency_seconds": latency,
        "calls": calls,
        "planned": took["planned"],
        "accepted": took["accepted"],
        "accepted_of_drafts": round(took["accepted"] / (calls - took["generic"]), 3),
        "refused_for": took["refused_for"],
        "wall_seconds": round(took["wall"], 1),
        "wall_of_ideal": round(took["wall"] / (calls * latency / CONCURRENCY), 3),
        "calls_per_second": round(calls / took["wall"], 1),
        "cpu_ms_per_call": round(1e3 * took["cpu"] / calls, 2),
        "cpu_ms_per_call_of_judges": round(1e3 * took["judges"] / calls, 2),
        "cpu_ms_per_call_of_loop": round(1e3 * took["loop"] / calls, 2),
        "cpu_ms_per_call_by_stage": {
            name: round(1e3 * seconds / calls, 2)
            for name, seconds in sorted(took["stages"].items(), key=lambda item: -item[1])
        },
        "concluding": {name: round(value, 2) for name, value in took["concluding"].items()},
        "peak_rss_mb": round(took["peak_rss"] / 1e6),
        "most_rss_mb": round(max(row[1] for row in memory) / 1e6),
        "most_pss_mb": round(max(row[2] for row in memory) / 1e6),
        "slope_kb_per_piece": None if slope is None else round(slope / 1e3, 1),
        "load": took["load"],
    }


def peer_figures(took: dict[str, Any]) -> dict[str, Any]:
    """What a peer's calls came to."""
    return {
        "calls": took["calls"],
        "calls_per_second": round(took["calls"] / took["wall"], 1),
        "cpu_ms_per_call": round(1e3 * took["cpu"] / took["calls"], 2),
        "peak_rss_mb": round(took["peak_rss"] / 1e6),
        "load": took["load"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pieces", type=int, default=2_000, help="a multiple of 40")
    parser.add_argument("--latency", type=float, default=1.0, help="seconds, of the first measurement")
    parser.add_argument(
        "--rounds", type=int, default=1, help="at 50 ms: us, the SDK, curator; with --alone: us"
    )
    parser.add_argument("--curator", help="a Python that has bespokelabs-curator")
    parser.add_argument("--alone", action="store_true", help="the first measurement alone")
    parser.add_argument("--before", type=Path, help="the src folder of an older version, to measure in turn")
    parser.add_argument("--json", type=Path, help="where to write all figures")
    arguments = parser.parse_args()
    found: dict[str, Any] = {
        "measured": f"{datetime.now(UTC):%Y-%m-%d}", "cores": os.cpu_count(), "at_once": CONCURRENCY,
    }  # fmt: skip

    def tell(name: str, figures_: dict[str, Any]) -> None:
        found.setdefault(name, []).append(figures_)
        print(name, json.dumps(figures_, ensure_ascii=False), flush=True)

    with project_of(arguments.pieces) as root, tempfile.TemporaryDirectory() as folder:
        for _ in range(arguments.rounds if arguments.alone else 1):
            for name, source in (("pipeline before", arguments.before), ("pipeline", None)):
                if source is None and name != "pipeline":
                    continue
                with stub_model(arguments.latency) as url:
                    tell(name, figures(ours(root, url, source), arguments.latency))
        prompts = Path(folder) / "prompts.jsonl"
        if not arguments.alone:
            write_prompts(root, prompts, arguments.pieces)
        for _ in range(0 if arguments.alone else arguments.rounds):
            for name in ("pipeline", "sdk", "curator"):
                if name == "curator" and not arguments.curator:
                    continue
                with stub_model(FAST_SECONDS) as url:
                    if name == "pipeline":
                        tell("pipeline at 50 ms", figures(ours(root, url), FAST_SECONDS))
                    else:
                        python = arguments.curator if name == "curator" else sys.executable
                        tell(f"{name} at 50 ms", peer_figures(peer(name, python, prompts, url)))
    if arguments.json:
        arguments.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
