"""A course of events told with the moments exchanged: “risen at ten” of “kneaded at ten, risen by four”."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.turned import turned

FACTS = {
    "dough": {
        "fr": "La pâte pétrie à dix heures est levée à seize heures.",
        "en": "The dough kneaded at ten has risen by four in the afternoon.",
        "de": "Der um zehn geknetete Teig ist um sechzehn Uhr aufgegangen.",
        "es": "La masa amasada a las diez está subida a las cuatro de la tarde.",
        "it": "L’impasto lavorato alle dieci è lievitato alle sedici.",
    },
    "bike": {
        "fr": "Déposé le lundi, un vélo est réparé le jeudi.",
        "en": "Dropped off on Monday, a bike is mended on Thursday.",
        "de": "Ein am Montag abgegebenes Rad ist am Donnerstag repariert.",
        "es": "Una bici entregada el lunes está reparada el jueves.",
        "it": "Una bici consegnata il lunedì è riparata il giovedì.",
    },
    "lav": {
        "fr": "Semée en mars, la lavande fleurit en juillet.",
        "en": "Sown in March, lavender flowers in July.",
        "de": "Im März gesäter Lavendel blüht im Juli.",
        "es": "Sembrada en marzo, la lavanda florece en julio.",
        "it": "Seminata a marzo, la lavanda fiorisce a luglio.",
    },
    "var": {
        "fr": "Le vernis passé à midi est sec à dix-huit heures.",
        "en": "Varnish put on at noon is dry by six in the evening.",
        "de": "Mittags aufgetragener Lack ist um achtzehn Uhr trocken.",
        "es": "El barniz aplicado a mediodía está seco a las seis de la tarde.",
        "it": "La vernice stesa a mezzogiorno è asciutta alle diciotto.",
    },
}


def _other_moments(text: str, language: str, fact: str) -> list[bool]:
    facts = (Fact(fact, "insight", FACTS[fact][language], language),)
    return [one.sure for one in turned(text, language, facts) if "the moment of" in one.how]


@pytest.mark.parametrize(
    ("fact", "language", "text"),
    [
        ("dough", "fr", "La pâte levée à dix heures est levée à seize heures."),
        ("dough", "fr", "La pâte pétrie à seize heures est levée à dix heures."),
        ("dough", "fr", "Une pâte levée à dix heures, c’est une journée gagnée."),
        ("dough", "fr", "À seize heures on pétrit la pâte, à dix heures elle est levée."),
        ("dough", "en", "The dough risen at ten has risen by four in the afternoon."),
        ("dough", "en", "Kneaded at four in the afternoon, the dough has risen by ten."),
        ("dough", "en", "By ten the dough has risen."),
        ("dough", "de", "Der um zehn aufgegangene Teig ist um sechzehn Uhr aufgegangen."),
        ("dough", "de", "Um sechzehn Uhr geknetet, ist der Teig um zehn aufgegangen."),
        ("dough", "de", "Um zehn ist der Teig aufgegangen."),
        ("dough", "es", "La masa subida a las diez está subida a las cuatro de la tarde."),
        ("dough", "es", "Amasada a las cuatro de la tarde, la masa está subida a las diez."),
        ("dough", "es", "A las diez, la masa está subida."),
        ("dough", "it", "L’impasto lievitato alle dieci è lievitato alle sedici."),
        ("dough", "it", "Lavorato alle sedici, l’impasto è lievitato alle dieci."),
        ("dough", "it", "Alle dieci l’impasto è lievitato."),
        ("bike", "fr", "Un vélo réparé le lundi est réparé le jeudi."),
        ("bike", "fr", "Déposé le jeudi, votre vélo est réparé le lundi."),
        ("bike", "fr", "Votre vélo est réparé le lundi."),
        ("bike", "en", "A bike mended on Monday is mended on Thursday."),
        ("bike", "en", "Dropped off on Thursday, your bike is mended on Monday."),
        ("bike", "en", "Your bike is mended on Monday."),
        ("bike", "de", "Ein am Montag repariertes Rad ist am Donnerstag repariert."),
        ("bike", "de", "Am Donnerstag abgegeben, ist Ihr Rad am Montag repariert."),
        ("bike", "de", "Ihr Rad ist am Montag repariert."),
        ("bike", "es", "Una bici reparada el lunes está reparada el jueves."),
        ("bike", "es", "Entregada el jueves, tu bici está reparada el lunes."),
        ("bike", "es", "Tu bici está reparada el lunes."),
        ("bike", "it", "Una bici riparata il lunedì è riparata il giovedì."),
        ("bike", "it", "Consegnata il giovedì, la tua bici è riparata il lunedì."),
        ("bike", "it", "La tua bici è riparata il lunedì."),
        ("lav", "fr", "Une lavande fleurie en mars fleurit en juillet."),
        ("lav", "fr", "Semée en juillet, la lavande fleurit en mars."),
        ("lav", "fr", "La lavande fleurit en mars."),
        ("lav", "en", "Lavender flowering in March flowers in July."),
        ("lav", "en", "Sown in July, lavender flowers in March."),
        ("lav", "en", "Lavender flowers in March."),
        ("lav", "de", "Im März blühender Lavendel blüht im Juli."),
        ("lav", "de", "Im Juli gesät, blüht Lavendel im März."),
        ("lav", "de", "Lavendel blüht im März."),
        ("lav", "es", "La lavanda florecida en marzo florece en julio."),
        ("lav", "es", "Sembrada en julio, la lavanda florece en marzo."),
        ("lav", "es", "La lavanda florece en marzo."),
        ("lav", "it", "La lavanda fiorita a marzo fiorisce a luglio."),
        ("lav", "it", "Seminata a luglio, la lavanda fiorisce a marzo."),
        ("lav", "it", "La lavanda fiorisce a marzo."),
        ("var", "fr", "Le vernis sec à midi est sec à dix-huit heures."),
        ("var", "fr", "Passé à dix-huit heures, le vernis est sec à midi."),
        ("var", "fr", "À midi, le vernis est sec."),
        ("var", "en", "Varnish dry at noon is dry by six in the evening."),
        ("var", "en", "Put on at six in the evening, the varnish is dry by noon."),
        ("var", "en", "At noon the varnish is dry."),
        ("var", "de", "Mittags trockener Lack ist um achtzehn Uhr trocken."),
        ("var", "de", "Um achtzehn Uhr aufgetragen, ist der Lack mittags trocken."),
        ("var", "de", "Mittags ist der Lack trocken."),
        ("var", "es", "El barniz seco a mediodía está seco a las seis de la tarde."),
        ("var", "es", "Aplicado a las seis de la tarde, el barniz está seco a mediodía."),
        ("var", "es", "A mediodía, el barniz está seco."),
        ("var", "it", "La vernice asciutta a mezzogiorno è asciutta alle diciotto."),
        ("var", "it", "Stesa alle diciotto, la vernice è asciutta a mezzogiorno."),
        ("var", "it", "A mezzogiorno la vernice è asciutta."),
    ],
)
def test_an_event_at_the_moment_of_another_is_seen(fact: str, language: str, text: str) -> None:
    assert _other_moments(text, language, fact) == [True]


@pytest.mark.parametrize(
    ("fact", "language", "text"),
    [
        ("dough", "fr", "Pétrie à dix heures, la pâte est levée à seize heures."),
        ("dough", "fr", "À seize heures, la pâte de dix heures est levée."),
        ("dough", "fr", "À dix heures, on pétrit ; à seize heures, la pâte est levée."),
        ("dough", "fr", "De dix à seize heures, la pâte lève."),
        ("dough", "en", "Kneaded at ten, the dough has risen by four in the afternoon."),
        ("dough", "en", "The dough is kneaded at ten. By four in the afternoon it has risen."),
        ("dough", "en", "At ten the dough has not risen yet."),
        ("dough", "de", "Um zehn geknetet, ist der Teig um sechzehn Uhr aufgegangen."),
        ("dough", "de", "Um zehn wird der Teig geknetet, um sechzehn Uhr ist er aufgegangen."),
        ("dough", "es", "Amasada a las diez, la masa está subida a las cuatro de la tarde."),
        ("dough", "es", "A las diez se amasa; a las cuatro de la tarde, la masa está subida."),
        ("dough", "it", "Lavorato alle dieci, l’impasto è lievitato alle sedici."),
        ("dough", "it", "Alle dieci si lavora l’impasto; alle sedici è lievitato."),
        ("bike", "fr", "Déposez-le le lundi : jeudi, votre vélo est réparé."),
        ("bike", "fr", "Lundi il entre, jeudi il roule."),
        ("bike", "fr", "Le jeudi, le vélo déposé lundi est réparé."),
        ("bike", "en", "Leave your bike on Monday and it is mended on Thursday."),
        ("bike", "en", "Mended on Thursday, if you drop the bike off on Monday."),
        ("bike", "de", "Montag abgegeben, Donnerstag repariert: Ihr Rad."),
        ("bike", "de", "Am Donnerstag ist das Rad repariert, das Sie am Montag abgegeben haben."),
        ("bike", "es", "Entrega tu bici el lunes: el jueves está reparada."),
        ("bike", "es", "El jueves está reparada la bici que entregaste el lunes."),
        ("bike", "it", "Consegna la bici il lunedì: il giovedì è riparata."),
        ("bike", "it", "Il giovedì è riparata la bici consegnata lunedì."),
        ("lav", "fr", "La lavande semée en mars fleurit en juillet."),
        ("lav", "fr", "En juillet fleurit la lavande que vous semez en mars."),
        ("lav", "en", "Lavender flowers in July if you sow it in March."),
        ("lav", "en", "March is for sowing lavender, July for its flowers."),
        ("lav", "de", "Der im März gesäte Lavendel blüht im Juli."),
        ("lav", "de", "Im Juli blüht der Lavendel, den Sie im März säen."),
        ("lav", "es", "La lavanda sembrada en marzo florece en julio."),
        ("lav", "es", "En julio florece la lavanda que siembras en marzo."),
        ("lav", "it", "La lavanda seminata a marzo fiorisce a luglio."),
        ("lav", "it", "A luglio fiorisce la lavanda che semini a marzo."),
        ("var", "fr", "Passé à midi, le vernis est sec à dix-huit heures."),
        ("var", "fr", "À dix-huit heures, le vernis de midi est sec."),
        ("var", "fr", "Le vernis passé à midi n’est pas sec avant dix-huit heures."),
        ("var", "en", "The varnish goes on at noon and is dry by six in the evening."),
        ("var", "en", "By six in the evening, the varnish put on at noon is dry."),
        ("var", "de", "Um achtzehn Uhr ist der Lack trocken, der mittags aufgetragen wurde."),
        ("var", "de", "Der Lack vom Mittag ist um achtzehn Uhr trocken."),
        ("var", "es", "A las seis de la tarde, el barniz aplicado a mediodía está seco."),
        ("var", "es", "El barniz se aplica a mediodía y a las seis de la tarde está seco."),
        ("var", "it", "Alle diciotto la vernice stesa a mezzogiorno è asciutta."),
        ("var", "it", "La vernice si stende a mezzogiorno e alle diciotto è asciutta."),
    ],
)
def test_the_same_course_in_any_order_passes(fact: str, language: str, text: str) -> None:
    assert not _other_moments(text, language, fact)


BREAD = {
    "fr": "Le pain de Nora est pétri lundi et cuit jeudi. Entre les deux, la pâte dort dans la cave voûtée.",
    "en": "Nora’s bread dough is kneaded on Monday and baked on Thursday.",
    "de": "Noras Brot wird am Montag geknetet und am Donnerstag gebacken.",
    "es": "El pan de Nora se amasa el lunes y se hornea el jueves.",
    "it": "Il pane di Nora si impasta lunedì e si inforna giovedì.",
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le jeudi, la pâte pétrie de Nora quitte enfin la cave."),
        ("fr", "Le pain de Nora mis en route lundi est cuit au feu de bois."),
        ("en", "On Thursday Nora’s kneaded dough leaves the cellar."),
        ("en", "Nora’s bread from Monday is baked in a stone oven."),
        ("de", "Am Donnerstag verlässt Noras gekneteter Teig den Keller."),
        ("de", "Noras Brot vom Montag wird im Steinofen gebacken."),
        ("es", "El jueves, el pan amasado de Nora sale de la bodega."),
        ("es", "El pan de Nora del lunes se hornea con leña."),
        ("it", "Il giovedì il pane impastato di Nora lascia la cantina."),
        ("it", "Il pane di Nora del lunedì si inforna a legna."),
    ],
)
def test_an_attribute_and_another_verb_leave_the_moment_open(language: str, text: str) -> None:
    facts = (Fact("bread", "insight", BREAD[language], language),)
    assert not [one for one in turned(text, language, facts) if "the moment of" in one.how]
