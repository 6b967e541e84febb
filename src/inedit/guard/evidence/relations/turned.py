"""Where a text turns a fact round: its order, comparison, choice, thing, tip, or what most did. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from inedit.brand.caching import by_identity
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import readable, readable_facts
from inedit.guard.evidence.relations.alternatives import complement, swapped, takes_instead
from inedit.guard.evidence.relations.comparison import ABOUT, held_comparisons
from inedit.guard.evidence.relations.exclusives import more_than_the_only
from inedit.guard.evidence.relations.fact_contrasts import contrasts
from inedit.guard.evidence.relations.order import (
    may_turn_order,
    tells_order,
    turned_distance,
    turned_order,
)
from inedit.guard.evidence.relations.other_days import other_days
from inedit.guard.evidence.relations.rates import turned_rates
from inedit.guard.evidence.relations.rather import wanted_otherwise
from inedit.guard.evidence.relations.shared_words import shared, stated_words, within
from inedit.guard.evidence.relations.substituted import another_thing
from inedit.guard.evidence.statements import statements
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.patterns import may_match_within
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import excerpt, fold, folded_words, sentences, words
from inedit.guard.nlp.turning import turning
from inedit.model import Span


@dataclass(frozen=True, slots=True)
class Turned:
    """Where a text says otherwise than a fact, and how, in words. ``sure`` is False where only a person can tell."""

    span: Span
    fact: Fact
    how: str
    sure: bool = True


@lru_cache(maxsize=256)
def turned(text: str, language: str, facts: tuple[Fact, ...]) -> tuple[Turned, ...]:
    """What a text turns round of the facts in its language; of one fact, once."""
    if turning(language) is None:
        return ()
    told = _told(facts, language)
    found: dict[tuple[str, str], Turned] = {}
    for one in (*_found(text, language, told, facts), *_of_things(text, language, facts)):
        found.setdefault((one.fact.kind, one.fact.id), one)
    return tuple(sorted(found.values(), key=lambda one: (one.span, one.fact.id)))


@by_identity(maxsize=KEPT)
def _told(facts: tuple[Fact, ...], language: str) -> tuple[Fact, ...]:
    return tuple(f for f in readable_facts(facts, language) if f.kind in ("claim", "insight"))


def _found(text: str, language: str, told: Sequence[Fact], facts: Sequence[Fact]) -> Iterator[Turned]:
    for comparison in held_comparisons(text, language, told):
        if not comparison.agrees:
            yield Turned(comparison.span, comparison.fact, f"it says {excerpt(comparison.shown)}")
    offered = {word for f in facts if f.kind == "offer" for word in folded_words(f.text)}
    for find, how in _OTHERWISE:
        for span, fact in find(text, language, told):
            if find is other_days and offered.issuperset(folded_words(span.of(text))):
                continue  # the day of what is offered
            yield Turned(span, fact, f"“{excerpt(span.of(text))}” {how}")
    yield from _orders(text, language, told, facts)
    yield from _alternatives(text, language, told)
    for fact in (*told, *(f for f in facts if f.kind == "tip" and readable(f, language))):
        for span in wanted_otherwise(text, language, fact):
            yield Turned(span, fact, f"“{excerpt(span.of(text))}” turns it round")
    tips = {f.id: f for f in facts if f.kind == "tip" and readable(f, language)}
    for fact in told:
        if fact.kind != "insight":
            continue
        yield from _most(text, language, fact)
        if fact.id in tips:
            yield from _other_tip(text, language, fact, tips[fact.id])


def _orders(text: str, language: str, told: Sequence[Fact], facts: Sequence[Fact]) -> Iterator[Turned]:
    """What comes first told as the second, of a claim, an insight or a tip that says both."""
    if not may_turn_order(text, language):
        return
    for fact in (*told, *(f for f in facts if f.kind == "tip" and _is_ordered(f, language))):
        if not tells_order(fact.text, fact.language):  # so of most facts
            continue
        for span, _ in turned_order(text, language, fact):
            yield Turned(span, fact, f"“{excerpt(span.of(text))}” turns the order round")
        for span, _ in turned_distance(text, language, fact):
            yield Turned(span, fact, f"“{excerpt(span.of(text))}” turns the order round")


_OTHERWISE = (
    (turned_rates, "is no price of that there"),
    (other_days, "is another day"),
)
"""What finds passages that tell a fact's price or day otherwise, and what they do."""


def _of_things(text: str, language: str, facts: tuple[Fact, ...]) -> Iterator[Turned]:
    """What a fact tells of a thing, told of another one, or of more than the one that it names."""
    for span, fact in more_than_the_only(text, language, facts):
        yield Turned(span, fact, f"“{excerpt(span.of(text))}” is not the one thing that it names")
    for span, fact, sure in another_thing(text, language, facts):
        yield Turned(span, fact, f"“{excerpt(span.of(text))}” is not what it tells of", sure)


def _is_ordered(tip: Fact, language: str) -> bool:
    """Whether a tip says what comes first and what then; “before you throw it away” only says when."""
    own = turning(language)
    return own is not None and readable(tip, language) and own.then.search(fold(tip.text)) is not None


def _alternatives(text: str, language: str, told: Sequence[Fact]) -> Iterator[Turned]:
    """Of two things, the one told as the other; for a person, what is left, told as the part."""
    if not find_quantities(text, language) and not takes_instead(text, language):
        return  # so of most texts: all of it is told by a figure or by « au lieu de »
    for fact in told:
        for span in swapped(text, language, fact):
            yield Turned(span, fact, f"“{excerpt(span.of(text))}” turns it round")
        for span, how in complement(text, language, fact):
            yield Turned(span, fact, how, sure=False)


def _tells_a_figure(text: str, language: str, sentence: Span, fact: Fact) -> int:
    mine = {s.quantity.number for s in statements(fact.text, fact.language)}
    return sum(
        q.number in mine
        for q in find_quantities(text, language)
        if sentence.start <= q.span.start < sentence.end
    )


def _other_tip(text: str, language: str, fact: Fact, tip: Fact) -> Iterator[Turned]:
    """„Greifen Sie zum Filzstift“ where the tip names the pencil, and the insight holds one against the other."""
    own = turning(language)
    advised = [w.root for w in stated_words(tip.text, tip.language)]
    for contrast in contrasts(fact):
        mine = [p for p in contrast.poles if shared(p.label, advised)]
        others = [p for p in contrast.poles if p not in mine]
        if len(mine) != 1:
            continue
        for m in own.advice.finditer(fold(text)) if own else ():
            sentence = next((s for s in sentences(text) if s.start <= m.start() < s.end), None)
            if sentence is None:
                continue
            said = [w.root for w in within(text, Span(m.start(), sentence.end), language)]
            denied = _is_denied(text, Span(m.start(), sentence.end), language)
            named = any(shared(p.label, said) for p in others)
            if named and not denied and not shared(mine[0].label, said):
                yield Turned(Span(m.start(), sentence.end), fact, f"its tip says {excerpt(tip.text)}")


def _is_denied(text: str, sentence: Span, language: str) -> bool:
    denials = grammar(language).denials
    return any(w.folded in denials and sentence.start <= w.start < sentence.end for w in words(text))


def _most(text: str, language: str, fact: Fact) -> Iterator[Turned]:
    """« La plupart avaient soif » where most had too much water; « la plupart » of what the fact says of the fewer."""
    own = turning(language)
    if own is None or not may_match_within(own.most, fold(text)):
        return
    theirs = {w.root for w in stated_words(fact.text, fact.language)}
    for contrast in contrasts(fact):
        if contrast.measure != "amount" or not contrast.in_figures:
            continue
        most = max(contrast.poles, key=lambda pole: pole.value)
        others = sum((p.value for p in contrast.poles), Decimal(0)) - most.value
        if most.value <= others:
            continue
        for m in own.most.finditer(fold(text)):
            sentence = next((s for s in sentences(text) if s.start <= m.start() < s.end), None)
            if sentence is None or _tells_a_figure(text, language, sentence, fact) > 1:
                continue
            whole = [w.root for w in within(text, sentence, language)]
            fewer = any(shared(p.label, whole) for p in contrast.poles if p is not most)
            same = shared(most.label[-1:] if fewer else most.label, whole)
            if len(shared(whole, theirs)) < ABOUT or same or _is_denied(text, sentence, language):
                continue
            span = Span(m.start(), sentence.end)
            yield Turned(span, fact, f"it says {most.shown}", sure=fewer)
