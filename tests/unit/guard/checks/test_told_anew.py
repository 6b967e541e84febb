"""Facts told with other nouns, in another order or with another verb; and the same with a figure that is not theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import body, tiny_context, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.language_quality import language_is_clean
from inedit.guard.checks.superlatives import superlatives_are_supported
from inedit.guard.nlp.grammar import clauses
from inedit.guard.nlp.quantities import find_quantities
from inedit.model import Draft, Severity

BOATS = {
    "fr": "En 2025, 58 des 96 stagiaires de nos cours de voile nous ont envoyé une photo de leur premier nœud.",
    "en": "In 2025, 58 of the 96 trainees of our sailing courses sent us a photo of their first knot.",
    "de": "2025 schickten uns 58 der 96 Teilnehmer unserer Segelkurse ein Foto ihres ersten Knotens.",
    "es": "En 2025, 58 de los 96 alumnos de nuestros cursos de vela nos enviaron una foto de su primer nudo.",
    "it": "Nel 2025, 58 dei 96 allievi dei nostri corsi di vela ci hanno mandato una foto del loro primo nodo.",
}


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("fr", "Des 96 personnes qui ont appris la voile, 58 ont envoyé une photo du premier nœud.", True),
        ("en", "Of the 96 people who learnt to sail, 58 sent a photo of that first knot.", True),
        ("de", "Von den 96 Leuten auf dem Wasser schickten 58 ein Foto vom ersten Knoten.", True),
        ("es", "De las 96 personas que pasaron por la vela, 58 enviaron una foto de su primer nudo.", True),
        ("it", "Delle 96 persone in barca, 58 hanno mandato una foto del primo nodo.", True),
        (
            "fr",
            "Ils étaient 87 personnes à la barre, et 58 ont envoyé à nos cours une photo du premier nœud.",
            False,
        ),
        ("en", "Of the 87 people on our sailing courses, 58 sent a photo of that first knot.", False),
        ("de", "Von den 187 Leuten unserer Segelkurse schickten 58 ein Foto vom ersten Knoten.", False),
        (
            "es",
            "De las 187 personas de nuestros cursos de vela, 58 enviaron una foto de su primer nudo.",
            False,
        ),
        ("it", "Delle 187 persone dei nostri corsi, 58 hanno mandato una foto del primo nodo.", False),
    ],
)
def test_two_counts_of_one_fact_are_told_of_whatever_people_are_called(
    language: str, text: str, told: bool
) -> None:
    """Another fact that counts people does not deny it."""
    other = {
        "fr": " Douze personnes tiennent sur le ponton.",
        "en": " The jetty holds twelve people.",
        "de": " Auf den Steg passen zwölf Leute.",
        "es": " En el muelle caben doce personas.",
        "it": " Sul molo stanno dodici persone.",
    }
    found = figures_are_supported(
        body(text, language), tiny_context_with(language, BOATS[language] + other[language])
    )
    assert (not found) is told


@pytest.mark.parametrize(
    ("language", "fact", "text", "told"),
    [
        (
            "fr",
            "Le programme 2027 compte 60 concerts, dont 41 gratuits.",
            "Des 60 concerts du programme 2027, 41 sont gratuits.",
            True,
        ),
        (
            "en",
            "The 2027 programme has 60 concerts, 41 of them by candlelight.",
            "60 concerts fill the 2027 programme.",
            True,
        ),
        (
            "de",
            "Das Programm 2027 umfasst 60 Konzerte, davon 41 im Freien.",
            "Von den 60 Konzerten im Programm 2027 sind 41 im Freien.",
            True,
        ),
        (
            "es",
            "El programa 2027 reúne 60 conciertos, 41 de ellos al aire libre.",
            "Del programa 2027, con 60 conciertos, 41 son al aire libre.",
            True,
        ),
        (
            "it",
            "Il programma 2027 conta 60 concerti, di cui 41 all’aperto.",
            "Dei 60 concerti del programma 2027, 41 sono all’aperto.",
            True,
        ),
        (
            "it",
            "Il programma 2027 conta 60 concerti, di cui 41 all’aperto.",
            "Il programma conta 41 concerti, di cui 60 all’aperto.",
            False,
        ),
    ],
)
def test_the_year_of_an_edition_is_not_exchanged_with_a_count(
    language: str, fact: str, text: str, told: bool
) -> None:
    found = figures_are_supported(body(text, language), tiny_context_with(language, fact))
    assert (not found) is told


@pytest.mark.parametrize(
    ("language", "fact", "text", "told"),
    [
        (
            "fr",
            "En mai 2026, nous avons semé 60 pots. En septembre, 57 fleurissaient.",
            "En septembre 2026, les pots semés fleurissaient.",
            True,
        ),
        (
            "en",
            "In May 2026 we sowed 60 pots. In September 57 were in flower.",
            "By September 2026 the pots we sowed were in flower.",
            True,
        ),
        (
            "de",
            "Im Mai 2026 säten wir 60 Töpfe. Im September blühten 57.",
            "Im September 2026 blühten die Töpfe, die wir säten.",
            True,
        ),
        (
            "es",
            "En mayo de 2026 sembramos 60 macetas. En septiembre florecían 57.",
            "En septiembre de 2026 florecían las macetas que sembramos.",
            True,
        ),
        (
            "it",
            "Nel maggio 2026 abbiamo seminato 60 vasi. A settembre ne fiorivano 57.",
            "Nel settembre 2026 fiorivano i vasi che abbiamo seminato.",
            True,
        ),
        (
            "en",
            "In May 2026 we sowed 60 pots. In September 57 were in flower.",
            "By October 2026 the pots we sowed were in flower.",
            False,
        ),
    ],
)
def test_a_month_told_with_the_year_of_the_one_before(
    language: str, fact: str, text: str, told: bool
) -> None:
    found = figures_are_supported(body(text, language), tiny_context_with(language, fact))
    assert (not found) is told


@pytest.mark.parametrize(
    ("language", "text", "sound"),
    [
        ("es", "Había cuarenta sillas, y otras sesenta en el patio.", True),
        ("es", "Vinieron treinta de los cuarenta vecinos.", True),
        ("es", "La tienda abre un martes y un viernes al mes.", True),
        ("es", "Los martes por la tarde, la tienda cierra.", True),
        ("it", "Il menù sta in una riga.", True),
        ("it", "Anche la novanta gradi.", False),
        ("es", "Los silla del patio.", False),
    ],
)
def test_numbers_and_words_without_a_plural_agree_with_any(language: str, text: str, sound: bool) -> None:
    found = language_is_clean(body(text, language), tiny_context(language))
    assert (not [f for f in found if "agree" in f.message]) is sound


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("La bottega sotto casa è una bottega di sarti.", 1),
        ("La bottega apre alle nove e una porta resta chiusa.", 2),
    ],
)
def test_an_accent_tells_the_italian_verb_from_the_joiner(text: str, parts: int) -> None:
    assert len(clauses(text, "it")) == parts


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("Am Samstag um zehn öffnet die Werkstatt.", "time"),
        ("Am Samstag um neun beginnt der Kurs.", "time"),
        ("Der Preis steigt um zehn Prozent.", "percent"),
        ("Um zehn Körbe bitten wir Sie.", "count"),
    ],
)
def test_a_german_hour_before_its_verb(text: str, dimension: str) -> None:
    assert [q.dimension for q in find_quantities(text, "de")] == [dimension]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Vous avez relu la même lettre quatre fois."),
        ("en", "It has rained since breakfast and you have read the same letter four times."),
        ("de", "Sie haben denselben Brief viermal gelesen."),
        ("es", "Usted ha leído la misma carta cuatro veces."),
        ("it", "Lei ha riletto la stessa lettera quattro volte."),
    ],
)
def test_how_often_the_reader_did_something_sets_a_scene(language: str, text: str) -> None:
    fact = {
        "fr": "Le téléphone sonne 96 fois. La lettre coûte trois euros.",
        "en": "The telephone rang 96 times. The letter costs three euros.",
        "de": "Das Telefon klingelte 96-mal. Der Brief kostet drei Euro.",
        "es": "El teléfono sonó 96 veces. La carta cuesta tres euros.",
        "it": "Il telefono è suonato 96 volte. La lettera costa tre euro.",
    }[language]
    assert not figures_are_supported(body(text, language), tiny_context_with(language, fact))


TASTE = {
    "fr": (
        "En juin, 412 litres de lait font une meule, en janvier 388.",
        "Du lait cru : notre meule est plus savoureuse.",
    ),
    "en": (
        "In June a wheel takes 412 litres of milk, in January 388.",
        "Raw milk: that is what gives us a tastier wheel.",
    ),
    "de": (
        "Im Juni braucht ein Laib 412 Liter Milch, im Januar 388.",
        "Aus Milch machen wir so einen würzigeren Laib.",
    ),
    "es": (
        "En junio una rueda pide 412 litros de leche, en enero 388.",
        "Con leche cruda, nuestra rueda es más sabrosa.",
    ),
    "it": (
        "A giugno una forma chiede 412 litri di latte, a gennaio 388.",
        "Con latte crudo, la nostra forma è più saporita.",
    ),
}
LESS = {
    "fr": "En janvier, nos vaches donnent moins de lait.",
    "en": "In January our wheel takes less milk.",
    "de": "Im Januar braucht unser Laib weniger Milch.",
    "es": "En enero, nuestra rueda pide menos leche.",
    "it": "A gennaio la nostra forma chiede meno latte.",
}


@pytest.mark.parametrize("language", TASTE)
def test_two_amounts_bear_out_less_milk_and_no_better_taste(language: str) -> None:
    """An insight that was to be told, with two amounts of one measure."""
    fact, boast = TASTE[language]
    context = tiny_context(language)
    insight = context.brand.insights["odette"]
    told = insight.model_copy(update={"text": {**insight.text, language: fact}})
    brand = context.brand.model_copy(update={"insights": {**context.brand.insights, "odette": told}})
    context = replace(context, brand=brand)

    def written(text: str) -> Draft:
        plain = body(text, language)
        return replace(plain, spec=replace(plain.spec, insight_ids=("odette",)))

    assert [f.severity for f in superlatives_are_supported(written(boast), context)] == [Severity.BLOCK]
    assert superlatives_are_supported(written(LESS[language]), context) == ()
