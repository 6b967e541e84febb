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


@pytest.mark.parametrize(
    ("offer", "facts", "language", "differs", "text"),
    [(COURSE, COURSE_FACTS, *row) for row in COURSE_TEXTS]
    + [(GRINDER, GRINDER_FACTS, *row) for row in GRINDER_TEXTS],
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
