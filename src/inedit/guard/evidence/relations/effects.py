"""What a thing does to another, told as the opposite: “the salt protects the lenses”, of “the salt scratches”. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import readable_facts
from inedit.guard.evidence.polarity import Clause as Polar
from inedit.guard.evidence.polarity import clauses as polar_clauses
from inedit.guard.evidence.polarity import polarity
from inedit.guard.evidence.relations.shared_words import alike, shared, stated_words, within
from inedit.guard.evidence.relations.warned import acting_in, begins
from inedit.guard.nlp.grammar import grammar, is_content, is_joiner, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word, sentences, words_in
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

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
    return tuple((fact, effect) for fact in readable_facts(facts, language) for effect in _effects(fact))


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
            done = _done(text, inside, k, other, language)
            if done is not None and _is_plain(text, inside, (k, done), theirs, language):
                yield Span(min(word.start, inside[done].start), sentence.end)
                return


def _done(text: str, inside: Sequence[Word], k: int, verbs: tuple[str, ...], language: str) -> int | None:
    """Where the verb stands that says what a thing does: right behind it and what it does it to („protects“, « la
    protège »), past no more than « d’abeille »; in German also right before it („Im Ofen schützt die Asche …“)."""
    own, code = grammar(language), primary(language)
    ahead = inside[k - 2].folded if k > 2 and code == "de" else ""
    if ahead and begins(ahead, verbs) and inside[k - 1].folded in _NOMINATIVE:
        return k - 2 if inside[0].folded in own.prepositions else None
    at = k + 1
    if inside[at : at + 1] and inside[at].folded in own.genitive and code != "en":
        at += 2
    while at < len(inside) and inside[at].folded in word_list(language, "object_forms"):
        at += 1
    if at >= len(inside) or not begins(inside[at].folded, verbs):
        return None
    kinds = {r[0] for r in readings(inside[at].text, code)}
    verb = not inside[at].text[:1].isupper() and (code == "en" or not kinds or bool(kinds & {"V", "W"}))
    return at if verb and text[inside[k].end : inside[at].start].count(",") == 0 else None


_NOMINATIVE = frozenset({"der", "die", "das", "ein", "eine"})
"""Articles of a German thing that acts."""


def _is_plain(
    text: str, inside: Sequence[Word], at: tuple[int, int], known: Collection[str], language: str
) -> bool:
    """Whether a thing is what acts, and acts on what the fact tells of: it opens its clause but for an article and an
    opener („Im Ofen“), and nothing is avoided, kept off or said to act in another way."""
    own, code, (k, done) = grammar(language), primary(language), at
    start = (
        max((i for i in range(k) if _MARK.search(text, inside[i].end, inside[i + 1].start)), default=-1) + 1
    )
    first = min(k, done)
    before = [
        w for w in inside[start:first] if w.folded not in own.determiners or w.folded in own.prepositions
    ]
    joined = before[:1] and is_joiner(before[0], language)
    opened = (
        bool(before)
        and before[0].folded in own.prepositions
        and before[-1].folded not in own.prepositions | own.genitive
    )
    lone = [w.text for w in before]
    acts = any(
        "I" in readings(w, code) or w.endswith("ing")
        for w in lone[1:]
        if not (code == "de" and w[:1].isupper())
    )
    if before and not (joined and len(before) == 1) and (not opened or acts or len(before) > _OPENER):
        return False
    end = next(
        (
            i
            for i in range(max(k, done), len(inside) - 1)
            if _MARK.search(text, inside[i].end, inside[i + 1].start)
        ),
        len(inside) - 1,
    )
    after = inside[max(k, done) + 1 : end + 1]
    if after and after[0].folded in own.prepositions and k < done:
        return False  # “wax scratches on the neck”
    lexicon = polarity()[code]
    if any(begins(w.folded, lexicon.avoid) for w in (*inside[start:first], *after)):
        return False
    pronouns = word_list(language, "object_forms")
    shown = any(w.folded in pronouns for w in (*inside[min(k, done) + 1 : max(k, done)], *after[:1]))
    return shown or bool(shared((root(w.text, language) for w in after if is_content(w, language)), known))


_OPENER = 2
"""Words of an opener besides its article: „im Ofen“."""

_MARK = re.compile(r"[,;:()–—]")


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
            acting = acting_in(clause, fact.language, verbs)
            if not all(_is_noun(w, fact.language) for w in acting) or _other_verb(acting[1:], fact.language):
                continue  # “Wax keeps scratches off”
            named = acting or _inverted(clause, fact.language, verbs)
            named = named or (_maker(clause, fact.language) if harms else [])
            if named and len(named) <= _THINGS:
                head = named[0 if primary(fact.language) in _HEAD_FIRST else -1]
                found.append(_Effect(root(head.text, fact.language), harms))
                break
    return tuple(found)


def _other_verb(listed: Sequence[Word], language: str) -> bool:
    """Whether one of the words behind the first of a subject may be what it does."""
    code = primary(language)
    return code != "de" and any(r[0] == "V" for w in listed for r in readings(w.text, code))


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
    """What makes a harm that a noun names, in a clause that says no more: « I graffi li fa il sale »."""
    harm, own = polarity()[primary(language)].harm, grammar(language)
    if clause.negators or clause.asked:
        return []
    small = own.determiners | word_list(language, "object_forms")
    made = [w for w in clause.words if w.folded in word_list(language, "brings_about")]
    rest = [w for w in clause.words if w not in made and w.folded not in small]
    harms = [w for w in rest if begins(w.folded, harm) and _is_noun(w, language)]
    things = [w for w in rest if w not in harms and is_content(w, language) and _is_noun(w, language)]
    return things if len(made) == len(harms) == len(things) == 1 and len(rest) == _THINGS else []


def _is_noun(word: Word, language: str) -> bool:
    if primary(language) == "de":
        return word.text[:1].isupper()
    found = readings(word.text, primary(language))
    return not found or any(r[0] == "N" for r in found) or "Vb" in found
