"""Does the redaction find what says who somebody is, and does it leave honest texts alone?

    PYTHONPATH=src python bench/field/redaction.py            # writes bench/results/redaction.json
    PYTHONPATH=src python bench/field/redaction.py --show     # prints what was missed and what was taken in error

Labelled texts are made: sentences of forums in five languages x numbers with true check digits, in the ways that people
type them. An identifier counts as found when nothing of it is left: no word or group of three characters or more.
First names come from gender-guesser (nam_dict, by Jörg Michael; the frequent ones of each country), which the
redaction's own list was not made from; surnames and addresses from Faker. Honest texts are sentences with prices, dates,
hours, order numbers and sizes, and all that the example brand says of itself.
"""

from __future__ import annotations

import json
import random
import re
import string
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import phonenumbers
import yaml
from faker import Faker
from stdnum import luhn
from stdnum.es import dni
from stdnum.gb import nhs
from stdnum.iso7064 import mod_11_10
from stdnum.it import codicefiscale, iva

from inedit.insight_loop.redaction import redact

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "bench/results/redaction.json"
rng = random.Random(17)
Faker.seed(17)
FAKE = {tag: Faker(locale) for tag, locale in
        {"fr": "fr_FR", "en": "en_GB", "de": "de_DE", "es": "es_ES", "it": "it_IT"}.items()}  # fmt: skip

SENTENCES = {
    "fr": ["Tu peux m'écrire : {} merci", "pour info c'est {}", "Bonjour, je vous donne {} comme demandé.", "mon truc ({}) ne marche pas", "Alors voilà, {}, et toujours rien reçu depuis lundi"],
    "en": ["you can reach me here: {} thanks", "for the record it's {}", "Hello, I am giving you {} as requested.", "mine ({}) does not work", "So there you go, {}, and still nothing since Monday"],
    "de": ["erreichbar bin ich so: {} danke", "zur Info, das ist {}", "Guten Tag, hier ist {} wie gewünscht.", "meine Angabe ({}) geht nicht", "Also, {}, und seit Montag nichts bekommen"],
    "es": ["me puedes escribir: {} gracias", "para que lo sepas es {}", "Hola, os doy {} como pedisteis.", "lo mío ({}) no funciona", "Pues eso, {}, y desde el lunes nada"],
    "it": ["mi trovi qui: {} grazie", "per info è {}", "Buongiorno, vi do {} come richiesto.", "il mio ({}) non funziona", "Allora, {}, e da lunedì ancora niente"],
}  # fmt: skip


def digits(count: int) -> str:
    return "".join(rng.choice(string.digits) for _ in range(count))


def grouped(text: str, sizes: list[int], by: str) -> str:
    parts, at = [], 0
    for size in [*sizes, len(text)]:
        parts.append(text[at : at + size])
        at += size
    return by.join(filter(None, parts))


def typed(text: str, *sizes: int) -> str:
    """As people type a number: bare, with spaces, no-break spaces, dots or dashes, now and then in small letters."""
    by = rng.choice(["", " ", " ", " ", "-", "."]) if sizes else ""
    out = grouped(text, list(sizes), by)
    return out.lower() if rng.random() < 0.15 else out


def email(tag: str) -> str:
    first, last = slug(FAKE[tag].first_name()), slug(FAKE[tag].last_name())
    host = rng.choice(
        [
            "gmail.com",
            "orange.fr",
            "gmx.de",
            "libero.it",
            "hotmail.es",
            "btinternet.com",
            "mail.uni-bonn.de",
            "proton.me",
        ]
    )
    user = rng.choice(
        [f"{first}.{last}", f"{first}{rng.randint(1, 99)}", f"{first[0]}_{last}", f"{last}-{first}+news"]
    )
    plain = f"{user}@{host}"
    at = rng.choice([" (at) ", "[at]", " [at] ", " arobase ", " at "])
    dot = rng.choice([" dot ", " (dot) ", " point ", " punkt ", " punto ", "[.]"])
    return rng.choice(
        [plain, plain, plain, plain.upper(), f"{user} @ {host}", f"{user}{at}{host.replace('.', dot)}"]
    )


def slug(name: str) -> str:
    flat = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]", "", flat.lower()) or "x"


REGION = {"fr": "FR", "en": "GB", "de": "DE", "es": "ES", "it": "IT"}


def phone(tag: str) -> str:
    region = REGION[tag]
    kind = rng.choice([phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE])
    example = phonenumbers.example_number_for_type(region, kind)
    while True:
        national = str(example.national_number)
        keep = rng.choice([2, 3, 4])
        made = phonenumbers.PhoneNumber(
            country_code=example.country_code,
            national_number=int(national[:keep] + digits(len(national) - keep)),
            italian_leading_zero=example.italian_leading_zero,
        )
        if phonenumbers.is_valid_number(made):
            break
    nation = phonenumbers.format_number(made, phonenumbers.PhoneNumberFormat.NATIONAL)
    world = phonenumbers.format_number(made, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    e164 = phonenumbers.format_number(made, phonenumbers.PhoneNumberFormat.E164)
    bare = re.sub(r"\D", "", nation)
    code = str(made.country_code)
    zero = (
        f"+{code} (0){grouped(bare.removeprefix('0'), [1, 2, 2, 2], ' ')}"
        if bare.startswith("0") and tag != "it"
        else world
    )
    return rng.choice([
        nation, nation, world, e164, bare, grouped(bare, [2, 2, 2, 2], "."), grouped(bare, [2, 2, 2, 2], " "),
        grouped(bare, [3, 3], "-"), zero, "00" + e164[1:], world.replace(" ", "\u00a0"), f"tel:{e164}",
        grouped(bare, [4], "/"), f"({bare[:3]}) {bare[3:]}",
    ])  # fmt: skip


def iban(tag: str) -> str:
    country = REGION[tag]
    bban = {
        "FR": lambda: digits(23), "DE": lambda: digits(18), "ES": lambda: digits(20),
        "GB": lambda: rng.choice(["BARC", "NWBK", "LOYD"]) + digits(14),
        "IT": lambda: rng.choice(string.ascii_uppercase) + digits(22),
    }[country]()  # fmt: skip
    numeric = "".join(str(int(c, 36)) for c in bban + country + "00")
    full = f"{country}{98 - int(numeric) % 97:02}{bban}"
    return typed(full, 4, 4, 4, 4, 4, 4)


def card(_: str) -> str:
    prefix, length = rng.choice([("4", 16), ("51", 16), ("2221", 16), ("34", 15)])
    body = prefix + digits(length - len(prefix) - 1)
    full = body + luhn.calc_check_digit(body)
    return typed(full, 4, 6) if length == 15 else typed(full, 4, 4, 4)


def national(tag: str) -> str:
    return rng.choice(NATIONAL[tag])()


def nir_() -> str:
    body = f"{rng.choice('12')}{rng.randint(0, 99):02}{rng.randint(1, 12):02}{rng.randint(1, 95):02}{rng.randint(1, 900):03}{rng.randint(1, 999):03}"
    full = f"{body}{97 - int(body) % 97:02}"
    return rng.choice([grouped(full, [1, 2, 2, 2, 3, 3], by) for by in (" ", "", " ", ".", "-")])


def siret_() -> str:
    body = digits(8)
    siren = body + luhn.calc_check_digit(body)
    nic = siren + "000" + str(rng.randint(0, 9))
    siret = nic + luhn.calc_check_digit(nic)
    return rng.choice(
        [
            f"SIREN {grouped(siren, [3, 3], ' ')}",
            f"siren : {siren}",
            siret,
            grouped(siret, [3, 3, 3], " "),
            f"SIRET n° {siret}",
        ]
    )


def idnr_() -> str:
    while True:  # ten digits of which exactly one comes twice
        nine = rng.sample(string.digits, 9)
        nine.insert(rng.randint(0, 8), rng.choice(nine))
        if nine[0] != "0":
            body = "".join(nine)
            full = body + mod_11_10.calc_check_digit(body)
            from stdnum.de import idnr

            if idnr.is_valid(full):
                return rng.choice([full, grouped(full, [2, 3, 3], " "), f"Steuer-ID: {full}"])


def rvnr_() -> str:
    full = f"{rng.randint(10, 89)}{rng.randint(1, 28):02}{rng.randint(1, 12):02}{rng.randint(30, 99)}{rng.choice(string.ascii_uppercase)}{digits(3)}"
    return rng.choice([full, grouped(full, [2, 6, 1], " ")])


def ausweis_() -> str:
    return (
        rng.choice(["Personalausweis ", "Ausweisnummer: ", "Reisepass Nr. "])
        + rng.choice("LMPRTVWXYZC")
        + digits(2)
        + "".join(rng.choice("CFGHJKLMNPRTVWXYZ0123456789") for _ in range(5))
        + digits(1)
    )


def dni_() -> str:
    body = digits(8)
    letter = dni.calc_check_digit(body)
    return rng.choice(
        [
            body + letter,
            f"{body}-{letter}",
            f"{body} {letter.lower()}",
            f"{body[:2]}.{body[2:5]}.{body[5:]}-{letter}",
        ]
    )


def nie_() -> str:
    start, body = rng.choice("XYZ"), digits(7)
    letter = dni.calc_check_digit(str("XYZ".index(start)) + body)
    return rng.choice([start + body + letter, f"{start}-{body}-{letter}"])


def cif_() -> str:
    from stdnum.es import cif

    body = rng.choice("ABEH") + digits(7)
    check = cif.calc_check_digits(body)
    return body + check[0]


def fiscale_() -> str:
    consonants = "BCDFGLMNPRSTVZ"
    body = (
        "".join(rng.choice(consonants) for _ in range(6))
        + f"{rng.randint(40, 99)}{rng.choice('ABCDEHLMPRST')}{rng.randint(1, 28):02}{rng.choice('ABCDEFGHL')}{rng.randint(100, 999)}"
    )
    full = body + codicefiscale.calc_check_digit(body)
    return typed(full) if rng.random() < 0.7 else grouped(full, [3, 3, 5, 4], " ")


def iva_() -> str:
    body = f"{rng.randint(1, 9999999):07}{rng.randint(1, 100):03}"
    return rng.choice(["", "P.IVA ", "partita iva: ", "IT"]) + body + iva.luhn.calc_check_digit(body)


def nino_() -> str:
    full = rng.choice(["AB", "CE", "JM", "PX", "SW"]) + digits(6) + rng.choice("ABCD")
    return rng.choice([full, grouped(full, [2, 2, 2, 2], " "), full.lower(), grouped(full, [2, 6], " ")])


def nhs_() -> str:
    while True:
        body = digits(9)
        check = str((11 - sum(int(digit) * (10 - place) for place, digit in enumerate(body))) % 11)
        full = body + check
        if nhs.is_valid(full):
            return rng.choice([grouped(full, [3, 3], " "), grouped(full, [3, 3], "-"), f"NHS number {full}"])


def passport(tag: str) -> str:
    word = {
        "fr": "passeport n° ",
        "en": "passport no. ",
        "de": "Reisepass ",
        "es": "pasaporte ",
        "it": "passaporto n. ",
    }[tag]
    return word + digits(2) + rng.choice(["", "AA", "KX"]) + digits(5)


NATIONAL: dict[str, list[Callable[[], str]]] = {
    "fr": [nir_, nir_, siret_, lambda: passport("fr")],
    "en": [nino_, nino_, nhs_, lambda: passport("en")],
    "de": [idnr_, rvnr_, ausweis_, lambda: passport("de")],
    "es": [dni_, dni_, nie_, cif_, lambda: passport("es")],
    "it": [fiscale_, fiscale_, iva_, lambda: passport("it")],
}


def ip(_: str) -> str:
    fake = FAKE["en"]
    return rng.choice([fake.ipv4(), fake.ipv4(), fake.ipv6(), fake.ipv4() + ":8080"])


def link(tag: str) -> str:
    user = f"{slug(FAKE[tag].first_name())}{rng.choice(['.', '_', ''])}{slug(FAKE[tag].last_name())}{rng.choice(['', '92'])}"
    return rng.choice([
        f"https://www.instagram.com/{user}/", f"https://www.facebook.com/{user}", f"instagram.com/{user}", f"https://twitter.com/{user}/status/1234",
        f"https://www.tiktok.com/@{user}", f"https://www.linkedin.com/in/{user}-4b3a21", f"https://www.vinted.fr/member/4455-{user}", f"https://t.me/{user}",
        f"https://{user.replace('.', '').replace('_', '')}.tumblr.com", f"https://www.reddit.com/user/{user}", f"https://mastodon.social/@{user}",
        f"https://forum.example.org/profile/{user}?tab=2", f"https://example.com/reset?email={user}%40gmail.com",
    ])  # fmt: skip


def handle(tag: str) -> str:
    user = f"{slug(FAKE[tag].first_name())}{rng.choice(['.', '_', ''])}{slug(FAKE[tag].last_name())[:5]}{rng.choice(['', '92', '_off'])}"
    said = {
        "fr": "mon insta c'est ",
        "en": "my insta is ",
        "de": "mein insta ist ",
        "es": "mi insta es ",
        "it": "il mio insta è ",
    }[tag]
    return rng.choice(
        [
            f"@{user}",
            f"@{user}",
            f"u/{user.replace('.', '_')}",
            f"insta : {user}",
            f"snap: {user}",
            f"{said}@{user}",
            f"{user}#{digits(4)}",
            f"<@{digits(18)}>",
        ]
    )


def address(tag: str) -> str:
    """Street and number, mostly with the town, on one line as in a message."""
    fake = FAKE[tag]
    number = str(rng.randint(1, 199))
    if tag == "fr":
        street = f"{number}{rng.choice(['', '', ' bis', ' ter'])}{rng.choice([',', ''])} {fake.street_prefix().lower() if rng.random() < 0.8 else 'bd'} {rng.choice(['', 'de la ', 'des ', 'du '])}{rng.choice([fake.last_name(), fake.first_name(), 'République', 'Général Leclerc', 'Victor Hugo', 'Lilas'])}"
        town = rng.choice(
            ["", f", {fake.postcode()} {rng.choice(['Paris', 'Lyon', 'Saint-Étienne', 'Aix-en-Provence'])}"]
        )
    elif tag == "en":
        street = f"{number}{rng.choice(['', '', 'b'])} {rng.choice([fake.last_name(), fake.first_name(), 'Church', 'High', 'Station', 'Old Mill'])} {rng.choice(['Street', 'Road', 'Lane', 'Avenue', 'Close', 'Drive', 'Gardens', 'Crescent', 'St', 'Rd'])}"
        town = rng.choice(
            ["", f", {rng.choice(['London', 'Leeds', 'Bristol'])}", f", London {fake.postcode()}"]
        )
    elif tag == "de":
        street = (
            rng.choice(
                [
                    fake.street_name(),
                    fake.street_name(),
                    "Am Markt",
                    "Bahnhofstr.",
                    "Goethestraße",
                    "Berliner Straße",
                    "An der Kirche",
                ]
            )
            + f" {number}{rng.choice(['', '', 'a', ' b'])}"
        )
        town = rng.choice(["", f", {fake.postcode()} {rng.choice(['Berlin', 'Köln', 'Frankfurt'])}"])
    elif tag == "es":
        street = f"{rng.choice(['Calle', 'C/', 'calle', 'Avda.', 'Plaza', 'Paseo'])} {rng.choice(['', 'de ', 'de la ', 'del '])}{rng.choice([fake.last_name(), fake.first_name(), 'Constitución', 'Mayor', 'Alcalá', 'Gran Capitán'])}{rng.choice([', ', ' ', ' nº ', ', nº '])}{number}{rng.choice(['', ', 3º B', ', 2º izq'])}"
        town = rng.choice(["", f", {fake.postcode()} {rng.choice(['Madrid', 'Sevilla', 'Bilbao'])}"])
    else:
        street = f"{rng.choice(['Via', 'via', 'Viale', 'Piazza', 'Corso', 'V.le'])} {rng.choice([fake.last_name(), fake.first_name() + ' ' + fake.last_name(), 'Garibaldi', 'Dante Alighieri', 'della Repubblica', 'XX Settembre'])}{rng.choice([' ', ', ', ', n. '])}{number}{rng.choice(['', '', '/A'])}"
        town = rng.choice(["", f", {fake.postcode()} {rng.choice(['Milano', 'Roma', 'Reggio Emilia'])}"])
    return street + town


NUMBERS = ("phone", "iban", "card", "national number")


def neighbour() -> str:
    """What may stand right beside a number without a word between: a quantity, a year, a date, an hour, a price."""
    return rng.choice([str(rng.randint(2, 99)), "2024", "12/05/2026", "14:30", "38 €", "75011", "x 3"])


STRUCTURED = {"email": email, "phone": phone, "iban": iban, "card": card, "national number": national, "ip": ip,
              "link": link, "handle": handle, "address": address}  # fmt: skip

NAMED = {
    "fr": {"introduced": "Salut, je m'appelle {f} et j'adore le lin", "kin": "hier ma femme {f} a taché la nappe", "titled": "J'ai eu Mme {l} au téléphone", "signed": "Merci pour tout.\nCordialement,\n{f} {l}", "greeted": "Bonjour {f}, tu as essayé le sel ?", "full": "c'est {f} {l} qui me l'a conseillé", "first": "hier on était chez {f} pour le repas", "small": "j'ai vu {s} hier au marché"},
    "en": {"introduced": "Hi, my name is {f} and I love linen", "kin": "yesterday my daughter {f} spilled wine", "titled": "I spoke to Mrs {l} on the phone", "signed": "Thanks a lot.\nBest regards,\n{f} {l}", "greeted": "Hello {f}, did you try salt?", "full": "it was {f} {l} who told me", "first": "we were at the market with {f} yesterday", "small": "i saw {s} yesterday in town"},
    "de": {"introduced": "Hallo, ich heiße {f} und liebe Leinen", "kin": "gestern hat meine Tochter {f} Wein verschüttet", "titled": "Ich habe mit Frau {l} telefoniert", "signed": "Danke für alles.\nViele Grüße\n{f} {l}", "greeted": "Hallo {f}, hast du Salz probiert?", "full": "das hat mir {f} {l} geraten", "first": "gestern waren wir bei {f} zum Essen", "small": "ich habe {s} gestern gesehen"},
    "es": {"introduced": "Hola, me llamo {f} y me encanta el lino", "kin": "ayer mi hija {f} manchó el mantel", "titled": "Hablé con la Sra. {l} por teléfono", "signed": "Gracias por todo.\nUn saludo,\n{f} {l}", "greeted": "Hola {f}, ¿probaste la sal?", "full": "me lo dijo {f} {l} el otro día", "first": "ayer estuvimos en casa de {f} para comer", "small": "ayer vi a {s} en el mercado"},
    "it": {"introduced": "Ciao, mi chiamo {f} e adoro il lino", "kin": "ieri mia figlia {f} ha macchiato la tovaglia", "titled": "Ho parlato con la Sig.ra {l} al telefono", "signed": "Grazie di tutto.\nCordiali saluti,\n{f} {l}", "greeted": "Ciao {f}, hai provato il sale?", "full": "me lo ha detto {f} {l} ieri", "first": "ieri eravamo da {f} per cena", "small": "ieri ho visto {s} al mercato"},
}  # fmt: skip
COUNTRY = {"fr": "france", "en": "great_britain", "de": "germany", "es": "spain", "it": "italy"}


def blind_names(tag: str) -> list[tuple[str, int]]:
    """First names of a country with their frequency there, from a source that the redaction was not made from."""
    import gender_guesser.detector as gender

    detector = gender.Detector()
    column = gender.Detector.COUNTRIES.index(COUNTRY[tag])
    found = []
    for name, kinds in detector.names.items():
        best = max((int(counts[column], 16) for counts in kinds.values() if counts[column] != " "), default=0)
        if best >= 2 and name.isalpha() and len(name) > 2:
            found.append((name.capitalize(), 2**best))
    return found


HONEST = {
    "fr": ["Ouvert du lundi au samedi de 10h00 à 19h00.", "Ouvert 10:00-12:30 / 14:00-19:00 le 24/12/2026", "La nappe coûte 1 299,00 € au lieu de 1.499,00 €", "Ma commande 4512789630 du 12.05.2024 n'est pas arrivée", "commande n° 20241105001234, colis 6A12345678901 ?", "Lavé 120 fois à 60 °C entre 2019 et 2024", "Taille 160 x 240 cm, réf. 3017620422003", "Version 2.4.1.0 de l'appli, note 4,5/5 sur 12 345 avis", "On était 25 000 personnes dans la rue", "le score est de 3-2, 1 000 000 de vues", "J'ai mis 20 minutes par la route, place 12 du parking", "Rien à dire, le lin froisse et c'est sa beauté.", "Ma femme adore, mon mari aussi. Madame sert à 20h.", "Au 31/12/2025 il restait 12 500 pièces, soit 3,5 %", "https://www.filandre.fr/nappes/lin-lave est en promo", "Bonjour à tous, merci d'avance pour vos conseils", "Entre 2020-2024 les prix ont pris 15 à 20 %"],
    "en": ["Open Monday to Saturday, 10am-7pm.", "Open 10:00-12:30 / 14:00-19:00 on 24/12/2026", "The cloth costs £1,299.00 instead of £1,499.00", "My order 4512789630 of 12/05/2024 has not arrived", "order no. 20241105001234, parcel JD0002 lost?", "Washed 120 times at 60 °C between 2019 and 2024", "Size 160 x 240 cm, ref 5012345678900", "App version 2.4.1.0, rated 4.5/5 by 12,345 people", "There were 25,000 people in the street", "the score is 3-2, 1,000,000 views", "It took 20 minutes down the road, place 12 in the queue", "Nothing to add, linen creases and that is its beauty.", "My wife loves it, my husband too. Hope it helps, will try again in May.", "On 31/12/2025 there were 12,500 pieces left, 3.5 %", "https://www.filandre.fr/tablecloths/washed-linen is on offer", "Hello everyone, thanks in advance for your advice", "From 2020-2024 prices rose 15 to 20 %"],
    "de": ["Geöffnet Montag bis Samstag von 10 bis 19 Uhr.", "Geöffnet 10:00-12:30 / 14:00-19:00 am 24.12.2026", "Die Decke kostet 1.299,00 € statt 1.499,00 €", "Meine Bestellung 4512789630 vom 12.05.2024 ist nicht da", "Bestellnummer 20241105001234, Sendung 00340434 weg?", "Zwischen 2019 und 2024 120 Mal bei 60 °C gewaschen", "Größe 160 x 240 cm, Art. 4012345678901", "App-Version 2.4.1.0, Note 4,5/5 von 12.345 Leuten", "Es waren 25000 Menschen auf der Straße", "es steht 3:2, 1.000.000 Aufrufe", "Der Rückweg dauerte 20 Minuten, Platz 12 im Ranking, Parkplatz 12", "Leinen knittert, und das ist seine Schönheit.", "Meine Frau liebt sie, mein Mann auch. Im Mai wieder.", "Am 31.12.2025 waren noch 12.500 Stück da, 3,5 %", "https://www.filandre.fr/decken/leinen ist im Angebot", "Hallo zusammen, danke im Voraus für eure Tipps", "Von 2020-2024 stiegen die Preise um 15 bis 20 %"],
    "es": ["Abierto de lunes a sábado de 10 a 19 h.", "Abierto 10:00-12:30 / 14:00-19:00 el 24/12/2026", "El mantel cuesta 1.299,00 € en vez de 1.499,00 €", "Mi pedido 4512789630 del 12/05/2024 no ha llegado", "pedido n.º 20241105001234, ¿y el seguimiento?", "Lavado 120 veces a 60 °C entre 2019 y 2024", "Talla 160 x 240 cm, ref. 8412345678905", "Versión 2.4.1.0 de la app, nota 4,5/5 de 12.345 personas", "Había 25.000 personas en la calle", "van 3-2, 1.000.000 de visitas", "Tardé 20 minutos por la calle, plaza 12 del aparcamiento", "El lino se arruga y esa es su belleza.", "A mi mujer le encanta, a mi marido también.", "El 31/12/2025 quedaban 12.500 piezas, un 3,5 %", "https://www.filandre.fr/manteles/lino está de oferta", "Hola a todos, gracias de antemano por los consejos", "De 2020-2024 los precios subieron un 15 o 20 %"],
    "it": ["Aperto dal lunedì al sabato dalle 10 alle 19.", "Aperto 10:00-12:30 / 14:00-19:00 il 24/12/2026", "La tovaglia costa 1.299,00 € invece di 1.499,00 €", "Il mio ordine 4512789630 del 12/05/2024 non è arrivato", "ordine n. 20241105001234, e la spedizione?", "Lavata 120 volte a 60 °C tra il 2019 e il 2024", "Misura 160 x 240 cm, rif. 8012345678901", "Versione 2.4.1.0 dell'app, voto 4,5/5 da 12.345 persone", "C'erano 25.000 persone per strada", "siamo 3-2, 1.000.000 di visite", "Ci ho messo 20 minuti a piedi, inviato via mail 3 giorni fa", "Il lino si stropiccia ed è la sua bellezza.", "Mia moglie la adora, mio marito pure.", "Al 31/12/2025 restavano 12.500 pezzi, il 3,5 %", "https://www.filandre.fr/tovaglie/lino è in offerta", "Ciao a tutti, grazie in anticipo per i consigli", "Dal 2020-2024 i prezzi sono saliti del 15 o 20 %"],
}  # fmt: skip


def left(identifier: str, before: str, after: str) -> bool:
    """Whether anything of an identifier is still there: a word or group of three characters or more, or five of its
    digits in a row, whatever stands between them (06 12 3…)."""
    around = before.replace(identifier, " ")
    own, others, there = in_a_row(identifier), in_a_row(around), in_a_row(after)
    fives = {own[at : at + 5] for at in range(len(own) - 4)}
    if any(five.isdigit() and five in there and five not in others for five in fives):
        return True
    words = {word for word in re.findall(r"\w{3,}", identifier) if word.lower() not in WORTHLESS}
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", after) and word not in around for word in words)


def in_a_row(text: str) -> str:
    """The digits of a text, with a bar where anything but signs stands between two."""
    return re.sub(r"[^\d|]", "", re.sub(r"[^\W\d_]+", "|", text))


WORTHLESS = {
    "siren",
    "siret",
    "steuer",
    "personalausweis",
    "ausweisnummer",
    "reisepass",
    "passeport",
    "passport",
    "pasaporte",
    "passaporto",
    "partita",
    "iva",
    "nhs",
    "number",
    "insta",
    "snap",
    "reset",
    "example",
    "mon",
    "est",
    "mein",
    "ist",
    "mio",
    "com",
    "www",
    "https",
    "http",
    "the",
}  # the words that announce an identifier may stay


def brand_sentences(tag: str) -> list[str]:
    """What the example brand says of its work, but for the sentences that name people."""
    found = []
    for file in sorted((ROOT / "brand_data/insights").glob("*.yaml")):
        for row in yaml.safe_load(file.read_text(encoding="utf-8")):
            found += [row[key][tag] for key in ("text", "meaning", "tip") if tag in row.get(key, {})]
    found = [text for text in found if not re.search("Jeanne|Odette", text)]  # who are people
    return found


def beside_numbers(each: int, misses: list[str]) -> dict[str, dict[str, float]]:
    """Recall of numbers that stand between two others; what is missed is added to ``misses``."""
    recall: dict[str, dict[str, float]] = defaultdict(dict)
    for tag, kind in ((tag, kind) for tag in SENTENCES for kind in NUMBERS):
        lost = []
        for _ in range(each):
            identifier = STRUCTURED[kind](tag)
            before = f"{neighbour()} {identifier} {neighbour()}"
            after = redact(before, tag).text
            if left(unicodedata.normalize("NFC", identifier), before, after):
                lost.append(f"{tag} {kind} beside: {before!r} -> {after!r}")
        recall[tag][kind] = round(1 - len(lost) / each, 4)
        misses += lost
    return recall


def main() -> None:
    each = 300
    began = time.process_time()
    recall: dict[str, dict[str, float]] = defaultdict(dict)
    misses: list[str] = []
    total = Counter[str]()
    for tag, sentences in SENTENCES.items():
        for kind, make in STRUCTURED.items():
            hits = 0
            for _ in range(each):
                identifier = make(tag)
                before = rng.choice(sentences).format(identifier)
                after = redact(before, tag).text
                if left(unicodedata.normalize("NFC", identifier), before, after):
                    misses.append(f"{tag} {kind}: {before!r} -> {after!r}")
                else:
                    hits += 1
            recall[tag][kind] = round(hits / each, 4)
            total[tag] += hits
    names: dict[str, dict[str, float]] = defaultdict(dict)
    for tag, templates in NAMED.items():
        pool = blind_names(tag)
        people, weights = [name for name, _ in pool], [weight for _, weight in pool]
        for kind, template in templates.items():
            hits = 0
            for _ in range(each):
                first, last = rng.choices(people, weights)[0], FAKE[tag].last_name()
                before = template.format(f=first, l=last, s=first.lower())
                after = redact(before, tag).text
                wanted = [first] if "{f}" in template else [first.lower()] if "{s}" in template else []
                wanted += [last] if "{l}" in template else []
                hit = not any(left(word, before, after) for word in wanted)
                hits += hit
                if not hit:
                    misses.append(f"{tag} name {kind}: {before!r} -> {after!r}")
            names[tag][kind] = round(hits / each, 4)
    honest: dict[str, dict[str, float | int]] = {}
    for tag, sentences in HONEST.items():
        everything = [*sentences, *brand_sentences(tag)]
        wrong = [(text, redact(text, tag)) for text in everything]
        wrong = [(text, done) for text, done in wrong if done.counts]
        misses += [f"{tag} honest: {text!r} -> {done.text!r}" for text, done in wrong]
        honest[tag] = {
            "sentences": len(everything),
            "touched": len(wrong),
            "rate": round(len(wrong) / len(everything), 4),
        }
    beside = beside_numbers(each, misses)
    result = {
        "structured_recall": {tag: round(total[tag] / (each * len(STRUCTURED)), 4) for tag in SENTENCES},
        "structured_by_kind": recall, "beside_other_numbers": beside, "names_by_situation": names,
        "names_recall": {tag: round(sum(by.values()) / len(by), 4) for tag, by in names.items()},
        "honest": honest, "texts_each": each, "cpu_seconds": round(time.process_time() - began, 1),
    }  # fmt: skip
    tell(result, misses, RESULT)


def tell(result: object, misses: list[str], path: Path) -> None:
    """Print what was measured, and keep it; with ``--show``, print what was missed instead of keeping it."""
    shown = json.dumps(result, indent=1, ensure_ascii=False)
    print(shown)
    if "--show" in sys.argv:
        print("\n".join(misses))
    else:
        path.write_text(f"{shown}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
