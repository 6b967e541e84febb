"""What does the guard make of texts whose writer knew nothing of it but the names of checks?

    python bench/checks/blind.py [--json bench/results/blind.json]

``blind.jsonl`` has 225 rows, ``blind-2.jsonl`` 675 more about the demo brand and two of ``bench/unseen``,
``blind-3.jsonl`` to ``blind-5.jsonl`` 200 each about three more, as many in each of five languages, written by a large
language model for this project: half false, each with one fault of the kind that its check is for, half honest, many
of them near such a fault.
Printed for each check: how many false texts are stopped (refused, or for a person), and how many honest ones are not
refused, with the share of these that goes to a person; for each file as well. Rows marked ``held_back`` are read by
nobody who changes rules.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from inedit.brand.load import load_project
from inedit.brand.schema import Brand
from inedit.guard.judge import FinishedText, checks_for, finished_draft, judge
from inedit.model import Severity

HERE = Path(__file__).parent
DEMO = HERE.parents[1]
FILES = ("blind.jsonl", "blind-2.jsonl", "blind-3.jsonl", "blind-4.jsonl", "blind-5.jsonl")
TODAY = date(2026, 11, 30)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    brands: dict[str, Brand] = {}
    seen: defaultdict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for file in FILES:
        for line in (HERE / file).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if (of := row.get("brand", "")) not in brands:
                brands[of] = _brand(of)
            written = FinishedText({"text": row["input"]}, row["language"], "social")
            draft, context = finished_draft(written, brands[of], TODAY)
            found = {f.severity for f in judge(draft, context, checks_for(written)).findings}
            told = row["expected"] == "block", Severity.BLOCK in found, bool(found)
            half = f"{file}, {'held back' if row.get('held_back') else 'read'}"
            for name in (row["check"], row["language"], "all", half):
                seen[name].append(told)
    result = {name: _shares(rows) for name, rows in sorted(seen.items())}
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


def _brand(of: str) -> Brand:
    """The demo brand; one of ``bench/unseen`` with the templates of this repository, where it is named."""
    if not of:
        return load_project(DEMO).brand
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(DEMO / "bench" / "unseen" / of / "brand_data", Path(folder) / "brand_data")
        shutil.copytree(DEMO / "prompts", Path(folder) / "prompts")
        return load_project(Path(folder)).brand


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
