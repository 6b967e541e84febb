"""Telephone numbers, as people type them: with dots, spaces, dashes, brackets, a country's prefix or none, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from phonenumbers import NumberParseException, is_possible_number, is_valid_number, parse
from stdnum import ean, isbn

from inedit.insight_loop.redaction.spans import Found, judged

REGIONS = ("FR", "DE", "GB", "ES", "IT", "BE", "CH", "AT")
_NORTH_AMERICA = re.compile(r"(?:1[ .-])?\(?[2-9]\d\d\)?([ .-]{1,2})[2-9]\d\d[ .-]\d{4}")
"""As it is dialled in Canada and the United States: without a zero, known by its groups."""
PREFIXES = ("33", "49", "44", "34", "39", "32", "41", "43", "352", "353", "351", "212", "213", "216")
LEAST, MOST = 8, 15
"""Digits of a number that somebody can be called at (ITU-T E.164 has at most 15)."""

_CANDIDATE = re.compile(r"(?<![\w.,€$£])(?:\+ ?|00 ?)?\(?\d(?:[ ().\-/·_]{0,3}\d){6,17}(?!\w|[.,]\d)")
_IN_PAIRS = re.compile(r"(?<!\d)\d\d[ .-]\d\d$")
_PAIRS = re.compile(r"(?:[ .-]\d\d(?!\d))*")
"""Behind a number in pairs of digits, more pairs: another number, or more of the same."""
_DATE = re.compile(
    r"(?<!\d)(?:[0-3]?\d([./-])[01]?\d\1(?:19|20)\d\d|(?:19|20)\d\d([./-])[01]?\d\2[0-3]?\d)(?!\d)"
    r"|(?<![\d./-])[0-3]?\d([./])[01]?\d\3\d\d(?![./ -]?\d)"
)
_ORDER = re.compile(
    r"(?:commande|facture|colis|suivi|réf(?:érence)?|ref|article|ticket|dossier|order|invoice|tracking|parcel|item|sku|isbn|ean|"
    r"bestell\w*|rechnung\w*|sendung\w*|artikel\w*|auftrag\w*|pedido|factura|seguimiento|referencia|artículo|ordine|fattura|"
    r"spedizione|articolo|riferimento)[ .:#°ºnro-]*$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"\b(?i:ean|isbn|gtin|upc)(?:-?1[03])?[ .:#°n]*(?P<goods>\d(?:[ -]?\d){7,12}[\dX]?)(?![A-Za-z\d])"
    r"|\b(?i:colis|suivi|parcel|tracking|paket\w*|sendung\w*|paquete|envío|pacco|spedizione)[ .:#°nN]*"
    r"(?:(?P<fours>\d{4}(?: \d{4}){3,})"
    r"|(?:JD\d\d(?: \d{4})+(?: \d{1,3}(?!\d))?|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]+)(?P<parcel>(?: \d{2,4}(?!\d))*))(?!\w)"
)
"""What goods and parcels are known by, with the word that says so. Letters among the digits are capitals, so that no
word is one; those of a carrier that begin with JD are set in fours, of which some begin as telephone numbers do."""
_RUN = re.compile(r"\d(?:[ .\-/]?\d){6,17}(?!\d)")
_CALLING = (
    r"\bt[ée]l|phone|portable|mobile?|handy|appel\w*|call|text|sms|whats ?app|ruf|anruf\w*|llám\w*|llam\w*|chiam\w*|cell\w*|"
    r"fixe|festnetz|fijo|fisso|fax|joindre|erreich\w*"
)
_CALLED = re.compile(rf"(?:{_CALLING})\b[^\d\n]{{0,20}}$", re.IGNORECASE)
_CUE = re.compile(
    rf"(?:{_CALLING}|nummer|numéro|number|número|numero)\b[^\d\n]{{0,20}}$",
    re.IGNORECASE,
)
_UNIT = re.compile(r" ?(?:€|\$|£|%|euros?|eur|kg|km|cm|mm|m²|ml|pixels?|px)\b|[€$£%]", re.IGNORECASE)

_NUMBER_WORDS = [
    "zéro",
    "un",
    "une",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "quatre-vingts?",
    "zero",
    "oh",
    "one",
    "two",
    "three",
    "four",
    "five",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "double",
    "triple",
    "null",
    "eins",
    "zwei",
    "zwo",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "zehn",
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "et",
    "plus",
    "et-une?",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_WORD = "(?:" + "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)) + ")"
_IN_WORDS = re.compile(rf"\b(?:plus|zéro|zero|oh|null|cero)(?:[ ,.-]+{_WORD}){{4,}}\b", re.IGNORECASE)
_STARTS = ("zéro", "zero", "oh ", "null", "cero", "plus")


def phone_spans(text: str, *, in_words_only: bool = False) -> Iterator[Found]:
    """Where a text has a telephone number."""
    lower = text.lower()
    if any(start in lower for start in _STARTS):
        for match in _IN_WORDS.finditer(text):
            yield Found(match.start(), match.end(), "phone")
    if in_words_only:
        return
    read = _ARTICLE.sub(_without_article, _DATE.sub(_hidden, text))
    yield from judged(_CANDIDATE, read, _judge)


def _hidden(match: re.Match[str]) -> str:
    return "|" * len(match[0])


def _without_article(match: re.Match[str]) -> str:
    """The article or the parcel hidden, as far as no telephone number begins in it."""
    text, start, end = match.string, match.start(), match.end()
    if match["fours"]:
        called = len(match["fours"]) <= len("0000 0000 0000 0000") and _CALLED.search(
            text, max(0, start - 40), start
        )
        return match[0] if called or _is_phone(match["fours"], cued=False) else _hidden(match)
    group = "goods" if match["goods"] else "parcel"
    position = match.start(group)
    if group == "goods":
        checked = [length for length in _ends(match[group]) if _is_checked(match[group][:length])]
        if checked:
            position = end = position + checked[0]
    for begun in re.finditer(r"(?<!\d)\d", text[position:end]):
        run = _RUN.match(text, position + begun.start())
        if run and any(_is_phone(run[0][:length], cued=False) for length in _ends(run[0])):
            end = run.start()
            break
    return "|" * (end - start) + text[end : match.end()]


def _is_checked(goods: str) -> bool:
    """Whether it is printed as articles and books are, or its check digit holds."""
    if re.fullmatch(r"\d \d{6} \d{6}|97[89]-(?:\d+-){3}\d", goods):
        return True
    return bool(ean.is_valid(re.sub(r"\D", "", goods)) or isbn.is_valid(goods))


def _judge(match: re.Match[str]) -> Found | None:
    """The telephone number that begins where a run of digits does."""
    text = match.string
    if _UNIT.match(text, match.end()):
        return None
    before = text[max(0, match.start() - 40) : match.start()]
    digits = re.sub(r"\D", "", match[0])
    cued = bool(_CUE.search(before))
    if (digits == match[0] and _ORDER.search(before)) or (not cued and _counts(match[0])):
        return None
    for length in _ends(match[0]):
        if _is_phone(match[0][:length], cued):
            end = match.start() + length
            more = _PAIRS.match(text, end) if _IN_PAIRS.search(match[0][:length]) else None
            return Found(match.start(), more.end() if more else end, "phone")
    return None


def _counts(run: str) -> bool:
    """Whether the groups go up or down by the same step, as sizes and years do: 36 38 40 42. What begins
    with a zero or a plus is dialled: 01 02 03 04 05."""
    if run.lstrip("( ").startswith(("0", "+")):
        return False
    groups = [int(group) for group in re.findall(r"\d+", run)]
    steps = {after - before for before, after in pairwise(groups)}
    return len(groups) >= 4 and len(steps) == 1 and steps != {0}


def _ends(run: str) -> Iterator[int]:
    """Where a number may end in a run of digits: at its end, then before its last groups, which may be another's."""
    yield len(run)
    for match in reversed(list(re.finditer(r"(?<=\d)[ ,/]+(?=[(+\d])", run))):
        yield match.start()


@cache
def _regions_of(first: str) -> tuple[str, ...]:
    """The countries in which a number may begin so, as it is dialled there."""
    if first == "0":
        return tuple(region for region in REGIONS if region not in ("ES",))
    return {"6": ("ES", "IT"), "7": ("ES",), "8": ("ES",), "9": ("ES",), "3": ("IT",)}.get(first, ())


def _is_phone(written: str, cued: bool) -> bool:
    """Whether a country could connect it; after a word for telephone, whether a country could have such a number."""
    digits = re.sub(r"\D", "", written)
    if not LEAST <= len(digits) <= MOST:
        return False
    if len(digits) == 14 and digits == written and not cued and not digits.startswith("00"):
        return False  # a moment or a parcel, never dialled like this
    bare = re.sub(r"\(0\)", "", written)
    if written.lstrip("( ").startswith(("+", "00")):
        number = "+" + re.sub(r"\D", "", bare).removeprefix("00")
        for known in PREFIXES:  # +33 06 12…: the zero that is not dialled from abroad
            if number.startswith(f"+{known}0") and known != "39":
                number = f"+{known}{number[len(known) + 2 :]}"
        return _valid(number, None, loosely=True)
    if any(
        digits.startswith(known) and _valid(f"+{digits}", None) for known in PREFIXES if len(digits) >= 10
    ):
        return cued or digits != written or len(digits) in (11, 12)
    regions = _regions_of(digits[0]) + (("CA",) if _NORTH_AMERICA.fullmatch(written) else ())
    if digits[0] == "0" and len(digits) < 9:
        return cued
    if digits[0] in "6789" and digits == written and len(digits) != 9:
        regions = ("IT",) if cued else ()
    return any(_valid(digits, region, loosely=cued) for region in regions) or (cued and len(digits) >= 9)


def _valid(number: str, region: str | None, *, loosely: bool = False) -> bool:
    try:
        parsed = parse(number, region)
    except NumberParseException:
        return False
    return is_valid_number(parsed) or (loosely and is_possible_number(parsed))
