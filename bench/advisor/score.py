"""How many faulty statements does an advisor mark, and how many true ones does it leave alone?

    python bench/advisor/score.py bench/unseen/altana answers/ [--json FILE] [--show pass|stop] [--model NAME]

The answers are those of a model that read the messages of bench/advisor/export.py and nothing else: a folder of files
``NNN.json``, or a JSONL file whose rows have ``number`` and ``findings``. They are read as the product reads them
(:mod:`inedit.pipeline.advice_answers`): a quotation that is not in the text counts for nothing, and an answer that
cannot be read counts as no advice. Printed for the advisor, for the deterministic guard, and for both together, in all,
for rows that are held back and for each language: of true statements the share left alone, of faulty ones the share
marked. Rows that are held back are counted and never shown.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from export import TODAY, finished, project_of, rows_of

from inedit.brand.load import load_project
from inedit.guard.judge import checks_for, finished_draft, judge
from inedit.model import Decision
from inedit.pipeline.advice_answers import UnreadableAdvice, advice_in

BY = ("guard", "advisor", "both")


@dataclass(frozen=True, slots=True)
class Read:
    """A statement, and who marks it; ``said`` is what the advisor has against it."""

    row: Mapping[str, Any]
    marked: Mapping[str, bool]
    said: tuple[str, ...]
    unread: str = ""


def answers_at(path: Path) -> dict[int, str]:
    """The stored answers as they came, by number."""
    if path.is_dir():
        found = ((file.stem, file.read_text(encoding="utf-8")) for file in sorted(path.glob("*.json")))
        return {int(name): text for name, text in found if name.isdigit()}
    rows = map(json.loads, filter(str.strip, path.read_text(encoding="utf-8").splitlines()))
    return {int(row["number"]): json.dumps(row, ensure_ascii=False) for row in rows}


def read(brand: Path, answers: Mapping[int, str], today: date, model: str) -> list[Read]:
    """Every statement that has an answer."""
    with tempfile.TemporaryDirectory() as folder:
        known = load_project(project_of(brand, Path(folder))).brand
    done = []
    for number, row in enumerate(rows_of(brand), start=1):
        if number not in answers:
            continue
        draft, context = finished_draft(finished(row), known, today)
        by_guard = judge(draft, context, checks_for(finished(row))).decision is not Decision.ACCEPT
        said: tuple[str, ...] = ()
        unread = ""
        try:
            said = tuple(found.message for found in advice_in(answers[number], draft, context, model))
        except UnreadableAdvice as error:
            unread = str(error)
        marked = {"guard": by_guard, "advisor": bool(said), "both": by_guard or bool(said)}
        done.append(Read(row, marked, said, unread))
    return done


def figures(done: list[Read]) -> dict[str, dict[str, dict[str, list[int]]]]:
    """By whom, over which rows, and of which kind (``pass``: true, ``stop``: faulty): how many right, of how many."""
    right: Counter[tuple[str, str, str]] = Counter()
    all_: Counter[tuple[str, str, str]] = Counter()
    for one in done:
        expected = one.row["expected"]
        for over in ("all", "held back" if one.row.get("held_back") else "open", one.row["language"]):
            for by in BY:
                all_[by, over, expected] += 1
                right[by, over, expected] += one.marked[by] == (expected != "pass")
    found: dict[str, dict[str, dict[str, list[int]]]] = {by: {} for by in BY}
    for (by, over, expected), count in sorted(all_.items()):
        found[by].setdefault(over, {})[expected] = [right[by, over, expected], count]
    return found


def main() -> None:
    """Print the figures, and with ``--show`` the open rows that the advisor is wrong about."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("brand", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--today", type=date.fromisoformat, default=TODAY)
    parser.add_argument("--model", default="the advisor")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--show", choices=("pass", "stop"))
    told = parser.parse_args()
    done = read(told.brand, answers_at(told.answers), told.today, told.model)
    found = figures(done)
    unread = sum(bool(one.unread) for one in done)
    print(f"{told.brand.name}: {len(done)} statements answered, {unread} answers that cannot be read")
    for by in BY:
        for over, kinds in found[by].items():
            shares = (
                f"{name} {kinds[kind][0]}/{kinds[kind][1]} = {kinds[kind][0] / kinds[kind][1]:.3f}"
                for kind, name in (("pass", "true left alone"), ("stop", "faulty marked"))
                if kind in kinds
            )
            print(f"  {by:8} {over:10} {', '.join(shares)}")
    for one in done:
        wrong = one.marked["advisor"] == (one.row["expected"] == "pass")
        if told.show == one.row["expected"] and wrong and not one.row.get("held_back"):
            print(
                f"{one.row['id']}  {one.row['text']}\n    {one.row.get('fault') or one.row.get('why') or ''}"
            )
            for said in (*one.said, one.unread):
                if said:
                    print(f"    -> {said}")
    if told.json:
        told.json.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
