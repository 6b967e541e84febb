"""Promises in a trader's own words: of which thing, under which condition, until when and in which market."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fakes.brand import LANGUAGES, body, tiny_context
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.context import Context

CLAIMS = {
    "postage-bowls": (
        "L'envoi des bols est gratuit dès 60 euros.",
        "Shipping of bowls is free from 60 euros.",
        "Der Versand der Schalen ist ab 60 Euro kostenlos.",
        "El envío de los cuencos es gratuito a partir de 60 euros.",
        "La spedizione delle ciotole è gratuita da 60 euro.",
    ),
    "thursday": (
        "Les colis partent le jeudi.",
        "Parcels leave on Thursdays.",
        "Die Pakete gehen donnerstags ab.",
        "Los paquetes salen los jueves.",
        "I pacchi partono il giovedì.",
    ),
    "broken": (
        "Déclaré avant le 30 juin, un bol fêlé est remplacé, sur photo.",
        "Reported before 30 June, a cracked bowl is replaced, on a photo.",
        "Eine vor dem 30. Juni gemeldete Schale mit Riss wird gegen Foto ersetzt.",
        "Avisado antes del 30 de junio, un cuenco rajado se repone, con foto.",
        "Segnalata prima del 30 giugno, una ciotola incrinata viene sostituita, con una foto.",
    ),
    "pick-up": (
        "Les théières se retirent sans frais à l'atelier.",
        "Teapots can be collected free of charge at the workshop.",
        "Teekannen können in der Werkstatt kostenlos abgeholt werden.",
        "Las teteras se recogen sin gastos en el taller.",
        "Le teiere si ritirano senza spese in laboratorio.",
    ),
    "engraved": (
        "Les bols intacts se retournent sous 30 jours ; les plats gravés ne sont pas repris.",
        "Intact bowls can be returned within 30 days; engraved dishes are not taken back.",
        "Heile Schalen können 30 Tage lang zurückgegeben werden; gravierte Teller werden nicht zurückgenommen.",
        "Los cuencos intactos se devuelven en 30 días; los platos grabados no admiten devolución.",
        "Le ciotole intatte si possono rendere entro 30 giorni; i piatti incisi non si riprendono.",
    ),
    "certified": (
        "Nos théières sont certifiées ISO 4531.",
        "Our teapots are certified to ISO 4531.",
        "Unsere Teekannen sind nach ISO 4531 zertifiziert.",
        "Nuestras teteras están certificadas según la ISO 4531.",
        "Le nostre teiere sono certificate ISO 4531.",
    ),
    "apron": (
        "Jusqu'au 30 avril 2026, un tablier est offert pour chaque commande de bols.",
        "Until 30 April 2026, an apron comes free with every order of bowls.",
        "Bis zum 30. April 2026 liegt jeder Bestellung von Schalen eine Schürze gratis bei.",
        "Hasta el 30 de abril de 2026, cada pedido de cuencos lleva de regalo un delantal.",
        "Fino al 30 aprile 2026, ogni ordine di ciotole riceve in regalo un grembiule.",
    ),
    "invoice": (
        "En Suisse, les théières se paient sur facture, à 30 jours.",
        "In Switzerland, teapots can be paid for on invoice, within 30 days.",
        "In der Schweiz können Teekannen auf Rechnung bezahlt werden, innerhalb von 30 Tagen.",
        "En Suiza, las teteras se pagan con factura, a 30 días.",
        "In Svizzera le teiere si pagano su fattura, a 30 giorni.",
    ),
}
MORE = {"apron": {"valid_until": date(2026, 4, 30)}, "invoice": {"markets": ("CH",)}}


def _pottery(language: str) -> Context:
    """The tiny brand with the claims of a pottery."""
    context = tiny_context(language)
    like = context.brand.claims["woven"]
    claims = {
        name: like.model_copy(
            update={"id": name, "text": dict(zip(LANGUAGES, said, strict=True)), **MORE.get(name, {})}
        )
        for name, said in CLAIMS.items()
    }
    return replace(context, brand=context.brand.model_copy(update={"claims": claims}))


def _found(text: str, language: str) -> list[str]:
    return [finding.message for finding in promises_are_supported(body(text, language), _pottery(language))]


FALSE = {
    "a gift that nobody gives": (
        "Une cuillère en bois vous attend dans le colis, offerte.",
        "There is a wooden spoon in the parcel, free.",
        "Im Paket liegt ein Löffel, gratis.",
        "En el paquete va una cuchara, de regalo.",
        "Nel pacco c'è un cucchiaio, in omaggio.",
    ),
    "a gift that has ended": (
        "Cette semaine encore, un tablier accompagne vos bols.",
        "This week an apron travels along with your bowls.",
        "Diese Woche reist eine Schürze mit Ihren Schalen.",
        "Esta semana, un delantal acompaña a tus cuencos.",
        "Questa settimana un grembiule viaggia con il tuo ordine di ciotole.",
    ),
    "another market's payment": (
        "Votre théière se paie sur facture, tranquillement.",
        "Pay for your teapots on invoice, in your own time.",
        "Bezahlen Sie Ihre Teekannen in Ruhe auf Rechnung.",
        "Paga tus teteras con factura, con calma.",
        "Le teiere le paghi su fattura, con calma.",
    ),
    "an arrival": (
        "Commandez jeudi matin : samedi, le bol est devant votre porte.",
        "Order on Thursday morning and the bowl is on your doorstep by Saturday.",
        "Am Samstag steht die Schale schon bei Ihnen vor der Tür.",
        "Pide el jueves y el sábado ya lo tienes en casa.",
        "Ordina giovedì: sabato la ciotola è già davanti alla tua porta.",
    ),
    "an arrival by the next day": (
        "Le lendemain, ils sont chez vous.",
        "The next morning they are in your letterbox.",
        "Am nächsten Tag liegt alles in Ihrem Briefkasten.",
        "Al día siguiente están en tu buzón.",
        "L'indomani li trovi nella cassetta delle lettere.",
    ),
    "a condition waived": (
        "Un bol fêlé ? Nous le remplaçons, sans vous demander de photo.",
        "A cracked bowl? We replace it, without asking for a photo.",
        "Hat eine Schale einen Riss, ersetzen wir sie, ohne ein Foto zu verlangen.",
        "¿Un cuenco rajado? Te lo reponemos sin pedirte ninguna foto.",
        "Una ciotola incrinata? Te la sostituiamo, senza chiederti una foto.",
    ),
    "a later end": (
        "Signalez votre bol fêlé avant la fin août. Il est remplacé, sur photo.",
        "Tell us of a cracked bowl by the end of August. It is replaced, on a photo.",
        "Melden Sie den Riss in der Schale bis Ende August. Sie wird gegen Foto ersetzt.",
        "Avisa de un cuenco rajado antes de fin de agosto. Se repone, con foto.",
        "Segnala la ciotola incrinata entro fine agosto. Viene sostituita, con una foto.",
    ),
    "another thing's certificate": (
        "Nos bols sont certifiés ISO 4531, comme les théières.",
        "Our bowls are certified to ISO 4531, just like the teapots.",
        "Unsere Schalen sind nach ISO 4531 zertifiziert, wie die Teekannen.",
        "Nuestros cuencos están certificados según la ISO 4531, como las teteras.",
        "Le nostre ciotole sono certificate ISO 4531, come le teiere.",
    ),
    "the same of another thing": (
        "Nos théières sont certifiées ISO 4531, et nos bols le sont aussi.",
        "Our teapots are certified to ISO 4531, and so are our bowls.",
        "Unsere Teekannen sind nach ISO 4531 zertifiziert, und unsere Schalen auch.",
        "Nuestras teteras están certificadas según la ISO 4531, y nuestros cuencos también.",
        "Le nostre teiere sono certificate ISO 4531, e anche le nostre ciotole.",
    ),
}
TRUE = {
    "free shipping in other words": (
        "À partir de 60 euros, l'envoi de vos bols est pour nous.",
        "From 60 euros, shipping your bowls is on us.",
        "Ab 60 Euro geht der Versand Ihrer Schalen auf uns.",
        "A partir de 60 euros, el envío de tus cuencos corre de nuestra cuenta.",
        "Da 60 euro la spedizione delle tue ciotole è a carico nostro.",
    ),
    "collecting that costs nothing": (
        "Passez à l'atelier : le retrait de votre théière ne vous coûte rien.",
        "Come to the workshop: collecting your teapot costs nothing.",
        "Kommen Sie in die Werkstatt: Die Abholung Ihrer Teekanne kostet nichts.",
        "Pasa por el taller: la recogida de tu tetera no te cuesta nada.",
        "Passa in laboratorio: il ritiro della tua teiera non costa nulla.",
    ),
    "what is not taken back": (
        "Les plats gravés, nous ne les reprenons pas.",
        "Engraved dishes cannot be returned.",
        "Gravierte Teller nehmen wir nicht zurück.",
        "Los platos grabados no admiten devolución.",
        "I piatti incisi non li riprendiamo.",
    ),
    "what no guarantee covers": (
        "Un bol tombé de la table n'est pas couvert par une garantie.",
        "A bowl that falls off the table is not covered by any guarantee.",
        "Eine Schale, die vom Tisch fällt, fällt nicht unter die Garantie.",
        "Un cuenco que se cae de la mesa no entra en la garantía.",
        "Una ciotola caduta dal tavolo non rientra nella garanzia.",
    ),
    "a condition kept": (
        "Un bol fêlé ? Une photo avant le 30 juin, et nous le remplaçons.",
        "A cracked bowl? Send a photo before 30 June and we replace it.",
        "Die Schale hat einen Riss? Schicken Sie vor dem 30. Juni ein Foto, dann ersetzen wir sie.",
        "¿Un cuenco rajado? Manda una foto antes del 30 de junio: se repone.",
        "Una ciotola incrinata? Manda una foto prima del 30 giugno: te la sostituiamo.",
    ),
    "an earlier end": (
        "Signalez votre bol fêlé avant fin mai. Il est remplacé, sur photo.",
        "Tell us of a cracked bowl by the end of May. It is replaced, on a photo.",
        "Melden Sie den Riss in der Schale bis Ende Mai. Sie wird gegen Foto ersetzt.",
        "Avisa de un cuenco rajado antes de fin de mayo. Se repone, con foto.",
        "Segnala la ciotola incrinata entro fine maggio. Viene sostituita, con una foto.",
    ),
    "a scene at home": (
        "Samedi, chez vous, il y a douze bols sur la table et personne ne compte.",
        "On Saturday, at home, there are twelve bowls on the table and nobody counts them.",
        "Am Samstag sitzen bei Ihnen zwölf Gäste, und niemand zählt die Schalen.",
        "El sábado, en casa, la mesa está llena de amigos.",
        "Sabato, a casa tua, la tavola è piena di amici.",
    ),
    "guests at the door": (
        "Vos invités arrivent chez vous samedi, et la théière siffle déjà.",
        "Your guests are at your door on Saturday, and the teapot is still warm.",
        "Am Samstag stehen Ihre Gäste vor der Tür, und die Kanne ist noch warm.",
        "Tus invitados llegan a tu puerta el sábado, con hambre.",
        "I tuoi ospiti arrivano alla tua porta sabato, affamati.",
    ),
    "when it leaves": (
        "Le colis part jeudi. Le reste, c'est l'affaire du facteur.",
        "The parcel leaves on Thursday. The rest is up to the post.",
        "Das Paket geht am Donnerstag ab. Der Rest ist Sache der Post.",
        "El paquete sale el jueves. Lo demás es cosa del correo.",
        "Il pacco parte giovedì. Il resto tocca alla posta.",
    ),
    "the certificate of the right thing": (
        "Le certificat ISO 4531 de nos théières est affiché au mur.",
        "The ISO 4531 certificate of our teapots hangs on the wall.",
        "Das Zertifikat nach ISO 4531 unserer Teekannen hängt an der Wand.",
        "El certificado ISO 4531 de nuestras teteras cuelga de la pared.",
        "Il certificato ISO 4531 delle nostre teiere è appeso al muro.",
    ),
    "what pages, bread and copper cost": (
        "Le pain du pays est frais, et l'envoi des bols est gratuit dès 60 euros.",
        "The post costs patience, and shipping of bowls is free from 60 euros.",
        "Eine Kostprobe erzählt mehr: Der Versand der Schalen ist ab 60 Euro kostenlos.",
        "El cobre de las páginas brilla, y el envío de los cuencos es gratuito a partir de 60 euros.",
        "Sedici pagine di ciotole, e la spedizione delle ciotole è gratuita da 60 euro.",
    ),
}


def _cases(listed: dict[str, tuple[str, ...]]) -> list[object]:
    return [
        pytest.param(language, text, id=f"{language}-{name}")
        for name, said in listed.items()
        for language, text in zip(LANGUAGES, said, strict=True)
    ]


@pytest.mark.parametrize(("language", "text"), _cases(FALSE))
def test_what_no_fact_promises_is_refused(language: str, text: str) -> None:
    assert _found(text, language) != []


@pytest.mark.parametrize(("language", "text"), _cases(TRUE))
def test_what_a_fact_promises_may_be_said_in_other_words(language: str, text: str) -> None:
    assert _found(text, language) == []
