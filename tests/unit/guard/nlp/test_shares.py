"""Shares in two numbers, however a language puts them: one in five, 6 boîtes sur 10, jedes neunte."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import counts_of
from inedit.guard.evidence.statements import statements
from inedit.guard.nlp.quantities import find_quantities


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
