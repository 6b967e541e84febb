"""A bound may stand behind what a number counts: “15 walkers at most”, « 27 décibels au minimum »."""

from __future__ import annotations

import pytest

from inedit.guard.nlp.quantities import find_quantities


@pytest.mark.parametrize(
    ("language", "text", "bound"),
    [
        ("fr", "quinze marcheurs au plus", "under"),
        ("fr", "trente décibels au minimum", "over"),
        ("fr", "trente décibels au bas mot", "over"),
        ("en", "fifteen walkers at most", "under"),
        ("en", "thirty decibels at the very least", "over"),
        ("de", "30 Dezibel mindestens", "over"),
        ("de", "15 Wanderer höchstens", "under"),
        ("es", "hasta en treinta decibelios", "under"),
        ("es", "treinta decibelios como mínimo", "over"),
        ("it", "trenta decibel come minimo", "over"),
        ("it", "quindici camminatori al massimo", "under"),
        ("fr", "quinze marcheurs, au plus tard à midi", ""),
        ("en", "fifteen walkers and at most a dog", ""),
    ],
)
def test_a_bound_behind_the_noun_is_read(language: str, text: str, bound: str) -> None:
    assert find_quantities(text, language)[0].approximate == bound
