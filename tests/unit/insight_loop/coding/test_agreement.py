"""Agreement between coders, held against published examples."""

from __future__ import annotations

import pytest

from inedit.insight_loop.coding.agreement import agreement, cohen_kappa, krippendorff_alpha


def test_alpha_of_two_observers_and_binary_values_is_that_of_krippendorff():
    """Computing Krippendorff's Alpha-Reliability (2011), section A: ten units, alpha 0.095."""
    meg, owen = "0100000010", "1110010000"
    assert krippendorff_alpha(list(zip(meg, owen, strict=True))) == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_many_observers_with_missing_values_is_that_of_krippendorff():
    """The same, section C: four observers, twelve units, values missing, nominal alpha 0.743."""
    rows = (
        ["1", "2", "3", "3", "2", "1", "4", "1", "2", "*", "*", "*"],
        ["1", "2", "3", "3", "2", "2", "4", "1", "2", "5", "*", "3"],
        ["*", "3", "3", "3", "2", "3", "4", "2", "2", "5", "1", "*"],
        ["1", "2", "3", "3", "2", "4", "4", "1", "2", "5", "1", "*"],
    )
    units = [[value for value in unit if value != "*"] for unit in zip(*rows, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=5e-4)


def test_kappa_is_that_of_the_textbook_table():
    """Two readers on 50 proposals: both yes 20, both no 15, 5 and 10 apart: kappa 0.4 (0.7 observed, 0.5 by chance)."""
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)


def test_nothing_varies_or_nobody_shares_a_text_is_no_agreement_at_all():
    """A coefficient that is not defined is not 1, and not 0 either."""
    assert cohen_kappa([(0, 0)] * 3) is None
    assert cohen_kappa([]) is None
    assert krippendorff_alpha([[1], [0]]) is None
    assert krippendorff_alpha([[1, 1], [1, 1]]) is None


def test_texts_without_a_code_count_as_decisions_and_unread_ones_do_not():
    """Agreeing that a text has no code is agreement; a text that only one has read is left out."""
    ana = {"a": frozenset({"worry"}), "b": frozenset(), "c": frozenset(), "d": frozenset({"worry"})}
    ben = {"a": frozenset({"worry"}), "b": frozenset(), "c": frozenset({"worry"})}
    (worry,) = agreement({"ana": ana, "ben": ben}, ["worry"])
    assert worry.texts == 3
    assert worry.given == {"ana": 2, "ben": 2}
    assert worry.kappas["ana", "ben"] == pytest.approx(0.4)
    only_coded = agreement({"ana": {"a": ana["a"]}, "ben": {"a": ben["a"]}}, ["worry"])[0]
    assert only_coded.alpha is None
