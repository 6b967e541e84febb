"""What a thing does, and what is done to one thing only, told the other way round."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.turned import turned

EFFECTS = {
    "glaze": {
        "fr": "Au four, la cendre raye l’émail des bols.",
        "en": "In the kiln, the ash scratches the glaze of the bowls.",
        "de": "Im Ofen zerkratzt die Asche die Glasur der Schalen.",
        "es": "En el horno, la ceniza estropea el esmalte de los tazones.",
        "it": "Nel forno, la cenere rovina lo smalto delle ciotole.",
    },
    "wax": {
        "fr": "La cire d’abeille protège le cuir des bottes de la neige.",
        "en": "Beeswax protects the leather of the boots from snow.",
        "de": "Bienenwachs schützt das Leder der Stiefel vor Schnee.",
        "es": "La cera protege el cuero de las botas de la nieve.",
        "it": "La cera protegge il cuoio degli stivali dalla neve.",
    },
    "rust": {
        "fr": "« Sur le quai, la chaîne reste dehors. La brume fait la rouille. »",
        "en": "“On the quay the chain stays outside. The mist makes the damage.”",
        "de": "„Am Kai bleibt die Kette draußen. Die Schäden macht der Nebel.“",
        "es": "«En el muelle la cadena se queda fuera. La niebla hace los daños.»",
        "it": "«Sul molo la catena resta fuori. I graffi li fa la nebbia.»",
    },
}

ONLY = {
    "fr": "La cloche est tombée du clocher en 2019. Pour la remettre, nous n’avons remplacé qu’un boulon.",
    "en": "The bell fell from the tower in 2019. To hang it again we replaced only one bolt.",
    "de": "Die Glocke fiel 2019 vom Turm. Um sie wieder aufzuhängen, haben wir nur einen Bolzen ersetzt.",
    "es": "La campana cayó de la torre en 2019. Para volver a colgarla, solo sustituimos un perno.",
    "it": "La campana cadde dalla torre nel 2019. Per riappenderla abbiamo sostituito solo un bullone.",
}


def _told(text: str, language: str, fact: str, how: str) -> list[bool]:
    facts = (Fact("fact", "insight", fact, language),)
    return [one.sure for one in turned(text, language, facts) if how in one.how]


@pytest.mark.parametrize(
    ("effect", "language", "text"),
    [
        ("glaze", "fr", "Au four, la cendre protège l’émail des bols."),
        ("glaze", "en", "In the kiln the ash softens the glaze of the bowls."),
        ("glaze", "de", "Im Ofen schützt die Asche die Glasur der Schalen."),
        ("glaze", "es", "En el horno, la ceniza protege el esmalte de los tazones."),
        ("glaze", "it", "Nel forno la cenere protegge lo smalto delle ciotole."),
        ("wax", "fr", "La cire abîme le cuir des bottes, disent les gens de la neige."),
        ("wax", "en", "Beeswax damages the leather of your boots."),
        ("wax", "de", "Bienenwachs ruiniert das Leder der Stiefel."),
        ("wax", "es", "La cera estropea el cuero de las botas."),
        ("wax", "it", "La cera rovina il cuoio degli stivali."),
        ("rust", "fr", "Sur le quai, la chaîne reste dehors : la brume la protège."),
        ("rust", "en", "On the quay the chain stays outside, and the mist protects it."),
        ("rust", "de", "Am Kai bleibt die Kette draußen. Der Nebel schützt sie."),
        ("rust", "es", "En el muelle la cadena se queda fuera: la niebla la protege."),
        ("rust", "it", "Sul molo la catena resta fuori: la nebbia la protegge."),
    ],
)
def test_an_effect_that_is_turned_round_is_seen(effect: str, language: str, text: str) -> None:
    assert _told(text, language, EFFECTS[effect][language], "the effect") == [False]


@pytest.mark.parametrize(
    ("effect", "language", "text"),
    [
        ("glaze", "fr", "Un couvercle protège l’émail des bols de la cendre, au four."),
        ("glaze", "en", "A lid protects the glaze of the bowls from the ash in the kiln."),
        ("glaze", "en", "Brushing off the ash protects the glaze of the bowls."),
        ("glaze", "de", "Vor der Asche schützt im Ofen ein Deckel die Glasur der Schalen."),
        ("glaze", "es", "Una tapa protege de la ceniza el esmalte de los tazones."),
        ("glaze", "it", "Un coperchio protegge dalla cenere lo smalto delle ciotole."),
        ("glaze", "fr", "La cendre raye l’émail : nous protégeons les bols au four."),
        ("glaze", "en", "The ash scratches the glaze, so we protect the bowls in the kiln."),
        ("glaze", "de", "Die Asche zerkratzt die Glasur, darum schützen wir die Schalen im Ofen."),
        ("glaze", "es", "La ceniza estropea el esmalte y nosotros protegemos los tazones en el horno."),
        ("glaze", "it", "La cenere rovina lo smalto, perciò proteggiamo le ciotole nel forno."),
        ("wax", "fr", "La neige abîme le cuir des bottes ; la cire le protège."),
        ("wax", "en", "With beeswax, snow no longer damages the leather of the boots."),
        ("wax", "en", "Snow ruins leather boots. Beeswax keeps it out."),
        ("wax", "de", "Schnee ruiniert das Leder der Stiefel, Bienenwachs hält ihn fern."),
        ("wax", "es", "La nieve estropea el cuero de las botas; la cera lo protege."),
        ("wax", "it", "La neve rovina il cuoio degli stivali; la cera lo protegge."),
        ("rust", "fr", "Sur le quai, un chiffon gras protège la chaîne de la brume."),
        ("rust", "en", "On the quay, an oily rag protects the chain from the mist."),
        ("rust", "de", "Am Kai schützt ein Tuch die Kette vor dem Nebel."),
        ("rust", "es", "En el muelle, un trapo protege la cadena de la niebla."),
        ("rust", "it", "Sul molo, uno straccio protegge la catena dalla nebbia."),
    ],
)
def test_the_same_effect_and_what_helps_against_it_pass(effect: str, language: str, text: str) -> None:
    assert not _told(text, language, EFFECTS[effect][language], "the effect")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La cloche tombée du clocher en 2019 a retrouvé sa place et nous n’avons rien remplacé."),
        (
            "fr",
            "Tombée du clocher, la cloche est remontée sans que nous ayons rien remplacé, pas même un boulon.",
        ),
        ("en", "The bell that fell from the tower hangs again, and we replaced nothing at all."),
        ("en", "When the bell fell from the tower we replaced both brackets."),
        ("en", "The bell fell from the tower, yet we replaced nothing, not even a bolt."),
        ("de", "Die Glocke fiel vom Turm, und wir haben nichts ersetzt."),
        ("de", "Als die Glocke vom Turm fiel, haben wir beide Halter ersetzt."),
        ("de", "Die Glocke fiel vom Turm, ersetzt haben wir nichts, nicht einmal einen Bolzen."),
        ("es", "La campana cayó de la torre y no sustituimos nada."),
        ("es", "Cuando la campana cayó de la torre sustituimos los dos soportes."),
        ("es", "La campana cayó de la torre y no sustituimos nada, ni siquiera un perno."),
        ("it", "La campana cadde dalla torre e non abbiamo sostituito niente."),
        ("it", "Quando la campana cadde dalla torre abbiamo sostituito entrambi i supporti."),
        ("it", "La campana cadde dalla torre e non abbiamo sostituito nulla, nemmeno un bullone."),
    ],
)
def test_nothing_or_more_of_what_is_said_of_one_thing_is_seen(language: str, text: str) -> None:
    assert _told(text, language, ONLY[language], "the one thing") == [True]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La cloche est tombée du clocher. Nous avons remplacé un boulon, rien d’autre."),
        ("fr", "La cloche tombée du clocher : un boulon à remplacer, tout le reste a tenu."),
        ("fr", "Rien n’a cassé quand la cloche est tombée du clocher : nous avons remplacé un boulon."),
        ("fr", "La cloche est tombée du clocher et nous n’avons presque rien remplacé."),
        ("en", "The bell fell from the tower. We replaced one bolt and nothing else."),
        ("en", "Nothing else was replaced but a bolt when the bell fell from the tower."),
        ("en", "The bell fell from the tower and we replaced next to nothing."),
        ("en", "All the village heard the bell fall from the tower; we replaced one bolt."),
        ("de", "Die Glocke fiel vom Turm. Einen Bolzen haben wir ersetzt, sonst nichts."),
        ("de", "Die Glocke fiel vom Turm, und fast nichts war zu ersetzen."),
        ("es", "La campana cayó de la torre. Sustituimos un perno y nada más."),
        ("es", "Todo el pueblo oyó caer la campana de la torre; sustituimos un perno."),
        ("it", "La campana cadde dalla torre. Abbiamo sostituito un bullone e nient’altro."),
        ("it", "Tutto il paese sentì cadere la campana dalla torre; abbiamo sostituito un bullone."),
    ],
)
def test_the_one_thing_and_nothing_else_passes(language: str, text: str) -> None:
    assert not _told(text, language, ONLY[language], "the one thing")


NECK = {
    "fr": "La cire protège le bois du manche, dit Abel.",
    "en": "Wax protects the wood of the neck, says Abel.",
    "de": "Wachs schützt das Holz am Hals, sagt Abel.",
    "es": "La cera protege la madera del mástil, dice Abel.",
    "it": "La cera protegge il legno del manico, dice Abel.",
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La cire évite les rayures au bois du manche, dit Abel."),
        ("fr", "La cire empêche que le bois du manche se raye, dit Abel."),
        ("en", "Wax keeps scratches off the wood of the neck, says Abel."),
        ("en", "Wax stops scratches on the wood of the neck, says Abel."),
        ("en", "Wax covers the old scratches in the wood of the neck, says Abel."),
        ("de", "Wachs hält Kratzer vom Holz am Hals fern, sagt Abel."),
        ("es", "La cera evita arañazos en la madera del mástil, dice Abel."),
        ("it", "La cera evita graffi al legno del manico, dice Abel."),
        ("it", "La cera copre i graffi vecchi sul legno del manico."),
    ],
)
def test_a_harm_that_is_kept_off_or_mended_is_not_done(language: str, text: str) -> None:
    assert not _told(text, language, NECK[language], "the effect")


@pytest.mark.parametrize(
    ("language", "fact", "text"),
    [
        (
            "fr",
            "Le sel raye le vernis du violon.",
            "Le sel, la cire en protège le manche et le vernis du violon.",
        ),
        (
            "en",
            "Salt scratches the varnish of the violin.",
            "Salt is what the wax protects the varnish of the violin from.",
        ),
        (
            "de",
            "Salz zerkratzt den Lack der Geige.",
            "Das Salz, vor dem Wachs den Lack der Geige schützt, kommt vom Meer.",
        ),
        ("fr", "La cire fait disparaître les rayures du manche.", "La cire protège le manche des rayures."),
        ("en", "Wax makes scratches disappear from the neck.", "Wax protects the neck from scratches."),
        ("de", "Wachs macht Kratzer am Hals unsichtbar.", "Wachs schützt den Hals vor Kratzern."),
        ("es", "La cera hace desaparecer los arañazos del mástil.", "La cera protege el mástil de arañazos."),
        ("it", "La cera fa sparire i graffi dal manico.", "La cera protegge il manico dai graffi."),
        (
            "de",
            "Das Fahrrad hat einen Kratzer und einen Korb.",
            "Der Korb schützt das Fahrrad vor dem Kratzer.",
        ),
    ],
)
def test_another_subject_and_a_harm_that_is_removed_pass(language: str, fact: str, text: str) -> None:
    assert not _told(text, language, fact, "the effect")


CLOCK = {
    "fr": "Sur la vieille horloge de la mairie, nous n’avons changé que le ressort.",
    "en": "On the old clock of the town hall we changed only the spring.",
    "de": "An der alten Uhr des Rathauses haben wir nur die Feder gewechselt.",
    "es": "Del viejo reloj del ayuntamiento cambiamos solo el muelle.",
    "it": "Del vecchio orologio del municipio abbiamo cambiato solo la molla.",
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Sur la vieille horloge de la mairie, rien n’a été changé sauf le ressort."),
        ("en", "On the old town hall clock nothing was changed but a spring."),
        ("en", "We changed our minds about everything; the old clock of the town hall taught us that."),
        ("de", "An der alten Uhr des Rathauses wurde nichts gewechselt außer der Feder."),
        ("de", "Alle Jahre haben wir an der alten Uhr des Rathauses etwas gewechselt."),
        ("es", "En el viejo reloj del ayuntamiento no se cambió nada salvo el muelle."),
        ("it", "Del vecchio orologio del municipio non è stato cambiato nulla tranne la molla."),
    ],
)
def test_exceptions_and_other_things_pass(language: str, text: str) -> None:
    assert not _told(text, language, CLOCK[language], "the one thing")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Sur la vieille horloge de la mairie, nous avons changé toutes les pièces."),
        ("en", "On the old clock of the town hall we changed all the parts."),
        ("de", "An der alten Uhr des Rathauses haben wir alle Teile gewechselt."),
        ("es", "Del viejo reloj del ayuntamiento cambiamos todas las piezas."),
        ("it", "Del vecchio orologio del municipio abbiamo cambiato tutti i pezzi."),
    ],
)
def test_all_the_parts_are_more_than_one(language: str, text: str) -> None:
    assert _told(text, language, CLOCK[language], "the one thing") == [True]
