"""Can meaning tell a strong paraphrase from an honest text of the same brief?

    python bench/guard/paraphrase.py OPEN.jsonl.xz [--json FILE]

Sentences of two texts are aligned by the encoder's cosine (Nelken and Shieber 2006), in any order and in one order,
and what the nearest sibling reaches is subtracted. Paraphrases (`paraphrases.jsonl`): six, in five languages, the same
facts in the same order and all words new, each beside the honest text of its brief. Honest pairs: texts that models
wrote to one brief.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inedit.cli.benchmarking.pairs import is_model_written, path_from, read
from inedit.encoding import load_encoder
from inedit.guard.similarity.profile import Profile

HONEST = 160
SIBLINGS = 3
Vectors = NDArray[np.float32]

PARAPHRASES = Path(__file__).with_name("paraphrases.jsonl")
"""An original, its paraphrase, and an honest text of the brief; ours."""


def sentences(text: str) -> list[str]:
    """The sentences of a text as it was given."""
    profile = Profile.of(text)
    return [profile.span(first, end).of(text) for first, end in profile.sentences]


def best_matches(a: Vectors, b: Vectors) -> float:
    """How like its best match a sentence is, on the average; the lower of both sides."""
    table = a @ b.T
    return float(min(table.max(axis=1).mean(), table.max(axis=0).mean()))


def in_order(a: Vectors, b: Vectors) -> float:
    """The same for the best alignment that keeps the order, over the sentences of the longer text."""
    table = np.maximum(0.0, a @ b.T)
    best = np.zeros((len(a) + 1, len(b) + 1))
    for i in range(len(a)):
        for j in range(len(b)):
            best[i + 1, j + 1] = max(best[i, j] + table[i, j], best[i, j + 1], best[i + 1, j])
    return float(best[-1, -1] / max(len(a), len(b)))


SCORES: dict[str, Callable[[Vectors, Vectors], float]] = {
    "whole texts": lambda a, b: float(
        a.sum(0) @ b.sum(0) / (np.linalg.norm(a.sum(0)) * np.linalg.norm(b.sum(0)))
    ),
    "sentences, any order": best_matches,
    "sentences, one order": in_order,
}


def main() -> None:
    """Prints recall of the paraphrases at the score that 1 % and 5 % of honest pairs reach."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("data", nargs="?")
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    encoder = load_encoder()
    known: dict[str, Vectors] = {}

    def vectors(text: str) -> Vectors:
        if text not in known:
            known[text] = encoder.encode(sentences(text))
        return known[text]

    def scored(a: str, b: str, siblings: Sequence[str]) -> dict[str, float]:
        row = {}
        for name, score in SCORES.items():
            row[name] = score(vectors(a), vectors(b))
            nearest = max(score(vectors(side), vectors(text)) for side in (a, b) for text in siblings)
            row[f"{name}, less siblings"] = row[name] - nearest
        return row

    rows = [r for r in read(path_from(given.data)) if is_model_written(r) and r["label"] == "not_copy"]
    rows = [r for r in rows if len(r.get("siblings") or ()) >= SIBLINGS and 40 <= r["words_a"] <= 160]
    rows = random.Random(2).sample(rows, min(HONEST, len(rows)))
    honest = [scored(r["text_a"], r["text_b"], r["siblings"][:SIBLINGS]) for r in rows]
    ours = [json.loads(line) for line in PARAPHRASES.read_text(encoding="utf-8").splitlines()]
    ours = [row for row in ours if "original" in row]  # others are of `paraphrase_own.py`
    copies = [scored(row["original"], row["paraphrase"], [row["sibling"]]) for row in ours]
    report = {
        name: {
            "honest pairs": len(honest),
            "paraphrases": len(copies),
            "median of honest": round(float(np.median([h[name] for h in honest])), 3),
            "of paraphrases": [round(c[name], 3) for c in copies],
            **{
                f"recall at {target_fpr:.0%}": float(
                    np.mean(
                        [c[name] > np.quantile([h[name] for h in honest], 1 - target_fpr) for c in copies]
                    )
                )
                for target_fpr in (0.01, 0.05)
            },
        }
        for name in honest[0]
    }
    text = json.dumps(report, indent=1)
    print(text)
    if given.json:
        given.json.parent.mkdir(exist_ok=True)
        given.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
