"""What a thing does to another, told as the opposite: “the salt protects the lenses”, of “the salt scratches”. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import readable
from inedit.guard.evidence.polarity import Clause as Polar
from inedit.guard.evidence.polarity import clauses as polar_clauses
from inedit.guard.evidence.polarity import polarity
from inedit.guard.evidence.relations.shared_words import alike, shared, stated_words, within
from inedit.guard.evidence.relations.warned import acting_in, begins
from inedit.guard.nlp.grammar import grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word, sentences, words_in
from inedit.model import Span

_NEAR = 8
"""Words from a thing to what it does, past „sagt er“."""

_TOLD = 2
"""Words of content that a sentence and the one before must share with a fact, besides the thing, to tell it."""

_THINGS = 2
"""Nouns of a clause up to which one of them does what the other one names: « La sal hace los arañazos »."""


class _Effect(NamedTuple):
    """The root of what acts, and whether it does harm."""

    thing: str
    harms: bool


def turned_effects(text: str, language: str, facts: tuple[Fact, ...]) -> Iterator[tuple[Span, Fact]]:
    """Passages in which what does harm by a fact does good, or the other way round."""
    told = _told(facts, language)
    said = {w.root for w in stated_words(text, language)} if told else set()
    for fact, effect in told:
        if shared((effect.thing,), said):
            yield from ((span, fact) for span in _wrong(text, language, fact, effect))


@by_identity(maxsize=KEPT)
def _told(facts: tuple[Fact, ...], language: str) -> tuple[tuple[Fact, _Effect], ...]:
    return tuple((fact, effect) for fact in facts if readable(fact, language) for effect in _effects(fact))


def _wrong(text: str, language: str, fact: Fact, effect: _Effect) -> Iterator[Span]:
    lexicon, listed = polarity()[primary(language)], sentences(text)
    other = lexicon.help if effect.harms else lexicon.harm
    theirs = {w.root for w in stated_words(fact.text, fact.language)} - {effect.thing}
    for i, sentence in enumerate(listed):
        inside = words_in(text, sentence)
        around = Span(listed[i - 1].start if i else sentence.start, sentence.end)
        if len(shared((w.root for w in within(text, around, language)), theirs)) < _TOLD:
            continue
        if _is_open(text, sentence, inside, language):
            continue
        for k, word in enumerate(inside):
            if not is_content(word, language) or not alike(root(word.text, language), effect.thing):
                continue
            done = _done(inside, k, other, language)
            if done is not None and _acts(text, inside, k, done, effect, language):
                yield Span(min(word.start, done.start), sentence.end)
                return


def _done(inside: Sequence[Word], k: int, verbs: tuple[str, ...], language: str) -> Word | None:
    """What a thing does: one of the verbs behind it; in German also right before it („Im Ofen schützt die Asche …“)."""
    ahead = inside[max(k - 2, 0) : k] if primary(language) == "de" else ()
    if len(ahead) > 1 and begins(ahead[0].folded, verbs) and ahead[1].folded in _NOMINATIVE:
        return ahead[0]
    return next((w for w in inside[k + 1 : k + 1 + _NEAR] if begins(w.folded, verbs)), None)


_NOMINATIVE = frozenset({"der", "die", "das", "ein", "eine"})


def _acts(text: str, inside: Sequence[Word], k: int, done: Word, effect: _Effect, language: str) -> bool:
    """Whether a thing is what acts: nothing leads it but an article, and no other act stands before what it does."""
    own, code = grammar(language), primary(language)
    led = k > 0 and inside[k - 1].folded in own.determiners
    before = [
        w.folded for w in inside[max(k - 1 - led, 0) : k] if text[w.end : inside[k].start].count(",") == 0
    ]
    between = [w for w in inside[k + 1 :] if w.start < done.start]
    infinitive = any(
        "I" in readings(w.text, code) and not (code == "de" and w.text[:1].isupper()) for w in between
    )
    others = polarity()[code].harm if effect.harms else polarity()[code].help
    other = any(w.folded in own.we | own.you or begins(w.folded, others) for w in between)
    ours = code in _ELLIPTIC and any("1p" in r for r in readings(done.text, code))
    gerund = code == "en" and any(w.folded.endswith("ing") for w in inside[max(k - 3, 0) : k])
    return (own.prepositions | own.genitive).isdisjoint(before) and not (
        infinitive or other or ours or gerund
    )


_ELLIPTIC = frozenset({"es", "it"})


def _is_open(text: str, sentence: Span, inside: Sequence[Word], language: str) -> bool:
    lexicon, own = polarity()[primary(language)], grammar(language)
    said = {w.folded for w in inside}
    denies = not said.isdisjoint(lexicon.negators | lexicon.nothing | own.negations | own.denials)
    return denies or text[sentence.start : sentence.end].rstrip(' »”"').endswith("?")


@lru_cache(maxsize=4096)
def _effects(fact: Fact) -> tuple[_Effect, ...]:
    if fact.kind not in ("claim", "insight", "tip") or primary(fact.language) not in polarity():
        return ()
    lexicon, found = polarity()[primary(fact.language)], []
    for clause in polar_clauses(fact.text, fact.language):
        for verbs, harms in ((lexicon.harm, True), (lexicon.help, False)):
            acting = [w for w in acting_in(clause, fact.language, verbs) if _is_noun(w, fact.language)]
            named = acting or _inverted(clause, fact.language, verbs)
            named = named or (_maker(clause, fact.language) if harms else [])
            if named and len(named) <= _THINGS:
                head = named[0 if primary(fact.language) in _HEAD_FIRST else -1]
                found.append(_Effect(root(head.text, fact.language), harms))
                break
    return tuple(found)


_HEAD_FIRST = frozenset({"fr", "es", "it"})


def _inverted(clause: Polar, language: str, verbs: tuple[str, ...]) -> list[Word]:
    """„Im Ofen zerkratzt die Asche die Glasur“: what stands right behind a German verb that something else opens."""
    if primary(language) != "de" or clause.negators or clause.asked:
        return []
    for k, word in enumerate(clause.words[:-2]):
        led = k and clause.words[0].folded in grammar(language).prepositions
        if led and begins(word.folded, verbs) and clause.words[k + 1].folded in _NOMINATIVE:
            return [w for w in clause.words[k + 2 : k + 3] if w.text[:1].isupper()]
    return []


def _maker(clause: Polar, language: str) -> list[Word]:
    """What makes a harm that a noun names: « I graffi li fa il sale », „Die Kratzer macht das Salz“."""
    harm, own = polarity()[primary(language)].harm, grammar(language)
    if clause.negators or clause.asked:
        return []
    made = any(w.folded.startswith(_MAKING) for w in clause.words)
    listed = [w for w in clause.words if is_content(w, language) and _is_noun(w, language)]
    listed = [w for w in listed if not w.folded.startswith(_MAKING)]
    harms = [w for w in listed if begins(w.folded, harm)]
    led = any(w.folded in own.prepositions for w in clause.words)
    return (
        [w for w in listed if w not in harms] if made and harms and len(listed) <= _THINGS and not led else []
    )


_MAKING = (
    "fait",
    "font",
    "does",
    "do",
    "make",
    "mach",
    "hace",
    "fa",
    "caus",
    "provoc",
    "provoqu",
    "verursach",
)


def _is_noun(word: Word, language: str) -> bool:
    if primary(language) == "de":
        return word.text[:1].isupper()
    found = readings(word.text, primary(language))
    return not found or any(r[0] == "N" for r in found) or "Vb" in found
