"""Names of people: by what stands before them (« je m'appelle », a title, kin, a greeting), by where they stand (below
a letter), by a list of first names, and by who else wrote in the place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import resources

from inedit.insight_loop.redaction.people_words import CLOSING, EVERYBODY, INTRODUCING, KIN_WORDS, OF_KIN
from inedit.insight_loop.redaction.spans import Found

_CAP = r"(?-i:[A-ZÀ-ÖØ-ÝŒ][\w'-]*\w)"
_LINK_WORD = r"(?:(?:de|du|la|le|von|van|der|den|zu|di|del|della|dos|da|y|e|Mc|O') ?)"
_NAME = rf"{_CAP}(?: {_LINK_WORD}{{0,2}}{_CAP}| (?-i:[A-Z])\.(?: {_CAP})?){{0,3}}"

_INTRODUCED = re.compile(
    r"\b(?:je m'appelle|mon nom est|mon prénom est|mon nom c'est|mon prénom c'est|moi c'est|on m'appelle|signé|"
    r"my name is|my name's|they call me|call me|i am called|signed|"
    r"ich heiße|ich heisse|mein name ist|mein vorname ist|man nennt mich|"
    r"me llamo|mi nombre es|mi nombre completo es|llámame|firmado|"
    r"mi chiamo|il mio nome è|chiamatemi|firmato)"
    rf" *:? *(?P<x>{_NAME}|(?!(?:pas|plus|not|nicht|no|non|comme|bien|donc|sur|si|par|von|por|the|out|off)\b)[a-zà-ÿ]{{3,}}\b)"
    r"|\b(?:prénoms?|nom(?: de famille)?|noms? et prénoms?|first name|last name|surname|full name|vorname|nachname|familienname|"
    rf"nombre|apellidos?|cognome|nome|name|nom complet|titulaire|account holder|kontoinhaber|titular|intestatario)"
    rf" ?[:=] *(?P<y>{_NAME})",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?:M\.|MM\.|Mme\.?|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Maître|Docteur|Dr\.?|Pr\.?|Prof\.?|Mr\.?|Mrs\.?|Ms\.?|Miss|Mister|"
    r"Herrn?|Frau|Fräulein|Sr\.|Sra\.?|Srta\.?|Señora?|Señorita|Don|Doña|Sig\.ra|Sig\.na|Sig\.|Signora?|Signorina|Dott\.ssa|Dott\.|Dottor(?:essa)?|"
    rf"Avv\.|Ing\.) (?:(?:Dr|Prof|Dott)\.? )?(?P<x>(?:(?:de|du|des|von|van|zu|di|del|della|da|le|la) ){{0,2}}(?:d'|l')?{_NAME})"
    rf"|\b(?:née?|geb\.|geborene?r?) (?P<y>{_NAME})"
)
_MINE = (
    r"ma|mon|mes|ta|ton|sa|son|notre|votre|nos|my|your|his|her|our|their|meine?[rmns]?|deine?[rmns]?|seine?[rmns]?|ihre?[rmns]?|unsere?[rmns]?|"
    r"mis?|tus?|sus?|nuestr[oa]s?|mi[ao]|miei|mie|tu[ao]|su[ao]|nostr[oa]|vostr[oa]|il mio|la mia"
)
_GLUE = r"(?:,? ?(?:\(|qui s'appelle |prénommée? |nommée? |called |named |namens |die |der |que se llama |llamad[oa] |che si chiama |di nome )?)"
_KIN = re.compile(
    rf"\b(?:{_MINE}) (?:[a-zà-ÿß-]+ )?(?:{KIN_WORDS}){_GLUE} ?(?P<x>{_NAME}(?:(?:,| et| and| und| y| e| &) {_NAME})*)",
    re.IGNORECASE,
)
_GREETED = re.compile(
    r"(?:^|[.!?\n] *|, )(?:bonjour|bonsoir|salut|coucou|chère?|cher|merci(?: beaucoup| à| à toi| encore)?|bravo|hello|hi|hey|dear|thanks|thank you|"
    r"hallo|hi|liebe[rs]?|guten (?:tag|morgen|abend)|danke(?: dir| schön)?|servus|moin|hola|buen(?:os|as) (?:días|tardes|noches)|querid[oa]|estimad[oa]|"
    r"gracias|ciao|buon(?:giorno|asera)|salve|car[oa]|gentile|grazie(?: mille)?)"
    rf"(?: à| a)?,? (?P<x>{_CAP}(?: {_CAP})?)(?= *(?:[,!.:;?\n]|$))",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:cordialement|bien à vous|bien à toi|bises|bisous|amicalement|sincèrement|à bientôt|merci d'avance|salutations|"
    r"(?:best|kind|warm)(?: regards| wishes)?|regards|cheers|yours(?: sincerely| faithfully| truly)?|sincerely|thanks|love|"
    r"(?:viele |liebe |herzliche |beste |schöne |mit freundlichen )?grüße[n]?|gruß|lg|vg|mfg|"
    r"(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|un abrazo|besos|(?:cordiali |distinti )?saluti|un saluto|a presto|baci)"
    rf"(?: ?[,.!:-]+ ?\n?| *\n+ *[-–~]? *| )(?P<x>{_CAP}(?: (?:{_LINK_WORD})?{_CAP}|(?-i: [A-Z]\.?)){{0,2}})(?= *[.!]?\s*$)",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?:\n|[.!?] )[-–—~] ?(?P<x>[A-ZÀ-Ý][\w'-]+(?: [A-ZÀ-Ý][\w'.-]*)?)\s*$")
_CAPITALISED = re.compile(r"(?<![\w@#-])[A-ZÀ-ÖØ-ÝŒ][^\W\d_]{2,}(?:-[A-ZÀ-Ý][^\W\d_]+)?")
_SURNAME = re.compile(
    rf" (?P<x>(?:{_LINK_WORD}{{0,2}})(?:[A-ZÀ-ÖØ-ÝŒ][\w'-]+|[A-Z]\.))(?: [A-ZÀ-ÖØ-ÝŒ][\w'-]+)?"
)
_SURNAME_FIRST = re.compile(r"(?<![\w@#-])[A-ZÀ-ÖØ-Ý][A-ZÀ-ÖØ-Ý'-]{2,} $")
"""A surname before the first name, in capitals as on forms: CANARI Zoé."""
_SMALL = re.compile(r"(?<![\w@#./-])[a-zà-ÿ]{4,}(?![\w@./-])")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:\n«\"“„(>*-])\s*$")
_LANGUAGES = ("fr", "en", "de", "es", "it")
UNSURE = ("w",)
"""Stands in the list behind a name that German may have as a word: in small letters it is left alone."""
ACRONYMS: Mapping[str, Collection[str]] = {"IVA": _LANGUAGES, "IRA": ("en",), "ISA": ("en",), "TIA": ("en",)}
"""What in capitals is no name, and in which languages: « sin IVA ». Any other first name in capitals is one: EVA."""
SIGNATURE = 160
"""Characters at the end of a text among which somebody signs."""

_WORD = re.compile(r"[^\W\d_]+")


def people_spans(text: str, language: str | None) -> Iterator[Found]:
    """Where a text names a person."""
    spoken = set(_WORD.findall(text.lower()))
    tail = max(0, len(text) - SIGNATURE)
    for pattern, start, worth in (
        (_INTRODUCED, 0, not spoken.isdisjoint(INTRODUCING)),
        (_TITLED, 0, True),
        (_KIN, 0, not spoken.isdisjoint(OF_KIN)),
        (_SIGNED, tail, not spoken.isdisjoint(CLOSING)),
        (_DASHED, tail, True),
    ):
        for match in pattern.finditer(text, start) if worth else ():
            group = "y" if match.groupdict().get("y") else "x"
            yield Found(match.start(group), match.end(group), "name")
    for match in _GREETED.finditer(text):
        words = match["x"].split()
        if (words[0].lower() not in EVERYBODY and not (language or "").startswith("de")) or words[
            0
        ] in _first_names():
            yield Found(match.start("x"), match.end("x"), "name")
    yield from _known(text, language)


def name_spans(text: str, names: Collection[str]) -> Iterator[Found]:
    """Where a text has one of the names as a word, as it is written there. Each place is looked at once for each
    length of a name, however many names there are."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        if name:
            lengths.setdefault(name[0], set()).add(len(name))
    known, end = frozenset(names), 0
    for start, first in enumerate(text) if lengths else ():
        if start < end or first not in lengths or (start and text[start - 1].isalnum()):
            continue
        for length in sorted(lengths[first], reverse=True):
            last = start + length
            if text[start:last] in known and not text[last : last + 1].isalnum():
                yield Found(start, last, "name")
                end = last
                break


@cache
def _first_names() -> Mapping[str, frozenset[str]]:
    """First names, each with the languages in which it is a word as well."""
    lines = resources.files("inedit.insight_loop.redaction").joinpath("names.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in lines.splitlines() if not line.startswith("#"))
    return {row[0]: frozenset(row[1:]) for row in rows}


def is_first_name(word: str) -> bool:
    """Whether people are called so, in whatever letters it is written."""
    return word.capitalize() in _first_names()


@cache
def _small_names(tags: tuple[str, ...]) -> frozenset[str]:
    """First names in small letters that are not words of the languages: people seldom reach for the shift key."""
    return frozenset(
        name.lower()
        for name, words in _first_names().items()
        if not words & {*tags, *UNSURE} and len(name) >= 5
    )


def _known(text: str, language: str | None) -> Iterator[Found]:
    known = _first_names()
    tags = _LANGUAGES if language is None else (language.split("-")[0],)
    shouted = text.isupper()  # capitals tell nothing then
    for match in _CAPITALISED.finditer(text):
        first = match[0] if match[0] in known else match[0].split("-")[0]
        first = first if first in known else first.capitalize()  # SOPHIE
        if first not in known:
            continue
        surname = _SURNAME.match(text, match.end())
        if surname is None and not shouted and not set(tags).isdisjoint(ACRONYMS.get(match[0], ())):
            continue
        is_word = any(tag in known[first] for tag in tags)
        is_noun = "de" in tags and "de" in known[first]  # German gives every noun a capital
        if is_word and not surname and (is_noun or _SENTENCE_START.search(text[: match.start()])):
            continue
        in_capitals = surname is not None and not shouted and surname["x"].isupper()
        if is_word and match[0].isupper() and not in_capitals:
            continue
        start, end = match.start(), match.end()
        if surname is not None and (in_capitals or not match[0].isupper()):
            end = surname.end()
        elif not shouted and (before := _SURNAME_FIRST.search(text, max(0, start - 40), start)):
            start = before.start()
        yield Found(start, end, "name")
    small = _small_names(tags)
    for match in _SMALL.finditer(text):
        if match[0] in small:
            yield Found(match.start(), match.end(), "name")
