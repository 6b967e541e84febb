"""What a text says that things are made of, and names of what may not be told today or in this market."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.brand.schema import Brand
from inedit.guard.evidence.capitals import common_words
from inedit.guard.evidence.facts import Fact, names_in
from inedit.guard.evidence.index import Evidence, readable
from inedit.guard.nlp.grammar import Clause, clauses, grammar, root
from inedit.guard.nlp.language_data import KNOWN, primary
from inedit.guard.nlp.per_word import per_word
from inedit.guard.nlp.places import countries
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word, folded_words
from inedit.model import Span


def unsupplied_materials(
    text: str, language: str, facts: tuple[Fact, ...], known: Evidence
) -> Iterator[Span]:
    """Materials that no fact gives, in a clause about the brand or one of its things, unless it compares them."""
    own = grammar(language)
    listed = clauses(text, language)
    is_material = _is_material(language)
    named = {word for clause in listed for word in clause.said if is_material[word]}
    if not named:  # so of most texts: what is supplied is a lot to read
        return
    named -= known.brand.union(*(folded_words(fact.text) for fact in facts if readable(fact, language)))
    for clause in listed:
        found = [w for w in clause.words if w.folded in named]
        if primary(language) == "de":
            found = [w for w in found if w.text[:1].isupper()]  # « samt » is no velvet
        if not found or clause.has(own.comparing | _COMPARED):
            continue
        verbless = not any(_may_act(word.text, primary(language)) for word in clause.words)
        near = [c for c in listed if c is clause or (verbless and c.sentence == clause.sentence)]
        if any(_is_about_ours(each, found, known, language) for each in near):
            yield from (Span(word.start, word.end) for word in found)


def _may_act(word: str, language: str) -> bool:
    """Whether a word may be a verb, if it may be a noun as well; the Italian « è » stands in no dictionary."""
    return word == "è" or (language in KNOWN and any(r[0] == "V" for r in readings(word, language)))


def _is_about_ours(clause: Clause, found: list[Word], known: Evidence, language: str) -> bool:
    own = grammar(language)
    return (
        clause.has(own.we)
        or not known.brand.isdisjoint(clause.stems)
        or any(
            n.stem in known.heads and n.determiner not in own.you and n.word not in found
            for n in clause.nouns
        )
    )


@per_word
def _is_material(folded: str, language: str) -> bool:
    plain, forms = _materials(language)
    return folded in plain or (forms is not None and forms.fullmatch(folded) is not None)


@lru_cache(maxsize=16)
def _materials(language: str) -> tuple[frozenset[str], re.Pattern[str] | None]:
    """The materials that are one word each, and a pattern of the others, by their beginnings: most words are tried in
    vain, and a set is sooner asked."""
    materials = grammar(language).materials
    listed = materials.pattern.removeprefix(r"\b(?:").removesuffix(r")\b").split("|") if materials else []
    forms = [each for each in listed if not each.isalpha()]
    plain = frozenset(listed).difference(forms)
    return plain, re.compile("|".join(forms)) if forms else None


_COMPARED = frozenset({"than", "als", "wie", "like", "comme", "come", "como"})


class WithheldName(NamedTuple):
    """A name that only claims give which may not be told today or in this market: where it stands, the claim's id, and
    whether the text says something else of the claim too."""

    span: Span
    claim_id: str
    told: bool


def withheld_names(
    text: str, language: str, facts: tuple[Fact, ...], brand: Brand, today: date
) -> Iterator[WithheldName]:
    """« Sistema di Interscambio » in a German text, when only a claim of the Italian market names it."""
    names = _withheld_names(brand, language, today)
    if not names:
        return
    named = [
        (clause, word)
        for clause in clauses(text, language)
        for word in clause.words
        if word.text[:1].isupper() and word.folded in names
    ]
    if not named:  # so of nearly every text: what is supplied is a lot to read
        return
    supplied = frozenset[str]().union(*(folded_words(fact.text) for fact in facts)) | common_words(language)
    for clause, word in named:
        if word.folded not in supplied:
            span = Span(word.start, word.end)
            if span.overlaps([place for _, place in countries(text, language)]):
                continue  # another check knows where things are made
            claim_id, said = names[word.folded]
            told = bool((clause.stems - {root(word.text, language)}) & said)
            if told or not word.text.isupper():
                yield WithheldName(span, claim_id, told)


@by_identity(maxsize=64)
def _withheld_names(brand: Brand, language: str, today: date) -> Mapping[str, tuple[str, frozenset[str]]]:
    """The names of such claims, folded, with the claim and the stems of its text, in whatever language it has."""
    market = brand.market(language)
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for claim in brand.claims.values():
        if not claim.is_valid(today, market):
            said = frozenset(
                root(word, language) for text in claim.text.values() for word in folded_words(text)
            )
            found |= dict.fromkeys(names_in(claim.text), (claim.id, said))
    return found
