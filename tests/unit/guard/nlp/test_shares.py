"""Shares in two numbers, however a language puts them: one in five, 6 boîtes sur 10, jedes neunte."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import counts_of
from inedit.guard.evidence.statements import statements
from inedit.guard.nlp.composed import _small
from inedit.guard.nlp.language_data import KNOWN, language_profile
from inedit.guard.nlp.measures import _by_letter, _longest_first, measures, ordinal_value, tells_more_than_one
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import fold


@pytest.mark.parametrize(
    ("language", "text", "share"),
    [
        ("en", "One in five held a note.", 20),
        ("en", "6 tasting boxes in 10 went elsewhere.", 60),
        ("en", "Of 20 pieces that customers brought back to find out what went wrong, 17 were dry.", 85),
        ("fr", "Des 340 messages reçus l’été dernier, 34 parlaient de cela.", 10),
        ("fr", "6 coffrets sur 10 sont partis.", 60),
        ("de", "In jedem 10. Angebot fehlt eine Decke.", 10),
        ("de", "18 Gäste von 20 glaubten es.", 90),
        ("es", "6 cajas de cada 10 viajaron lejos.", 60),
        ("it", "6 cofanetti ogni 10 sono partiti.", 60),
        ("it", "Su 20 pezzi tornati al banco, 17 erano secchi.", 85),
    ],
)
def test_a_share_is_read_in_every_order(language: str, text: str, share: int) -> None:
    """With the noun between the numbers, and before a word that begins like a unit (“held”, “went”)."""
    found = [q for q in find_quantities(text, language) if q.dimension == "percent"]
    assert [round(q.value) for q in found] == [share]


def test_both_numbers_of_a_share_are_known() -> None:
    """« 57 messages sur 340 » bears out « 340 messages » and « 57 »."""
    (share,) = statements("57 messages sur 340 parlaient de cela.", "fr")
    assert [(count.quantity.value, count.counted) for count in counts_of(share)] == [
        (57, "messag"),
        (340, "messag"),
    ]


def test_what_follows_a_number_is_counted_unless_it_is_a_verb() -> None:
    """« En janvier, 388 suffisent » counts nothing by name."""
    fact = Fact("", "insight", "En janvier, 388 suffisent.", "fr")
    assert [said.counted for said in statements(fact.text, fact.language) if said.quantity.value == 388] == [
        ""
    ]


@given(
    st.lists(st.text(alphabet="abc-", min_size=1, max_size=4), min_size=1, max_size=12),
    st.text("abc-", max_size=8),
)
def test_words_told_apart_by_letter_are_found_as_one_by_one(listed: list[str], text: str) -> None:
    """The longest first, and then what is behind it."""
    one_by_one = "(?:" + "|".join(map(re.escape, _longest_first(listed))) + ")"
    for behind in ("", r"\b", "(?=a)", "b"):
        found = re.finditer(_by_letter(_longest_first(listed)) + behind, text)
        assert [m.span() for m in found] == [m.span() for m in re.finditer(one_by_one + behind, text)]


@pytest.mark.parametrize("language", sorted(KNOWN))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_text_without_a_number_from_two_on_holds_no_share(language: str, data: st.DataObject) -> None:
    """Whatever is a share of more than one, its number is seen at a glance."""
    pattern, profile = (
        data.draw(st.sampled_from(measures(language).shares)).compiled,
        language_profile(language),
    )
    text = fold(data.draw(st.from_regex(pattern)))
    for match in pattern.finditer(text):
        of = _small(match["n"], profile) or ordinal_value(match["n"], language) or 0
        part = _small(match["k"], profile) if "k" in match.groupdict() else 1
        assert tells_more_than_one(text, language) or not (part and part < of)


@pytest.mark.parametrize(
    ("language", "text", "tells"),
    [
        ("fr", "une nappe sur le lit", False),
        ("fr", "une nappe sur deux", True),
        ("fr", "le dixieme", True),
        ("en", "one of a kind", False),
        ("en", "one of 3", True),
        ("de", "eine von vielen", False),
        ("de", "eine von einundzwanzig", True),
        ("de", "jeder funften", True),
        ("es", "una de ellas", False),
        ("it", "una su ventuno", True),
    ],
)
def test_a_number_from_two_on_is_seen(language: str, text: str, tells: bool) -> None:
    """In digits, in a word, and as an ordinal."""
    assert tells_more_than_one(text, language) is tells
