"""Limits in figures that a text moves: an age put up, notice made shorter, an offer of one weekday on others, the hour
of some days on all, a season for three weeks.

Each figure is held against the one claim that its sentence and those beside it retell most of. A narrower limit is no
false one, nor is a figure that the claim has elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from inedit.guard.evidence.claim_terms import figures_by_fact
from inedit.guard.evidence.days_and_seasons import (
    PRICED,
    hours_of_other_days,
    moved_seasons,
    weekdays_added,
)
from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Entry, Evidence, readable_facts
from inedit.guard.evidence.passages import ChangedTerm, most_told
from inedit.guard.evidence.promise_words import promises
from inedit.guard.evidence.statements import Statement, statements
from inedit.guard.nlp.grammar import Clause, clauses
from inedit.guard.nlp.language_data import language_profile, primary
from inedit.guard.nlp.limits import limits
from inedit.guard.nlp.patterns import occurs
from inedit.guard.nlp.proofreading.tokens import readings
from inedit.guard.nlp.quantity import COUNT, Quantity
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_list
from inedit.model import Span

_BOUNDED = frozenset({COUNT, "months", "mm"})
_YEAR = 12


def moved_limits(text: str, language: str, facts: tuple[Fact, ...], known: Evidence) -> Iterator[ChangedTerm]:
    """Where a text gives a claim a wider limit than the claim's own."""
    said = statements(text, language)
    own, folded = limits(language), fold(text)
    if not own:
        return
    yield from moved_seasons(said, text, folded, facts, known)
    if not said and not occurs(own["one_before"], folded):
        return
    told = [f for f in readable_facts(facts, language) if f.kind in ("claim", "offer")]
    bounded = [s for s in said if s.quantity.dimension in _BOUNDED and s.quantity.approximate]
    for one in bounded:
        if changed := _age_or_distance(one, text, told, known):
            yield changed
    yield from _ages(said, text, told, known)
    yield from weekdays_added(said, text, told, known)
    yield from hours_of_other_days(said, text, told, known)
    yield from _notice(said, text, told, known)


def _age_or_distance(one: Statement, text: str, told: Sequence[Fact], known: Evidence) -> ChangedTerm | None:
    """« Moins de 25 ans ? … 15 % de moins » of « moins de 18 ans », « gratuit jusqu'à 12 ans » of « avant 6 ans »."""
    kinds = _promised_with(one, text, known.language)
    fact = most_told(one.clause.sentence, text, told, known, kinds)
    if fact is None:
        return None
    entries = figures_by_fact(known).get(fact, ())
    side = one.quantity.approximate
    bounds = [
        e
        for e in entries
        if _is_like(e.quantity, one.quantity) and _side_of(e) == side and _counts_alike(e, one)
    ]
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


def _ages(
    said: Sequence[Statement], text: str, told: Sequence[Fact], known: Evidence
) -> Iterator[ChangedTerm]:
    """« Votre fille a 8 ans ? Pour elle, c'est gratuit », of what is free under 6: nobody in the text is young enough,
    and no price is told."""
    ages = [s for s in said if _is_an_age(s, known.language)]
    if not ages or any(s.quantity.dimension in PRICED for s in said):
        return
    kinds = frozenset(kind for kind, _ in promises(text, known.language)) & {"free"}
    fact = most_told(ages[0].clause.sentence, text, told, known, kinds) if kinds else None
    if fact is None:
        return
    bounds = [
        e.quantity
        for e in figures_by_fact(known).get(fact, ())
        if _side_of(e) == "under"
        and e.quantity.dimension in (COUNT, "months")
        and kinds & _kinds_of(e.statement.clause, fact)
    ]
    if bounds and all(_size(a.quantity) > max(map(_size, bounds)) for a in ages):
        yield ChangedTerm(ages[0].quantity.span, fact)


_OLDEST = 18
"""Years up to which a bare number behind “is” is taken for the age of a child."""


def _is_an_age(one: Statement, language: str) -> bool:
    quantity = one.quantity
    if quantity.approximate or quantity.bound or one.negated:
        return False
    if quantity.dimension == "months":
        return quantity.value % _YEAR == 0 and quantity.value <= _OLDEST * _YEAR
    before = next((w.folded for w in reversed(one.clause.words) if w.end <= quantity.span.start), "")
    bare = quantity.dimension == COUNT and not one.counted and quantity.value <= _OLDEST
    return bare and before in word_list(language, "carries") | word_list(language, "had")


def _is_told(entry: Entry, one: Statement, known: Evidence) -> bool:
    """Whether another fact has the same limit, and a word of the figure's clause."""
    alike = _is_like(entry.quantity, one.quantity) and _side_of(entry) == one.quantity.approximate
    same = alike and _size(entry.quantity) == _size(one.quantity)
    return same and not (entry.stems - known.brand).isdisjoint(one.clause.stems)


def _is_like(theirs: Quantity, mine: Quantity) -> bool:
    """Whether two figures are of the same measure; an age may go without its years."""
    if theirs.period != mine.period:
        return False
    ages = {COUNT, "months"}
    return theirs.dimension == mine.dimension or {theirs.dimension, mine.dimension} == ages


def _side_of(entry: Entry) -> str:
    """On which side a figure of a fact limits something; « avant 6 ans » is under them."""
    quantity, fact = entry.quantity, entry.fact
    if quantity.approximate or quantity.dimension != "months":
        return quantity.approximate
    before = fold(fact.text[: quantity.span.start]).split()[-3:]
    return "under" if any(limits(fact.language)["before"].fullmatch(w) for w in before) else ""


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
    if any(q.dimension in PRICED and inside.start <= q.span.start < inside.end for q in one.figures):
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


def _notice(
    said: Sequence[Statement], text: str, told: Sequence[Fact], known: Evidence
) -> Iterator[ChangedTerm]:
    """« Jusqu'à une heure avant le départ » of 24 hours."""
    for minutes, span, sentence in _notices(said, text, known.language):
        fact = most_told(sentence, text, told, known)
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
