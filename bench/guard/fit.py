"""Fits the calibrations of the guard and writes ``parameters.json``.

    python bench/guard/fit.py OPEN.jsonl.xz [--write]

A regime is a logistic regression on a handful of signals, weights held to the side that makes sense (more sharing
never lowers the score, more sharing with siblings never raises it). The threshold is the score that at most the budgeted share
of honest pairs reaches, taken from scores of folds that the fit did not see; folds never split a group of texts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from data import Row, folds, is_model_written, labels, path_from, read
from numpy.typing import NDArray
from scipy.optimize import minimize

from inedit.guard.similarity.calibration import SHORT_WORDS
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.signals import OF_SIBLINGS, measure

PARAMETERS = Path(__file__).parents[2] / "src/inedit/guard/similarity/parameters.json"
CORE = ("phrases", "frame", "mould", "passage")


@dataclass(frozen=True)
class Task:
    """What one regime learns from. ``judges`` picks the honest pairs on which the budget is kept."""

    name: str
    signals: tuple[str, ...]
    budget: float
    learns: Callable[[Row], bool]
    judges: Callable[[Row], bool]
    siblings: bool = False


def _short(row: Row) -> bool:
    return len_words(row) < SHORT_WORDS


def len_words(row: Row) -> int:
    """Words of the shorter text, as the guard counts them."""
    return min(len(Profile.of(row["text_a"])), len(Profile.of(row["text_b"])))


TASKS = (
    Task("long-siblings", CORE + tuple(name + OF_SIBLINGS for name in CORE), 0.01,
         lambda r: is_model_written(r) and bool(r.get("siblings")), is_model_written, siblings=True),
    Task("long", CORE, 0.02, lambda r: r["track"] == "main", is_model_written),
    Task("short", ("word order", "letter order", "mould"), 0.02,
         lambda r: r["track"] == "short", lambda r: r["track"] == "short"),
    Task("unspaced", ("word order", "letter order", "phrases"), 0.05,
         lambda r: r["track"] == "ja", lambda r: r["track"] == "ja"),
)  # fmt: skip

Matrix = NDArray[np.float64]


def signals_of(rows: list[Row], names: tuple[str, ...], *, siblings: bool) -> Matrix:
    """One line a row, one column a signal."""
    table = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        others = [Profile.of(text) for text in row.get("siblings") or []] if siblings else []
        found = measure(names, Profile.of(row["text_a"]), Profile.of(row["text_b"]), others)
        table[number] = [found[name] for name in names]
    return table


def fit(table: Matrix, copy: NDArray[np.bool_], names: tuple[str, ...], ridge: float = 1e-3) -> Matrix:
    """Weights, then the bias, of a ridge logistic regression with signed weights."""
    spread = table.std(axis=0) + 1e-9
    scaled, side = table / spread, np.where(copy, 1.0, -1.0)

    def loss(theta: Matrix) -> tuple[float, Matrix]:
        logit = scaled @ theta[:-1] + theta[-1]
        pull = -side / (1.0 + np.exp(np.clip(side * logit, -50, 50))) / len(copy)
        value = np.logaddexp(0, -side * logit).mean() + ridge * (theta[:-1] ** 2).sum()
        return float(value), np.append(scaled.T @ pull + 2 * ridge * theta[:-1], pull.sum())

    bounds = [(None, 0.0) if name.endswith(OF_SIBLINGS) else (0.0, None) for name in names]
    found = minimize(
        loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]
    )
    return np.append(found.x[:-1] / spread, found.x[-1])


def unseen_scores(
    table: Matrix, copy: NDArray[np.bool_], names: tuple[str, ...], fold: NDArray[np.intp]
) -> Matrix:
    """The logit of each row from a fit on the other folds."""
    logits = np.zeros(len(copy))
    for held in np.unique(fold):
        theta = fit(table[fold != held], copy[fold != held], names)
        logits[fold == held] = table[fold == held] @ theta[:-1] + theta[-1]
    return logits


def main() -> None:
    """Fits every regime, prints what it realises on unseen folds, writes the file with ``--write``."""
    rows = read(path_from([a for a in sys.argv[1:] if not a.startswith("-")]))
    regimes: dict[str, Any] = {}
    for task in TASKS:
        mine = [row for row in rows if task.learns(row)]
        copy = labels(mine)
        table = signals_of(mine, task.signals, siblings=task.siblings)
        logits = unseen_scores(table, copy, task.signals, folds([row["group"] for row in mine]))
        honest = ~copy & np.array([task.judges(row) for row in mine])
        cut = float(np.quantile(logits[honest], 1.0 - task.budget))
        theta = fit(table, copy, task.signals)
        print(
            f"{task.name}: {len(mine)} pairs; unseen folds: recall {(logits[copy] > cut).mean():.3f}, "
            f"false positives {(logits[honest] > cut).mean():.4f}; logit cut {cut:.2f}"
        )
        print(
            "   ",
            {n: round(float(w), 2) for n, w in zip(task.signals, theta[:-1], strict=True)},
            round(float(theta[-1]), 2),
        )
        regimes[task.name] = {
            "bias": round(float(theta[-1]), 3),
            "weights": {
                n: round(float(w), 3) for n, w in zip(task.signals, theta[:-1], strict=True) if abs(w) > 1e-3
            },
            "threshold": round(float(1.0 / (1.0 + np.exp(-cut))), 4),
            "budget": task.budget,
        }
    if "--write" in sys.argv:
        PARAMETERS.write_text(json.dumps({"regimes": regimes}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
