"""Whether a stop ends a sentence: those of abbreviations, initials and dates do not."""

from __future__ import annotations

import re

_ABBREVIATIONS = (
    "n° nr no art env ca bzw evtl inkl exkl ggf st ste mr mrs ms dr med prof sr sra sig mme mlle vs approx max min tel"
    " av bd aprox n m"
)
_ABBREVIATED = re.compile(rf"(?<!\d)(?<!\d )\b(?:{'|'.join(_ABBREVIATIONS.split())})\.$", re.IGNORECASE)
_MAGNITUDES = "mio mln mill mrd mds mld tsd"
_MAGNITUDE = re.compile(rf"\b(?:{'|'.join(_MAGNITUDES.split())})\.$", re.IGNORECASE)
_GOES_ON_BEHIND = frozenset([*_ABBREVIATIONS.split(), *_MAGNITUDES.split(), "am", "pm"])
"""Words of letters only behind whose point a sentence may go on."""
_INITIAL = re.compile(r"(?<![\d\w'’])(?<!\d )[^\W\d_]\.$")
_BEFORE_LETTER = re.compile(r"\b([^\W\d_]{3,}) [^\W\d_]\.$")
_LETTERED = re.compile(
    r"plan|vitamin[ea]?|opti?[oó]n|opzione|typ[eo]?|tipo|class?e|klasse|clase|groupe?|gruppe|gr[uo]p+o|s[eé]ries?|hepatitis"
    r"|teil|partie|parte?|variante|modell|mod[eè]le|modello|formel|zon[ea]|[ck]at[eé]gor\w+",
    re.IGNORECASE,
)
"""Words that a letter names: « plan B » ends a sentence, where the B of „z. B.“ does not."""

_DAY = re.compile(
    r"\b(?:am|bis|zum|zur|vom|der|die|das|den|dem|des|im|ins|ab|seit|jede[rsnm]?|unsere?[rsnm]?|mein|erst) ?"
    r"(?:[12]?\d|3[01])\.$",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r" (?:jan|feb|fév|mär|mar|apr|avr|abr|mai|may|mag|giu|jun|jui|jul|lug|aug|aoû|ago|sep|set|okt|oct|ott|nov|dez|déc"
    r"|dec|dic)",
    re.IGNORECASE,
)
_DAY_OF_MONTH = re.compile(r"(?<![\w,.])(?:[12]?\d|3[01])\.$")
_ONE_OF_SEVERAL = re.compile(r"(?<![\w.])\d{1,2}\.(?:,| und| oder| bis| sowie) \d{1,2}\.$")
"""„am 8., 15. und 30. Tag“, „im 2. oder 3. Stock“: an ordinal behind another one."""
_OPENS_A_SENTENCE = re.compile(
    r" (?:It|He|She|We|You|They|This|That|These|The|There|If|When|And|But|So|Le|La|Les|L['’]|Une?|Des|Ce|C['’]|Cette"
    r"|Ces|Il|Elle|On|Nous|Vous|Ils|Elles|Je|Tu|Et|Mais|Si|Der|Die|Das|Eine?|Er|Sie|Es|Wir|Ich|Du|Und|Aber|Wenn|El|Los|Las"
    r"|Una|Est[aeo]|Yo|Él|Ella|Y|Pero|Lo|Gli|Uno|Quest[oa]|È|E|Ma|Se)\b"
)
_HOUR = re.compile(r"\d ?[ap]\.? ?m\.$", re.IGNORECASE)
_LONGEST_ABBREVIATION = 7
"""Letters before a point from which a word is no abbreviation, initial or number."""

LONGEST_HEAD = 24
"""Characters before a stop that say what it is."""


def goes_on(head: str, after: str) -> bool:
    """Whether the sentence goes on behind a stop: a small letter follows, or the stop is that of an abbreviation, of an
    initial or of the day of a date (« 30. Juni »)."""
    following = after[:3].lstrip()
    if following and following[0].islower():
        return True
    if not head.endswith(".") or _is_a_word(head[-1 - _LONGEST_ABBREVIATION : -1]):
        return False  # so for most
    if _DAY.search(head) or (_DAY_OF_MONTH.search(head) and _MONTH.match(after)):
        return bool(following)
    if _MAGNITUDE.search(head) or _ONE_OF_SEVERAL.search(head):  # „3 Mio. Kunden“
        return bool(following) and not _OPENS_A_SENTENCE.match(after)
    letter = _BEFORE_LETTER.search(head)
    if letter:  # « plan B. », unless it is the initial of a name
        return not _LETTERED.fullmatch(letter.group(1)) and not _OPENS_A_SENTENCE.match(after)
    return not _HOUR.search(head) and bool(_INITIAL.search(head) or _ABBREVIATED.search(head))


def _is_a_word(said: str) -> bool:
    """Whether what stands before a point ends in letters, and is nothing that a sentence goes on behind."""
    if len(said) == _LONGEST_ABBREVIATION and said.isalpha():
        return True
    last = said.rpartition(" ")[2]
    return len(last) > 1 and last.isascii() and last.isalpha() and last.lower() not in _GOES_ON_BEHIND
