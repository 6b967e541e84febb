"""Comparisons and superlatives, part by part: what bears one out, and what only looks like one."""

from __future__ import annotations

import pytest

from inedit.guard.checks.superlatives import _is_readers, _is_supplied
from inedit.guard.evidence.superlatives import (
    _are_equal,
    _counted,
    _is_far,
    exclusives,
    find_superlatives,
)
from inedit.guard.evidence.told_comparisons import (
    _contrasts,
    _is_of_a_measure,
    _kinds,
    _shares_quality,
)
from inedit.model import Span

NOBODY: frozenset[str] = frozenset()


def _at(text: str, said: str) -> Span:
    return Span(text.index(said), text.index(said) + len(said))


@pytest.mark.parametrize(
    ("insight", "kinds", "contrast"),
    [
        ("It gave 412 litres in June, 388 litres in January.", NOBODY, True),
        ("It gave 412 litres in June, 388 in January.", NOBODY, True),
        ("It gave 412 litres in June and in January.", NOBODY, False),
        ("It gave 412 litres in June, 412 in January.", NOBODY, False),
        ("It gave 412 litres, 388 euros.", NOBODY, False),
        ("In 1998 and 2011 it rained.", NOBODY, False),
        ("It gave 40 % in June, 30 % in January.", NOBODY, False),
        ("It took 2 hours in June, 3 hours in January.", frozenset({"time"}), True),
        ("It took 2 hours in June, 3 hours in January.", frozenset({"length"}), False),
        ("It took 2 kg in June, 3 kg in January.", frozenset({"weight"}), True),
        ("It took 2 kg in June, 3 kg in January.", frozenset({"time"}), False),
    ],
)
def test_two_amounts_of_one_measure(insight: str, kinds: frozenset[str], contrast: bool) -> None:
    """The second perhaps without its unit; of the measure that the comparison is by."""
    assert _contrasts(insight, "en", kinds) is contrast


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("sooner", {"time"}),
        ("heavier", {"weight"}),
        ("longer", {"time", "length"}),
        ("cheaper", set()),
        ("tastier", set()),
    ],
)
def test_what_a_comparison_is_by(said: str, kinds: set[str]) -> None:
    """Where its word says so."""
    assert set(_kinds(f"It is {said}.", _at(f"It is {said}.", said), "en")) == kinds


@pytest.mark.parametrize(
    ("said", "measure"), [("sooner", True), ("cheaper", True), ("tastier", False), ("more", True)]
)
def test_whether_amounts_can_bear_a_comparison_out(said: str, measure: bool) -> None:
    """Not “tastier”."""
    assert _is_of_a_measure(f"It is {said}.", _at(f"It is {said}.", said), "en") is measure


def test_the_quality_that_an_insight_has_too() -> None:
    """The word behind “more”."""
    text = "It is more tasty."
    assert _shares_quality(text, _at(text, "more tasty"), "A tasty rind.", "en")
    assert not _shares_quality(text, _at(text, "more tasty"), "A soft rind, and more.", "en")


@pytest.mark.parametrize(
    ("text", "said", "counted"),
    [
        ("It weighs 2 grams more than before.", "more", True),
        ("It weighs 20 % more than before.", "more", False),  # the comparison is the point
        ("It weighs more than before.", "more", False),
        ("It weighs 2 grams, more than before.", "more", False),
        ("The farthest is 14 km off.", "farthest", True),
        ("The farthest is 14 kg heavy.", "farthest", False),
        ("The farthest is far off. It is 14 km.", "farthest", False),
    ],
)
def test_a_difference_in_figures_is_for_another_check(text: str, said: str, counted: bool) -> None:
    """So is how far the farthest is."""
    assert _counted(text, _at(text, said), "en") is counted
    assert _is_far(text, _at(text, said), "en") is (counted and said == "farthest")


@pytest.mark.parametrize(
    ("text", "said", "equal"),
    [
        ("Not one word louder than the other.", "louder", True),
        ("One word louder than the other.", "louder", False),
        ("Not one word louder than that.", "louder", False),
        ("Not one word louder than the other sheets.", "louder", False),
    ],
)
def test_of_two_things_neither_surpasses_the_other(text: str, said: str, equal: bool) -> None:
    """« Pas un mot plus haut que l'autre »."""
    assert _are_equal(text, _at(text, said), "en") is equal


@pytest.mark.parametrize(
    ("text", "readers"),
    [
        ("It may seem that yours is the only house.", True), ("It may seem that ours is the only house.", False),
        ("The only house is yours.", False), ("You think that ours is the only house.", False),
        ("Your Combe is the only house.", False),
    ],
)  # fmt: skip
def test_what_is_the_readers(text: str, readers: bool) -> None:
    """Named before, in a clause without us."""
    assert _is_readers(text, _at(text, "only"), frozenset({"comb"}), "en") is readers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Only Combe mends it.", ["Only Combe"]),
        ("Only with Combe.", ["Only with Combe"]),
        ("Only combe mends it.", []),
        ("Only Whitby mends it.", []),
        ("Combe only mends.", []),
    ],
)
def test_what_nobody_else_has(text: str, found: list[str]) -> None:
    """Said by the brand's own name, at most three words behind."""
    assert [one.span.of(text) for one in exclusives(text, "en", frozenset({"comb"}), frozenset())] == found


@pytest.mark.parametrize(
    ("text", "allowed", "supplied"),
    [
        ("The softest sheet.", {"k": {"sheet"}}, True), ("The softest towel.", {"k": {"sheet"}}, False),
        ("The softest.", {"k": {"sheet"}}, True), ("The softest sheet.", {"other": {"sheet"}}, False),
        ("The softest sheet.", {}, False),
    ],
)  # fmt: skip
def test_a_superlative_that_a_fact_has_too(text: str, allowed: dict[str, set[str]], supplied: bool) -> None:
    """Of what the sentence names; one that names nothing else is taken for it."""
    assert _is_supplied(text, _at(text, "softest"), ("k",), allowed, "en") is supplied


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("en", "The softest sheet of all.", ["superlative"]), ("en", "A soft sheet.", []),
        ("en", "Number one in Whitby.", ["rank"]),
        ("de", "Am zweiundzwanzigsten nähen wir.", []), ("en", "Her second-best cloth.", []),
    ],
)  # fmt: skip
def test_what_is_found(language: str, text: str, kinds: list[str]) -> None:
    """Superlatives and ranks, and no ordinals."""
    assert [kind for _, kind, _ in find_superlatives(text, language)] == kinds
