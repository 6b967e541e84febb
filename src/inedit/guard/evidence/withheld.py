"""What a text retells of a claim that may not be told today or in this market: its things, in whatever words."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.guard.evidence.capitals import calendar
from inedit.guard.evidence.facts import KEPT, OF_ONE_VARIANT, Fact
from inedit.guard.evidence.index import Evidence, fact_stems, readable_facts, stems_of_all
from inedit.guard.nlp.grammar import clauses, grammar
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

SHARE = 0.25
"""Part of the weight of a claim's words that a sentence must have: below, both merely name one thing."""

SHARED = 2
"""Words of content that a sentence must have in common with a claim."""


class _Apart(NamedTuple):
    """A withheld claim, and the nouns that nothing else names which the brand tells."""

    fact: Fact
    nouns: frozenset[str]


def retold_withheld(
    text: str, language: str, supplied: tuple[Fact, ...], withheld: tuple[Fact, ...], known: Evidence
) -> Iterator[tuple[Span, Fact]]:
    """Sentences that tell of a withheld claim, each with the claim: they name what only this claim names, and more of
    it. A sentence that denies something (« l'offre du torchon n'a plus cours ») or asks tells of none."""
    apart = _apart(supplied, withheld, known)
    if not apart:
        return
    listed, nouns = clauses(text, language), frozenset[str]().union(*[one.nouns for one in apart])
    if all(nouns.isdisjoint(clause.stems) for clause in listed):  # so of most texts
        return
    for number in sorted({clause.sentence for clause in listed}):
        same = [clause for clause in listed if clause.sentence == number]
        said = frozenset[str]().union(*(clause.stems for clause in same))
        span = Span(same[0].span.start, same[-1].span.end)
        asked = text[span.end : span.end + 2].strip(" \u00a0\u202f").startswith("?")
        if asked or any(clause.has(grammar(language).negations) for clause in same):
            continue
        for one in apart:
            stems = fact_stems(one.fact)
            shared = stems & said
            if len(shared) < SHARED or one.nouns.isdisjoint(shared):
                continue
            weight = fsum(known.weights.get(s, 1.0) for s in stems)
            if fsum(known.weights.get(s, 1.0) for s in shared) >= SHARE * weight:
                yield span, one.fact


@by_identity(maxsize=KEPT)
def _apart(supplied: tuple[Fact, ...], withheld: tuple[Fact, ...], known: Evidence) -> tuple[_Apart, ...]:
    language = known.language
    kept_back = [fact for fact in readable_facts(withheld, language) if fact.kind == "withheld"]
    if not kept_back:
        return ()
    told_here = (*readable_facts(supplied, language), *readable_facts(withheld, language))
    others = [f for f in told_here if f.kind != "withheld"]
    own = [fact for fact in others if fact.kind in OF_ONE_VARIANT]
    told = stems_of_all(frozenset(others).difference(own)).union(*map(fact_stems, own))
    synonyms = grammar(language).synonyms
    services = {synonyms[s] for s in synonyms.keys() & told}
    found = []
    for fact in kept_back:
        nouns = frozenset(
            noun.stem
            for clause in clauses(fact.text, fact.language)
            for noun in clause.nouns
            if noun.stem not in told
            and noun.word.folded not in word_list(language, "purchases")
            and noun.word.folded not in calendar(language)
            and synonyms.get(noun.stem) not in services  # no service that is told, by whatever name
        )
        if nouns:
            found.append(_Apart(fact, nouns))
    return tuple(found)
