"""Typography is repaired."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inedit.guard.nlp.text import words
from inedit.guard.nlp.typography import GSM_7, Typography, places, repair

STYLES: tuple[Typography, ...] = ("french", "english", "german", "spanish", "italian")
SIGNS = st.text(alphabet=list("abé A1 23 4.,;:!?«»“”„\"'’%€\u00a0\u202f\n()-/@…&{}\t"), max_size=30)


@pytest.mark.parametrize(
    ("style", "written", "repaired"),
    [
        ("french", "Quoi ? Oui! Non; si: non", "Quoi\u202f? Oui\u202f! Non\u202f; si\u00a0: non"),
        ("french", '"Oui", dit-elle', "«\u00a0Oui\u00a0», dit-elle"),
        ("french", "“Oui”, l'été", "«\u00a0Oui\u00a0», l’été"),
        ("french", "14 200 draps à 80% et 12 €", "14\u202f200 draps à 80\u00a0% et 12\u00a0€"),
        ("french", "à 10:30, https://a.fr/?q=1;b ou a@b.fr", "à 10:30, https://a.fr/?q=1;b ou a@b.fr"),
        ("french", "Deux  mots ,  là", "Deux mots, là"),
        ("french", "voir www.orval.example : ici", "voir www.orval.example\u00a0: ici"),
        ("french", '"Un "mot" dit"', "«\u00a0Un «\u00a0mot\u00a0» dit\u00a0»"),
        ("german", 'Sie sagt: "Ja" !', "Sie sagt: „Ja“!"),
        ("german", "80% Leinen", "80\u00a0% Leinen"),
        ("english", 'She said "it\'s" !', "She said “it’s”!"),
        (
            "english",
            "the dogs' 'home', rock 'n' roll, 'tis 5' 10\"",
            "the dogs’ ‘home’, rock ’n’ roll, ’tis 5' 10\"",
        ),
        ("spanish", "¡ Hola ! ¿ Qué tal ?", "¡Hola! ¿Qué tal?"),
        ("italian", "un po' di lino", "un po’ di lino"),
        ("spanish", 'Dijo "sí" al 80%', "Dijo «sí» al 80\u00a0%"),
        ("italian", "L'ha detto « ora » !", "L’ha detto «ora»!"),
    ],
)
def test_each_language_has_its_spaces_and_marks(style: Typography, written: str, repaired: str) -> None:
    """Spaces before high punctuation, quotation marks, apostrophes and thousands are set as the language does."""
    assert repair(written, style) == repaired


@settings(max_examples=300, deadline=None)
@given(SIGNS, st.sampled_from(STYLES), st.sampled_from(["unicode", "gsm-7"]))
def test_repairing_twice_changes_nothing_more(text: str, style: Typography, charset: str) -> None:
    """Repair is idempotent."""
    once = repair(text, style, charset)  # type: ignore[arg-type]  # drawn from the two literals
    assert repair(once, style, charset) == once  # type: ignore[arg-type]


@settings(max_examples=200, deadline=None)
@given(SIGNS, st.sampled_from(STYLES))
def test_repair_never_touches_a_word(text: str, style: Typography) -> None:
    """Letters and digits stay, in their order."""
    assert [w.folded for w in words(repair(text, style))] == [w.folded for w in words(text)]


def test_a_text_message_stays_in_its_alphabet() -> None:
    """For GSM-7, typographic signs and the accents it lacks become plain ones; an emoji is left to be reported."""
    repaired = repair("« Été » : l’œuvre, ça… rêve — 14\u202f200 !", "french", "gsm-7")
    assert repaired == '"Été" : l\'oeuvre, ca... reve - 14 200 !'
    assert set(repaired) - GSM_7 == set()
    assert "🧵" in repair("Un fil 🧵", "french", "gsm-7")


def test_a_euro_takes_two_places_of_a_text_message() -> None:
    """Characters of GSM-7's extension table come after an escape, so 160 places hold 80 of them."""
    assert places("129,90 €", "gsm-7") == 9
    assert places("129,90 €", "unicode") == 8
    assert places("[é]", "gsm-7") == 5
