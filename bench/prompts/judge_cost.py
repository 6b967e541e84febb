"""What the judgement of a real draft costs without the encoder: every check, receipts, share of pasted words.

    python bench/prompts/judge_cost.py bench/prompts/answers-2.jsonl

Each stored answer is judged in the context that it was written for, prompt included. Printed: median and 95th
percentile of the CPU milliseconds of a second round.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import date
from pathlib import Path

from replay import spec_of

from inedit.brand.load import load_project
from inedit.guard.context import Context
from inedit.guard.judge import judge
from inedit.model import Draft, Usage
from inedit.prompting import load_templates, render

TODAY = date(2026, 11, 28)


def main() -> None:
    """Judge every answer twice, print the cost of the second time."""
    project = load_project(Path())
    brand, templates = project.brand, load_templates(project)
    taken: list[float] = []
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    for _ in range(2):
        taken.clear()
        for row in rows:
            spec = spec_of(row["cell"])
            campaign = brand.campaigns[spec.campaign_id]
            prompt = render(templates, brand, campaign, spec, TODAY)
            draft = Draft(spec, row["answer"], Usage("stored", 0, 0, 0, 0, 0.0), 1)
            begun = time.process_time()
            judge(draft, Context(brand, campaign, templates.sheets[spec.channel], prompt, TODAY))
            taken.append(1e3 * (time.process_time() - begun))
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"{len(taken)} drafts: median {statistics.median(taken):.1f} ms, p95 {p95:.1f} ms")


if __name__ == "__main__":
    main()
