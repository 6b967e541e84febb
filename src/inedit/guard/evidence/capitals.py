"""Which words of a text are names: those with a capital inside a sentence that are no words of every day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from babel import Locale
from babel.dates import get_day_names, get_month_names

from inedit.guard.nlp.grammar import Clause, function_words, grammar
from inedit.guard.nlp.language_data import KNOWN, language_profile, primary
from inedit.guard.nlp.proofreading.german_words import compound_head
from inedit.guard.nlp.proofreading.lexicon import lexicon
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import Word, fold, folded_words, sentence_at, sentences, words
from inedit.guard.nlp.word_lists import word_list

_OPENERS = frozenset(".!?:;«»“”„\"'(—–-\n¿¡…#@*•‘’")


def is_place(word: Word, clause: Clause, language: str) -> bool:
    """Whether a name follows a preposition: « en Bretagne », not « Roue Libre »."""
    before = next((w.folded for w in reversed(clause.words) if w.end <= word.start), "")
    own = grammar(language)
    station = primary(language) == "de" and before in own.establishments
    return before in own.prepositions or before in word_list(language, "origin_before") or station


def names_in(
    text: str, clause: Clause, language: str, supplied: frozenset[str], names: frozenset[str] = frozenset()
) -> Iterator[Word]:
    """Words with a capital inside a sentence; in German, where nouns have one, those after « in » or « aus » or a word
    such as « Bahnhof », and those that are nothing but names, or among ``names``."""
    common = common_words(language)
    if not any(map(_may_be_a_name, clause.words)):  # so for most clauses
        return
    figures = [quantity.span for quantity in find_quantities(text, language)]
    titled = _is_titled(text, clause, language)
    for i, word in enumerate(clause.words):
        if not _may_be_a_name(word) or word.folded in common:
            continue
        before = text[: word.start].rstrip(" \u00a0\u202f")
        if not before or before[-1] in _OPENERS or _opens_sentence(text, word.start):
            continue
        if any(span.start <= word.start < span.end for span in figures) or any(map(str.isdigit, word.text)):
            continue
        if primary(language) == "de":
            before_it = clause.words[i - 1].folded if i else ""
            if word.folded not in names and not _is_german_name(word, before_it, language):
                continue
        elif titled and word.folded not in supplied:
            continue
        yield word


def _may_be_a_name(word: Word) -> bool:
    text = word.text
    return text[:1].isupper() and len(text) > 2 and not text.isupper()


def _is_german_name(word: Word, before: str, language: str) -> bool:
    """Whether a German word with a capital may be a name, by the word before it; of a known one, by itself. „In Blau“
    and „nach Hause“ lead to no place of that name."""
    if before in word_list(language, "place_before") and _is_common_in_german(word.text):
        return False
    return before in word_list(language, "place_before") | grammar(
        language
    ).establishments or is_name_in_german(word.text)


@lru_cache(maxsize=20_000)
def _is_common_in_german(written: str) -> bool:
    """Whether a word is an adjective that stands for a thing, or a noun that the dictionary lists as no name."""
    known = readings(written, "de")
    if any(reading[0] in "AW" for reading in readings(written.lower(), "de")):
        return True
    return bool(known) and not known & (_NAME | _NOUN)


@lru_cache(maxsize=20_000)
def is_name_in_german(written: str, before: str = "") -> bool:
    """Whether a word is a name and nothing else: the dictionary lists it as one („Lübeck“), or it is a region
    („Allgäu“). After « in » and its like, also one that no dictionary tells from a name („Tölz“), not even as a
    compound."""
    if fold(written) in grammar("de").regions:
        return True
    known = readings(written, "de")
    if known == _NAME:
        return not written.endswith(_NO_NAME)
    may_be = not known or (known == _NOUN and before != "aus")  # « aus Hyaluron » is a material
    place = before in word_list("de", "place_before") | grammar("de").establishments
    return place and may_be and compound_head(written) is None and not readings(written.lower(), "de")


_NAME, _NOUN = frozenset({"Nxns"}), frozenset({"NX"})
"""What the dictionary says of a name without a gender of its own; and of a noun that it knows no more of."""

_NO_NAME = ("ung", "heit", "keit", "schaft", "isch", "deutsch", "ismus")
"""Endings of nouns that the dictionary lists like a name."""


def _opens_sentence(text: str, start: int) -> bool:
    return any(span.start == start for span in sentences(text))


def _is_titled(text: str, clause: Clause, language: str) -> bool:
    """“Out Of The Cupboard, Onto The Bed”: a line in which every word has a capital names nothing; so must the rest of
    the sentence be written (“At the Old Ferry Inn in Whitby, our …” names an inn)."""
    sentence = sentence_at(text, clause.span.start)
    whole = [w for w in words(text) if sentence.start <= w.start < sentence.end]
    return _has_capitals(clause.words[1:], language) and _has_capitals(whole[1:], language)


def _has_capitals(said: Sequence[Word], language: str) -> bool:
    """Whether four words of content in five have a capital, most of which are written without one elsewhere."""
    content = [w for w in said if w.folded not in function_words(language)]
    capital = [w for w in content if w.text[:1].isupper()]
    if len(content) < 2 or len(capital) < len(content) * _MOST:
        return False
    known = lexicon(primary(language)) if primary(language) in KNOWN else ()
    return not known or sum(w.text.lower() in known for w in capital) * 2 >= len(capital)


_MOST = 0.8


@lru_cache(maxsize=16)
def common_words(language: str) -> frozenset[str]:
    """Words that are no names, whatever their first letter; “the European Union” and « l'Europe » are none of ours."""
    territories = Locale.parse(language_profile(language).locale).territories
    everywhere = frozenset(word for code in _EVERYWHERE for word in folded_words(territories.get(code, "")))
    return function_words(language) | calendar(language) | everywhere


_EVERYWHERE = ("EU", "150", "001")
"""The European Union, Europe and the world, by their codes in CLDR."""


@lru_cache(maxsize=16)
def calendar(language: str) -> frozenset[str]:
    locale = language_profile(language).locale
    named = [
        *get_month_names("wide", "format", locale).values(),
        *get_day_names("wide", "format", locale).values(),
    ]
    dated = frozenset(fold(name) for name in named) | {f"{fold(name)}s" for name in named}
    return dated | grammar(language).feasts
