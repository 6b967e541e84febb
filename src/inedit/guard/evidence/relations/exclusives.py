"""What a fact says of one thing only (“we changed only one screw”), told of nothing or of more. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import readable_facts
from inedit.guard.evidence.relations.shared_words import alike, shared, stated_words, within
from inedit.guard.nlp.grammar import Clause, clauses, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.patterns import occurs
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT
from inedit.guard.nlp.text import Word, fold, words_in
from inedit.guard.nlp.turning import turning
from inedit.model import Span

_TOLD = 2
"""Words of content that a sentence and the one before must share with a fact, besides its act, to tell it."""


class _Only(NamedTuple):
    """The roots of an act and of the one thing that it is done to."""

    act: frozenset[str]
    thing: frozenset[str]


def more_than_the_only(text: str, language: str, facts: tuple[Fact, ...]) -> Iterator[tuple[Span, Fact]]:
    """Clauses that say of nothing, or of both or all of something else, what a fact says of one thing only."""
    own, told = turning(language), _told(facts, language)
    if own is None or not told or not (occurs(own.nothing, fold(text)) or occurs(own.all_of, fold(text))):
        return
    for fact, only in told:
        yield from ((span, fact) for span in _wrong(text, language, fact, only))


@by_identity(maxsize=KEPT)
def _told(facts: tuple[Fact, ...], language: str) -> tuple[tuple[Fact, _Only], ...]:
    return tuple((fact, only) for fact in readable_facts(facts, language) for only in _only(fact))


def _wrong(text: str, language: str, fact: Fact, only: _Only) -> Iterator[Span]:
    own, folded, listed = turning(language), fold(text), clauses(text, language)
    theirs = {w.root for w in stated_words(fact.text, fact.language)} - only.act
    for i, clause in enumerate(listed):
        said = {root(w.text, language) for w in clause.words if is_content(w, language)}
        if own is None or not any(alike(r, act) for r in said for act in only.act):
            continue
        around = [c for c in listed if clause.sentence - 1 <= c.sentence <= clause.sentence]
        passage = Span(around[0].span.start, around[-1].span.end)
        if len(shared((w.root for w in within(text, passage, language)), theirs)) < _TOLD:
            continue
        same = Span(clause.span.start, listed[i + 1].span.end if _goes_on(listed, i) else clause.span.end)
        nothing = _of_the_act(text, own.nothing, clause, only, language)
        every = _of_the_act(text, own.all_of, clause, only, language)
        if nothing is None and every is None:
            continue
        if nothing is not None and (
            own.nearly.search(folded, same.start, nothing.end())
            or own.apart_from.search(folded, nothing.end(), same.end)
            or "?" in same.of(text)
        ):
            continue
        named = _affirmed(text, language, listed, clause.sentence, only.thing)
        of_other = (
            nothing is None and every is not None and not _names(text, every.end(), same.end, only, language)
        )
        if not named and (nothing is not None or of_other):
            yield same


def _of_the_act(
    text: str, pattern: re.Pattern[str], clause: Clause, only: _Only, language: str
) -> re.Match[str] | None:
    """The first “nothing” or “all” of a clause that stands by its act: “changed all the parts”, “rien n’a changé”, and
    not “changed our minds about everything”, „alle Jahre haben wir …“."""
    acts = [w for w in clause.words if any(alike(root(w.text, language), act) for act in only.act)]
    for m in pattern.finditer(fold(text), clause.span.start, clause.span.end):
        for act in acts:
            before = act.end <= m.start()
            low, high = (act.end, m.start()) if before else (m.end(), act.start)
            between = words_in(text, Span(low, max(low, high)))
            most = int(not before and primary(language) == "de")  # „alle Teile gewechselt“
            if sum(is_content(w, language) for w in between) <= most and not any(
                w.folded in grammar(language).prepositions | grammar(language).we
                for w in between
                if not before
            ):
                return m
    return None


def _goes_on(listed: Sequence[Clause], i: int) -> bool:
    return i + 1 < len(listed) and listed[i + 1].sentence == listed[i].sentence


def _affirmed(text: str, language: str, listed: Sequence[Clause], at: int, thing: frozenset[str]) -> bool:
    """Whether the one thing is named near by, and not by « pas même »."""
    own = turning(language)
    for clause in listed:
        if abs(clause.sentence - at) > 1 or own is None:
            continue
        for word in clause.words:
            if is_content(word, language) and any(alike(root(word.text, language), t) for t in thing):
                head = fold(text[clause.span.start : word.start])
                if not own.not_even.search(head) and not own.nothing.search(head):
                    return True
    return False


def _names(text: str, start: int, end: int, only: _Only, language: str) -> bool:
    said = (root(w.text, language) for w in words_in(text, Span(start, end)) if is_content(w, language))
    return any(alike(r, t) for r in said for t in only.thing)


@lru_cache(maxsize=4096)
def _only(fact: Fact) -> tuple[_Only, ...]:
    own = turning(fact.language)
    if own is None or fact.kind not in ("claim", "insight"):
        return ()
    folded, found = fold(fact.text), []
    for clause in clauses(fact.text, fact.language):
        m = own.only.search(folded, clause.span.start, clause.span.end)
        if m is None or re.search(r"\d", clause.span.of(fact.text)):
            continue
        after = [w for w in clause.words if w.start >= m.end() and is_content(w, fact.language)]
        nouns = [w for w in after if _is_thing(w, fact.language)]
        counts = [q for q in find_quantities(fact.text, fact.language) if clause.span.overlaps([q.span])]
        if not nouns or any(q.dimension != COUNT or q.value != 1 for q in counts):
            continue
        rest = [
            w for w in clause.words if is_content(w, fact.language) and w != nouns[0] and len(w.folded) > 2
        ]
        acts = [w for w in rest if not _is_only_a_thing(w, fact.language)]
        if acts:
            act = min(acts, key=lambda w: abs(w.start - m.end()))
            thing = root(nouns[0].text, fact.language)
            found.append(_Only(frozenset({root(act.text, fact.language)}), frozenset({thing})))
    return tuple(found)


def _is_thing(word: Word, language: str) -> bool:
    if primary(language) == "de":
        return word.text[:1].isupper()
    found = readings(word.text, primary(language))
    return not found or any(r[0] == "N" or r == "Vb" for r in found)


def _is_only_a_thing(word: Word, language: str) -> bool:
    if primary(language) == "de":
        return word.text[:1].isupper()
    kinds = {r[0] for r in readings(word.text, primary(language))}
    return bool(kinds) and not kinds & {"V", "K", "I", "X"}
