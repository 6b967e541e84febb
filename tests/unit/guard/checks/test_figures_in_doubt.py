"""A figure that a fact denies waits for a person where its sentence hardly tells the fact, and is refused elsewhere."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from fakes.brands import demo_project, unseen_brand
from inedit.brand.schema import Brand
from inedit.guard.evidence.doubt import SURELY_TOLD, TOLD_WITH_ITS_NUMBER, is_in_doubt
from inedit.guard.evidence.statements import statements
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.judge import FinishedText, checks_for, finished_draft, judge
from inedit.guard.messages import message_in, remedy_in
from inedit.guard.nlp.language_data import language_profile
from inedit.model import Finding, Severity

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

OF_ANOTHER_FACT = (
    ("fr", "Une monture d’atelier, sans compter les verres, revient à soixante-huit euros."),
    ("en", "Counted without its lenses, a workshop frame costs sixty-eight euros."),
    ("de", "Eine Werkstattfassung kostet achtundsechzig Euro, ohne Gläser gerechnet."),
    ("es", "Sin contar los cristales, una montura del taller sale por sesenta y ocho euros."),
    ("it", "Lenti escluse, una montatura del laboratorio viene sessantotto euro."),
)
"""68 euros is the price of a children's frame without lenses; a workshop frame costs 145."""


def _found(language: str, text: str, brand: Brand) -> list[Finding]:
    written = FinishedText({"text": text}, language, "social")
    draft, context = finished_draft(written, brand, date(2026, 11, 30))
    found = judge(draft, context, checks_for(written)).findings
    return [finding for finding in found if finding.check == "figures"]


NOTHING_ELSE: Any = SimpleNamespace(entries=())
"""Evidence without another fact."""


def _severities(language: str, text: str, brand: Brand | None = None) -> set[Severity]:
    return {finding.severity for finding in _found(language, text, brand or demo_project().brand)}


@pytest.mark.parametrize(("language", "text"), DOUBTFUL)
def test_what_tells_little_of_the_fact_waits_for_a_person(language: str, text: str) -> None:
    assert _severities(language, text) == {Severity.REVIEW}


@pytest.mark.parametrize(("language", "text"), REFUSED)
def test_what_tells_the_fact_or_nothing_else_is_refused(language: str, text: str) -> None:
    assert _severities(language, text) == {Severity.BLOCK}


@pytest.mark.parametrize(("language", "text"), OF_ANOTHER_FACT)
def test_the_number_of_a_fact_beside_the_words_of_another_is_refused(language: str, text: str) -> None:
    assert _severities(language, text, unseen_brand("visio")) == {Severity.BLOCK}


@pytest.mark.parametrize(("language", "text"), DOUBTFUL)
def test_what_is_in_doubt_is_not_called_false(language: str, text: str) -> None:
    """Neither the model nor a person is told that a figure is wrong which may be right."""
    (found,) = _found(language, text, demo_project().brand)
    assert "we cannot tell which fact this figure is of" in found.message
    assert "on ne sait pas" in message_in("fr", found.message)
    fact = re.search(r"says “(.+?)…?”", found.message)
    false = language_profile(language).remedies["figure_misused"].split("{text}")[1].split("{fact}")[0]
    assert fact and fact.group(1)[:20] in found.remedy and false not in found.remedy
    assert "approve the text if the figure is right" in remedy_in("en", found, language)
    assert "approuvez le texte si le chiffre est juste" in remedy_in("fr", found, language)


def _shared(count: int, text: str = "The old cloth of the inn by the river weighs 2 kg.") -> tuple[Any, Any]:
    """A statement, and a fact that has so many words of its sentence."""
    said = statements(text, "en")[0]
    words = sorted(sentence_stems(said))
    return said, SimpleNamespace(stems=frozenset((*words[:count], "elsewhere")), quantity=said.quantity)


@pytest.mark.parametrize(("outcome", "shared", "in_doubt"), [
    ("contradicted", 0, False), ("contradicted", 1, True), ("contradicted", SURELY_TOLD - 1, True),
    ("contradicted", SURELY_TOLD, False),
    ("misattributed", TOLD_WITH_ITS_NUMBER - 1, False), ("misattributed", TOLD_WITH_ITS_NUMBER, True),
    ("withheld", 2, False), ("unsupported", 2, False),
])  # fmt: skip
def test_as_many_words_as_tell_a_fact(outcome: str, shared: int, in_doubt: bool) -> None:
    said, entry = _shared(shared)
    assert is_in_doubt(said, outcome, entry, NOTHING_ELSE) is in_doubt


def test_a_sentence_that_says_nothing_else_tells_the_fact() -> None:
    said, entry = _shared(2, "Our sheet weighs 2 kg.")
    assert len(sentence_stems(said)) == TOLD_WITH_ITS_NUMBER
    assert not is_in_doubt(said, "contradicted", entry, NOTHING_ELSE)
    assert not is_in_doubt(said, "contradicted", None, NOTHING_ELSE)


@pytest.mark.parametrize(
    ("more", "unit", "in_doubt"), [(0, "kg", True), (1, "kg", False), (1, "euros", True)]
)
def test_another_fact_is_told_when_it_shares_more_and_has_the_measure(
    more: int, unit: str, in_doubt: bool
) -> None:
    said, entry = _shared(TOLD_WITH_ITS_NUMBER)
    stems = sorted(sentence_stems(said))[: TOLD_WITH_ITS_NUMBER + more]
    other = SimpleNamespace(stems=frozenset(stems), quantity=statements(f"It is 3 {unit}.", "en")[0].quantity)
    known: Any = SimpleNamespace(entries=(entry, other))
    assert is_in_doubt(said, "misattributed", entry, known) is in_doubt
