"""Ended offers, denied promises and changed terms of a maker of bread ovens, honest and false side by side."""

from __future__ import annotations

import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES, body
from fakes.oven_maker import CLAIMS, oven_context
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.promises import promises_are_supported
from inedit.model import Severity

LINES = [
    (language, line[0], line[2:].rstrip("\n"))
    for language in LANGUAGES
    for line in (ROOT / "tests" / "golden" / f"oven-promises.{language}.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("language", "mark", "text"), LINES)
def test_honest_lines_pass_and_false_ones_are_stopped(language: str, mark: str, text: str) -> None:
    draft, context = body(text, language, claim_ids=tuple(CLAIMS)), oven_context(language)
    found = [
        finding
        for check in (promises_are_supported, figures_are_supported)
        for finding in check(draft, context)
        if finding.severity is not Severity.NOTE
    ]
    assert bool(found) is (mark == "-"), found
