"""What says otherwise than a fact, where and how: ``tests/golden/conflicts.txt``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conftest import ROOT
from inedit.guard.evidence.contradiction import conflicts
from inedit.guard.evidence.facts import Fact
from inedit.model import Span


def _lines() -> Iterator[tuple[str, str, str, list[str]]]:
    """``(language, fact and the words that carry it, text, what is found)`` of each line."""
    language = given = ""
    for line in (ROOT / "tests" / "golden" / "conflicts.txt").read_text(encoding="utf-8").splitlines():
        if len(line) == 2:
            language = line
        elif line.startswith("= "):
            given = line[2:]
        elif line[:2] in ("- ", "+ "):
            text, *found = line[2:].split(" | ")
            assert bool(found) is line.startswith("-")
            yield language, given, text, found


@pytest.mark.parametrize(("language", "given", "text", "found"), list(_lines()))
def test_a_golden_sentence_denies_its_fact_or_does_not(
    language: str, given: str, text: str, found: list[str]
) -> None:
    """By negation, figure, month, day, order or place; a question and another wording deny nothing."""
    fact, _, evidence = given.partition(" | ")
    seen = conflicts(
        text,
        (Span(0, len(text)),),
        Fact("told", "insight", fact, language),
        language,
        evidence.split(", "),
        this_year=2026,
    )
    shown = [
        part
        for conflict in seen
        for part in (conflict.span.of(text), conflict.how, "" if conflict.sure else "unsure")
        if part
    ]
    assert shown == found
