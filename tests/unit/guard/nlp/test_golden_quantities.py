"""The figures of whole sentences, in the five languages: ``tests/golden/quantities.txt``."""

from __future__ import annotations

import pytest

from conftest import ROOT
from inedit.guard.nlp.quantities import find_quantities


def shown(text: str, language: str) -> list[str]:
    """Each figure on a line, as the golden file has it."""
    found = []
    for quantity in find_quantities(text, language):
        partner = f"{quantity.bound} end, other {quantity.partner:f}" if quantity.partner is not None else ""
        more = (
            quantity.approximate,
            "vague" if quantity.vague else "",
            partner,
            f"per {quantity.period}" if quantity.period else "",
            f"of {quantity.year}" if quantity.year else "",
        )
        value = f"{quantity.value.normalize():f}"
        line = f"{quantity.span.of(text)} | {value} | {quantity.dimension} | {', '.join(filter(None, more))}"
        found.append(line.rstrip(" |"))
    return found


def _sentences() -> list[tuple[str, str, list[str]]]:
    blocks = (ROOT / "tests" / "golden" / "quantities.txt").read_text(encoding="utf-8").split("\n\n")[1:]
    listed = []
    for block in blocks:
        head, *figures = block.splitlines()
        language, _, text = head.partition(" | ")
        listed.append((language, text, [quantity.strip() for quantity in figures]))
    return listed


@pytest.mark.parametrize(("language", "text", "figures"), _sentences())
def test_a_golden_sentence_has_the_figures_that_a_reader_sees(
    language: str, text: str, figures: list[str]
) -> None:
    """Where each stands, what it is worth in base units, how far a word loosens it, its range and its period."""
    assert shown(text, language) == figures
