"""Kinds of copies that the fit never saw: leave one out, fit on the rest, look for the one.

    python bench/guard/leave_out.py OPEN.jsonl.xz [--json FILE]

The threshold is set as `fit.py` sets it, on folds of the honest pairs that the fit did not see.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
from fit import TASKS, fit, learned, padded, signals_of, unseen_scores

from inedit.cli.benchmarking.pairs import folds, is_model_written, labels, path_from, read


def main() -> None:
    """For each calibration of longer texts, the recall on each kind when it was left out; writes it with ``--json``."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("data", nargs="?")
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    rows = read(path_from(given.data))
    report: dict[str, dict[str, dict[str, dict[str, float]]]] = {}
    for task in (task for task in TASKS if task.pads):
        mine = learned(task, rows)
        mine += padded(mine, task.pads, random.Random(11))
        copy, kind = labels(mine), np.array([row["kind"] for row in mine])
        model = np.array([is_model_written(row) for row in mine])
        fold = folds([row["group"] for row in mine])
        table = signals_of(mine, task)
        honest = ~copy & np.array([task.judges(row) for row in mine])
        report[task.name] = {}
        for left_out in sorted(set(kind[copy])):
            rest = ~(copy & (kind == left_out))
            logits = np.full(len(mine), np.nan)
            logits[rest] = unseen_scores(
                table[rest], copy[rest], task.signals, fold[rest], blinded=task.blinded
            )
            cut = np.quantile(logits[honest], 1.0 - task.target_fpr * task.prudence)
            for held in range(5):
                seen = rest & (fold != held)
                theta = fit(table[seen], copy[seen], task.signals, blinded=task.blinded)
                wanted = ~rest & (fold == held)
                logits[wanted] = table[wanted] @ theta[:-1] + theta[-1]
            told = report[task.name][left_out] = {}
            for name, part in (("model-written", model), ("human", ~model)):
                wanted = ~rest & part
                if wanted.any():
                    found = round(float((logits[wanted] > cut).mean()), 4)
                    told[name] = {"of": int(wanted.sum()), "found": found}
            print(task.name, left_out, told)
    if given.json:
        given.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
