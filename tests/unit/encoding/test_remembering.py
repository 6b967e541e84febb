"""Remembered vectors are those of the encoder behind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inedit.encoding.remembering import RememberingEncoder


class Counting:
    """Two dimensions of a text's length, and a list of what was asked."""

    name, digest, dimensions = "counting", "0", 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[len(text), 1.0] for text in texts], np.float32).reshape(-1, 2)


def test_a_text_is_encoded_once_and_rows_keep_the_order_asked() -> None:
    """Known, new and repeated texts come back in their places; only new ones reach the encoder."""
    behind = Counting()
    encoder = RememberingEncoder(behind)
    encoder.encode(["a", "bbb"])
    rows = encoder.encode(["bbb", "cc", "a", "cc"])
    assert rows[:, 0].tolist() == [3, 2, 1, 2]
    assert behind.asked == ["a", "bbb", "cc"]


def test_what_a_caller_does_to_its_rows_changes_nothing() -> None:
    """The rows handed out are copies."""
    encoder = RememberingEncoder(Counting())
    encoder.encode(["a"])[:] = 9.0
    assert encoder.encode(["a"]).tolist() == [[1.0, 1.0]]


def test_the_texts_used_longest_ago_are_forgotten() -> None:
    """No more than so many are kept; a text that is asked for again stays."""
    behind = Counting()
    encoder = RememberingEncoder(behind, most=2)
    for text in ("a", "bb", "a", "ccc", "a", "bb"):
        encoder.encode([text])
    assert behind.asked == ["a", "bb", "ccc", "bb"]


def test_no_texts_give_no_rows() -> None:
    """The shape holds without any text."""
    assert RememberingEncoder(Counting()).encode([]).shape == (0, 2)
