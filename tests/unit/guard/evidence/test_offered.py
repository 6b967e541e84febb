"""What a campaign offers, told in other words: which texts speak of it, and which take something off its price."""

from __future__ import annotations

import pytest

from inedit.guard.evidence.coherence import Said, incoherences

COURSE = {
    "fr": "Le stage de taille, le samedi 6 mars 2027, 45 €.",
    "en": "A pruning course on Saturday, 6 March 2027, €45.",
    "de": "Der Schnittkurs am Samstag, dem 6. März 2027, 45 €.",
    "es": "El curso de poda, el sábado 6 de marzo de 2027, 45 €.",
    "it": "Il corso di potatura, sabato 6 marzo 2027, 45 €.",
}
COURSE_FACTS = {
    "fr": (
        "La livraison est gratuite dès 60 €.",
        "Un sécateur coûte 39 €.",
        "Le café est offert.",
        "30 % de nos plants sont greffés ici.",
    ),
    "en": (
        "Delivery is free from €60.",
        "Secateurs cost €39.",
        "Coffee is free.",
        "30% of our plants are grafted here.",
    ),
    "de": (
        "Die Lieferung ist ab 60 € kostenlos.",
        "Eine Gartenschere kostet 39 €.",
        "Der Kaffee ist gratis.",
        "30 % unserer Pflanzen werden hier veredelt.",
    ),
    "es": (
        "El envío es gratis desde 60 €.",
        "Unas tijeras cuestan 39 €.",
        "El café es gratis.",
        "El 30 % de nuestras plantas se injertan aquí.",
    ),
    "it": (
        "La consegna è gratuita da 60 €.",
        "Le cesoie costano 39 €.",
        "Il caffè è gratuito.",
        "Il 30 % delle nostre piante è innestato qui.",
    ),
}
COURSE_TEXTS = [
    ("fr", True, "Le stage est offert à nos clients."),
    ("fr", True, "Un stage gratuit pour apprendre à tailler."),
    ("fr", True, "Inscrivez-vous au stage avec 10 % de réduction."),
    ("fr", True, "Le stage du 13 mars est complet."),
    ("fr", True, "Comptez 39 € pour le stage."),
    ("fr", False, "Pendant le stage, le café est offert."),
    ("fr", False, "Apportez vos gants au stage ; un sécateur coûte 39 €."),
    ("fr", False, "Au stage, vous verrez que 30 % de nos plants sont greffés ici."),
    ("fr", False, "Le stage a lieu le 6 mars, pour 45 €."),
    ("fr", False, "La livraison est gratuite dès 60 €, même pendant le stage."),
    ("en", True, "The course is free for customers."),
    ("en", True, "Join our free pruning course."),
    ("en", True, "Book the course and get 10% off."),
    ("en", True, "The course on 13 March is full."),
    ("en", True, "A place on the course costs €39."),
    ("en", False, "Coffee is free during the course."),
    ("en", False, "Bring gloves to the course; secateurs cost €39."),
    ("en", False, "On the course you learn why 30% of our plants are grafted here."),
    ("en", False, "The course is on 6 March and costs €45."),
    ("de", True, "Der Kurs ist für Kunden kostenlos."),
    ("de", True, "Kommen Sie zum kostenlosen Kurs."),
    ("de", True, "10 % Nachlass auf den Schnittkurs."),
    ("de", True, "Der Kurs am 13. März ist ausgebucht."),
    ("de", True, "Unser Kurs kostet 39 €."),
    ("de", False, "Der Kaffee ist während des Kurses gratis."),
    ("de", False, "Bringen Sie Handschuhe zum Kurs mit; eine Gartenschere kostet 39 €."),
    ("de", False, "Im Kurs zeigen wir, warum 30 % unserer Pflanzen hier veredelt werden."),
    ("de", False, "Der Kurs ist am 6. März und kostet 45 €."),
    ("es", True, "El curso es gratis para clientes."),
    ("es", True, "Venga a nuestro curso gratuito."),
    ("es", True, "Reserve el curso con un 10 % de descuento."),
    ("es", True, "El curso del 13 de marzo está completo."),
    ("es", True, "El curso cuesta 39 €."),
    ("es", False, "Durante el curso, el café es gratis."),
    ("es", False, "Traiga guantes al curso; unas tijeras cuestan 39 €."),
    ("es", False, "El curso es el 6 de marzo y cuesta 45 €."),
    ("it", True, "Il corso è gratuito per i clienti."),
    ("it", True, "Venga al nostro corso gratuito."),
    ("it", True, "Prenoti il corso con il 10 % di sconto."),
    ("it", True, "Il corso del 13 marzo è completo."),
    ("it", True, "Il corso costa 39 €."),
    ("it", False, "Durante il corso il caffè è gratuito."),
    ("it", False, "Porti i guanti al corso; le cesoie costano 39 €."),
    ("it", False, "Il corso è il 6 marzo e costa 45 €."),
]
GRINDER = {
    "fr": "Le moulin à café Tournelle, 89 € jusqu’au 20 décembre 2026.",
    "en": "The Tournelle coffee grinder, €89 until 20 December 2026.",
    "de": "Die Kaffeemühle Tournelle, 89 € bis zum 20. Dezember 2026.",
    "es": "El molinillo de café Tournelle, 89 € hasta el 20 de diciembre de 2026.",
    "it": "Il macinacaffè Tournelle, 89 € fino al 20 dicembre 2026.",
}
GRINDER_FACTS = {
    "fr": (
        "L’affûtage des meules est gratuit la première année.",
        "La brosse coûte 12 €.",
        "Le moulin pèse 2 kg.",
    ),
    "en": ("Sharpening the burrs is free in the first year.", "The brush costs €12."),
    "de": ("Das Schleifen der Mahlsteine ist im ersten Jahr kostenlos.", "Die Bürste kostet 12 €."),
    "es": ("El afilado de las muelas es gratis el primer año.", "El cepillo cuesta 12 €."),
    "it": ("L’affilatura delle macine è gratuita il primo anno.", "La spazzola costa 12 €."),
}
GRINDER_TEXTS = [
    ("fr", True, "Votre moulin vous attend, à 79 €."),
    ("fr", True, "Ce moulin est à prix réduit, 15 % de moins."),
    ("fr", True, "Recevez le moulin gratuitement."),
    ("fr", False, "Pour votre moulin, l’affûtage des meules est gratuit la première année."),
    ("fr", False, "Une brosse à 12 € suffit au moulin."),
    ("fr", True, "Le moulin reste à ce prix jusqu’au 24 décembre."),
    ("en", True, "Your grinder is waiting, for €79."),
    ("en", True, "Get 15% off this grinder."),
    ("en", True, "Receive the grinder free of charge."),
    ("en", False, "For your grinder, sharpening the burrs is free in the first year."),
    ("en", False, "A €12 brush keeps the grinder clean."),
    ("en", True, "The grinder stays at this price until 24 December."),
    ("de", True, "Ihre Mühle wartet, für 79 €."),
    ("de", True, "Jetzt 15 % auf die Mühle sparen."),
    ("de", True, "Die Mühle gibt es gratis dazu."),
    ("de", False, "Bei jeder Mühle ist das Schleifen der Mahlsteine im ersten Jahr kostenlos."),
    ("de", False, "Eine Bürste für 12 € hält die Mühle sauber."),
    ("de", True, "Die Mühle kostet so wenig nur bis zum 24. Dezember."),
    ("es", True, "Su molinillo le espera por 79 €."),
    ("es", True, "Reciba el molinillo gratis."),
    ("es", False, "En su molinillo, el afilado de las muelas es gratis el primer año."),
    ("es", False, "Un cepillo de 12 € basta para el molinillo."),
    ("es", True, "El molinillo sigue a este precio hasta el 24 de diciembre."),
    ("it", True, "Il Suo macinacaffè L’aspetta a 79 €."),
    ("it", True, "Il macinacaffè con il 15 % in meno."),
    ("it", True, "Riceva il macinacaffè gratis."),
    ("it", False, "Per il Suo macinacaffè l’affilatura delle macine è gratuita il primo anno."),
    ("it", False, "Una spazzola da 12 € basta per il macinacaffè."),
    ("it", True, "Il macinacaffè resta a questo prezzo fino al 24 dicembre."),
]


LAMP = {
    "fr": "La lampe Vireton, 149 € jusqu’au 15 janvier 2027.",
    "de": "Die Schreibtischlampe Vireton, 149 € bis zum 15. Januar 2027.",
    "es": "La lámpara Vireton, 149 € hasta el 15 de enero de 2027.",
    "it": "La lampada Vireton, 149 € fino al 15 gennaio 2027.",
    "en": "The Vireton desk lamp, €149 until 15 January 2027.",
}
LAMP_FACTS: dict[str, tuple[str, ...]] = {
    "de": (
        "Ein Ersatzschirm kostet 24 €.",
        "Die Reparatur ist fünf Jahre lang kostenlos.",
        "Die Lampe wiegt 1,4 kg.",
    ),
    "fr": (
        "Un abat-jour de rechange coûte 24 €.",
        "La réparation est gratuite pendant cinq ans.",
    ),
    "es": (
        "Una pantalla de recambio cuesta 24 €.",
        "La reparación es gratis durante cinco años.",
    ),
    "it": (
        "Un paralume di ricambio costa 24 €.",
        "La riparazione è gratuita per cinque anni.",
    ),
    "en": (
        "A spare shade costs €24.",
        "Repair is free for five years.",
    ),
}
LAMP_TEXTS = [
    ("de", True, "Bei uns bekommen Sie die Lampe schon für 129 €."),
    ("de", True, "Für nur 129 € steht sie auf Ihrem Schreibtisch."),
    ("de", True, "Die Schreibtischleuchte Vireton gibt es jetzt um 139 €."),
    ("de", True, "Wer jetzt bestellt, zahlt für die Lampe 119 Euro."),
    ("de", True, "Zum Preis von 159 € leuchtet die Vireton jeden Winkel aus."),
    ("de", True, "Sie kostet hundertneunundzwanzig Euro."),
    ("de", True, "Jetzt 129 €!"),
    ("de", True, "Die Vireton: 129,00 € statt 149 €."),
    ("de", True, "Die Lampe ist um 20 € günstiger."),
    ("de", False, "Ein neuer Schirm kommt später für 24 € dazu."),
    ("de", False, "Der Ersatzschirm der Lampe kostet 24 €."),
    ("de", False, "149 € kostet die Schreibtischlampe, bis Mitte Januar."),
    ("de", False, "Sie bekommen die Lampe für 149 €."),
    ("de", False, "Mit 1,4 kg steht die Lampe sicher."),
    ("fr", True, "Elle est à vous pour 129 €."),
    ("fr", False, "Un abat-jour neuf coûtera 24 €."),
    ("fr", True, "La lampe passe à 139 €."),
    ("en", True, "Take the lamp home for €129."),
    ("es", True, "Llévese la lámpara por 129 €."),
    ("es", False, "Una pantalla nueva para la lámpara vale 24 €."),
    ("it", True, "Porti a casa la lampada per 129 €."),
    ("it", False, "Un paralume nuovo per la lampada costa 24 €."),
]
BAKING = {
    "de": "Ein Backkurs in Lauterbach für 65 €, am 7. März 2027 um 10 Uhr.",
    "fr": "Un stage de boulangerie à Lauterbach pour 65 €, le 7 mars 2027 à 10 h.",
    "es": "Un curso de panadería en Lauterbach por 65 €, el 7 de marzo de 2027 a las 10 h.",
    "it": "Un corso di panificazione a Lauterbach per 65 €, il 7 marzo 2027 alle 10.",
    "en": "A baking course in Lauterbach for €65, on 7 March 2027 at 10 am.",
}
BAKING_FACTS: dict[str, tuple[str, ...]] = {
    "de": (
        "Das Mittagessen kostet 14 €.",
        "Für Kinder unter 12 ist der Backkurs kostenlos.",
        "Parken ist kostenlos.",
    ),
    "fr": ("Le déjeuner coûte 14 €.",),
    "es": ("El almuerzo cuesta 14 €.",),
    "it": ("Il pranzo costa 14 €.",),
    "en": ("Lunch costs €14.",),
}
BAKING_TEXTS = [
    ("de", True, "Der Kurs kostet Sie 55 €."),
    ("de", True, "Für 55 € backen Sie einen Tag lang mit."),
    ("de", True, "Ihr Platz im Backkurs: 75 Euro."),
    ("de", True, "Kommen Sie am 8. März nach Lauterbach."),
    ("de", True, "Der Backkurs beginnt um 11 Uhr."),
    ("de", True, "Für 55 Euro dürfen Sie an unseren Ofen."),
    ("de", False, "Zum Mittagessen setzen wir uns für 14 € an den langen Tisch."),
    ("de", False, "Parken ist am Kurstag kostenlos."),
    ("de", False, "Für 65 € stehen Sie am 7. März mit uns am Ofen."),
    ("de", False, "Kinder unter 12 backen kostenlos mit."),
    ("fr", True, "Le stage vous revient à 55 €."),
    ("fr", False, "Le déjeuner est à 14 €."),
    ("es", True, "El curso le cuesta 55 €."),
    ("es", False, "El almuerzo son 14 €."),
    ("it", True, "Il corso Le costa 55 €."),
    ("it", False, "Il pranzo costa 14 €."),
    ("en", True, "The course is yours for €55."),
    ("en", False, "Lunch is €14."),
]


@pytest.mark.parametrize(
    ("offer", "facts", "language", "differs", "text"),
    [(COURSE, COURSE_FACTS, *row) for row in COURSE_TEXTS]
    + [(GRINDER, GRINDER_FACTS, *row) for row in GRINDER_TEXTS]
    + [(LAMP, LAMP_FACTS, *row) for row in LAMP_TEXTS]
    + [(BAKING, BAKING_FACTS, *row) for row in BAKING_TEXTS],
)
def test_another_offer_is_told_from_another_thing(
    offer: dict[str, str], facts: dict[str, tuple[str, ...]], language: str, differs: bool, text: str
) -> None:
    """A second price or date, « gratuit » and “10% off”, also where German says „Kurs“ for „Schnittkurs“; not what a
    fact says of coffee, brushes and deliveries in the same sentence."""
    assert bool(incoherences(offer, [Said("p", language, text)], facts)) is differs


@pytest.mark.parametrize(
    ("language", "text", "differs"),
    [
        ("fr", "La visite dure une heure. Elle coûte 9 €.", True),
        ("en", "The visit takes an hour. It costs nothing.", True),
        ("de", "Werkstattführungen kosten 9 €.", True),
        ("de", "Die Atelierführung ist kostenlos.", True),
        ("de", "Kommen Sie am 19. Dezember in die Werkstatt.", True),
        ("de", "Die Aufführung kostet 9 €.", False),
        ("fr", "60 % des visiteurs de l’atelier apportent un drap.", False),
        ("it", "In laboratorio il primo rammendo è gratuito.", False),
    ],
)
def test_what_points_back_and_parts_of_compounds_speak_of_the_offer(
    language: str, text: str, differs: bool
) -> None:
    """„Aufführung“ is no „Führung“; a mend is no visit."""
    offer = {
        "fr": "La visite de l’atelier, le samedi 12 décembre 2026, 8 €.",
        "en": "A visit to the workshop on Saturday, 12 December 2026, €8.",
        "de": "Die Werkstattführung am Samstag, dem 12. Dezember 2026, 8 €.",
        "it": "La visita al laboratorio, sabato 12 dicembre 2026, 8 €.",
    }
    assert bool(incoherences(offer, [Said("p", language, text)], {})) is differs


def test_a_free_offer_may_be_called_free() -> None:
    """And a reduced one reduced."""
    offer = {"en": "The course, free for members.", "fr": "Le cours à 40 €, 10 % de remise aux abonnés."}
    assert incoherences({"en": offer["en"]}, [Said("p", "en", "The course is free.")], {}) == ()
    assert incoherences({"fr": offer["fr"]}, [Said("p", "fr", "Une remise sur le cours.")], {}) == ()
    (found,) = incoherences({"fr": offer["fr"]}, [Said("p", "fr", "Le cours est offert.")], {})
    assert (found.kind, found.said) == ("promise", "offert")


def test_a_price_that_nobody_supplied_counts_where_nothing_else_leads_to_it() -> None:
    """« Elle est à vous pour 9 € » is another price; that of a cushion, and one that a fact has, are not."""
    offer = {"fr": "La lampe Vireton, 149 €.", "de": "Die Lampe Vireton, 149 €."}

    def found(language: str, text: str, *facts: str) -> bool:
        return bool(incoherences(offer, [Said("p", language, text)], {language: facts}))

    assert found("fr", "Elle est à vous pour 129 €.")
    assert found("de", "Jetzt 129 €!")
    assert not found("fr", "Jusqu’ici, tout va bien. Le coussin coûte 129 €.")
    assert not found("de", "Jetzt 129 €!", "Das Kissen kostet 129 €.")
    assert not found("de", "Jetzt 149 €!")
