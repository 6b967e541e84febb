"""Prices by the piece, days, limits, conditions, gifts and exchanged things: what a text tells otherwise than a fact is
seen in five languages, an honest telling is not."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.changed_terms import changed_terms
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.gifts import unsupplied_gifts
from inedit.guard.evidence.index import evidence
from inedit.guard.evidence.relations.turned import turned
from inedit.guard.nlp.function_words import root
from inedit.guard.nlp.quantities import find_quantities


def _says_otherwise(language: str, fact: str, text: str, kind: str = "claim") -> bool:
    facts = (Fact("one", kind, fact, language),)
    known = evidence(facts, (), "Radhof", language)
    return bool(turned(text, language, facts)) or bool(list(changed_terms(text, language, facts, known)))


@pytest.mark.parametrize(
    ("language", "fact", "false", "true"),
    [
        (
            "de",
            "Die Abholung kostet 9 Euro, für bis zu drei Räder.",
            "Für die Abholung zahlen Sie neun Euro je Rad.",
            "Drei Räder holen wir für zusammen neun Euro ab.",
        ),
        (
            "en",
            "The collection costs 9 euros, for up to three bikes.",
            "We charge nine euros a bike for the collection.",
            "Up to three bikes travel for nine euros together.",
        ),
        (
            "fr",
            "L’enlèvement coûte 9 euros, jusqu’à trois vélos.",
            "L’enlèvement coûte neuf euros par vélo.",
            "Trois vélos, un enlèvement : neuf euros en tout.",
        ),
        (
            "es",
            "La recogida cuesta 9 euros, hasta tres bicicletas.",
            "La recogida cuesta nueve euros por bicicleta.",
            "Tres bicicletas, una recogida: nueve euros en total.",
        ),
        (
            "it",
            "Una camera costa 96 euro a notte.",
            "Una camera costa 96 euro a coppia.",
            "Una camera costa 96 euro a camera e a notte.",
        ),
    ],
)
def test_a_price_is_counted_by_what_the_fact_counts_it_by(
    language: str, fact: str, false: str, true: str
) -> None:
    assert _says_otherwise(language, fact, false)
    assert not _says_otherwise(language, fact, true)


@pytest.mark.parametrize(
    ("language", "fact", "false", "true"),
    [
        (
            "de",
            "Ein Schuh, der vor Dienstagmittag gebracht wird, ist am Freitagabend besohlt.",
            "Bringen Sie den Schuh vor Dienstagmittag, dann ist er am Donnerstagabend besohlt.",
            "Der Schuh ist am Freitagabend besohlt, wenn Sie ihn vor Dienstagmittag bringen.",
        ),
        (
            "en",
            "A shoe brought before Tuesday noon is soled on Friday evening.",
            "A shoe brought by Wednesday is soled on Friday evening.",
            "Your shoe is soled on Friday evening, if you brought it before Tuesday noon.",
        ),
        (
            "fr",
            "Le cours de poterie a lieu le deuxième dimanche du mois.",
            "Le cours de poterie a lieu le dernier dimanche du mois.",
            "Deuxième dimanche du mois : c’est le jour du cours de poterie.",
        ),
        (
            "es",
            "El taller de vidrio es el primer sábado de cada mes.",
            "El taller de vidrio es el último sábado de cada mes.",
            "Cada mes, el primer sábado, hay taller de vidrio.",
        ),
        (
            "it",
            "Il corso di legatoria si tiene il secondo sabato del mese.",
            "Il corso di legatoria si tiene l’ultimo sabato del mese.",
            "Il secondo sabato del mese è quello del corso di legatoria.",
        ),
    ],
)
def test_a_day_is_the_facts_day(language: str, fact: str, false: str, true: str) -> None:
    assert _says_otherwise(language, fact, false)
    assert not _says_otherwise(language, fact, true)


@pytest.mark.parametrize(
    ("language", "fact", "false", "true"),
    [
        (
            "de",
            "Gutscheine gelten 24 Monate.",
            "Unsere Gutscheine gelten unbegrenzt.",
            "Gutscheine gelten zwei Jahre.",
        ),
        (
            "en",
            "Gift vouchers are valid for 24 months.",
            "A gift voucher never expires.",
            "A gift voucher lasts two years.",
        ),
        (
            "fr",
            "Les bons cadeaux sont valables 24 mois.",
            "Nos bons cadeaux sont valables sans limite.",
            "Vos bons cadeaux : 24 mois.",
        ),
        (
            "es",
            "Los vales de regalo valen 24 meses.",
            "Los vales de regalo no caducan nunca.",
            "Los vales de regalo valen dos años.",
        ),
        (
            "it",
            "I buoni regalo valgono 24 mesi.",
            "I buoni regalo valgono per sempre.",
            "I buoni regalo valgono due anni.",
        ),
        (
            "de",
            "Stimmgabeln prüfen wir kostenlos und ohne Termin.",
            "Um Stimmgabeln zu prüfen, brauchen wir einen Termin.",
            "Stimmgabeln prüfen wir, und einen Termin brauchen Sie nicht.",
        ),
        (
            "en",
            "We test tuning forks free of charge, without appointment.",
            "To test tuning forks we need an appointment.",
            "To test tuning forks no appointment is needed.",
        ),
    ],
)
def test_a_limit_stands_and_nothing_else_is_needed(language: str, fact: str, false: str, true: str) -> None:
    assert _says_otherwise(language, fact, false)
    assert not _says_otherwise(language, fact, true)


def test_a_tip_has_an_order_too() -> None:
    tip = (Fact("one", "tip", "Erst die Gläser unter Wasser halten, danach abwischen.", "de"),)
    assert turned("Erst die Gläser abwischen, danach unter Wasser halten.", "de", tip)
    assert not turned("Die Gläser abwischen, aber erst nach dem Bad unter Wasser.", "de", tip)


@pytest.mark.parametrize(
    ("language", "fact", "false", "true"),
    [
        (
            "de",
            "Alle Mühlen werden repariert, auch die anderer Hersteller.",
            "Repariert werden Mühlen nur, wenn sie von uns sind.",
            "Mühlen anderer Hersteller reparieren wir auch.",
        ),
        (
            "en",
            "Repairing a hinge costs 12 euros, whatever the make of the frame.",
            "A hinge costs 12 euros to repair, provided that the frame is one of ours.",
            "Twelve euros repair a hinge, whatever the make.",
        ),
        (
            "fr",
            "Réparer une charnière coûte 12 euros, quelle que soit la marque.",
            "Réparer une charnière coûte 12 euros, uniquement sur nos montures.",
            "Réparer une charnière coûte 12 euros, toutes marques.",
        ),
        (
            "es",
            "Reparar una bisagra cuesta 12 euros, sea cual sea la marca.",
            "Reparar una bisagra cuesta 12 euros, siempre que la montura sea nuestra.",
            "Reparar una bisagra cuesta 12 euros.",
        ),
        (
            "it",
            "Riparare una cerniera costa 12 euro, di qualunque marca sia.",
            "Riparare una cerniera costa 12 euro, purché la montatura sia nostra.",
            "Riparare una cerniera costa 12 euro.",
        ),
    ],
)
def test_what_is_given_for_all_is_tied_to_nothing(language: str, fact: str, false: str, true: str) -> None:
    assert _says_otherwise(language, fact, false)
    assert not _says_otherwise(language, fact, true)


@pytest.mark.parametrize(
    ("language", "fact", "false", "true"),
    [
        (
            "de",
            "Die Inspektion kostet 69 Euro, ein Lappen liegt bei.",
            "Zur Inspektion bekommen Sie ein Fläschchen Kettenöl dazu.",
            "Zur Inspektion legen wir einen Lappen dazu.",
        ),
        (
            "en",
            "The inspection costs 69 euros, with a cloth.",
            "With every inspection you get a bottle of oil.",
            "With every inspection you get a cloth.",
        ),
        (
            "fr",
            "La révision coûte 69 euros, avec un chiffon.",
            "Avec chaque révision, nous glissons une burette d’huile.",
            "Avec chaque révision nous glissons un chiffon.",
        ),
        (
            "es",
            "La revisión cuesta 69 euros, con un paño.",
            "Con cada revisión te damos una aceitera.",
            "Con cada revisión te damos un paño.",
        ),
        (
            "it",
            "La revisione costa 69 euro, con un panno.",
            "Con ogni revisione le diamo un oliatore.",
            "Con ogni revisione le diamo un panno.",
        ),
    ],
)
def test_a_gift_is_one_that_a_fact_names(language: str, fact: str, false: str, true: str) -> None:
    facts = (Fact("one", "claim", fact, language),)
    known = evidence(facts, (), "Radhof", language)
    assert list(unsupplied_gifts(false, language, facts, known))
    assert not list(unsupplied_gifts(true, language, facts, known))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Schon ab einer Nacht dürfen Sie rudern."),
        ("en", "From one night the boat is yours."),
        ("fr", "Dès une nuit, la barque est à vous."),
        ("es", "A partir de una noche, la barca es tuya."),
        ("it", "Già da una notte la barca è sua."),
    ],
)
def test_from_one_night_is_a_figure(language: str, text: str) -> None:
    assert [(q.dimension, q.number, q.approximate) for q in find_quantities(text, language)] == [
        ("nights", 1, "from")
    ]


@pytest.mark.parametrize(
    ("participle", "verb"),
    [
        ("gepflanzt", "pflanzen"),
        ("nachgesehen", "nachsehen"),
        ("gezählter", "zählen"),
        ("abgeholt", "abholen"),
    ],
)
def test_a_german_participle_is_its_verb(participle: str, verb: str) -> None:
    assert root(participle, "de") == root(verb, "de")


@pytest.mark.parametrize("word", ["gern", "gerecht", "gemein", "Gefahr"])
def test_not_every_word_with_ge_is_a_participle(word: str) -> None:
    assert root(word, "de").startswith("ge")


@pytest.mark.parametrize(
    ("language", "fact", "false", "true"),
    [
        (
            "fr",
            "Le cours de reliure coûte 40 euros ; le massicot est prêté.",
            "Le cours de reliure coûte 40 euros ; apportez votre massicot.",
            "Le cours de reliure coûte 40 euros, et nous prêtons le massicot.",
        ),
        (
            "en",
            "The binding class costs 40 euros; knives are lent.",
            "The binding class costs 40 euros; bring your own knives.",
            "The binding class costs 40 euros; you need not bring your knives.",
        ),
        (
            "de",
            "Der Buchbindekurs kostet 40 Euro; das Messer wird geliehen.",
            "Im Buchbindekurs für 40 Euro bringen Sie Ihr eigenes Messer mit.",
            "Der Buchbindekurs kostet 40 Euro, das Messer leihen wir Ihnen.",
        ),
        (
            "es",
            "El curso de encuadernación cuesta 40 euros; los cuchillos se prestan.",
            "El curso de encuadernación cuesta 40 euros; trae tus cuchillos.",
            "El curso de encuadernación cuesta 40 euros y te prestamos los cuchillos.",
        ),
        (
            "it",
            "Il corso di legatoria costa 40 euro; i coltelli sono in prestito.",
            "Il corso di legatoria costa 40 euro; porta i tuoi coltelli.",
            "Il corso di legatoria costa 40 euro, i coltelli te li prestiamo.",
        ),
        (
            "fr",
            "Affûter un couteau coûte 8 euros, quelle que soit la marque.",
            "Affûter un couteau coûte 8 euros, sauf les lames japonaises.",
            "Affûter un couteau coûte 8 euros.",
        ),
        (
            "en",
            "Sharpening a knife costs 8 euros, whatever the make.",
            "Sharpening a knife costs 8 euros, except for Japanese makes.",
            "Sharpening a knife costs 8 euros.",
        ),
        (
            "de",
            "Ein Messer zu schleifen kostet 8 Euro, gleich von welcher Marke.",
            "Ein Messer zu schleifen kostet 8 Euro, außer bei japanischen Marken.",
            "Ein Messer zu schleifen kostet 8 Euro.",
        ),
        (
            "es",
            "Afilar un cuchillo cuesta 8 euros, sea cual sea la marca.",
            "Afilar un cuchillo cuesta 8 euros, salvo los japoneses.",
            "Afilar un cuchillo cuesta 8 euros, sin mirar la marca.",
        ),
        (
            "it",
            "Affilare un coltello costa 8 euro, di qualunque marca sia.",
            "Affilare un coltello costa 8 euro, tranne quelli giapponesi.",
            "Affilare un coltello costa 8 euro.",
        ),
    ],
)
def test_nothing_is_excepted_and_what_is_lent_is_not_brought(
    language: str, fact: str, false: str, true: str
) -> None:
    assert _says_otherwise(language, fact, false)
    assert not _says_otherwise(language, fact, true)
