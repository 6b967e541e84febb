"""Parts and limits."""

from __future__ import annotations

import pytest

from fakes.brand import LANGUAGES, draft, tiny_brand, tiny_context, tiny_spec
from inedit.guard.checks.parts import parts_fit
from inedit.guard.context import Context
from inedit.guard.nlp.typography import repair

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
        ({"subject": "Subject:"}, "its own name"),
        ({"subject": "Un sujet " * 10}, "at most"),
        ({"postscript": "Bonne nuit."}, "no part"),
        ({"call_to_action": "Acheter maintenant"}, "approved"),
        ({"call_to_action": "Voir les draps !"}, "approved"),
    ],
)
def test_each_fault_of_the_parts_is_told(changes: dict[str, str], said: str) -> None:
    """A missing, short, long, unknown or reworded part, or a mere label, is a finding; good parts are none."""
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


def test_a_limit_is_told_in_words() -> None:
    """A model counts words: five characters are two of them; the characters are in the message, for people."""
    [short] = parts_fit(draft({**GOOD, "subject": "Drap"}), tiny_context())
    [long] = parts_fit(draft({**GOOD, "subject": "Un sujet " * 10}), tiny_context())
    assert "2 mots ou plus" in short.remedy
    assert "8 mots au plus" in long.remedy


def test_the_choices_are_handed_over_in_the_remedy() -> None:
    """The model is told which wordings it may copy."""
    [finding] = parts_fit(draft({**GOOD, "call_to_action": "Cliquez ici"}), tiny_context())
    assert "« Voir les draps »" in finding.remedy


MESSAGES = {
    "fr": "« Été » : l’œuvre d’Odette, 71 ans… dès 129,90 €, c’est là !",
    "en": "“Summer’s” sheet – mended by Odette, 71… from €129.90",
    "de": "„Größe“ – von Odette, 71, geflickt… ab 129,90 €",
    "es": "¿«Ñandù» o manta? La remienda Odette, 71 años… por 129,90 €",
    "it": "«Però» l’estate è lì: lo rammenda Odette, 71 anni… a 129,90 €",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_message_of_any_language_is_brought_into_its_alphabet(language: str) -> None:
    """What typography and accents a language writes, the repaired text message carries."""
    spec = tiny_spec(language, channel="sms")
    typography = tiny_brand().languages[language].typography
    text = repair(MESSAGES[language], typography, "gsm-7")
    found = parts_fit(draft({"subject": "Odette", "body": text}, spec), tiny_context(language))
    assert [f.message for f in found if "GSM" in f.message] == []


def test_the_room_of_a_text_message_is_counted_in_its_own_places() -> None:
    """A text of 160 characters with a euro sign does not fit in 160 places."""
    spec = tiny_spec(channel="sms")
    body_of = {160: "a" * 152, 161: "a" * 151 + "€"}
    for places, text in body_of.items():
        found = parts_fit(draft({"subject": "Odette!", "body": text}, spec), tiny_context())
        assert any("whole text" in f.message for f in found) == (places > 160)


def test_an_accent_that_the_alphabet_lacks_is_said_not_dropped() -> None:
    """« ça » in a channel of the GSM alphabet blocks, and the finding says what it would cost."""
    spec = tiny_spec(channel="sms")
    text = repair("Un drap français, un rêve.", "french", "gsm-7")
    [finding] = parts_fit(draft({**GOOD, "body": text}, spec), tiny_context())
    assert "çê. With them the message goes as UCS-2: 58 units, 1 segment" in finding.message


@pytest.mark.parametrize(("body_", "segments"), [("Un rêve. " * 10, 2), ("Un fil. " * 15, 1)])
def test_a_channel_of_either_alphabet_counts_segments(body_: str, segments: int) -> None:
    """With ``charset: sms`` a text goes as UCS-2 where it must, and is held to the channel's segments."""
    context = tiny_context()
    channel = context.brand.channels["sms"].model_copy(
        update={"charset": "sms", "max_chars": None, "max_segments": 1}
    )
    brand = context.brand.model_copy(update={"channels": {**context.brand.channels, "sms": channel}})
    found = parts_fit(
        draft({**GOOD, "body": body_}, tiny_spec(channel="sms")),
        Context(brand, context.campaign, context.sheet, context.prompt, context.today),
    )
    assert [f"takes {segments} segments" in f.message for f in found] == ([True] if segments > 1 else [])
