"""What the judgement of a real draft costs without the encoder: every check, receipts, share of pasted words.

    python bench/prompts/judge_cost.py bench/prompts/answers*.jsonl [--json bench/results/judge_cost.json]
    python bench/prompts/judge_cost.py bench/prompts/answers*.jsonl --before OLD/src --rounds 3   # what a change did

Each stored answer is judged once in the context that it was written for, prompt included, in a mixed order that is
always the same: nobody has read its text before, as in production. Told apart are the very first draft of a process,
which loads word lists and models, the second to the tenth, and those from the hundredth on, when the brand is known; of
these the median and the 95th percentile. With ``--rounds`` the least of several processes counts for each draft, with
``--before`` each draft is judged by an older package and by this one in turn, which of them first alternates: on a
machine with other work, compare those alone. Objects are collected as in a production. All in milliseconds of CPU.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

TODAY = date(2026, 11, 28)
WARM = 100
"""Drafts after which the brand is known in all its languages."""

OBJECTS_BETWEEN_COLLECTIONS = (50_000, 20, 20)
"""As the pool of workers sets it."""


def taken(files: list[str]) -> Iterator[float]:
    """The cost of each draft in turn."""
    from replay import spec_of

    from inedit.brand.load import load_project
    from inedit.guard.context import Context
    from inedit.guard.judge import judge
    from inedit.model import Draft, Usage
    from inedit.prompting import load_templates, render

    project = load_project(Path())
    brand, templates = project.brand, load_templates(project)
    rows = [
        json.loads(line) for file in files for line in Path(file).read_text(encoding="utf-8").splitlines()
    ]
    random.Random(1).shuffle(rows)
    for row in rows:
        spec = spec_of(row["cell"])
        campaign = brand.campaigns[spec.campaign_id]
        prompt = render(templates, brand, campaign, spec, TODAY)
        draft = Draft(spec, row["answer"], Usage("stored", 0, 0, 0, 0, 0.0), 1)
        context = Context(brand, campaign, templates.sheets[spec.channel], prompt, TODAY)
        begun = time.process_time()
        judge(draft, context)
        yield 1e3 * (time.process_time() - begun)


def in_turn(sources: Sequence[Path | None], files: list[str]) -> list[list[float]]:
    """The costs of all drafts by each package in a process of its own, which waits while another one judges."""
    judging = [
        subprocess.Popen(
            [sys.executable, __file__, "--once", *files],
            env={**os.environ, **({"PYTHONPATH": str(source.resolve())} if source else {})},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for source in sources
    ]  # fmt: skip
    spent: list[list[float]] = [[] for _ in judging]
    drafts = sum(bool(line) for file in files for line in Path(file).read_text(encoding="utf-8").splitlines())
    for number in range(drafts):
        for at, process in [*enumerate(judging)][:: 1 if number % 2 else -1]:
            print(file=process.stdin, flush=True)
            spent[at].append(float(process.stdout.readline() if process.stdout else "nan"))
    for process in judging:
        process.communicate()
    return spent


def figures(spent: list[float]) -> dict[str, Any]:
    """What the costs came to."""
    warm = spent[WARM:]
    return {
        "drafts": len(warm),
        "first": round(spent[0]),
        "second_to_tenth": round(statistics.median(spent[1:10]), 1),
        "median": round(statistics.median(warm), 1),
        "mean": round(statistics.mean(warm), 1),
        "p95": round(statistics.quantiles(warm, n=20)[-1], 1),
    }


def main() -> None:
    """Judge every answer in processes of their own, print the figures as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("answers", nargs="+")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--before", type=Path, help="the src folder of an older version, to measure in turn")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument("--once", action="store_true", help="the costs alone, each when a line is sent")
    asked = parser.parse_args()
    if asked.once:
        gc.set_threshold(*OBJECTS_BETWEEN_COLLECTIONS)
        costs = taken(asked.answers)
        while sys.stdin.readline() and (cost := next(costs, None)) is not None:
            print(cost, flush=True)
        return
    least: dict[str, list[float]] = {}
    for _ in range(asked.rounds):
        names = ("before", "now") if asked.before else ("now",)
        for name, spent in zip(
            names, in_turn((asked.before, None)[-len(names) :], asked.answers), strict=True
        ):
            least[name] = [min(pair) for pair in zip(spent, least.get(name, spent), strict=True)]
    told = {
        "rounds": asked.rounds,
        "load": round(os.getloadavg()[0], 1),
        **{name: figures(spent) for name, spent in least.items()},
    }
    print(json.dumps(told))
    if asked.json:
        asked.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
