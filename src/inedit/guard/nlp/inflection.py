"""A word in all its forms, and none of another word of the same root: “cheapest”, not “sustain” for “sustainable”.

A stemmer takes « consommé » for « consommateur »; what a brand bans is the word with its endings: number, gender, case,
degree, the adverb and the noun of an adjective, and in German its compounds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word, folded_words, words
from inedit.model import Span

SHORT = 3
"""Letters up to which a word has no inflection to speak of (« con », “ass”), except a plural."""

_STOPS = frozenset(',.;:!?…()«»“”„"\n')
"""What parts the words of a phrase (« cherchez pas, cher ami »), unless the phrase has it itself."""

_OF_A_VERB = "VIK"
"""How the dictionary's readings of finite verbs, infinitives and participles begin."""

_LEADS_A_NOUN = frozenset(["ein", "kein", "mein", "dein", "sein", "unser", "euer", "neues", "jedes"])
"""Words behind which a German word is a noun, whatever its first letter („unser gerät“)."""

COMPOUND_TERM = 5
"""Letters from which a term is looked for inside German compounds."""

COMPOUND_REST = 3
"""The fewest letters that the other half of a compound has."""


@lru_cache(maxsize=8)
def _data() -> Mapping[str, Any]:
    source = files("inedit.guard.nlp").joinpath("data", "inflection.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


@lru_cache(maxsize=8192)
def forms(word: str, language: str) -> frozenset[str]:
    """Every form of a folded word; more than there are, but none of another word."""
    rules: Mapping[str, Any] = _data().get(primary(language), {})
    if len(word) <= SHORT:
        return frozenset((word, word + "s"))
    endings: Mapping[str, str] = rules.get("endings", {})
    verbs = not word.endswith(tuple(rules.get("nouns", ()))) if rules.get("nouns") else False
    found = {word}
    for table in (endings, rules.get("verbs", {}) if verbs else {}):
        for ending, others in table.items():
            if word.endswith(ending) and len(word) - len(ending) >= SHORT:
                found.update(word[: len(word) - len(ending)] + other for other in others.split())
    return frozenset(found)


def inflected(text: str, terms: tuple[str, ...], language: str) -> Iterator[tuple[int, Span, bool]]:
    """``(which term, where, whether inside a compound)`` for each place where a term stands, in any inflection."""
    listed = words(text)
    begins, german = _beginnings(terms, language), primary(language) == "de"
    if not german and begins.keys().isdisjoint(folded_words(text)):  # so for nearly every text
        return
    for i, word in enumerate(listed):
        if not german and word.folded not in begins:
            continue
        for position, sought in begins.get(word.folded, ()):
            if len(sought) > 1 and (i + 1 == len(listed) or listed[i + 1].folded not in sought[1]):
                continue  # so of nearly all that begin with « au » or “in”
            following = [other.folded for other in listed[i + 1 : i + len(sought)]]
            if len(following) == len(sought) - 1 and all(
                other in allowed for other, allowed in zip(following, sought[1:], strict=True)
            ):
                span = Span(word.start, listed[i + len(sought) - 1].end)
                apart = _STOPS - set(terms[position])
                if apart & set(span.of(text)) or _is_verb(text, listed, i, terms[position], language):
                    continue
                yield position, span, False
        if german:
            yield from (
                (position, Span(word.start, word.end), True)
                for position in _compounds(word.folded, terms)
                if not (terms[position][:1].isupper() and _is_small_verb(word.text))
            )


@lru_cache(maxsize=16)
def _beginnings(
    terms: tuple[str, ...], language: str
) -> dict[str, list[tuple[int, tuple[frozenset[str], ...]]]]:
    """By every form of a term's first word, the terms and the forms of their words; « éco-responsable » also joined."""
    begins: dict[str, list[tuple[int, tuple[frozenset[str], ...]]]] = {}
    for position, term in enumerate(terms):
        spelled = [folded_words(term)]
        if "-" in term:
            spelled.append(("".join(spelled[0]),))
        for parts in spelled:
            sought = tuple(forms(part, language) for part in parts)
            for form in sought[0] if sought else ():
                begins.setdefault(form, []).append((position, sought))
    return begins


def _is_verb(text: str, listed: tuple[Word, ...], i: int, term: str, language: str) -> bool:
    """„Sie billigen das“: an adjective in -en stands before its noun, a verb of the same letters does not; „er gerät in
    den Regen“: no noun has a small letter."""
    word = listed[i]
    if primary(language) != "de":
        return False
    if term[:1].isupper():
        return _is_small_verb(word.text) and not (i and listed[i - 1].folded in _LEADS_A_NOUN)
    if word.folded != folded_words(term)[0] + "en":
        return False
    following = text[listed[i + 1].start] if i + 1 < len(listed) else ""
    return not following.isupper()


@lru_cache(maxsize=4096)
def _is_small_verb(written: str) -> bool:
    """Whether a German word in small letters is a verb („gerät“); „luxus“ is a noun all the same."""
    return written.islower() and any(reading[0] in _OF_A_VERB for reading in readings(written, "de"))


def _compounds(word: str, terms: tuple[str, ...]) -> Iterator[int]:
    """The terms that a German word is compounded of: „Luxusrad“, „Komplettlösung“; „Auflösung“ is a derivation."""
    beginnings, endings = _compound_parts(terms)
    if not (word.startswith(beginnings) or word.endswith(endings)):
        return
    data = _data()["de"]
    for position, (term, all_forms) in enumerate(_compound_terms(terms)):
        if not term or len(word) < len(term) + COMPOUND_REST or word in all_forms:
            continue
        rest = word[len(term) :] if word.startswith(term) else ""
        if len(rest) >= COMPOUND_REST and not rest.startswith(tuple(data["derived"])):
            yield position
            continue
        for form in all_forms:
            first = word.removesuffix(form)
            if (
                len(form) >= len(term)
                and COMPOUND_REST <= len(first) < len(word)
                and first not in data["prefixes"]
            ):
                yield position
                break


@lru_cache(maxsize=16)
def _compound_parts(terms: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a compound of one of the terms begins or ends with."""
    listed = _compound_terms(terms)
    ends = {form for term, all_forms in listed for form in all_forms if term and len(form) >= len(term)}
    return tuple(term for term, _ in listed if term), tuple(ends)


@lru_cache(maxsize=16)
def _compound_terms(terms: tuple[str, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Each term that can be part of a compound, with its forms; an empty one for the others."""
    single = [folded_words(term) for term in terms]
    return tuple(
        (parts[0], forms(parts[0], "de"))
        if len(parts) == 1 and len(parts[0]) >= COMPOUND_TERM
        else ("", frozenset())
        for parts in single
    )
