"""Names of people and places in a text: which were supplied, and which stand where a fact has another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel.dates import get_day_names, get_month_names

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, fact_stems, readable
from inedit.guard.nlp.grammar import Clause, clauses, function_words, grammar, root
from inedit.guard.nlp.language_data import language_profile, primary
from inedit.guard.nlp.places import countries
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


def unsupported_names(text: str, language: str, facts: Sequence[Fact], known: Evidence) -> Iterator[Named]:
    """Names that nobody supplied, names that stand in a fact's sentence in place of the fact's own, and countries of
    origin that no fact gives."""
    supplied = _supplied_words(tuple(facts), known.brand)
    foreign = _countries_of(tuple(facts))
    telling = [
        fact for fact in facts if readable(fact, language) and fact.kind not in ("product", "call_to_action")
    ]
    for clause in clauses(text, language):
        found = list(_names(text, clause, language, supplied))
        places = [
            (c, s) for c, s in countries(text, language) if clause.span.start <= s.start < clause.span.end
        ]
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


@lru_cache(maxsize=64)
def _supplied_words(facts: tuple[Fact, ...], brand: frozenset[str]) -> frozenset[str]:
    return brand.union(*(folded_words(fact.text) for fact in facts))


@lru_cache(maxsize=64)
def _countries_of(facts: tuple[Fact, ...]) -> frozenset[str]:
    return frozenset(code for fact in facts for code, _ in countries(fact.text, fact.language))


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
    own, common = grammar(language), function_words(language) | _calendar(language)
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
def _calendar(language: str) -> frozenset[str]:
    locale = language_profile(language).locale
    named = [
        *get_month_names("wide", "format", locale).values(),
        *get_day_names("wide", "format", locale).values(),
    ]
    return frozenset(fold(name) for name in named) | {f"{fold(name)}s" for name in named}
