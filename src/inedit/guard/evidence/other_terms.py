"""Figures of ours that a text tells under another condition than the fact's: a price both ways told as one for each
way, the time to 80 % as the time until it is full, a weight with the battery as one without it, January's days as
November's, a share of five as if it were another.

Asked only of figures that would pass. What is exact is refused; a share of ours that is told with other words
altogether goes to a person.
"""

from __future__ import annotations

from inedit.guard.evidence.added_up import amounts
from inedit.guard.evidence.index import Entry, Evidence, readable, same_thing
from inedit.guard.evidence.months import named_months
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.dates import month_named
from inedit.guard.nlp.grammar import Clause, Noun, grammar, root
from inedit.guard.nlp.quantity import COUNT, CURRENCIES
from inedit.guard.nlp.text import fold
from inedit.guard.nlp.word_lists import word_pattern

_HUNDRED = 100

_REACH = 60
"""Characters behind a figure in which its condition stands."""

_LED = 2
"""Words from “without” to what is left out."""


def denied_by_terms(entry: Entry, said: Statement, known: Evidence) -> bool:
    """Whether a text tells a figure of a fact under a condition that the fact contradicts."""
    if not readable(entry.fact, known.language) or said.negated or said.asked:
        return False
    measure = said.quantity.dimension
    return (
        (measure in CURRENCIES and is_one_way(entry, said, known.language))
        or (measure in ("minutes", "time") and is_said_of_all(entry, said, known))
        or is_left_out(entry, said, known)
        or (measure in (COUNT, "percent") and is_of_other_months(entry, said))
    )


def is_one_way(entry: Entry, said: Statement, language: str) -> bool:
    """“€8 each way” of a price for both."""
    fact, told = fold(entry.fact.text), fold(said.quantity.sentence)
    single, both = word_pattern(language, "one_way"), word_pattern(language, "both_ways")
    return (
        both.search(fact) is not None
        and single.search(fact) is None
        and single.search(told) is not None
        and both.search(told) is None
    )


def is_said_of_all(entry: Entry, said: Statement, known: Evidence) -> bool:
    """„In zweieinhalb Stunden ist der Akku voll“ of the time that 80 % take."""
    shares = [
        e.quantity.value
        for e in known.entries
        if e.fact == entry.fact and e.quantity.dimension == "percent" and e.quantity.value < _HUNDRED
    ]
    if not shares or any(q.dimension == "percent" and q.value in shares for q in said.figures):
        return False
    full = word_pattern(known.language, "in_full")
    return full.search(fold(entry.fact.text)) is None and full.search(_folded(said)) is not None


def is_left_out(entry: Entry, said: Statement, known: Evidence) -> bool:
    """« 17,5 kg sans la batterie » of a weight with it: a noun of the fact right behind “without”, where the fact
    leaves out nothing."""
    own = grammar(known.language)
    waiving = own.waiving - own.denials
    clauses = (said.clause, *said.around)
    stated = (entry.statement.clause, *entry.statement.around)
    if not any(c.has(waiving) for c in clauses) or any(c.has(waiving | own.denials) for c in stated):
        return False
    if entry.quantity.dimension in (COUNT, "percent", *_MOMENTS):
        return False
    end = said.quantity.span.end
    listed = [w for c in clauses for w in c.words if end <= w.start <= end + _REACH]
    for i, word in enumerate(listed):
        if word.folded in waiving:
            led = {root(w.text, known.language) for w in listed[i + 1 : i + 1 + _LED]}
            return not led.isdisjoint({n.stem for n in _nouns_of(entry)} - known.brand)
    return False


_MOMENTS = ("time", "date", "month", "year", "weekday", "deadline", "ordinal", "times")


def _nouns_of(entry: Entry) -> list[Noun]:
    return [n for c in (entry.statement.clause, *entry.statement.around) for n in c.nouns]


def is_of_other_months(entry: Entry, said: Statement) -> bool:
    """« 11 en novembre et décembre » of 11 in January and February: the months beside a figure are none of those that
    the fact names beside it, nor between them."""
    mine, told = _months_beside(entry.statement, said, entry), _months_beside(said, said, entry)
    if not (mine and told) or not _through(mine).isdisjoint(told):
        return False
    named = {month for month, _ in named_months(entry.fact.text, entry.fact.language)}
    return named.isdisjoint(told)  # „im Mai beschriftet, im September nachgesehen“


def _months_beside(stated: Statement, said: Statement, entry: Entry) -> tuple[int, ...]:
    """The months of a clause; of a count of so many (“17 days, 11 of them in January”), else of its sentence."""
    language = entry.fact.language
    here = _months(stated.clause, language)
    return here or tuple(m for c in stated.around if said.quantity.part for m in _months(c, language))


def other_months(said: Statement, known: Evidence) -> Entry | None:
    """The entry of a count that a text tells of other months than its fact does, where it would pass as a scene: its
    sentence has two words of the fact."""
    quantity = said.quantity
    if quantity.dimension != COUNT or quantity.approximate or quantity.bound or said.negated:
        return None
    if not _months(said.clause, known.language):
        return None
    told = sentence_stems(said) - known.brand
    return next(
        (
            e
            for e in amounts(known).get((COUNT, quantity.value), ())
            if readable(e.fact, known.language)
            and len(e.stems & told) >= _LED
            and is_of_other_months(e, said)
        ),
        None,
    )


def _months(clause: Clause, language: str) -> tuple[int, ...]:
    found = (month_named(word, language) for word in clause.words)
    return tuple(month for month in found if month)


def _through(named: tuple[int, ...]) -> frozenset[int]:
    """The months from the first one named to the last one, over the end of the year as well."""
    first, last = named[0], named[-1]
    length = (last - first) % 12
    return frozenset((first - 1 + i) % 12 + 1 for i in range(length + 1)) | frozenset(named)


def _folded(said: Statement) -> str:
    return " ".join(
        w.folded for c in sorted((said.clause, *said.around), key=lambda c: c.span) for w in c.words
    )


def is_told_of_nothing_else(entry: Entry, said: Statement, known: Evidence) -> bool:
    """“94% of our customers buy again” of those who recommend: a share of what the fact's share is of, with no other
    word of the fact, in a clause that says something."""
    quantity, given = said.quantity, entry.quantity
    if quantity.dimension != "percent" or given.dimension != "percent" or not said.counted:
        return False
    if entry.fact.kind not in ("claim", "insight") or not readable(entry.fact, known.language):
        return False
    if not same_thing(said.counted, entry.statement.counted, known):
        return False
    whole = sentence_stems(said).union(*(c.stems for c in said.earlier))
    rest = whole - {said.counted} - known.brand
    return bool(rest) and rest.isdisjoint(entry.stems - {entry.statement.counted})
