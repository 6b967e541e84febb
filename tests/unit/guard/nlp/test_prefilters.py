"""What is looked at first overlooks nothing that a pattern would find."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inedit.guard.nlp import sentence_ends
from inedit.guard.nlp.proofreading import proofread
from inedit.guard.nlp.quantities import find_quantities

_PIECES = (
    "5",
    "12",
    "p",
    "m",
    "M",
    "am",
    "pm",
    " ",
    "st",
    "St",
    "art",
    "l'",
    "z",
    "B",
    "A",
    "n°",
    "Mio",
    "vin",
    "é",
    "die ",
)
_GOES_ON = ("_DAY", "_DAY_OF_MONTH", "_MAGNITUDE", "_BEFORE_LETTER", "_HOUR", "_INITIAL", "_ABBREVIATED")


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=9).map("".join))
def test_no_abbreviation_is_taken_for_a_word(said: str) -> None:
    head = f"{said}."[-sentence_ends.LONGEST_HEAD :]
    if sentence_ends._is_a_word(head[-1 - sentence_ends._LONGEST_ABBREVIATION : -1]):
        assert not any(getattr(sentence_ends, name).search(head) for name in _GOES_ON)


@settings(max_examples=200, deadline=None)
@given(st.from_regex(proofread._NOT_PROSE))
def test_what_is_no_prose_is_seen_at_a_glance(text: str) -> None:
    assert proofread._MAY_BE_NO_PROSE.search(text)


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("Une lampe, deux tissus.", "fr", 2),
        ("Une lampe et une main.", "fr", None),
        ("One lamp of a hundred and one.", "en", 101),
        ("Ein Tuch, einundzwanzig Fäden.", "de", 21),
        ("Un hilo y veintiuno más.", "es", 21),
    ],
)
def test_a_number_in_words_is_read_beside_an_article(text: str, language: str, number: int | None) -> None:
    assert [int(q.number) for q in find_quantities(text, language)] == ([number] if number else [])
