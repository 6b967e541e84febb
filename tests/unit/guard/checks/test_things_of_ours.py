"""What a text says to be ours: things that nothing supplied names are refused, or wait for a person; what a brand's own
texts name, and what everybody has, is said freely."""

from __future__ import annotations

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
