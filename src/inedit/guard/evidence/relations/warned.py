"""What facts warn of: « jamais sur un radiateur », “degreaser destroys the seal”. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import readable_facts
from inedit.guard.evidence.polarity import Clause, clauses, polarity
from inedit.guard.evidence.relations.practice import is_workplace
from inedit.guard.evidence.relations.shared_words import alike, shared, stated_words
from inedit.guard.nlp.grammar import grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word, fold

_MOST = 3
"""Words of content that name what is warned of; more tell a course of things."""


class Warned(NamedTuple):
    """What a fact warns of: the roots of its words, of the harm that it does, of what else is told with it, and of what
    is told to be taken instead; ``act``: whether the words are an act that is denied, with its thing, and not a thing
    that does harm; what names it with a hyphen."""

    fact: Fact
    means: tuple[str, ...]
    harm: frozenset[str]
    about: frozenset[str]
    rather: frozenset[str]
    act: bool
    joined: str


def begins(word: str, beginnings: tuple[str, ...]) -> bool:
    """Whether a word begins with one of these, or is one that ends in a point."""
    return word.startswith(beginnings) or f"{word}." in beginnings


@by_identity(maxsize=KEPT)
def warnings_of(facts: tuple[Fact, ...], language: str) -> tuple[Warned, ...]:
    told: dict[str, list[Fact]] = {}
    for fact in readable_facts(facts, language):
        if fact.kind in ("claim", "insight", "tip"):
            told.setdefault(fact.id, []).append(fact)
    return tuple(warned for group in told.values() for warned in _of_group(tuple(dict.fromkeys(group))))


@lru_cache(maxsize=4096)  # the same of every variant that was given them
def _of_group(group: tuple[Fact, ...]) -> tuple[Warned, ...]:
    """What the facts of one insight, or one claim, warn of."""
    return tuple(_warned(group))


def _warned(group: tuple[Fact, ...]) -> Iterator[Warned]:
    language = group[0].language
    found = [
        (fact, means, _joined(fact.text, clause, means), act)
        for fact in group
        for clause in clauses(fact.text, fact.language)
        for means, act in (*_forbidden(fact, clause), *_harming(fact, clause))
    ]
    for fact, means, joined, act in found:
        harm, affirmed, about, rather = set[str](), set[str](), set[str](), set[str]()
        for each in group:
            for clause in clauses(each.text, each.language):
                roots = {
                    w.root for w in stated_words(each.text, language) if clause.start <= w.start < clause.end
                }
                if all(any(alike(m, r) for r in roots) for m in means):
                    mine = {r for r in roots if not any(alike(m, r) for m in means)}
                    harm |= mine if not clause.negators else set()
                    about |= mine
                elif not clause.negators:
                    affirmed |= roots
                    rather |= _recommended(each, clause, means)
        distinct = [m for m in means if not shared([m], affirmed)]
        if distinct:
            other = frozenset(r for r in rather if not any(alike(r, m) for m in (*means, *harm)))
            known = frozenset(about | affirmed)
            yield Warned(fact, means, frozenset(harm - affirmed), known, other, act, joined)


def _recommended(fact: Fact, clause: Clause, means: Sequence[str]) -> set[str]:
    """What a clause says that something is done with, in or how: « à la main », “with a dry brush”, “cold water”."""
    language, found = fact.language, set[str]()
    own = grammar(language)
    led = own.prepositions if fact.kind == "tip" else own.prepositions & _WITH
    for i, word in enumerate(clause.words):
        if len(word.folded) < 3 or not is_content(word, language) or is_workplace(word, language):
            continue
        beside = clause.words[max(i - 1, 0) : i + 2]
        qualifies = any(alike(root(w.text, language), m) for w in beside for m in means)
        before = [w.folded for w in clause.words[max(i - 3, 0) : i]]
        kinds = {r[:2] for r in readings(word.text.lower(), primary(language))}
        noun = (
            word.text[:1].isupper()
            if primary(language) == "de"
            else not own.determiners.isdisjoint(before[-1:]) or any(k[0] == "N" or k == "Vb" for k in kinds)
        )
        if qualifies or (noun and not led.isdisjoint(before)):
            found.add(root(word.text, language))
    return found


_WITH = frozenset({"with", "avec", "a", "mit", "con"})


def _joined(text: str, clause: Clause, means: Sequence[str]) -> str:
    """What names it with a hyphen (« lave-vaisselle »), folded, without an ending; nothing without one."""
    for one, other in pairwise(clause.words):
        if other.start - one.end == 1 and text[one.end] in "-‑" and other.folded.startswith(means[-1]):
            return fold(text[one.start : one.end] + "-" + means[-1])
    return ""


def _forbidden(fact: Fact, clause: Clause) -> Iterator[tuple[tuple[str, ...], bool]]:
    """What a clause denies as an instruction: of a tip in any way, elsewhere by « jamais »."""
    lexicon = polarity()[primary(fact.language)]
    negators = [i for i in clause.negators if fact.kind == "tip" or clause.words[i].folded in lexicon.never]
    if not negators or clause.asked:
        return
    last = negators[-1]
    run = _content(clause.words[negators[0] + 1 :], fact.language)
    if not run or any(w.folded in lexicon.partial for w in clause.words[last + 1 : last + 2]):
        return
    before = _content(clause.words[: negators[0]], fact.language)
    verb = _is_act(clause, run, fact.language)
    if len(run) == 1 and verb and before:
        run = [before[-1], *run]  # „Die Stickerei nie bügeln“
    if len(run) <= _MOST and (fact.kind == "tip" or not before):
        yield tuple(root(w.text, fact.language) for w in run), verb and len(run) > 1


def _is_act(clause: Clause, run: Sequence[Word], language: str) -> bool:
    """Whether what a clause denies has a verb: in English, as its first word."""
    listed = run[:1] if primary(language) == "en" else run
    after = {a.start: b for a, b in pairwise(clause.words)}
    return any(_may_be_infinitive(w, after.get(w.start), language) for w in listed)


def _content(listed: Sequence[Word], language: str) -> list[Word]:
    small = polarity()[primary(language)]
    skipped = small.negators | small.emphasis
    return [w for w in listed if len(w.folded) > 2 and w.folded not in skipped and is_content(w, language)]


def _may_be_infinitive(word: Word, after: Word | None, language: str) -> bool:
    found = readings(word.text, primary(language))
    if primary(language) != "en":
        return "I" in found
    led = after is not None and after.folded in grammar(language).determiners
    return "Vb" in found and (led or "A" not in found)


def _harming(fact: Fact, clause: Clause) -> Iterator[tuple[tuple[str, ...], bool]]:
    """What does harm to something by a clause."""
    acting = acting_in(clause, fact.language, polarity()[primary(fact.language)].harm)
    if acting and len(acting) <= _MOST:
        yield tuple(root(w.text, fact.language) for w in acting), False


def acting_in(clause: Clause, language: str, verbs: tuple[str, ...]) -> list[Word]:
    """The words of the subject before the first of these verbs in a clause, where it acts on something."""
    if clause.negators or clause.asked:
        return []
    for k, word in enumerate(clause.words):
        if not begins(word.folded, verbs) or not _is_verb(word, language):
            continue
        before = _content(clause.words[:k], language)
        led = [w.folded for w in clause.words[:k] if not before or w.start < before[0].start]
        after = _content(clause.words[k + 1 :], language)
        passive = bool(before) and before[-1].end < word.start and clause.words[k - 1].folded in _BEING
        small = grammar(language).prepositions | grammar(language).genitive
        led += [w.folded for w in clause.words[k + 1 : k + 2]]  # “cracks within two winters” by itself
        return before if before and after and not passive and small.isdisjoint(led) else []
    return []


PASSIVE = frozenset(
    ("est", "sont", "is", "are", "wird", "werden", "es", "son", "e", "sono", "viene", "vengono", "se", "si")
)
"""What stands between a thing and what is done to it."""

_BEING = frozenset(
    (
        "est",
        "sont",
        "ete",
        "is",
        "are",
        "was",
        "were",
        "been",
        "es",
        "son",
        "esta",
        "estan",
        "e",
        "sono",
        "se",
        "s",
        "si",
    )
)
"""What stands before a participle, or before a verb that harms its own subject."""


def _is_verb(word: Word, language: str) -> bool:
    found = readings(word.text, primary(language))
    return any(r[0] == "V" for r in found) or not found
