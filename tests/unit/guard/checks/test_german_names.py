"""Names in German, where every noun has a capital: places, regions, houses and people that nobody supplied."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.evidence.capitals import is_name_in_german


def _named(text: str) -> list[str]:
    draft = body(text, "de")
    found = promises_are_supported(draft, tiny_context("de"))
    return [f.span.of(draft.text) for f in found if f.span and ("name" in f.message or "origin" in f.message)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Den Rahm für unsere Butter holen wir aus dem Allgäu.", "Allgäu"),
        ("Das Etui näht uns eine Sattlerei in Telgte.", "Telgte"),
        ("Seit neunzehn Jahren steht Ute in unserer Werkstatt in Soest.", "Soest"),
        ("Im Hotel Zur Tanne liegen unsere Decken auf jedem Bett.", "Hotel Zur Tanne"),
        ("Die Stoffe hat Konrad ausgesucht.", "Konrad"),
    ],
)
def test_a_name_that_nobody_supplied_waits_for_a_person(text: str, name: str) -> None:
    assert name in _named(text)


@pytest.mark.parametrize(
    "text",
    [
        "In der Schublade liegt noch ein Dichtband, daneben ein Stück Seife aus Kernfett.",
        "Beim Rösten Zeit zu lassen, das lernt man bei Nebel im Hafen.",
        "Die Abholung geht ohne Versandkosten und ohne Kosten für die Anfahrt.",
        "Hortensien im Topf, ein Fleck aus Tomatensoße, dann die Wäsche.",
    ],
)
def test_a_common_noun_is_no_name(text: str) -> None:
    assert _named(text) == []


@pytest.mark.parametrize(
    ("word", "before", "name"),
    [
        ("Lübeck", "", True),
        ("Tölz", "in", True),
        ("Tölz", "", False),
        ("Huehuetenango", "in", True),
        ("Fledermauskästen", "in", False),
        ("Hortensien", "aus", False),
        ("Abholung", "", False),
        ("Harz", "", True),
    ],
)
def test_the_dictionary_tells_names_from_nouns(word: str, before: str, name: bool) -> None:
    assert is_name_in_german(word, before) is name
