"""Does redaction hold where people type in unusual ways, and does it leave what only looks like a number of somebody?

    PYTHONPATH=src python bench/field/redaction_hostile.py          # writes bench/results/redaction_hostile.json
    PYTHONPATH=src python bench/field/redaction_hostile.py --show   # prints what was missed and what was taken in error

Numbers with true check digits, of nine countries (FR, BE, CH, CA; GB; DE, AT; ES; IT), set apart by whatever may
stand between digits (spaces of every width, dots, dashes, slashes, underscores, line breaks, characters that
nobody sees), in digits of full width, beside other numbers; mailboxes that are written to hide or lack their ending; telephone numbers near the
word for a parcel or in equal steps. An identifier counts as
found when no word or group of three characters of it is left, and no five digits in a row. The honest sentences are full of prices, dates, sizes,
product, order and article numbers. Those who wrote them had read the rules: expect less of people who hide on purpose.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable

import phonenumbers
from redaction import (
    ROOT,
    SENTENCES,
    card,
    cif_,
    digits,
    dni_,
    fiscale_,
    grouped,
    idnr_,
    iva_,
    left,
    nhs_,
    nie_,
    nino_,
    nir_,
    rvnr_,
    siret_,
    tell,
)
from stdnum import ean, luhn

from inedit.insight_loop.redaction import redact

RESULT = ROOT / "bench/results/redaction_hostile.json"
EACH = 200
rng = random.Random(2026)
COUNTRIES = {
    "fr": ("FR", "BE", "CH", "CA"),
    "en": ("GB", "CA"),
    "de": ("DE", "AT", "CH"),
    "es": ("ES",),
    "it": ("IT", "CH"),
}
APART = (
    " ",
    "\u00a0",
    "\u202f",
    "\u2009",
    ".",
    "-",
    "\u2013",
    "\u2011",
    "_",
    " - ",
    " . ",
    "\n",
    "\u200b",
    " / ",
    "\u00b7",
    "  ",
)
"""What people, keyboards and other programs put between groups of digits."""
FULL_WIDTH = str.maketrans("0123456789", "".join(chr(0xFF10 + digit) for digit in range(10)))


def apart(text: str, sizes: list[int]) -> str:
    """Groups with one odd separator, now and then in digits of full width."""
    out = grouped(text, sizes, rng.choice(APART))
    return out.translate(FULL_WIDTH) if rng.random() < 0.05 else out


def phone(tag: str) -> str:
    region = rng.choice(COUNTRIES[tag])
    kind = rng.choice((phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE))
    example = phonenumbers.example_number_for_type(region, kind)
    whole = str(example.national_number)
    while True:
        made = phonenumbers.PhoneNumber(
            country_code=example.country_code, italian_leading_zero=example.italian_leading_zero,
            national_number=int(whole[:3] + digits(len(whole) - 3)),
        )  # fmt: skip
        if phonenumbers.is_valid_number(made):
            break
    written = phonenumbers.format_number(made, rng.choice((
        phonenumbers.PhoneNumberFormat.NATIONAL, phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    )))  # fmt: skip
    if rng.random() < 0.25:
        return "00" + phonenumbers.format_number(made, phonenumbers.PhoneNumberFormat.E164)[1:]
    by = rng.choice(APART)
    out = re.sub(r"[ ./-]+", lambda _: by, written.replace("(", "").replace(")", ""))
    return out.translate(FULL_WIDTH) if rng.random() < 0.05 else out


def iban(tag: str) -> str:
    country = rng.choice([one for one in COUNTRIES[tag] if one != "CA"])
    bban = {
        "FR": 23, "DE": 18, "ES": 20, "BE": 12, "CH": 17, "AT": 16, "GB": "BARC14", "IT": "X22",
    }[country]  # fmt: skip
    body = (
        digits(bban)
        if isinstance(bban, int)
        else re.sub(r"\d+$", "", bban) + digits(int(re.search(r"\d+$", bban)[0]))
    )
    numeric = "".join(str(int(c, 36)) for c in body + country + "00")
    return apart(f"{country}{98 - int(numeric) % 97:02}{body}", [4] * 8)


def ahv() -> str:
    body = "756" + digits(9)
    full = body + ean.calc_check_digit(body)
    return rng.choice((f"{full[:3]}.{full[3:7]}.{full[7:11]}.{full[11:]}", apart(full, [3, 4, 4]), full))


def belgian() -> str:
    """Rijksregisternummer: birth, order, and 97 less the rest."""
    body = f"{rng.randint(40, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(1, 997):03}"
    full = f"{body}{97 - int(body) % 97:02}"
    return rng.choice(
        (
            f"{full[:2]}.{full[2:4]}.{full[4:6]}-{full[6:9]}.{full[9:]}",
            f"n° national {full}",
            apart(full, [6, 3]),
        )
    )


def austrian() -> str:
    """Sozialversicherungsnummer: three digits, a check digit, the date of birth."""
    while True:
        order, birth = (
            str(rng.randint(100, 999)),
            f"{rng.randint(1, 28):02}{rng.randint(1, 12):02}{rng.randint(40, 99)}",
        )
        check = sum(int(d) * w for d, w in zip(order + birth, (3, 7, 9, 5, 8, 4, 2, 1, 6), strict=True)) % 11
        if check < 10:
            full = f"{order}{check} {birth}"
            return rng.choice(
                (f"SVNR {full}", f"Sozialversicherungsnummer: {full.replace(' ', '')}", f"SV-Nummer {full}")
            )


def canadian() -> str:
    """Social insurance number, with the word that announces it or in its three groups."""
    body = rng.choice("12345679") + digits(7)
    full = grouped(body + luhn.calc_check_digit(body), [3, 3], rng.choice((" ", "-")))
    return rng.choice((f"NAS {full}", f"SIN {full}", f"numéro d'assurance sociale : {full}", full))


NATIONAL: dict[str, tuple[Callable[[], str], ...]] = {
    "fr": (nir_, nir_, siret_, ahv, belgian, canadian),
    "en": (nino_, nhs_, canadian),
    "de": (idnr_, rvnr_, ahv, austrian),
    "es": (dni_, nie_, cif_),
    "it": (fiscale_, iva_, ahv),
}


def national(tag: str) -> str:
    made = rng.choice(NATIONAL[tag])()
    return made.replace(" ", rng.choice((" ", "\u00a0", "\u202f", "\u2009")))


def hidden_mailbox(tag: str) -> str:
    user = rng.choice(("jean.dupont", "lea_m", "tom84", "k.huber", "ana-garcia", "m.rossi", "sarah", "wolfi"))
    host, end = rng.choice(
        (
            ("gmail", "com"),
            ("proton", "me"),
            ("orange", "fr"),
            ("gmx", "de"),
            ("libero", "it"),
            ("monsite", "fr"),
            ("huber-it", "at"),
        )
    )
    at = rng.choice({
        "fr": (" at ", " arobase ", " [arobase] ", "(at)", " (a) ", "[@]", " chez ", " @ ", "＠", " AT ", "(arobase)", "{at}"),
        "en": (" at ", " AT ", "(at)", " [at] ", "{at}", " (a) ", "[@]", " @ ", "＠", "<at>", "-at-", "_at_"),
        "de": (" at ", " ät ", "(ät)", " (at) ", "[at]", "{at}", " (a) ", "[@]", " @ ", "＠", "-at-", " klammeraffe "),
        "es": (" arroba ", "(arroba)", " at ", "[at]", " [arroba] ", "{at}", " (a) ", "[@]", " @ ", "＠", " AT ", "-at-"),
        "it": (" chiocciola ", "(chiocciola)", " at ", "[at]", "{at}", " (a) ", "[@]", " @ ", "＠", " AT ", "-at-", "(at)"),
    }[tag])  # fmt: skip
    dot = rng.choice({
        "fr": (".", " point ", " dot ", "(point)", " . ", "[.]"), "en": (".", " dot ", " DOT ", "(dot)", " . ", "[.]"),
        "de": (".", " punkt ", " dot ", "(punkt)", " . ", "[.]"), "es": (".", " punto ", " dot ", "(punto)", " . ", "[.]"),
        "it": (".", " punto ", " dot ", "(punto)", " . ", "[.]"),
    }[tag])  # fmt: skip
    if at.strip() == "chez" and dot == ".":
        dot = " point "  # « tom chez orange.fr » is a sentence, too
    return f"{user}{at}{host}{dot}{end}"


CALL = {
    "fr": ("colis tel", "Pour le suivi appelez", "COLIS TEL", "suivi au"),
    "en": ("parcel call", "tracking at", "PARCEL CALL", "parcel text"),
    "de": ("Paket ruf", "sendung tel", "PAKET TEL", "Sendung unter"),
    "es": ("paquete llama", "envío tel", "PAQUETE TEL", "paquete al"),
    "it": ("pacco chiama", "spedizione tel", "PACCO TEL", "spedizione al"),
}


def phone_of_a_parcel(tag: str) -> str:
    """A true telephone number behind the word for a parcel and another word."""
    while not re.match(r"\d[\d ]+$", number := phone(tag)):
        pass
    return f"{rng.choice(CALL[tag])} {number}"


def phone_in_steps(tag: str) -> str:
    """A number whose pairs of digits go up by the same step, behind a word for telephone."""
    first, step = rng.choice((1, 2, 3, 4, 5, 6, 7, 9)), rng.randint(1, 9)
    cue = {"fr": "appelez le", "en": "call", "de": "Tel.", "es": "llama al", "it": "chiama lo"}[tag]
    return f"{cue} {' '.join(f'{first + step * place:02}' for place in range(5))}"


def bare_mailbox(_tag: str) -> str:
    """A mailbox at a provider whose ending is left out."""
    user = rng.choice(("paul.martin", "marie.d", "dupont", "k.huber", "m_rossi", "garcia84", "jsmith"))
    provider = rng.choice(
        ("orange", "free", "sfr", "outlook", "web", "live", "libero", "telefonica", "gmail")
    )
    return f"{user}{'@' if user == 'dupont' else rng.choice(('@', ' @ ', '(at)'))}{provider}"


def beside(tag: str) -> str:
    """A number of somebody between two that are nobody's."""
    made = rng.choice((phone, iban, card, national))(tag)
    return f"{rng.choice(('2 x', '38 €', '12/05/2026', '2024', 'n° 3', '160x240', '14h30'))} {made} {rng.choice(('38 €', '2', '2026', '(x3)', '14:30', '60 °C'))}"


KINDS = {"phone": phone, "iban": iban, "national number": national, "hidden mailbox": hidden_mailbox}
TAKEN_FOR_OTHERS = {
    "phone of a parcel": phone_of_a_parcel,
    "phone in equal steps": phone_in_steps,
    "mailbox without its ending": bare_mailbox,
}
"""What was once taken for a parcel, for sizes, or for a firm."""

HONEST = {
    "fr": ["Il coûte 1 249,90 € au lieu de 1 499,90 €, soit 250 € de moins.", "Prix : 12.450 EUR HT / 14.940 EUR TTC", "Commandé le 03.11.2026, livré le 12.11.2026 entre 08:00 et 12:30", "Du 01/12/26 au 24/12/26 : 10 %, 15 %, 20 %", "EAN 3 017620 422003, lot L2610-4471", "Réf. LIN-240-160-BL, taille 240x160x3 cm", "Ma commande FR-2026-004512 et l'autre, 100245781", "Facture F2026/11/0457 de 349,00 €", "Colis 6A 1234 5678 901 toujours bloqué", "ISBN 978-2-07-036822-8, page 214", "Garantie jusqu'au 2031, 5 ans ou 100 000 km", "Il fait 1 200 W, 230 V, 50-60 Hz", "La machine a tourné 3 600 tours, 8 h 30 de suite", "16-18-20-22-24 : les tailles restantes", "Le match est à 20 h 45, 2-1 à la mi-temps", "J'ai marché 12 345 678 pas en 2025", "Modèle WH-1000XM5 contre QC45", "5 000 000 d'euros pour 120 000 abonnés", "Article 1240 du Code civil, décret n° 2016-131", "Ils sont arrivés chez Orange en 2019, point final.", "Code promo NOEL2026 ou LIN-15, 20 % sur tout", "Serveur Ubuntu 24.04.1, noyau 6.8.0-45", "48.8566, 2.3522 sont des coordonnées", "De 06 à 07 degrés à 08 h 10"],
    "en": ["It costs £1,249.90 instead of £1,499.90, so £250 less.", "Price: 12,450 USD net / 14,940 USD gross", "Ordered 03/11/2026, delivered 12/11/2026 between 08:00 and 12:30", "From 01/12/26 to 24/12/26: 10%, 15%, 20%", "EAN 5 012345 678900, lot L2610-4471", "Ref. LIN-240-160-BL, size 240x160x3 cm", "My order GB-2026-004512 and the other, 100245781", "Invoice F2026/11/0457 for £349.00", "Parcel JD00 0212 3456 78 still stuck", "ISBN 978-0-14-044913-6, page 214", "Guaranteed until 2031, 5 years or 100,000 miles", "It draws 1,200 W, 230 V, 50-60 Hz", "It spun 3,600 times, 8.5 hours on end", "16-18-20-22-24 are the sizes left", "Kick-off is 20:45, 2-1 at half-time", "I walked 12,345,678 steps in 2025", "Model WH-1000XM5 against QC45", "5,000,000 pounds for 120,000 subscribers", "Section 75 of the Consumer Credit Act 1974", "We met at outlook point, dot your i's.", "Promo code XMAS2026 or LIN-15, 20% off", "Ubuntu 24.04.1 with kernel 6.8.0-45", "51.5074, -0.1278 are coordinates", "Look at me at 5 at the latest."],
    "de": ["Er kostet 1.249,90 € statt 1.499,90 €, also 250 € weniger.", "Preis: 12.450 EUR netto / 14.940 EUR brutto", "Bestellt am 03.11.2026, geliefert am 12.11.2026 zwischen 08:00 und 12:30", "Vom 01.12.26 bis 24.12.26: 10 %, 15 %, 20 %", "EAN 4 012345 678901, Charge L2610-4471", "Art.-Nr. LIN-240-160-BL, Größe 240x160x3 cm", "Meine Bestellung DE-2026-004512 und die andere, 100245781", "Rechnung F2026/11/0457 über 349,00 €", "Paket 0034 0434 1234 5678 9012 hängt fest", "ISBN 978-3-518-38207-7, Seite 214", "Garantie bis 2031, 5 Jahre oder 100.000 km", "Er zieht 1.200 W, 230 V, 50-60 Hz", "Sie lief 3.600 Mal, 8,5 Stunden am Stück", "16-18-20-22-24 sind die restlichen Größen", "Anstoß ist 20:45, 2:1 zur Halbzeit", "Ich bin 2025 12.345.678 Schritte gegangen", "Modell WH-1000XM5 gegen QC45", "5.000.000 Euro für 120.000 Abonnenten", "§ 433 BGB, BGH VIII ZR 226/11", "Web und Technik, Punkt eins der Liste.", "Gutschein XMAS2026 oder LIN-15, 20 % auf alles", "Ubuntu 24.04.1 mit Kernel 6.8.0-45", "52.5200, 13.4050 sind Koordinaten", "Von 06 bis 07 Grad um 08:10"],
    "es": ["Cuesta 1.249,90 € en vez de 1.499,90 €, 250 € menos.", "Precio: 12.450 EUR sin IVA / 14.940 EUR con IVA", "Pedido el 03/11/2026, entregado el 12/11/2026 entre 08:00 y 12:30", "Del 01/12/26 al 24/12/26: 10 %, 15 %, 20 %", "EAN 8 412345 678905, lote L2610-4471", "Ref. LIN-240-160-BL, talla 240x160x3 cm", "Mi pedido ES-2026-004512 y el otro, 100245781", "Factura F2026/11/0457 de 349,00 €", "El paquete PQ4F 1234 5678 9012 sigue parado", "ISBN 978-84-376-0494-7, página 214", "Garantía hasta 2031, 5 años o 100.000 km", "Consume 1.200 W, 230 V, 50-60 Hz", "Giró 3.600 veces, 8,5 horas seguidas", "16-18-20-22-24 son las tallas que quedan", "El partido es a las 20:45, 2-1 al descanso", "Caminé 12.345.678 pasos en 2025", "Modelo WH-1000XM5 contra QC45", "5.000.000 de euros para 120.000 abonados", "Artículo 1902 del Código Civil, Ley 7/1998", "Pesa dos arrobas en total, punto.", "Código NAVIDAD2026 o LIN-15, 20 % en todo", "Ubuntu 24.04.1 con núcleo 6.8.0-45", "40.4168, -3.7038 son coordenadas", "De 06 a 07 grados a las 08:10"],
    "it": ["Costa 1.249,90 € invece di 1.499,90 €, 250 € in meno.", "Prezzo: 12.450 EUR netti / 14.940 EUR lordi", "Ordinato il 03/11/2026, consegnato il 12/11/2026 tra le 08:00 e le 12:30", "Dal 01/12/26 al 24/12/26: 10 %, 15 %, 20 %", "EAN 8 012345 678901, lotto L2610-4471", "Rif. LIN-240-160-BL, misura 240x160x3 cm", "Il mio ordine IT-2026-004512 e l'altro, 100245781", "Fattura F2026/11/0457 da 349,00 €", "Il pacco 1UW 1234 5678 901 è fermo", "ISBN 978-88-06-21820-8, pagina 214", "Garanzia fino al 2031, 5 anni o 100.000 km", "Consuma 1.200 W, 230 V, 50-60 Hz", "Ha girato 3.600 volte, 8,5 ore di fila", "16-18-20-22-24 sono le taglie rimaste", "La partita è alle 20:45, 2-1 all'intervallo", "Ho fatto 12.345.678 passi nel 2025", "Modello WH-1000XM5 contro QC45", "5.000.000 di euro per 120.000 abbonati", "Articolo 2043 del Codice civile, legge 241/1990", "Ha il guscio di una chiocciola, punto.", "Codice NATALE2026 o LIN-15, 20 % su tutto", "Ubuntu 24.04.1 con kernel 6.8.0-45", "41.9028, 12.4964 sono coordinate", "Da 06 a 07 gradi alle 08:10"],
}  # fmt: skip


def remains(identifier: str, before: str, after: str, *, mailbox: bool) -> bool:
    """Whether anything of it is left, whatever was put between and in whatever width. The words that announce a number
    may stay; of a mailbox, no word may."""
    made, whole, rest = (
        unicodedata.normalize("NFKC", text).replace("\u200b", "") for text in (identifier, before, after)
    )
    if not mailbox:
        made = re.sub(r"^[^\d+]*[ :°]+(?=\d)", "", made)
    return left(made.replace("_", " "), whole.replace("_", " "), rest.replace("_", " "))


def main() -> None:
    recall: dict[str, dict[str, float]] = defaultdict(dict)
    misses: list[str] = []
    for tag, sentences in SENTENCES.items():
        for kind, make in {**KINDS, "beside other numbers": beside, **TAKEN_FOR_OTHERS}.items():
            lost = 0
            for _ in range(EACH):
                made = make(tag)
                before = rng.choice(sentences).format(made)
                after = redact(before, tag).text
                inner = re.sub(
                    r"^(?:2 x|38 €|12/05/2026|2024|n° 3|160x240|14h30) | (?:38 €|2|2026|\(x3\)|14:30|60 °C)$",
                    "",
                    made,
                )
                if remains(inner, before, after, mailbox="mailbox" in kind):
                    lost += 1
                    misses.append(f"{tag} {kind}: {before!r} -> {after!r}")
            recall[tag][kind] = round(1 - lost / EACH, 4)
    touched = {}
    for tag, rows in HONEST.items():
        wrong = [(text, redact(text, tag)) for text in rows]
        wrong = [(text, done) for text, done in wrong if done.counts]
        misses += [f"{tag} honest: {text!r} -> {done.text!r}" for text, done in wrong]
        touched[tag] = [len(wrong), len(rows)]
    result = {
        "recall": {tag: round(sum(by.values()) / len(by), 4) for tag, by in recall.items()},
        "by kind": recall, "honest sentences touched, of": touched, "texts each": EACH,
    }  # fmt: skip
    tell(result, misses, RESULT)


if __name__ == "__main__":
    main()
