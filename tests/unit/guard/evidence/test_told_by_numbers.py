"""Stories told by their numbers alone, weeks told as months, how far the farthest is, and what a comparison is by."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.brand import body, tiny_context_with
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import evidence
from inedit.guard.evidence.matching import judge_statement
from inedit.guard.evidence.statements import statements
from inedit.guard.evidence.superlatives import find_superlatives
from inedit.guard.nlp.arithmetic import same_amount
from inedit.guard.nlp.quantities import find_quantities

THIS_YEAR = date(2026, 11, 30).year

STORY = {
    "fr": "« Nous avions neuf points à traiter, nous en avons réglé quatre, et laissé cinq. »",
    "en": "“We had nine points on the list, settled four, and let the other five go.”",
    "de": "„Wir hatten neun Punkte auf der Liste, vier haben wir geklärt, fünf nicht.“",
    "es": "«Teníamos nueve puntos en la lista, resolvimos cuatro y dejamos cinco.»",
    "it": "«Avevamo nove punti in lista, ne abbiamo risolti quattro e lasciati cinque.»",
}


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        ("fr", "Ils montaient avec neuf sujets. Quatre ont trouvé leur fin ; les cinq autres, on les oublie.",
         False),
        ("en", "They came with nine topics. Four came to an end; the other five, nobody missed.", False),
        ("de", "Ein Team kam mit neun Themen. Vier fanden ein Ende, und die fünf übrigen fehlten niemandem.", False),
        ("es", "Subieron con nueve temas. Cuatro acabaron; los otros cinco, nadie los echó de menos.", False),
        ("it", "Salirono con nove temi. Quattro finirono; gli altri cinque non mancarono a nessuno.", False),
        ("fr", "Chez nous, ils avaient neuf sujets. Nous en avons clos cinq ; les quatre autres, on les oublie.",
         True),
        ("en", "We took nine topics. Our team closed four; the other six, nobody missed.", True),
        ("de", "Bei uns hatten sie neun Themen. Wir klärten fünf; die vier übrigen fehlten niemandem.", True),
    ],
)  # fmt: skip
def test_a_story_may_be_told_by_its_numbers(language: str, text: str, refused: bool) -> None:
    """Three numbers of it in its order, and no other, whatever the things are called."""
    known = evidence((Fact("points", "insight", STORY[language], language),), (), "Brindille", language)
    outcomes = {judge_statement(s, known, language, THIS_YEAR).outcome for s in statements(text, language)}
    assert bool(outcomes - {"supported", "scene"}) is refused


@pytest.mark.parametrize(
    ("language", "weeks", "months", "same"),
    [
        ("fr", "six semaines", "un mois et demi", True),
        ("en", "six weeks", "a month and a half", True),
        ("de", "sechs Wochen", "anderthalb Monate", True),
        ("es", "seis semanas", "un mes y medio", True),
        ("it", "sei settimane", "un mese e mezzo", True),
        ("fr", "cinq semaines", "un mois et demi", False),
        ("en", "eight weeks", "a month and a half", False),
    ],
)
def test_six_weeks_are_a_month_and_a_half(language: str, weeks: str, months: str, same: bool) -> None:
    """A month is told as four weeks, up to three months."""
    (given,), (said,) = find_quantities(weeks, language), find_quantities(months, language)
    assert same_amount(given, said, THIS_YEAR) is same


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "La plus éloignée se trouve à moins de quatorze kilomètres.", False),
        ("en", "The farthest is less than 14 km away.", False),
        ("de", "Der entfernteste Hof liegt weniger als 14 km weit weg.", False),
        ("es", "La más lejana está a menos de 14 km.", False),
        ("it", "La più lontana è a meno di quattordici chilometri.", False),
        ("fr", "La plus belle se trouve à moins de quatorze kilomètres.", True),
        ("en", "The finest is less than 14 km away.", True),
        ("it", "I nostri pezzi si seccano meno in fretta di quelli tagliati a macchina.", True),
        ("fr", "Coupés au fil, nos morceaux sèchent moins vite que ceux coupés à la machine.", True),
        ("de", "Mehr als die Hälfte kommt mit dem Rad.", False),
        ("fr", "On a déjà vu plus simple.", False),
        ("en", "We have seen worse.", False),
        ("de", "Wir haben schon Schlimmeres gehört.", False),
        ("es", "Hemos visto cosas peores.", False),
        ("it", "Abbiamo già visto di peggio.", False),
    ],
)
def test_how_far_the_farthest_is_is_no_boast(language: str, text: str, found: bool) -> None:
    """A way that a figure gives is the check of figures' to judge; so is more than half; having seen worse is none."""
    assert bool(find_superlatives(text, language)) is found


@pytest.mark.parametrize(
    ("language", "fact", "text", "refused"),
    [
        ("it", "Rimase sei settimane a casa nostra.", "Rimase un mese e mezzo a casa nostra.", False),
        ("it", "Rimase sei settimane a casa nostra.", "Rimase due mesi e mezzo a casa nostra.", True),
        ("it", "La sedia ha sei gambe.", "La sedia ha sei gambe.", False),
    ],
)
def test_six_is_a_number_before_what_is_counted(language: str, fact: str, text: str, refused: bool) -> None:
    """« Sei settimane », not « sei gentile »."""
    assert bool(figures_are_supported(body(text, language), tiny_context_with(language, fact))) is refused
    assert not [q for q in find_quantities("Sei gentile, sei forte.", language) if q.number == 6]


MISSED = {
    "fr": "En août 2025, 26 passagers ont raté le dernier bateau d’Ormel, à 18 h 50. 21 d’entre eux étaient au phare.",
    "en": "In August 2025, 26 people missed the last boat from Ormel, at 6.50pm. 21 of them were at the lighthouse.",
    "de": "Im August 2025 verpassten 26 Menschen das letzte Boot von Ormel um 18.50 Uhr. 21 von ihnen waren am Turm.",
    "es": "En agosto de 2025, 26 personas perdieron el último barco, a las 18:50. 21 de ellas estaban en el faro.",
    "it": "Nell’agosto 2025, 26 persone persero l’ultimo battello da Ormel, alle 18.50. 21 di loro erano al faro.",
}


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        ("en", "Over August 2025 the last boat went without 26 people, and 21 of them were at the lighthouse.", False),
        ("en", "The last boat in August 2025 went without 26 people, 21 of whom were at the lighthouse.", False),
        ("fr", "Le dernier bateau d’août 2025 est parti sans 26 passagers, dont 21 étaient au phare.", False),
        ("de", "Das letzte Boot im August 2025 fuhr ohne 26 Menschen, und 21 von ihnen waren am Turm.", False),
        ("es", "El último barco de agosto de 2025 salió sin 26 personas, y 21 de ellas estaban en el faro.", False),
        ("it", "L’ultimo battello dell’agosto 2025 partì senza 26 persone, e 21 di loro erano al faro.", False),
        ("en", "The last boat in August 2025 went without 26 people, and 20 of them were at the lighthouse.", True),
        ("fr", "Le dernier bateau d’août 2025 est parti sans 27 passagers, dont 21 étaient au phare.", True),
        ("de", "Das letzte Boot im August 2025 fuhr ohne 27 Menschen, und 21 von ihnen waren am Turm.", True),
    ],
)  # fmt: skip
def test_a_part_and_its_whole_may_stand_in_two_sentences_of_a_fact(
    language: str, text: str, refused: bool
) -> None:
    """The month that a fact begins with is no other figure of it, which its count would be exchanged with."""
    fact = Fact("last-boat", "insight", MISSED[language], language)
    known = evidence((fact,), (), "Traverse", language)
    outcomes = {
        judge_statement(said, known, language, THIS_YEAR).outcome for said in statements(text, language)
    }
    assert (outcomes - {"supported", "scene"} != set()) is refused, outcomes
