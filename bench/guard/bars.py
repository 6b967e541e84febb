"""What the guard would reach on texts that neither the fit nor the threshold has seen.

    python bench/guard/bars.py OPEN.jsonl.xz [--json FILE]

Groups of texts are dealt into five folds. Weights *and* thresholds are made on four of them as `fit.py` makes them
(threshold from folds within the four), frozen, and applied to the fifth, by the regime that the guard would use at run
time. So a slice below shows what a frozen threshold realises on other briefs: recall, rate of false positives, expected
calibration error. `--json` writes score and decision of every pair, for pictures.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from fit import TASKS, Task, cuts, fit, padded, signals_of, unseen_scores
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from inedit.benchmarking.pairs import Row, folds, is_model_written, labels, path_from, read
from inedit.guard.similarity.calibration import regime_for
from inedit.guard.similarity.profile import Profile

Array = NDArray[Any]
OUTER = 5
EASY = ("template", "reorder", "insert", "delet", "noise", "30")


def regimes_of(rows: Sequence[Row], *, siblings: bool) -> list[str]:
    """The calibration that decides each row at run time."""
    names = []
    for row in rows:
        words = min(len(Profile.of(row["text_a"])), len(Profile.of(row["text_b"])))
        known = siblings and bool(row.get("siblings"))
        names.append(
            regime_for(language=row["lang"], words=words, siblings=known, cosine=needs_meaning(row)).name
        )
    return names


def needs_meaning(row: Row) -> bool:
    """Whether the encoder is asked for this pair."""
    return row["track"] in ("xling", "ja")


class Judge:
    """One task's signals on all rows that it learns from or decides, computed once."""

    def __init__(self, task: Task, rows: Sequence[Row], decides: Array) -> None:
        self.task, self.rows = task, rows
        self.learned = np.array([task.learns(row) for row in rows])
        self.wanted = np.flatnonzero(self.learned | decides)
        self.table = np.zeros((len(rows), len(task.signals)))
        self.table[self.wanted] = signals_of(
            [rows[i] for i in self.wanted], task.signals, siblings=task.siblings
        )
        self.honest = np.array([task.judges(row) and row["label"] != "copy" for row in rows]) & self.learned
        own = [rows[i] for i in np.flatnonzero(self.learned)]
        self.extra = padded(own, task.pads, random.Random(11)) if task.pads else []
        self.extra_table = (
            signals_of(self.extra, task.signals, siblings=task.siblings) if self.extra else None
        )

    def scores(self, fold: Array, held: int, extra_fold: Array) -> tuple[Array, Array]:
        """Probability of every row, and its threshold, made without the held fold."""
        train = self.learned & (fold != held)
        table, copy = self.table[train], labels([self.rows[i] for i in np.flatnonzero(train)])
        inner, honest = fold[train], self.honest[train]
        if self.extra_table is not None:
            more = extra_fold != held
            table = np.vstack([table, self.extra_table[more]])
            copy = np.append(copy, np.ones(int(more.sum()), dtype=bool))
            inner, honest = (
                np.append(inner, extra_fold[more]),
                np.append(honest, np.zeros(int(more.sum()), bool)),
            )
        logits = unseen_scores(table, copy, self.task.signals, inner)
        language = np.array([row["lang"] for row in self.rows])
        trained = np.append(language[train], np.full(len(logits) - int(train.sum()), ""))
        found = cuts(self.task, logits, honest, trained)
        cut = np.array([found.get(tag, found[""]) for tag in language])
        theta = fit(table, copy, self.task.signals)
        return _probability(self.table @ theta[:-1] + theta[-1]), _probability(cut)


def _probability(logits: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-np.clip(logits, -60, 60)))


def judged(rows: Sequence[Row], *, siblings: bool) -> tuple[Array, Array, list[str]]:
    """Score and decision of every row by parameters that have not seen its group; and the regime."""
    fold = folds([row["group"] for row in rows], OUTER)
    group_fold = {row["group"]: f for row, f in zip(rows, fold, strict=True)}
    regimes = regimes_of(rows, siblings=siblings)
    score, decided = np.zeros(len(rows)), np.zeros(len(rows), dtype=bool)
    for name in sorted(set(regimes)):
        mine = np.array([regime == name for regime in regimes])
        if name == "tiny":
            continue
        task = next(task for task in TASKS if task.name == name)
        judge = Judge(task, rows, mine)
        extra_fold = np.array([group_fold[row["group"]] for row in judge.extra], dtype=int)
        for held in range(OUTER):
            probability, threshold = judge.scores(fold, held, extra_fold)
            here = mine & (fold == held)
            score[here], decided[here] = probability[here], probability[here] >= threshold[here]
    return score, decided, regimes


def calibration_error(score: Array, copy: Array, bins: int = 10) -> float:
    """Expected calibration error over equal bins of the score."""
    at = np.minimum((score * bins).astype(int), bins - 1)
    return float(sum(abs(score[at == b].mean() - copy[at == b].mean()) * (at == b).mean() for b in set(at)))


def show(name: str, mine: Array, score: Array, copy: Array, decided: Array) -> None:
    """One line of the table."""
    copies, honest = int((mine & copy).sum()), int((mine & ~copy).sum())
    line = f"  {name:38} {copies:5} copies {honest:5} honest"
    if copies:
        line += f"  recall {decided[mine & copy].mean():.3f}"
    if honest:
        line += f"  FP {decided[mine & ~copy].mean():.4f}"
    if copies and honest:
        line += f"  AUROC {roc_auc_score(copy[mine], score[mine]):.4f}"
        line += f"  ECE {calibration_error(score[mine], copy[mine]):.3f}"
    print(line)


def main() -> None:
    """Prints the slices, then recall by kind of edit."""
    rows = read(
        path_from(next((a for a in sys.argv[1:] if not a.startswith("-") and not a.endswith(".json")), None))
    )
    copy = labels(rows)
    model = np.array([is_model_written(row) for row in rows])
    even = np.array([row["len_ratio"] >= 0.75 for row in rows])
    track = np.array([row["track"] for row in rows])
    language = np.array([row["lang"] for row in rows])
    kind = np.array([row["kind"] for row in rows])
    kept: dict[str, Any] = {"copy": copy.tolist(), "model": model.tolist(), "even": even.tolist()}
    for siblings in (True, False):
        score, decided, regimes = judged(rows, siblings=siblings)
        kept["siblings" if siblings else "cold"] = [round(float(s), 5) for s in score]
        print("siblings given where there are some" if siblings else "without siblings")
        main_model = model & (track == "main")
        show("model-written", main_model, score, copy, decided)
        show("model-written, len_ratio >= .75", main_model & even, score, copy, decided)
        for name in sorted(set(kind[main_model & copy])):
            show(f"  {name}", main_model & copy & (kind == name), score, copy, decided)
        if siblings:
            for tag in ("en", "fr", "de", "es"):
                show(
                    f"human-written, {tag}",
                    ~model & (track == "main") & (language == tag),
                    score,
                    copy,
                    decided,
                )
            for name in sorted(set(kind[~model & (track == "main")])):
                show(f"  {name}", ~model & (track == "main") & (kind == name), score, copy, decided)
            for name in ("short", "rewrite", "xling", "ja"):
                for tag in sorted(set(language[track == name])):
                    show(f"track {name}, {tag}", (track == name) & (language == tag), score, copy, decided)
        for name in sorted(set(regimes)):
            show(f"regime {name}", np.array([regime == name for regime in regimes]), score, copy, decided)
    if "--json" in sys.argv:
        Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(kept), encoding="utf-8")


if __name__ == "__main__":
    main()
