"""The messages that an advisor would read of a brand's statements, one JSON file a statement.

    python bench/advisor/export.py bench/unseen/altana /tmp/advice/altana [--today 2026-11-29]

A brand is a folder with ``brand_data`` and ``statements.jsonl`` (``id``, ``language``, ``channel``, ``text`` …, as in
bench/unseen). Each statement is exported as a finished text: the facts are those that the guard would hold it against.
Whoever answers cannot know what a statement was written to be: ``expected``, ``fault`` and the id are left out, and the
files are numbered in an order that a digest of the id decides. bench/advisor/score.py reads the answers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from inedit.brand.load import load_project
from inedit.guard.judge import FinishedText, finished_draft
from inedit.prompting import load_templates
from inedit.prompting.advice import advice_prompt

PROMPTS = Path(__file__).parents[2] / "prompts"
TODAY = date(2026, 11, 29)


def rows_of(brand: Path) -> list[dict[str, Any]]:
    """The statements of a brand, in the order in which they are numbered, from 1."""
    lines = (brand / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    return sorted(map(json.loads, lines), key=lambda row: hashlib.sha256(row["id"].encode()).hexdigest())


def finished(row: dict[str, Any]) -> FinishedText:
    """A statement as the guard judges it."""
    return FinishedText({"text": row["text"]}, row["language"], row["channel"], row.get("segment", ""))


def project_of(brand: Path, folder: Path) -> Path:
    """A project of the brand with the templates of this repository."""
    root = folder / brand.name
    shutil.copytree(brand / "brand_data", root / "brand_data")
    shutil.copytree(PROMPTS, root / "prompts")
    return root


def exported(brand: Path, today: date) -> Iterator[dict[str, Any]]:
    """For each statement its number, the messages and the schema of the answer."""
    with tempfile.TemporaryDirectory() as folder:
        project = load_project(project_of(brand, Path(folder)))
        templates = load_templates(project)
        for number, row in enumerate(rows_of(brand), start=1):
            prompt = advice_prompt(templates, *finished_draft(finished(row), project.brand, today))
            messages = [asdict(message) for message in prompt.messages]
            yield {
                "number": number,
                "language": row["language"],
                "messages": messages,
                "schema": prompt.schema,
            }


def main() -> None:
    """Write one file a statement."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("brand", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--today", type=date.fromisoformat, default=TODAY)
    told = parser.parse_args()
    told.target.mkdir(parents=True, exist_ok=True)
    number = 0
    for number, said in enumerate(exported(told.brand, told.today), start=1):
        path = told.target / f"{number:03d}.json"
        path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{number} statements of {told.brand.name}: {told.target}")


if __name__ == "__main__":
    main()
