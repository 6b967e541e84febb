"""Agreement in French, Spanish and Italian: articles, nouns and adjectives, subjects and verbs, participles.

A rule speaks only where every reading of a word agrees that something is wrong; what may be a name, a pronoun or a
verb is let be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inedit.guard.nlp.proofreading.tables import Agreement, ProofData, proof_data
from inedit.guard.nlp.proofreading.tokens import Fault, Token

_NOMINAL = "NAK"


def romance_faults(listed: Sequence[Token], language: str) -> Iterator[Fault]:
    """Every fault of agreement in the words of a text."""
    data = proof_data(language)
    for i, token in enumerate(listed):
        if not token.word:
            continue
        yield from _group(listed, i, language, data)
        yield from _pronoun_and_verb(listed, i, data)
        yield from _conditional(listed, i, language, data)


def agreements(token: Token, data: ProofData, kinds: str = _NOMINAL) -> set[Agreement]:
    """The genders and numbers that a word can have as one of these kinds; ``i`` is read as both numbers."""
    found = set()
    for reading in token.can(kinds):
        if len(reading) < 3:
            continue
        gender, numbers = reading[1], "sp" if reading[2] == "i" else reading[2]
        if reading[0] == "N":
            gender = _own_gender(token.low, gender, data)
        found |= {(gender, number) for number in numbers}
    return found


def _own_gender(low: str, gender: str, data: ProofData) -> str:
    """The gender of a noun: the listed one, that of its ending, else the dictionary's."""
    for form in (low, low[:-1] if low.endswith("s") else low, low[:-2] if low.endswith("es") else low):
        if form in data.gender:
            return data.gender[form]
        for ending, own in data.endings:
            if form.endswith(ending):
                return own
        accented = f"{form[:-2]}ón" if form.endswith("on") else form  # « razones » is of « razón »
        if accented in data.gender:
            return data.gender[accented]
    return gender


def _fits(one: Agreement, other: Agreement) -> bool:
    return one[1] == other[1] and (one[0] == other[0] or "e" in (one[0], other[0]))


def _any_fits(ones: set[Agreement], others: set[Agreement]) -> bool:
    return any(_fits(one, other) for one in ones for other in others)


def _both(ones: set[Agreement], others: set[Agreement]) -> set[Agreement]:
    return {(b[0] if a[0] == "e" else a[0], a[1]) for a in ones for b in others if _fits(a, b)}


def _group(listed: Sequence[Token], i: int, language: str, data: ProofData) -> Iterator[Fault]:
    """A determiner with its noun, the noun with its adjective, the group with its verb."""
    det = listed[i]
    agreement = data.determiners.get(det.low)
    if agreement is None or i + 1 >= len(listed) or not listed[i + 1].word:
        return
    j = i + 1
    wanted = {agreement}
    while j + 1 < len(listed) and listed[j].low in data.listed("prenominal") and listed[j + 1].can("N"):
        own = agreements(listed[j], data, "AN")
        if own and not _any_fits(wanted, own):
            yield Fault(i, j, "agreement")
            return
        wanted = _both(wanted, own) or wanted
        j += 1
    noun = listed[j]
    if noun.capital or noun.low in data.listed("not_nouns") or noun.low in data.determiners:
        return
    own = agreements(noun, data)
    if not own or "X" in noun.readings or "I" in noun.readings or not noun.can("NK"):
        return
    verb = noun.can("V")
    if verb and det.low in data.listed("pronoun_too") and not _opens(listed, i):
        return
    if verb and not noun.can("N"):
        return
    if noun.low.rstrip("s") in data.listed("stressed_a") and det.low in {
        "el",
        "un",
        "al",
        "del",
        "algún",
        "ningún",
    }:
        return
    if not _any_fits(wanted, own):
        if not (j > i + 1 and "e" in {w[0] for w in wanted}):
            kind = "agreement" if not any(a[1] == b[1] for a in wanted for b in own) else "agreement"
            yield Fault(i, j, kind)
        return
    held = _both(wanted, own)
    yield from _after(listed, i, j, held, language, data)


def _opens(listed: Sequence[Token], i: int) -> bool:
    return listed[i].first


def _after(
    listed: Sequence[Token], i: int, j: int, held: set[Agreement], language: str, data: ProofData
) -> Iterator[Fault]:
    """An adjective right after the noun, then the verb of the group when it opens the sentence."""
    joined = i > 0 and listed[i - 1].low in data.listed("subjects_before")
    k = j + 1
    if k < len(listed) and listed[k].word and not listed[k].capital and _only_adjective(listed[k]):
        own = agreements(listed[k], data, "AK")
        if own and not _any_fits(held, own):
            if not (joined and any(n == "p" for _, n in own)):
                yield Fault(j, k, "agreement")
            return
        k += 1
    if not _opens(listed, i) or joined:
        return
    while k < len(listed) and (listed[k].capital or listed[k].text[0].isdigit()):
        k += 1
    while (
        k < len(listed) and listed[k].low in data.listed("clitics") and listed[k].low not in {"nous", "vous"}
    ):
        k += 1
    if k >= len(listed) or not listed[k].word:
        return
    persons = {r[-2:] for r in listed[k].can("V")}
    numbers = {n for _, n in held}
    if persons and not listed[k].readings - listed[k].can("V") and len(numbers) == 1:
        right = f"3{next(iter(numbers))}"
        if right not in persons:
            yield Fault(j, k, "verb")
            return
    if listed[k].low in data.listed("copula") and k + 1 < len(listed) and _only_adjective(listed[k + 1]):
        own = agreements(listed[k + 1], data, "AK")
        after = listed[k + 2].low if k + 2 < len(listed) else ""
        if own and not _any_fits(held, own) and after not in {"que", "et", "y", "e"}:
            yield Fault(k, k + 1, "agreement")


def _only_adjective(token: Token) -> bool:
    return bool(token.readings) and all(r[0] in "AK" for r in token.readings)


def _pronoun_and_verb(listed: Sequence[Token], i: int, data: ProofData) -> Iterator[Fault]:
    """A subject pronoun at the head of a sentence, and its verb."""
    person = data.persons.get(listed[i].low)
    if person is None or not (
        listed[i].first
        or (
            i
            and listed[i - 1].low in {",", "que", "qu'", "si", "quand", "lorsque", "se"}
            and person[0] in "12"
            and listed[i].low not in {"nous", "vous"}
        )
    ):
        return
    k = i + 1
    while k < len(listed) and listed[k].low in data.listed("clitics"):
        k += 1
    if k >= len(listed) or not listed[k].word or listed[k].capital:
        return
    verb = listed[k]
    persons = {r[-2:] for r in verb.can("V") if r[1] != "m"}
    if persons and not verb.readings - verb.can("V") and person not in persons:
        yield Fault(i, k, "verb")


def _conditional(listed: Sequence[Token], i: int, language: str, data: ProofData) -> Iterator[Fault]:
    """« Si vous auriez »: no conditional after an « if » that opens the sentence."""
    if not listed[i].first or listed[i].low not in data.table["conditional"]["after"].split():
        return
    k = i + 1
    while k < len(listed) and (listed[k].low in data.persons or listed[k].low in data.listed("clitics")):
        k += 1
    if k < len(listed) and listed[k].word and _is_conditional(listed[k], language):
        yield Fault(i, k, "verb")


def _is_conditional(token: Token, language: str) -> bool:
    verb = token.can("V")
    if language == "es":
        return (
            bool(verb)
            and token.low.endswith(("ría", "rías", "ríamos", "ríais", "rían"))
            and verb == token.readings
            and len(token.low) > 5
        )
    return bool(verb) and verb == token.readings and all(r[1] == "c" for r in verb)
