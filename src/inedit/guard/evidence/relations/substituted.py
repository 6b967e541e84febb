"""Another thing in the place of a fact's own: an apple tree for the pear tree, “seaweed” for “clay”.

A text that tells a fact in its own words names its things too. What stands in the place of one of them (another product
of the brand, the second of two that are joined, the first part of a German compound) is no paraphrase where the fact's
own is named nowhere near. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import readable_facts
from inedit.guard.evidence.polarity import polarity
from inedit.guard.evidence.relations.shared_words import alike, shared, stated_words
from inedit.guard.nlp.grammar import grammar, is_content, is_joiner, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.text import Word, sentences, words_in
from inedit.model import Span

_TOLD, _HERE = 3, 2
"""Words of content that a sentence and the next share with a fact to tell it, and the sentence alone."""

_HEAD = 5
"""Letters of the last part of a German compound."""


_SHORTEST = 3
"""Letters of the shortest noun, but in German, where a capital shows it."""


class _Couple(NamedTuple):
    """Two nouns that a text puts together, by their roots: the one that stays, and the other; and where they stand."""

    kept: str
    other: str
    span: Span


_Product = tuple[frozenset[str], frozenset[str]]
"""The roots that tell a product from the others, and all of its name."""


@by_identity(maxsize=KEPT)
def _things(facts: tuple[Fact, ...], language: str) -> tuple[_Product, ...]:
    named = [
        frozenset(w.root for w in stated_words(f.text, f.language))
        for f in readable_facts(facts, language)
        if f.kind == "product"
    ]
    found = ((one.difference(*named[:i], *named[i + 1 :]), one) for i, one in enumerate(named))
    return tuple((own, one) for own, one in found if own)


@by_identity(maxsize=KEPT)
def _vocabulary(facts: tuple[Fact, ...], language: str) -> frozenset[str]:
    """The roots of every word of content that the facts have in a language."""
    return frozenset(
        w.root for f in readable_facts(facts, language) for w in stated_words(f.text, f.language)
    )


class _Index(NamedTuple):
    """The claims and insights of a variant, the roots of each, and which of the claims, the first of them, have a root:
    its insights are asked one by one, so that all variants have the look-up of the claims in common."""

    facts: tuple[Fact, ...]
    roots: tuple[frozenset[str], ...]
    claimed: Mapping[str, tuple[int, ...]]
    insights: range

    def having(self, each: str) -> Iterator[int]:
        """The facts that have a root, in their order."""
        yield from self.claimed.get(each, ())
        yield from (k for k in self.insights if each in self.roots[k])


@by_identity(maxsize=KEPT)
def _index(facts: tuple[Fact, ...], language: str) -> _Index:
    readable = readable_facts(facts, language)
    claims = tuple(f for f in readable if f.kind == "claim")
    told = (*claims, *(f for f in readable if f.kind == "insight"))
    return _Index(told, tuple(map(_roots, told)), _claimed(claims), range(len(claims), len(told)))


@lru_cache(maxsize=64)
def _claimed(claims: tuple[Fact, ...]) -> dict[str, tuple[int, ...]]:
    """Which of some claims have a root."""
    found: dict[str, list[int]] = {}
    for i, fact in enumerate(claims):
        for each in _roots(fact):
            found.setdefault(each, []).append(i)
    return {each: tuple(listed) for each, listed in found.items()}


def another_thing(text: str, language: str, facts: tuple[Fact, ...]) -> Iterator[tuple[Span, Fact, bool]]:
    """Passages that tell a fact of another thing than its own; with the fact, and whether that is sure."""
    if primary(language) not in polarity():
        return
    index, listed = _index(facts, language), sentences(text)
    said = _by_sentence(text, listed, language)
    for i, here in enumerate(said):
        if len(here) < _HERE:
            continue
        counts: dict[int, int] = {}
        for each in here:
            for k in index.having(each):
                counts[k] = counts.get(k, 0) + 1
        near = here.union(*said[i + 1 : i + 2])
        scores = [(len(near & index.roots[k]), index.facts[k]) for k, n in counts.items() if n >= _HERE]
        most = max((n for n, _ in scores), default=0)
        if most < _TOLD or _is_denied(text, listed[i], language):
            continue
        around = near.union(*said[max(i - 1, 0) : i])
        for fact in [f for n, f in scores if n == most]:
            if _other_product(here, around, fact, _things(facts, language), most, scores):
                yield listed[i], fact, True
            elif other := _other_beside(text, listed[i], language, fact, around, facts):
                yield other, fact, False


def _by_sentence(text: str, listed: Sequence[Span], language: str) -> list[frozenset[str]]:
    """The roots of the words of content of each sentence, in one pass."""
    found: list[list[str]] = [[] for _ in listed]
    at = 0
    for word in stated_words(text, language):
        while word.start >= listed[at].end:
            at += 1
        found[at].append(word.root)
    return [frozenset(roots) for roots in found]


def _is_denied(text: str, sentence: Span, language: str) -> bool:
    lexicon, own = polarity()[primary(language)], grammar(language)
    said = {w.folded for w in words_in(text, sentence)}
    return not said.isdisjoint(lexicon.negators | own.negations) or "?" in sentence.of(text)[-3:]


@lru_cache(maxsize=4096)
def _roots(fact: Fact) -> frozenset[str]:
    return frozenset(w.root for w in stated_words(fact.text, fact.language))


def _other_product(
    here: frozenset[str],
    around: frozenset[str],
    fact: Fact,
    products: Sequence[_Product],
    score: int,
    scores: Sequence[tuple[int, Fact]],
) -> bool:
    """Whether a sentence names one product in what a fact tells of another one."""
    mine = [own for own, whole in products if whole <= _roots(fact)]
    if len(mine) != 1 or mine[0] & around:
        return False
    others = [own for own, _ in products if own != mine[0] and own <= here]
    if len(others) != 1 or others[0] & _roots(fact):
        return False
    return not any(n >= score and others[0] & _roots(f) for n, f in scores)


def _other_beside(
    text: str, sentence: Span, language: str, fact: Fact, around: frozenset[str], facts: tuple[Fact, ...]
) -> Span | None:
    """Where a sentence puts something that nothing supplied names beside a word of a fact, in its own one's place."""
    told = _couples(fact.text, Span(0, len(fact.text)), fact.language)
    said = _couples(text, sentence, language) if told else ()
    known = _vocabulary(facts, language) if said else frozenset()
    for theirs in told if said else ():
        if shared([theirs.other], around):
            continue
        for mine in said:
            same = alike(mine.kept, theirs.kept) and not alike(mine.other, theirs.other)
            same = same and not (mine.kept.startswith("-") and mine.other + mine.kept[1:] in known)
            if same and not shared([mine.other], known):
                return mine.span
    return None


@lru_cache(maxsize=4096)
def _couples(text: str, span: Span, language: str) -> tuple[_Couple, ...]:
    """Nouns joined by « et », and the parts of German compounds: “water and clay”, „Eulenkästen“."""
    listed, found = words_in(text, span), []
    for i, word in enumerate(listed):
        if not _is_noun(word, language):
            continue
        behind = [w for w in listed[i + 1 : i + 4] if not _is_small(w, language)]
        between = listed[i + 1 : i + 1 + 3]
        other = next((w for w in behind if is_content(w, language)), None)
        if other is not None and "," not in text[word.end : other.start]:
            middle = next(w for w in between if w.start <= other.start)
            joined = is_joiner(middle, language) and not _acts(listed, other)
            if joined and _is_noun(other, language, joined=joined):
                couple = _root(word, language), _root(other, language)
                found.append(_Couple(*couple, Span(word.start, other.end)))
        if primary(language) == "de":
            found += _compound(word, language)
    return tuple(found)


def _acts(listed: Sequence[Word], word: Word) -> bool:
    """“and try to judge”: an English verb."""
    return any(w.folded in _BEHIND_VERBS for w in listed if 0 < w.start - word.end <= 1)


_BEHIND_VERBS = frozenset(
    {"to", "the", "a", "an", "it", "them", "your", "my", "his", "her", "our", "their", "this"}
)

_LINKED = frozenset({"fr", "es", "it"})


def _compound(word: Word, language: str) -> Iterator[_Couple]:
    """„Eulenkästen“: boxes of owls."""
    whole = _root(word, language)
    for cut in range(_HEAD - 1, len(whole) - _HEAD + 1):
        yield _Couple(f"-{whole[cut:]}", whole[:cut], Span(word.start, word.end))


def _root(word: Word, language: str) -> str:
    return root(word.text, language)


def _is_small(word: Word, language: str) -> bool:
    return word.folded in grammar(language).determiners


_DOUBTFUL = frozenset({"X", "Vb"})
"""What a short noun may be read as: « sal », “sand”."""

_ENCLITIC = frozenset({"es", "it"})
_WITH_PRONOUN = re.compile(r"[aei]r(?:l[aeio]s?|gli|[mtsc]i|[mts]e|nos|ne)$")
"""An infinitive with its pronoun: « reconocerla »."""


def _is_noun(word: Word, language: str, *, joined: bool = False) -> bool:
    """Whether a word is a noun, and nothing else that may stand by a noun unless it is joined to one."""
    if not is_content(word, language):
        return False
    if primary(language) == "de":
        return word.text[:1].isupper()
    if len(word.folded) < _SHORTEST or (primary(language) in _ENCLITIC and _WITH_PRONOUN.search(word.folded)):
        return False
    found = readings(word.text, primary(language))
    noun = any(r[0] == "N" or (joined and r in _DOUBTFUL) for r in found)
    unknown = not found and primary(language) not in _LINKED  # « reconocerla »
    return unknown or (noun and (joined or not any(r[0] in "AK" for r in found)))
