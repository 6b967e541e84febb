"""The signals and the decision for the golden pairs: ``tests/golden/signals.jsonl``."""

from __future__ import annotations

from typing import Any

import pytest

from golden.signals import found, pairs
from inedit.guard.similarity.calibration import calibrations

PAIRS = pairs()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
def test_a_golden_pair_reads_as_it_did(pair: dict[str, Any]) -> None:
    """Every signal, the score, the threshold and the passages, to the digit: no threshold moves unseen."""
    assert found(pair) == pair["found"]


def test_the_golden_pairs_meet_every_calibration() -> None:
    """Each calibration, and the ways that need none, decides one of them."""
    met = {pair["found"]["regime"] for pair in PAIRS}
    assert set(calibrations()) | {"tiny", "excerpt"} <= met
    assert len(PAIRS) >= 20
    assert {pair["found"]["copy"] for pair in PAIRS} == {True, False}
