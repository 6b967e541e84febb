"""Fits the calibrations of the guard and writes ``parameters.json``.

    python bench/guard/fit.py OPEN.jsonl.xz [--write]

Beside the labelled pairs it learns from texts that it thins out and pads itself with words of others: no pair
of the open data is of that kind. And each copy counts once more as if one of its signals in turn had seen nothing:
edits that nobody thought of are those that blind a signal.

A calibration is a logistic regression on a handful of signals, weights held to the side that makes sense (more sharing
never lowers the score, more sharing with siblings never raises it). The threshold is the score that at most the
budgeted share of honest pairs reaches, taken from scores of folds that the fit did not see; folds never split a
group of texts.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from inedit.cli.benchmarking.pairs import Row, folds, is_model_written, labels, path_from, read
from inedit.guard.similarity.calibration import BRIEF_WORDS, SHORT_WORDS, SKIP_OPENING
from inedit.guard.similarity.measurements import FEWEST_SIBLINGS, MEANING, OF_SIBLINGS, measure, siblings_of
from inedit.guard.similarity.profile import Profile
from inedit.guard.similarity.shared_opening import beyond_opening
from inedit.guard.similarity.template import beyond_template

PARAMETERS = Path(__file__).parents[2] / "src/inedit/guard/similarity/parameters.json"
COLD = ("frame", "mould", "passages", "sequence", "common order")
WARM = ("phrases", "frame", "mould", "passages", "sequence")


@dataclass(frozen=True)
class Task:
    """What one calibration learns from. ``judges`` picks the honest pairs on which the budget is kept."""

    name: str
    signals: tuple[str, ...]
    target_fpr: float
    learns: Callable[[Row], bool]
    judges: Callable[[Row], bool]
    siblings: bool = False
    prudence: float = 1.0  # share of the budget that the cut spends; the rest is for briefs unlike these
    pads: float = (
        0.0  # copies of our own making that it learns from as well, as a share of the labelled pairs
    )
    blinded: bool = False  # whether it learns to do without any one of its signals
    by_language: bool = False  # whether languages with enough honest pairs get a threshold of their own


def _track(name: str) -> Callable[[Row], bool]:
    return lambda row: bool(row["track"] == name)


def words_of(row: Row) -> int:
    """Words of the shorter text."""
    if "words" not in row:
        row["words"] = min(len(Profile.of(row[side])) for side in ("text_a", "text_b"))
    return int(row["words"])


def _has_siblings(row: Row) -> bool:
    return is_model_written(row) and len(row.get("siblings") or ()) >= FEWEST_SIBLINGS


def _is_long_and_model_written(row: Row) -> bool:
    return is_model_written(row) and words_of(row) >= BRIEF_WORDS


def _is_brief(row: Row) -> bool:
    return row["track"] in {"main", "short"} and SHORT_WORDS <= words_of(row) < BRIEF_WORDS


def _says_the_same(row: Row) -> bool:
    """Whether the two texts were written to one brief, or from one list of facts: the hardest honest pairs."""
    return is_model_written(row) or str(row["source"]) == "e2e"


TASKS = (
    Task("long-siblings", WARM + tuple(name + OF_SIBLINGS for name in WARM), 0.01,
         _has_siblings, is_model_written, siblings=True, prudence=0.7, pads=0.06, blinded=True),
    Task("long", COLD, 0.015, _track("main"), _is_long_and_model_written, prudence=0.85, pads=0.06),
    Task("brief", COLD, 0.08, _is_brief, _says_the_same, prudence=0.8, pads=0.02),
    Task("short", ("word order", "letter order", "mould", "sentences"), 0.02, _track("short"), _track("short"),
         prudence=0.7, by_language=True),
    Task("unspaced", ("word order", "letter order", "phrases"), 0.05, _track("ja"), _track("ja")),
    Task("unspaced-meaning", ("word order", "letter order", "phrases", MEANING), 0.05, _track("ja"), _track("ja")),
    Task("cross-language", ("letter order", "cognates"), 0.02, _track("xling"), _track("xling")),
    Task("cross-language-meaning", (MEANING, "cognates"), 0.02, _track("xling"), _track("xling")),
)  # fmt: skip

SIBLINGS_KNOWN = (2, 4, 8)
"""A calibration that knows siblings learns from each pair as if there were so many: more of them tell more."""


def learned(task: Task, rows: Sequence[Row]) -> list[Row]:
    """The rows that a task learns from, once for each number of siblings that may be known."""
    mine = [row for row in rows if task.learns(row)]
    if not task.siblings:
        return mine
    return [
        {**row, "siblings": row["siblings"][:known]}
        for row in mine
        for known in SIBLINGS_KNOWN
        if known <= len(row["siblings"]) or known == SIBLINGS_KNOWN[0]
    ]


def padded(rows: Sequence[Row], share_of_rows: float, dice: random.Random) -> list[Row]:
    """Copies that lost up to a third of their words at random, gained up to a half from other texts, or both."""
    made = []
    for number, row in enumerate(dice.sample(rows, int(share_of_rows * len(rows)))):
        share, other, words = dice.choice((0.15, 0.25, 0.35, 0.5)), dice.choice(rows)["text_a"].split(), []
        for word in row["text_a"].split():
            if number % 3 and dice.random() < 0.7 * share:
                continue
            words.append(word)
            if number % 3 != 1 and dice.random() < share:
                words.append(dice.choice(other))
        made.append({**row, "text_b": " ".join(words), "label": "copy", "kind": "padded"})
    return made


Matrix = NDArray[np.float64]

RIDGE = 1e-4

FEWEST_HONEST = 150
"""Honest pairs of a language that it takes to set a threshold for it."""


def signals_of(rows: Sequence[Row], task: Task) -> Matrix:
    """One line a row, one column a signal, as the product measures them (:mod:`inedit.guard.similarity.decision`).

    Which siblings are copies is asked of the calibration that is shipped.
    """
    table = np.zeros((len(rows), len(task.signals)))
    cosines = cosines_of(rows) if MEANING in task.signals else [None] * len(rows)
    for number, row in enumerate(rows):
        a, b = Profile.of(row["text_a"]), Profile.of(row["text_b"])
        texts = [Profile.of(text) for text in row.get("siblings") or []] if task.siblings else []
        if texts:
            a, b, texts = beyond_template(a, b, texts)
        known = siblings_of(a, b, texts)
        others = known.texts if known else ()
        own_a, own_b = beyond_opening(a, b, others) if task.name in SKIP_OPENING else (a, b)
        found = measure(task.signals, own_a, own_b, known, cosines[number])
        table[number] = [found[name] for name in task.signals]
    return table


def cosines_of(rows: Sequence[Row]) -> list[float]:
    """The cosine of the two texts of each row, by the default encoder."""
    from inedit.encoding import load_encoder

    texts = sorted({row[side] for row in rows for side in ("text_a", "text_b")})
    vectors = dict(zip(texts, load_encoder().encode(texts), strict=True))
    return [float(vectors[row["text_a"]] @ vectors[row["text_b"]]) for row in rows]


def fit(table: Matrix, copy: NDArray[np.bool_], names: tuple[str, ...], *, blinded: bool = False) -> Matrix:
    """Weights, then the bias, of a ridge logistic regression with signed weights.

    ``blinded``: each copy counts once more, in equal parts as if each of the signals in turn were 0 (feature deletion,
    Globerson and Roweis 2006), so that no signal has to carry a decision alone. Those of siblings are left as they are.
    The scale and the bias are then fitted to the pairs as they stand, so that the score stays a probability.
    """
    spread = table.std(axis=0) + 1e-9
    own = [at for at, name in enumerate(names) if not name.endswith(OF_SIBLINGS)] if blinded else []
    blind = [np.where(np.arange(len(names)) == at, 0.0, table[copy]) for at in own]
    scaled = np.vstack([table, *blind]) / spread
    side = np.concatenate([np.where(copy, 1.0, -1.0), np.ones(len(own) * int(copy.sum()))])
    share = np.concatenate([np.ones(len(copy)), np.full(len(side) - len(copy), 1.0 / max(1, len(own)))])
    share /= share.sum()

    def loss(theta: Matrix) -> tuple[float, Matrix]:
        logit = scaled @ theta[:-1] + theta[-1]
        pull = -share * side / (1.0 + np.exp(np.clip(side * logit, -50, 50)))
        value = (share * np.logaddexp(0, -side * logit)).sum() + RIDGE * (theta[:-1] ** 2).sum()
        return float(value), np.append(scaled.T @ pull + 2 * RIDGE * theta[:-1], pull.sum())

    bounds = [(None, 0.0) if name.endswith(OF_SIBLINGS) else (0.0, None) for name in names]
    found = minimize(
        loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]
    )
    weights = found.x[:-1] / spread
    if not blinded:
        return np.append(weights, found.x[-1])
    scale, bias = fit((table @ weights)[:, None], copy, ("all of them",))
    return np.append(scale * weights, bias)


def _probability(logit: float) -> float:
    return float(1.0 / (1.0 + np.exp(-logit)))


def unseen_scores(
    table: Matrix,
    copy: NDArray[np.bool_],
    names: tuple[str, ...],
    fold: NDArray[np.intp],
    *,
    blinded: bool = False,
) -> Matrix:
    """The logit of each row from a fit on the other folds."""
    logits = np.zeros(len(copy))
    for held in np.unique(fold):
        theta = fit(table[fold != held], copy[fold != held], names, blinded=blinded)
        logits[fold == held] = table[fold == held] @ theta[:-1] + theta[-1]
    return logits


def cuts(task: Task, logits: Matrix, honest: NDArray[np.bool_], language: NDArray[Any]) -> dict[str, float]:
    """The logit from which a pair is called a copy: under ``""`` for any language, and for those with their own."""
    share = 1.0 - task.target_fpr * task.prudence
    found = {"": float(np.quantile(logits[honest], share))}
    for tag in sorted(set(language[honest])) if task.by_language else ():
        own = honest & (language == tag)
        if own.sum() >= FEWEST_HONEST:
            found[str(tag)] = float(np.quantile(logits[own], share))
    return found


def main() -> None:
    """Fits every calibration, prints what it realises on unseen folds, writes the file with ``--write``."""
    rows = read(path_from(next((a for a in sys.argv[1:] if not a.startswith("-")), None)))
    calibrations: dict[str, Any] = {}
    for task in TASKS:
        mine = learned(task, rows)
        real = len(mine)
        if task.pads:
            mine += padded(mine, task.pads, random.Random(11))
        own = np.arange(len(mine)) >= real
        copy = labels(mine)
        table = signals_of(mine, task)
        fold = folds([row["group"] for row in mine])
        logits = unseen_scores(table, copy, task.signals, fold, blinded=task.blinded)
        honest = ~copy & np.array([task.judges(row) for row in mine])
        language = np.array([row["lang"] for row in mine])
        thresholds = cuts(task, logits, honest, language)
        cut = thresholds.pop("")
        theta = fit(table, copy, task.signals, blinded=task.blinded)
        print(f"{task.name}: {real} pairs, unseen folds")
        for target_fpr in (0.005, 0.01, 0.02, 0.03, 0.05):
            line = np.quantile(logits[honest], 1.0 - target_fpr)
            mark = "<-" if target_fpr == task.target_fpr * task.prudence else ""
            print(
                f"    at {target_fpr:.1%} false positives: recall {(logits[copy & ~own] > line).mean():.3f} {mark}"
            )
        if own.any():
            print(f"    padded copies at the threshold: recall {(logits[own] > cut).mean():.3f}")
        print(
            "   ",
            {n: round(float(w), 2) for n, w in zip(task.signals, theta[:-1], strict=True)},
            round(float(theta[-1]), 2),
        )
        calibrations[task.name] = {
            "bias": round(float(theta[-1]), 3),
            "weights": {
                n: round(float(w), 3) for n, w in zip(task.signals, theta[:-1], strict=True) if abs(w) > 1e-3
            },
            "threshold": round(_probability(cut), 4),
            "target_fpr": task.target_fpr,
        }
        if thresholds:
            print(
                "    thresholds by language:",
                {tag: round(_probability(at), 3) for tag, at in thresholds.items()},
            )
            calibrations[task.name]["thresholds"] = {
                tag: round(_probability(at), 4) for tag, at in thresholds.items()
            }
    if "--write" in sys.argv:
        PARAMETERS.write_text(json.dumps({"calibrations": calibrations}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
