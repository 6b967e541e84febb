"""Draws why a cosine threshold is not a guard: ROC curves and score distributions of model-written pairs.

    python bench/guard/pictures.py OPEN.jsonl.xz [--out docs/pictures]

Ours is drawn with parameters that have not seen the pair's group (as `bars.py` makes them); MiniLM and MinHash need no
fit.
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
from bars import judged
from sklearn.metrics import roc_auc_score, roc_curve

from inedit.cli.benchmarking import peers
from inedit.cli.benchmarking.pairs import is_model_written, labels, path_from, read

mpl.use("svg")
import matplotlib.pyplot as plt  # after the backend is chosen

COPY, HONEST = "#b3312c", "#2c6fb3"


def main() -> None:
    """Writes roc.svg and scores.svg."""
    given = [a for a in sys.argv[1:] if not a.startswith("-")]
    out = Path(sys.argv[sys.argv.index("--out") + 1] if "--out" in sys.argv else "docs/pictures")
    out.mkdir(parents=True, exist_ok=True)
    rows = read(path_from(next(iter(given), None)))
    warm, _, _ = judged(rows, siblings=True)
    cold, _, _ = judged(rows, siblings=False)
    mine = np.array([is_model_written(row) and row["len_ratio"] >= 0.75 for row in rows])
    some = [row for row, kept in zip(rows, mine, strict=True) if kept]
    copy = labels(some)
    scores = {
        "Inédit, siblings known": warm[mine],
        "Inédit, cold start": cold[mine],
        "MinHash (datasketch)": peers.minhash(some),
        "cosine (MiniLM)": peers.cosines(some, peers.minilm_vectors(some)),
    }
    plt.rcParams.update({"font.size": 10, "svg.fonttype": "none", "svg.hashsalt": "inedit", "axes.spines.top": False,
                         "axes.spines.right": False})  # fmt: skip
    figure, axes = plt.subplots(figsize=(6.4, 4.2), layout="constrained")
    for (name, found), style in zip(scores.items(), ("-", "--", "-.", ":"), strict=True):
        false, true, _ = roc_curve(copy, found)
        axes.plot(
            np.maximum(false, 1e-3), true, style, label=f"{name}: AUROC {roc_auc_score(copy, found):.3f}"
        )
    axes.axvline(0.01, color="grey", linewidth=0.8)
    axes.set(xscale="log", xlim=(1e-3, 1), ylim=(0, 1.01), xlabel="honest texts sent back (false positives)",
             ylabel="copies found (recall)")  # fmt: skip
    axes.legend(loc="lower right", frameon=False)
    figure.savefig(out / "roc.svg", metadata={"Date": None})
    figure, panels = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    for panel, name in zip(panels, ("cosine (MiniLM)", "Inédit, siblings known"), strict=True):
        for chosen, colour, label in ((~copy, HONEST, "honest same-brief texts"), (copy, COPY, "copies")):
            panel.hist(scores[name][chosen], bins=np.linspace(0, 1, 41), density=True, alpha=0.65, color=colour,
                       label=f"{label} ({int(chosen.sum())})")  # fmt: skip
        panel.set(title=name, xlabel="score", yticks=[])
        panel.legend(frameon=False)
    figure.savefig(out / "scores.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
