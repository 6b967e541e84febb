"""The function words of a language, and what they tell of a word: whether it names something, counts or measures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from inedit.guard.nlp.language_data import KNOWN, language_profile, load_table, primary
from inedit.guard.nlp.measures import ordinal_value
from inedit.guard.nlp.numbers import word_values
from inedit.guard.nlp.per_word import per_word
from inedit.guard.nlp.proofreading.german_words import german_infinitive
from inedit.guard.nlp.text import Word, fold, stem


@dataclass(frozen=True, slots=True)
class Grammar:
    """Function words of a language, folded."""

    determiners: frozenset[str]
    universal: frozenset[str]
    prepositions: frozenset[str]
    genitive: frozenset[str]
    we: frozenset[str]
    you: frozenset[str]
    others: frozenset[str]
    joiners: frozenset[str]
    negations: frozenset[str]
    no_negation: re.Pattern[str] | None
    making: tuple[str, ...]
    unconditional: re.Pattern[str] | None
    first: frozenset[str]
    demonstratives: frozenset[str]
    indefinite: frozenset[str]
    likewise: frozenset[str]
    waiving: frozenset[str]
    until: re.Pattern[str] | None
    alike: frozenset[str]
    object_pronouns: frozenset[str]
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    arrival: re.Pattern[str] | None
    measure_nouns: frozenset[str]
    comparing: frozenset[str]
    exclusive: frozenset[str]
    people: frozenset[str]
    guests: frozenset[str]
    goods: frozenset[str]
    adverbs: frozenset[str]
    coming: tuple[str, ...]
    denials: frozenset[str]
    scenery: re.Pattern[str] | None
    relative: frozenset[str]
    giving: re.Pattern[str] | None
    giving_along: re.Pattern[str] | None
    paying: re.Pattern[str] | None
    presupposing: frozenset[str]
    feasts: frozenset[str]
    establishments: frozenset[str]
    regions: frozenset[str]
    materials: re.Pattern[str] | None
    synonyms: Mapping[str, int]


@lru_cache(maxsize=16)
def grammar(language: str) -> Grammar:
    """The function words of a language, by BCP 47 tag; of a language without a file, none."""
    code = primary(language)
    own = load_table(code).get("grammar", {}) if code in KNOWN else {}

    def listed(key: str) -> frozenset[str]:
        return frozenset(fold(own.get(key, "")).split())

    def either(key: str) -> re.Pattern[str] | None:
        return re.compile(rf"\b(?:{own[key]})\b") if own.get(key) else None

    return Grammar(
        determiners=listed("determiners"),
        universal=listed("universal"),
        prepositions=listed("prepositions"),
        genitive=listed("genitive"),
        we=listed("we"),
        you=listed("you"),
        others=listed("others"),
        joiners=listed("clause_joiners"),
        negations=listed("negations"),
        no_negation=either("not_yet_negation"),
        making=tuple(fold(own.get("making", "")).split()),
        unconditional=either("unconditional"),
        first=listed("first"),
        demonstratives=listed("demonstratives"),
        indefinite=listed("indefinite"),
        likewise=listed("likewise"),
        waiving=listed("waiving"),
        until=either("until"),
        alike=listed("alike"),
        object_pronouns=listed("object_pronouns"),
        opening=tuple(fold(own.get("opening", "")).split()),
        closing=tuple(fold(own.get("closing", "")).split()),
        arrival=either("arrival"),
        measure_nouns=listed("measure_nouns"),
        comparing=listed("comparing"),
        exclusive=listed("exclusive"),
        people=frozenset(root(word, language) for word in own.get("people", "").split()),
        guests=frozenset(root(word, language) for word in own.get("guests", "").split()),
        goods=frozenset(root(word, language) for word in own.get("goods", "").split()),
        adverbs=listed("adverbs"),
        coming=tuple(fold(own.get("coming", "")).split()),
        denials=listed("denials"),
        scenery=either("scenery"),
        relative=listed("relative"),
        giving=either("giving"),
        giving_along=either("giving_along"),
        paying=either("paying"),
        presupposing=listed("presupposing"),
        feasts=listed("feasts"),
        establishments=listed("establishments"),
        regions=listed("regions"),
        materials=either("materials"),
        synonyms={
            root(word, language): number
            for number, names in enumerate(own.get("synonyms", ()))
            for word in names.split()
        },
    )


@lru_cache(maxsize=16384)
def root(word: str, language: str) -> str:
    """The stem of a word without the plural that the French stemmer leaves (« vélos »); of a German participle
    („gepflanzt“, „nachgesehen“), that of its verb."""
    if primary(language) == "de" and word[:1].islower():
        return stem(german_infinitive(word) or word, language)
    return singular(stem(word, language), language)


def singular(stemmed: str, language: str) -> str:
    """A stem without the plural that the French stemmer leaves on it."""
    return stemmed.rstrip("sx") if len(stemmed) > 3 and primary(language) == "fr" else stemmed


@lru_cache(maxsize=16)
def function_words(language: str) -> frozenset[str]:
    """Every word of a language that names nothing."""
    own, data = grammar(language), language_profile(language)
    small = own.determiners | own.prepositions | own.genitive | own.adverbs
    return small | own.we | own.you | own.others | data.stop_words


def is_content(word: Word, language: str) -> bool:
    """Whether a word is not a function word, number, unit or ordinal."""
    return is_content_word(word.folded, language)


@lru_cache(maxsize=16384)
def is_content_word(folded: str, language: str) -> bool:
    """The same of a word that is known by its letters."""
    return not (
        folded in function_words(language)
        or folded in grammar(language).measure_nouns
        or measures(folded, language)
    )


root_of = per_word(root)
"""The root of each word of a language."""

content_of = per_word(is_content_word)
"""Whether each folded word of a language is one of content."""


@lru_cache(maxsize=16384)
def measures(folded: str, language: str) -> bool:
    """Whether a word may stand between a determiner and its noun: a number, a unit, « première »."""
    own, data = grammar(language), language_profile(language)
    numbers = folded.isdigit() or word_values(folded, data) is not None
    return (
        numbers or folded in data.units or folded in own.first or ordinal_value(folded, language) is not None
    )


def is_number(word: Word, language: str) -> bool:
    return word.folded.isdigit() or word_values(word.folded, language_profile(language)) is not None
