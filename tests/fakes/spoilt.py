"""Sentences that were spoilt by rule: each word that a proof-reader could stumble over, each figure in another form."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator

from conftest import ROOT

_WORD = re.compile(r"[^\W\d_]+(?:['’](?=\w))?")
_NUMBER = re.compile(r"\d+(?:[.,  ]\d+)*")
_SMALL = {  # words that are taken for one another, and those that decide what the next ones look like
    "fr": "le la les un une des ce cette ces cet son sa ses à a ou où et est ont on ne se leur leurs dans d’en "
    "très nous vous",
    "en": "a an the this these that those its it’s your you’re their there to too of off then than is are has "
    "have does do no not every each two",
    "de": "der die das den dem des ein eine einen einem einer das dass ihr wir sie ich am beim zum zu um mit "
    "ohne für von seit wird werden ist sind",
    "es": "el la los las un una unos este esta estos el él tu tú que qué y e o u a ha he de con muy hay nos se "
    "su sus",
    "it": "il lo la i gli le un uno una un’ questo questa e è o ha a ai dei da dà di con molto si ci suo sua ne "
    "né",
}
_ENDINGS = {
    "fr": "e es s ent er é ée és ez ait x",
    "en": "s ed ing es ly er y 's",
    "de": "e en er es em st t te n s",
    "es": "o a os as e es ar ado ada an s",
    "it": "o a i e are ato ata ano he ì",
}


def sound_sentences(language: str) -> list[str]:
    """Sentences without a fault, from ``bench/language_quality`` and ``bench/claims``."""
    listed = []
    for row in _rows("language_quality/sentences.jsonl"):
        if row["language"] == language:
            listed.append(row["correct"] or row["text"])
    fresh = [row["text"] for row in _rows("claims/fresh.jsonl") if row["language"] == language]
    return listed + fresh


def spoilt_words(sentence: str, language: str) -> Iterator[str]:
    """A sentence with one thing wrong, in some eight ways; the same ones each time."""
    dice = random.Random(sentence)
    places = list(_WORD.finditer(sentence))
    small = _SMALL[language].split()
    beside = [m for m in places if m.group().lower() in small] or places

    def put(m: re.Match[str], word: str) -> str:
        return sentence[: m.start()] + word + sentence[m.end() :]

    for _ in range(5):
        m, word = dice.choice(beside), dice.choice(small)
        yield put(m, word.capitalize() if m.group()[0].isupper() else word)
    for _ in range(5):
        m = dice.choice([m for m in places if len(m.group()) > 3] or places)
        yield put(m, m.group()[: -dice.choice((0, 1, 1, 2))] + dice.choice(_ENDINGS[language].split()))
    m = dice.choice(places)
    yield put(m, m.group().swapcase() if len(m.group()) == 1 else m.group()[0].swapcase() + m.group()[1:])
    m = dice.choice(places)
    yield put(m, f"{m.group()} {m.group()}")
    m = dice.choice([m for m in places if len(m.group()) > 4] or places)
    at = dice.randrange(1, len(m.group()))
    yield put(m, m.group()[:at] + m.group()[at + 1 :])


_FORMS = (
    "{n}", "{n},5", "{n}.5", "{n} 000", "{n}.000", "{n},000", "{n}½", "{n} %", "{n} €", "€{n}", "{n} €90", "{n} kg",
    "{n} cm", "{n} h 30", "{n} h", "{n} km", "20{n}", "19{n}", "{n}/06/2026", "{n}-{m}", "{n} x {m}", "{m} / {n}",
    "{n}k", "{n} M€", "{n} min", "{n}e", "{n}.", "XIX", "{n} m²", "{n} °C",
)  # fmt: skip
_WORDS = {
    "fr": "deux;trois;douze;quatre-vingt-dix;cent vingt;deux cents;mille;un tiers de;la moitié de;"
    "une douzaine de;deux fois;plus de {n};près de {n};environ {n};entre {n} et {m};de {n} à {m};"
    "jusqu'à {n};moins de {n};{n} sur {m};{n} millions;{n} ans;{n} jours;{n} mois;{n} semaines;"
    "{n} heures et {m} minutes;{n} par an;dès {n};{n} ou {m};le {n} juin;depuis 20{n};{n} et plus",
    "en": "two;three;a dozen;ninety;a hundred and twenty;two thousand;a third of;half of;twice;over {n};"
    "nearly {n};about {n};between {n} and {m};from {n} to {m};up to {n};under {n};{n} out of {m};"
    "{n} million;{n} years;{n} days;{n} months;{n} hours and {m} minutes;{n} a year;{n} or {m};{n} June;"
    "since 20{n};at least {n};one in {n};{n} or more;twenty-{n};{n} pm",
    "de": "zwei;drei;zwölf;neunzig;hundertzwanzig;zweitausend;ein Drittel;die Hälfte;ein Dutzend;doppelt;"
    "über {n};fast {n};etwa {n};zwischen {n} und {m};{n} bis {m};höchstens {n};unter {n};{n} von {m};"
    "{n} Millionen;{n} Jahre;{n} Tage;{n} Monate;{n} Stunden und {m} Minuten;{n} pro Jahr;{n} oder {m};"
    "am {n}. Juni;seit 20{n};mindestens {n};jedes {n}.;halb {n};{n} Uhr",
    "es": "dos;tres;doce;noventa;ciento veinte;dos mil;un tercio de;la mitad de;una docena de;el doble;"
    "más de {n};casi {n};unos {n};entre {n} y {m};de {n} a {m};hasta {n};menos de {n};{n} de cada {m};"
    "{n} millones;{n} años;{n} días;{n} meses;{n} horas y {m} minutos;{n} al año;{n} o {m};"
    "el {n} de junio;desde 20{n};al menos {n};a las {n};{n} veces;{n} o más",
    "it": "due;tre;dodici;novanta;centoventi;duemila;un terzo di;la metà di;una dozzina di;il doppio;più di {n};"
    "quasi {n};circa {n};tra {n} e {m};da {n} a {m};fino a {n};meno di {n};{n} su {m};{n} milioni;"
    "{n} anni;{n} giorni;{n} mesi;{n} ore e {m} minuti;{n} all'anno;{n} o {m};il {n} giugno;dal 20{n};"
    "almeno {n};alle {n};{n} volte;{n} o più",
}


def other_figures(sentence: str, language: str) -> Iterator[str]:
    """A sentence with its numbers, or some word where it has none, in other forms."""
    dice = random.Random(sentence)
    places = list(_NUMBER.finditer(sentence)) or list(_WORD.finditer(sentence))[1:]
    for forms in (_FORMS, _WORDS[language].split(";"), _WORDS[language].split(";")):
        if places:
            m, n = dice.choice(places), dice.choice((1, 2, 5, 8, 9, 12, 15, 20, 24, 30, 31, 45, 60, 90))
            put = dice.choice(forms).format(n=n, m=n + dice.choice((1, 2, 10, 12, 30)))
            yield sentence[: m.start()] + put + sentence[m.end() :]


def _rows(path: str) -> Iterator[dict[str, str]]:
    yield from map(json.loads, (ROOT / "bench" / path).read_text(encoding="utf-8").splitlines())
