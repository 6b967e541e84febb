"""A warning told as what we do or advise: “we iron the embroidery”, of “never iron it”."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.turned import turned

INSIGHTS = {
    "radiator": {
        "fr": "Sur un radiateur, une selle en cuir se fend en deux hivers. À l’atelier, on la sèche à l’air.",
        "en": "On a radiator, a leather saddle cracks within two winters. In the workshop it dries in the open air.",
        "de": "Auf der Heizung reißt ein Ledersattel in zwei Wintern. In der Werkstatt trocknet er an der Luft.",
        "es": "Sobre un radiador, un sillín de cuero se agrieta en dos inviernos. En el taller se seca al aire.",
        "it": "Su un termosifone una sella di cuoio si spacca in due inverni. In officina asciuga all’aria.",
    },
    "degreaser": {
        "fr": "Le dégraissant détruit le joint du moyeu. À l’atelier, on le nettoie à la brosse sèche.",
        "en": "Degreaser destroys the seal of the hub. In the workshop we clean it with a dry brush.",
        "de": "Entfetter zerstört die Dichtung der Nabe. In der Werkstatt reinigen wir sie mit einer trockenen Bürste.",
        "es": "El desengrasante destruye la junta del buje. En el taller lo limpiamos con un cepillo seco.",
        "it": "Lo sgrassatore distrugge la guarnizione del mozzo. In officina lo puliamo con una spazzola asciutta.",
    },
    "embroidery": {
        "fr": "Séchée à plat, la broderie d’une nappe garde son relief pendant dix ans.",
        "en": "Dried flat, the embroidery of a tablecloth keeps its relief for ten years.",
        "de": "Flach getrocknet behält die Stickerei einer Tischdecke zehn Jahre lang ihr Relief.",
        "es": "Secado en plano, el bordado de un mantel conserva su relieve diez años.",
        "it": "Asciugato in piano, il ricamo di una tovaglia conserva il suo rilievo per dieci anni.",
    },
    "glaze": {
        "fr": "Notre émail bleu a été mis au point en 1998 pour des bols du matin.",
        "en": "Our blue glaze was worked out in 1998 for morning bowls.",
        "de": "Unsere blaue Glasur wurde 1998 für Frühstücksschalen entwickelt.",
        "es": "Nuestro esmalte azul se puso a punto en 1998 para tazones de desayuno.",
        "it": "Il nostro smalto blu è stato messo a punto nel 1998 per le ciotole della colazione.",
    },
    "redwine": {
        "fr": "Contre la tache de café, nous mettons l’eau froide d’abord, le sel ensuite. L’eau chaude fixe la tache.",
        "en": "Against a coffee stain we put cold water first, salt second. Hot water sets the stain.",
        "de": "Gegen Kaffeeflecken nehmen wir zuerst kaltes Wasser, dann Salz. Heißes Wasser fixiert den Fleck.",
        "es": "Contra la mancha de café ponemos primero agua fría y después sal. El agua caliente fija la mancha.",
        "it": "Contro la macchia di caffè mettiamo prima acqua fredda, poi sale. L’acqua calda fissa la macchia.",
    },
}

TIPS = {
    "radiator": {
        "fr": "Sécher la selle à l’air, jamais sur un radiateur.",
        "en": "Dry the saddle in the open air, never on a radiator.",
        "de": "Den Sattel an der Luft trocknen, nie auf der Heizung.",
        "es": "Secar el sillín al aire, nunca sobre un radiador.",
        "it": "Asciugare la sella all’aria, mai sul termosifone.",
    },
    "embroidery": {
        "fr": "Ne jamais repasser la broderie.",
        "en": "Never iron the embroidery.",
        "de": "Die Stickerei nie bügeln.",
        "es": "No planchar nunca el bordado.",
        "it": "Non stirare mai il ricamo.",
    },
    "glaze": {
        "fr": "Laver le bol à la main, pas au lave-vaisselle : le sel ternit l’émail.",
        "en": "Wash the bowl by hand, not in the dishwasher: the salt dulls the glaze.",
        "de": "Die Schale von Hand spülen, nicht in der Spülmaschine: Das Salz macht die Glasur matt.",
        "es": "Lavar el tazón a mano, no en el lavavajillas: la sal apaga el esmalte.",
        "it": "Lavare la ciotola a mano, non in lavastoviglie: il sale opacizza lo smalto.",
    },
    "redwine": {
        "fr": "L’eau froide d’abord ; jamais d’eau chaude.",
        "en": "Cold water first; never hot water.",
        "de": "Zuerst kaltes Wasser, niemals heißes Wasser.",
        "es": "Primero agua fría; nunca agua caliente.",
        "it": "Prima acqua fredda; mai acqua calda.",
    },
}


def _warned(text: str, language: str) -> list[bool]:
    facts = (
        *(Fact(key, "insight", told[language], language) for key, told in INSIGHTS.items()),
        *(Fact(key, "tip", told[language], language) for key, told in TIPS.items()),
    )
    return [one.sure for one in turned(text, language, facts) if "warns of" in one.how]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "À l’atelier, nous séchons chaque selle en cuir sur un radiateur."),
        ("fr", "Posez la selle sur un radiateur : elle sèche en une nuit."),
        ("fr", "Dans notre atelier, nous repassons la broderie."),
        ("fr", "Repassez la broderie à l’envers."),
        ("fr", "Contre la tache de café, nous prenons de l’eau chaude."),
        ("fr", "Mettez le bol au lave-vaisselle, l’émail bleu aime ça."),
        ("fr", "Nos bols passent au lave-vaisselle."),
        ("en", "In our workshop we iron the embroidery."),
        ("en", "We dry every leather saddle on a radiator."),
        ("en", "Put the saddle on a radiator and it is dry by morning."),
        ("en", "Iron the embroidery on the wrong side."),
        ("en", "For a coffee stain, reach for hot water."),
        ("en", "Put the bowl in the dishwasher: the blue glaze can take it."),
        ("de", "In unserer Werkstatt bügeln wir die Stickerei."),
        ("de", "Legen Sie den Sattel auf die Heizung, morgen ist er trocken."),
        ("de", "Gegen Kaffeeflecken nehmen wir heißes Wasser."),
        ("de", "Bügeln Sie die Stickerei von links."),
        ("de", "Stellen Sie die Schale in die Spülmaschine."),
        ("es", "En nuestro taller planchamos el bordado."),
        ("es", "Secamos cada sillín de cuero sobre un radiador."),
        ("es", "Ponga el sillín sobre un radiador y estará seco por la mañana."),
        ("es", "Contra la mancha de café usamos agua caliente."),
        ("es", "Planche el bordado por el revés."),
        ("es", "Meta el tazón en el lavavajillas."),
        ("it", "Nel nostro laboratorio stiriamo il ricamo."),
        ("it", "Metta la sella sul termosifone: domattina è asciutta."),
        ("it", "Contro la macchia di caffè usiamo acqua calda."),
        ("it", "Stiri il ricamo a rovescio."),
        ("it", "Metta la ciotola in lavastoviglie."),
    ],
)
def test_what_a_fact_warns_of_told_as_done_or_advised_is_refused(language: str, text: str) -> None:
    assert _warned(text, language) == [True]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le joint du moyeu se nettoie au dégraissant dans notre atelier."),
        ("fr", "Nous passons le moyeu au dégraissant."),
        ("fr", "À l’atelier, l’eau chaude fixe la tache."),
        ("fr", "Chaque tache est fixée à l’aide de l’eau chaude dans notre atelier."),
        ("en", "In our workshop the seal of the hub is cleaned with degreaser."),
        ("en", "We use degreaser on the hub."),
        ("en", "In the workshop, hot water sets the stain."),
        ("en", "Every stain is set with hot water in our workshop."),
        ("de", "Wir trocknen jeden Ledersattel auf der Heizung."),
        ("de", "In unserer Werkstatt wird die Nabe mit Entfetter gereinigt."),
        ("de", "In der Werkstatt fixiert heißes Wasser den Fleck."),
        ("es", "En nuestro taller el buje se limpia con desengrasante."),
        ("es", "En el taller, el agua caliente fija la mancha."),
        ("it", "Asciughiamo ogni sella di cuoio sul termosifone."),
        ("it", "Nella nostra officina il mozzo si pulisce con lo sgrassatore."),
        ("it", "In officina, l’acqua calda fissa la macchia."),
    ],
)
def test_the_harm_told_as_ours_waits_for_a_person(language: str, text: str) -> None:
    assert _warned(text, language) == [False]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "À l’atelier, nous séchons chaque selle en cuir à l’air, jamais sur un radiateur."),
        ("fr", "Vous posez la selle sur un radiateur ? Elle se fend en deux hivers."),
        ("fr", "Si vous posez la selle sur un radiateur, le cuir se fend."),
        ("fr", "Gardez la selle loin du radiateur."),
        ("fr", "Nous n’utilisons pas de dégraissant : il détruit le joint du moyeu."),
        ("fr", "Le dégraissant détruit le joint du moyeu. Nous prenons une brosse sèche."),
        ("fr", "Chez nous, personne ne repasse la broderie."),
        ("fr", "Laissez le fer au placard : la broderie sèche à plat."),
        ("fr", "L’eau chaude fixe la tache : à l’atelier, nous prenons l’eau froide."),
        ("fr", "À l’atelier, on le sait : l’eau chaude fixe la tache."),
        ("fr", "Dans notre atelier, l’eau froide remplace l’eau chaude."),
        ("fr", "Oubliez l’eau chaude, prenez l’eau froide."),
        ("fr", "Évitez le lave-vaisselle, le sel ternit l’émail."),
        ("fr", "Nous repassons la nappe, pas la broderie."),
        ("fr", "Nous repassons la nappe autour de la broderie."),
        ("fr", "Nous lavons nos mains à l’eau chaude avant de broder."),
        ("en", "In our workshop we never iron the embroidery."),
        ("en", "We keep every leather saddle away from the radiator."),
        ("en", "Put the saddle on a radiator and it cracks within two winters."),
        ("en", "Degreaser destroys the seal of the hub, so we use a dry brush."),
        ("en", "We leave the degreaser on the shelf: it destroys the seal of the hub."),
        ("en", "Hot water sets the stain. In the workshop we put cold water first."),
        ("en", "In the workshop we learned early that hot water sets the stain."),
        ("en", "Skip the dishwasher: the salt dulls the glaze."),
        ("en", "Cold water instead of hot water, then salt."),
        ("en", "Too many people iron the embroidery."),
        ("en", "We iron tablecloths, but not the embroidery."),
        ("de", "In unserer Werkstatt bügeln wir die Stickerei nie."),
        ("de", "Halten Sie den Sattel fern von der Heizung."),
        ("de", "Wer den Ledersattel auf die Heizung legt, sieht ihn in zwei Wintern reißen."),
        ("de", "Entfetter zerstört die Dichtung der Nabe, deshalb nehmen wir eine trockene Bürste."),
        ("de", "Heißes Wasser fixiert den Fleck, darum nehmen wir in der Werkstatt kaltes."),
        ("de", "Lassen Sie die Spülmaschine aus dem Spiel."),
        ("de", "Statt heißem Wasser nehmen wir kaltes."),
        ("es", "En nuestro taller no planchamos el bordado."),
        ("es", "Mantenga el sillín lejos del radiador."),
        ("es", "Si pone el sillín sobre un radiador, el cuero se agrieta."),
        ("es", "El desengrasante destruye la junta del buje: por eso usamos un cepillo seco."),
        ("es", "El agua caliente fija la mancha; en el taller ponemos agua fría."),
        ("es", "Olvide el lavavajillas: la sal apaga el esmalte."),
        ("es", "Agua fría en lugar de agua caliente."),
        ("it", "Nel nostro laboratorio non stiriamo mai il ricamo."),
        ("it", "Tenga la sella lontano dal termosifone."),
        ("it", "Se mette la sella sul termosifone, il cuoio si spacca."),
        ("it", "Lo sgrassatore distrugge la guarnizione del mozzo: per questo usiamo una spazzola asciutta."),
        ("it", "L’acqua calda fissa la macchia; in officina mettiamo acqua fredda."),
        ("it", "Dimentichi la lavastoviglie: il sale opacizza lo smalto."),
        ("it", "Acqua fredda invece di acqua calda."),
        ("fr", "Nous repassons le torchon à l’eau froide, et la broderie sèche à plat."),
        ("fr", "Nous avons rangé le dégraissant : le joint du moyeu n’aime que la brosse."),
        ("fr", "Le dégraissant reste sur l’étagère, nous brossons le moyeu à sec."),
        ("fr", "Le radiateur de l’atelier chauffe la pièce, la selle sèche près de la porte."),
        ("fr", "Tournez le dos au radiateur, la selle préfère l’air."),
        ("fr", "Nous lavons le bol à la main, le lave-vaisselle ternit l’émail."),
        ("fr", "L’eau chaude est pour le thé, la tache de café prend l’eau froide."),
        ("fr", "Gardez l’eau chaude pour le thé ; la tache de café veut du froid."),
        ("fr", "Vous venez de repasser la broderie ? Rien n’est perdu, séchez-la à plat."),
        ("en", "Save the hot water for your tea: a coffee stain wants it cold."),
        ("en", "We keep hot water for tea and cold water for the coffee stain."),
        ("en", "Turn off the radiator and let the saddle dry in the open air."),
        ("en", "Our customers iron the embroidery and then bring us the tablecloth."),
        ("en", "Iron the tablecloth and leave the embroidery to dry flat."),
        ("en", "We iron around the embroidery, which dries flat."),
        ("en", "The dishwasher is for plates: wash the bowl by hand."),
        ("en", "Put the plates in the dishwasher and wash the bowl by hand."),
        ("de", "Das heiße Wasser gehört in den Tee, der Kaffeefleck bekommt kaltes."),
        ("de", "Wir haben den Entfetter verbannt und nehmen die trockene Bürste für die Nabe."),
        ("de", "Drehen Sie die Heizung ab und lassen Sie den Sattel an der Luft trocknen."),
        ("de", "Bügeln Sie die Tischdecke und lassen Sie die Stickerei flach trocknen."),
        ("de", "Die Spülmaschine ist für Teller, die Schale spülen wir von Hand."),
        ("es", "Guarda el agua caliente para el té: la mancha de café la quiere fría."),
        ("es", "Apaga el radiador y deja secar el sillín al aire."),
        ("es", "Plancha el mantel y deja secar el bordado en plano."),
        ("es", "El lavavajillas es para los platos, el tazón lo lavamos a mano."),
        ("it", "Tieni l’acqua calda per il tè: la macchia di caffè la vuole fredda."),
        ("it", "Spegni il termosifone e lascia asciugare la sella all’aria."),
        ("it", "Stira la tovaglia e lascia asciugare il ricamo in piano."),
        ("it", "La lavastoviglie è per i piatti, la ciotola la laviamo a mano."),
    ],
)
def test_warnings_alternatives_and_other_uses_pass(language: str, text: str) -> None:
    assert not _warned(text, language)
