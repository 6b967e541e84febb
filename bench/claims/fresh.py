"""How the whole guard judges sentences that were written before the rules they measure.

    python bench/claims/fresh.py [--show dev] [--json bench/results/fresh.json]

``fresh.jsonl`` holds, for each language, sentences of the sort that copywriters write: scenes, the facts of the demo
brand in other words, false ones, and hostile ones that hide what they assert. All were written by a large language
model before it had read the checks, and set aside in two halves: rules were then made on ``dev``, and ``test`` tells
what they are worth. Printed for each half: honest sentences accepted, false and hostile ones stopped (sent back or
left to a person).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from inedit.brand.load import load_project
from inedit.guard.judge import FinishedText
from inedit.model import Decision, Severity
from inedit.pipeline.evaluation import evaluate_finished

ROWS = Path(__file__).with_name("fresh.jsonl")


def main() -> None:
    """Read the command line, judge every sentence, print the rates."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--project", type=Path, default=Path())
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 28))
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--show", choices=("dev", "test"), help="print the sentences of a half judged otherwise"
    )
    asked = parser.parse_args()
    brand = load_project(asked.project).brand
    right: dict[str, list[bool]] = defaultdict(list)
    refusals: dict[str, Counter[str]] = defaultdict(Counter)
    wrong: list[str] = []
    for line in ROWS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        verdict = evaluate_finished(
            FinishedText({"text": row["text"]}, row["language"], "email"), brand, asked.today
        )
        accepted = verdict.decision is Decision.ACCEPT
        as_expected = accepted == (row["expected"] == "pass")
        kind = row["kind"].partition(":")[0]
        for group in (row["language"], "all"):
            right[f"{row['half']} {kind} {group}"].append(as_expected)
        if not as_expected and accepted is False:
            refusals[row["half"]][verdict.refused_for or ""] += 1
        if not as_expected and row["half"] == asked.show:
            said = [
                f"{f.severity} {f.check}: {f.message}"
                for f in verdict.findings
                if f.severity is not Severity.NOTE
            ]
            wrong.append("\n    ".join((f"{row['language']} {row['kind']}: {row['text']}", *said)))
    told: dict[str, Any] = {
        name: {"right": sum(listed), "of": len(listed)} for name, listed in sorted(right.items())
    }
    told["honest refused for"] = {half: dict(counted.most_common()) for half, counted in refusals.items()}
    for name, figures in told.items():
        print(f"{name:20} {figures}")
    if asked.json:
        asked.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print("\n".join(wrong), file=sys.stderr)


if __name__ == "__main__":
    main()
