"""Which passage of a text tells an insight, with vectors of our own: no encoder needed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from inedit.guard.similarity.generic import Vectors
from inedit.guard.similarity.retelling import TOLD, WIDEST, passage_telling

ENCODER = "use-multilingual-v3"
WORDS = ("nappe", "chaise", "coin", "fil")
INSIGHT = "nappe chaise coin"


def _by_words(texts: Sequence[str]) -> Vectors:
    """A row per text: which of the four words it has, and one place more for a text that has none."""
    rows = np.array(
        [[*(word in text for word in WORDS), not any(w in text for w in WORDS)] for text in texts]
    )
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _near(cosine: float) -> object:
    def encode(texts: Sequence[str]) -> Vectors:
        return np.array([*([[cosine, (1 - cosine**2) ** 0.5]] * (len(texts) - 1)), [1.0, 0.0]], np.float32)

    return encode


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Il pleut. La nappe, la chaise, le coin. Il pleut.", "La nappe, la chaise, le coin."),
        ("La nappe. Une chaise. Un coin. Il pleut.", "La nappe. Une chaise. Un coin."),
        ("Il pleut. La nappe. Une chaise.", "La nappe. Une chaise."),
        ("Il pleut. Un coin.", "Un coin."),
        ("Un coin.", "Un coin."),
        ("Il pleut. Il neige.", None),
        ("", None),
    ],
)
def test_the_nearest_passage_of_up_to_three_sentences_is_shown(text: str, told: str | None) -> None:
    """From the first word of its first sentence to the end of its last."""
    span = passage_telling(text, INSIGHT, _by_words, ENCODER)
    assert (span and span.of(text)) == told


def test_a_passage_has_three_sentences_at_most() -> None:
    """The fourth sentence of a retelling is left out, however near it is."""
    assert WIDEST == 3
    text = "La nappe. Une chaise. Un coin. Une nappe."
    span = passage_telling(text, INSIGHT, _by_words, ENCODER)
    assert span is not None
    assert span.of(text).count(".") == 3


def test_the_documented_cosine_tells_and_a_lower_one_does_not() -> None:
    """0.40 of the default encoder; an encoder that is not listed tells nothing."""
    assert TOLD == {ENCODER: 0.40}
    text = "La nappe est là."
    assert passage_telling(text, INSIGHT, _near(0.41), ENCODER) is not None  # type: ignore[arg-type]
    assert passage_telling(text, INSIGHT, _near(0.39), ENCODER) is None  # type: ignore[arg-type]
    assert passage_telling(text, INSIGHT, _near(0.99), "another") is None  # type: ignore[arg-type]
