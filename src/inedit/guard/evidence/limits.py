"""Limits in figures that a text moves: an age put up, notice made shorter, an offer of one weekday on others, the hour
of some days on all, a season for three weeks.

Each figure is held against the one claim that its sentence and those beside it retell most of. A narrower limit is no
false one, nor is a figure that the claim has elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from inedit.guard.evidence.claim_terms import figures_by_fact
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Entry, Evidence, fact_stems, readable_facts
from inedit.guard.evidence.passages import ChangedTerm, retold_in
from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.statements import WEEKDAY, Statement, statements
from inedit.guard.nlp.grammar import Clause, clauses, grammar
from inedit.guard.nlp.language_data import language_profile, primary
from inedit.guard.nlp.limits import limits
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, Quantity
from inedit.guard.nlp.text import fold
from inedit.model import Span

_BOUNDED = frozenset({COUNT, "months", "mm"})
_PRICED = frozenset({*CURRENCIES, "percent"})
_YEAR = 12


def moved_limits(text: str, language: str, facts: tuple[Fact, ...], known: Evidence) -> Iterator[ChangedTerm]:
    """Where a text gives a claim a wider limit than the claim's own."""
    said = statements(text, language)
    own, folded = limits(language), fold(text)
    timed = bool(own) and (own["one_before"].search(folded) or own["season"].search(folded))
    if not said and not timed:
        return
    told = [f for f in readable_facts(facts, language) if f.kind in ("claim", "offer")]
    bounded = [s for s in said if s.quantity.dimension in _BOUNDED and s.quantity.approximate]
    for one in bounded:
        if changed := _age_or_distance(one, text, told, known):
            yield changed
    yield from _weekdays(said, told, known)
    yield from _hours_of_days(said, text, told, known)
    yield from _notice(said, text, told, known)
    if timed:
        yield from _seasons(said, text, told, known)


def _near(listed: Sequence[Clause], sentence: int) -> tuple[Clause, ...]:
    return tuple(c for c in listed if abs(c.sentence - sentence) <= 1)


def _most_told(
    sentence: int, text: str, told: Sequence[Fact], known: Evidence, kinds: frozenset[str] = frozenset()
) -> Fact | None:
    """The claim that is told most there, among those that make the same promises where the text makes some."""
    near = _near(clauses(text, known.language), sentence)
    found = [fact for _, fact in retold_in(near, text, told, known)] if near else []
    promising = [f for f in found if kinds & {kind for kind, _ in promises(f.text, f.language)}]
    return next(iter(promising or found), None)


def _age_or_distance(one: Statement, text: str, told: Sequence[Fact], known: Evidence) -> ChangedTerm | None:
    """« Moins de 25 ans ? … 15 % de moins » of « moins de 18 ans », « jusqu'à 12 ans, c'est gratuit » of « avant 6 ans »."""
    kinds = _promised_with(one, text, known.language)
    fact = _most_told(one.clause.sentence, text, told, known, kinds)
    if fact is None:
        return None
    entries = figures_by_fact(known).get(fact, ())
    bounds = [e for e in entries if _is_like(e.quantity, one.quantity) and _counts_alike(e, one)]
    if kinds:
        there = [e for e in bounds if kinds & _kinds_of(e.statement.clause, fact)]
        bounds = there or bounds
    elif any(_size(e.quantity) == _size(one.quantity) for e in entries):
        return None
    if not bounds or any(not _is_wider(one.quantity, e.quantity) for e in bounds):
        return None
    if any(e.fact != fact and _is_told(e, one, known) for e in known.entries):
        return None
    return ChangedTerm(one.quantity.span, fact)


def _is_told(entry: Entry, one: Statement, known: Evidence) -> bool:
    """Whether another fact has the same limit, and a word of the figure's clause."""
    same = _is_like(entry.quantity, one.quantity) and _size(entry.quantity) == _size(one.quantity)
    return same and not (entry.stems - known.brand).isdisjoint(one.clause.stems)


def _is_like(theirs: Quantity, mine: Quantity) -> bool:
    """Whether two figures limit the same measure on the same side; an age may go without its years."""
    if theirs.approximate != mine.approximate or theirs.period != mine.period:
        return False
    ages = {COUNT, "months"}
    return theirs.dimension == mine.dimension or {theirs.dimension, mine.dimension} == ages


def _counts_alike(entry: Entry, one: Statement) -> bool:
    """Whether two counts may be of one thing: ages, which count nothing, or the same noun."""
    mine, theirs = one.counted, entry.statement.counted
    return mine == theirs or (not mine and (not theirs or _goes_on_with_a_verb(entry)))


def _goes_on_with_a_verb(entry: Entry) -> bool:
    """“Musicians under 18 pay …”: what stands behind the figure is counted by nothing."""
    after = entry.fact.text[entry.quantity.span.end :].split()[:1]
    found = readings(after[0].lower(), primary(entry.fact.language)) if after else frozenset()
    return bool(found) and all(reading[0] in "VX" for reading in found)


def _size(quantity: Quantity) -> Decimal:
    """The size of a figure, of a number of years the years."""
    return quantity.value / _YEAR if quantity.dimension == "months" else quantity.value


def _is_wider(mine: Quantity, theirs: Quantity) -> bool:
    if mine.approximate == "under":
        return _size(mine) > _size(theirs)
    return mine.approximate in ("over", "from") and _size(mine) < _size(theirs)


def _promised_with(one: Statement, text: str, language: str) -> frozenset[str]:
    """The kinds of promises that a figure's clause makes, else its sentence, unless it names a price of its own."""
    inside = one.clause.span
    if any(q.dimension in _PRICED and inside.start <= q.span.start < inside.end for q in one.figures):
        return frozenset()
    found = promises(text, language)
    here = frozenset(k for k, s in found if inside.start <= s.start < inside.end)
    spans = [c.span for c in one.around if c.sentence == one.clause.sentence]
    return here or frozenset(k for k, s in found if any(o.start <= s.start < o.end for o in spans))


def _kinds_of(clause: Clause, fact: Fact) -> frozenset[str]:
    """The promises of a fact that stand in a clause, or in the next one („unter 6 Jahren, ist es kostenlos“)."""
    listed = clauses(fact.text, fact.language)
    after = next((c for c in listed if c.span.start >= clause.span.end), None)
    goes_on = after is not None and not after.nouns and not any(w.text.isdigit() for w in after.words)
    spans = [clause.span] + ([after.span] if after and goes_on else [])
    return frozenset(
        kind
        for kind, s in promises(fact.text, fact.language)
        if any(o.start <= s.start < o.end for o in spans)
    )


def _weekdays(said: Sequence[Statement], told: Sequence[Fact], known: Evidence) -> Iterator[ChangedTerm]:
    """« À 25 €, le lundi comme le jeudi » of an offer for Mondays: the price is only this fact's."""
    days = [s for s in said if s.quantity.dimension == WEEKDAY]
    if not days or not any(s.quantity.dimension in _PRICED for s in said):
        return
    figures = figures_by_fact(known)
    done: set[int] = set()
    for day in days:
        spans = [c.span for c in (day.clause, *(c for c in day.around if c.sentence == day.clause.sentence))]
        values = {
            (q.dimension, q.value)
            for q in day.figures
            if q.dimension in _PRICED and any(s.start <= q.span.start < s.end for s in spans)
        }
        if not values or day.clause.sentence in done or day.clause.has(grammar(known.language).denials):
            continue
        having = [
            f
            for f in told
            if any((e.quantity.dimension, e.quantity.value) in values for e in figures.get(f, ()))
        ]
        alone = [
            f
            for f in having
            if any(
                (e.quantity.dimension, e.quantity.value) in values and not _is_shared(e, f, having, figures)
                for e in figures.get(f, ())
            )
        ]
        for fact in alone:
            open_on = {e.quantity.value for e in figures[fact] if e.quantity.dimension == WEEKDAY}
            other = any(day.quantity.value in _days_of(f, figures) for f in having if f != fact)
            if open_on and day.quantity.value not in open_on and not other and len(alone) == 1:
                done.add(day.clause.sentence)
                yield ChangedTerm(day.quantity.span, fact)


def _days_of(fact: Fact, figures: dict[Fact, tuple[Entry, ...]]) -> set[Decimal]:
    return {e.quantity.value for e in figures[fact] if e.quantity.dimension == WEEKDAY}


def _is_shared(
    entry: Entry, fact: Fact, having: Sequence[Fact], figures: dict[Fact, tuple[Entry, ...]]
) -> bool:
    mine = entry.quantity.dimension, entry.quantity.value
    return any(
        (e.quantity.dimension, e.quantity.value) == mine for f in having if f != fact for e in figures[f]
    )


def _hours_of_days(
    said: Sequence[Statement], text: str, told: Sequence[Fact], known: Evidence
) -> Iterator[ChangedTerm]:
    """« Du lundi au samedi jusqu'à 21 h » of « jusqu'à 21 h le jeudi »: an hour that every fact which gives it gives for
    some days only, said of more."""
    hours = [s for s in said if s.quantity.dimension == "time"]
    for one in hours:
        days = _days_beside(one.quantity, text, said)
        if not days:
            same = (c for c in one.around if c.sentence == one.clause.sentence)
            days = {day for c in same for day in _days_in(c.span, said)}
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
    start = max((m.end() for m in _MARK.finditer(text, 0, quantity.span.start)), default=0)
    end = next((m.start() for m in _MARK.finditer(text, quantity.span.end)), len(text))
    return _days_in(Span(start, end), said)


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


def _notice(
    said: Sequence[Statement], text: str, told: Sequence[Fact], known: Evidence
) -> Iterator[ChangedTerm]:
    """« Jusqu'à une heure avant le départ » of 24 hours."""
    for minutes, span, sentence in _notices(said, text, known.language):
        fact = _most_told(sentence, text, told, known)
        if fact is None:
            continue
        theirs = [m for m, *_ in _notices(statements(fact.text, fact.language), fact.text, fact.language)]
        if theirs and minutes < min(theirs):
            yield ChangedTerm(span, fact)


def _notices(said: Sequence[Statement], text: str, language: str) -> Iterator[tuple[Decimal, Span, int]]:
    """The lengths of time up to which before something it may be done: minutes, where, in which sentence."""
    own, folded = limits(language), fold(text)
    if not own:
        return
    for s in said:
        q = s.quantity
        after = folded[q.span.end :].split()[:1]
        if (
            q.dimension == "minutes"
            and q.approximate == "under"
            and after
            and own["before"].fullmatch(after[0])
        ):
            yield q.value, q.span, s.clause.sentence
    for m in own["one_before"].finditer(folded):
        unit = language_profile(language).units.get(
            m[1].replace("demi-heure", "heure").replace("half-hour", "hour")
        )
        clause = next((c for c in clauses(text, language) if c.span.start <= m.start() < c.span.end), None)
        if clause is not None:
            yield unit.factor if unit else Decimal(_HOUR), Span(*m.span()), clause.sentence


_HOUR = 60


def _seasons(
    said: Sequence[Statement], text: str, told: Sequence[Fact], known: Evidence
) -> Iterator[ChangedTerm]:
    """« Tout l'hiver … rendez-le » of a return within 21 days: for a person, where the text does not give the days."""
    language, folded = known.language, fold(text)
    kinds = {kind for kind, _ in promises(text, language)} & _GIVEN_BACK
    if not kinds:
        return
    lengths = {s.quantity.value for s in said if s.quantity.dimension == "minutes"}
    for m in limits(language)["season"].finditer(folded):
        clause = next((c for c in clauses(text, language) if c.span.start <= m.start() < c.span.end), None)
        fact = _most_told(clause.sentence, text, told, known) if clause else None
        if fact is None or not kinds & {kind for kind, _ in promises(fact.text, fact.language)}:
            continue
        days = [
            e.quantity.value
            for e in figures_by_fact(known).get(fact, ())
            if e.quantity.dimension == "minutes"
        ]
        if days and max(days) < _SEASON and lengths.isdisjoint(days) and fact_stems(fact):
            yield ChangedTerm(Span(*m.span()), fact, sure=False)


_GIVEN_BACK = frozenset({"returns", "refund", "replacement"})
_SEASON = 90 * 1440
"""Minutes of a season, roughly."""
