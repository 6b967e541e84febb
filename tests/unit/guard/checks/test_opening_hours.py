"""Hours of the day and opening hours, said in the words of each language."""

from __future__ import annotations

import pytest

from fakes.brand import body, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.nlp.quantities import find_quantities

HOURS = {
    "fr": "Notre boutique est ouverte du mardi au samedi, de 9 h à 18 h 30.",
    "en": "Our shop is open Tuesday to Saturday, from 9 am to 6.30 pm.",
    "de": "Unser Laden ist dienstags bis samstags von 9 bis 18.30 Uhr geöffnet.",
    "es": "Nuestra tienda abre de martes a sábado, de 9:00 a 18:30.",
    "it": "La nostra bottega è aperta dal martedì al sabato, dalle 9 alle 18.30.",
}


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("fr", "Notre boutique ouvre du mardi au samedi, de neuf heures du matin à six heures et demie du soir.", True),
        ("fr", "Notre boutique ouvre à 9 heures.", True),
        ("fr", "Notre boutique ferme à 18 h 30.", True),
        ("fr", "Notre boutique ferme à 17 h 30.", False),
        ("fr", "Notre boutique ferme à 9 heures.", False),
        ("en", "Our shop opens from nine in the morning until half past six in the evening.", True),
        ("en", "Our shop opens at nine.", True),
        ("en", "Our shop closes at half past six.", True),
        ("en", "Our shop closes at six.", False),
        ("de", "Unser Laden ist von neun Uhr morgens bis halb sieben abends geöffnet.", True),
        ("de", "Unser Laden öffnet um neun.", True),
        ("de", "Unser Laden schließt um sieben.", False),
        ("es", "Nuestra tienda abre de nueve de la mañana a seis y media de la tarde.", True),
        ("es", "Nuestra tienda cierra a las seis y media.", True),
        ("es", "Nuestra tienda cierra a las siete.", False),
        ("it", "La nostra bottega apre dalle nove del mattino alle sei e mezza di sera.", True),
        ("it", "La nostra bottega chiude alle sei e mezza.", True),
        ("it", "La nostra bottega chiude alle sette.", False),
    ],
)  # fmt: skip
def test_opening_hours_may_be_said_in_words_and_one_end_at_a_time(
    language: str, text: str, told: bool
) -> None:
    """The verb tells which end an hour is: nothing opens when it closes."""
    found = figures_are_supported(body(text, language), tiny_context_with(language, HOURS[language]))
    assert (not found) is told


@pytest.mark.parametrize(
    ("language", "length", "text"),
    [
        ("de", "Sieben Stunden dauert das Weben unserer Laken.", "Unser Laden schließt um sieben."),
        ("es", "Tejer nuestra tienda lleva siete horas.", "Nuestra tienda cierra a las siete."),
        ("it", "Tessere per la nostra bottega richiede sette ore.", "La nostra bottega chiude alle sette."),
    ],
)
def test_a_length_of_time_bears_out_no_hour(language: str, length: str, text: str) -> None:
    """Seven hours are not seven o'clock."""
    assert figures_are_supported(body(text, language), tiny_context_with(language, length))


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("fr", "à dix heures de la nuit", [("time", 1320)]),
        ("fr", "à deux heures de la nuit", [("time", 120)]),
        ("fr", "à deux heures de route", [("minutes", 120)]),
        ("fr", "en 48 heures", [("minutes", 2880)]),
        ("fr", "9 h - 18 h", [("time", 540), ("time", 1080)]),
        ("en", "at nine at night", [("time", 1260)]),
        ("en", "open until six on Saturdays", [("time", 360)]),
        ("en", "at nine shops", [("count", 9)]),
        ("de", "von neun morgens bis sechs abends", [("time", 540), ("time", 1080)]),
        ("es", "las diez y media: nadie", [("count", 10)]),
        ("es", "a las diez y media: nadie", [("time", 630)]),
        ("es", "de 9 h a 18.30 h", [("time", 540), ("time", 1110)]),
        ("it", "alle due di notte", [("time", 120)]),
    ],
)
def test_the_part_of_the_day_tells_the_hour(language: str, text: str, read: list[tuple[str, int]]) -> None:
    found = [q for q in find_quantities(text, language) if q.dimension != "weekday"]
    assert [(q.dimension, q.value) for q in found] == read


LINE = {
    "fr": "Notre téléphone répond du lundi au jeudi, de 9 h à midi.",
    "en": "Our telephone is answered Monday to Thursday, from 9 am to noon.",
    "de": "Unser Telefon ist montags bis donnerstags von 9 bis 12 Uhr besetzt.",
    "es": "Nuestro teléfono atiende de lunes a jueves, de 9 a 12.",
    "it": "Il nostro telefono risponde dal lunedì al giovedì, dalle 9 a mezzogiorno.",
}


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("fr", "Une question, un vendredi ? Dès neuf heures, notre téléphone répond.", False),
        ("fr", "Le samedi, vous jardinez ; notre téléphone répond dès lundi.", True),
        ("fr", "Le dimanche, notre téléphone ne répond pas.", True),
        ("en", "On Fridays our telephone is answered until noon.", False),
        ("en", "Our telephone is not answered on Fridays.", True),
        ("de", "Unser Telefon antwortet auch am Freitag.", False),
        ("es", "El domingo, nuestro teléfono también atiende.", False),
        ("it", "Il nostro telefono risponde anche il sabato.", False),
        ("it", "Il nostro telefono risponde il martedì.", True),
    ],
)
def test_what_opens_on_some_days_opens_on_no_other(language: str, text: str, told: bool) -> None:
    """Denied, or beside one of the right days, another day is no claim."""
    found = figures_are_supported(body(text, language), tiny_context_with(language, LINE[language]))
    assert (not found) is told


def test_an_hour_is_told_with_or_without_its_part_of_the_day() -> None:
    """“at eight is” in the fact reads as a number alone."""
    context = tiny_context_with("en", "In guesthouses, a sheet hung out at eight is dry by noon.")
    assert not figures_are_supported(
        body("Pegged out at eight in the morning, a sheet is dry at noon.", "en"), context
    )
    assert figures_are_supported(
        body("Our sheets hung out at nine in the morning are dry by noon.", "en"), context
    )
