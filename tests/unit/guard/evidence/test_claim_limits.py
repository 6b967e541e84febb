"""Months, how often, how long before, what a price includes: a claim's limits hold in its retellings."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.claim_limits import exceeded_limits
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import evidence

SLEDGE = {
    "fr": "De décembre à mars, la luge se loue 6 € l’heure, chez le garde du col.",
    "en": "From December to March the sledge is hired at €6 an hour from the warden of the pass.",
    "de": "Von Dezember bis März wird der Schlitten für 6 € die Stunde beim Hüttenwart des Passes verliehen.",
    "es": "De diciembre a marzo, el trineo se alquila a 6 € la hora en casa del guarda del puerto.",
    "it": "Da dicembre a marzo la slitta si noleggia a 6 € l’ora dal custode del passo.",
}
LESSON = {
    "fr": "Une leçon de poterie se reporte une fois sans frais, jusqu’à 48 heures avant le tour.",
    "en": "A pottery lesson can be moved once at no charge, up to 48 hours before the wheel.",
    "de": "Eine Töpferstunde lässt sich einmal kostenlos verschieben, bis 48 Stunden vor der Drehscheibe.",
    "es": "Una clase de cerámica se aplaza una vez sin coste, hasta 48 horas antes del torno.",
    "it": "Una lezione di ceramica si sposta una volta senza spese, fino a 48 ore prima del tornio.",
}
ROOM = {
    "fr": "La chambre du moulin coûte 90 €, serviettes comprises, sauna en plus.",
    "en": "The mill room costs €90, towels included, sauna extra.",
    "de": "Das Mühlenzimmer kostet 90 €, Handtücher inklusive, Sauna extra.",
    "es": "La habitación del molino cuesta 90 €, toallas incluidas, sauna aparte.",
    "it": "La camera del mulino costa 90 €, asciugamani compresi, sauna a parte.",
}


def _exceeds(fact: str, text: str, language: str) -> bool:
    facts = (Fact("one", "claim", fact, language),)
    known = evidence(facts, (), "Almhof", language)
    return bool(list(exceeded_limits(text, language, facts, known)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "En juillet, le garde du col vous loue la luge 6 € l’heure."),
        ("fr", "Le garde du col loue la luge toute l’année, 6 € l’heure."),
        ("en", "In July the warden of the pass hires you a sledge at €6 an hour."),
        ("en", "All year round, the warden of the pass has a sledge for hire."),
        ("de", "Auch im Sommer verleiht der Hüttenwart den Schlitten am Pass, 6 € die Stunde."),
        ("de", "Ganzjährig verleiht der Hüttenwart am Pass den Schlitten für 6 €."),
        ("es", "En agosto, el guarda del puerto alquila el trineo a 6 € la hora."),
        ("es", "El guarda del puerto alquila el trineo todo el año, a 6 € la hora."),
        ("it", "A luglio il custode del passo noleggia la slitta a 6 € l’ora."),
        ("it", "Il custode del passo noleggia la slitta tutto l’anno, a 6 € l’ora."),
    ],
)
def test_a_claim_of_some_months_is_not_told_of_others(language: str, text: str) -> None:
    assert _exceeds(SLEDGE[language], text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "En janvier, le garde du col vous loue la luge 6 € l’heure."),
        ("fr", "En juillet, le garde du col ne loue pas la luge."),
        ("en", "In winter the warden of the pass hires out his sledge at €6 an hour."),
        ("en", "Is there a sledge for hire on the pass in July?"),
        ("de", "Im Januar verleiht der Hüttenwart am Pass den Schlitten für 6 €."),
        ("de", "Im Juli 2019 stand der Schlitten des Hüttenwarts vom Pass im Museum."),
        ("es", "En febrero, el guarda del puerto alquila el trineo a 6 € la hora."),
        ("it", "D’inverno il custode del passo noleggia la slitta a 6 € l’ora."),
        ("it", "Prenotate la slitta a ottobre: da dicembre la noleggia il custode del passo."),
    ],
)
def test_its_own_months_a_denial_a_question_and_a_past_year_exceed_nothing(language: str, text: str) -> None:
    assert not _exceeds(SLEDGE[language], text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Reportez votre leçon de poterie autant de fois que vous voulez, sans frais."),
        ("fr", "Votre leçon de poterie se reporte sans frais jusqu’à une heure avant le tour."),
        ("en", "Move your pottery lesson as often as you like, at no charge."),
        ("en", "Your pottery lesson can be moved once, up to an hour before the wheel."),
        ("de", "Ihre Töpferstunde können Sie kostenlos verschieben, so oft Sie wollen."),
        ("de", "Bis eine Stunde vor der Drehscheibe lässt sich die Töpferstunde kostenlos verschieben."),
        ("es", "Aplaza tu clase de cerámica tantas veces como quieras, sin coste."),
        ("es", "La clase de cerámica se aplaza sin coste hasta una hora antes del torno."),
        ("it", "Sposta la tua lezione di ceramica tutte le volte che vuoi, senza spese."),
        ("it", "La lezione di ceramica si sposta senza spese fino a 2 ore prima del tornio."),
    ],
)
def test_how_often_and_how_long_before_are_the_claim_s(language: str, text: str) -> None:
    assert _exceeds(LESSON[language], text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Une fois, sans frais : votre leçon de poterie se reporte jusqu’à 48 heures avant."),
        ("en", "Move your pottery lesson once, free, up to two days before the wheel."),
        ("de", "Einmal verschieben Sie die Töpferstunde kostenlos, bis 48 Stunden vor der Drehscheibe."),
        ("es", "La clase de cerámica se aplaza una vez, sin coste, hasta 48 horas antes del torno."),
        ("it", "Non si sposta tutte le volte che vuoi: una lezione di ceramica, una volta sola."),
    ],
)
def test_what_the_claim_allows_is_told_freely(language: str, text: str) -> None:
    assert not _exceeds(LESSON[language], text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "90 €, sauna compris : la chambre du moulin."),
        ("fr", "La chambre du moulin coûte 90 €. Les serviettes sont en plus, dans la chambre."),
        ("en", "€90 for the mill room, and the sauna is included."),
        ("en", "The mill room costs €90; towels for the room are extra."),
        ("de", "Das Mühlenzimmer kostet 90 €, Sauna inklusive."),
        ("de", "90 € kostet das Mühlenzimmer, die Handtücher kosten extra."),
        ("es", "La habitación del molino cuesta 90 €, sauna incluida."),
        ("it", "La camera del mulino costa 90 €, sauna compresa."),
    ],
)
def test_what_is_extra_is_not_included_nor_the_other_way_round(language: str, text: str) -> None:
    assert _exceeds(ROOM[language], text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "90 €, serviettes comprises : la chambre du moulin. Le sauna est en plus."),
        ("en", "€90 for the mill room, towels included; the sauna is extra."),
        ("de", "Das Mühlenzimmer kostet 90 €, die Handtücher inbegriffen. Die Sauna kostet extra."),
        ("es", "La habitación del molino cuesta 90 €, con toallas incluidas; la sauna va aparte."),
        ("it", "La camera del mulino costa 90 €, asciugamani compresi; la sauna è a parte."),
    ],
)
def test_included_and_extra_as_the_claim_has_them(language: str, text: str) -> None:
    assert not _exceeds(ROOM[language], text, language)
