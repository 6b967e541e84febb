"""What a text asserts in figures: each figure with the clause that it stands in and what that clause is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest

from inedit.guard.nlp.grammar import Clause, clauses, grammar, root, singular
from inedit.guard.nlp.language_data import language_profile, primary
from inedit.guard.nlp.measures import measures, ordinal_value
from inedit.guard.nlp.per_word import per_word
from inedit.guard.nlp.proofreading.tokens import is_irregular, is_verb
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, Approximation, Quantity
from inedit.guard.nlp.text import Word, fold, folded_words, words
from inedit.guard.nlp.word_lists import beginnings, word_list, word_pattern
from inedit.model import Span

WEEKDAY = "weekday"
_DASHES = frozenset("-–")
_NEAR = 3  # words of « % de nos clients » between a share and what it is a share of


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure of a text, in its clause.

    ``before`` are the clauses that may say what an elliptic one is about, nearest first: those of its sentence (the
    earlier ones first), then those of the two sentences before. ``counted`` is the stem of what is counted or shared
    out, empty when the figure measures something. ``asked``: its sentence is a question. ``figures`` and ``text`` are
    all figures and words of the text.
    """

    quantity: Quantity
    clause: Clause
    around: tuple[Clause, ...]
    earlier: tuple[Clause, ...]
    counted: str
    negated: bool
    own: frozenset[str] = frozenset()
    beside: frozenset[Decimal] = frozenset()
    asked: bool = False
    counts: frozenset[Decimal] = frozenset()
    figures: tuple[Quantity, ...] = ()
    text: tuple[Word, ...] = ()


@lru_cache(maxsize=1024)
def statements(text: str, language: str) -> tuple[Statement, ...]:
    """Every figure of a text with its clause, in order."""
    figures = sorted((*find_quantities(text, language), *_weekdays(text, language)), key=lambda f: f.span)
    return tuple(_stated(text, language, figures)) if figures else ()


def _weekdays(text: str, language: str) -> Iterator[Quantity]:
    """Each day of the week; of « du lundi au vendredi », the days between as well."""
    named = _day(language)
    days = [(word, day) for word in words(text) if (day := named[word.folded]) is not None]
    for i, (word, first) in enumerate(days):
        last = first
        if i + 1 < len(days) and fold(text[word.end : days[i + 1][0].start]).strip() in _DASHES | word_list(
            language, "through"
        ):
            last = max(first, days[i + 1][1])
        for day in range(first, last + 1):
            yield Quantity(Span(word.start, word.end), Decimal(day), WEEKDAY, Decimal(day))


@per_word
def _day(word: str, language: str) -> int | None:
    """The day of the week that a word names, also where it is joined with a part of the day („Dienstagmittag“)."""
    named, parts_of_day = measures(language).weekdays, beginnings(language, "parts_of_day")
    bare = word.removesuffix("s")
    for written in (word, bare):
        if written in named:
            return named[written]
    if not bare.endswith(parts_of_day):
        return None
    parts = (bare.removesuffix(part) for part in parts_of_day)
    return next((named[part] for part in parts if part in named), None)


def ordinals(text: str, language: str) -> Iterator[Statement]:
    """« la dixième lessive »: an ordinal with what it counts, for facts, since it backs « dix lessives »."""
    ordinal = _ordinal(language)
    if not any(map(ordinal.__getitem__, folded_words(text))):  # so of most texts
        return
    for clause in clauses(text, language):
        for word, following in zip_longest(clause.words, clause.words[1:]):
            value = ordinal[word.folded]
            if value:
                quantity = Quantity(Span(word.start, word.end), Decimal(value), "ordinal", Decimal(value))
                counted = root(following.text, language) if following else ""
                yield Statement(quantity, clause, (), (), counted, negated=False)


_ordinal = per_word(ordinal_value)


def parties(text: str, language: str) -> Iterator[Statement]:
    """„Zu zwölft“, „zu höchstens zehnt“: how many people do something together, which only German says in a word."""
    for clause in clauses(text, language) if primary(language) == "de" else ():
        for i, word in enumerate(clause.words):
            value = ordinal_value(f"{word.folded}e", language) if word.folded.endswith("t") else None
            before = [w.folded for w in clause.words[max(i - 2, 0) : i]]
            if value and "zu" in before:
                limit: Approximation = (
                    "under" if len(before) > 1 and before[-1] in word_list(language, "at_most") else ""
                )
                span = Span(word.start, word.end)
                quantity = Quantity(span, Decimal(value), COUNT, Decimal(value), approximate=limit)
                yield Statement(quantity, clause, (), (), "", negated=False)


def majorities(text: str, language: str) -> Iterator[Statement]:
    """« La plupart des nappes », “most tablecloths”: more than half of what a fact speaks of, which backs « la majorité
    des nappes »; in a text the word alone asserts nothing."""
    words_for = language_profile(language).majority
    for clause in clauses(text, language):
        at = next((word for word in clause.words if word.folded in words_for), None)
        if at is not None:
            quantity = Quantity(Span(at.start, at.end), Decimal(50), "percent", approximate="over")
            counted = _shared_out(quantity, clause, language)
            yield Statement(quantity, clause, (), (), counted, negated=False)


def halves(text: str, language: str) -> Iterator[Statement]:
    """« media cola », „die halbe Schlange“ in a fact, which backs « la mitad de la cola »; a text may say so of a
    smile."""
    folded = fold(text)
    for pattern in measures(language).half_of:
        for m in pattern.finditer(folded):
            clause = next(
                (c for c in clauses(text, language) if c.span.start <= m.start() < c.span.end), None
            )
            if clause:
                quantity = Quantity(Span(m.start(), m.end()), Decimal(50), "percent")
                yield Statement(
                    quantity, clause, (), (), _shared_out(quantity, clause, language), negated=False
                )


def _stated(text: str, language: str, figures: Sequence[Quantity]) -> Iterator[Statement]:
    listed = clauses(text, language)
    for quantity in figures:
        index = next(
            (i for i, c in enumerate(listed) if c.span.start <= quantity.span.start < c.span.end), None
        )
        if index is None:
            continue
        clause = listed[index]
        end = max(c.span.end for c in listed if c.sentence == clause.sentence)
        same = [c for c in listed if c.sentence == clause.sentence and c is not clause]
        if _is_elliptic((clause, *same), language):  # « Le cadre est garanti. Dix ans. » is one statement
            same += [c for c in listed if c.sentence == clause.sentence - 1]
        earlier = [c for c in listed[:index] if clause.sentence - 2 <= c.sentence < clause.sentence]
        limited = _limited(quantity, clause, language)
        yield Statement(
            limited,
            clause,
            tuple(
                sorted(
                    same,
                    key=lambda c: (c.span.start > clause.span.start, abs(c.span.start - clause.span.start)),
                )
            ),
            tuple(reversed(earlier)),
            _counted(quantity, clause, language),
            _negated(text, limited, clause, language),
            frozenset(
                root(w.text, language)
                for w in clause.words
                if quantity.span.start <= w.start < quantity.span.end
            ),
            frozenset(
                other.number
                for other in figures
                if other is not quantity
                and any(c.span.start <= other.span.start < c.span.end for c in (clause, *same))
            ),
            counts=frozenset(q.number for q in figures if q.dimension == COUNT and q is not quantity),
            figures=tuple(figures),
            text=words(text),
            asked=text[end : end + 2].strip(" \u00a0\u202f").startswith("?"),
        )


_EVEN = 4
"""Words of „nicht einmal einer“ before a figure."""


def _limited(quantity: Quantity, clause: Clause, language: str) -> Quantity:
    """« pas plus de dix », „mehr als zehn nehmen wir nicht“: ten at most; “not even half an hour”: less than that."""
    before = [w.folded for w in clause.words if w.end <= quantity.span.start]
    if not quantity.approximate and word_pattern(language, "not_even").search(" ".join(before[-_EVEN:])):
        return replace(quantity, approximate="under")
    denials = grammar(language).denials
    behind = primary(language) == "de" and clause.has(denials)
    denied = (behind or not denials.isdisjoint(before)) and not word_list(language, "more_than").isdisjoint(
        before[-2:]
    )
    return replace(quantity, approximate="under") if denied and quantity.approximate == "over" else quantity


ELLIPTIC = 5
"""Words up to which a sentence that names nothing goes on with the one before."""


def _is_elliptic(sentence: Sequence[Clause], language: str) -> bool:
    own = grammar(language)
    if any(c.has(own.others | own.you | own.we) for c in sentence):
        return False
    named = (
        noun
        for c in sentence
        for noun in c.nouns
        if noun.determiner or noun.word != c.words[0]  # « Dix ans, exactement »
    )
    return next(named, None) is None and sum(len(c.words) for c in sentence) <= ELLIPTIC


def _counted(quantity: Quantity, clause: Clause, language: str) -> str:
    """« 12 000 vélos » counts bikes, « 94 % de nos clients » customers, « un client sur dix » too."""
    if quantity.dimension == "percent":
        return _shared_out(quantity, clause, language)
    return singular(quantity.counted, language) if quantity.dimension in (COUNT, "ordinal") else ""


def _shared_out(quantity: Quantity, clause: Clause, language: str) -> str:
    """What a share is taken of: the first noun after it, where nothing but function words stand between."""
    after = [noun for noun in clause.nouns if noun.word.start >= quantity.span.end]
    parts = language_profile(language).fractions
    inside = [
        noun
        for noun in clause.nouns
        if quantity.span.start < noun.word.start
        and noun.word.end < quantity.span.end
        and noun.word.folded not in parts
    ]
    if inside:  # “one painting quote in 9” is of quotes, « 6 cajas de cata de cada 10 » of boxes
        return inside[-1 if primary(language) in ("en", "de") else 0].stem
    if not after:
        return ""
    between = [w for w in clause.words if quantity.span.end <= w.start < after[0].word.start]
    own = grammar(language)
    small = own.determiners | own.genitive | own.we | language_profile(language).linkers
    near = len(between) <= _NEAR and all(w.folded in small for w in between)
    said = after[0].word.text
    verb = is_verb(said, primary(language)) or is_irregular(
        said, primary(language)
    )  # “One in five held a note.”
    return after[0].stem if near and not verb else ""


def _negated(text: str, quantity: Quantity, clause: Clause, language: str) -> bool:
    """Whether the clause denies what it says, before the figure (« ne pèse pas 17 kg », not « pas plus de 17 kg »)."""
    own = grammar(language)
    head = fold(text[clause.span.start : quantity.span.start])
    said = [w for w in clause.words if w.start < quantity.span.start and w.folded in own.denials]
    begins = clause.words[0].folded in word_list(language, "clause_denial")
    if not said or begins or quantity.approximate or (own.no_negation and own.no_negation.search(head)):
        return False
    return any(w.end < quantity.span.start for w in said)
