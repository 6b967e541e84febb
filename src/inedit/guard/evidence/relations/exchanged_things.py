"""One thing of a fact exchanged for another in a sentence that retells it: “a drum full of oak cubes”, of beech ones.

No dictionary tells that two words are not the same thing. So the sentence has to tell half of the fact's words or more,
the fact's own word must stand nowhere in the text, and the other one, which the fact does not know, must have its
very place: behind the same word and preposition, or before the same word. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from inedit.guard.evidence.capitals import calendar
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import are_synonyms
from inedit.guard.evidence.relations.shared_words import alike, shared, told_words
from inedit.guard.nlp.grammar import clauses, grammar
from inedit.guard.nlp.language_data import KNOWN, primary
from inedit.guard.nlp.proofreading.german_words import compound_head
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import fold, sentences, words
from inedit.model import Span

_FEWEST, _SHARE = 3, 0.5
"""Words of content that a sentence must share with a fact's, at least, and the part of them."""

_JOINED = {
    "im": "in", "ins": "in", "am": "an", "ans": "an", "zum": "zu", "zur": "zu", "beim": "bei", "vom": "von",
    "au": "a", "aux": "a", "du": "de", "des": "de", "al": "a", "del": "de", "into": "in", "inside": "in",
    **dict.fromkeys(("nel", "nello", "nella", "nei", "negli", "nelle", "nell"), "in"),
    **dict.fromkeys(("allo", "alla", "ai", "agli", "alle", "all"), "a"),
    **dict.fromkeys(("dal", "dallo", "dalla", "dai", "dalle", "dall"), "da"),
    **dict.fromkeys(("dello", "della", "dei", "degli", "delle", "dell"), "di"),
}  # fmt: skip
"""Prepositions joined with an article, and the one that they are."""


@lru_cache(maxsize=20_000)
def _is_noun(word: str, code: str) -> bool:
    """Whether a word is a noun and nothing else."""
    if code not in KNOWN:
        return False
    if code == "de":  # « das Ausbessern » is a verb, which may mean what a noun of the fact does
        return word[:1].isupper() and not any(r[0] == "V" for r in readings(word.lower(), code))
    read = readings(word, code)
    return bool(read) and all(r[0] == "N" for r in read)


class _Slot(NamedTuple):
    """A noun with the word of content before it and the prepositions between, and the word of content behind it."""

    root: str
    span: Span
    before: str
    led: tuple[str, ...]
    after: str


class _Sentence(NamedTuple):
    """A sentence's words of content, and its nouns in their places."""

    roots: tuple[str, ...]
    words: frozenset[str]
    slots: tuple[_Slot, ...]


def exchanged(text: str, language: str, fact: Fact, other: Collection[str]) -> Iterator[tuple[Span, str]]:
    """Where a text has another thing in place of a fact's, and the fact's own word. ``other`` are the roots of what
    else the brand tells with the fact."""
    said_all = _sentences(text, language)
    for theirs in _sentences(fact.text, fact.language):
        near = [said for said in said_all if len(said.words & theirs.words) >= _ALIKE]
        near = [
            said
            for said in near
            if len(shared(said.roots, theirs.words)) >= max(_FEWEST, _SHARE * len(theirs.words) - 0.1)
        ]
        if not near:
            continue
        everything = {w.root for w in told_words(text, language)}
        known = {w.root for w in told_words(fact.text, fact.language)} | set(other)
        missing = [s for s in theirs.slots if not any(alike(s.root, r) for r in everything)]
        for slot in (slot for said in near for slot in said.slots) if missing else ():
            if any(alike(slot.root, r) for r in known):
                continue
            mine = next((one for one in missing if _same_place(one, slot, language, fact.text, text)), None)
            if mine is not None:
                yield slot.span, mine.span.of(fact.text)
                return


_ALIKE = 2
"""Words that must be the very same in both, before any are compared by their beginnings."""


_PART = 3
"""Letters of a word that may begin a compound."""


def _same_place(theirs: _Slot, said: _Slot, language: str, fact: str, text: str) -> bool:
    short, long = sorted((theirs.root, said.root), key=len)
    if len(short) >= _PART and long.startswith(short):
        return False  # « Hafenbecken » is a part of the « Hafen »
    genitive = grammar(language).genitive.issuperset(theirs.led)  # « le seigle de nos champs »
    led = (
        bool(theirs.led)
        and not genitive
        and theirs.led == said.led
        and not are_synonyms(theirs.root, said.root, language)
    )
    behind = led and theirs.before and alike(theirs.before, said.before)
    ahead = led and primary(language) == "de" and theirs.after and alike(theirs.after, said.after)
    if primary(language) != "de":
        return bool(behind or ahead)
    heads = {fold(compound_head(s.span.of(t)) or "") for s, t in ((theirs, fact), (said, text))}
    return bool(behind or ahead) or (len(heads) == 1 and "" not in heads)


@lru_cache(maxsize=4096)
def _sentences(text: str, language: str) -> tuple[_Sentence, ...]:
    told, listed = told_words(text, language), words(text)
    figures = [q.span for q in find_quantities(text, language)]
    you = grammar(language).you
    nouns = {
        n.word.start
        for c in clauses(text, language)
        for n in c.nouns
        if n.determiner not in you and _is_noun(n.word.text, primary(language))
    }
    own, found = grammar(language), []
    small = own.prepositions | own.genitive
    for sentence in sentences(text):
        inside = [w for w in told if sentence.start <= w.start < sentence.end]
        slots = []
        for i, word in enumerate(inside):
            span = Span(word.start, word.start + len(word.text))
            opens = primary(language) == "de" and not any(
                sentence.start <= w.start < word.start for w in listed
            )
            if (
                opens
                or word.start not in nouns
                or span.overlaps(figures)
                or fold(word.text) in calendar(language)
                or fold(word.text).removesuffix("s") in calendar(language)
            ):
                continue
            start = inside[i - 1].start + len(inside[i - 1].text) if i else sentence.start
            between = tuple(
                _JOINED.get(w.folded, w.folded)
                for w in listed
                if start <= w.start < word.start and w.folded in small
            )
            before = inside[i - 1].root if i else ""
            after = inside[i + 1].root if i + 1 < len(inside) else ""
            slots.append(_Slot(word.root, span, before, between, after))
        roots = tuple(w.root for w in inside)
        found.append(_Sentence(roots, frozenset(roots), tuple(slots)))
    return tuple(found)
