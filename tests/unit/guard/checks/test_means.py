"""What a text says that ours is worked with: a tool or a material that nothing supplied names waits for a person; what
the brand's data name, what everybody has, and what only goes along is said freely."""

from __future__ import annotations

import pytest

from fakes.brand import LANGUAGES, body, tiny_context
from inedit.guard.checks.promises import promises_are_supported
from inedit.model import Severity

INVENTED = {
    "a glue": (
        "Le drap est ensuite collé avec une colle spéciale.",
        "The sheet is then sealed with a special glue.",
        "Das Laken wird dann mit einem Spezialkleber geschlossen.",
        "La sábana se cierra después con un pegamento especial.",
        "Il lenzuolo viene poi chiuso con una colla speciale.",
    ),
    "a laser": (
        "Les draps sont repris à l'aide d'un laser.",
        "We mend your sheet using a laser.",
        "Unsere Weber flicken das Laken mit Hilfe eines Lasers.",
        "Nuestros tejedores remiendan la sábana con un láser.",
        "I nostri tessitori rammendano il lenzuolo con un laser.",
    ),
    "paraffin": (
        "Nos draps sont traités avec de la paraffine.",
        "Our sheets are treated with paraffin.",
        "Unsere Laken werden mit Paraffin behandelt.",
        "Nuestras sábanas se tratan con parafina.",
        "Le nostre lenzuola sono trattate con la paraffina.",
    ),
}
FREE = {
    "a stitch": (
        "Le drap est cousu avec un point très serré.",
        "Our weavers close the tear in the sheet with small stitches.",
        "Das Laken wird mit kleinen Stichen geflickt.",
        "La sábana se cose con puntadas pequeñas.",
        "Il lenzuolo è cucito con piccoli punti.",
    ),
    "what everybody has": (
        "Nos tisserands reprennent le drap avec une aiguille et de la patience.",
        "Our weavers mend the sheet with a needle and patience.",
        "Unsere Weber flicken das Laken mit einer Nadel und mit Geduld.",
        "Nuestros tejedores remiendan la sábana con una aguja y paciencia.",
        "I nostri tessitori rammendano il lenzuolo con un ago e pazienza.",
    ),
    "what a claim names": (
        "Le drap est repris avec du fil de lin.",
        "The sheet is mended with flax yarn.",
        "Das Laken wird mit Leinengarn geflickt.",
        "La sábana se remienda con hilo de lino.",
        "Il lenzuolo si rammenda con il filo di lino.",
    ),
    "what goes along": (
        "Le drap se porte dehors avec un chapeau de paille.",
        "The sheet is carried out with a straw hat.",
        "Das Laken wird mit einem Strohhut hinausgetragen.",
        "La sábana se lleva fuera con un sombrero de paja.",
        "Il lenzuolo si porta fuori con un cappello di paglia.",
    ),
    "what is not done": (
        "Le drap n'est pas collé avec une colle spéciale.",
        "The sheet is not sealed with a special glue.",
        "Das Laken wird nicht mit einem Spezialkleber geschlossen.",
        "La sábana no se cierra con un pegamento especial.",
        "Il lenzuolo non viene chiuso con una colla speciale.",
    ),
}


def _found(text: str, language: str) -> list[Severity]:
    draft, context = body(text, language), tiny_context(language)
    return [f.severity for f in promises_are_supported(draft, context) if "a means" in f.message]


@pytest.mark.parametrize("at", range(5), ids=LANGUAGES)
@pytest.mark.parametrize("kind", INVENTED)
def test_a_means_that_nothing_names_waits_for_a_person(kind: str, at: int) -> None:
    assert _found(INVENTED[kind][at], LANGUAGES[at]) == [Severity.REVIEW]


@pytest.mark.parametrize("at", range(5), ids=LANGUAGES)
@pytest.mark.parametrize("kind", FREE)
def test_a_known_means_and_company_are_said_freely(kind: str, at: int) -> None:
    assert not _found(FREE[kind][at], LANGUAGES[at])
