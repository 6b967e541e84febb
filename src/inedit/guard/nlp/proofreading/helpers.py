"""Helping verbs, moods and words that sound alike, in French, Spanish and Italian."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from inedit.guard.nlp.proofreading.romance import RomanceText, agreements
from inedit.guard.nlp.proofreading.tables import Agreement, tables
from inedit.guard.nlp.proofreading.tokens import Fault, Token, only


def helper_faults(listed: Sequence[Token], language: str) -> Iterator[Fault]:
    """Every such fault in the words of a text."""
    text = RomanceText(listed, language, tables(language))
    ifs, helpers = text.data.listed("conditional.after"), _helping(language)
    for i, token in enumerate(listed):
        if token.first and token.low in ifs:
            yield from _conditional(text, i)
        if token.low in helpers:
            yield from _helpers(text, i)


def _conditional(text: RomanceText, i: int) -> Iterator[Fault]:
    """« Si vous auriez »: no conditional after an “if” that opens the sentence."""
    k = i + 1
    while text.low(k) in text.data.persons or text.low(k) in text.data.listed("clitics"):
        k += 1
    verb = text.word(k)
    if verb and _is_conditional(verb, text.language):
        yield Fault(i, k, "verb")


_CONDITIONAL = {
    "es": ("ría", "rías", "ríamos", "ríais", "rían"),
    "it": ("rei", "resti", "rebbe", "remmo", "reste", "rebbero"),
}


def _is_conditional(token: Token, language: str) -> bool:
    endings = _CONDITIONAL.get(language)
    if endings:
        return token.low.endswith(endings) and len(token.low) > 5 and only(token, "VX")
    return only(token, "V") and all(reading[1] == "c" for reading in token.readings)


@cache
def _helping(language: str) -> frozenset[str]:
    """The words that :func:`_helpers` begins with."""
    data = tables(language)
    listed = (data.listed(key) for key in ("modal.verbs", "being.having", "subjunctive.after"))
    return frozenset({"a", "tu", "anno", "esta", "ce"}).union(*listed, data.map("interrogatives"))


def _helpers(text: RomanceText, i: int) -> Iterator[Fault]:
    """Modal and finite verb (« puoi prenoti »), “to have” where “to be” belongs, the mood behind « il faut que », words
    that sound alike."""
    data, here, after = text.data, text.low(i), text.word(i + 1)
    if after is None:
        return
    only_verb = only(after, "V") and not _governs_pronoun(after.low, text.language)
    modal = here in data.listed("modal.verbs") and only_verb and after.low not in data.listed("modal.verbs")
    if modal or (here in data.listed("being.having") and after.low in data.listed("being.participles")):
        yield Fault(i, i + 1, "verb")
    elif here in data.listed("subjunctive.after") and after.low == "que" and text.low(i + 2) in data.persons:
        verb = text.word(i + 3)
        if verb and only(verb, "V") and all(reading[1] in "im" for reading in verb.readings):
            yield Fault(i + 1, i + 3, "verb")
    elif text.language == "fr":
        yield from _have_or_to(text, i, after)
    elif text.language == "es":
        yield from _spanish_accents(text, i, after)
    elif here == "a" and only(after, "K") and text.tokens[i].text == "a" and _before(text, i):
        yield Fault(i, i, "confused", "ha")
    elif here == "anno" and after.can("K") and "p" in {number for _, number in _before(text, i)}:
        yield Fault(i, i, "confused", "hanno")


def _before(text: RomanceText, i: int) -> set[Agreement]:
    noun = text.word(i - 1)
    return agreements(noun, text.data, "N") if noun and noun.can("N") else set()


_PRONOUN_BEHIND = re.compile(r"r(?:me|te|se|nos|os|l[aeo]s?)+$")


def _governs_pronoun(low: str, language: str) -> bool:
    """« devolverse »: an infinitive with its pronoun."""
    return language == "es" and bool(_PRONOUN_BEHIND.search(low))


def _have_or_to(text: RomanceText, i: int, after: Token) -> Iterator[Fault]:
    """« Rendez-vous a Annecy », « prêt a partir »: « a » where « à » belongs."""
    before = text.word(i - 1)
    if text.low(i) == "ce" and only(after, "V") and after.low[0] not in "efsdp":
        yield Fault(i, i + 1, "confused", f"se {after.text}")
    if text.tokens[i].text != "a" or before is None or before.capital or before.low in text.data.persons:
        return
    if (
        only(after, "I")
        or (only(before, "V") and not after.can("K"))
        or (after.capital and not after.text.isupper() and only(before, "NA") and not before.first)
    ):
        yield Fault(i, i + 1, "confused", f"à {after.text}")


def _spanish_accents(text: RomanceText, i: int, after: Token) -> Iterator[Fault]:
    """« Tu eliges », « ¿Cuanto cuesta…? »: the accent tells the pronoun and the question."""
    here = text.tokens[i]
    noun = text.word(i - 1)
    if here.low == "esta" and noun and only(noun, "N") and after.can("K") and not after.can("N"):
        yield Fault(i, i + 1, "spelling", f"está {after.text}")
    if here.low == "tu" and only(after, "V") and any(reading[-2:] == "2s" for reading in after.readings):
        yield Fault(i, i + 1, "spelling", f"{here.text[0]}ú {after.text}")
    accented = text.data.map("interrogatives").get(here.low)
    if accented and text.low(i - 1) == "¿" and not _asks(text, i):
        yield Fault(i, i, "spelling", accented.title() if here.capital else accented)


def _asks(text: RomanceText, i: int) -> bool:
    """Whether the question has a word that asks, further on."""
    for token in text.tokens[i + 1 :]:
        if token.text == "?":
            return False
        if token.text in {",", ";"}:
            return True
    return False
