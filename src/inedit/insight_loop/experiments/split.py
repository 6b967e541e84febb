"""Who sees which arm: by a hash that any mailing tool, spreadsheet or database can compute again.

The first eight hexadecimal digits of SHA-256 of ``<test>:<unit>`` are a number below 2^32; divided by 2^32 it falls
into the arms' shares, laid one after the other from 0 to 1. ``unit`` is what is split, a customer's number or address,
without spaces around it and in small letters. The same unit is always given the same arm; another test's id is another
split.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from inedit.insight_loop.experiments.design import Arm


def position(test_id: str, unit: str) -> float:
    """Where a unit falls, from 0 to 1 (exclusive).

    >>> round(position("winter-angle", "C-1001"), 6)
    0.0
    """
    basis = f"{test_id}:{unit.strip().lower()}"
    return int(hashlib.sha256(basis.encode()).hexdigest()[:8], 16) / 2**32


def arm_of(test_id: str, unit: str, arms: Sequence[Arm]) -> Arm:
    """The arm that a unit is given."""
    at, end = position(test_id, unit), 0.0
    for arm in arms:
        end += arm.share
        if at < end:
            return arm
    return arms[-1]  # shares such as three thirds add up to a little less than 1
