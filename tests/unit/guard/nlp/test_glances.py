"""A glance at a whole text for the letters of a pattern that is tried clause by clause passes over no match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inedit.guard.evidence.arrivals import _words
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.language_data import KNOWN
from inedit.guard.nlp.patterns import may_match_within
from inedit.guard.nlp.terms import terms
from inedit.guard.nlp.turning import turning


def _glanced(language: str) -> list[re.Pattern[str]]:
    """The patterns that a text is glanced at for."""
    arriving, along = _words(language), grammar(language).giving_along
    order, service = turning(language), terms(language)
    assert arriving is not None and along is not None and order is not None and service is not None
    ordering = (order.after, order.before, order.then, order.first, order.most)
    return [arriving.doorstep, arriving.home, along, *ordering, service.courier]


@pytest.mark.parametrize("language", sorted(KNOWN))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_text_is_not_passed_over_for_a_clause_that_matches(language: str, data: st.DataObject) -> None:
    """Whatever a pattern matches, a text that holds it is read."""
    pattern = data.draw(st.sampled_from(_glanced(language)))
    clause = data.draw(st.from_regex(pattern))
    assert may_match_within(pattern, f"ah, {clause}, oh")


@pytest.mark.parametrize("language", sorted(KNOWN))
def test_a_text_without_the_letters_is_passed_over(language: str) -> None:
    """A text that has none of the letters is not read for the pattern."""
    assert not any(may_match_within(pattern, "xyz, 12 km.") for pattern in _glanced(language))


def test_a_match_at_the_head_of_a_clause_only_is_seen() -> None:
    """A pattern that is tied to the head or the end of a clause finds it inside a text."""
    assert may_match_within(
        re.compile(r"^jedem rad liegt\b.*\bbei$"), "na gut, jedem rad liegt eine klingel bei."
    )
