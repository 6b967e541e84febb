"""Facts told by other figures than their own: by the clock, as a difference, as an age, by both ends of a range, as a
share in other words; each beside a sentence of the same form that is false, and scenes that assert nothing.

``told-in-other-figures.<language>.txt`` has sections, each of the claims of one brand (lines marked "=") and of
sentences about it: "+" passes, "-" is refused.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import pytest

from conftest import ROOT
from fakes.brand import LANGUAGES, body, tiny_context
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.context import Context

Section = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]
FEWEST = 25
"""Sentences of each kind that a language has at least."""


def _context(language: str, facts: tuple[str, ...]) -> Context:
    """The tiny brand with these claims alone, and no insight."""
    context = tiny_context(language)
    woven = context.brand.claims["woven"]
    claims = {
        f"fact-{i}": woven.model_copy(update={"id": f"fact-{i}", "text": {language: fact}})
        for i, fact in enumerate(facts)
    }
    return replace(context, brand=context.brand.model_copy(update={"claims": claims, "insights": {}}))


def _sections(language: str) -> tuple[Section, ...]:
    path = ROOT / "tests" / "golden" / f"told-in-other-figures.{language}.txt"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:2] in ("= ", "+ ", "- ")]
    runs = [tuple(run) for _, run in groupby(lines, lambda line: line.startswith("= "))]
    return tuple(
        (tuple(line[2:] for line in facts), tuple((line[0], line[2:]) for line in told))
        for facts, told in zip(runs[::2], runs[1::2], strict=True)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_fact_comes_to_may_be_told(language: str) -> None:
    """And what it does not come to is refused, told in the same form."""
    wrong, marks = [], []
    for facts, told in _sections(language):
        context = _context(language, facts)
        for mark, text in told:
            marks.append(mark)
            found = figures_are_supported(body(text, language), context)
            if bool(found) is not (mark == "-"):
                wrong.append(f"{mark} {text}: {[finding.message for finding in found]}")
    assert wrong == []
    assert min(marks.count("+"), marks.count("-")) >= FEWEST
