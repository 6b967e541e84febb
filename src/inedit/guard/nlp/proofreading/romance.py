"""Agreement in French, Spanish and Italian: articles, nouns and adjectives, subjects and verbs, participles.

A rule speaks only where every reading of a word agrees that something is wrong; what may be a name, a pronoun or a
verb is let be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inedit.guard.nlp.language_data import language_profile
from inedit.guard.nlp.numbers import is_number_word
from inedit.guard.nlp.proofreading.tables import Agreement, Tables, tables
from inedit.guard.nlp.proofreading.tokens import Fault, Token, only
from inedit.guard.nlp.text import fold

_NOMINAL = "NAK"
_DROPS_PRONOUNS = frozenset({"es", "it"})


@dataclass(frozen=True, slots=True)
class RomanceText:
    """The words of a text with the classes of its language."""

    tokens: Sequence[Token]
    language: str
    data: Tables

    def low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def word(self, i: int) -> Token | None:
        return self.tokens[i] if 0 <= i < len(self.tokens) and self.tokens[i].word else None


def romance_faults(listed: Sequence[Token], language: str) -> Iterator[Fault]:
    """Every fault of agreement in the words of a text."""
    text = RomanceText(listed, language, tables(language))
    for i, token in enumerate(listed):
        if token.low in text.data.determiners:
            yield from _group(text, i)
            yield from _name_and_verb(text, i)
        if token.low in text.data.persons:
            yield from _pronoun_and_verb(text, i)


def agreements(token: Token, data: Tables, kinds: str = _NOMINAL) -> set[Agreement]:
    """The genders and numbers that a word can have as one of these kinds; ``i`` is read as both numbers."""
    found = set()
    for reading in token.can(kinds):
        if len(reading) == 3:
            noun = reading[0] == "N" or data.gender.get(token.low) == "e"  # « una raya azul »
            gender = _own_gender(token.low, reading[1], data) if noun else reading[1]
            both = reading[2] == "i" or (reading[0] == "N" and _has_one_number(token.low, data))
            found |= {(gender, number) for number in ("sp" if both else reading[2])}
    return found


_VOWELS = "aeiou"


def _has_one_number(low: str, data: Tables) -> bool:
    """« un film, due film », « il menù, i menù », « el martes, los martes »: a noun that is the same in the plural."""
    return low in data.listed("one_number") or (data.invariable and low[-1] not in _VOWELS)


def _own_gender(low: str, gender: str, data: Tables) -> str:
    """The gender of a noun: the listed one, that of its ending, else the dictionary's."""
    forms = [low, low.removesuffix("s"), low.removesuffix("es")]
    if low.endswith("ones"):
        forms.append(f"{low[:-4]}ón")  # « razones » is of « razón »
    for form in forms:
        if form in data.gender:
            return data.gender[form]
    return next((own for form in forms for ending, own in data.endings if form.endswith(ending)), gender)


def _fits(one: Agreement, other: Agreement) -> bool:
    return one[1] == other[1] and (one[0] == other[0] or "e" in (one[0], other[0]))


def _any_fits(ones: set[Agreement], others: set[Agreement]) -> bool:
    return any(_fits(one, other) for one in ones for other in others)


def _both(ones: set[Agreement], others: set[Agreement]) -> set[Agreement]:
    return {(b[0] if a[0] == "e" else a[0], a[1]) for a in ones for b in others if _fits(a, b)}


_ARTICLES = frozenset({"el", "la", "lo", "los", "las"})
"""Behind these a Spanish possessive stands for its noun."""


def _is_decimal(text: RomanceText, i: int) -> bool:
    """« deux virgule un »: a number in words with its decimal sign."""
    if not is_number_word(text.language)[text.low(i)]:
        return False
    return fold(text.low(i + 1)) in language_profile(text.language).point and text.word(i + 2) is not None


def _group(text: RomanceText, i: int) -> Iterator[Fault]:
    """A determiner with its noun; then what follows the noun."""
    data, det = text.data, text.tokens[i]
    wanted = {data.determiners[det.low]}
    shared_out = text.low(i - 1) in data.listed("of_so_many") and text.low(i + 1) in data.listed("copula")
    if shared_out or _is_decimal(text, i):
        return  # « deux virgule un », « une voiture sur deux est repartie »
    if text.low(i - 1) in {"et", "y"} and det.low in {"un", "una", "une"}:
        return  # « trente et un prénoms »
    if text.language == "es" and text.low(i - 1) in _ARTICLES and det.low in data.listed("possessives"):
        return  # « el nuestro pasa por el rocío »
    j = i + 1
    if text.low(i - 1) in data.listed("roles.all") and wanted == {("e", "p")}:
        wanted = {("f" if text.low(i - 1).endswith("es") else "m", "p")}  # « toutes nos nappes »
        i -= 1
    while (first := text.word(j)) and (second := text.word(j + 1)) and first.low in data.listed("prenominal"):
        if not second.can("N"):
            break
        own = agreements(first, data, "AN")
        if own and not _any_fits(wanted, own):
            yield Fault(i, j, "agreement")
            return
        wanted = _both(wanted, own) or wanted
        j += 1
    noun = text.word(j)
    if noun is None or not _is_noun(text, i, j, noun, det):
        return
    own = agreements(noun, data)
    if _any_fits(wanted, own):
        yield from _after(text, i, j, _both(wanted, own))
    elif own or not noun.can("X"):
        yield Fault(i, j, "agreement")


def leads_a_verb(pronoun: Token, other: Token) -> bool:
    """«Lo rincalzi bene»: as a noun the form would be a plural, and what stands before it is said of one thing. Lists
    lack many a verb whose form is a noun's plural, too."""
    found = agreements(other, tables("it"), "N")
    plural = bool(found) and all(number == "p" for _, number in found)
    return pronoun.low == "lo" and plural and other.low.endswith("i")


_BEFORE_PRONOUNS = {"es": ("me", "te", "se", "nos", "os"), "it": ("me", "te", "ce", "ve")}
"""Pronouns behind which « la » and « los » are pronouns, too."""


def _is_noun(text: RomanceText, i: int, j: int, noun: Token, det: Token) -> bool:
    """Whether what stands behind a determiner is surely its noun, or a verb where only a noun can be."""
    data = text.data
    number = is_number_word(text.language)[noun.low]  # « otras sesenta »
    plural = data.determiners[det.low][1] == "p"
    if noun.capital or noun.low in data.listed("not_nouns") or noun.low in data.determiners:
        return False
    stressed = noun.low.removesuffix("s") in data.listed("stressed_a")
    if "I" in noun.readings or (number and plural) or (stressed and data.determiners[det.low] == ("m", "s")):
        return False
    verb = noun.can("V")
    after_pronoun = (
        text.low(i - 1) in _BEFORE_PRONOUNS.get(text.language, ())  # « no se la des »
        or bool(noun.can("X"))  # « cuando la hayas lavado »
        or (text.language == "it" and not _rules_out_pronoun(text, i) and leads_a_verb(det, noun))
    )
    if det.low in data.listed("pronoun_too") and (
        after_pronoun or (verb and not _rules_out_pronoun(text, i))
    ):
        return False
    if noun.can("N"):
        return True
    if verb:  # « notre freine »: no pronoun stands there, so a verb cannot
        before = text.word(i - 1)
        behind = before is not None and bool(before.can("N"))  # « un cliente nuestro tiró … »
        strict = det.low not in data.listed("pronoun_too") and j == i + 1 and not behind
        measured = fold(noun.text) in language_profile(text.language).units  # « ses kilomètres »
        return strict and noun.readings == verb and det.low in data.listed("possessives") and not measured
    return bool(noun.can("K")) and not noun.can("XA")


def _rules_out_pronoun(text: RomanceText, i: int) -> bool:
    """Whether an article that may be a pronoun is none: it opens a sentence, or a verb or a preposition leads it."""
    if text.tokens[i].first:
        return text.language not in _DROPS_PRONOUNS
    before = text.word(i - 1)
    if before is None:
        return False
    only_verb = (
        bool(before.readings) and before.readings == before.can("V") and before.low not in text.data.persons
    )
    return before.low in text.data.listed("prepositions") or (only_verb and text.language == "fr")


def _after(text: RomanceText, i: int, j: int, held: set[Agreement]) -> Iterator[Fault]:
    """An adjective right after the noun, then the verb of the group when it opens the sentence."""
    data = text.data
    joined = text.low(i - 1) in data.listed("subjects_before")
    k = j + 1
    adjective = text.word(k)
    of = data.listed("roles.of") | data.listed("roles.never_subject")
    attached = text.low(i - 1) in of or text.low(i) in of  # « broderie de deux initiales offerte »
    idiom = text.low(j) in {"fois", "vez", "volta"}  # « une fois cousus »
    begins = adjective is not None and adjective.low in data.determiners  # « en la cabeza otro precio »
    if adjective and not begins and _is_adjective(text, k, adjective) and not attached and not idiom:
        own = agreements(adjective, data, "AK")
        if own and not _any_fits(held, own):
            if not (joined and any(number == "p" for _, number in own)):
                yield Fault(j, k, "agreement")
            return
        k += 1
    det = text.tokens[i]
    if det.first and not joined and det.low not in data.listed("roles.never_subject"):
        yield from _subject_and_verb(text, j, k, held)


def _is_adjective(text: RomanceText, k: int, adjective: Token) -> bool:
    """Whether the word behind a noun is its adjective; one that can be a noun too is one unless it begins a group of
    its own (« bleu ciel », « bianco panna »)."""
    if adjective.capital or adjective.low in text.data.listed("not_nouns") or not adjective.can("AK"):
        return False
    following = text.word(k + 1)
    alone = following is None or not (following.can("NA") or following.low in text.data.listed("roles.of"))
    return only(adjective, "AK") or (only(adjective, "AKN") and alone)


def _subject_and_verb(text: RomanceText, j: int, k: int, held: set[Agreement]) -> Iterator[Fault]:
    """The verb behind a group that opens a sentence; in Spanish and Italian that may be an object or a time."""
    data = text.data
    drops = text.language in _DROPS_PRONOUNS
    while k < len(text.tokens) and (text.tokens[k].capital or text.tokens[k].text[0].isdigit()):
        k += 1
    while not drops and text.low(k) in data.listed("clitics") and text.low(k) not in {"nous", "vous"}:
        k += 1
    verb = text.word(k)
    numbers = {number for _, number in held}
    if verb is None or len(numbers) != 1:
        return
    number = next(iter(numbers))
    persons = {reading[-2:] for reading in verb.can("V")}
    if persons and f"3{number}" not in persons and _is_verb(text, k, verb):
        other = text.word(k + 1)
        nominal = other is not None and other.can("N") and other.low not in data.listed("not_nouns")
        turned = other is not None and (other.low in data.determiners or other.capital or nominal)
        if not drops or (
            persons & {"3s", "3p"} and not turned and text.low(j) not in data.listed("roles.times")
        ):
            yield Fault(j, k, "verb")
    elif text.low(k) in data.listed("copula") and not (drops and text.low(j) in data.listed("roles.times")):
        yield from _predicate(text, k, held)


def _is_verb(text: RomanceText, k: int, verb: Token) -> bool:
    """Whether a word is the verb here: nothing else, or a noun that something of a verb follows (« demande déjà »)."""
    if verb.readings == verb.can("V"):
        return True
    following = text.word(k + 1)
    closed = text.low(k + 1) in text.data.listed("not_nouns") or text.low(k + 1) in text.data.determiners
    preceded = following is not None and (closed or only(following, "X"))
    return only(verb, "VN") and preceded and bool(verb.can("V"))


def _predicate(text: RomanceText, k: int, held: set[Agreement]) -> Iterator[Fault]:
    """« La lampe est livrée »: what stands behind « est » agrees with the subject."""
    said = text.word(k + 1)
    if (
        said is None
        or said.low in text.data.listed("not_nouns")
        or not only(said, "AKN")
        or not said.can("AK")
    ):
        return
    own = agreements(said, text.data, "AKN")
    if own and not _any_fits(held, own) and text.low(k + 2) not in {"que", "et", "y", "e"}:
        yield Fault(k, k + 1, "agreement")


def _name_and_verb(text: RomanceText, i: int) -> Iterator[Fault]:
    """« Le C2 descends »: an article and names at the head of a sentence, and their verb."""
    if not text.tokens[i].first or text.low(i) in text.data.listed("roles.never_subject"):
        return
    gender, number = text.data.determiners[text.low(i)]
    k = i + 1
    while k < len(text.tokens) and (text.tokens[k].capital or text.tokens[k].text[0].isdigit()):
        k += 1
    verb = text.word(k)
    if k == i + 1 or verb is None or gender == "e" or verb.readings != verb.can("V"):
        return
    persons = {reading[-2:] for reading in verb.readings}
    turned = text.low(k + 1) in text.data.determiners and text.data.determiners[text.low(k + 1)][1] == "p"
    if persons and f"3{number}" not in persons and not turned:
        yield Fault(i, k, "verb")


def _may_ask(verb: Token, language: str) -> bool:
    """Whether a third person's form may be a Spanish imperative, which is said with its pronoun: «Tú pide paso»; those
    of other tenses end as none does."""
    return language == "es" and verb.low[-1] in _VOWELS and not verb.low.endswith(("ía", "aba"))


def _pronoun_and_verb(text: RomanceText, i: int) -> Iterator[Fault]:
    """A subject pronoun at the head of a sentence, and its verb."""
    data = text.data
    if not text.tokens[i].first:
        return
    k = i + 1
    while text.low(k) in data.listed("clitics"):
        k += 1
    verb = text.word(k)
    if verb is None or verb.capital or verb.readings != verb.can("V"):
        return
    persons, said = {reading[-2:] for reading in verb.readings}, data.persons[text.low(i)]
    asks = said == "2s" and "3s" in persons and _may_ask(verb, text.language)
    if persons and said not in persons and not asks:
        yield Fault(i, k, "verb")
