"""An adjective behind two joined nouns may be of both, and then it is plural; in the singular it is of the last."""

from __future__ import annotations

import pytest

from inedit.guard.nlp.proofreading.proofread import proofread


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("fr", "La table et la chaise vert sont ici.", ["chaise vert"]),
        ("fr", "La table et la chaise vertes sont ici.", []),
        ("fr", "Le drap et la nappe blancs sèchent.", []),
        ("es", "Lavamos el mantel y la toalla blanco.", ["toalla blanco"]),
        ("es", "Lavamos el mantel y la toalla blancos.", []),
        ("es", "Lavamos el mantel y la toalla blanca.", []),
        ("it", "Laviamo il lenzuolo e la tovaglia bianco.", ["tovaglia bianco"]),
        ("it", "Laviamo il lenzuolo e la tovaglia bianchi.", []),
        ("it", "Laviamo il lenzuolo e la tovaglia bianca.", []),
    ],
)
def test_an_adjective_behind_joined_nouns(language: str, text: str, marked: list[str]) -> None:
    """A plural of another gender passes, a singular of another gender does not."""
    assert [mark.span.of(text) for mark in proofread(text, language)] == marked
