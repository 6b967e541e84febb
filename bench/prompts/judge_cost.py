"""What the judgement of a real draft costs without the encoder: every check, receipts, share of pasted words.

    python bench/prompts/judge_cost.py bench/prompts/answers*.jsonl [--json bench/results/judge_cost.json]
    python bench/prompts/judge_cost.py bench/prompts/answers*.jsonl --before OLD/src --rounds 3   # what a change did

Each stored answer is judged once in the context that it was written for, prompt included, in a mixed order that is
always the same: nobody has read its text before, as in production. Told apart are the very first draft of a process,
which loads word lists and models, the second to the tenth, and those from the hundredth on, when the brand is known; of
these the median and the 95th percentile. With ``--rounds`` the least of several processes counts for each draft, with
``--before`` those of an older package are measured in turn: on a machine with other work, compare those alone. All in
milliseconds of CPU.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

TODAY = date(2026, 11, 28)
WARM = 100
"""Drafts after which the brand is known in all its languages."""


def taken(files: list[str]) -> list[float]:
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
    spent = []
    for row in rows:
        spec = spec_of(row["cell"])
        campaign = brand.campaigns[spec.campaign_id]
        prompt = render(templates, brand, campaign, spec, TODAY)
        draft = Draft(spec, row["answer"], Usage("stored", 0, 0, 0, 0, 0.0), 1)
        context = Context(brand, campaign, templates.sheets[spec.channel], prompt, TODAY)
        begun = time.process_time()
        judge(draft, context)
        spent.append(1e3 * (time.process_time() - begun))
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
    parser.add_argument("--once", action="store_true", help="the costs alone, of this process")
    asked = parser.parse_args()
    if asked.once:
        print(json.dumps(taken(asked.answers)))
        return
    least: dict[str, list[float]] = {}
    for _ in range(asked.rounds):
        for name, source in (("before", asked.before), ("now", None)):
            if name == "before" and source is None:
                continue
            env = {**os.environ, **({"PYTHONPATH": str(source.resolve())} if source else {})}
            done = subprocess.run(
                [sys.executable, __file__, "--once", *asked.answers],
                env=env, capture_output=True, text=True, check=True,
            )  # fmt: skip
            spent = json.loads(done.stdout.splitlines()[-1])
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
