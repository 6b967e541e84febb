"""What is not wanted, and all for some: told otherwise than a fact in five languages, and honestly."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.turned import turned

STORIES = {
    "bees": {
        "fr": "Sur 48 ruches du verger, 19 ont essaimé avant la floraison des tilleuls.",
        "en": "Of 48 hives in the orchard, 19 swarmed before the lime trees flowered.",
        "de": "19 von 48 Bienenstöcken im Obstgarten schwärmten vor der Lindenblüte.",
        "es": "De 48 colmenas del huerto, 19 enjambraron antes de la flor del tilo.",
        "it": "Su 48 arnie del frutteto, 19 hanno sciamato prima della fioritura dei tigli.",
    },
}
TIP = {
    "fr": "Serrer la selle, pas le guidon.",
    "en": "Tighten the saddle, not the handlebar.",
    "de": "Den Sattel festziehen, nicht den Lenker.",
    "es": "Apretar el sillín, no el manillar.",
    "it": "Stringere la sella, non il manubrio.",
}


def _turns(text: str, language: str) -> bool:
    facts = (
        *(Fact(key, "insight", told[language], language) for key, told in STORIES.items()),
        Fact("saddle", "tip", TIP[language], language),
    )
    return bool(turned(text, language, facts))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Serrez le guidon, pas la selle."),
        ("en", "Tighten the handlebar, not the saddle."),
        ("de", "Ziehen Sie den Lenker fest, nicht den Sattel."),
        ("es", "Aprieta el manillar, no el sillín."),
        ("it", "Stringete il manubrio, non la sella."),
    ],
)
def test_what_says_otherwise_is_seen(language: str, text: str) -> None:
    assert _turns(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Dix-neuf ruches du verger avaient essaimé avant la floraison des tilleuls, et toutes sont rentrées.",
        ),
        (
            "en",
            "Every morning we walk past the 48 hives in the orchard; 19 swarmed before the lime trees flowered.",
        ),
        ("de", "Jeden Morgen gehen wir an den 48 Bienenstöcken im Obstgarten vorbei."),
        ("fr", "Serrez la selle, pas le guidon."),
        ("en", "It is the saddle that wants tightening, not the handlebar."),
        ("de", "Ziehen Sie den Sattel fest, nicht den Lenker."),
        ("es", "Aprieta el sillín, no el manillar."),
        ("it", "Stringete la sella, non il manubrio."),
    ],
)
def test_what_is_told_as_it_was_is_not(language: str, text: str) -> None:
    assert not _turns(text, language)
