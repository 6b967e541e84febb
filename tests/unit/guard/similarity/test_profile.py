"""A profile that nobody holds any more is gone at once."""

from __future__ import annotations

import gc
import weakref

from inedit.guard.similarity.profile import Profile, supplied_by

REMEMBERED = 64
"""Texts whose profile is kept for the next question."""


def test_a_profile_holds_nothing_that_holds_it() -> None:
    """Its numbers are many bytes and few objects: garbage would be looked for too late."""
    supplied = supplied_by(("Ten percent off until Sunday in our shop.",))
    gc.disable()
    try:
        left = []
        for number in range(3 * REMEMBERED):
            profile = Profile.of(f"Loom {number} stands under the roof and weaves until noon.", supplied)
            assert len(profile.runs)
            left.append(weakref.ref(profile))
        del profile
        assert sum(one() is not None for one in left) <= REMEMBERED
    finally:
        gc.enable()
