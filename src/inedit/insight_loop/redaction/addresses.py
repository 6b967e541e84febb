"""Where somebody lives: street and number, in the order and with the words of each language; British postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inedit.insight_loop.redaction.spans import Found, matches

_CITY = (
    r"(?:[,\n]? *-? *(?:[A-Z]{1,2}-)?\d{4,5} +[^\W\d_][\w'-]+(?:[ -](?-i:[A-ZÀ-Ý])[\w'-]+){0,3}"
    r"|(?:, *| (?:à|in|en|a) )(?-i:[A-ZÀ-Ý])[\w'-]+(?:[ -](?-i:[A-ZÀ-Ý])[\w'-]+){0,2}(?= *(?:[,.;!?)\n]|$| (?-i:[a-zà-ÿ]))))?"
)
_UP = r"(?-i:[A-ZÀ-ÝŒ])"
_MORE = r"(?: [a-zà-ÿ'-]+)?(?=,|;|\.|\n|$| à | \d{5})|"
_MORE = rf"(?:{_MORE})"
_SMALL_FR = r"(?:(?:de|du|des|la|le|les|l'|d'|aux?|en|sur|sous|saint|sainte|st|ste|dr|docteur|général|gal|maréchal|mal)[ -]?)"
_WAY_FR = (
    r"(?:rue|r\.|avenue|av\.?|ave|boulevard|bd\.?|blvd|place|pl\.?|impasse|imp\.?|allées?|chemin|che?\.|quai|cours|route|rte|square|sq\.?|"
    r"passage|faubourg|fbg|résidence|rés\.?|lotissement|lot\.?|sentier|venelle|hameau|villa|esplanade|promenade|rond-point|montée|cité|clos)"
)
_FLAT_FR = r"(?:,? *(?:\d{1,2}(?:er|e|ème) étage|(?:appt?|apt|appartement|bât(?:iment)?|esc(?:alier)?)\.? *\w{1,4}))*"
_FR = (
    rf"\b\d{{1,4}} ?(?:bis|ter|quater|[A-D]\b)?,? +{_WAY_FR} +{_SMALL_FR}{{0,4}}[\w'-]+(?:[ -](?:{_UP}|{_SMALL_FR})[\w'-]*){{0,5}}{_MORE}"
    rf"{_FLAT_FR}{_CITY}"
    rf"|\b{_WAY_FR} +{_SMALL_FR}{{0,4}}{_UP}[\w'-]+(?:[ -](?:{_UP}|{_SMALL_FR})[\w'-]*){{0,5}},? (?:n° ?|au (?:n° ?)?|numéro )\d{{1,4}}"
    # Belgium and Switzerland: the number behind the street
    rf"|\b{_WAY_FR} +{_SMALL_FR}{{0,4}}{_UP}[\w'-]+(?:[ -](?:{_UP}|{_SMALL_FR})[\w'-]*){{0,5}},? \d{{1,4}},? \d{{4,5}} +{_UP}[\w'-]+"
)
_TYPE_EN = r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|crescent|terrace|gardens?|grove|mews|hill|square|sq|way|walk|row|boulevard|blvd|place|park|green|view)"
_NOT_NAMES_EN = (
    r"(?!(?:minutes?|mins?|hours?|days?|weeks?|months?|years?|miles?|km|people|percent|of|in|on|to|from|for|and|or|at|the|a|an|times?|"
    r"steps?|more|per|is|was|are|days|euros?|pounds?|dollars?|x|by|shops?|houses?|off|down|up|along|this|that|my|our|each|every|busy)\b)"
)
_EN = (
    rf"(?:\b(?:flat|apartment|apt|unit|suite)\.? *\w{{1,4}},? +)?\b\d{{1,4}}[a-z]?,? +(?:{_NOT_NAMES_EN}[a-z][\w'-]*\.? +){{1,3}}?{_TYPE_EN}\b\.?"
    r"(?:,? +(?-i:[A-Z])[\w'-]+(?: (?-i:[A-Z])[\w'-]+)*)?(?:,? *[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b)?"
)
_UNITS_DE = r"(?! ?(?:Minuten?|Min\b|Uhr|Stunden?|Std|Tage?n?\b|€|Euro|EUR|km\b|m\b|cm\b|kg\b|Jahre?n?\b|Wochen?|Monate?n?\b|Prozent|%|Meter|Personen|Mal\b|x\b|[.,]\d))"
_STREET_DE = (
    r"(?:\b(?!(?i:sitz|park|stell|arbeits|lager|schlaf|rück|heim|schul|lehr|aus|um)(?:platz|weg|markt|berg)\b)"
    r"[A-Za-zÄÖÜäöüß][\wäöüß.-]*(?i:stra(?:ß|ss)e|str\.?|weg|platz|allee|gasse|ufer|damm|steig|chaussee|graben|ring|berg|markt|park|promenade)"
    r"|\b[A-ZÄÖÜ][\wäöüß-]+(?:er|e|n)? (?:Stra(?:ß|ss)e|Str\.?|Weg|Platz|Allee|Ring|Damm|Ufer|Chaussee|Gasse)"
    r"|\b(?:Am|An der|An den|Auf der|Auf dem|Im|In der|In den|Zum|Zur|Unter den|Hinter dem|Vor dem|Alte|Neue|Obere|Untere) "
    r"[A-ZÄÖÜ][\wäöüß-]+)"
)
_NO_STREET_DE = r"(?!Im (?:Jahr|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Alter|Schnitt)|In der (?:Woche|KW)|Am (?:Montag|Tag))"
_DE = rf"{_NO_STREET_DE}{_STREET_DE},? *(?:Nr\.? *)?\d{{1,3}}(?: ?[a-h]\b)?(?:-\d{{1,3}})?(?!\d|:\d|\.\d){_UNITS_DE}{_CITY}"
_SMALL_ES = r"(?:(?:de|del|la|las|los|el|san|santa|santo|doctor|dr|general|virgen)\.? )"
_WAY_ES = r"(?:calle|c/|c\.|cl\.? |avda?\.?|avenida|av\.?|plaza|pza\.?|plz|paseo|pº|p\.º|camino|cno\.?|carretera|ctra\.?|ronda|rda\.?|travesía|callejón|glorieta|urbanización|urb\.?|rambla|pasaje)"
_ES = (
    rf"(?<!\w)(?:{_WAY_ES} +|c/){_SMALL_ES}{{0,3}}[^\W\d][\w'-]*(?: (?:{_UP}|{_SMALL_ES})[\w'-]*){{0,5}},? *(?:n[.º°úu]*(?:m(?:ero)?)?\.? *)?\d{{1,4}}\b"
    rf"(?:,? *\d{{1,2}} ?[ºª°.]+ *(?:[A-Za-z]\b|izq\w*|dcha\w*|der\w*|\d?[ºª]?)?)?{_CITY}"
)
_WAY_IT = r"(?:via|v\.|v\.le|l\.go|viale|vle|piazza|p\.zza|p\.za|pza|piazzale|corso|c\.so|vicolo|vico|largo|strada|lungomare|lungarno|contrada|c\.da|salita|galleria|borgo|traversa|calle)"
_SMALL_IT = r"(?:(?:di|del|dei|della|delle|degli|dello|dell'|d'|da|san|santa|santo|sant'|l'|la|le|lo|don|dott|ss)\.? ?)"
_IT = (
    rf"(?<!\w){_WAY_IT} +(?:(?-i:{_SMALL_IT}{{0,3}}(?:{_UP}|[IVX]+ |\d{{1,2}} {_UP})[\w'-]*(?:\.? (?:{_UP}[\w'.-]*|{_SMALL_IT}[\w'-]*)){{0,4}}),? *"
    rf"(?:n[.°º]* *)?\d{{1,4}}(?:/?[A-Za-z]\b)?|{_SMALL_IT}?[a-zà-ù']+(?: [a-zà-ù']+)?,? *(?:n[.°º]* *)?\d{{1,4}}(?:/?[a-z]\b)?(?= *(?:$|[,.;!?\n]| a [a-z]| \d{{5}})))"
    rf"(?:,? *(?:int|interno|scala|piano)\.? *\w{{1,3}})*{_CITY}"
)
_BOX = re.compile(
    r"\b(?:boîte postale|b\.?p\.?|p\.?o\.? ?box|postfach|apartado(?: de correos)?|apdo\.?|casella postale|c\.p\.) ?(?:n[°.º]? ?)?(?P<x>\d[\d ]{1,6}\d|\d{2,6})\b",
    re.IGNORECASE,
)
_ROAD_KM = re.compile(
    r"\b(?:ctra\.?|carretera|strada statale|s\.?s\.?|route|landstraße|bundesstraße) (?:[\w'.-]+ ){0,4}?(?:km|n\.|pk) ?\d[\d.,]*",
    re.IGNORECASE,
)
_STREETS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in ((_FR, re.I), (_EN, re.I), (_DE, 0), (_ES, re.I), (_IT, re.I))
)
_LOWER_DE = re.compile(
    rf"\b[a-zäöüß][\wäöüß.-]{{2,}}(?:stra(?:ß|ss)e|str\.?) *\d{{1,3}}(?: ?[a-h]\b)?(?!\d|[.:]\d){_UNITS_DE}{_CITY}"
)
_POSTCODE_GB = re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?!\w)")
_CITY_CUED = re.compile(
    r"(?:code postal|cp|plz|postleitzahl|código postal|c\.p\.|cap|post ?code|zip)(?: ?:| est| ist| is| es| è)? *(?P<x>[A-Z]{0,2}-?\d{4,5}\b(?:,? (?-i:[A-ZÀ-Ý])[\w'-]+)?)"
    r"|(?:habite|vis|demeurant|livrer|wohne|wohnhaft|lebe|vivo|abito|residente|live)\b(?: \w+){0,2}[ ,:]+(?P<y>\d{5} (?-i:[A-ZÀ-Ý])[\w'-]+)",
    re.IGNORECASE,
)


def address_spans(text: str) -> Iterator[Found]:
    """Where a text says at which door somebody is found."""
    for street in _STREETS:
        yield from matches(street, text, "address")
    yield from matches(_LOWER_DE, text, "address")
    for pattern in (_POSTCODE_GB, _BOX, _ROAD_KM):
        yield from matches(pattern, text, "address")
    for match in _CITY_CUED.finditer(text):
        group = "x" if match["x"] else "y"
        yield Found(match.start(group), match.end(group), "address")
