"""What capable models wrote and the guard once took for something else, and what it must go on refusing."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context, tiny_context_with
from inedit.guard.checks.language_quality import language_is_clean
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.checks.superlatives import superlatives_are_supported

PROMISED = [
    # what people give one another
    ("fr", "Dix ans après, la nappe reçue en cadeau est toujours à table.", False),
    ("fr", "Une nappe vous attend en cadeau.", True),
    ("fr", "Offert neuf, un drap de lin est raide.", False),
    ("fr", "Le deuxième drap est offert.", True),
    ("en", "The sheet they were given as a present is on the bed.", False),
    ("en", "You get a towel as a gift.", True),
    ("es", "El mantel recibido de regalo sigue en la mesa.", False),
    ("it", "La tovaglia ricevuta in regalo è ancora in tavola.", False),
    # a good deal, a hurry
    ("en", "There was still a good deal of cloth on the bench.", False),
    ("en", "This is a great deal on sheets.", True),
    ("en", "Somebody left teatime in a hurry.", False),
    ("en", "Hurry, the sheets are going.", True),
    # where a thing is sewn, and how
    ("fr", "Le monogramme était cousu à cet endroit.", False),
    ("fr", "Nos draps sont cousus en Roumanie.", True),
    ("en", "Our sheets are sewn in Porto.", True),
]


@pytest.mark.parametrize(("language", "text", "refused"), PROMISED)
def test_what_promises_nothing_is_told_from_a_promise(language: str, text: str, refused: bool) -> None:
    """By who gives, by the idiom, by whether a place is named."""
    assert bool(promises_are_supported(body(text, language), tiny_context(language))) == refused


@pytest.mark.parametrize(
    ("text", "refused"), [("Some mends are sewn in blue.", False), ("They are sewn in red.", True)]
)
def test_a_word_of_a_supplied_fact_is_no_place(text: str, refused: bool) -> None:
    context = tiny_context_with("en", "The seamstresses mend a sheet in blue thread.")
    assert bool(promises_are_supported(body(text, "en"), context)) == refused


COMPARED = [
    ("fr", "Chaque reprise rend le drap plus lourd de 2 grammes.", False),
    ("fr", "Chaque reprise rend le drap plus solide.", True),
    ("en", "Each mend makes the sheet heavier by under 2 grams.", False),
    ("en", "Each mend makes the sheet stronger.", True),
    ("de", "Ein Flicken macht das Laken keine 2 Gramm schwerer.", False),
    ("de", "Keine andere Weberei macht Laken fester.", True),
    ("de", "Nach dem Code fragen sie erst hinterher.", False),
    ("es", "Cada zurcido hace la sábana más pesada en 2 gramos.", False),
    ("it", "Ogni rammendo rende il lenzuolo più pesante di 2 grammi.", False),
    ("it", "Ogni rammendo rende il lenzuolo più forte.", True),
]


@pytest.mark.parametrize(("language", "text", "refused"), COMPARED)
def test_a_measured_difference_is_left_to_the_check_of_figures(
    language: str, text: str, refused: bool
) -> None:
    """“heavier by under 2 grams” boasts of nothing; whether it is true, another check says."""
    assert bool(superlatives_are_supported(body(text, language), tiny_context(language))) == refused


@pytest.mark.parametrize(("text", "refused"), [("Es una raya azul.", False), ("Es una raya rojo.", True)])
def test_a_colour_of_both_genders_agrees(text: str, refused: bool) -> None:
    assert bool(language_is_clean(body(text, "es"), tiny_context("es"))) == refused


SERVED = [
    ("en", "We’d like you to meet the seamstress.", False),
    ("en", "We’d wish you a quiet moment.", False),
    ("en", "We also polish your shoes.", True),
]


@pytest.mark.parametrize(("language", "text", "told"), SERVED)
def test_a_wish_offers_no_service(language: str, text: str, told: bool) -> None:
    assert bool(promises_are_supported(body(text, language), tiny_context(language))) == told


def test_a_gift_that_a_letter_belongs_to_promises_nothing() -> None:
    """„zum Geschenk gehört“ says what goes with what; „zu jedem Paket gehört“ is a promise."""
    assert not promises_are_supported(
        body("Der Brief zum Geschenk gehört ins Laken.", "de"), tiny_context("de")
    )
    assert promises_are_supported(body("Zu jedem Laken gehört ein Kissen.", "de"), tiny_context("de"))


SAVED = [
    ("fr", "La chaise a reculé trop vite, au goûter.", False),
    ("fr", "Vite, il n’en reste que deux.", True),
    ("it", "Di solito si dà per scontato il resto.", False),
    ("de", "So können Sie sich die Suche sparen.", False),
    ("de", "Jetzt Geld sparen mit unserem Laken.", True),
]


@pytest.mark.parametrize(("language", "text", "refused"), SAVED)
def test_haste_and_saving_are_told_from_an_offer(language: str, text: str, refused: bool) -> None:
    assert bool(promises_are_supported(body(text, language), tiny_context(language))) == refused
