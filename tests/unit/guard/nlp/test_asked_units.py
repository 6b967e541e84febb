"""A bare number that answers a unit named before it measures in that unit; any other one stays a count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from inedit.guard.nlp.quantities import find_quantities

ANSWERED = [
    ("fr", "Nous avons compté les années de ce qui arrive : 17 en moyenne.", "months", 17 * 12),
    ("fr", "Combien d’heures repose-t-elle ? 26.", "minutes", 26 * 60),
    ("fr", "L’âge de ce qui arrive, compté en années, est de 17 en moyenne.", "months", 17 * 12),
    ("en", "The age of what comes in, counted in years, is 17 on average.", "months", 17 * 12),
    ("en", "Count the hours that it rests: 26.", "minutes", 26 * 60),
    ("en", "How many years has it behind it? On average, 17.", "months", 17 * 12),
    ("de", "Wir haben gezählt, wie viele Jahre ein Rad hat: 17 im Schnitt.", "months", 17 * 12),
    ("de", "Wie viele Stunden der Teig ruht, steht auf der Tafel: 26.", "minutes", 26 * 60),
    ("de", "Das Durchschnittsalter der Räder: 17.", "months", 17 * 12),
    ("es", "Hemos contado los años que tiene lo que nos llega: 17 de media.", "months", 17 * 12),
    ("es", "Contamos las horas que reposa la masa: 26.", "minutes", 26 * 60),
    ("it", "Abbiamo contato gli anni di quello che arriva: 17 di media.", "months", 17 * 12),
    ("it", "Quanti anni ha, quando arriva? In media 17.", "months", 17 * 12),
]
NOT_ANSWERED = [
    ("fr", "Les années passent : 12 personnes travaillent ici."),
    ("fr", "Elle compte les heures. Au mur, 12 clous."),
    ("en", "We counted the hours: 12 people came."),
    ("en", "The years go by. Of the jars, only 12 are left."),
    ("en", "The years are on the label: 1998."),
    ("de", "Die Jahre vergehen: 12 Leute arbeiten hier."),
    ("de", "Die Stunde schlägt: 12."),
    ("es", "Pasan los años: 12 personas trabajan aquí."),
    ("it", "Passano gli anni: 12 persone lavorano qui."),
    ("it", "Il vino si vende a tre età: 8, 14 e 24."),
]


@pytest.mark.parametrize(("language", "text", "dimension", "value"), ANSWERED)
def test_a_number_takes_the_unit_it_answers(language: str, text: str, dimension: str, value: int) -> None:
    """Behind a colon or a question, or as an average, which counts no thing of its own."""
    figure = find_quantities(text, language)[-1]
    assert (figure.dimension, figure.value, figure.counted) == (dimension, Decimal(value), "")


@pytest.mark.parametrize(("language", "text"), NOT_ANSWERED)
def test_a_number_that_counts_or_stands_elsewhere_takes_none(language: str, text: str) -> None:
    """It counts a noun, stands in another sentence, is a year, or the unit is named in the singular."""
    assert find_quantities(text, language)[-1].dimension in ("count", "year")


@pytest.mark.parametrize(
    ("language", "text", "price"),
    [
        ("fr", "C’était six euros et une pierre.", "6"),
        ("es", "Fueron cinco euros y una piedra.", "5"),
        ("it", "Sono bastati sette euro e una pietra.", "7"),
        ("en", "It took eight euros and one stone.", "8"),
        ("fr", "Cinq euros et un centime.", "5.01"),
        ("es", "Cinco euros y un céntimo.", "5.01"),
        ("fr", "Cinq euros et cinquante centimes.", "5.5"),
    ],
)
def test_an_article_behind_a_price_is_no_cent(language: str, text: str, price: str) -> None:
    """« six euros et une pierre » costs six euros; a coin's name makes it a cent."""
    assert [q.value for q in find_quantities(text, language) if q.dimension == "EUR"] == [Decimal(price)]


@pytest.mark.parametrize(
    ("language", "text", "shares"),
    [
        ("en", "One half on the cot and the other in the wash.", 0),
        ("en", "One half goes on the shelf, the other half in the drawer.", 0),
        ("en", "One half of our loaves is organic, the other is not.", 1),
        ("en", "One half on order, the other half on delivery.", 1),
        ("fr", "La moitié dort sur le lit, l’autre dans l’armoire.", 0),
        ("fr", "La moitié de nos pains sont bio, l’autre vient d’Espagne.", 1),
        ("de", "Die eine Hälfte liegt auf dem Bett, die andere Hälfte in der Wäsche.", 0),
        ("de", "Die eine Hälfte unserer Brote ist bio, die andere nicht.", 1),
        ("de", "Die eine Hälfte ist bio, die andere kommt aus Polen.", 1),
        ("es", "La mitad está en la cuna y la otra en el armario.", 0),
        ("es", "La mitad de nuestros panes son ecológicos, la otra no.", 1),
        ("it", "La metà sta sul lettino, l’altra nell’armadio.", 0),
        ("it", "La metà dei nostri pani è bio, l’altra no.", 1),
    ],
)
def test_a_half_and_its_other_half_in_two_places_is_no_share(language: str, text: str, shares: int) -> None:
    """A thing in two parts lies in two places; half of what the house makes is a figure."""
    assert len([q for q in find_quantities(text, language) if q.dimension == "percent"]) == shares
