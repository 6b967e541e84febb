"""Kinds of copies that the fit never saw: leave one out, fit on the rest, look for the one.

    python bench/guard/leave_out.py OPEN.jsonl.xz

The threshold is set as `fit.py` sets it, on folds of the honest pairs that the fit did not see.
"""

from __future__ import annotations

import random
import sys

import numpy as np
from fit import TASKS, fit, learned, padded, signals_of, unseen_scores

from inedit.benchmarking.pairs import folds, is_model_written, labels, path_from, read


def main() -> None:
    """Prints, for each calibration of longer texts, the recall on each kind when it was left out."""
    rows = read(path_from(next(iter(sys.argv[1:]), None)))
    for task in (task for task in TASKS if task.pads):
        mine = learned(task, rows)
        mine += padded(mine, task.pads, random.Random(11))
        copy, kind = labels(mine), np.array([row["kind"] for row in mine])
        model = np.array([is_model_written(row) for row in mine])
        fold = folds([row["group"] for row in mine])
        table = signals_of(mine, task)
        honest = ~copy & np.array([task.judges(row) for row in mine])
        print(task.name)
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
            line = f"  {left_out:30}"
            for name, part in (("model-written", model), ("human", ~model)):
                wanted = ~rest & part
                if wanted.any():
                    line += f"  {name} {(logits[wanted] > cut).mean():.3f} of {wanted.sum()}"
            print(line)


if __name__ == "__main__":
    main()
