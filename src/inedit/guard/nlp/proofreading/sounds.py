"""Words whose shape depends on the sound of the next: « l'hôtel », « lo zio », “an hour”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from inedit.guard.nlp.proofreading.romance import agreements, leads_a_verb
from inedit.guard.nlp.proofreading.tables import tables
from inedit.guard.nlp.proofreading.tokens import Fault, Token, only

_VOWELS = "aàâäeéèêëiîïíìoôöóòœuùûüúAÀÂEÉÈÊIÎOÔU"


def sound_faults(listed: Sequence[Token], language: str) -> Iterator[Fault]:
    """Every article, pronoun or possessive that does not suit the sound of the word behind it."""
    rule = {"fr": _french, "it": _italian, "en": _english, "es": _spanish}.get(language)
    if rule is None:
        return
    for i in range(len(listed) - 1):
        one, other = listed[i], listed[i + 1]
        if one.word and other.word and one.end < other.start:
            yield from rule(listed, i)
        elif one.low == "un'" and language == "it":
            own = agreements(other, tables("it"), "N")
            if own and all(gender == "m" for gender, _ in own) and not other.can("AXV"):
                yield Fault(i, i + 1, "sound", f"{one.text[:-1]} {other.text}")


_BEFORE_VOWEL = {"beau": "bel", "nouveau": "nouvel"}
_PLURAL_TOO = frozenset({"gli", "degli", "agli", "dagli", "negli", "sugli", "quegli"})


def _vowel_in_french(token: Token, mute: tuple[str, ...], aspirated: frozenset[str]) -> bool:
    low = token.low
    if len(low) < 2 or low in aspirated or (token.text.isupper() and len(low) < 6):
        return False
    return low.startswith(mute) if low[0] == "h" else low[0] in _VOWELS


@cache
def _that_change() -> frozenset[str]:
    """The French words whose shape depends on the next."""
    others = frozenset({"cet", "si", "ma", "ta", "sa", *_BEFORE_VOWEL})
    return others | tables("fr").listed("elision.before_vowel")


def _french(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    one, other = listed[i], listed[i + 1]
    if one.low not in _that_change():  # so are nearly all
        return
    data = tables("fr")
    aspirated, mute = data.listed("elision.aspirated"), tuple(data.listed("elision.mute"))
    if not _vowel_in_french(other, mute, aspirated):
        if one.low == "cet" and other.readings and other.low[0] not in "hy" and other.low not in aspirated:
            yield Fault(i, i + 1, "sound", f"ce {other.text}")
        return
    if one.low == "si" and other.low in {"il", "ils"}:
        yield Fault(i, i + 1, "sound", f"{one.text[0]}'{other.text}")
    elif one.low in data.listed("elision.before_vowel"):
        if other.low in {"un", "une", "à", "a", "y", "en"} and one.low in {"le", "la", "ce"}:
            return
        if one.low == "ce" and (other.can("V") and not other.can("N")):
            yield Fault(i, i + 1, "sound", f"{one.text[:-1]}'{other.text}")
        elif one.low == "ce":
            yield Fault(i, i + 1, "sound", f"cet {other.text}")
        else:
            yield Fault(i, i + 1, "sound", f"{one.text[:-1]}'{other.text}")
    elif one.low in {"ma", "ta", "sa"} and other.can("NA"):
        yield Fault(i, i + 1, "sound", f"{one.text[0]}on {other.text}")
    elif (
        one.low in _BEFORE_VOWEL
        and {n for _, n in agreements(other, data, "N")} == {"s"}
        and not other.can("X")
    ):
        yield Fault(i, i + 1, "sound", f"{_BEFORE_VOWEL[one.low]} {other.text}")


_ONE = ("uno", "grande")
"""«Da uno grande ne ricaviamo due»: a quality that the dictionary lists as a noun, said of one."""

_IMPURE = re.compile(r"(?:s[bcdfgklmnpqrtv]|z|gn|ps|pn|x|y)")


def _italian(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    one, other = listed[i], listed[i + 1]
    data = tables("it")
    plain, impure = data.listed("article.plain"), data.listed("article.impure")
    low = other.low
    if len(low) < 2 or other.text.isupper() or low[0] in "hjw":
        return
    vowel = low[0] in _VOWELS and not low.startswith(("io", "ie", "ia", "iu"))
    if one.low in plain:
        bad = _IMPURE.match(low) or (vowel and one.low != "un")
        verb = one.low == "dai" and only(other, "X")  # « non lo dai in mano a nessuno »
        if bad and other.readings and low not in {"e", "è", "o"} and not verb:
            yield Fault(i, i + 1, "sound")
        elif vowel and one.low == "un":
            own = agreements(other, tables("it"), "N")
            if own and all(gender == "f" for gender, _ in own) and not other.can("AK"):
                yield Fault(i, i + 1, "sound", f"un'{other.text}")
    elif one.low in impure and not other.can("VXKA") and other.can("N") and (one.low, low) != _ONE:
        wrong = one.low not in _PLURAL_TOO if vowel else not _IMPURE.match(low)
        if wrong and not leads_a_verb(one, other):
            yield Fault(i, i + 1, "sound")


def _spanish(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    one, other = listed[i], listed[i + 1]
    low = other.low
    if one.low == "y" and re.match(r"h?i(?![aeou])", low) and not other.capital:
        yield Fault(i, i + 1, "sound", f"e {other.text}")
    elif one.low == "o" and re.match(r"h?[oó]", low) and not other.capital:
        yield Fault(i, i + 1, "sound", f"u {other.text}")
    elif one.text in {"de", "a"} and other.text == "el":
        yield Fault(i, i + 1, "sound", "del" if one.text == "de" else "al")


_A_EVEN_SO = re.compile(
    r"(?:one|once|ones|oneself|ouija|eu|ewe|uni(?![nm])|us[aeiu]|uti|ubiq|ukr|ur[aeiou]|util|utensil|ubi)"
)


def _english(listed: Sequence[Token], i: int) -> Iterator[Fault]:
    one, other = listed[i], listed[i + 1]
    if (
        one.low not in {"a", "an"}
        or len(other.low) < 2
        or other.text.isupper()
        or (one.text == "A" and not one.first)
    ):
        return
    silent = bool(re.match(r"hour|honest|hono[u]?r|heir", other.low))
    vowel = other.low[0] in "aeiou" and not _A_EVEN_SO.match(other.low)
    if one.low == "a" and (vowel or silent):
        yield Fault(i, i + 1, "sound", f"{one.text}n {other.text}")
    elif (
        one.low == "an"
        and not (other.low[0] in "aeiou" and not _A_EVEN_SO.match(other.low))
        and not silent
        and other.low[0] != "h"
    ):
        yield Fault(i, i + 1, "sound", f"{one.text[0]} {other.text}")
