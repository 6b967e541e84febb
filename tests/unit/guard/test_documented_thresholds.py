"""A threshold that a page states is the one that decides: neither moves without the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from inedit.guard.checks import echo, own_words, repetition
from inedit.guard.evidence import paraphrase
from inedit.guard.similarity import generic, sameness, spread

DOCS = Path(__file__).parents[3] / "docs" / "guard"


@pytest.mark.parametrize(
    ("page", "says", "decides", "value"),
    [
        ("own_words", "more than .35 of twelve words", (own_words.MOST_PASTED, own_words.FEWEST_WORDS), (0.35, 12)),
        ("own_words", "In a text of fewer than 30 words", own_words.FEW_WORDS, 30),
        ("own_words", "only when more than 60 % of its words are pasted", own_words.MOST_OF_FEW, 0.6),
        ("repetition", "ratio of 90 and more", repetition.SAME_SENTENCE, 90.0),
        ("repetition", "three stems and three quarters", (repetition.FEWEST_STEMS, repetition.SAME_STEMS), (3, 0.75)),
        ("repetition", "make a fifth of the text or more", repetition.LOOP_SHARE, 0.2),
        ("repetition", "four words at least", repetition.SAME_SENTENCE_WORDS, 4),
        ("sameness", "40 % of the texts, from five texts on", (sameness.MOST_SHARE, sameness.FEWEST_TEXTS), (0.4, 5)),
        ("sameness", "the same first three words", sameness.OPENING_WORDS, 3),
        ("sameness", "a whole sentence of six words or more", sameness.SKELETON_WORDS, 6),
        ("sameness", "four words in a row", sameness.PHRASE_WORDS, 4),
        ("mirror", "between cosines of .50 and .65", generic.REACH["use-multilingual-v3"], (0.5, 0.65)),
        ("mirror", "a member nearer than cosine .65", spread.SAME, 0.65),
        ("echo", "Eight words in a row", echo.ECHO_WORDS, 8),
        ("echo", "six in a row from a worked example", echo.EXAMPLE_WORDS, 6),
        ("insights", "six tenths of one of its sentences' words in their order", paraphrase.KEPT, 0.6),
    ],
)  # fmt: skip
def test_what_a_page_states_decides(page: str, says: str, decides: object, value: object) -> None:
    """The words stand on the page, and the code has their number."""
    assert says in " ".join((DOCS / f"{page}.md").read_text(encoding="utf-8").split())
    assert decides == value
