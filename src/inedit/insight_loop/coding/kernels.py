"""How alike two texts are, in three ways: by what they mean, by how they are spelt, by the emotions they sound of.

Each function is given the examples and returns what gives any texts' likeness to each of them, shape (texts, examples).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

WIDTH = 2.0
"""How fast likeness falls off with the angle between two centred vectors."""
EMOTION_WIDTH = 1.0
"""The same for emotions, which are fewer than the directions of a vector."""
NGRAMS = (2, 5)
"""Shortest and longest run of characters, within words."""

Rows = NDArray[np.float64]
Vectors = NDArray[np.float32]


def by_meaning(vectors: Vectors) -> Callable[[Vectors], Rows]:
    """exp(WIDTH * (cosine - 1)) of vectors centred on the mean of the examples'."""
    mean = vectors.mean(axis=0, dtype=np.float64)
    examples = _directions(vectors - mean)
    return lambda rows: np.exp(WIDTH * (_directions(rows - mean) @ examples.T - 1.0))


def by_spelling(texts: Sequence[str]) -> Callable[[Sequence[str]], Rows]:
    """The cosine of the n-grams of characters that texts are made of, by tf-idf."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  # a second of imports

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=NGRAMS, sublinear_tf=True)
    try:
        examples = vectorizer.fit_transform(texts)
    except ValueError:  # no text has a letter
        return lambda others: np.zeros((len(others), len(texts)))
    return lambda others: (vectorizer.transform(others) @ examples.T).toarray()


def by_emotion(vectors: Vectors, encoder: str) -> Callable[[Vectors], Rows] | None:
    """exp(EMOTION_WIDTH * (cosine - 1)) of how much texts sound of each of 27 emotions and of none.

    What an emotion sounds like was learnt once from English forum talk that people labelled (GoEmotions, CC BY 4.0;
    bench/field/emotions.py), and holds in every language of the encoder, whose vectors of one meaning lie together.
    ``encoder`` is its digest; None where it is another than the one that this was learnt with.
    """
    known, mean, directions = _emotions()
    if encoder != known:
        return None
    sounds = (vectors - mean) @ directions
    middle, spread = sounds.mean(axis=0), sounds.std(axis=0)
    scale = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 0)
    examples = _directions((sounds - middle) * scale)

    def alike(rows: Vectors) -> Rows:
        moved = _directions(((rows - mean) @ directions - middle) * scale)
        result: Rows = np.exp(EMOTION_WIDTH * (moved @ examples.T - 1.0))
        return result

    return alike


@cache
def _emotions() -> tuple[str, Rows, Rows]:
    """The encoder's digest, the mean of its vectors, and a direction for each emotion, shape (dimensions, 28)."""
    packed = files("inedit.insight_loop.coding").joinpath("emotions.npz").read_bytes()
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        return (
            str(arrays["encoder"]),
            arrays["mean"].astype(np.float64),
            arrays["directions"].astype(np.float64),
        )


def _directions(rows: NDArray[np.floating]) -> Rows:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    result: Rows = np.divide(rows, lengths, out=np.zeros_like(rows, dtype=np.float64), where=lengths > 0)
    return result
