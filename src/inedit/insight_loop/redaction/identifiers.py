"""Bank accounts, cards, and the numbers by which states know people and firms (FR, DE, ES, IT, GB, and
of their neighbours BE, CH, AT, CA).

A number is one when its form is its own (a codice fiscale), when its check digits hold, or when the words before it say
so (« mon numéro de sécu »): the three together, because people mistype and because every tenth number passes a check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from stdnum import ean, iban, luhn
from stdnum.at import vnr
from stdnum.be import nn
from stdnum.de import idnr
from stdnum.es import cif, dni
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.it import iva

from inedit.insight_loop.redaction.spans import Found, judged, matches

_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28, "CH": 21,
    "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27,
    "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
    "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MA": 28,
    "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29,
    "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28,
    "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip
"""Characters of an account, by country (SWIFT's registry, and Morocco)."""
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2} ?\d{2}(?:[ .\n-]?[A-Za-z0-9]){10,30}(?![A-Za-z0-9])")
_CARD = re.compile(r"(?<![\d.,])\d(?:[ .-]?\d){12,18}(?![\d]|[.,]\d)")
_GAP = re.compile(r"[ .-]")
SHORTEST_CARD = 13
"""Digits of the shortest card numbers (ISO/IEC 7812 has 8 to 19, those in use have 13 at least)."""
_CARD_CUE = re.compile(
    r"(?:carte|card|karte|tarjeta|carta|visa|mastercard|amex|cb)\b[^\d\n]{0,25}$", re.IGNORECASE
)
_GROUPED_CARD = re.compile(r"\d{4}([ .-])\d{4}\1\d{4}\1\d{4}|3[47]\d\d([ .-])\d{6}\2\d{5}")

_FORMS = tuple(
    re.compile(rf"(?<![A-Za-z0-9])(?:{form})(?![A-Za-z0-9])", re.IGNORECASE)
    for form in (
        # NIR: sex, year, month, department, commune, order, and mostly a key
        r"[12378][ .-]?\d\d[ .-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .-]?(?:\d\d|2[AB])[ .-]?\d{3}[ .-]?\d{3}[ .-]?(?:/ ?)?\d\d",
        r"[12] \d\d (?:0[1-9]|1[0-2]) (?:\d\d|2[AB]) \d{3} \d{3}",
        # codice fiscale, also with the letters that stand for digits where two people had the same
        r"[A-Z]{3} ?[A-Z]{3} ?[\dLMNP-V]{2} ?[A-EHLMPRST] ?[\dLMNP-V]{2} ?[A-Z] ?[\dLMNP-V]{3} ?[A-Z]",
        # National Insurance number
        r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]",
        # Rentenversicherungsnummer: area, date of birth, first letter of the name, order, check
        r"\d\d ?(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d ?[A-Z] ?\d{3}",
        # DNI and NIE
        r"\d{8}[ .-]?[TRWAGMYFPDXBNJZSQVHLCKE]|\d{1,2}\.\d{3}\.\d{3}[ .-]?[TRWAGMYFPDXBNJZSQVHLCKE]",
        r"[XYZ][ .-]?\d{7}[ .-]?[TRWAGMYFPDXBNJZSQVHLCKE]|[XYZ][ .-]?\d\.\d{3}\.\d{3}[ .-]?[A-Z]",
        # Spanish social security
        r"\d\d/\d{7,8}[/-]\d\d",
        # German Steuernummer
        r"\d{2,3}/\d{3,4}/\d{4,5}",
        # VAT numbers
        r"FR ?[\dA-Z]{2} ?\d{3} ?\d{3} ?\d{3}|DE ?\d{3} ?\d{3} ?\d{3}|IT ?\d{11}|GB ?\d{3} ?\d{4} ?\d{2}|ES ?[A-Z]\d{7}[\dA-Z]",
        # number plates
        r"[A-HJ-NP-TV-Z]{2}[ -]\d{3}[ -][A-HJ-NP-TV-Z]{2}",
        r"(?-i:[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} \d{1,4}[EH]?|\d{4}[ -][BCDFGHJ-NPR-TV-Z]{3})",
    )
)  # fmt: skip
_BORN = re.compile(
    r"\b(?:née?s?|naissance|ddn|born|birth|dob|geboren|geb\.|geburtsdatum|nacid[oa]s?|nacimiento|nac[ií]|nat[oa]|nascita|sono nat[oa])"
    r"(?: ?:| le| on| am| el(?: día)?| il(?: giorno)?| en| date)* *"
    r"(?P<x>\d{1,2}(?:[./ -]\d{1,2}[./ -]|(?:er|st|nd|rd|th|\.|º)? (?:de |of )?[^\W\d_]{3,10}\.? (?:de[l]? )?)(?:19|20)?\d{2}\b|(?:19|20)\d\d-\d\d-\d\d)",
    re.IGNORECASE,
)
"""A date of birth, by the word before it."""
_CARD_CODE = re.compile(
    r"\b(?:cvv2?|cvc2?|cryptogramme|prüfziffer|cvx)(?: ?:| is| est| ist| es| è)? *(?P<x>\d{3,4})\b",
    re.IGNORECASE,
)
_GENUINE: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = tuple(
    (re.compile(rf"(?<![A-Za-z0-9.,/-])(?:{form})(?![A-Za-z0-9]|[.,/-]\d| ?(?:€|\$|£|%|eur|kg|km|g\b))", re.IGNORECASE), is_one)
    for form, is_one in (
        (r"[1-9]\d ?\d{3} ?\d{3} ?\d{3}", idnr.is_valid),
        (r"\d{7}[ -]?[TRWAGMYFPDXBNJZSQVHLCKE]", lambda text: dni.is_valid(f"0{text}")),  # without its zero
        (r"[A-HJNPQRSUVW][ -]?\d{7}[ -]?[\dA-J]", cif.is_valid),
        (r"\d{3}([ -])\d{3}\1\d{4}", nhs.is_valid),
        (r"\d{11}", iva.is_valid),
        (r"\d{3} ?\d{3} ?\d{3} ?\d{5}", luhn.is_valid),  # SIRET
        (r"[1-9]\d{2}([ -])\d{3}\1\d{3}", luhn.is_valid),  # SIREN, Canada's social insurance number
        (r"756[ .-]?\d{4}[ .-]?\d{4}[ .-]?\d\d", ean.is_valid),  # AHV / AVS, Switzerland
        (r"\d\d[ .-]?(?:0\d|1[0-2])[ .-]?[0-3]\d[ .-]?\d{3}[ .-]?\d\d", nn.is_valid),  # numéro national, Belgium
        (r"[1-9]\d{3}[ -]?[0-3]\d(?:0\d|1[0-2])\d\d", vnr.is_valid),  # Sozialversicherungsnummer, Austria
        (r"[12]\d{12}", lambda text: nir.is_valid(f"{text}{97 - int(text) % 97:02}") and 1 <= int(text[3:5]) <= 12),
    )
)  # fmt: skip
_CUE = (
    r"siren|siret|rcs [a-zà-ÿ-]+|n[°o]? ?(?:de )?(?:sécu|ss)\b|sécurité sociale|sécu\b|secu\b|\bnir\b|numéro fiscal|passeport|"
    r"assurance sociale|\bnas\b|\bavs\b|(?:numéro|n°|registre) national|rijksregister\w*|"
    r"carte d'identité|\bcni\b|permis de conduire|titre de séjour|carte vitale|\bTVA\b|n° (?:d')?allocataire|"
    r"passport|social insurance|national insurance|\bnino?\b|\bnhs\b|driving licen[cs]e|driver'?s licen[cs]e|\butr\b|\bssn\b|social security|id card|"
    r"sort code|account number|acct|vat (?:no|number|reg)\w*|company number|"
    r"reisepass|personalausweis|ausweisnummer|ausweis|steuer-?id\w*|steuer-?nummer|steuernr|identifikationsnummer|idnr|"
    r"sv-?(?:nummer|nr)|svnr|\bahv\b|sozialversicherungs\w*|rentenversicherungs\w*|versichertennummer|krankenversicherten\w*|führerschein\w*|ust-?id\w*|kontonummer|"
    r"\bdni\b|\bnie\b|\bnif\b|\bcif\b|pasaporte|seguridad social|\bnss\b|naf\b|permiso de conducir|carnet|cuenta bancaria|"
    r"passaporto|carta d'identità|codice fiscale|\bc\.?f\.?|partita iva|p\.? ?iva|patente|tessera sanitaria"
)
_CUED = re.compile(
    rf"(?:{_CUE})(?:[ :.#°=(-]|(?:n|nr|no|num(?:éro|ber|mer|ero)?|nummer|número|numero|nro|est|is|ist|es|è|le|mon|my|the|c'est|di|de|del|der|"
    r"des|lautet|meine?|mi|mio)(?=[ :.°º]))*(?P<x>[A-Z0-9]*\d[A-Z0-9]*(?:[ ./-][A-Z]{0,3}\d[A-Z0-9]*|[ ./-][A-Z]\b){0,8})",
    re.IGNORECASE,
)
SHORTEST_CUED = 5
"""Digits from which a number after « passeport » is that of a passport."""


def identifier_spans(text: str) -> Iterator[Found]:
    """Where a text has a number by which a bank or a state knows somebody."""
    yield from judged(_IBAN, text, _iban)
    yield from judged(_CARD, text, _card)
    for form in (*_FORMS, _BORN):
        yield from matches(form, text, "id")
    yield from matches(_CARD_CODE, text, "card")
    for form, is_one in _GENUINE:
        yield from judged(form, text, partial(_genuine, is_one))
    for match in _CUED.finditer(text):
        whole = re.match(
            r"[A-Z0-9]{7,12}(?!\w)", match["x"]
        )  # a German passport has letters among its digits
        if whole or sum(character.isdigit() for character in match["x"]) >= SHORTEST_CUED:
            yield Found(match.start("x"), match.end("x"), "id")


def _genuine(is_one: Callable[[str], bool], match: re.Match[str]) -> Found | None:
    return Found(match.start(), match.end(), "id") if is_one(re.sub(r"[ .-]", "", match[0])) else None


def _card(match: re.Match[str]) -> Found | None:
    """The card that begins where a run of digits does; behind it there may be another number, such as its month."""
    written, cued = match[0], _CARD_CUE.search(match.string, max(0, match.start() - 60), match.start())
    digits = re.sub(r"\D", "", written)
    plausible = digits[0] in "3456" or "22" <= digits[:2] <= "27"
    if not (cued or plausible):
        return None
    for length in (len(written), *(gap.start() for gap in reversed(list(_GAP.finditer(written))))):
        digits = re.sub(r"\D", "", written[:length])
        if len(digits) < SHORTEST_CARD:
            break
        grouped = plausible and _GROUPED_CARD.fullmatch(written, 0, length)
        if cued or grouped or (len(digits) >= 15 and plausible and luhn.is_valid(digits)):
            return Found(match.start(), match.start() + length, "card")
    return None


def _iban(match: re.Match[str]) -> Found | None:
    """An account of a country that has such: as long as one, or as much of it as makes its check digits hold."""
    wanted = _IBAN_LENGTHS.get(match[0][:2].upper())
    if wanted is None:
        return None
    count = 0
    for offset, character in enumerate(match[0]):
        count += character.isalnum()
        if count == wanted:
            compact = re.sub(r"[^A-Za-z0-9]", "", match[0][: offset + 1])
            rest = match[0][offset + 1 :]
            if iban.is_valid(compact, check_country=False) or (
                sum(map(str.isdigit, compact)) > wanted // 2 and not rest[:1].isalnum()
            ):
                return Found(match.start(), match.start() + offset + 1, "iban")
            return None
    return None
