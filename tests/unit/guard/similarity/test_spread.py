"""How far the texts of a set lie apart in meaning."""

from __future__ import annotations

import numpy as np
import pytest

from inedit.guard.similarity.spread import spread_of


def test_as_many_directions_as_texts_is_the_most_various_set() -> None:
    """Four texts that have nothing in common count as four, by classes and by eigenvalues."""
    found = spread_of(np.eye(4, dtype=np.float32))
    assert found is not None
    assert (found.texts, found.distinct) == (4, 4)
    assert found.vendi == pytest.approx(4.0)
    assert found.mean_cosine == pytest.approx(0.0)


def test_copies_count_as_one() -> None:
    """Four times one text is one text, however often it stands there; two and two are two."""
    one = np.zeros((4, 3), np.float32)
    one[:, 0] = 1
    found = spread_of(one)
    assert found is not None
    assert (found.distinct, found.mean_cosine) == (1, pytest.approx(1.0))
    assert found.vendi == pytest.approx(1.0)
    two = one.copy()
    two[2:] = [0, 1, 0]
    pairs = spread_of(two)
    assert pairs is not None
    assert pairs.distinct == 2
    assert pairs.vendi == pytest.approx(2.0)


def test_one_text_says_nothing_of_a_set() -> None:
    """Nor do none."""
    assert spread_of(np.zeros((0, 0), np.float32)) is None
    assert spread_of(np.eye(1, dtype=np.float32)) is None
