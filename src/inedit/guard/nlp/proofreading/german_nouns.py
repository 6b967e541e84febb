"""German determiners and nouns by the gender, case and number that they can have."""

from __future__ import annotations

from functools import lru_cache

from inedit.guard.nlp.proofreading.german_words import compound_head
from inedit.guard.nlp.proofreading.lexicon import lexicon
from inedit.guard.nlp.proofreading.tables import tables
from inedit.guard.nlp.proofreading.tokens import readings

Slot = tuple[str, str, str]
"""Gender (``m``, ``f``, ``n``), case (``n``, ``g``, ``d``, ``a``) and number (``s``, ``p``)."""

Slots = frozenset[Slot]


def _slots(written: str) -> Slots:
    """``"mns fgs *np"`` as slots; ``*`` stands for every gender."""
    return frozenset(
        (g, code[1], code[2]) for code in written.split() for g in ("mfn" if code[0] == "*" else code[0])
    )


_STRONG = {  # endings of dieser, jeder, welcher
    "er": "mns fds fgs *gp", "e": "fns fas *np *ap", "es": "nns nas mgs ngs", "en": "mas *dp", "em": "mds nds",
}  # fmt: skip
_MIXED = {"": "mns nns nas", "e": "fns fas", "en": "mas", "em": "mds nds", "er": "fds fgs", "es": "mgs ngs"}
_PLURAL = {"e": " *np *ap", "en": " *dp", "er": " *gp"}
CONTRACTED = {
    "zum": "mds nds", "vom": "mds nds", "beim": "mds nds", "im": "mds nds", "am": "mds nds", "zur": "fds",
    "ins": "nas", "ans": "nas", "aufs": "nas", "fürs": "nas", "ums": "nas", "durchs": "nas",
}  # fmt: skip
_FIXED = {
    "der": "mns fds fgs *gp", "die": "fns fas *np *ap", "das": "nns nas", "den": "mas *dp", "dem": "mds nds",
    "des": "mgs ngs",
}  # fmt: skip
NUMBERS = frozenset({"zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "zwölf"})
OPEN = frozenset({"ein", "kein", "mein", "dein", "sein", "ihr", "unser", "euer"})
"""Determiners without an ending, behind which the adjective shows gender and case."""


def _determiners() -> dict[str, Slots]:
    found = {word: _slots(codes) for word, codes in (_FIXED | CONTRACTED).items()}
    for stem in ("dies", "jed", "jen", "welch"):
        found |= {stem + ending: _slots(codes) for ending, codes in _STRONG.items()}
    found |= {"ein" + ending: _slots(codes) for ending, codes in _MIXED.items()}
    for stem in OPEN - {"ein", "euer"} | {"eur"}:
        for ending, codes in _MIXED.items():
            found[stem + ending] = _slots(codes + _PLURAL.get(ending, ""))
    found["euer"] = _slots(_MIXED[""])
    found |= {number: _slots("*np *ap *dp") for number in NUMBERS}
    return found | {"alle": _slots("*np *ap"), "beide": _slots("*np *ap")}


DETERMINERS = _determiners()
ENDINGS = ("em", "en", "er", "es", "e")
"""How adjectives are declined."""


@lru_cache(maxsize=20_000)
def noun_slots(word: str) -> Slots:
    """What a noun can be; that of its head for a compound; empty when it is not sure to be a noun."""
    found = readings(word, "de") - {"U", "W"}
    if not found:
        head = compound_head(word)
        if head is None or head in tables("de").listed("foreign_heads"):
            return frozenset()
        found = readings(head, "de")
    nouns = {r for r in found if r[0] == "N"}
    if not nouns or "NX" in nouns or _made_of_a_verb(word):
        return frozenset()
    slots = {
        (g, r[2], r[3])
        for r in nouns
        if len(r) == 4
        for g in ("mfn" if r[1] == "x" else r[1])
        if r[1:] != "xns"
    }
    # lists lack forms: what is nominative is also dative and accusative, except in weak nouns
    slots |= {(g, case, n) for g, c, n in slots if c == "n" and n == "s" for case in "da"}
    slots |= {(g, case, n) for g, c, n in slots if c == "n" and n == "p" for case in "ga"}
    slots |= {(g, "d", n) for g, c, n in slots if c == "n" and n == "p" and word.endswith(("n", "s"))}
    return frozenset(slots)


def is_an_activity(word: str) -> bool:
    """« beim Tischdecken »: a compound whose head is an infinitive may be what one does, and not several things."""
    return "I" in readings((compound_head(word) or "").lower(), "de")


def _made_of_a_verb(word: str) -> bool:
    """« das Flicken », « die Bekannte »: declined as what they are made of."""
    low = word.lower()
    plain = readings(low, "de")
    if plain & {"A", "K"} and low.endswith(ENDINGS):
        return True
    if "I" in plain:
        return True
    stem = low[:-2] if low.endswith("en") else ""
    return bool(stem) and "W" in plain and any(form in lexicon("de") for form in (f"{stem}t", f"ge{stem}t"))
