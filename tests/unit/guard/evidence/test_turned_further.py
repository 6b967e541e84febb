"""The day after, what is not wanted, all for some, and one way: told otherwise than a
fact in five languages, and honestly."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.turned import turned

STORIES = {
    "kiln": {
        "fr": "En 2022, Lotte a fendu son four un dimanche, en pleine cuisson. Le "
        "lendemain, les voisins ont apporté leurs briques.",
        "en": "In 2022 Lotte cracked her kiln on a Sunday, in full firing. The next day "
        "the neighbours brought their bricks.",
        "de": "2022 riss Lottes Ofen an einem Sonntag, mitten im Brand. Am Tag darauf "
        "brachten die Nachbarn ihre Ziegel.",
        "es": "En 2022, a Lotte se le rajó el horno un domingo, en plena cocción. Al día "
        "siguiente, los vecinos trajeron sus ladrillos.",
        "it": "Nel 2022 a Lotte si crepò il forno una domenica, in piena cottura. Il "
        "giorno dopo i vicini portarono i loro mattoni.",
    },
    "bees": {
        "fr": "Sur 48 ruches du verger, 19 ont essaimé avant la floraison des tilleuls.",
        "en": "Of 48 hives in the orchard, 19 swarmed before the lime trees flowered.",
        "de": "19 von 48 Bienenstöcken im Obstgarten schwärmten vor der Lindenblüte.",
        "es": "De 48 colmenas del huerto, 19 enjambraron antes de la flor del tilo.",
        "it": "Su 48 arnie del frutteto, 19 hanno sciamato prima della fioritura dei tigli.",
    },
    "yeast": {
        "fr": "Un mercredi matin, le meunier de Sault pose son levain près du poêle et lui joue de l’accordéon.",
        "en": "On Wednesday mornings the miller of Sault sets his leaven by the stove and plays it the accordion.",
        "de": "Mittwochs am Vormittag stellt der Müller von Sault den Sauerteig an den "
        "Ofen und spielt ihm Akkordeon vor.",
        "es": "Los miércoles por la mañana, el molinero de Sault pone la masa madre junto "
        "a la estufa y le toca el acordeón.",
        "it": "Il mercoledì mattina il mugnaio di Sault mette il lievito accanto alla "
        "stufa e gli suona la fisarmonica.",
    },
}
TIP = {
    "fr": "Serrer la selle, pas le guidon.",
    "en": "Tighten the saddle, not the handlebar.",
    "de": "Den Sattel festziehen, nicht den Lenker.",
    "es": "Apretar el sillín, no el manillar.",
    "it": "Stringere la sella, non il manubrio.",
}
FARE = {
    "fr": "Le remonte-pente coûte 11 € aller-retour.",
    "en": "The chairlift costs €11 return.",
    "de": "Der Sessellift kostet 11 € hin und zurück.",
    "es": "El telesilla cuesta 11 € ida y vuelta.",
    "it": "La seggiovia costa 11 € andata e ritorno.",
}


def _turns(text: str, language: str) -> bool:
    facts = (
        *(Fact(key, "insight", told[language], language) for key, told in STORIES.items()),
        Fact("saddle", "tip", TIP[language], language),
        Fact("fare", "claim", FARE[language], language),
    )
    return bool(turned(text, language, facts))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Les voisins ont apporté leurs briques. Le lendemain, en pleine cuisson, Lotte fendait son four.",
        ),
        ("en", "The neighbours brought their bricks; the next day, in full firing, Lotte cracked her kiln."),
        ("de", "Die Nachbarn brachten ihre Ziegel, und am Tag darauf riss mitten im Brand Lottes Ofen."),
        (
            "es",
            "Los vecinos trajeron sus ladrillos. Al día siguiente, en plena cocción, a Lotte se le rajó el horno.",
        ),
        (
            "it",
            "I vicini portarono i mattoni, e il giorno dopo, in piena cottura, a Lotte si crepò il forno.",
        ),
        (
            "fr",
            "Les voisins ont apporté leurs briques la veille ; le four de Lotte s’est fendu en pleine cuisson.",
        ),
        ("fr", "Quarante-huit ruches dans le verger : toutes ont essaimé avant la floraison des tilleuls."),
        ("de", "48 Bienenstöcke, und alle schwärmten im Obstgarten vor der Lindenblüte."),
        ("it", "Le 48 arnie del frutteto hanno sciamato tutte prima della fioritura dei tigli."),
        ("es", "Había 48 colmenas en el huerto, y todas enjambraron antes de la flor del tilo."),
        ("en", "There are 48 hives in the orchard. All of them swarmed before the lime trees flowered."),
        ("fr", "Serrez le guidon, pas la selle."),
        ("en", "Tighten the handlebar, not the saddle."),
        ("de", "Ziehen Sie den Lenker fest, nicht den Sattel."),
        ("es", "Aprieta el manillar, no el sillín."),
        ("it", "Stringete il manubrio, non la sella."),
        ("fr", "Le remonte-pente coûte 11 € l’aller simple."),
        ("en", "The chairlift is €11 each way."),
        ("de", "Der Sessellift kostet 11 € pro Strecke."),
        ("es", "El telesilla cuesta 11 € por trayecto."),
        ("it", "La seggiovia costa 11 € a tratta."),
    ],
)
def test_what_says_otherwise_is_seen(language: str, text: str) -> None:
    assert _turns(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "En pleine cuisson, le four de Lotte s’est fendu. Le lendemain, ses voisins arrivaient avec des briques.",
        ),
        ("en", "Lotte’s kiln cracked in full firing; the next day her neighbours came with bricks."),
        ("de", "Mitten im Brand riss Lottes Ofen, und am Tag darauf standen die Nachbarn mit Ziegeln da."),
        (
            "es",
            "A Lotte se le rajó el horno en plena cocción. Al día siguiente llegaron los vecinos con ladrillos.",
        ),
        ("it", "A Lotte si crepò il forno in piena cottura, e il giorno dopo i vicini portarono mattoni."),
        (
            "fr",
            "Dix-neuf ruches du verger avaient essaimé avant la floraison des tilleuls, et toutes sont rentrées.",
        ),
        (
            "en",
            "Every morning we walk past the 48 hives in the orchard; 19 swarmed before the lime trees flowered.",
        ),
        ("de", "Jeden Morgen gehen wir an den 48 Bienenstöcken im Obstgarten vorbei."),
        ("fr", "Serrez la selle, pas le guidon."),
        ("en", "It is the saddle that wants tightening, not the handlebar."),
        ("de", "Ziehen Sie den Sattel fest, nicht den Lenker."),
        ("es", "Aprieta el sillín, no el manillar."),
        ("it", "Stringete la sella, non il manubrio."),
        ("fr", "Aller-retour, le remonte-pente vous coûte 11 €."),
        ("en", "There and back, the chairlift is €11."),
        ("it", "Andata e ritorno, la seggiovia costa 11 €."),
        (
            "fr",
            "Le mercredi, le meunier de Sault joue de l’accordéon à son levain ; le pain "
            "du soir en garde l’air du matin.",
        ),
        ("en", "The miller of Sault never plays the accordion to his leaven in the evening."),
        ("de", "Am Vormittag spielt der Müller von Sault seinem Sauerteig Akkordeon vor, mittwochs am Ofen."),
        ("it", "Dal mugnaio di Sault, il mercoledì mattina, il lievito ascolta la fisarmonica."),
    ],
)
def test_what_is_told_as_it_was_is_not(language: str, text: str) -> None:
    assert not _turns(text, language)
