"""Names of people and places in a text: which were supplied, and which stand where a fact has another one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.guard.evidence.capitals import is_name_in_german, is_place, names_in
from inedit.guard.evidence.facts import KEPT, OF_ONE_VARIANT, Fact
from inedit.guard.evidence.index import Evidence, fact_stems, readable_facts
from inedit.guard.evidence.scene_names import acts_in_a_scene
from inedit.guard.nlp.grammar import Clause, clauses, grammar, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.places import countries, excludes_a_country, is_country
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import fold, folded_words
from inedit.guard.nlp.word_lists import beginnings, word_list
from inedit.model import Span

SHARED = 2
"""Words of content, besides the names, that make a sentence another wording of a fact."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text that no fact has there. ``fact`` is the one that it contradicts; ``made`` whether the clause
    says where something is made."""

    span: Span
    fact: Fact | None
    made: bool


def unsupported_names(
    text: str, language: str, facts: tuple[Fact, ...], known: Evidence, names: frozenset[str] = frozenset()
) -> Iterator[Named]:
    """Names that nobody supplied, names that stand in a fact's sentence in place of the fact's own, and countries of
    origin that no fact gives. ``names`` are those of the brand's facts in other languages, by which German tells them
    from its nouns."""
    supplied, foreign, telling = supplied_names(facts, known, language)
    named, listed = countries(text, language), clauses(text, language)
    codes = _codes(supplied)
    figures = [quantity.span for quantity in find_quantities(text, language)]
    may_be_codes = bool(codes) and _DIGIT.search(fold(text)) is not None
    for clause in listed:
        for word in clause.words if may_be_codes else ():
            numbered = word.folded[-1].isdecimal() and word.folded not in supplied
            if numbered and (ours := codes.get(_letters(word.folded))):
                fact = next((f for f in telling if not ours.isdisjoint(folded_words(f.text))), None)
                yield Named(Span(word.start, word.end), fact, made=False)
        found = list(names_in(text, clause, language, supplied, names))
        places = [
            (code, span)
            for code, span in named
            if clause.span.start <= span.start < clause.span.end and not span.overlaps(figures)  # « Franken »
        ]
        if not found and not places:
            continue
        for code, span in places:
            if _is_a_language(span.of(text), clause, span.start, language):
                continue
            made = makes(clause, language, span.start)
            told = _told(clause, listed, {root(span.of(text), language)})
            if (code not in foreign and (made or _is_headline(clause, listed, language))) or (
                made and not any(_made_there(fact, code) for fact in telling)
            ):
                yield Named(span, None, made=True)
            elif fact := _exchanged(told, telling, partial(_names_country, code), True, names):
                yield Named(span, fact, made=False)
        taken = [span for _, span in places]
        told = _told(clause, listed, {root(word.text, language) for word in found})
        for word in found:
            span = Span(word.start, word.end)
            if span.overlaps(taken):
                continue
            place = is_place(word, clause, language)
            fact = _exchanged(told, telling, partial(_has_word, word.folded), place, names)
            if fact and _is_said_so(clause, word.start, facts):
                fact = None
            unknown = supplied.isdisjoint(_forms(word.folded, language))
            here = (
                place
                and text[word.end : word.end + 2] not in ("'s", "’s")  # “on Bruno's course”
                and root(word.text, language) not in known.heads  # „Ist das Gelb im Comté Farbstoff?“
                and makes(clause, language, word.start)
                and not any(
                    _makes_at(fact_, word.folded) or _is_from(fact_, word.folded, told) for fact_ in telling
                )
            )
            before = next((w.folded for w in reversed(clause.words) if w.end <= word.start), "")
            surely = primary(language) != "de" or is_name_in_german(word.text, before)
            new = unknown and surely and not acts_in_a_scene(text, clause, word, known, language)
            if fact or here or new:
                yield Named(span, fact, made=here)


@lru_cache(maxsize=KEPT)
def _codes(supplied: frozenset[str]) -> dict[str, frozenset[str]]:
    """What we sell under letters and digits (« C2 »), by the letters: another number with them is another thing."""
    found: dict[str, frozenset[str]] = {}
    for word in supplied:
        if word[-1:].isdecimal() and (letters := _letters(word)):
            found[letters] = found.get(letters, frozenset()) | {word}
    return found


_DIGIT = re.compile(r"\d")
_CODE = re.compile(r"([^\W\d_]{1,4})\d{1,4}")


def _letters(word: str) -> str:
    """The letters of a name such as « c2 » or « gtx300 »; empty of anything else."""
    match = _CODE.fullmatch(word)
    return match[1] if match else ""


def makes(clause: Clause, language: str, place: int = -1) -> bool:
    """Whether a clause says that something is made, built or grown, or comes from the place that begins there."""
    own = grammar(language)
    apart = beginnings(language, "not_making")
    if any(w.folded.startswith(own.making) and not w.folded.startswith(apart) for w in clause.words):
        return True
    before = next((w.folded for w in reversed(clause.words) if w.end <= place), "")
    return before in word_list(language, "origin_before") and any(
        word.folded.startswith(own.coming) for word in clause.words
    )


def _is_a_language(name: str, clause: Clause, place: int, language: str) -> bool:
    """« La page parle italien », „auf Italienisch“: a word for what comes from a country, behind a verb of speaking."""
    before = next((w.folded for w in reversed(clause.words) if w.end <= place), "")
    return before in word_list(language, "speaking") and not is_country(name, language)


def _is_headline(clause: Clause, listed: Sequence[Clause], language: str) -> bool:
    """« Design allemand. »: a few words about nobody; « En Italie, … » leads what happens there."""
    own = grammar(language)
    leads = clause.words[0].folded in own.prepositions and any(
        c.sentence == clause.sentence and c is not clause for c in listed
    )
    return len(clause.words) <= SHARED + 2 and not leads and not clause.has(own.you | own.others)


def _is_said_so(clause: Clause, place: int, facts: Sequence[Fact]) -> bool:
    """„in der Werkstatt in Gérardmer“: a name behind the noun and the preposition that stand before it in a fact tells
    which one is meant, and exchanges nothing."""
    before = [word.folded for word in clause.words if word.start <= place][-3:]
    return len(before) == 3 and any(
        before == list(said)
        for fact in facts
        if before[-1] in folded_words(fact.text)
        for said in zip(*(folded_words(fact.text)[i:] for i in range(3)), strict=False)
    )


class _Supplied(NamedTuple):
    """What facts name: their words and the brand's, the countries among them, and the facts that tell something."""

    words: frozenset[str]
    countries: frozenset[str]
    telling: tuple[Fact, ...]


@by_identity(maxsize=KEPT)
def supplied_names(facts: tuple[Fact, ...], known: Evidence, language: str) -> _Supplied:
    own = [fact for fact in facts if fact.kind in OF_ONE_VARIANT]
    named, abroad = _in_common(frozenset(facts).difference(own), known.brand)
    named = named.union(*(folded_words(fact.text) for fact in own)) if own else named
    silent = ("product", "call_to_action", "withheld")
    telling = tuple(f for f in readable_facts(facts, language) if f.kind not in silent)
    return _Supplied(named, abroad.union(*map(_countries_of, own)), telling)


@lru_cache(maxsize=KEPT)
def _in_common(facts: frozenset[Fact], brand: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of facts and the brand's, and the countries among them: the same for most variants."""
    return brand.union(*(folded_words(f.text) for f in facts)), frozenset().union(*map(_countries_of, facts))


@lru_cache(maxsize=4096)
def _countries_of(fact: Fact) -> frozenset[str]:
    return frozenset(code for code, _ in countries(fact.text, fact.language))


def _made_there(fact: Fact, code: str) -> bool:
    told = clauses(fact.text, fact.language)
    return any(makes(c, fact.language) for c in told) and code in _countries_of(fact)


def _makes_at(fact: Fact, name: str) -> bool:
    told = clauses(fact.text, fact.language)
    return any(makes(c, fact.language) for c in told) and name in folded_words(fact.text)


def _is_from(fact: Fact, name: str, told: _Told) -> bool:
    """Whether a fact calls whom or what the clause tells of after the place: “a retired postman from Ancenis”."""
    said = folded_words(fact.text)
    before = {one for one, other in pairwise(said) if other == name}
    return not before.isdisjoint(word_list(fact.language, "origin_before")) and not told.clause.isdisjoint(
        fact_stems(fact)
    )


class _Told(NamedTuple):
    """What stands around a name: the words of content of its clause, those of its sentence with the figures, and all
    words of the sentence."""

    clause: frozenset[str]
    sentence: frozenset[str]
    words: frozenset[str]


def _exchanged(
    told: _Told, facts: Sequence[Fact], has_it: Callable[[Fact], bool], place: bool, names: frozenset[str]
) -> Fact | None:
    """The fact that a sentence tells with another name in place of the fact's own: it shares most words and figures,
    and its name of the same kind (a place, or not) is missing."""
    best, most, mine = None, SHARED - 1, 0
    for fact in facts:
        shared = _shared(told, fact)
        if (
            place
            and excludes_a_country(fact.text, fact.language)
            and told.words.isdisjoint(word_list(fact.language, "outside"))
        ):
            if has_it(fact):  # « En France, la livraison coûte 9 € », of « hors de France »
                best, most = (fact, shared) if shared > most else (best, most)
            else:
                mine = max(mine, shared + 1)
            continue
        if has_it(fact):
            mine = max(
                mine, (min(shared, _beside(told, fact, has_it)) if fact.kind == "about" else shared) + 1
            )
        elif shared > most and not names_of(fact, place, names) <= told.words:
            best, most = fact, shared
    return best if best and most > mine else None


def _shared(told: _Told, fact: Fact) -> int:
    """How many words a sentence has in common with a fact; of those outside the name's clause only where it has half
    the fact's: « En Europe, l'aller et le retour … »."""
    stems = fact_stems(fact)
    whole = len(told.sentence & (stems | _numbers_of(fact)))
    return whole if whole * 2 >= len(stems) else len(told.clause & stems)


def _beside(told: _Told, fact: Fact, has_it: Callable[[Fact], bool]) -> int:
    """How many words of a sentence stand in the clause of a fact that has the name: a portrait of the house names many
    places, each of one thing."""
    beside = (
        clause.stems
        for clause in clauses(fact.text, fact.language)
        if has_it(fact._replace(text=clause.span.of(fact.text)))
    )
    return max((len(told.sentence & stems) for stems in beside), default=0)


def _names_country(code: str, fact: Fact) -> bool:
    return code in _countries_of(fact)


def _has_word(folded: str, fact: Fact) -> bool:
    return not _forms(folded, fact.language).isdisjoint(folded_words(fact.text))


def _forms(name: str, language: str) -> frozenset[str]:
    """A name as it may be written: German adds an s without an apostrophe („Bens Einschulung“)."""
    return frozenset({name, f"{name}s", name.removesuffix("s")} if primary(language) == "de" else {name})


def _told(clause: Clause, listed: Sequence[Clause], names: set[str]) -> _Told:
    same = [c for c in listed if c.sentence == clause.sentence]
    said = [word for c in same for word in c.words]
    stems = frozenset[str]().union(*(c.stems for c in same), (w.folded for w in said if w.text.isdigit()))
    return _Told(clause.stems - names, stems - names, frozenset(word.folded for word in said))


@lru_cache(maxsize=4096)
def names_of(fact: Fact, place: bool, names: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names in a fact, folded, that stand for places, or those that do not."""
    language = fact.language
    own = {
        word.folded
        for clause in clauses(fact.text, language)
        for word in names_in(fact.text, clause, language, frozenset(), names)
        if is_place(word, clause, language) == place
    }
    return frozenset(own | {fold(span.of(fact.text)) for _, span in countries(fact.text, language) if place})


@lru_cache(maxsize=4096)
def _numbers_of(fact: Fact) -> frozenset[str]:
    return frozenset(word for word in folded_words(fact.text) if word.isdigit())
