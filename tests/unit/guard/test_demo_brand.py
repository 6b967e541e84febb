"""The demo brand's own words pass its own guard."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.brands import demo_project
from inedit.brand.schema import Brand
from inedit.guard.judge import FinishedText
from inedit.model import Severity
from inedit.pipeline.evaluation import evaluate_finished

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def brand() -> Brand:
    """The demo brand, read once."""
    return demo_project().brand


@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_what_the_brand_supplies_is_refused_for_nothing_but_being_pasted(brand: Brand, language: str) -> None:
    """A claim may stand as it is; an insight or the brand's description says nothing wrong, but is not a text."""
    texts = [claim.text[language] for claim in brand.valid_claims(TODAY, language)]
    texts += [insight.text[language] for insight in brand.insights.values() if language in insight.text]
    texts.append(brand.identity.about[language])
    for text in texts:
        verdict = evaluate_finished(FinishedText({"text": text}, language, "email"), brand, TODAY)
        blocked = [
            finding.message
            for finding in verdict.findings
            if finding.severity is Severity.BLOCK and finding.check != "own_words"
        ]
        assert blocked == [], text
