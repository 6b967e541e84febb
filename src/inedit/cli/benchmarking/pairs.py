"""Labelled pairs of texts, as copybench has them. The data is read from a path: none of it is in this repository."""

from __future__ import annotations

import json
import lzma
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inedit.model.errors import WrongInput

Row = dict[str, Any]

NEEDED = ("id", "lang", "text_a", "text_b", "label")


def path_from(given: str | Path | None) -> Path:
    """The data file: ``given``, else ``INEDIT_COPYBENCH`` (a file, or the folder of ``open.jsonl.xz``).

    Raises :class:`WrongInput` when there is none.
    """
    path = Path(given or os.environ.get("INEDIT_COPYBENCH", ""))
    if path.is_dir():
        path = path / "open.jsonl.xz"
    if not path.is_file():
        raise WrongInput(
            "Where are the labelled pairs? Name a file of JSON lines (.jsonl or .jsonl.xz) with id, lang, text_a, "
            "text_b and label (copy or not_copy), or set INEDIT_COPYBENCH."
        )
    return path


def read(path: Path) -> list[Row]:
    """Every scored row (label ``copy`` or ``not_copy``), with what a plain file may leave out filled in.

    Raises :class:`WrongInput` that names the line.
    """
    rows = []
    opened = lzma.open if path.suffix == ".xz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip() and (row := _row(line, f"{path.name}, line {number}"))["label"] != "unsure":
                    rows.append(row)
    except (OSError, lzma.LZMAError, UnicodeDecodeError, EOFError) as error:
        raise WrongInput(f"{path} cannot be read: {error}.") from error
    if not rows:
        raise WrongInput(f"{path} has no pair that is labelled copy or not_copy.")
    return rows


def _row(line: str, where: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise WrongInput(f"{where}: not JSON ({error}).") from error
    missing = [name for name in NEEDED if not isinstance(row, dict) or not isinstance(row.get(name), str)]
    if missing:
        raise WrongInput(
            f"{where}: a row is an object with {', '.join(NEEDED)}; missing: {', '.join(missing)}."
        )
    longer = max(len(row["text_a"]), len(row["text_b"]), 1)
    shorter = min(len(row["text_a"]), len(row["text_b"]))
    return {
        "track": "main",
        "source": "",
        "kind": "",
        "len_ratio": shorter / longer,
        "group": row["id"],
        **row,
    }


def labels(rows: Sequence[Row]) -> NDArray[np.bool_]:
    """True where the pair is a copy."""
    return np.array([row["label"] == "copy" for row in rows])


def is_model_written(row: Row) -> bool:
    """Whether language models wrote both texts to one brief: the product's own regime."""
    return bool(row["source"].startswith("alpacaeval"))


def folds(groups: Sequence[str], count: int = 5, deal: int = 0) -> NDArray[np.intp]:
    """A fold for each row such that rows of one group share it; groups are dealt out by size, largest first.

    ``deal`` other than 0 deals those of one size in another order.
    """
    names, inverse, sizes = np.unique(np.array(groups), return_inverse=True, return_counts=True)
    fold_of = np.zeros(len(names), dtype=np.intp)
    filled = np.zeros(count)
    order = np.random.default_rng(deal).permutation(len(names)) if deal else np.arange(len(names))
    for name in order[np.argsort(-sizes[order], kind="stable")]:
        fold_of[name] = int(np.argmin(filled))
        filled[fold_of[name]] += sizes[name]
    return fold_of[inverse]
