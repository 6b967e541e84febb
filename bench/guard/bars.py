"""What the guard would reach on texts that neither the fit nor the threshold has seen.

    python bench/guard/bars.py OPEN.jsonl.xz [--by source] [--deal N] [--json FILE]

Groups of texts are dealt into five folds. Weights *and* thresholds are made on four of them as `fit.py` makes them
(threshold from folds within the four), frozen, and applied to the fifth, by what the guard would use at run
time. So a slice below shows what a frozen threshold realises on other briefs: recall, rate of false positives, expected
calibration error. `--by source` leaves out whole sources of texts instead of groups. `--deal N` deals the groups
another way. `--json` writes score and decision of every pair, for pictures.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from fit import TASKS, Task, cuts, fit, learned, padded, signals_of, unseen_scores, words_of
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from inedit.cli.benchmarking.bench import calibration_error
from inedit.cli.benchmarking.pairs import Row, folds, is_model_written, labels, path_from, read
from inedit.guard.similarity.calibration import FEWEST_WORDS, calibration_for
from inedit.guard.similarity.measurements import FEWEST_SIBLINGS

Array = NDArray[Any]
OUTER = 5


def calibration_of(row: Row, *, siblings: bool) -> str:
    """The calibration that decides a row at run time."""
    if words_of(row) < FEWEST_WORDS:
        return "tiny"
    known = siblings and len(row.get("siblings") or ()) >= FEWEST_SIBLINGS
    meaning = row["track"] in ("xling", "ja")
    return calibration_for(language=row["lang"], words=words_of(row), siblings=known, cosine=meaning).name


def probability(logits: Array) -> Array:
    """From logits."""
    return 1.0 / (1.0 + np.exp(-np.clip(logits, -60, 60)))


class Judge:
    """One task's signals on the rows that it learns from and on those that it decides, computed once."""

    def __init__(self, task: Task, rows: Sequence[Row], decides: Sequence[Row]) -> None:
        self.task, self.decides = task, decides
        real = learned(task, rows)
        self.learns = real + (padded(real, task.pads, random.Random(11)) if task.pads else [])
        self.learnt, self.asked = signals_of(self.learns, task), signals_of(decides, task)
        self.copy = labels(self.learns)
        self.honest = ~self.copy & np.array([task.judges(row) for row in self.learns])
        self.language = np.array([row["lang"] for row in self.learns])

    def answers(self, learnt_fold: Array, asked_fold: Array) -> tuple[Array, Array]:
        """Probability and decision of every row that it decides, by what was made without the row's fold."""
        score, decided = np.zeros(len(self.decides)), np.zeros(len(self.decides), dtype=bool)
        for held in np.unique(asked_fold):
            train, here = learnt_fold != held, asked_fold == held
            table, copy = self.learnt[train], self.copy[train]
            groups = [self.learns[number]["group"] for number in np.flatnonzero(train)]
            inner = unseen_scores(table, copy, self.task.signals, folds(groups), blinded=self.task.blinded)
            found = cuts(self.task, inner, self.honest[train], self.language[train])
            theta = fit(table, copy, self.task.signals, blinded=self.task.blinded)
            score[here] = probability(self.asked[here] @ theta[:-1] + theta[-1])
            cut = np.array([found.get(row["lang"], found[""]) for row in self.decides])
            decided[here] = score[here] >= probability(cut[here])
        return score, decided


def judged(
    rows: Sequence[Row], *, siblings: bool, by: str = "group", deal: int = 0
) -> tuple[Array, Array, list[str]]:
    """Score and decision of every row by parameters that have not seen its group (or source); and the calibration."""
    keys = [row[by] for row in rows]
    if by == "source":  # one fold each
        fold_of = {name: number for number, name in enumerate(sorted(set(keys)))}
    else:
        fold_of = dict(zip(keys, folds(keys, OUTER, deal).tolist(), strict=True))
    calibrations = [calibration_of(row, siblings=siblings) for row in rows]
    score, decided = np.zeros(len(rows)), np.zeros(len(rows), dtype=bool)
    for name in sorted(set(calibrations) - {"tiny"}):
        here = np.flatnonzero([calibration == name for calibration in calibrations])
        task = next(task for task in TASKS if task.name == name)
        judge = Judge(task, rows, [rows[number] for number in here])
        learnt_fold = np.array([fold_of[row[by]] for row in judge.learns])
        asked_fold = np.array([fold_of[row[by]] for row in judge.decides])
        score[here], decided[here] = judge.answers(learnt_fold, asked_fold)
    return score, decided, calibrations


class Slices:
    """Lines of the table."""

    def __init__(self, score: Array, copy: Array, decided: Array) -> None:
        self.score, self.copy, self.decided = score, copy, decided

    def show(self, name: str, mine: Array, target_fpr: float | None = None) -> None:
        """One line. With a budget it says when the realised rate of false positives is above twice of it."""
        copies, honest = mine & self.copy, mine & ~self.copy
        line = f"  {name:44} {copies.sum():5} copies {honest.sum():5} honest"
        if copies.any():
            line += f"  recall {self.decided[copies].mean():.3f}"
        if honest.any():
            rate = self.decided[honest].mean()
            line += f"  FP {rate:.4f}"
            if target_fpr is not None:
                line += f" of {target_fpr:.3f}{'  ABOVE TWICE' if rate > 2 * target_fpr else ''}"
        if copies.any() and honest.any():
            line += f"  AUROC {roc_auc_score(self.copy[mine], self.score[mine]):.4f}"
            line += f"  ECE {calibration_error(self.score[mine], self.copy[mine]):.3f}"
        print(line)


def main() -> None:
    """Prints the slices, then recall by kind of edit, then what every budget realises."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("data", nargs="?")
    asked.add_argument("--by", choices=("group", "source"), default="group")
    asked.add_argument("--deal", type=int, default=0)
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    rows = read(path_from(given.data))
    copy = labels(rows)
    model = np.array([is_model_written(row) for row in rows])
    even = np.array([row["len_ratio"] >= 0.75 for row in rows])
    track, language, kind = (np.array([row[name] for row in rows]) for name in ("track", "lang", "kind"))
    kept: dict[str, Any] = {"copy": copy.tolist(), "model": model.tolist(), "even": even.tolist()}
    target_fprs = {task.name: task.target_fpr for task in TASKS}
    for siblings in (True, False):
        score, decided, calibrations = judged(rows, siblings=siblings, by=given.by, deal=given.deal)
        kept["siblings" if siblings else "cold"] = [round(float(s), 5) for s in score]
        print("siblings given where there are some" if siblings else "without siblings")
        slices = Slices(score, copy, decided)
        written = model & (track == "main")
        slices.show("model-written", written)
        slices.show("model-written, len_ratio >= .75", written & even)
        for name in sorted(set(kind[written & copy])):
            slices.show(f"  {name}", written & copy & (kind == name))
        if siblings:
            human = ~model & (track == "main")
            slices.show("human-written", human)
            for tag in ("en", "fr", "de", "es"):
                slices.show(f"human-written, {tag}", human & (language == tag))
            for name in sorted(set(kind[human])):
                slices.show(f"  {name}", human & (kind == name))
            for name in ("short", "rewrite", "xling", "ja"):
                for tag in sorted(set(language[track == name])):
                    slices.show(f"track {name}, {tag}", (track == name) & (language == tag))
        cells = sorted(
            {
                cell
                for cell in zip(calibrations, track, language, model, strict=True)
                if cell[0] in target_fprs
            }
        )
        calibration = np.array(calibrations)
        for name, on, tag, by_model in cells:
            mine = (calibration == name) & (track == on) & (language == tag) & (model == by_model)
            slices.show(
                f"{name}, {on}, {tag}{', model-written' if by_model else ''}", mine, target_fprs[name]
            )
    if given.json:
        given.json.write_text(json.dumps(kept), encoding="utf-8")


if __name__ == "__main__":
    main()
