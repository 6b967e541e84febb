"""Agreement in German: article, adjective and noun by gender, case and number, prepositions and their case, capitals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from inedit.guard.nlp.proofreading.tokens import Fault, Token, readings
from inedit.guard.nlp.proofreading.spelling import compound_head

Slot = tuple[str, str, str]
"""Gender (``m``, ``f``, ``n``), case (``n``, ``g``, ``d``, ``a``) and number (``s``, ``p``)."""


def _slots(written: str) -> frozenset[Slot]:
    """``"mns fgs *np"`` as slots; ``*`` stands for every gender."""
    return frozenset(
        (gender, code[1], code[2])
        for code in written.split()
        for gender in ("mfn" if code[0] == "*" else code[0])
    )


_STRONG = {  # endings of dieser, jeder, welcher
    "er": "mns fds fgs *gp", "e": "fns fas *np *ap", "es": "nns nas mgs ngs", "en": "mas *dp", "em": "mds nds",
}  # fmt: skip
_MIXED = {"": "mns nns nas", "e": "fns fas", "en": "mas", "em": "mds nds", "er": "fds fgs", "es": "mgs ngs"}
_PLURAL = {"e": " *np *ap", "en": " *dp", "er": " *gp"}
_FIXED = {
    "der": "mns fds fgs *gp", "die": "fns fas *np *ap", "das": "nns nas", "den": "mas *dp", "dem": "mds nds",
    "des": "mgs ngs", "zum": "mds nds", "vom": "mds nds", "beim": "mds nds", "im": "mds nds", "am": "mds nds",
    "zur": "fds", "ins": "nas", "ans": "nas", "aufs": "nas", "fürs": "nas", "ums": "nas", "durchs": "nas",
}  # fmt: skip


def _determiners() -> dict[str, frozenset[Slot]]:
    found = {word: _slots(codes) for word, codes in _FIXED.items()}
    for stem in ("dies", "jed", "jen", "welch"):
        found |= {stem + ending: _slots(codes) for ending, codes in _STRONG.items()}
    found |= {"ein" + ending: _slots(codes) for ending, codes in _MIXED.items()}
    for stem in ("kein", "mein", "dein", "sein", "ihr", "unser", "eur"):
        for ending, codes in _MIXED.items():
            whole = "euer" if stem == "eur" and not ending else stem + ending
            found[whole] = _slots(codes + _PLURAL.get(ending, ""))
    for number in "zwei drei vier fünf sechs sieben acht neun zehn zwölf alle beide".split():
        found[number] = _slots("*np *ap *dp *gp" if number not in {"alle", "beide"} else "*np *ap")
    return found


DETERMINERS = _determiners()
_OPEN = frozenset({"ein", "kein", "mein", "dein", "sein", "ihr", "unser", "euer"})
_PRONOUN_TOO = frozenset({"der", "die", "das", "den", "dem", "des", "dieser", "diese", "dieses", "diesen", "diesem", "jeder", "jedes",
                          "jeden", "jedem", "jene", "jener", "welche", "welcher", "welches", "alle", "beide", "einer", "eines",
                          "keiner", "ihr", "ihre", "ihrer", "ihren", "ihrem", "ein", "eine", "einen", "einem"})  # fmt: skip
_CASES = {
    "mit": "d", "nach": "d", "bei": "d", "von": "d", "zu": "d", "aus": "d", "seit": "d", "für": "a", "ohne": "a",
    "gegen": "a", "durch": "a", "um": "a",
}  # fmt: skip
_ENDINGS = ("em", "en", "er", "es", "e")


def german_faults(listed: Sequence[Token]) -> Iterator[Fault]:
    """Every fault of agreement, case or capital in the words of a text."""
    for i, token in enumerate(listed):
        if not token.word:
            continue
        if token.low in DETERMINERS and (token.first or not token.capital):
            yield from _group(listed, i)
        yield from _capital(listed, i)
        yield from _pronoun(listed, i)


@lru_cache(maxsize=20_000)
def noun_slots(word: str) -> frozenset[Slot]:
    """What a noun can be; that of its head for a compound; empty when it is not sure to be a noun."""
    found = readings(word, "de")
    if not found:
        head = compound_head(word)
        found = readings(head, "de") if head else frozenset()
    nouns = {r for r in found if r[0] == "N"}
    if not nouns or any(r == "NX" or r[1] == "x" for r in nouns):
        return frozenset()
    return frozenset((r[1], r[2], r[3]) for r in nouns if len(r) == 4)


def _adjective(token: Token) -> bool:
    return (
        token.text.islower()
        and token.low.endswith(_ENDINGS)
        and bool(token.can("AK") or readings(token.low[: -len(_ending(token.low))], "de") & {"A", "K"})
        and not token.can("I")
    )


def _ending(low: str) -> str:
    return next(ending for ending in _ENDINGS if low.endswith(ending))


def _group(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    det = listed[i]
    before = listed[i - 1].low if i and not det.first else ""
    if (
        det.low in _PRONOUN_TOO
        and before in {",", "und", "oder"}
        and det.low not in {"ein", "eine", "einen", "einem"}
    ):
        return  # « Gäste, die Wein lieben »
    slots = DETERMINERS[det.low]
    if det.low in {"ihr"} and det.text != "Ihr" and not before:
        return
    case = _CASES.get(before)
    if case and before == "um" and any(t.low == "zu" for t in listed[i : i + 12]):
        case = None
    j = i + 1
    while j < len(listed) and j < i + 4 and _adjective(listed[j]):
        j += 1
    if (
        j >= len(listed)
        or not listed[j].word
        or not listed[j].capital
        or listed[j].text.isupper()
        or len(listed[j].text) < 3
    ):
        return
    if j + 1 < len(listed) and (listed[j + 1].text in "-&" or (listed[j + 1].capital and listed[j + 1].word)):
        return  # « die Bosch Werkstatt »
    nouns = noun_slots(listed[j].text.replace("’", "'"))
    if not nouns or (readings(listed[j].low, "de") & {"A", "K", "I"} and listed[j].low.endswith(_ENDINGS)):
        return  # a noun made of an adjective or a verb is declined as one
    options = slots & nouns
    if case:
        governed = {slot for slot in slots if slot[1] == case}
        if not governed and det.low not in {"zum"}:
            yield Fault(i - 1, j, "agreement")
            return
        if governed and options and not {slot for slot in options if slot[1] == case}:
            yield Fault(i - 1, j, "agreement")
            return
    if not options:
        yield Fault(i, j, "agreement" if not {s[0] for s in slots} & {n[0] for n in nouns} else "agreement")
        return
    for k in range(i + 1, j):
        if _ending(listed[k].low) not in _adjective_endings(det.low, options):
            yield Fault(i, j, "agreement")
            return


def _adjective_endings(det: str, options: frozenset[Slot]) -> set[str]:
    """What an adjective may end in behind a determiner, in these slots."""
    found = set()
    for gender, case, number in options:
        if det in {"zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "zwölf"}:
            found.add({"n": "e", "a": "e", "d": "en", "g": "er"}[case])
        elif number == "p":
            found |= {"en"} if det != "welche" else {"en", "e"}
        elif case in "dg" or (case == "a" and gender == "m"):
            found.add("en")
        elif det in _OPEN:
            found.add("er" if gender == "m" else "es")
        else:
            found.add("e")
    return found


def _capital(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    """A noun in small letters: a word that is listed with a capital only."""
    token = listed[i]
    low = token.text.replace("’", "'")
    if token.capital or len(low) < 4 or not low.islower():
        return
    found = readings(low, "de")
    if found - {"U"}:
        return
    nominal = {r for r in readings(low.title(), "de") if r[0] == "N"}
    before = listed[i - 1] if i else None
    led = before is not None and (before.low in DETERMINERS or _adjective(before))
    if nominal and (led or "U" in found or not found):
        yield Fault(i, i, "capital", low.title())


_PERSONS = {"ich": "1s", "du": "2s", "er": "3s", "es": "3s", "man": "3s", "wir": "1p"}


def _pronoun(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    """A pronoun that opens a sentence and its verb; an imperative before « Sie »."""
    token = listed[i]
    if i + 1 >= len(listed) or not listed[i + 1].word:
        return
    verb = listed[i + 1]
    person = _PERSONS.get(token.low)
    if person and token.first and verb.text.islower():
        persons = {r[-2:] for r in verb.can("V") if len(r) == 4 and r[1] != "m"}
        if persons and not verb.readings - verb.can("V") and person not in persons:
            yield Fault(i, i + 1, "verb")
    if verb.text == "Sie" and token.first and not token.readings - token.can("VN"):
        persons = {r[-2:] for r in token.can("V") if len(r) == 4}
        if persons and not persons & {"3p", "1p"} and persons <= {"2p", "2s"}:
            yield Fault(i, i + 1, "verb")
