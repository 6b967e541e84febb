"""Conditions, comparisons in words and their parts, on both sides."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.commitments import commitments
from inedit.guard.evidence.conditions import _ends, broken_condition, required
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.contrasts_in_words import contrasts_in_words
from inedit.guard.evidence.relations.said_comparisons import (
    is_bare,
    is_denied,
    part_around,
    part_before,
    said_comparisons,
    than_in,
)
from inedit.model import Span


def _fact(text: str, language: str = "en", kind: str = "insight", name: str = "f") -> Fact:
    return Fact(name, kind, text, language)


@pytest.mark.parametrize(
    ("fact", "poles"),
    [
        (
            "The right hinge fails more often than the left one.",
            [(1, ("right", "hing", "fail", "often")), (0, ("left",))],
        ),
        ("The hinge is longer than 20 centimetres.", []),
        ("The hinge is longer.", []),
        ("The hinge is longer than she is.", [(1, ("hing", "longer")), (0, ("she",))]),
    ],
)
def test_two_things_compared_in_words(fact: str, poles: list[tuple[int, tuple[str, ...]]]) -> None:
    """The first by what only it is called, more or less than the second, whose pronoun may name it."""
    found = [[(int(p.value), p.label) for p in c.poles] for c in contrasts_in_words(_fact(fact))]
    assert all(not c.in_figures for c in contrasts_in_words(_fact(fact)))
    assert (poles in found) if poles else not found


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("The pear tree costs more than the apple tree.", [1]), ("The pear tree costs less.", [-1]),
        ("The pear tree does not cost more.", []), ("It costs more than 12 euros.", []),
        ("The pear tree costs 12 euros.", []),
        ("It costs fifteen per cent less.", []), ("It does not rain, and costs more.", None),
    ],
)  # fmt: skip
def test_the_comparisons_of_a_sentence(text: str, signs: list[int] | None) -> None:
    """More or less, not where it is denied or only says how a figure is meant."""
    found = [sign for _, sign, _ in said_comparisons(text, "en", Span(0, len(text)), "price")]
    assert found == ([1] if signs is None else signs)


def test_parts_between_marks() -> None:
    """Around a passage, and before it."""
    text = "We sew, you wash, they iron."
    whole = Span(0, len(text))
    assert part_around(text, Span(8, 11), whole).of(text) == " you wash"
    assert part_around(text, Span(0, 2), whole).of(text) == "We sew"
    before = part_before(text, "en", part_around(text, Span(8, 11), whole), whole)
    assert before is not None
    assert before.of(text).strip(" ,") == "We sew"
    assert part_before(text, "en", part_around(text, Span(0, 2), whole), whole) is None
    than = than_in("more often than she", "en", Span(0, 4), Span(0, 19))
    assert than is not None
    assert than.of("more often than she") == "than"
    assert than_in("more often than she", "en", Span(0, 4), Span(0, 10)) is None
    assert is_denied("It is not more often", Span(10, 14), Span(0, 20), "en")
    assert not is_denied("It is not so, more often", Span(14, 18), Span(0, 24), "en")


@pytest.mark.parametrize(
    ("text", "measured", "bare"),
    [
        ("more trees", {"tree"}, True), ("more rich", {"tree"}, False), ("more than she", {"tree"}, True),
        ("more", {"tree"}, True), ("more of the trees", {"tree"}, True),
    ],
)  # fmt: skip
def test_more_by_itself(text: str, measured: set[str], bare: bool) -> None:
    """Of what is measured, before “than”, or with nothing behind it."""
    assert is_bare(text, Span(0, 4), Span(0, len(text)), measured, "en") is bare


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("before 31 March", [331]), ("until the end of April", [430]), ("until mid April", [415]),
        ("until April", [401]),
        ("by April 15", [415]), ("until the end of February", [229]), ("in April", []),
        ("until the very long and winding end of April", []),
    ],
)  # fmt: skip
def test_the_day_until_which_something_may_be_done(text: str, ends: list[int]) -> None:
    """As a hundred times the month and the day: the last for its end, the fifteenth for its middle, else the first."""
    assert [day for day, _ in _ends(text, "en")] == ends


@pytest.mark.parametrize(
    ("fact", "text", "broken"),
    [
        ("We replace it with the receipt.", "We replace it without a receipt.", True),
        ("We replace it with the receipt.", "We replace it with the receipt.", False),
        ("We replace it at once.", "We replace it without a receipt.", False),
        ("Returns are free until the end of March.", "Returns are free until the end of April.", True),
        ("Returns are free until the end of March.", "Returns are free until mid March.", False),
        ("Returns are free.", "Returns are free until the end of April.", False),
    ],
)
def test_a_condition_that_a_text_waives_or_puts_off(fact: str, text: str, broken: bool) -> None:
    """“without a receipt” of “with the receipt”, a later end."""
    claim = _fact(fact, kind="claim")
    promised = commitments(text, "en")[0]
    assert (broken_condition(promised, (claim,), text, "en") is not None) is broken
    assert ("receipt" in required(claim)) is ("receipt" in fact)
