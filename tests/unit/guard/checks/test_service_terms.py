"""Terms of a service: which ones a text may give it, and which services nobody offers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import LANGUAGES, body, tiny_context
from inedit.guard.checks.figures import figures_are_supported
from inedit.guard.checks.promises import promises_are_supported
from inedit.guard.context import Context
from inedit.model import Severity

CLAIMS = {
    "sharpen": (
        "Affûter un couteau coûte 8 euros, qu'il vienne de chez nous ou d'ailleurs.",
        "Sharpening a knife costs 8 euros, whether it was bought from us or elsewhere.",
        "Ein Messer zu schleifen kostet 8 Euro, ob es bei uns gekauft wurde oder anderswo.",
        "Afilar un cuchillo cuesta 8 euros, comprado aquí o en otro sitio.",
        "Affilare un coltello costa 8 euro, comprato da noi o altrove.",
    ),
    "ready": (
        "Un couteau déposé avant mercredi 11 heures est rendu le samedi matin.",
        "A knife handed in before 11 am on Wednesday is given back on Saturday morning.",
        "Ein Messer, das vor Mittwoch 11 Uhr abgegeben wird, ist am Samstagmorgen zurück.",
        "Un cuchillo entregado antes del miércoles a las 11 se devuelve el sábado por la mañana.",
        "Un coltello consegnato prima di mercoledì alle 11 è restituito il sabato mattina.",
    ),
    "shoes": (
        "Nos chaussures sont garanties trois ans, à condition d'être ressemelées chez nous.",
        "Our shoes are guaranteed for three years, provided they are resoled by us.",
        "Unsere Schuhe haben drei Jahre Garantie, wenn sie bei uns neu besohlt werden.",
        "Nuestros zapatos tienen tres años de garantía, siempre que les cambiemos la suela nosotros.",
        "Le nostre scarpe sono garantite tre anni, purché siano risuolate da noi.",
    ),
    "moulds": (
        "Nous gardons les moules de chaque poêle quinze ans après la dernière coulée.",
        "We keep the moulds of every stove for fifteen years after the last casting.",
        "Die Formen jedes Ofens bewahren wir fünfzehn Jahre nach dem letzten Guss auf.",
        "Guardamos los moldes de cada estufa quince años después de la última colada.",
        "Teniamo gli stampi di ogni stufa per quindici anni dopo l'ultima colata.",
    ),
    "tuning": (
        "Le réglage du vélo est gratuit et sans rendez-vous dans nos trois ateliers.",
        "Bicycle tuning is free, without appointment, in our three workshops.",
        "Das Einstellen des Fahrrads ist in unseren drei Werkstätten kostenlos und ohne Termin.",
        "La puesta a punto de la bicicleta es gratis y sin cita en nuestros tres talleres.",
        "La messa a punto della bicicletta è gratuita e senza appuntamento nelle nostre tre officine.",
    ),
    "bakehouse": (
        "Le fournil se visite le premier dimanche du mois à 8 heures, sur inscription, à dix au plus.",
        (
            "The bakehouse can be visited on the first Sunday of the month "
            "at 8 am, by registration, ten people at most."
        ),
        (
            "Die Backstube kann am ersten Sonntag im Monat um 8 Uhr "
            "besichtigt werden, mit Anmeldung, zu höchstens zehnt."
        ),
        (
            "El obrador se visita el primer domingo de mes a las 8:00, "
            "con inscripción, diez personas como máximo."
        ),
        "Il forno si visita la prima domenica del mese alle 8, su iscrizione, al massimo in dieci.",
    ),
    "abroad": (
        "Hors de Belgique, la livraison coûte 11 euros et prend six jours ouvrés.",
        "Outside Belgium, delivery costs 11 euros and takes six working days.",
        "Außerhalb Belgiens kostet die Lieferung 11 Euro und dauert sechs Werktage.",
        "Fuera de Bélgica, el envío cuesta 11 euros y tarda seis días laborables.",
        "Fuori dal Belgio la consegna costa 11 euro e richiede sei giorni lavorativi.",
    ),
    "returns": (
        "Les livres neufs se retournent sous 20 jours, avec le ticket.",
        "New books can be returned within 20 days, with the receipt.",
        "Neue Bücher können 20 Tage lang mit dem Kassenbon zurückgegeben werden.",
        "Los libros nuevos se devuelven en 20 días, con el tique.",
        "I libri nuovi si possono rendere entro 20 giorni, con lo scontrino.",
    ),
    "dispatch": (
        "Les colis partent le lundi et le jeudi.",
        "Parcels leave on Mondays and Thursdays.",
        "Die Pakete gehen montags und donnerstags ab.",
        "Los paquetes salen los lunes y los jueves.",
        "I pacchi partono il lunedì e il giovedì.",
    ),
    "binding": (
        "Le cours de reliure dure quatre heures, coûte 55 euros et accueille six personnes au plus.",
        "The bookbinding course lasts four hours, costs 55 euros and takes six people at most.",
        "Der Buchbindekurs dauert vier Stunden, kostet 55 Euro und nimmt höchstens sechs Personen.",
        "El curso de encuadernación dura cuatro horas, cuesta 55 euros y admite a seis personas como máximo.",
        "Il corso di legatoria dura quattro ore, costa 55 euro e accoglie al massimo sei persone.",
    ),
}

FALSE = {
    "a condition where any make is taken": (
        "Nous affûtons votre couteau pour 8 euros, à condition que vous l'ayez acheté chez nous.",
        "We'll sharpen your knife for eight euros, as long as you bought it in our shop.",
        "Acht Euro kostet das Schleifen eines Messers, sofern Sie es bei uns gekauft haben.",
        "Afilamos tu cuchillo por ocho euros, siempre y cuando lo hayas comprado en nuestra tienda.",
        "Affiliamo il tuo coltello per otto euro, a patto che tu l'abbia preso da noi.",
    ),
    "an appointment where none is needed": (
        (
            "Le réglage du vélo est gratuit. Réservez seulement un créneau "
            "à l'avance : nous ne prenons personne sans."
        ),
        "Tuning your bicycle is free in our three workshops. You only need to book an appointment first.",
        (
            "Das Einstellen Ihres Fahrrads ist kostenlos. Vereinbaren Sie nur "
            "vorher einen Termin, anders geht es leider nicht."
        ),
        (
            "La puesta a punto de tu bicicleta es gratis en nuestros tres "
            "talleres. Solo tienes que pedir cita antes de venir."
        ),
        (
            "La messa a punto della bicicletta è gratuita. Prenota soltanto un "
            "orario prima di passare, senza non possiamo riceverti."
        ),
    ),
    "no entry on a list where there must be one": (
        "Le fournil se visite le premier dimanche du mois, à huit heures. Inutile de vous inscrire.",
        (
            "Visit the bakehouse on the first Sunday of the month at "
            "eight. There's no need to sign up, just turn up."
        ),
        (
            "Am ersten Sonntag im Monat um acht öffnen wir die Backstube. "
            "Anmelden müssen Sie sich nicht, kommen Sie einfach."
        ),
        "El primer domingo de mes, a las ocho, se visita el obrador. No hace falta apuntarse.",
        "La prima domenica del mese alle otto si visita il forno. Non serve iscriversi, basta arrivare.",
    ),
    "a condition of the guarantee denied": (
        (
            "Nos chaussures sont garanties trois ans. Vous n'avez pas une "
            "seule fois à les faire ressemeler chez nous."
        ),
        "Our shoes come with a three-year guarantee. You never have to have them resoled by us for that.",
        (
            "Drei Jahre Garantie haben unsere Schuhe. Dafür müssen Sie sie "
            "kein einziges Mal bei uns besohlen lassen."
        ),
        (
            "Nuestros zapatos tienen tres años de garantía. Para eso no "
            "hace falta que les cambiemos la suela nosotros."
        ),
        "Le nostre scarpe sono garantite tre anni. Per questo non occorre farle risuolare da noi.",
    ),
    "at any hour where it must be before eleven": (
        (
            "Déposez votre couteau le mercredi, à l'heure que vous voulez "
            "avant la fermeture : il est rendu le samedi matin."
        ),
        "Bring the knife in on Wednesday, any time of day, and it's back with you on Saturday morning.",
        "Geben Sie Ihr Messer am Mittwoch ab, egal zu welcher Uhrzeit, und am Samstagmorgen ist es zurück.",
        "Deja el cuchillo el miércoles, a la hora que quieras, y el sábado por la mañana te lo devolvemos.",
        "Lascia il coltello mercoledì, a qualunque ora, e sabato mattina è di nuovo tuo.",
    ),
    "for ever where it is fifteen years": (
        "Les moules de chaque poêle, nous les gardons pour toujours, sans limite de durée.",
        "We keep the moulds of every stove for ever, with no end date.",
        "Die Formen jedes Ofens bewahren wir für immer auf, ohne Enddatum.",
        "Guardamos los moldes de cada estufa para siempre, sin límite de tiempo.",
        "Teniamo gli stampi di ogni stufa per sempre, senza scadenza.",
    ),
    "a second work for the same price": (
        "Pour huit euros, nous affûtons le couteau et nous vous changeons aussi le manche.",
        "For eight euros we sharpen the knife and replace the handle as well.",
        "Für acht Euro schleifen wir das Messer und erneuern Ihnen auch den Griff.",
        "Por ocho euros afilamos el cuchillo y te cambiamos también el mango.",
        "Con otto euro affiliamo il coltello e ti cambiamo anche il manico.",
    ),
    "a gift that nobody gives": (
        (
            "Pour chaque couteau affûté, nous vous glissons une petite pierre "
            "dans le sac. L'affûtage, lui, coûte huit euros."
        ),
        "With every knife we sharpen, we give you a small whetstone to take home.",
        "Zu jedem geschliffenen Messer legen wir Ihnen einen kleinen Wetzstein dazu.",
        "Con cada cuchillo afilado te regalamos una piedra pequeña.",
        "A ogni coltello affilato aggiungiamo per te una piccola pietra.",
    ),
    "a courier who calls": (
        "Hors de Belgique, comptez six jours ouvrés. Le livreur vous appelle une heure avant de passer.",
        "Parcels outside Belgium take six working days, and the courier texts you before he rings.",
        "Außerhalb Belgiens dauert die Lieferung sechs Werktage, und der Fahrer ruft eine Stunde vorher an.",
        "Fuera de Bélgica el envío tarda seis días laborables, y el repartidor te llama antes de llegar.",
        (
            "Fuori dal Belgio la consegna richiede sei giorni "
            "lavorativi, e il corriere ti telefona un'ora prima."
        ),
    ),
    "sent the same day": (
        "Commandez avant midi : votre colis part le jour même.",
        "Order your books by noon and the parcel leaves the same day.",
        "Was Sie bis mittags bestellen, geht noch am selben Tag auf die Reise.",
        "Pide antes de las doce y tu paquete sale el mismo día.",
        "Ordina entro mezzogiorno e il pacco parte il giorno stesso.",
    ),
    "fetched and brought back": (
        "Nous venons chercher votre poêle chez vous et nous le remontons le soir.",
        "We'll pick up your bicycle at your home and bring it back the same evening.",
        "Wir holen Ihr Fahrrad bei Ihnen zu Hause ab und bringen es am Abend zurück.",
        "Recogemos tu bicicleta en tu casa y te la llevamos por la tarde.",
        "Veniamo a prendere la bicicletta a casa tua e te la riportiamo la sera.",
    ),
    "another Sunday of the month": (
        "Le fournil ouvre le dernier dimanche du mois à huit heures, sur inscription.",
        "The bakehouse can be visited on the second Sunday of the month at eight.",
        "Den Rundgang durch die Backstube gibt es am letzten Sonntag im Monat, mit Anmeldung.",
        "El obrador se visita el último domingo de mes a las ocho, con inscripción.",
        "Il forno si visita l'ultima domenica del mese, su iscrizione.",
    ),
}

TRUE = {
    "any make, in other words": (
        "Huit euros pour affûter un couteau, même si vous l'avez acheté ailleurs.",
        "Eight euros sharpens a knife, and we don't ask where you bought it.",
        "Ein Messer schleifen wir für acht Euro, auch wenn Sie es anderswo gekauft haben.",
        "Por ocho euros te afilamos el cuchillo, aunque lo hayas comprado en otro sitio.",
        "Otto euro e il coltello torna a tagliare, anche se non l'hai comprato da noi.",
    ),
    "no appointment": (
        (
            "Poussez la porte quand vous passez : le réglage de votre vélo "
            "est gratuit, et on ne prend pas rendez-vous."
        ),
        "No appointment, no bill: in our three workshops, tuning your bicycle is free.",
        "Einfach vorbeikommen: Das Einstellen Ihres Fahrrads kostet nichts, einen Termin brauchen Sie nicht.",
        "Pásate sin avisar: la puesta a punto de la bicicleta es gratis, y no hace falta cita.",
        "Passa quando capita: la messa a punto della bicicletta è gratuita, e non serve prenotare.",
    ),
    "by entry on a list, ten at most": (
        (
            "Le premier dimanche du mois, à huit heures, le fournil se visite. "
            "Inscrivez-vous : nous ne prenons pas plus de dix personnes."
        ),
        (
            "First Sunday of the month, eight in the morning, the bakehouse lets you "
            "in. Put your name down, we take no more than ten people."
        ),
        (
            "Am ersten Sonntag im Monat um acht öffnet die Backstube. Melden Sie "
            "sich bitte an, mehr als zehn Leute nehmen wir nicht mit."
        ),
        (
            "El primer domingo de mes, a las ocho, abrimos el obrador. "
            "Apúntate antes: no entramos más de diez personas."
        ),
        (
            "La prima domenica del mese, alle otto, il forno si visita. "
            "Iscriviti prima: non prendiamo più di dieci persone."
        ),
    ),
    "the condition of the guarantee": (
        "Nos chaussures sont garanties trois ans, pourvu que le ressemelage se fasse chez nous.",
        "Our shoes are guaranteed for three years. The one thing we ask: have them resoled here, with us.",
        "Drei Jahre Garantie haben unsere Schuhe, vorausgesetzt, wir besohlen sie neu.",
        (
            "Nuestros zapatos tienen tres años de garantía. Solo una "
            "condición: que la suela la cambiemos nosotros."
        ),
        "Le nostre scarpe sono garantite tre anni. Una sola condizione: che le risuoliamo noi.",
    ),
    "before eleven on Wednesday": (
        (
            "Lundi ? La boutique dort. Disons mercredi, avant onze heures : "
            "le samedi matin, le couteau vous est rendu."
        ),
        "Say Wednesday, before eleven, and your knife is back with you on Saturday morning.",
        "Sagen wir Mittwoch, vor elf Uhr: Am Samstagmorgen haben Sie Ihr Messer zurück.",
        "Digamos el miércoles, antes de las once: el sábado por la mañana tienes el cuchillo.",
        "Diciamo mercoledì, prima delle undici: il sabato mattina il coltello è di nuovo tuo.",
    ),
    "fifteen years": (
        "Quinze ans après la dernière coulée, les moules de votre poêle sont toujours chez nous.",
        "Fifteen years after the last casting we still have the moulds of your stove.",
        "Noch fünfzehn Jahre nach dem letzten Guss liegen die Formen Ihres Ofens bei uns.",
        "Quince años después de la última colada aún guardamos los moldes de tu estufa.",
        "Quindici anni dopo l'ultima colata teniamo ancora gli stampi della tua stufa.",
    ),
    "abroad": (
        "Le colis met six jours ouvrés pour arriver en France, et la livraison coûte onze euros.",
        "Your parcel takes six working days to reach Ireland, and delivery is eleven euros.",
        "Nach Deutschland ist das Paket sechs Werktage unterwegs, die Lieferung kostet elf Euro.",
        "El paquete tarda seis días laborables en llegar a España, y el envío son once euros.",
        "In Italia il pacco arriva in sei giorni lavorativi, e la consegna costa undici euro.",
    ),
    "twenty days with the receipt": (
        "Vous avez vingt jours pour rapporter un livre neuf, le ticket glissé entre deux pages.",
        "Twenty days to change your mind: bring the new book back, with its receipt.",
        "Zwanzig Tage Bedenkzeit: Bringen Sie das neue Buch mit dem Kassenbon zurück.",
        "Tienes veinte días para devolver un libro nuevo; trae el tique.",
        "Hai venti giorni per riportare un libro nuovo; basta lo scontrino.",
    ),
    "a scene in which we act": (
        (
            "L'affûteur compte à voix basse, et nous lui apportons un café. La "
            "pierre, il la mouille toutes les vingt passes."
        ),
        "We keep a spare apron behind the door for the grinder, who wets his stone every twenty strokes.",
        (
            "Der Schleifer zählt leise, wir legen ihm ein trockenes Tuch hin. "
            "Alle zwanzig Züge befeuchtet er seinen Stein."
        ),
        (
            "El afilador cuenta en voz baja y nosotros le dejamos un café "
            "al lado. Cada veinte pasadas moja la piedra."
        ),
        "L'arrotino conta sottovoce, e noi gli portiamo un caffè. La pietra la bagna ogni venti passate.",
    ),
    "hours of a scene": (
        (
            "Un mercredi de pluie, neuf heures et quart, la cafetière est froide. Vous "
            "avez encore le temps de déposer le couteau avant onze heures."
        ),
        (
            "Wednesday, half past nine, the kettle sings. Hand your knife in "
            "before eleven and it comes back on Saturday morning."
        ),
        (
            "Mittwoch, halb zehn, der Kaffee ist kalt. Geben Sie das Messer "
            "vor elf Uhr ab, am Samstagmorgen ist es zurück."
        ),
        (
            "Miércoles, nueve y media, el café ya frío. Deja el cuchillo antes de "
            "las once y el sábado por la mañana vuelve contigo."
        ),
        (
            "Mercoledì, nove e mezza, il caffè è freddo. Consegna il "
            "coltello prima delle undici: sabato mattina è pronto."
        ),
    ),
    "the first Sunday of the month": (
        "Le fournil se visite chaque premier dimanche du mois à huit heures, sur inscription.",
        "Sign up and see the bakehouse at eight on the first Sunday of each month.",
        "Jeden ersten Sonntag im Monat um acht steht die Backstube offen, mit Anmeldung.",
        "El primer domingo de cada mes a las ocho se visita el obrador, con inscripción.",
        "Ogni prima domenica del mese alle otto si visita il forno, su iscrizione.",
    ),
}


def _store(language: str) -> Context:
    """The tiny brand with the claims of a general store."""
    context = tiny_context(language)
    like = context.brand.claims["woven"]
    claims = {
        name: like.model_copy(update={"id": name, "text": dict(zip(LANGUAGES, said, strict=True))})
        for name, said in CLAIMS.items()
    }
    return replace(context, brand=context.brand.model_copy(update={"claims": claims}))


def _found(text: str, language: str) -> list[str]:
    draft, context = body(text, language), _store(language)
    found = (*promises_are_supported(draft, context), *figures_are_supported(draft, context))
    return [finding.message for finding in found if finding.severity is not Severity.NOTE]


@pytest.mark.parametrize("index", range(len(LANGUAGES)), ids=LANGUAGES)
@pytest.mark.parametrize("kind", FALSE)
def test_terms_that_a_claim_does_not_have_are_refused(kind: str, index: int) -> None:
    assert _found(FALSE[kind][index], LANGUAGES[index])


@pytest.mark.parametrize("index", range(len(LANGUAGES)), ids=LANGUAGES)
@pytest.mark.parametrize("kind", TRUE)
def test_the_terms_of_a_claim_pass_in_any_words(kind: str, index: int) -> None:
    assert _found(TRUE[kind][index], LANGUAGES[index]) == []
