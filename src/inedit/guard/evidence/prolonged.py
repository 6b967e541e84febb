"""Offers that a text prolongs beyond their last day by a feast, a season or no day at all: “20% off until Easter” of an
offer that ends with the year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from inedit.guard.evidence.facts import Fact
from inedit.guard.evidence.index import Evidence, readable
from inedit.guard.evidence.passages import retold_in
from inedit.guard.nlp.grammar import clauses, grammar
from inedit.guard.nlp.language_data import KNOWN, load_table, primary
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import DEADLINE, Quantity
from inedit.guard.nlp.text import fold
from inedit.model import Span


def prolonged(
    text: str, language: str, facts: Sequence[Fact], known: Evidence, today: date
) -> Iterator[tuple[Span, Fact]]:
    """Where a sentence that retells an offer says that it lasts until a feast or a season after its last day, with the
    fact. One that gives the last day itself, or denies („nicht bis Ostern“), prolongs nothing."""
    code = primary(language)
    if code not in KNOWN or not _until(code).search(fold(text)):
        return
    told = [f for f in facts if f.kind in ("claim", "offer") and readable(f, language)]
    listed = clauses(text, language)
    for clause in listed:
        for m in _until(code).finditer(clause.span.of(fold(text))):
            same = tuple(c for c in listed if c.sentence == clause.sentence)
            retold = retold_in(same, text, told, known)
            last = _last_day(retold[0][1]) if retold else None
            if last is None or clause.has(grammar(language).negations):
                continue
            inside = Span(same[0].span.start, same[-1].span.end)
            if not _says_the_end(text, language, inside, last) and _next_day(m[1], code, today) > last:
                yield Span(*m.span()).shifted(clause.span.start), retold[0][1]


@lru_cache(maxsize=8)
def _until(code: str) -> re.Pattern[str]:
    """A feast or a season behind “until”; the group is its name."""
    own = load_table("feasts")[code]
    names = "|".join(name for name, _ in own["days"])
    return re.compile(rf"(?<!\w)(?:{own['until']})[ ']?({names})(?!\w)")


@lru_cache(maxsize=8)
def _days(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(name), rule) for name, rule in load_table("feasts")[code]["days"])


def _next_day(named: str, code: str, today: date) -> date:
    rule = next(rule for name, rule in _days(code) if name.fullmatch(named))
    if rule == "never":
        return date.max
    if rule == "next":
        return date(today.year + 1, 1, 1)
    return next(day for day in (_day_in(today.year + more, rule) for more in range(3)) if day >= today)


def _day_in(year: int, rule: str) -> date:
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    month, day = rule.split("-")
    return date(year, int(month), int(day))


def easter(year: int) -> date:
    """Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm).

    >>> easter(2027)
    datetime.date(2027, 3, 28)
    """
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    days = moon - weekday
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))


@lru_cache(maxsize=4096)
def _last_day(fact: Fact) -> date | None:
    """The last day that a fact gives, with its year."""
    days = [d for q in find_quantities(fact.text, fact.language) if (d := _date(q)) is not None]
    return max(days, default=None)


def _date(quantity: Quantity) -> date | None:
    if quantity.dimension != "date" or quantity.year is None:
        return None
    month, day = divmod(int(quantity.value), 100)
    return date(quantity.year, month, day)


def _says_the_end(text: str, language: str, inside: Span, last: date) -> bool:
    """Whether a sentence gives the last day, or its month."""
    return any(
        inside.start <= q.span.start < inside.end
        and (
            (q.dimension == "date" and q.value == 100 * last.month + last.day)
            or (q.dimension in ("month", DEADLINE) and q.value == last.month)
        )
        for q in find_quantities(text, language)
    )
