"""Measures in words: a half after a compound number, decades, working days."""

from __future__ import annotations

from decimal import Decimal

import pytest

from inedit.guard.nlp.quantities import find_quantities


@pytest.mark.parametrize(
    ("language", "text", "written", "value"),
    [
        ("fr", "Le sac pèse trente-deux kilos et demi.", "trente-deux kilos et demi", "32500"),
        ("en", "It weighs twenty-five and a half kilos.", "twenty-five and a half kilos", "25500"),
        ("fr", "Elle coud depuis quatre décennies.", "quatre décennies", "480"),
        ("en", "She has sewn here over four decades.", "four decades", "480"),
        ("de", "Sie näht hier seit vier Jahrzehnten.", "vier Jahrzehnten", "480"),
        ("es", "Cose aquí desde hace cuatro décadas.", "cuatro décadas", "480"),
        ("it", "Cuce qui da quattro decenni.", "quattro decenni", "480"),
        ("en", "It leaves within six working days.", "six working days", "8640"),
    ],
)
def test_the_whole_measure_is_one_figure(language: str, text: str, written: str, value: str) -> None:
    """Neither the tens nor the unit stand alone."""
    assert [(q.span.of(text), q.value) for q in find_quantities(text, language)] == [
        (written, Decimal(value))
    ]
