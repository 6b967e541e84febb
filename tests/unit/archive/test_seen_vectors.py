"""Vectors as one text sees them, one of which is damaged."""

from __future__ import annotations

import numpy as np
import pytest

from inedit.archive.seen_vectors import Seen, products
from inedit.archive.vector_blocks import VectorBlock

HERE = np.uint64(1)
KEYS = np.ones(4, dtype=np.uint64)


def seen(numbers: float, *, in_block: bool) -> Seen:
    """Four vectors, the first and the last one's own, as a small block or in none; the third has these numbers."""
    rows = np.eye(4, dtype=np.float32)[[0, 1, 2, 0]]
    rows[2] = numbers
    own = rows[0].copy()
    if not in_block:
        return Seen(own, rows, KEYS, KEYS)
    block = VectorBlock.of(range(1, 5), [0] * 4, list("abcd"), KEYS, KEYS, np.eye(4, dtype=np.float32))
    block.rows[2] = numbers
    block.rows[3] = own
    return Seen.of(block, own)


@pytest.mark.parametrize("in_block", [True, False])
def test_a_damaged_vector_is_near_nothing(in_block: bool) -> None:
    """It neither ends the search nor keeps it from ending."""
    damaged = seen(np.nan, in_block=in_block)
    assert list(damaged.in_scope(HERE, 0.5)) == [(1.0, 0), (1.0, 3)]
    assert damaged.best(HERE, HERE, -2.0, -2.0) == (1.0, -2.0)
    assert damaged.best(HERE, HERE, 1.5, 0.5) == (1.5, 0.5)


def test_where_all_are_damaged_nothing_is_near() -> None:
    """The text's own vector has no numbers."""
    own = np.full(4, np.nan, dtype=np.float32)
    nothing = Seen(own, np.eye(4, dtype=np.float32), KEYS, KEYS)
    assert list(nothing.in_scope(HERE, 0.5)) == []
    assert nothing.best(HERE, HERE, -2.0, -2.0) == (-2.0, -2.0)


def test_products_in_pieces_are_those_of_the_whole() -> None:
    """For none, one and many rows."""
    dice = np.random.default_rng(3)
    own = dice.standard_normal(512, dtype=np.float32)
    for count in (0, 1, 390, 391, 2_000):
        rows = dice.standard_normal((count, 512), dtype=np.float32)
        assert np.allclose(products(rows, own), rows @ own, atol=1e-3)
