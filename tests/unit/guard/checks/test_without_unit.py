"""Figures that leave their unit, their limit or their price to the words around them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import body, tiny_context, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.promises import promises_are_supported

_ROPE = {
    "fr": "Une corde du club est lavée 23 fois par an.",
    "en": "A rope of the club is washed 23 times a year.",
    "de": "Ein Seil des Vereins wird 23 Mal im Jahr gewaschen.",
    "es": "Una cuerda del club se lava 23 veces al año.",
    "it": "Una corda del club si lava 23 volte all’anno.",
}
_AGE = {
    "fr": "Un piano qui arrive à l'accord a en moyenne 31 ans.",
    "en": "A piano that comes in for tuning is 31 years old on average.",
    "es": "Un piano que llega a afinar tiene de media 31 años.",
    "it": "Un piano che arriva per l’accordatura ha in media 31 anni.",
}
_BATH = {
    "fr": "La visite des bains est gratuite pour les enfants de moins de 14 ans.",
    "en": "The tour of the baths is free for children under 14 years.",
    "de": "Die Badführung ist für Kinder unter 14 Jahren kostenlos.",
    "es": "La visita de los baños es gratis para los menores de 14 años.",
    "it": "La visita alle terme è gratuita per i bambini sotto i 14 anni.",
}
_JAR = {
    "fr": "Un bocal de moutarde coûte 4,40 €.",
    "en": "A jar of mustard costs €4.40.",
    "de": "Ein Glas Senf kostet 4,40 €.",
    "es": "Un tarro de mostaza cuesta 4,40 €.",
    "it": "Un vasetto di senape costa 4,40 €.",
}
_PIT = {
    "fr": "En août, il fait 31 °C sur le carreau et 8,5 °C au fond de la mine.",
    "de": "Im August sind es 31 °C am Schacht und 8,5 °C auf der Sohle des Stollens.",
}


@pytest.mark.parametrize(
    ("language", "fact", "text", "refused"),
    [
        ("de", _ROPE["de"], "Ein Seil kommt im Verein auf 23 im Jahr.", ""),
        ("it", _AGE["it"], "Quanti anni ha un piano che arriva per l’accordatura: 31, in media.", ""),
        ("fr", _AGE["fr"], "On a compté les ans d'un piano qui arrive à l'accord : 31, en moyenne.", ""),
        ("en", _AGE["en"], "We counted the years of a piano that comes in for tuning: 31 on average.", ""),
        ("es", _AGE["es"], "Contamos los años de un piano que llega a afinar: 31, de media.", ""),
        (
            "fr",
            _PIT["fr"],
            "Trente et un degrés sur le carreau, 8,5 au fond de la mine : c'était en août.",
            "",
        ),
        ("fr", _PIT["fr"], "Trente et un degrés sur le carreau, 12,5 au fond de la mine.", "12,5"),
        ("de", _PIT["de"], "31 Grad am Schacht, 8,5 auf der Sohle des Stollens, mitten im August.", ""),
        ("de", _JAR["de"], "Drei Glas Senf machen zusammen 13,20 €.", ""),
        ("de", _JAR["de"], "Vier Glas Senf machen zusammen 13,20 €.", "13,20 €"),
        ("fr", _JAR["fr"], "Cinq bocaux de moutarde font 22 €.", ""),
        ("en", _JAR["en"], "Three jars of mustard come to €13.20.", ""),
        ("it", _JAR["it"], "Due vasetti di senape fanno 8,80 €.", ""),
        ("it", _JAR["it"], "Due vasetti di senape fanno 9,80 €.", "9,80 €"),
        ("en", _BATH["en"], "Children under fourteen take the tour of the baths for free.", ""),
        ("en", _BATH["en"], "Children under sixteen take the tour of the baths for free.", "sixteen"),
        ("es", _BATH["es"], "Los menores de catorce hacen gratis la visita de los baños.", ""),
        ("es", _BATH["es"], "Los menores de dieciséis hacen gratis la visita de los baños.", "dieciséis"),
        (
            "it",
            _BATH["it"],
            "Una bambina di sei anni fa la visita: sotto i quattordici anni non si paga.",
            "",
        ),
        (
            "it",
            _BATH["it"],
            "Una bambina di quindici anni fa la visita: sotto i quattordici anni non si paga.",
            "quindici anni",
        ),
    ],
)
def test_a_number_is_given_its_unit_by_the_words_around_it(
    language: str, fact: str, text: str, refused: str
) -> None:
    """A period, an asked unit, a measure beside it, the limit of an age, the price of so many; another number is not
    ours."""
    found = figures_are_supported(body(text, language), tiny_context_with(language, fact))
    shown = [finding.span.of(text).strip() for finding in found if finding.span]
    assert (refused in " ".join(shown)) if refused else not shown


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Les enfants de moins de 14 ans entrent gratuitement dans les bains."),
        ("de", "Kinder unter 14 Jahren gehen bei der Badführung kostenlos mit."),
        ("en", "Children under 14 years come along free on the tour of the baths."),
        ("es", "Los menores de 14 años entran gratis en los baños."),
        ("it", "I bambini sotto i 14 anni entrano gratis alle terme."),
    ],
)
def test_those_whom_a_thing_is_free_for_get_it_free(language: str, text: str) -> None:
    """Whoever comes free of charge is no gift."""
    assert promises_are_supported(body(text, language), tiny_context_with(language, _BATH[language])) == ()


@pytest.mark.parametrize(
    ("language", "fact", "text"),
    [
        ("fr", "La visite est gratuite pour les étudiants.", "Les étudiants entrent gratuitement."),
        ("en", "The workshop is free for children aged 6 to 12.", "Children sew free of charge."),
        ("de", "Der Besuch ist für Studenten kostenlos.", "Studenten kommen kostenlos herein."),
        ("es", "La visita es gratuita para los jubilados.", "Los jubilados entran gratis."),
        ("it", "La visita è gratuita per gli studenti.", "Gli studenti entrano gratis."),
    ],
)
def test_other_people_get_free_what_is_free_for_them(language: str, fact: str, text: str) -> None:
    """Students, pensioners, children of an age."""
    assert promises_are_supported(body(text, language), tiny_context_with(language, fact)) == ()


@pytest.mark.parametrize(
    ("language", "fact", "text"),
    [
        (
            "fr",
            "Un coffret coûte 30 €, un plateau 40 €.",
            "Le chien de la maison est offert avec un coffret.",
        ),
        ("de", "Die Badführung ist für Kinder unter 14 Jahren kostenlos.", "Der Bademantel ist kostenlos."),
        ("it", "La visita alle terme è gratuita per i bambini.", "L’accappatoio è in omaggio."),
        ("fr", "La broderie est gratuite pour les serviettes.", "Les serviettes sont gratuites."),
        ("en", "Embroidery is free for towels.", "Towels are free."),
        ("en", "Embroidery is free for guest towels.", "Guest towels are free."),
        ("en", "Embroidery is free for children's towels.", "Children's towels are free."),
        ("de", "Die Stickerei ist für Handtücher kostenlos.", "Die Handtücher sind kostenlos."),
        ("es", "El bordado es gratuito para las toallas.", "Las toallas son gratuitas."),
        ("it", "Il ricamo è gratuito per gli asciugamani.", "Gli asciugamani sono gratuiti."),
    ],
)
def test_what_nobody_gives_stays_refused(language: str, fact: str, text: str) -> None:
    """The rule is about people, not about things."""
    assert promises_are_supported(body(text, language), tiny_context_with(language, fact)) != ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Deux cents lettres dormaient dans la malle, il n'en avait jamais renvoyé une seule."),
        ("en", "There were two hundred letters in the trunk, and she had never had one delivered."),
        ("de", "In der Truhe lagen Briefe, keinen davon hatte er je verschickt."),
        ("de", "Orval: In der Truhe lagen 212 Briefe, und keinen davon hatte er je verschickt."),
        ("es", "En el baúl había cartas que él nunca había devuelto."),
        ("it", "Nel baule c’erano lettere che lui non aveva mai spedito."),
    ],
)
def test_what_somebody_had_never_sent_is_no_promise(language: str, text: str) -> None:
    """A story's pluperfect delivers nothing."""
    assert promises_are_supported(body(text, language), tiny_context(language)) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Wir verschicken jeden Brief noch am selben Tag."),
        ("en", "We had promised it, and your parcel is delivered the same day."),
        ("fr", "Vous l'aviez commandé, nous vous le livrons le jour même."),
    ],
)
def test_what_we_send_is_one(language: str, text: str) -> None:
    """Whatever had been before, we and the reader make it a promise."""
    assert promises_are_supported(body(text, language), tiny_context(language)) != ()


@pytest.mark.parametrize(
    ("language", "note", "meaning", "text", "wrong"),
    [
        (
            "de",
            "Um 7.40 Uhr ändert die halbe Schlange ihren Preis.",
            "Ein Preis im Kopf ist bis Mittag vergessen.",
            "Um 7.40 Uhr hat die halbe Schlange einen Preis im Kopf, bis mittags.",
            "Um 7.40 Uhr hat die halbe Schlange einen Preis im Kopf, bis 9 Uhr.",
        ),
        (
            "en",
            "On Sundays the rush starts at 8.15pm.",
            "An offer sent on Friday leaves the evening free.",
            "On Sundays the rush starts at 8.15pm, and Friday is a good day to send yours.",
            "On Sundays the rush starts at 9.15pm, and Friday is a good day to send yours.",
        ),
    ],
)
def test_what_an_insight_means_may_be_told_beside_it(
    language: str, note: str, meaning: str, text: str, wrong: str
) -> None:
    """The hour or day of the meaning is not denied by the insight's own, where that is told."""
    context = tiny_context(language)
    told = context.brand.insights["odette"]
    told = told.model_copy(update={"text": {language: note}, "meaning": {language: meaning}})
    brand = context.brand.model_copy(update={"insights": {"odette": told}})
    context = replace(context, brand=brand)
    assert figures_are_supported(body(text, language, insight_ids=("odette",)), context) == ()
    assert figures_are_supported(body(wrong, language, insight_ids=("odette",)), context) != ()


@pytest.mark.parametrize(
    ("language", "note", "text", "wrong"),
    [
        (
            "de",
            "1931 verkauften elf Winzer 214 Fässer, um die erste Presse zu bezahlen.",
            "Elf Winzer verkauften 1931 ihre Tonnen, 214 Stück, und hatten die erste Presse.",
            "Elf Winzer verkauften 1931 ihre Tonnen, 240 Stück, und hatten die erste Presse.",
        ),
        (
            "it",
            "Nel 1931 undici vignaioli vendettero 214 botti per pagare il primo torchio.",
            "Undici vignaioli vendettero le loro botti, 214 pezzi, e pagarono il primo torchio.",
            "Undici vignaioli vendettero le loro botti, 240 pezzi, e pagarono il primo torchio.",
        ),
    ],
)
def test_pieces_may_be_whatever_was_named(language: str, note: str, text: str, wrong: str) -> None:
    """A word that counts anything counts an insight's thing, in the insight's number."""
    context = tiny_context(language)
    told = context.brand.insights["odette"].model_copy(update={"text": {language: note}, "meaning": {}})
    brand = context.brand.model_copy(update={"insights": {"odette": told}})
    context = replace(context, brand=brand)
    assert figures_are_supported(body(text, language, insight_ids=("odette",)), context) == ()
    assert figures_are_supported(body(wrong, language, insight_ids=("odette",)), context) != ()
