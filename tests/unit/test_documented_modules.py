"""Every module that a page or a decision names by its file is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").rglob("*.md")))
MODULES = {path.name for room in ("src", "tests", "bench", "scripts") for path in (ROOT / room).rglob("*.py")}
GONE = {
    "0001-rooms-and-their-order.md": {"paid_call.py", "model.py"},
    "0009-flows-are-a-room-and-forms-are-data.md": {"forms.py"},
}
"""What decisions of long ago tell of their time."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_modules_that_are_there(page: Path) -> None:
    """By its name alone: a module may move to another room."""
    named = set(re.findall(r"[`/]([a-z_0-9]+\.py)\b", page.read_text("utf-8")))
    assert sorted(named - MODULES - GONE.get(page.name, set())) == []
