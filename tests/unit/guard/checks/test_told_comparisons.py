"""A comparison that an insight makes may be told; the same words about anything else may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import body, tiny_context
from fakes.brands import demo_project
from inedit.guard.checks.superlatives import superlatives_are_supported


@pytest.mark.parametrize(
    ("language", "insight", "text", "told"),
    [
        ("en", "chair-tear", "The most common cause of torn tablecloths is a chair.", True),
        ("fr", "chair-tear", "La cause la plus fréquente des nappes déchirées est une chaise.", True),
        ("en", "two-grams", "The most common cause of torn sheets is a chair.", False),
        ("en", "chair-tear", "The finest tablecloths are torn by a chair.", False),
    ],
)
def test_what_most_cases_are_is_most_common(language: str, insight: str, text: str, *, told: bool) -> None:
    """“Most tablecloths come back torn in the same place” bears out what is most common, and no other rank."""
    context = replace(tiny_context(language), brand=demo_project().brand)
    draft = body(text, language)
    draft = replace(draft, spec=replace(draft.spec, insight_ids=(insight,)))
    assert (superlatives_are_supported(draft, context) == ()) is told
