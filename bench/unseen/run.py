"""What does the guard make of brands that nobody tuned it on?

    python bench/unseen/run.py [--json bench/results/unseen_brands.json] [--show pass|stop]

``combe`` is a dairy cooperative, ``carnet`` makes software for tradespeople, ``altana`` keeps guest houses, ``semis``
is a seed house, ``visio`` a cooperative of opticians, ``traverse`` a ferry line, ``audia`` a maker of hearing aids; a
large language model that had read the schema and the docs of brand data (for the last two the files of ``carnet``), and
nothing of the guard, wrote each as a marketing team would, in five languages.
``answers.jsonl`` holds 60 answers each to the full prompts of the first three (30 more for carnet, of another day) and
30 each of the other four, by a model that read the messages and nothing else, ``statements.jsonl`` 120 to 200 sentences
each by one that read the brand data alone: half say what the data say in fresh words, half have one planted fault.
Printed: the share of answers accepted at the first attempt, of true statements accepted, and of faulty ones stopped
(for repair or for a person), by language; « held back » are the statements of altana, semis, visio, traverse and audia
that nobody read while the guard was fixed. ``retellings.jsonl`` holds 125 true and 75 false sentences more about semis
and visio, written from the brand data alone before their writer read the rules; half of them were read while the guard
was fixed (« unread » are the others).
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from inedit.brand.load import load_project
from inedit.guard.judge import FinishedText, checks_for, finished_draft, judge
from inedit.model import Decision

HERE = Path(__file__).parent
TODAY = date(2026, 11, 29)
BRANDS = ("combe", "carnet", "altana", "semis", "visio", "traverse", "audia")


def project_of(brand: str, folder: Path) -> Path:
    """A project of the brand with the templates of this repository."""
    root = folder / brand
    shutil.copytree(HERE / brand / "brand_data", root / "brand_data")
    shutil.copytree(HERE.parents[1] / "prompts", root / "prompts")
    return root


def statements(
    brand: str, root: Path, stored: Path | None = None
) -> Iterator[tuple[dict[str, Any], bool, list[str]]]:
    """Each statement of a file about a brand, whether it is accepted, and what was found."""
    known = load_project(root).brand
    for line in (stored or HERE / brand / "statements.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("brand", brand) != brand:
            continue
        text = FinishedText({"text": row["text"]}, row["language"], row["channel"], row.get("segment", ""))
        verdict = judge(*finished_draft(text, known, TODAY), checks_for(text))
        found = [f"{finding.check}: {finding.message}" for finding in verdict.findings]
        yield row, verdict.decision is Decision.ACCEPT, found


def measured(brand: str, root: Path, show: str) -> dict[str, Any]:
    """The figures of one brand."""
    right: Counter[tuple[str, str]] = Counter()
    all_: Counter[tuple[str, str]] = Counter()
    for row, accepted, found in statements(brand, root):
        as_expected = accepted is (row["expected"] == "pass")
        held = ("held back",) if row.get("held_back") else ()  # never read while the guard was mended
        for group in ("all", row["language"], *held):
            all_[row["expected"], group] += 1
            right[row["expected"], group] += as_expected
        if show == row["expected"] and not as_expected and not held:
            print(f"{row['language']} {row.get('fault', '')} | {row['text']} | {found}", file=sys.stderr)
    answers = _answers(HERE / brand / "answers.jsonl", root)
    return {
        **({"answers": answers} if answers else {}),
        "true_accepted": {
            g: round(right["pass", g] / n, 3) for (kind, g), n in all_.items() if kind == "pass"
        },
        "false_stopped": {
            g: round(right["stop", g] / n, 3) for (kind, g), n in all_.items() if kind == "stop"
        },
    }


def retold(folder: Path) -> dict[str, Any]:
    """The figures of the retellings."""
    right: Counter[tuple[str, str]] = Counter()
    all_: Counter[tuple[str, str]] = Counter()
    for brand in ("semis", "visio"):
        for row, accepted, _ in statements(brand, folder / brand, HERE / "retellings.jsonl"):
            unread = () if row["read_while_mending"] else ("unread",)
            for group in ("all", row["language"], *unread):
                all_[row["expected"], group] += 1
                right[row["expected"], group] += accepted is (row["expected"] == "pass")
    return {
        name: {g: round(right[kind, g] / n, 3) for (k, g), n in all_.items() if k == kind}
        for name, kind in (("true_accepted", "pass"), ("false_stopped", "stop"))
    }


def _answers(stored: Path, root: Path) -> dict[str, Any]:
    """What becomes of a brand's stored answers; empty where it has none."""
    if not stored.exists():
        return {}
    replay = [sys.executable, str(HERE.parent / "prompts" / "replay.py"), str(stored)]
    done = subprocess.run(
        [*replay, "--project", str(root), "--today", str(TODAY)], capture_output=True, text=True, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--show", choices=("pass", "stop"), default="", help="print what went otherwise than expected"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = {brand: measured(brand, project_of(brand, Path(folder)), asked.show) for brand in BRANDS}
        told["retellings"] = retold(Path(folder))
    print(json.dumps(told, indent=2))
    if asked.json:
        asked.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
