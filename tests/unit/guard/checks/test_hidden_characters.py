"""The word that a character nobody sees stands in is told, wherever its line begins."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context
from inedit.guard.checks.characters import characters_show


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Un drap su\u200bper doux.", "super"),
        ("Un drap\nsu\u200bper doux.", "super"),
        ("Su\u200bper doux.", "Super"),
        ("Un drap doux\u200b\n", "doux"),
    ],
)
def test_the_word_is_told_as_it_is_read(text: str, word: str) -> None:
    """From the space or the line's beginning before it to its end, without what nobody sees."""
    draft = body(text)
    [finding] = characters_show(draft, tiny_context("fr"))
    assert finding.message.startswith(f"“{word}” holds a character that nobody sees (U+200B")
    assert finding.span is not None
    assert finding.span.of(draft.text) == "\u200b"
