"""Promises that something is at the reader's by a time, in whatever words: “on your doormat within 48 hours”.

That a parcel leaves says nothing of when it arrives. Such a promise is put together of where (the reader's doormat,
letterbox, home), when (a length of time, a day, a feast) and how it gets there (it arrives, they are there, you have
it), in a sentence whose subject is a thing of ours or a pronoun. What a scene tells of other things is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from inedit.brand.caching import by_identity
from inedit.guard.evidence.capitals import calendar
from inedit.guard.evidence.facts import KEPT, Fact
from inedit.guard.evidence.index import Evidence, are_synonyms, readable_facts
from inedit.guard.evidence.promise_words import promises
from inedit.guard.nlp.grammar import Clause, clauses, grammar
from inedit.guard.nlp.language_data import KNOWN, load_table, primary
from inedit.guard.nlp.patterns import may_match_within
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import roots
from inedit.model import Span

_TIMES = frozenset({"minutes", "date", "month", "deadline", "time", "months"})


@dataclass(frozen=True, slots=True)
class _Words:
    """A language's words of arriving: the reader's letterbox, the reader's home, verbs of arriving (of what is sent and
    of who receives it), “is”, “they are”, words of time, and what a fact says that tells when something comes."""

    doorstep: re.Pattern[str]
    home: re.Pattern[str]
    arriving: re.Pattern[str]
    be: re.Pattern[str]
    being: re.Pattern[str]
    soon: re.Pattern[str]
    told: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(language: str) -> _Words | None:
    own = load_table(language).get("arrival") if language in KNOWN else None
    return _Words(**{key: re.compile(rf"\b(?:{source})\b") for key, source in own.items()}) if own else None


def unsupported_arrivals(
    text: str, language: str, facts: tuple[Fact, ...], known: Evidence
) -> Iterator[Span]:
    """Passages that promise an arrival, when no fact tells one."""
    own, folded = _words(primary(language)), fold(text)
    if own is None or not (may_match_within(own.doorstep, folded) or may_match_within(own.home, folded)):
        return  # so of most texts
    told, quick = _told(facts, language)
    listed = clauses(text, language)
    for clause in listed:
        if not _arrives(clause, text, clause.span.of(folded), own, known):
            continue
        same = [each for each in listed if each.sentence == clause.sentence]
        whole = text[same[0].span.start : same[-1].span.end]
        timed = own.soon.search(fold(whole)) if told else _has_time(whole, language, own)
        if timed and not (told and quick):
            yield clause.span


@by_identity(maxsize=KEPT)
def _told(facts: tuple[Fact, ...], language: str) -> tuple[bool, bool]:
    """Whether a fact promises when something arrives, and whether one promises it for the next day."""
    own = _words(primary(language))
    assert own is not None  # noqa: S101  # who asks has looked
    told = [fact for fact in readable_facts(facts, language) if _tells(fact, primary(language))]
    return bool(told), any(own.soon.search(fold(f.text)) or _shortest(f) <= _NEXT_DAY for f in told)


_NEXT_DAY = 2880
"""Minutes within which something is there the next day."""

_REPAIRING = frozenset({"replacement", "refund", "returns", "guarantee"})
"""Promises that a fact makes of what arrived in a bad state."""


@lru_cache(maxsize=4096)  # the facts of a brand are held against every draft
def _tells(fact: Fact, language: str) -> bool:
    """Whether a fact promises when something arrives."""
    own = _words(language)
    assert own is not None  # noqa: S101  # who asks has looked
    if fact.kind == "insight" and not own.doorstep.search(fold(fact.text)):
        return False
    kinds = {kind for kind, _ in promises(fact.text, fact.language)}
    says = own.told.search(fold(fact.text)) and _has_time(fact.text, fact.language, own)
    return bool(says) and kinds.isdisjoint(_REPAIRING)


@lru_cache(maxsize=4096)
def comes_as_told(fact: Fact) -> bool:
    """Whether a fact tells of something that arrives, in any words („Das Rad kommt montiert“)."""
    own = _words(primary(fact.language))
    return own is not None and own.told.search(fold(fact.text)) is not None


def _shortest(fact: Fact) -> Decimal:
    lengths = [q.value for q in find_quantities(fact.text, fact.language) if q.dimension == "minutes"]
    return min(lengths, default=Decimal("Infinity"))


def _arrives(clause: Clause, text: str, said: str, own: _Words, known: Evidence) -> bool:
    """Whether a clause says that a thing of ours, or one in its place, is or comes where the reader is; ``said`` is the
    clause folded."""
    step, home, language = own.doorstep.search(said), own.home.search(said), known.language
    place = step or home
    asked = text[clause.span.end : clause.span.end + 3].strip(" \u00a0\u202f").startswith("?")
    if place is None or asked or clause.has(grammar(language).denials):
        return False
    acts = own.being.search(said, 0, place.start())
    start = clause.span.start
    apart = [*own.arriving.finditer(said), *own.soon.finditer(said)]
    subject = [
        noun
        for noun in clause.nouns
        if noun.role == "bare"
        and noun.word.end <= start + place.start()
        and (acts is None or noun.word.start >= start + acts.start())
        and not any(start + m.start() <= noun.word.start < start + m.end() for m in apart)
        and noun.word.folded not in calendar(language)
    ]
    comes = own.arriving.search(said) or own.being.search(said) or (subject and own.be.search(said))
    return bool(comes) and all(_is_sent(noun.stem, known) for noun in subject)


def _is_sent(stem: str, known: Evidence) -> bool:
    parcels = roots(known.language, "parcels")
    ours = stem in known.things or stem in known.products
    return ours or any(are_synonyms(stem, parcel, known.language) for parcel in parcels)


def _has_time(text: str, language: str, own: _Words) -> bool:
    days = calendar(language)
    return (
        bool(own.soon.search(fold(text)))
        or any(q.dimension in _TIMES for q in find_quantities(text, language))
        or any(word in days for word in re.findall(r"\w+", fold(text)))
    )
