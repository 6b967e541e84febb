"""What comes before what: « d'abord l'argile, ensuite la paille », “two weeks after the others”. Pure.

A word of order parts its sentence in two: what it leads (« après la pose de deux nichoirs »), and the rest. A text
turns a fact round when both parts speak of the fact's two parts, each of the other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.polarity import polarity
from inedit.guard.evidence.relations.shared_words import shared, stated_words, within
from inedit.guard.nlp.grammar import grammar, is_joiner
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.patterns import may_match_within as _may_match
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import Quantity
from inedit.guard.nlp.text import excerpt, fold, sentences, words
from inedit.guard.nlp.turning import turning
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

ABOUT = 3
"""Words of content that a passage must share with a fact to tell the order of what the fact tells, or half of its
words if they are fewer."""

_STRONG = re.compile(r"[;:()!?…]+(?=\s|$)|\s[–—]\s|\.(?=\s|$)")
_WEAK = re.compile(r"[,;:()!?…]+(?=\s|$)|\s[–—]\s|\.(?=\s|$)")
_NEAR = 2
"""Words between a length of time and « après »."""

_TIMES = ("minutes", "months")


class Order(NamedTuple):
    """Two passages, of which the first one comes first in time, and the word that says so."""

    early: Span
    late: Span
    mark: Span


@lru_cache(maxsize=2048)
def orders(text: str, language: str) -> tuple[Order, ...]:
    """Every two things that a text orders by a word, in its order."""
    own = turning(language)
    if own is None:
        return ()
    folded, found = fold(text), []
    marks = [
        (p, is_after) for p, is_after in ((own.after, True), (own.before, False)) if _may_match(p, folded)
    ]
    then = _may_match(own.then, folded)
    listed = sentences(text) if marks or then else ()
    for i, sentence in enumerate(listed):
        previous = listed[i - 1] if i else None
        for pattern, is_after in marks:
            for m in pattern.finditer(folded, sentence.start, sentence.end):
                mark = Span(m.start(), m.end())
                led, rest = _led(text, language, mark, sentence)
                found += [Order(led, o, mark) if is_after else Order(o, led, mark) for o in rest]
        for m in own.then.finditer(folded, sentence.start, sentence.end) if then else ():
            mark = Span(m.start(), m.end())
            split = _split(text, language, mark, sentence, previous)
            found += [Order(*split, mark)] if split else []
    return tuple(found)


def _led(text: str, language: str, mark: Span, sentence: Span) -> tuple[Span, list[Span]]:
    """What a word of order leads, to the next mark; and the rest: of its own part, else of the sentence."""
    cuts = list(_WEAK.finditer(text, sentence.start, sentence.end))
    start = max((m.end() for m in cuts if m.end() <= mark.start), default=sentence.start)
    end = min((m.start() for m in cuts if m.start() >= mark.end), default=sentence.end)
    led = Span(mark.end, end)
    if text[mark.start : mark.end].strip().lower() in word_list(
        language, "before_nouns"
    ):  # « vor dem Abwischen unter Wasser halten »
        noun = next((w for w in words(text) if mark.end <= w.start < end and w.text[:1].isupper()), None)
        if noun is not None and words(text[noun.end : end]):
            return Span(mark.end, noun.end), [Span(start, mark.start), Span(noun.end, end)]
    if words(text[start : mark.start]) and len(words(text[start : mark.start])) > 1:
        return led, [Span(start, mark.start)]
    return led, [Span(sentence.start, mark.start), Span(end, sentence.end)]


def _split(
    text: str, language: str, mark: Span, sentence: Span, previous: Span | None
) -> tuple[Span, Span] | None:
    """What « ensuite » puts first, and what behind it."""
    cuts = list(_STRONG.finditer(text, sentence.start, sentence.end))
    start = max((m.end() for m in cuts if m.end() <= mark.start), default=sentence.start)
    end = min((m.start() for m in cuts if m.start() >= mark.end), default=sentence.end)
    before = [w for w in words(text) if start <= w.start < mark.start]
    joined = [w for w in before if is_joiner(w, language)]
    commas = [m.end() for m in re.finditer(r",(?=\s)", text[start : mark.start])]
    last = max([w.start for w in joined[-1:]] + [start + at for at in commas[-1:]], default=None)
    ends_it = not within(text, Span(mark.end, end), language)
    opens = len(before) <= 1
    whole = last is not None and len(within(text, Span(start, last), language)) > 1
    if last is not None and last > start and (not ends_it or (whole and start == sentence.start)):
        return Span(start, last), Span(last, end)
    if opens or ends_it:
        if start > sentence.start:
            return Span(sentence.start, start), Span(start, end)
        return (previous, Span(start, end)) if previous else None
    return Span(start, mark.start), Span(mark.end, end)


def may_turn_order(text: str, language: str) -> bool:
    """Whether a text says of anything what comes before what, when, or first."""
    own, folded = turning(language), fold(text)
    return own is not None and bool(
        orders(text, language)
        or _distances(text, language)
        or (
            _may_match(own.first, folded)
            and any(own.first.search(folded, each.start, each.end) for each in sentences(text))
        )
    )


@lru_cache(maxsize=4096)  # the facts of a brand are held against every draft
def tells_order(text: str, language: str) -> bool:
    """Whether a text orders two things, or says how long one comes before the other."""
    return bool(orders(text, language) or _distances(text, language))


def turned_order(text: str, language: str, fact: Fact) -> Iterator[tuple[Span, str]]:
    """Passages that put a fact's two things in the other order, and how the fact tells it."""
    known = _parted(fact.text, fact.language)
    theirs = {w.root for w in stated_words(fact.text, fact.language)} if known else set()
    for _, _, a, b in known:
        for said, denied, early, late in _parted(text, language):
            if denied:
                continue
            c, d = early, late
            if shared(c, a) or shared(d, b) or not shared(c, b) or not shared(d, a):
                c, d = _all(text, language, said)
                straight = min(len(shared(c, a)), len(shared(d, b)))
                crossed = min(len(shared(c, b)), len(shared(d, a)))
                if straight or not crossed or not _apart_enough(text, language, said, a, b):
                    continue
            if len(shared({*c, *d}, theirs)) < min(ABOUT, (len(theirs) + 1) // 2):
                continue
            low, high = min(said.early.start, said.late.start), max(said.early.end, said.late.end)
            yield Span(low, high), excerpt(fact.text)
            return


@lru_cache(maxsize=2048)
def _parted(text: str, language: str) -> tuple[tuple[Order, bool, list[str], list[str]], ...]:
    """Each order of a text, whether it is denied, and the words of either part that the other one has not: every fact
    is held against them."""
    return tuple(
        (one, _is_denied(text, language, one), *_apart(text, language, one)) for one in orders(text, language)
    )


def _is_denied(text: str, language: str, said: Order) -> bool:
    """“Nobody makes a real graft before lunch”: what does not come before may come after."""
    negations = (
        grammar(language).negations | grammar(language).denials | polarity()[primary(language)].negators
    )
    return any(
        word.folded in negations
        for span in (said.early, said.late)
        for word in words(text)
        if span.start <= word.start < span.end
    )


def _apart_enough(text: str, language: str, said: Order, a: list[str], b: list[str]) -> bool:
    """Whether each part of a text has more of the fact's other part than of its own."""
    c, d = _all(text, language, said)
    return len(shared(c, b)) > len(shared(c, a)) or len(shared(d, a)) > len(shared(d, b))


def _all(text: str, language: str, order: Order) -> tuple[list[str], list[str]]:
    early, late = (
        [w.root for w in within(text, span, language) if not order.mark.start <= w.start < order.mark.end]
        for span in (order.early, order.late)
    )
    return early, late


def _apart(text: str, language: str, order: Order) -> tuple[list[str], list[str]]:
    """The words of either part that the other one has not."""
    early, late = _all(text, language, order)
    return [r for r in early if not shared([r], late)], [r for r in late if not shared([r], early)]


def turned_distance(text: str, language: str, fact: Fact) -> Iterator[tuple[Span, str]]:
    """“Two weeks ahead of the others” of what came two weeks after them."""
    mine = [(q.value, sign) for q, sign, _ in _distances(fact.text, fact.language)]
    if not mine:
        return
    theirs = {w.root for w in stated_words(fact.text, fact.language)}
    for quantity, sign, span in _distances(text, language):
        sentence = next(s for s in sentences(text) if s.start <= quantity.span.start < s.end)
        about = shared([w.root for w in within(text, sentence, language)], theirs)
        if (quantity.value, -sign) in mine and (quantity.value, sign) not in mine and len(about) >= ABOUT - 1:
            yield span, excerpt(fact.text)


@lru_cache(maxsize=4096)  # the facts of a brand are held against every draft
def _distances(text: str, language: str) -> tuple[tuple[Quantity, int, Span], ...]:
    return tuple(_found_distances(text, language))


def _found_distances(text: str, language: str) -> Iterator[tuple[Quantity, int, Span]]:
    own = turning(language)
    folded = fold(text)
    for quantity in find_quantities(text, language) if own else ():
        after = [w for w in words(text) if w.start >= quantity.span.end][:_NEAR]
        if quantity.dimension not in _TIMES or own is None or not after:
            continue
        for sign, pattern in ((1, own.later), (-1, own.sooner)):
            m = pattern.search(folded, quantity.span.end, after[-1].end)
            if m and text[quantity.span.end : m.start()].strip(" \u00a0")[:1] not in (",", ".", ";"):
                yield quantity, sign, Span(quantity.span.start, m.end())
                break
