"""Parts and limits."""

from __future__ import annotations

import pytest

from fakes.brand import draft, tiny_context, tiny_spec
from inedit.guard.parts import parts_fit

GOOD = {
    "subject": "Le drap d'Odette",
    "body": "Odette reprend un drap brodé par sa mère.",
    "call_to_action": "Voir les draps",
}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"subject": ""}, "missing"),
        ({"subject": "Drap"}, "needs 5"),
        ({"subject": "Un sujet " * 10}, "at most"),
        ({"postscript": "Bonne nuit."}, "no part"),
        ({"call_to_action": "Acheter maintenant"}, "approved"),
        ({"call_to_action": "Voir les draps !"}, "approved"),
    ],
)
def test_each_fault_of_the_parts_is_told(changes: dict[str, str], said: str) -> None:
    """A missing, short, long, unknown or reworded part is a finding; the whole set of good parts is none."""
    findings = parts_fit(draft({**GOOD, **changes}), tiny_context())
    assert [said in finding.message for finding in findings] == ([True] if said else [])


def test_an_approved_wording_may_differ_in_typography_only() -> None:
    """Spaces and apostrophes that typography repairs do not make a wording another one."""
    assert parts_fit(draft({**GOOD, "call_to_action": " Voir  les draps "}), tiny_context()) == ()


def test_a_channel_limits_the_whole_text_and_its_alphabet() -> None:
    """A text message of 200 characters, or with an emoji, cannot be sent."""
    spec = tiny_spec(channel="sms")
    long = parts_fit(draft({**GOOD, "body": "Un drap repris. " * 12}, spec), tiny_context())
    strange = parts_fit(draft({**GOOD, "body": "Un drap « repris » 🧵 à la main."}, spec), tiny_context())
    assert "carries 160" in long[0].message
    assert "🧵" in strange[0].message
    assert "«" in strange[0].message
    assert parts_fit(draft({**GOOD, "body": "Un drap repris à la main."}, spec), tiny_context()) == ()


def test_the_choices_are_handed_over_in_the_remedy() -> None:
    """The model is told which wordings it may copy."""
    [finding] = parts_fit(draft({**GOOD, "call_to_action": "Cliquez ici"}), tiny_context())
    assert "« Voir les draps »" in finding.remedy
