"""A figure that a fact denies waits for a person where its sentence hardly tells the fact, and is refused elsewhere."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from conftest import ROOT
from inedit.brand.load import load_project
from inedit.guard.evidence.doubt import SURELY_TOLD, TOLD_WITH_ITS_NUMBER, is_in_doubt
from inedit.guard.evidence.statements import statements
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.judge import FinishedText, checks_for, finished_draft, judge
from inedit.model import Severity

DOUBTFUL = (
    ("fr", "Sur la balance de l’auberge, un drap plié par la patronne pèse 640 grammes."),
    ("en", "On the scales at the inn, a sheet that was folded in four weighs 640 grams."),
    ("de", "Auf der Waage im Gasthof wiegt ein Laken, das viermal gefaltet ist, 640 Gramm."),
    ("es", "En la balanza de la posada, una sábana doblada en cuatro pesa 640 gramos."),
    ("it", "Sulla bilancia della locanda un lenzuolo piegato in quattro pesa 640 grammi."),
)
"""The cloth of a sheet weighs 170 grams a square metre; what a whole one weighs no fact says."""

REFUSED = (
    ("fr", "La toile de nos draps pèse 190 grammes au mètre carré."),
    ("en", "The cloth of our sheets weighs 190 grams per square metre."),
    ("de", "Der Stoff unserer Laken wiegt 190 Gramm pro Quadratmeter."),
    ("es", "La tela de nuestras sábanas pesa 190 gramos por metro cuadrado."),
    ("it", "La tela delle nostre lenzuola pesa 190 grammi al metro quadro."),
    ("fr", "Nos draps équipent 80 hôtels."),
    ("en", "Our sheets furnish 80 hotels."),
    ("de", "Unsere Laken liegen in 80 Hotels."),
    ("es", "Nuestras sábanas visten 80 hoteles."),
    ("it", "Le nostre lenzuola sono in 80 alberghi."),
)
"""Three words of the fact, or nothing but two of them."""


def _severities(language: str, text: str) -> set[Severity]:
    written = FinishedText({"text": text}, language, "social")
    draft, context = finished_draft(written, load_project(ROOT).brand, date(2026, 11, 30))
    found = judge(draft, context, checks_for(written)).findings
    return {finding.severity for finding in found if finding.check == "figures"}


@pytest.mark.parametrize(("language", "text"), DOUBTFUL)
def test_what_tells_little_of_the_fact_waits_for_a_person(language: str, text: str) -> None:
    assert _severities(language, text) == {Severity.REVIEW}


@pytest.mark.parametrize(("language", "text"), REFUSED)
def test_what_tells_the_fact_or_nothing_else_is_refused(language: str, text: str) -> None:
    assert _severities(language, text) == {Severity.BLOCK}


def _shared(count: int, text: str = "The old cloth of the inn by the river weighs 2 kg.") -> tuple[Any, Any]:
    """A statement, and a fact that has so many words of its sentence."""
    said = statements(text, "en")[0]
    words = sorted(sentence_stems(said))
    return said, SimpleNamespace(stems=frozenset((*words[:count], "elsewhere")))


@pytest.mark.parametrize(("outcome", "shared", "in_doubt"), [
    ("contradicted", 0, False), ("contradicted", 1, True), ("contradicted", SURELY_TOLD - 1, True),
    ("contradicted", SURELY_TOLD, False),
    ("misattributed", TOLD_WITH_ITS_NUMBER - 1, False), ("misattributed", TOLD_WITH_ITS_NUMBER, True),
    ("withheld", 2, False), ("unsupported", 2, False),
])  # fmt: skip
def test_as_many_words_as_tell_a_fact(outcome: str, shared: int, in_doubt: bool) -> None:
    said, entry = _shared(shared)
    assert is_in_doubt(said, outcome, entry) is in_doubt


def test_a_sentence_that_says_nothing_else_tells_the_fact() -> None:
    said, entry = _shared(2, "Our sheet weighs 2 kg.")
    assert len(sentence_stems(said)) == TOLD_WITH_ITS_NUMBER
    assert not is_in_doubt(said, "contradicted", entry)
    assert not is_in_doubt(said, "contradicted", None)
