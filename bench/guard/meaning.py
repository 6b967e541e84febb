"""Does the cosine threshold of admission send honest texts back?

    python bench/guard/meaning.py OPEN.jsonl.xz

Takes pairs of one language (main track, 15 words and more, labelled), encodes both sides with the default encoder, and
prints for each source and threshold the share of honest pairs and of copies at or above it; then how many copies the
words miss and the meaning finds. Siblings are not used: admission has none today.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from inedit.cli.benchmarking.pairs import path_from, read
from inedit.encoding import load_encoder
from inedit.guard.checks.near_duplicate import MEANING_THRESHOLDS
from inedit.guard.similarity import compare

THRESHOLDS = (0.80, 0.85, 0.90, 0.93, 0.95, 0.97)


def main(path: Path) -> None:
    """Print the two tables."""
    rows = [row for row in read(path) if row["track"] == "main"]
    encoder = load_encoder()
    texts = sorted({text for row in rows for text in (row["text_a"], row["text_b"])})
    vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    slices: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in rows:
        row["cosine"] = float(np.dot(vectors[row["text_a"]], vectors[row["text_b"]]))
        family = "model-written" if row["source"].startswith("alpacaeval") else row["source"]
        slices[family, row["label"]].append(row["cosine"])
        slices["all", row["label"]].append(row["cosine"])
    print("share at or above:", "".join(f"{threshold:>8}" for threshold in THRESHOLDS))
    for (family, label), cosines in sorted(slices.items()):
        shares = "".join(f"{np.mean(np.array(cosines) >= threshold):8.3f}" for threshold in THRESHOLDS)
        print(f"{family:<16} {label:<9} {len(cosines):>6}{shares}")
    copies = [row for row in rows if row["label"] == "copy"]
    missed = [r for r in copies if not compare(r["text_a"], r["text_b"], language=r["lang"]).copy]
    print(f"\ncopies {len(copies)}, missed by words {len(missed)}")
    for threshold in THRESHOLDS:
        found = sum(row["cosine"] >= threshold for row in missed)
        print(f"  found by meaning at {threshold}: {found}")
    print(f"\nshipped: {MEANING_THRESHOLDS}")


if __name__ == "__main__":
    main(path_from(next(iter(sys.argv[1:]), None)))
