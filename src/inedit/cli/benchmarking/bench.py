"""Copies told from honest texts, ours beside others' in one run."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inedit.cli.benchmarking import peers
from inedit.cli.benchmarking.drafts import found_copies, refusals
from inedit.cli.benchmarking.pairs import Row, is_model_written, labels
from inedit.cli.benchmarking.peers import Scores
from inedit.guard.similarity import judge_pair

OURS, COLD = "inédit", "inédit, no siblings"
SEMHASH = "semhash, MiniLM"
PEERS = ("rapidfuzz token_set", "datasketch MinHash", "cosine MiniLM", SEMHASH, "cosine e5-small")

Say = Callable[[str], None]
Flags = NDArray[np.bool_]


def sampled(rows: Sequence[Row], count: int) -> list[Row]:
    """All model-written rows, and at most ``count`` rows of each track, language and label: encoders are slow."""
    dice = random.Random(1)  # noqa: S311  # a sample, no secret
    cells: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = (row["track"], row["lang"], row["label"], str(is_model_written(row)))
        cells.setdefault(key, []).append(row)
    picked = [
        cell if key[3] == "True" else dice.sample(cell, min(count, len(cell)))
        for key, cell in sorted(cells.items())
    ]
    return [row for cell in picked for row in cell]


def ours(
    rows: Sequence[Row], cosine: Callable[[str, str], float] | None, *, siblings: bool
) -> list[dict[str, Any]]:
    """What `inedit guard pairs` answers, with the encoder where it is asked."""
    fields = ("id", "lang", "text_a", "text_b", *(("siblings",) if siblings else ()))
    return [
        judge_pair({name: row[name] for name in fields if row.get(name)}, number, cosine)
        for number, row in enumerate(rows, start=1)
    ]


def peer_scores(rows: Sequence[Row], without: Sequence[str], say: Say) -> dict[str, Scores]:
    """The score of every installed peer on every row. ``say`` is told what is left out and how long each took."""
    found: dict[str, Scores] = {}
    minilm: peers.Vectors = {}

    def with_minilm(rows: Sequence[Row]) -> Scores:
        minilm.update(minilm or peers.minilm_vectors(rows))
        return peers.cosines(rows, minilm)

    def with_semhash(rows: Sequence[Row]) -> Scores:
        minilm.update(minilm or peers.minilm_vectors(rows))
        return peers.semhash(rows, minilm)

    scorers: tuple[Callable[[Sequence[Row]], Scores], ...] = (
        peers.token_set, peers.minhash, with_minilm, with_semhash,
        lambda rows: peers.cosines(rows, peers.e5_vectors(rows)),
    )  # fmt: skip
    for name, scorer in zip(PEERS, scorers, strict=True):
        if name in without:
            continue
        started = time.perf_counter()
        try:
            found[name] = scorer(rows)
        except ImportError as missing:
            say(f"left out: {name} ({missing}). pip install 'inedit[bench]' brings it.")
            continue
        say(f"{name}: {time.perf_counter() - started:.0f} s")
    return found


def slices(rows: Sequence[Row]) -> Iterator[tuple[str, Flags]]:
    """Name of each part of the table, and which rows belong to it: model-written ones, then by language and track."""
    model = np.array([is_model_written(r) for r in rows])
    track, language = np.array([r["track"] for r in rows]), np.array([r["lang"] for r in rows])
    yield "model-written, one brief", model
    yield (
        "model-written, lengths alike (ratio >= .75)",
        model & np.array([r["len_ratio"] >= 0.75 for r in rows]),
    )
    for tag in sorted(set(language[(track == "main") & ~model])):
        yield f"human-written, {tag}", (track == "main") & ~model & (language == tag)
    for name in sorted(set(track) - {"main"}):
        for tag in sorted(set(language[track == name])):
            yield f"track {name}, {tag}", (track == name) & (language == tag)


def recall_at(scores: Scores, copy: Flags, false_positives: float) -> float:
    """Recall at the threshold that this share of the honest pairs exceeds."""
    return float((scores[copy] > np.quantile(scores[~copy], 1.0 - false_positives)).mean())


def calibration_error(scores: Scores, copy: Flags, bins: int = 10) -> float:
    """Expected calibration error over equal bins of the score (Naeini et al. 2015)."""
    at = np.minimum((scores * bins).astype(int), bins - 1)
    return float(sum(abs(scores[at == b].mean() - copy[at == b].mean()) * (at == b).mean() for b in set(at)))


def figures(scores: Scores, copy: Flags) -> dict[str, float]:
    """AUROC, average precision, recall at 1 % and 5 % false positives. Needs scikit-learn, two seconds of imports."""
    from sklearn.metrics import average_precision_score, roc_auc_score

    return {
        "auroc": float(roc_auc_score(copy, scores)),
        "average_precision": float(average_precision_score(copy, scores)),
        "recall_at_1": recall_at(scores, copy, 0.01),
        "recall_at_5": recall_at(scores, copy, 0.05),
    }


def bench(
    rows: Sequence[Row], cosine: Callable[[str, str], float] | None, *, without: Sequence[str] = (), say: Say
) -> dict[str, Any]:
    """Every slice with the figures of ours and of each peer, then what the frozen thresholds do to each kind.

    ``cosine`` is the encoder's, for the pairs where the guard asks it; None leaves them to the words.
    """
    copy = labels(rows)
    started = time.perf_counter()
    answers = {OURS: ours(rows, cosine, siblings=True), COLD: ours(rows, cosine, siblings=False)}
    say(f"inédit, twice: {time.perf_counter() - started:.0f} s")
    columns = {name: np.array([a["score"] for a in found]) for name, found in answers.items()}
    columns |= peer_scores(rows, without, say)
    table = []
    for title, mine in slices(rows):
        if not (mine & copy).any() or not (mine & ~copy).any():
            continue
        entry: dict[str, Any] = {
            "slice": title,
            "copies": int((mine & copy).sum()),
            "honest": int((mine & ~copy).sum()),
        }
        for name, scores in columns.items():
            if name == COLD and not title.startswith("model"):
                continue  # the others have no siblings anyway
            entry[name] = figures(scores[mine], copy[mine])
            decided = scores == 1.0  # semhash decides for itself
            if name in answers:
                decided = np.array([a["copy"] for a in answers[name]])
                entry[name]["calibration_error"] = calibration_error(scores[mine], copy[mine])
            if name in answers or name == SEMHASH:
                entry[name]["frozen_recall"] = float(decided[mine & copy].mean())
                entry[name]["frozen_false_positives"] = float(decided[mine & ~copy].mean())
        table.append(entry)
    return {
        "pairs": len(rows),
        "drafts": refusals(rows),
        "door_recall": found_copies(rows),
        "slices": table,
        "kinds": _kinds(rows, answers),
    }


def _kinds(rows: Sequence[Row], answers: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """For each kind of pair, the share that the frozen thresholds call copies."""
    cells: dict[tuple[str, str, str, str], list[tuple[bool, bool]]] = {}
    for row, warm, cold in zip(rows, answers[OURS], answers[COLD], strict=True):
        writer = "model-written" if is_model_written(row) else f"human-written {row['lang']}"
        cells.setdefault((writer, row["track"], row["label"], row["kind"]), []).append(
            (warm["copy"], cold["copy"])
        )
    return [
        {
            "writer": writer, "track": track, "label": label, "kind": kind, "pairs": len(found),
            "flagged": float(np.mean([warm for warm, _ in found])),
            "flagged_without_siblings": float(np.mean([cold for _, cold in found])),
        }
        for (writer, track, label, kind), found in sorted(cells.items())
    ]  # fmt: skip
