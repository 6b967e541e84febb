"""What happens when: “kneaded at ten, risen by four”, and texts that give an event the other one's moment. Pure.

A fact's course is two states or events in one sentence, each with its hour, day, month or year. Which moment belongs to
which event follows from their order; a text is held against it only where its own order leaves no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from inedit.brand.caching import by_identity
from inedit.guard.evidence.contradiction import numbered_calendar
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import readable_facts
from inedit.guard.evidence.polarity import polarity
from inedit.guard.evidence.relations.shared_words import StatedWord, shared, within
from inedit.guard.nlp.grammar import clauses, grammar, is_content, is_joiner
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, YEAR
from inedit.guard.nlp.text import Word, sentences, words, words_in
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

_HALF_DAY = 720
"""Minutes after which a clock shows the same hour again: “at four” may be sixteen hours."""

_HOURS, _MONTHS = 24, 12
_STEM = 4
"""Letters of a root that may begin another form of the word: «fiorita», «fiorisce»."""

_ALIKE = 0.7
"""Share of the shorter root that two forms of one word have in common at least."""

_MARKS = re.compile(r"[,;:()–—]")
_STRONG = re.compile(r"[;:()–—]")


class _Moment(NamedTuple):
    """When something is: the kind of time, its value, and where it stands."""

    kind: str
    value: int
    span: Span


class _Course(NamedTuple):
    """Two moments and the root of the event at each; what else the sentence tells."""

    first: tuple[_Moment, str]
    second: tuple[_Moment, str]
    about: frozenset[str]


def other_moments(text: str, language: str, facts: tuple[Fact, ...]) -> Iterator[tuple[Span, Fact]]:
    """Passages that put one of a fact's two events at the moment of the other; each with the fact."""
    told = _told(facts, language)
    moments = _moments(text, language) if told else ()
    said = {(m.kind, m.value) for m in moments}
    for fact, course in told if said else ():
        if any((m.kind, m.value) in said for m in (course.first[0], course.second[0])):
            yield from ((span, fact) for span in _wrong(text, language, course, moments))


@by_identity(maxsize=KEPT)
def _told(facts: tuple[Fact, ...], language: str) -> tuple[tuple[Fact, _Course], ...]:
    told = (f for f in readable_facts(facts, language) if f.kind in ("claim", "insight"))
    return tuple((fact, course) for fact in told for course in _courses(fact))


def _wrong(text: str, language: str, course: _Course, moments: Sequence[_Moment]) -> Iterator[Span]:
    right = {(m.kind, m.value): event for m, event in (course.first, course.second)}
    listed = sentences(text)
    for i, sentence in enumerate(listed):
        here = [m for m in moments if sentence.start <= m.span.start < sentence.end]
        said = [(w, e) for w in within(text, sentence, language) for e in _event(w, language, right.values())]
        said = [(w, e) for w, e in said if not any(m.span.start <= w.start < m.span.end for m in here)]
        if not here or not said or _is_open(text, sentence, language):
            continue
        if any((m.kind, m.value) not in right for m in here):
            continue
        around = Span(listed[i - 1].start if i else sentence.start, sentence.end)
        told = [w.root for w in within(text, around, language)]
        if not shared(told, course.about):
            continue
        if len(here) == len(said) == 1 and not _says_when(text, language, sentence, here[0], said[0][0]):
            continue
        for moment, (_, event) in _paired(text, language, here, said):
            if right[moment.kind, moment.value] != event:
                yield sentence
                return


def _says_when(text: str, language: str, sentence: Span, moment: _Moment, event: StatedWord) -> bool:
    """Whether the one event of a sentence is surely at its one moment: right beside it (“kneaded on Monday”), or what
    the sentence tells of its thing, with no other verb; « jeudi, la pâte pétrie quitte la cave » leaves it open."""
    inside, code, end = words_in(text, sentence), primary(language), event.start + len(event.text)
    at = next((i for i, w in enumerate(inside) if w.start == event.start), None)
    if at is None:
        return False
    low, high = sorted((Span(event.start, end), moment.span))
    small = (
        grammar(language).prepositions | grammar(language).determiners | word_list(language, "leads_an_hour")
    )
    between = words_in(text, Span(low.end, max(low.end, high.start)))
    beside = low.end <= high.start and not _MARKS.search(text, low.end, high.start)
    if beside and (low.start == event.start or code == "de") and all(w.folded in small for w in between):
        return True
    carrying = word_list(language, "carries")
    carried = [i for i, w in enumerate(inside) if w.folded in carrying]
    others = [
        w
        for i, w in enumerate(inside)
        if i not in carried and i != at and not moment.span.start <= w.start < moment.span.end
    ]
    if any(_may_be_verb(w, language) for w in others):
        return False
    first = inside[min(carried)].start if carried else event.start
    ahead = [w for w in inside if w.end <= moment.span.start and w.folded not in small]
    if ahead and moment.span.start < first:  # „Noras Brot vom Montag wird …“
        return False
    if code == "de":
        attribute = at + 1 < len(inside) and inside[at + 1].text[:1].isupper()
        return bool(not attribute and (carried or {r[0] for r in readings(event.text, code)} & {"V", "W"}))
    near = any(at - _CARRIED <= i < at for i in carried)
    return near if carried else any(r[0] in "VX" and r != "Vd" for r in readings(event.text, code))


_CARRIED = 2
"""Words before a participle among which what carries it stands: « est enfin cuit »."""


def _may_be_verb(word: Word, language: str) -> bool:
    """Whether a word may say what happens: a verb and no noun; what is unknown and written small in German."""
    kinds = {r[0] for r in readings(word.text, primary(language))}
    if not is_content(word, language):
        return False
    if primary(language) == "de":
        return not word.text[:1].isupper() and bool(kinds & {"V", "W", "K", "I"} or not kinds)
    inflected = primary(language) == "en" and not {"Vs", "Vd"}.isdisjoint(
        readings(word.text, "en")
    )  # “leaves”
    return bool(kinds & {"V", "K", "I"}) and (inflected or "N" not in kinds)


def _event(word: StatedWord, language: str, events: Iterable[str]) -> Iterator[str]:
    for event in events:
        if _is_same(_core(word.root, language), event):
            yield event


def _is_same(one: str, other: str) -> bool:
    """Whether two roots are forms of one word; of a German verb also without what it parts with."""
    shorter, longer = sorted((one, other), key=len)
    head = max(_STEM, ceil(_ALIKE * len(shorter)))
    begins = len(shorter) >= head and shorter[:head] == longer[:head]
    return one == other or begins or (len(shorter) >= _STEM and longer.endswith(shorter))


def _core(stem: str, language: str) -> str:
    """A root without the « ge- » of a German participle that is declined."""
    return stem[2:] if primary(language) == "de" and stem.startswith("ge") and len(stem) > _STEM + 1 else stem


def _is_open(text: str, sentence: Span, language: str) -> bool:
    """Whether a sentence denies, asks, or gives a limit."""
    lexicon, own = polarity()[primary(language)], grammar(language)
    said = {w.folded for w in words_in(text, sentence)}
    limits = lexicon.negators | lexicon.nothing | lexicon.until | own.negations | own.denials
    return not said.isdisjoint(limits) or sentence.of(text).rstrip(' »”"').endswith("?")


def _paired(
    text: str, language: str, moments: Sequence[_Moment], said: Sequence[tuple[StatedWord, str]]
) -> Iterator[tuple[_Moment, tuple[StatedWord, str]]]:
    """Which event is at which moment, where their order tells: one of each, or two of each by turns."""
    times, events = sorted(moments, key=lambda m: m.span), sorted(said, key=lambda e: e[0].start)
    places = sorted([(m.span.start, "T") for m in times] + [(w.start, "s") for w, _ in events])
    order = "".join(kind for _, kind in places)
    if order in ("Ts", "sT"):
        low, high = places[0][0], places[1][0]
        if not _STRONG.search(text, low, high):
            yield times[0], events[0]
    elif order in ("sTsT", "TssT", "sTTs"):
        yield from zip(times, events, strict=True)
    elif order == "TsTs":
        event, second = events[0][0], times[1].span
        between = Span(event.start + len(event.text), second.start)
        joined = any(is_joiner(w, language) for w in words_in(text, between))
        attribute = not words_in(text, Span(times[0].span.end, event.start))  # „der um zehn geknetete Teig“
        if joined or attribute or _MARKS.search(text, between.start, between.end):
            yield from zip(times, events, strict=True)
        elif _MARKS.search(
            text, times[0].span.end, event.start
        ):  # « Le jeudi, le vélo déposé lundi est réparé »
            yield from zip(times, reversed(events), strict=True)


@lru_cache(maxsize=4096)
def _courses(fact: Fact) -> tuple[_Course, ...]:
    """The courses of two events that the sentences of a fact tell."""
    text, language, found = fact.text, fact.language, []
    moments = _moments(text, language)
    if len(moments) < 2:  # a course has two
        return ()
    for sentence in sentences(text):
        here = [m for m in moments if sentence.start <= m.span.start < sentence.end]
        events = _events(text, language, sentence, here)
        if len(here) != 2 or here[0].kind != here[1].kind or here[0].value == here[1].value:
            continue
        pairs = list(_paired(text, language, here, [(w, _core(w.root, language)) for w in events]))
        if (
            len(pairs) == len(here)
            and not _is_same(pairs[0][1][1], pairs[1][1][1])
            and not _is_open(text, sentence, language)
        ):
            apart = {w.start for w in events}
            named = [w for w in within(text, sentence, language) if w.start not in apart]
            named = [w for w in named if not any(m.span.start <= w.start < m.span.end for m in here)]
            (first, (_, one)), (second, (_, other)) = pairs
            found.append(_Course((first, one), (second, other), frozenset(w.root for w in named)))
    return tuple(found)


def _events(text: str, language: str, sentence: Span, moments: Sequence[_Moment]) -> list[StatedWord]:
    """The verbs, participles and adjectives of a sentence, which say what is when."""
    nouns = {n.word.start: n.determiner for c in clauses(text, language) for n in c.nouns}
    code, found = primary(language), []
    for word in within(text, sentence, language):
        if any(m.span.start <= word.start < m.span.end for m in moments):
            continue
        kinds = {r[0] for r in readings(word.text, code)}
        if text[: word.start].rstrip().endswith("está"):
            found.append(word)  # « está subida », no « esta subida »
            continue
        noun = (
            word.text[:1].isupper()
            if code == "de"
            else word.start in nouns and "N" in kinds and (nouns[word.start] != "" or "K" not in kinds)
        )
        if (not noun and kinds & {"V", "K", "A", "X", "I"}) or not (kinds or noun):
            found.append(word)
    return found


@lru_cache(maxsize=4096)
def _moments(text: str, language: str) -> tuple[_Moment, ...]:
    """The hours, days of the week, months and years that a text names, in its order."""
    found = []
    for quantity in find_quantities(text, language):
        span = quantity.span
        if quantity.dimension == "time":
            found.append(_Moment("hour", int(quantity.value) % _HALF_DAY, span))
        elif quantity.dimension == YEAR:
            found.append(_Moment("year", int(quantity.value), span))
        elif quantity.dimension == COUNT and 0 < quantity.value <= _HOURS:
            before = [w.folded for w in words(text) if w.end <= span.start][-1:]
            if (
                before
                and before[0] in word_list(language, "leads_an_hour")
                and (before[0] == "um" or not quantity.counted)
            ):
                found.append(_Moment("hour", int(quantity.value) * 60 % _HALF_DAY, span))
    names, capital = numbered_calendar(language), primary(language) in ("en", "de")
    for word in words(text):
        named = names.get(word.folded) or names.get(word.folded.removesuffix("s"))
        if capital and not word.text[:1].isupper():
            continue  # “may”
        if named and not any(m.span.start <= word.start < m.span.end for m in found):
            found.append(_Moment("month" if named <= _MONTHS else "day", named, Span(word.start, word.end)))
    return tuple(sorted(found, key=lambda m: m.span))
