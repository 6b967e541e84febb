"""Days and seasons of a claim that a text widens: an offer of one weekday on others, the hour of some days on all, a
month in which nothing runs, a season for three weeks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from inedit.guard.evidence.claim_terms import figures_by_fact
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Entry, Evidence, readable_facts
from inedit.guard.evidence.months import (
    YEAR,
    month_pattern,
    months_of,
    months_of_season,
    named_months,
)
from inedit.guard.evidence.passages import ChangedTerm, most_told
from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.statements import WEEKDAY, Statement, statements
from inedit.guard.nlp.grammar import clauses, grammar
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.limits import limits
from inedit.guard.nlp.patterns import occurs
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, Quantity
from inedit.guard.nlp.terms import terms
from inedit.guard.nlp.text import fold
from inedit.model import Span

PRICED = frozenset({*CURRENCIES, "percent"})
"""What a price or a reduction is told in."""


def weekdays_added(
    said: Sequence[Statement], text: str, told: Sequence[Fact], known: Evidence
) -> Iterator[ChangedTerm]:
    """« À 25 €, le lundi comme le jeudi » of an offer for Mondays, « 25 € tous les soirs »: the price is only this
    fact's."""
    prices = [s.quantity for s in said if s.quantity.dimension in PRICED]
    if not prices:
        return
    figures, done = figures_by_fact(known), set[int]()
    for day in (s for s in said if s.quantity.dimension == WEEKDAY):
        beside = _between_marks(day.quantity, text)  # «los viernes vuelve a costar 58 €» has its own price
        same = (day.clause, *(c for c in day.around if c.sentence == day.clause.sentence))
        values = _within(prices, [beside]) or _within(prices, [c.span for c in same])
        denied = day.clause.has(grammar(known.language).denials)
        bare = any(  # « le vendredi, elle reste à 58 »
            s.quantity.dimension == COUNT and beside.start <= s.quantity.span.start < beside.end for s in said
        )
        if day.clause.sentence in done or denied or bare or not values:
            continue
        fact = _only_one(values, told, figures)
        having = (f for f in told if f != fact and not values.isdisjoint(_told_by(f, figures)))
        if fact is None or any(day.quantity.value in _days_of(f, figures) for f in having):
            continue
        if _days_of(fact, figures) and day.quantity.value not in _days_of(fact, figures):
            done.add(day.clause.sentence)
            yield ChangedTerm(day.quantity.span, fact)
    folded = fold(text)
    for m in limits(known.language)["daily"].finditer(folded):
        clause = next(
            (c for c in clauses(text, known.language) if c.span.start <= m.start() < c.span.end), None
        )
        if clause is None or clause.sentence in done or clause.has(grammar(known.language).denials):
            continue
        same_sentence = [c.span for c in clauses(text, known.language) if c.sentence == clause.sentence]
        fact = _only_one(_within(prices, same_sentence), told, figures)
        if fact is not None and 0 < len(_days_of(fact, figures)) < _WEEK:
            yield ChangedTerm(Span(*m.span()), fact)


_WEEK = 7


def _within(prices: Sequence[Quantity], spans: Sequence[Span]) -> set[tuple[str, Decimal]]:
    """The amounts that stand in one of the passages."""
    return {(q.dimension, q.value) for q in prices if any(s.start <= q.span.start < s.end for s in spans)}


def _only_one(
    values: set[tuple[str, Decimal]], told: Sequence[Fact], figures: dict[Fact, tuple[Entry, ...]]
) -> Fact | None:
    """The one fact that has an amount which no other has; None where there are several, or none."""
    having = {f: values & _told_by(f, figures) for f in told}
    alone = [
        f
        for f, mine in having.items()
        if mine - set[tuple[str, Decimal]]().union(*(other for g, other in having.items() if g != f))
    ]
    return alone[0] if len(alone) == 1 else None


def _told_by(fact: Fact, figures: dict[Fact, tuple[Entry, ...]]) -> set[tuple[str, Decimal]]:
    return {(e.quantity.dimension, e.quantity.value) for e in figures.get(fact, ())}


def _days_of(fact: Fact, figures: dict[Fact, tuple[Entry, ...]]) -> set[Decimal]:
    return {e.quantity.value for e in figures.get(fact, ()) if e.quantity.dimension == WEEKDAY}


def hours_of_other_days(
    said: Sequence[Statement], text: str, told: Sequence[Fact], known: Evidence
) -> Iterator[ChangedTerm]:
    """« Du lundi au samedi jusqu'à 21 h » of « jusqu'à 21 h le jeudi »: an hour that every fact gives for some days,
    said of more."""
    hours = [s for s in said if s.quantity.dimension == "time"]
    for one in hours:
        days = _days_beside(one.quantity, text, said)
        if not days:
            same = (_days_in(c.span, said) for c in one.around if c.sentence == one.clause.sentence)
            days = max(same, key=len, default=set())  # « Du lundi au samedi, nous répondons jusqu'à 21 h »
        if not days and limits(known.language)["daily"].search(_sentence(one, fold(text))):
            days = set(map(Decimal, range(1, 8)))
        if len(days) < _SEVERAL:
            continue
        hours_of = [
            e
            for e in known.entries
            if e.quantity.dimension == "time"
            and e.fact in told
            and e.quantity.value == one.quantity.value
            and not e.stems.isdisjoint(_stems(one))
        ]
        given = [
            _days_beside(e.quantity, e.fact.text, statements(e.fact.text, e.fact.language)) for e in hours_of
        ]
        if hours_of and all(given) and not days <= set[Decimal]().union(*given) and days & given[0]:
            yield ChangedTerm(one.quantity.span, hours_of[0].fact)


_SEVERAL = 2


def _days_beside(quantity: Quantity, text: str, said: Sequence[Statement]) -> set[Decimal]:
    """The weekdays between the marks around a figure: « los martes y los viernes a las 22:40 » has two."""
    return _days_in(_between_marks(quantity, text), said)


def _between_marks(quantity: Quantity, text: str) -> Span:
    start = max((m.end() for m in _MARK.finditer(text, 0, quantity.span.start)), default=0)
    end = next((m.start() for m in _MARK.finditer(text, quantity.span.end)), len(text))
    return Span(start, end)


_MARK = re.compile(r"[,;:.!?()–—\n](?=\s|$)")


def _days_in(span: Span, said: Sequence[Statement]) -> set[Decimal]:
    return {
        s.quantity.value
        for s in said
        if s.quantity.dimension == WEEKDAY and span.start <= s.quantity.span.start < span.end
    }


def _stems(one: Statement) -> frozenset[str]:
    same = (c for c in one.around if c.sentence == one.clause.sentence)
    return one.clause.stems.union(*(c.stems for c in same))


def _sentence(one: Statement, folded: str) -> str:
    spans = [one.clause.span, *(c.span for c in one.around if c.sentence == one.clause.sentence)]
    return folded[min(s.start for s in spans) : max(s.end for s in spans)]


def moved_seasons(
    said: Sequence[Statement], text: str, folded: str, facts: tuple[Fact, ...], known: Evidence
) -> Iterator[ChangedTerm]:
    """Whole seasons and months in which a claim does not hold."""
    language = known.language
    season, month = (
        occurs(limits(language)["season"], folded),
        occurs(month_pattern(primary(language)), folded),
    )
    if not season and not month:
        return
    told = [f for f in readable_facts(facts, language) if f.kind in ("claim", "offer")]
    if season:
        yield from _whole_seasons(said, text, folded, told, known)
    yield from _months_added(text, folded, told, known)


def _months_added(text: str, folded: str, told: Sequence[Fact], known: Evidence) -> Iterator[ChangedTerm]:
    """« Même en janvier la barque glisse » of a boat « d'avril à octobre »; « en août » of what is « sauf en août »."""
    language, own = known.language, grammar(known.language)
    dated = [q for f in told for q in (months_of(f),) if q.during or q.excepted]
    if not dated:
        return
    listed = clauses(text, language)
    for number in sorted({c.sentence for c in listed}):
        same = [c for c in listed if c.sentence == number]
        span = Span(same[0].span.start, same[-1].span.end)
        named = named_months(span.of(text), language)
        always = limits(language)["season"].search(span.of(folded))
        denied = any(c.has(own.denials | own.negations) or _closes(c.said, own.closing) for c in same)
        asked = text[span.end : span.end + 3].strip(" \u00a0\u202f").startswith("?")
        words_of = terms(language)
        excepts = words_of is not None and words_of.excepting.search(span.of(folded)) is not None
        if denied or asked or excepts or not (named or always):
            continue
        fact = most_told(number, text, told, known, beside=0)
        if fact is None:
            continue
        mine = months_of(fact)
        if not mine.during.isdisjoint(m for m, _ in named_months(text, language)):
            continue  # “sleeps all winter. From April to October …”
        if mine.during and always and not named:
            meant = months_of_season(always.group(), language)
            if not meant <= mine.during:  # of one season perhaps that it rests
                yield ChangedTerm(Span(*always.span()).shifted(span.start), fact, sure=len(meant) == YEAR)
        elif mine.during and named:
            yield ChangedTerm(named[0][1].shifted(span.start), fact, sure=False)
        elif (
            mine.excepted
            and (left := [s for m, s in named if m in mine.excepted])
            and len(left) == len(named)
            and _tells_it_beside(left[0], span, text, fact, known)
        ):
            yield ChangedTerm(left[0].shifted(span.start), fact, sure=False)


def _tells_it_beside(month: Span, sentence: Span, text: str, fact: Fact, known: Evidence) -> bool:
    """Whether what a claim gives stands between the same marks as a month, or right behind « En août, »; not in « 20 %
    de moins, juillet et août mis à part »."""
    said = sentence.of(text)
    marks = [0, *(m.end() for m in _MARK.finditer(said)), len(said)]
    at = max(i for i, start in enumerate(marks[:-1]) if start <= month.start)
    leads = at == 0 and len(said[: marks[1]].split()) <= _FEW
    beside = Span(marks[at], marks[min(at + 1 + leads, len(marks) - 1)]).shifted(sentence.start)
    given = {(e.quantity.dimension, e.quantity.value) for e in figures_by_fact(known).get(fact, ())}
    figures = find_quantities(text, known.language)
    return any(
        (q.dimension, q.value) in given
        and q.dimension in PRICED
        and beside.start <= q.span.start < beside.end
        for q in figures
    )


_FEW = 4
"""Words that lead a sentence: « En juillet et août »."""


def _closes(said: frozenset[str], closing: tuple[str, ...]) -> bool:
    return any(word.startswith(closing) for word in said) if closing else False


def _whole_seasons(
    said: Sequence[Statement], text: str, folded: str, told: Sequence[Fact], known: Evidence
) -> Iterator[ChangedTerm]:
    """« Tout l'hiver … rendez-le » of a return within 21 days: for a person, where the text does not give the days."""
    language = known.language
    kinds = {kind for kind, _ in promises(text, language)} & _GIVEN_BACK
    if not kinds:
        return
    lengths = {s.quantity.value for s in said if s.quantity.dimension == "minutes"}
    for m in limits(language)["season"].finditer(folded):
        clause = next((c for c in clauses(text, language) if c.span.start <= m.start() < c.span.end), None)
        fact = most_told(clause.sentence, text, told, known) if clause else None
        if fact is None or not kinds & {kind for kind, _ in promises(fact.text, fact.language)}:
            continue
        days = [
            e.quantity.value
            for e in figures_by_fact(known).get(fact, ())
            if e.quantity.dimension == "minutes"
        ]
        if days and max(days) < _SEASON and lengths.isdisjoint(days):
            yield ChangedTerm(Span(*m.span()), fact, sure=False)


_GIVEN_BACK = frozenset({"returns", "refund", "replacement"})
_SEASON = 90 * 1440
"""Minutes of a season, roughly."""
