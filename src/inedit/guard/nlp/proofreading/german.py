"""Agreement in German: article, adjective and noun, prepositions and their case, verbs, capitals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inedit.guard.nlp.proofreading.german_nouns import (
    CONTRACTED,
    DETERMINERS,
    ENDINGS,
    NUMBERS,
    OPEN,
    Slot,
    is_an_activity,
    noun_slots,
)
from inedit.guard.nlp.proofreading.tables import tables
from inedit.guard.nlp.proofreading.tokens import Fault, Token, readings

_ALONE = frozenset(
    {"ein", "eine", "einen", "einem", "unser", "unsere", "unserem", "unseren", "mein", "meine"}
)
"""Determiners that no relative clause begins with, as the others may behind a comma."""

_CASES = {
    "mit": "d", "nach": "d", "bei": "d", "von": "d", "zu": "d", "aus": "d", "seit": "d", "für": "a", "ohne": "a",
    "gegen": "a", "durch": "a", "um": "a",
}  # fmt: skip
_CLOCK = frozenset({"um", "gegen", "ab", "bis", "nach", "vor", "seit"})
"""Before a number, these tell the time: « ein um acht aufgehängtes Laken »."""


def german_faults(listed: Sequence[Token]) -> Iterator[Fault]:
    """Every fault of agreement, case or capital in the words of a text."""
    for i, token in enumerate(listed):
        if not token.word:
            continue
        if token.low in DETERMINERS and (token.first or not token.capital):
            yield from _group(listed, i)
            yield from _name_and_verb(listed, i)
        yield from _capital(listed, i)
        yield from _perfect(listed, i)
        yield from _homophone(listed, i)
        if i + 1 < len(listed) and listed[i + 1].word and token.first:
            yield from _pronoun(listed, i)


def _ending(low: str) -> str:
    return next(ending for ending in ENDINGS if low.endswith(ending))


def _adjective(token: Token) -> bool:
    """Whether a word in small letters is a declined adjective or participle."""
    if not token.text.islower() or not token.low.endswith(ENDINGS) or token.can("IV"):
        return False
    stem = token.low[: -len(_ending(token.low))]
    return bool(token.can("AK") or {r[0] for r in readings(stem, "de")} & {"A", "K"})


def _group(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    """A determiner, its adjectives and its noun, and the preposition before them."""
    det = listed[i]
    before = listed[i - 1].low if i and not det.first else ""
    if before in {",", "und", "oder"} and det.low not in _ALONE:
        return  # « Gäste, die Wein lieben »
    if det.low in NUMBERS and before in _CLOCK:
        return
    j = i + 1
    while j < min(len(listed), i + 4) and _adjective(listed[j]):
        j += 1
    if j >= len(listed) or not _is_noun(listed, j, det.low):
        return
    slots, nouns = DETERMINERS[det.low], noun_slots(listed[j].text.replace("’", "'"))
    if not nouns or (det.low in CONTRACTED and j == i + 1 and is_an_activity(listed[j].text)):
        return
    case = _governed(listed, i) or ("n" if _is_subject(listed, i, j) else "")
    options = {slot for slot in slots & nouns if not case or slot[1] == case}
    if not options and case in {"d", "a"} and slots & nouns:
        yield Fault(i - 1, j, "agreement")
    elif not options or any(
        _ending(listed[k].low) not in _adjective_endings(det.low, options) for k in range(i + 1, j)
    ):
        yield Fault(i, j, "agreement")


def _is_subject(listed: Sequence[Token], i: int, j: int) -> bool:
    """« Der Lampe leuchtet, … »: a group and a verb are the whole clause, so the group is its subject."""
    if not listed[i].first or j + 2 >= len(listed) or listed[j + 2].word:
        return False
    verb = listed[j + 1]
    return verb.word and bool(verb.can("V")) and verb.readings == verb.can("V")


def _governed(listed: Sequence[Token], i: int) -> str:
    """The case that the preposition before a group asks for; nothing where it may belong to a verb."""
    if not i or listed[i].first or listed[i].low in CONTRACTED:
        return ""
    before = listed[i - 1].low
    if before == "zu" and i > 1 and listed[i - 2].low == "bis" and listed[i].low in NUMBERS:
        return ""  # „bis zu acht Leute“
    if before == "um" and any(token.low == "zu" for token in listed[i : i + 12]):
        return ""
    if before == "seit" and _clause_ends_on_its_verb(listed, i):
        return ""  # „Seit die Einladung da ist, …“
    return _CASES.get(before, "")


def _clause_ends_on_its_verb(listed: Sequence[Token], i: int) -> bool:
    """Whether a comma or a stop comes right behind a verb: a conjunction leads what stands before it."""
    end = next((k for k in range(i, len(listed)) if not listed[k].word), len(listed))
    last = listed[end - 1]
    return end - i > 2 and last.text.islower() and bool(last.can("V"))


def _is_noun(listed: Sequence[Token], j: int, det: str) -> bool:
    """Whether a word with a capital is the noun of a group: no name or part of one, no unit behind a number."""
    noun = listed[j]
    if not noun.word or not noun.capital or noun.text.isupper() or len(noun.text) < 3:
        return False
    if det in NUMBERS and noun.text in tables("de").listed("measures"):
        return False
    after = listed[j + 1] if j + 1 < len(listed) else None
    named = (
        after is not None
        and after.word
        and after.capital
        and after.low not in tables("de").listed("possessive")
    )
    return not named and not (after is not None and after.text in {"-", "&"})


def _adjective_endings(det: str, options: set[Slot]) -> set[str]:
    """What an adjective may end in behind a determiner, in these slots."""
    found = set()
    for gender, case, number in options:
        if det in NUMBERS:
            found.add({"n": "e", "a": "e", "d": "en", "g": "er"}[case])
        elif number == "p":
            found |= {"en", "e"} if det == "welche" else {"en"}
        elif case in "dg" or (case == "a" and gender == "m"):
            found.add("en")
        elif det in OPEN:
            found.add("er" if gender == "m" else "es")
        else:
            found.add("e")
    return found


def _name_and_verb(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    """« Das C2 fahrt »: a subject that opens a sentence, and a verb in the first or second person."""
    if not listed[i].first or listed[i].low not in {"der", "die", "das", "ein", "eine", "unser", "unsere"}:
        return
    k = i + 1
    while k < len(listed) and ((listed[k].word and listed[k].capital) or listed[k].text[0].isdigit()):
        k += 1
    if k == i + 1 or k >= len(listed) or not listed[k].text.islower():
        return
    verb = listed[k]
    persons = {r[-2:] for r in verb.can("V") if len(r) == 4}
    others = {token.low for token in listed[k : k + 12]}
    if (
        persons
        and persons <= {"1s", "2s", "2p"}
        and verb.readings <= verb.can("V") | {"U"}
        and not others & {"ich", "du", "ihr"}
    ):
        yield Fault(i, k, "verb")


def _capital(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    """A noun in small letters: a word that is listed with a capital only, or that « am », « beim » leads."""
    token = listed[i]
    low = token.text.replace("’", "'")
    if len(low) < 4 or not low.islower():
        return
    found, titled = readings(low, "de"), readings(low.title(), "de")
    nominal = any(r[0] == "N" for r in titled)
    followed = i + 1 < len(listed) and listed[i + 1].word and listed[i + 1].capital
    if not found - {"U"} and nominal and not (followed and low.endswith(ENDINGS)):
        yield Fault(i, i, "capital", low.title())
        return
    superlative = low.endswith(("sten", "ßten"))  # « am schönsten »
    preceded = (
        i > 0
        and listed[i - 1].low in CONTRACTED
        and not superlative
        and not token.can("AKV")
        and not _adjective(token)
    )
    if (
        preceded
        and nominal
        and "NX" not in titled
        and not followed
        and low not in tables("de").listed("never_capital")
    ):
        yield Fault(i, i, "capital", low.title())


def _has_neuter(listed: Sequence[Token], end: int) -> bool:
    """Whether a clause has a noun that « das » behind its verb may take up: „woher das Laken kommt, das Sie
    mitbringen“."""
    start = next((k + 1 for k in range(end - 1, -1, -1) if not listed[k].word), 0)
    nouns = (token.text for token in listed[start:end] if token.capital and not token.first)
    return any(slot[0] == "n" for noun in nouns for slot in noun_slots(noun))


_PRONOUNS = frozenset({"wir", "ich", "du", "er", "man", "sie", "ihr"})


def _homophone(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    """« …, das wir » behind a verb, « seid » without « ihr », « wider » before no noun, « Mann kann »."""
    here, after = listed[i], listed[i + 1] if i + 1 < len(listed) else None
    if after is None or not after.word:
        return
    verb = (
        i > 1 and listed[i - 1].text == "," and bool(listed[i - 2].can("VI")) and listed[i - 2].text.islower()
    )
    if (
        here.text == "das"
        and after.low in _PRONOUNS
        and verb
        and not listed[i - 2].can("AW")
        and not _has_neuter(listed, i - 1)
    ):
        yield Fault(i, i + 1, "confused", f"dass {after.text}")
    elif here.text == "seid" and "ihr" not in {token.low for token in listed[max(0, i - 10) : i + 11]}:
        yield Fault(i, i, "confused", "seit")
    elif here.text == "wider" and after.text.islower() and after.low not in DETERMINERS:
        yield Fault(i, i, "confused", "wieder")
    elif (
        here.text == "Mann"
        and here.first
        and after.text.islower()
        and after.readings == after.can("V") != frozenset()
    ):
        yield Fault(i, i + 1, "confused", f"Man {after.text}")


def _perfect(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    """« haben … übersteht. »: a finite verb at the end where a participle belongs."""
    if listed[i].low not in {"habe", "hast", "hat", "haben", "habt"}:
        return
    k = i + 1
    while k < len(listed) and listed[k].word:
        k += 1
    last = listed[k - 1]
    closed = k < len(listed) and listed[k].text in ".!" and k - i > 2
    finite = bool(last.readings) and last.readings == last.can("V") and last.low.endswith("t")
    if closed and finite and last.text.islower():
        yield Fault(k - 1, k - 1, "verb")


_PERSONS = {"ich": "1s", "du": "2s", "er": "3s", "man": "3s", "wir": "1p"}


def _pronoun(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    """A pronoun that opens a sentence and its verb; an imperative before « Sie »."""
    token, verb = listed[i], listed[i + 1]
    person = _PERSONS.get(token.low)
    persons = {r[-2:] for r in verb.can("V") if len(r) == 4 and r[1] != "m"}
    if (
        person
        and verb.text.islower()
        and persons
        and verb.readings == verb.can("V")
        and person not in persons
    ):
        yield Fault(i, i + 1, "verb")
    if verb.text == "Sie":
        said = {r[-2:] for r in token.can("V") if len(r) == 4}
        if said and said <= {"2p", "2s"} and all(r[0] in "VN" for r in token.readings):
            yield Fault(i, i + 1, "verb")


def common_noun(listed: Sequence[Token], i: int) -> bool:
    """Whether an unknown word with a capital is a common noun rather than a name: an article or an adjective leads it,
    or it ends as nouns do."""
    token = listed[i]
    if not token.text[1:].islower() or not token.capital:
        return False
    if i + 1 < len(listed) and listed[i + 1].text[0].isdigit():
        return False  # « die Lumo 300 »
    preceded = i > 0 and not token.first and (listed[i - 1].low in DETERMINERS or _adjective(listed[i - 1]))
    return preceded or token.low.endswith(tuple(tables("de").listed("suffixes")))
