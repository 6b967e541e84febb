"""The golden lists of the rule packs: every line marked "-" is refused, every line marked "+" passes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES, body, tiny_context
from inedit.guard.checks.green_claims import green_claims_are_supported
from inedit.guard.checks.lexicon import words_allowed
from inedit.guard.checks.superlatives import superlatives_are_supported
from inedit.guard.checks.unfinished import nothing_unfinished
from inedit.guard.context import Context
from inedit.model import Draft, Finding, Severity

CHECKS: dict[str, Callable[[Draft, Context], tuple[Finding, ...]]] = {
    "superlatives": superlatives_are_supported,
    "green-claims": green_claims_are_supported,
    "unfinished": nothing_unfinished,
    "lexicon": words_allowed,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("check", CHECKS)
def test_the_golden_list_is_judged_as_it_says(check: str, language: str) -> None:
    """One sentence a line, in the five languages, look-alikes included."""
    lines = (ROOT / "tests" / "golden" / f"{check}.{language}.txt").read_text(encoding="utf-8").splitlines()
    marked = [(line[0], line[2:]) for line in lines if line[:2] in ("- ", "+ ")]
    assert len({mark for mark, _ in marked}) == 2
    wrong = [
        f"{mark} {text}: {[finding.message for finding in found]}"
        for mark, text in marked
        for found in [CHECKS[check](body(text, language), tiny_context(language))]
        if any(finding.severity is Severity.BLOCK for finding in found) is not (mark == "-")
    ]
    assert wrong == []
