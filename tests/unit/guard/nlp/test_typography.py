"""Typography is repaired."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inedit.guard.nlp.text import words
from inedit.guard.nlp.typography import Typography, repair

STYLES: tuple[Typography, ...] = get_args(Typography)
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


def test_a_text_message_gets_plain_signs_and_keeps_its_letters() -> None:
    """For GSM-7, typographic signs become plain; no accent is dropped in silence, an emoji is left to be reported."""
    assert (
        repair("« Été » : l’œuvre… là — 14\u202f200 !", "french", "gsm-7")
        == '"Été" : l\'oeuvre... là - 14 200 !'
    )
    assert repair("ça, un rêve 🧵", "french", "gsm-7") == "ça, un rêve 🧵"


def test_a_message_that_goes_as_ucs_2_anyway_keeps_its_typography() -> None:
    """One ê costs the GSM alphabet; then ’ and « cost nothing more."""
    assert repair("L’été !", "french", "sms") == "L'été !"
    assert repair("L'être !", "french", "sms") == "L’être\u202f!"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "text",
    [
        'Un écran de 27", un de 24" (27" / 24")', "5'10\" 9'30\"",
        '{"a": "b", "c": [1, {"d": "e"}]}', '["a", "b"]', '"prix": 12',
        '<a href="x">', 'print("x")', "`a ? b : c`", "https://a.fr/?q=1;b#c", "C:\\Users", "10:30",
        "16:9", ":-) ;-) :( :/ <3",
        "{{ prenom }}", "{% if x %}", "&nbsp;", "#vélotaf @cantelune", "v1.2.3",
        "CX-500", "+33 4 50 00 12 34", "2024/825", "A/B",
    ],
)  # fmt: skip
def test_what_is_no_prose_is_left_alone(style: Typography, text: str) -> None:
    """Inches, code, JSON, addresses, times, ratios, emoticons, merge fields, hashtags and handles stay as they are."""
    assert repair(text, style) == text


@pytest.mark.parametrize(
    ("style", "written", "repaired"),
    [
        ("quebec", 'Quoi ? "Oui !" : 12 $', "Quoi? «\u00a0Oui!\u00a0»\u00a0: 12\u00a0$"),
        ("swiss-french", 'Quoi ? "Oui" : 12 %', "Quoi\u202f? «\u202fOui\u202f»\u202f: 12\u00a0%"),
        ("swiss-german", 'Er sagt: "Ja" !', "Er sagt: «Ja»!"),
        ("austrian", 'Er sagt: "Ja" um € 39,90', "Er sagt: „Ja“ um €\u00a039,90"),
        ("french", '« Il a dit "oui" »', "«\u00a0Il a dit “oui”\u00a0»"),
        (
            "french",
            "le C2 300 watts, taille 5 200 euros, 14 200 draps",
            "le C2 300 watts, taille 5 200 euros, 14\u202f200 draps",
        ),
        ("french", "01 23 456 789, SIRET 123 456 789 00012", "01 23 456 789, SIRET 123 456 789 00012"),
        ("french", '"Volume 2" et un 27"', '"Volume 2" et un 27"'),
        ("german", "Wie geht's in den 90'er Jahren?", "Wie geht’s in den 90’er Jahren?"),
        ("french", "Tu viens ?👋 Bravo :smile: !", "Tu viens\u202f?👋 Bravo :smile:\u202f!"),
        ("french", "Sup\u00ader\u200b", "Super"),
    ],
)
def test_regions_and_hard_cases(style: Typography, written: str, repaired: str) -> None:
    """Québec, Switzerland and Austria have rules of their own."""
    assert repair(written, style) == repaired
