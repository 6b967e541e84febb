"""Reads copybench: pairs of texts labelled copy or not_copy. The file is never part of this repository."""

from __future__ import annotations

import json
import lzma
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Row = dict[str, Any]


def path_from(arguments: Sequence[str]) -> Path:
    """The data file: first argument, else ``INEDIT_COPYBENCH`` (a file, or the folder of ``open.jsonl.xz``)."""
    given = arguments[0] if arguments else os.environ.get("INEDIT_COPYBENCH", "")
    path = Path(given)
    if given and path.is_dir():
        path = path / "open.jsonl.xz"
    if not given or not path.is_file():
        sys.exit("Where is copybench? Give its open.jsonl.xz as an argument, or set INEDIT_COPYBENCH.")
    return path


def read(path: Path) -> list[Row]:
    """Every scored row (label copy or not_copy)."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row for row in rows if row["label"] != "unsure"]


def labels(rows: Sequence[Row]) -> NDArray[np.bool_]:
    """True where the pair is a copy."""
    return np.array([row["label"] == "copy" for row in rows])


def is_model_written(row: Row) -> bool:
    """Whether language models wrote both texts to one brief: the product's own regime."""
    return bool(row["source"].startswith("alpacaeval"))


def folds(groups: Sequence[str], count: int = 5) -> NDArray[np.intp]:
    """A fold for each row such that rows of one group share it; groups are dealt out by size, largest first."""
    names, inverse, sizes = np.unique(np.array(groups), return_inverse=True, return_counts=True)
    fold_of = np.zeros(len(names), dtype=np.intp)
    filled = np.zeros(count)
    for name in np.argsort(-sizes, kind="stable"):
        fold_of[name] = int(np.argmin(filled))
        filled[fold_of[name]] += sizes[name]
    return fold_of[inverse]
