"""What each signal is worth: a calibration without it, or with one more.

    python bench/guard/signals.py OPEN.jsonl.xz

For every calibration that learns from texts of one language: recall on folds that the fit did not see, at the share of
honest pairs that the cut may spend, for the signals that decide, for these less each one, and for these and each
other one. Groups are dealt in three ways and the recalls averaged: differences below half a point are the deal's.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from fit import TASKS, Matrix, Task, learned, padded, signals_of, unseen_scores
from numpy.typing import NDArray

from inedit.cli.benchmarking.pairs import Row, folds, is_model_written, labels, path_from, read
from inedit.guard.similarity.measurements import OF_SIBLINGS
from inedit.guard.similarity.signals import SIGNALS

DEALS = (0, 3, 7)


def columns(table: Matrix, names: Sequence[str], wanted: Sequence[str]) -> Matrix:
    """Some signals of a table of all."""
    return table[:, [names.index(name) for name in wanted]]


class Worth:
    """One calibration's pairs, with every signal that its texts can have."""

    def __init__(self, task: Task, rows: Sequence[Row]) -> None:
        kinds = [
            *SIGNALS,
            *(name + OF_SIBLINGS for name in task.signals if task.siblings and name in SIGNALS),
        ]
        self.task, self.names = task, tuple(name for name in kinds if name != "cognates")
        self.rows = learned(task, rows)
        self.real = np.arange(len(self.rows)) >= 0
        if task.pads:
            made = padded(self.rows, task.pads, random.Random(11))
            self.real = np.arange(len(self.rows) + len(made)) < len(self.rows)
            self.rows = [*self.rows, *made]
        self.table = signals_of(self.rows, replace(task, signals=self.names))
        self.copy = labels(self.rows)
        self.honest = ~self.copy & np.array([task.judges(row) for row in self.rows])
        model = np.array([is_model_written(row) for row in self.rows])
        self.parts: dict[str, NDArray[np.bool_]] = {
            "model-written": self.copy & model & self.real, "human": self.copy & ~model & self.real,
            "padded": ~self.real,
        }  # fmt: skip

    def show(self, name: str, signals: Sequence[str]) -> None:
        """A line: recall by origin of the copies."""
        found: dict[str, list[float]] = {part: [] for part in self.parts}
        share = 1.0 - self.task.target_fpr * self.task.prudence
        for deal in DEALS:
            fold = folds([row["group"] for row in self.rows], deal=deal)
            table = columns(self.table, self.names, signals)
            logits = unseen_scores(table, self.copy, tuple(signals), fold, blinded=self.task.blinded)
            cut = np.quantile(logits[self.honest], share)
            for part, mine in self.parts.items():
                found[part].append(float((logits[mine] > cut).mean()) if mine.any() else float("nan"))
        line = "  ".join(f"{part} {np.mean(each):.4f}" for part, each in found.items())
        print(f"  {name:32} {line}", flush=True)


def main() -> None:
    """Prints a table per calibration."""
    rows = read(path_from(next(iter(sys.argv[1:]), None)))
    for task in TASKS:
        if task.name not in {"long-siblings", "long", "brief", "short"}:
            continue
        worth = Worth(task, rows)
        print(f"{task.name}: at {task.target_fpr * task.prudence:.2%} of {worth.honest.sum()} honest pairs")
        worth.show("as it decides", task.signals)
        for name in task.signals:
            if not name.endswith(OF_SIBLINGS):
                left = [other for other in task.signals if other not in (name, name + OF_SIBLINGS)]
                worth.show(f"without {name}", left)
        if task.siblings:
            worth.show("siblings unknown", [name for name in task.signals if not name.endswith(OF_SIBLINGS)])
        for name in worth.names:
            if name not in task.signals:
                worth.show(f"and {name}", [*task.signals, name])


if __name__ == "__main__":
    main()
