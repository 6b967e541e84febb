"""Names of people and places in a text: which were supplied, and which stand where a fact has another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from babel.dates import get_day_names, get_month_names

from inedit.brand.caching import by_identity
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, fact_stems, readable
from inedit.guard.nlp.grammar import Clause, clauses, function_words, grammar, root
from inedit.guard.nlp.language_data import language_profile, primary
from inedit.guard.nlp.numbers import word_values
from inedit.guard.nlp.places import countries
from inedit.guard.nlp.proofreading.german_nouns import noun_slots
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import Word, fold, folded_words, sentences
from inedit.model import Span

SHARED = 2
"""Words of content, besides the names, that make a sentence another wording of a fact."""

_OPENERS = frozenset(".!?:;«»“”„\"'(—–-\n¿¡…#@*•‘’")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text that no fact has there. ``fact`` is the one that it contradicts; ``made`` whether the clause
    says where something is made."""

    span: Span
    fact: Fact | None
    made: bool


def unsupported_names(text: str, language: str, facts: tuple[Fact, ...], known: Evidence) -> Iterator[Named]:
    """Names that nobody supplied, names that stand in a fact's sentence in place of the fact's own, and countries of
    origin that no fact gives."""
    supplied, foreign, telling = _supplied(facts, known, language)
    named = countries(text, language)
    for clause in clauses(text, language):
        found = list(_names(text, clause, language, supplied))
        places = [(c, s) for c, s in named if clause.span.start <= s.start < clause.span.end]
        if not found and not places:
            continue
        for code, span in places:
            made = makes(clause, language, span.start)
            if (code not in foreign and (made or _is_headline(clause, language))) or (
                made and not any(_made_there(fact, code) for fact in telling)
            ):
                yield Named(span, None, made=True)
        taken = [span for _, span in places]
        stems = clause.stems - {root(word.text, language) for word in found}
        for word in found:
            span = Span(word.start, word.end)
            if span.overlaps(taken):
                continue
            fact = _exchanged(word, stems, telling)
            unknown = word.folded not in supplied
            here = (
                _is_place(word, clause, language)
                and makes(clause, language, word.start)
                and not any(_makes_at(fact_, word.folded) for fact_ in telling)
            )
            if fact or here or (unknown and primary(language) != "de"):
                yield Named(span, fact, made=here)


def _is_place(word: Word, clause: Clause, language: str) -> bool:
    """Whether a name follows a preposition: « en Bretagne », not « Roue Libre »."""
    before = next((w.folded for w in reversed(clause.words) if w.end <= word.start), "")
    return before in grammar(language).prepositions or before in _ORIGIN_BEFORE


_ORIGIN_BEFORE = frozenset({"de", "du", "d", "des", "from", "aus", "da", "dal", "dalla", "del", "della"})


def makes(clause: Clause, language: str, place: int = -1) -> bool:
    """Whether a clause says that something is made, built or grown, or comes from the place that begins there."""
    own = grammar(language)
    if any(word.folded.startswith(own.making) for word in clause.words):
        return True
    before = next((w.folded for w in reversed(clause.words) if w.end <= place), "")
    return before in _ORIGIN_BEFORE and any(word.folded.startswith(own.coming) for word in clause.words)


def _is_headline(clause: Clause, language: str) -> bool:
    """« Design allemand. »: a few words about nobody."""
    own = grammar(language)
    return len(clause.words) <= SHARED + 2 and not clause.has(own.you | own.others)


class _Supplied(NamedTuple):
    """What facts name: their words and the brand's, the countries among them, and the facts that tell something."""

    words: frozenset[str]
    countries: frozenset[str]
    telling: tuple[Fact, ...]


@by_identity(maxsize=16)
def _supplied(facts: tuple[Fact, ...], known: Evidence, language: str) -> _Supplied:
    told = (f for f in facts if readable(f, language) and f.kind not in ("product", "call_to_action"))
    return _Supplied(
        known.brand.union(*(folded_words(fact.text) for fact in facts)),
        frozenset(code for fact in facts for code, _ in countries(fact.text, fact.language)),
        tuple(told),
    )


def _made_there(fact: Fact, code: str) -> bool:
    told = clauses(fact.text, fact.language)
    return any(makes(c, fact.language) for c in told) and code in {
        c for c, _ in countries(fact.text, fact.language)
    }


def _makes_at(fact: Fact, name: str) -> bool:
    told = clauses(fact.text, fact.language)
    return any(makes(c, fact.language) for c in told) and name in folded_words(fact.text)


def _exchanged(word: Word, stems: frozenset[str], facts: Sequence[Fact]) -> Fact | None:
    """The fact that a clause tells with another name: it shares most words, has names, and not this one."""
    best, most, mine = None, SHARED - 1, 0
    for fact in facts:
        names = fact_names(fact)
        shared = len(stems & fact_stems(fact))
        if word.folded in folded_words(fact.text):
            mine = max(mine, shared + 1)
        elif names and shared > most:
            best, most = fact, shared
    return best if best and most > mine else None


@lru_cache(maxsize=4096)
def fact_names(fact: Fact) -> frozenset[str]:
    """The names that a fact has inside its sentences, folded; in German, those that no article leads."""
    return frozenset(
        word.folded
        for clause in clauses(fact.text, fact.language)
        for word in _names(fact.text, clause, fact.language, frozenset())
    )


def _names(text: str, clause: Clause, language: str, supplied: frozenset[str]) -> Iterator[Word]:
    """Words with a capital inside a sentence; in German, where nouns have one, only those after « in » or « aus »."""
    own, common = grammar(language), _common(language)
    figures = [quantity.span for quantity in find_quantities(text, language)]
    titled = _is_titled(clause, language)
    for i, word in enumerate(clause.words):
        if not word.text[:1].isupper() or len(word.text) < 3 or word.text.isupper() or word.folded in common:
            continue
        before = text[: word.start].rstrip(" \u00a0\u202f")
        if not before or before[-1] in _OPENERS or _opens_sentence(text, word.start):
            continue
        if any(span.start <= word.start < span.end for span in figures) or any(map(str.isdigit, word.text)):
            continue
        if primary(language) == "de":
            place = i > 0 and clause.words[i - 1].folded in _PLACE_BEFORE
            if not place or own.determiners & {clause.words[i - 1].folded}:
                continue
        elif titled and word.folded not in supplied:
            continue
        yield word


_PLACE_BEFORE = frozenset({"in", "aus", "nach", "bei"})


def _opens_sentence(text: str, start: int) -> bool:
    return any(span.start == start for span in sentences(text))


def _is_titled(clause: Clause, language: str) -> bool:
    """“Out Of The Cupboard, Onto The Bed”: a line in which every word has a capital names nothing."""
    content = [w for w in clause.words[1:] if w.folded not in function_words(language)]
    return len(content) > 1 and sum(w.text[:1].isupper() for w in content) > len(content) / 2


@lru_cache(maxsize=16)
def _common(language: str) -> frozenset[str]:
    """Words that are no names, whatever their first letter."""
    return function_words(language) | _calendar(language)


@lru_cache(maxsize=16)
def _calendar(language: str) -> frozenset[str]:
    locale = language_profile(language).locale
    named = [
        *get_month_names("wide", "format", locale).values(),
        *get_day_names("wide", "format", locale).values(),
    ]
    dated = frozenset(fold(name) for name in named) | {f"{fold(name)}s" for name in named}
    return dated | grammar(language).feasts


def german_names(text: str, facts: tuple[Fact, ...], known: Evidence) -> Iterator[Span]:
    """Names of people and houses in German, where every noun has a capital: two capitals in a row that no article,
    number or adjective leads (« verschnürt Marlies Hagedorn »), or one after « Hotel ». A common noun after a
    preposition (« Bei Nichtgefallen Geld zurück ») is nobody's first name."""
    own, common = grammar("de"), _common("de")
    supplied = _supplied(facts, known, "de").words | common
    for clause in clauses(text, "de"):
        for i, (first, second) in enumerate(pairwise(clause.words)):
            named = second.text[:1].isupper() and first.text[:1].isupper()
            if (
                not named
                or text[first.end : second.start] != " "
                or second.folded in supplied
                or second.text.isupper()
            ):
                continue
            if first.folded in own.establishments or (
                first.folded not in supplied
                and not _is_led(clause, i, own.determiners)
                and not (i and clause.words[i - 1].folded in own.prepositions and noun_slots(first.text))
            ):
                yield Span(first.start, second.end)


def _is_led(clause: Clause, i: int, determiners: frozenset[str]) -> bool:
    """Whether the word may be an adjective at the beginning, or a noun after an article, a number or an adjective."""
    numbers = language_profile("de")
    if i == 0:
        first = clause.words[0].folded
        return first.endswith(_ADJECTIVE) or word_values(first, numbers) is not None
    before = clause.words[i - 1]
    return (
        before.folded in determiners
        or before.folded.isdigit()
        or (before.text.islower() and before.folded.endswith(_ADJECTIVE))
        or word_values(before.folded, numbers) is not None
    )


_ADJECTIVE = ("e", "er", "es", "en", "em")


def unsupplied_materials(
    text: str, language: str, facts: tuple[Fact, ...], known: Evidence
) -> Iterator[Span]:
    """Materials that no fact gives, in a clause about the brand or one of its things, unless it compares them."""
    own = grammar(language)
    supplied = _supplied(facts, known, language).words
    for clause in clauses(text, language):
        found = [w for w in clause.words if _is_material(w.folded, language) and w.folded not in supplied]
        if primary(language) == "de":
            found = [w for w in found if w.text[:1].isupper()]  # « samt » is no velvet
        if not found or clause.has(own.comparing | _COMPARED):
            continue
        ours = clause.has(own.we) or not known.brand.isdisjoint(clause.stems)
        if ours or any(
            n.stem in known.heads and n.determiner not in own.you and n.word not in found
            for n in clause.nouns
        ):
            yield from (Span(word.start, word.end) for word in found)


@lru_cache(maxsize=65536)
def _is_material(folded: str, language: str) -> bool:
    materials = grammar(language).materials
    return materials is not None and materials.fullmatch(folded) is not None


_COMPARED = frozenset({"than", "als", "wie", "like", "comme", "come", "como"})
