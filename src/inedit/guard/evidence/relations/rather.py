"""What a fact wants, and what not: “the table number, not the dish”; and texts that want the other one. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.relations.shared_words import shared
from inedit.guard.nlp.grammar import Clause, clauses, grammar, is_content, is_joiner, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

_MOST = 4
"""Words of content that what is not wanted may have, and in which no verb says more of it."""


class _Rather(NamedTuple):
    """The roots of what is wanted and of what is not, without those that both have; and where both stand."""

    wanted: frozenset[str]
    rejected: frozenset[str]
    span: Span


def wanted_otherwise(text: str, language: str, fact: Fact) -> Iterator[Span]:
    """Passages that want what a fact does not, and reject what it wants."""
    told = _rathers(fact.text, fact.language)
    for said in _rathers(text, language) if told else ():
        for theirs in told:
            crossed = shared(said.wanted, theirs.rejected) and shared(said.rejected, theirs.wanted)
            straight = shared(said.wanted, theirs.wanted) and shared(said.rejected, theirs.rejected)
            if crossed and not straight:
                yield said.span


@lru_cache(maxsize=4096)
def _rathers(text: str, language: str) -> tuple[_Rather, ...]:
    found = []
    for one, other in pairwise(clauses(text, language)):
        if one.sentence != other.sentence or not _is_rejected(other, language):
            continue
        wanted, rejected = (
            frozenset(root(w.text, language) for w in _named(c, language)) for c in (one, other)
        )
        apart = wanted - rejected, rejected - wanted
        if all(apart):
            found.append(_Rather(*apart, Span(one.span.start, other.span.end)))
    return tuple(found)


def _is_rejected(clause: Clause, language: str) -> bool:
    """Whether a clause is no more than a denial and what it denies: « pas le plat », “and not the dish”."""
    first = [w for w in clause.words[:2] if not is_joiner(w, language)][:1]
    denied = bool(first) and first[0].folded in word_list(language, "rejecting")
    named = _named(clause, language)
    led = {b.start for a, b in pairwise(clause.words) if a.folded in grammar(language).determiners}
    return (
        denied
        and 0 < len(named) <= _MOST
        and not any(_acts(w, language) for w in named if w.start not in led)
    )


def _named(clause: Clause, language: str) -> list[Word]:
    small = grammar(language).negations | grammar(language).denials
    return [
        w for w in clause.words if w.folded not in small and len(w.folded) > 2 and is_content(w, language)
    ]


def _acts(word: Word, language: str) -> bool:
    """Whether a word can be nothing but a verb that says who does something."""
    code = primary(language)
    if code == "de" and word.text[:1].isupper():
        return False
    found = {r[0] for r in readings(word.text, code)}
    return bool(found) and found <= {"V"}
