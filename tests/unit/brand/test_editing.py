"""An entry is changed, and nothing else of its file is."""

from __future__ import annotations

from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest

from inedit.brand.editing import edited_text
from inedit.model.errors import WrongInput

ROOT = Path(__file__).parents[3]
CLAIMS = (ROOT / "brand_data/claims.yaml").read_text(encoding="utf-8")
SET_IN = """\
# Ours.
  - id: a  # short
    text: {fr: 'Un.', en: One.}
    topics:
      - x
  # the second
  - id: b
    text: {fr: Deux.}
"""
LINEN = "Tout notre lin est cultivé en Normandie, par 9 familles d’agriculteurs."
SOURCE = "Supply contracts 2026, purchasing file ACH-26-03"


def changed_lines(before: str, after: str) -> list[str]:
    """Lines that went and came."""
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def test_one_wording_is_one_line() -> None:
    """Comments, order, quotes and line breaks stay; what is the same already is not touched."""
    told = {("text", "fr"): "Tout notre lin pousse en Normandie.", ("source",): SOURCE}
    after = edited_text(CLAIMS, "flax-normandy", told)
    assert changed_lines(CLAIMS, after) == [
        f'-    fr: "{LINEN}"',
        '+    fr: "Tout notre lin pousse en Normandie."',
    ]
    assert edited_text(CLAIMS, "flax-normandy", {("text", "fr"): LINEN}) == CLAIMS


def test_values_come_and_go() -> None:
    """A day, a wording of another language, a mark; an empty text takes a value out, and its empty mapping with it."""
    after = edited_text(CLAIMS, "flax-normandy", {("valid_until",): date(2027, 1, 31), ("text", "it"): ""})
    assert [line.strip("+- ") for line in changed_lines(CLAIMS, after)] == [
        'it: "Tutto il nostro lino è coltivato in Normandia, da 9 famiglie di agricoltori."',
        "valid_until: 2027-01-31",
    ]
    tip = edited_text(SET_IN, "b", {("tip", "fr"): "Tirez."})
    assert '    tip:\n      fr: "Tirez."\n' in tip
    assert edited_text(tip, "b", {("tip", "fr"): ""}) == SET_IN
    assert edited_text(SET_IN, "b", {("retired",): False, ("tip", "fr"): None}) == SET_IN


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lists_that_are_set_in_and_windows_lines_stay_as_they_are(newline: str) -> None:
    """Two ways to set in a list, two ways to end a line."""
    before = SET_IN.replace("\n", newline)
    after = edited_text(before, "a", {("text", "fr"): "Autre: « oui »."})
    assert after == before.replace("'Un.'", "'Autre: « oui ».'")


def test_an_entry_that_is_gone_is_told() -> None:
    """Somebody may have taken it out meanwhile."""
    with pytest.raises(WrongInput, match="no entry 'c'"):
        edited_text(SET_IN, "c", {("source",): "x"})
