"""The ideographic repetition mark is a word like the character that it repeats."""

from __future__ import annotations

from inedit.guard.similarity.normalise import fold


def test_a_repetition_mark_is_a_word_by_itself() -> None:
    """人々 and 人人 have two words each, and share the first."""
    assert fold("人々").split() == ["人", "々"]
    assert fold("人人").split() == ["人", "人"]
