"""What does the guard make of texts about the demo brand whose writer knew nothing of it but the names of checks?

    python bench/checks/blind.py [--json bench/results/blind.json]

``blind.jsonl`` has 225 rows, 45 in each language, written by a large language model for this project: half false, each
with one fault of the kind that its check is for, half honest and near such a fault. Printed for each check: how many
false texts are stopped (refused, or for a person), and how many honest ones are not refused, with the share of these
that goes to a person. Rows marked ``held_back`` are read by nobody who changes rules.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from inedit.brand.load import load_project
from inedit.guard.judge import FinishedText, checks_for, finished_draft, judge
from inedit.model import Severity

HERE = Path(__file__).parent
TODAY = date(2026, 11, 30)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    brand = load_project(HERE.parent.parent).brand
    seen: defaultdict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for line in (HERE / "blind.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        written = FinishedText({"text": row["input"]}, row["language"], "social")
        found = {
            f.severity for f in judge(*finished_draft(written, brand, TODAY), checks_for(written)).findings
        }
        told = row["expected"] == "block", Severity.BLOCK in found, bool(found)
        for name in (row["check"], row["language"], "all", *(["held back"] if row.get("held_back") else [])):
            seen[name].append(told)
    result = {name: _shares(rows) for name, rows in sorted(seen.items())}
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


def _shares(rows: list[tuple[bool, bool, bool]]) -> dict[str, Any]:
    false = [(blocked, stopped) for is_false, blocked, stopped in rows if is_false]
    honest = [(blocked, stopped) for is_false, blocked, stopped in rows if not is_false]
    return {
        "false": len(false),
        "stopped": round(sum(stopped for _, stopped in false) / len(false), 3),
        "honest": len(honest),
        "not refused": round(sum(not blocked for blocked, _ in honest) / len(honest), 3),
        "for a person": round(sum(stopped and not blocked for blocked, stopped in honest) / len(honest), 3),
    }


if __name__ == "__main__":
    main()
