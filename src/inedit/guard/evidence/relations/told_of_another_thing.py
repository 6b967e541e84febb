"""A fact told word for word of another thing of ours: « le cours de taille … 45 € » where the fact says « greffe ».
Pure.

A sentence that has a fact's words in the fact's order and its figures, but for one thing or name in the place of
another one, says of that one what no fact says of it, unless both are words for the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.guard.evidence.capitals import is_name_in_german
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import Evidence, fact_stems, same_thing
from inedit.guard.evidence.names import names_of
from inedit.guard.evidence.relations.shared_words import alike
from inedit.guard.evidence.relations.verbatim import (
    FEWEST,
    Key,
    Token,
    by_amounts,
    may_tell,
    parts_of,
    told_facts,
    with_figures,
)
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import KEPT_TEXTS, fold
from inedit.model import Span


class _Place(NamedTuple):
    """A word of a fact, with the words around it; ``opens`` where its passage begins with it."""

    fact: Fact
    token: Token
    written: str
    opens: bool


_Index = dict[Key, list[_Place]]


def told_of_another_thing(
    text: str, language: str, facts: tuple[Fact, ...], known: Evidence
) -> Iterator[tuple[Span, Fact]]:
    """The things of ours in a text that stand in a fact, told word for word, in the place of its own; each with the
    fact."""
    found = dict[Span, Fact]()
    for passage, opens in with_figures(text, language):
        if not may_tell(opens, facts, language):
            continue
        indexes, tokens = _indexed(facts, language), by_amounts(text, language)
        inside = [token for token in tokens if passage.start <= token.at.start < passage.end]
        for key, token, first in _gaps(inside):
            places = [place for index in indexes for place in index.get(key, ())]
            if not places or any(place.token.key == token.key for place in places):
                continue
            mine = _Place(places[0].fact, token, token.at.of(text), first)
            if all(_is_another(mine, place, known) for place in places):
                found.setdefault(token.at, places[0].fact)
    yield from found.items()


def _is_another(mine: _Place, theirs: _Place, known: Evidence) -> bool:
    """Whether a word names something else than the fact's in its place."""
    one, other, language = mine.token.key, theirs.token.key, known.language
    if one in fact_stems(theirs.fact) or one in known.brand or other in known.brand:
        return False
    named = {one, other} <= known.things or _are_names(mine, theirs, language)
    same = same_thing(one, other, known) or alike(one, other)
    clipped = one.startswith(other) or other.startswith(one)  # «bici», « photo »
    return named and not (same or clipped)


def _are_names(mine: _Place, theirs: _Place, language: str) -> bool:
    """Whether both words are written as names are; in German, where nouns are too, a place of the fact's and a word
    that is nothing else."""
    if primary(language) != "de":
        return all(not word.opens and word.written[:1].isupper() for word in (mine, theirs))
    other = mine.written[:1].isupper() and (
        is_name_in_german(mine.written) or not readings(mine.written, "de")
    )
    return other and fold(theirs.written) in names_of(theirs.fact, place=True)


@by_identity(maxsize=KEPT)
def _indexed(facts: tuple[Fact, ...], language: str) -> tuple[_Index, ...]:
    return tuple(_index(listed) for listed in told_facts(facts, language))


@lru_cache(maxsize=64)
def _index(facts: tuple[Fact, ...]) -> _Index:
    """Every word that tells something in a passage of a fact with a figure, by the words around it."""
    found: _Index = {}
    for fact in facts:
        for key, place in _places(fact):
            found.setdefault(key, []).append(place)
    return found


@lru_cache(maxsize=KEPT_TEXTS)
def _places(fact: Fact) -> tuple[tuple[Key, _Place], ...]:
    tokens, found = by_amounts(fact.text, fact.language), list[tuple[Key, _Place]]()
    for passage in parts_of(fact.text):
        inside = [token for token in tokens if passage.start <= token.at.start < passage.end]
        if any(token.figure is not None for token in inside):
            for key, token, opens in _gaps(inside):
                found.append((key, _Place(fact, token, token.at.of(fact.text), opens)))
    return tuple(found)


def _gaps(tokens: Sequence[Token]) -> Iterator[tuple[Key, Token, bool]]:
    """Each word that tells something, behind the words around it, each figure as what it says; and whether it opens the
    passage."""
    said = [_said(token) for token in tokens]
    if sum(token.telling for token in tokens) <= FEWEST:
        return
    for i, token in enumerate(tokens):
        if token.telling:
            yield (*said[:i], "", *said[i + 1 :]), token, i == 0


def _said(token: Token) -> str:
    figure = token.figure
    if figure is None:
        return token.key
    return f"{token.key} {figure}" if isinstance(figure, str) else f"{token.key} {figure.value.normalize():f}"
