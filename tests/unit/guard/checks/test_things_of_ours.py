"""What a text says to be ours: things that nothing supplied names are refused, or wait for a person; what a brand's own
texts name, and what everybody has, is said freely."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import LANGUAGES, body, tiny_context
from inedit.guard.checks.promises import promises_are_supported
from inedit.model import Severity

SOLD = {
    "kits": (
        "Un accroc se referme à la maison avec nos kits de réparation pour tissu.",
        "Close the tear at home with our special fabric repair kits.",
        "Mit unseren praktischen Nähkits schließen Sie den Riss zu Hause.",
        "Con nuestros kits de costura se cierra el desgarrón en casa.",
        "Con i nostri kit di cucito si chiude lo strappo a casa.",
    ),
    "an app": (
        "Un accroc ? Notre application montre le geste.",
        "A tear? Our app shows what to do.",
        "Ein Riss? Unsere App zeigt den Handgriff.",
        "¿Un desgarrón? Nuestra aplicación enseña el gesto.",
        "Uno strappo? La nostra app mostra il gesto.",
    ),
    "a shop": (
        "Passez voir notre boutique près de la gare.",
        "Come and see our new shop by the station.",
        "Besuchen Sie unseren Laden am Bahnhof.",
        "Pase por nuestra tienda, junto a la estación.",
        "Venga a trovarci nel nostro negozio vicino alla stazione.",
    ),
    "a club with the brand's name": (
        "Le club Orval se réunit le soir.",
        "The Orval club meets in the evening.",
        "Der Orval-Club trifft sich am Abend.",
        "El club Orval se reúne por la tarde.",
        "Il club Orval si riunisce la sera.",
    ),
    "a stain remover": (
        "Notre détachant vient à bout du vin rouge.",
        "Our stain remover takes care of red wine.",
        "Unsere Fleckenseife löst Rotwein.",
        "Nuestro quitamanchas puede con el vino tinto.",
        "Il nostro smacchiatore toglie il vino rosso.",
    ),
}
OF_ANYTHING = {
    "people": (
        "Nos stylistes dessinent un motif par an.",
        "Our designers draw one pattern a year.",
        "Unsere Modezeichner entwerfen ein Muster im Jahr.",
        "Nuestros diseñadores dibujan un motivo al año.",
        "I nostri stilisti disegnano un motivo all'anno.",
    ),
    "bicycles": (
        "Nos vélos attendent devant la porte.",
        "Our bicycles are waiting outside.",
        "Unsere Fahrräder stehen vor der Tür.",
        "Nuestras bicicletas esperan en la puerta.",
        "Le nostre biciclette aspettano davanti alla porta.",
    ),
}
FREE = {
    "what the brand names": (
        "Nos anciens draps finissent en rideaux.",
        "Our oldest sheets end up as curtains.",
        "Unsere alten Laken werden zu Vorhängen.",
        "Nuestras viejas sábanas acaban en cortinas.",
        "Le nostre vecchie lenzuola diventano tende.",
    ),
    "what it names, with a verb": (
        "Nos draps gardent la forme du corps.",
        "Our sheets wear at the feet.",
        "Unsere Laken behalten die Form des Körpers.",
        "Nuestras sábanas guardan la forma del cuerpo.",
        "Le nostre lenzuola tengono la forma del corpo.",
    ),
    "hands and tables": (
        "Entre nos mains, sur notre grande table, le drap s'ouvre.",
        "In our hands, on our long table, the sheet opens out.",
        "In unseren Händen, auf unserem Nähtisch, geht das Laken auf.",
        "En nuestras manos, sobre nuestra mesa, se abre la sábana.",
        "Nelle nostre mani, sul nostro tavolo, il lenzuolo si apre.",
    ),
    "an opinion": (
        "Notre avis : l'eau froide d'abord.",
        "Our advice: cold water first.",
        "Unser Rat: zuerst kaltes Wasser.",
        "Nuestro consejo: primero agua fría.",
        "Il nostro consiglio: prima l'acqua fredda.",
    ),
    "the reader's own": (
        "Votre application de cuisine n'en sait rien.",
        "Your cooking app knows nothing of it.",
        "Ihre Koch-App weiß davon nichts.",
        "Tu aplicación de cocina no lo sabe.",
        "La tua app di cucina non lo sa.",
    ),
}


def _found(text: str, language: str) -> list[Severity]:
    draft, context = body(text, language), tiny_context(language)
    return [f.severity for f in promises_are_supported(draft, context) if "thing of ours" in f.message]


@pytest.mark.parametrize("at", range(5), ids=LANGUAGES)
@pytest.mark.parametrize("kind", SOLD)
def test_what_is_sold_or_run_and_named_nowhere_is_refused(kind: str, at: int) -> None:
    assert _found(SOLD[kind][at], LANGUAGES[at]) == [Severity.BLOCK]


@pytest.mark.parametrize("at", range(5), ids=LANGUAGES)
@pytest.mark.parametrize("kind", OF_ANYTHING)
def test_any_other_thing_of_ours_waits_for_a_person(kind: str, at: int) -> None:
    assert _found(OF_ANYTHING[kind][at], LANGUAGES[at]) == [Severity.REVIEW]


@pytest.mark.parametrize("at", range(5), ids=LANGUAGES)
@pytest.mark.parametrize("kind", FREE)
def test_what_is_known_or_everybody_s_is_said_freely(kind: str, at: int) -> None:
    assert not _found(FREE[kind][at], LANGUAGES[at])


EVERYDAY_SENSES = {
    "a school": (
        "C'est notre école : la lenteur.",
        "Our class of linen is for every day.",
        "In unserer Schule lernten wir nähen.",
        "Nuestra clase de lino es fuerte.",
        "È la nostra scuola: la pazienza.",
    ),
    "a course": (
        "Notre seul programme : de beaux draps.",
        "Our course is set: good sheets.",
        "Unser Geschäft ist das Leinen.",
        "Nuestro seguro aliado es la aguja.",
        "Nel nostro corso di vita.",
    ),
    "a box": (
        "Nous mettons toute notre application à bien coudre.",
        "Our boxes are made of cardboard.",
        "Unser Leinentuch ist fest gewebt.",
        "Nuestras cajas son de cartón.",
        "La nostra carta è semplice: lino e basta.",
    ),
    "what somebody says": (
        "« Notre piscine était vide », dit Odette, et elle reprit le drap.",
        "“Our app broke,” said Odette, and mended the sheet.",
        "„Unsere App ging kaputt“, sagte Odette und flickte das Laken.",
        "«Nuestra app se rompió», dijo Odette, y remendó la sábana.",
        "«La nostra app si è rotta», disse Odette, e rammendò il lenzuolo.",
    ),
}
NOT_HAD = (
    "Nous n'avons pas notre propre boutique.",
    "We do not have our shop in town.",
    "Wir haben nicht unseren eigenen Laden.",
    "No tenemos nuestra propia tienda.",
    "Non abbiamo un nostro negozio.",
)
COMPOUNDS = ("Unser Nähkurs beginnt am Montag.", "Unsere Nähschule ist am Bahnhof.")
SHOP = (
    "Notre magasin est ouvert le samedi.",
    "Our store is open on Saturdays.",
    "Unsere Boutique ist samstags offen.",
    "Nuestra boutique abre los sábados.",
    "La nostra boutique è aperta il sabato.",
)
SAME_SHOP = (
    "Passez voir notre boutique près de la gare.",
    "Come and see our new boutique by the station.",
    "Besuchen Sie unseren Laden am Bahnhof.",
    "Pase por nuestra tienda, junto a la estación.",
    "Venga a trovarci nel nostro negozio vicino alla stazione.",
)


@pytest.mark.parametrize("at", range(5), ids=LANGUAGES)
@pytest.mark.parametrize("kind", EVERYDAY_SENSES)
def test_a_word_with_an_everyday_sense_and_speech_wait_for_a_person(kind: str, at: int) -> None:
    assert _found(EVERYDAY_SENSES[kind][at], LANGUAGES[at]) == [Severity.REVIEW]


@pytest.mark.parametrize("at", range(5), ids=LANGUAGES)
def test_what_one_says_not_to_have_is_said_freely(at: int) -> None:
    assert not _found(NOT_HAD[at], LANGUAGES[at])


def test_a_yard_is_no_course() -> None:
    assert not _found("Dans notre cour, le linge sèche au vent.", "fr")
    assert _found("Dans notre cours, le drap se reprend.", "fr") == [Severity.REVIEW]


@pytest.mark.parametrize("text", COMPOUNDS)
def test_a_german_compound_of_a_doubtful_word_is_none(text: str) -> None:
    assert _found(text, "de") == [Severity.BLOCK]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Don't miss our new app."), ("fr", "N'oubliez pas notre boutique.")]
)
def test_another_denial_does_not_free_it(language: str, text: str) -> None:
    assert _found(text, language) == [Severity.BLOCK]


def _found_with(told: dict[str, str], text: str, language: str, *, insight: bool = False) -> list[Severity]:
    context = tiny_context(language)
    brand = context.brand
    if insight:
        one = brand.insights["odette"].model_copy(update={"text": told})
        brand = brand.model_copy(update={"insights": {**brand.insights, "odette": one}})
    else:
        claim = brand.claims["woven"].model_copy(update={"text": told})
        brand = brand.model_copy(update={"claims": {**brand.claims, "woven": claim}})
    draft, context = body(text, language), replace(context, brand=brand)
    return [f.severity for f in promises_are_supported(draft, context) if "thing of ours" in f.message]


@pytest.mark.parametrize("at", range(5), ids=LANGUAGES)
def test_another_word_for_a_thing_that_is_told_is_said_freely(at: int) -> None:
    language = LANGUAGES[at]
    found = _found_with({language: SHOP[at]}, SAME_SHOP[at], language)
    assert found == ([Severity.REVIEW] if language == "en" else [])  # “store” is a verb as well


@pytest.mark.parametrize("at", range(5), ids=LANGUAGES)
def test_a_thing_of_another_kind_than_what_is_told_is_refused(at: int) -> None:
    assert _found_with({LANGUAGES[at]: SHOP[at]}, SOLD["an app"][at], LANGUAGES[at]) == [Severity.BLOCK]


@pytest.mark.parametrize("at", range(5), ids=LANGUAGES)
def test_a_thing_that_a_claim_tells_in_another_language_waits_for_a_person(at: int) -> None:
    other = (at + 1) % 5 if at else 2  # “store” is a verb as well
    assert _found_with({LANGUAGES[other]: SHOP[other]}, SAME_SHOP[at], LANGUAGES[at]) == [Severity.REVIEW]
    assert _found_with({LANGUAGES[other]: SHOP[other]}, SOLD["an app"][at], LANGUAGES[at]) == [Severity.BLOCK]


@pytest.mark.parametrize("at", range(5), ids=LANGUAGES)
def test_beside_an_insight_in_another_language_it_waits_for_a_person(at: int) -> None:
    told = {LANGUAGES[(at + 1) % 5]: "Odette."}
    assert _found_with(told, SOLD["kits"][at], LANGUAGES[at], insight=True) == [Severity.REVIEW]


def test_a_box_that_is_told_is_no_kit() -> None:
    assert _found_with({"en": "Sheets come in a box."}, SOLD["kits"][1], "en") == [Severity.BLOCK]
