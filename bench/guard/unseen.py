"""Refusals per draft by parameters that have not seen the brief.

    python bench/guard/unseen.py OPEN.jsonl.xz [--json FILE]

Briefs are dealt into five folds. Weights and thresholds of longer texts are made on four of them as `fit.py` does;
then the honest texts of the fifth come to the door in turn, and its copies after them (`door.py` does so with the
parameters that ship). Then honest pairs of texts of one brief, cold: letters, which open and close by formula, apart.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from fit import TASKS, Task, cuts, fit, learned, padded, signals_of, unseen_scores

from inedit.cli.benchmarking.drafts import found_copies, honest_texts, refusals
from inedit.cli.benchmarking.pairs import Row, folds, is_model_written, labels, path_from, read
from inedit.guard.similarity import calibration, compare
from inedit.guard.similarity.calibration import Calibration, calibrations

LONGER = ("long-siblings", "long", "brief")
FOLDS = 5
MOST_PAIRS = 60
"""Honest pairs of each brief that are compared cold."""

_GREETS = re.compile(r"(?im)^\s*(subject:|dear |hi |hello )")
_CLOSES = re.compile(r"(?i)(regards|sincerely|best,|best wishes|thank you|warmly|yours)")


def fitted(task: Task, rows: Sequence[Row], fold_of: Mapping[str, int]) -> list[Calibration]:
    """A calibration for each fold, made without it."""
    mine = learned(task, rows)
    mine += padded(mine, task.pads, random.Random(11))
    table, copy, fold = (
        signals_of(mine, task),
        labels(mine),
        np.array([fold_of[row["group"]] for row in mine]),
    )
    honest = ~copy & np.array([task.judges(row) for row in mine])
    language = np.array([row["lang"] for row in mine])
    made = []
    for held in range(FOLDS):
        seen = fold != held
        groups = [mine[number]["group"] for number in np.flatnonzero(seen)]
        inner = unseen_scores(table[seen], copy[seen], task.signals, folds(groups), blinded=task.blinded)
        cut = cuts(task, inner, honest[seen], language[seen])[""]
        theta = fit(table[seen], copy[seen], task.signals, blinded=task.blinded)
        weights = {
            name: float(weight)
            for name, weight in zip(task.signals, theta, strict=False)
            if abs(weight) > 1e-3
        }
        threshold = float(1.0 / (1.0 + np.exp(-cut)))
        made.append(Calibration(task.name, float(theta[-1]), weights, threshold, task.target_fpr))
    return made


@contextmanager
def deciding(by: Mapping[str, Calibration]) -> Iterator[None]:
    """The guard decides by other calibrations than those that ship."""
    with (
        patch.object(calibration, "calibrations", lambda: by),
        patch("inedit.guard.similarity.measurements.calibrations", lambda: by),
    ):
        yield


def is_letter(text: str) -> bool:
    """Whether a text greets and closes as a letter does."""
    return bool(_GREETS.search(text) and _CLOSES.search(text[-250:]))


def cold_pairs(rows: Sequence[Row]) -> dict[str, tuple[int, int]]:
    """Honest pairs of one brief that a cold start calls copies, and how many there are."""
    flagged = defaultdict[str, list[bool]](list)
    for group, texts in honest_texts(rows).items():
        pairs = list(itertools.combinations(texts, 2))
        for a, b in random.Random(group).sample(pairs, min(MOST_PAIRS, len(pairs))):
            kind = "letters" if is_letter(a) and is_letter(b) else "other texts"
            flagged[kind].append(compare(a, b, language="en").copy)
    return {kind: (sum(found), len(found)) for kind, found in flagged.items()}


def main() -> None:
    """Prints the figures; writes them with ``--json``."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("data", nargs="?")
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    rows = read(path_from(given.data))
    keys = [row["group"] for row in rows]
    fold_of = dict(zip(keys, folds(keys, FOLDS).tolist(), strict=True))
    made = [fitted(task, rows, fold_of) for task in TASKS if task.name in LONGER]
    refused, found, cold = defaultdict[str, list[int]](list), [], defaultdict[str, list[int]](list)
    for held in range(FOLDS):
        here = [row for row in rows if is_model_written(row) and fold_of[row["group"]] == held]
        with deciding({**calibrations(), **{task[held].name: task[held] for task in made}}):
            for line in refusals(here):
                key = f"{line['texts_per_brief']} texts per brief, {line['slice']}, the door knows {line['knows']}"
                refused[key] += [round(line["refused"] * line["drafts"]), line["drafts"]]
            copies = sum(1 for row in here if row["label"] == "copy")
            found += [round(found_copies(here)["all"] * copies), copies]
            for kind, counts in cold_pairs(here).items():
                cold[kind] += counts
    report: dict[str, Any] = {
        "refusals_per_draft": {
            key: share(counts) for key, counts in sorted(refused.items()) if "tuned" not in key
        },
        "copies_found_at_the_door": share(found),
        "honest_pairs_flagged_cold": {kind: share(counts) for kind, counts in sorted(cold.items())},
    }
    text = json.dumps(report, indent=1)
    print(text)
    if given.json:
        given.json.write_text(text + "\n", encoding="utf-8")


def share(counts: Sequence[int]) -> dict[str, float]:
    """The sum of every first of two numbers, beside that of every second."""
    some, of = sum(counts[::2]), sum(counts[1::2])
    return {"of": of, "share": round(some / max(1, of), 4)}


if __name__ == "__main__":
    main()
