"""Figures that no fact gives as such, and that follow from those it gives."""

from __future__ import annotations

from itertools import combinations

from inedit.guard.evidence.from_counts import follows_from_counts
from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.opening import is_an_hour, is_within_hours
from inedit.guard.evidence.reckoned import is_reckoned
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.dates import month_names
from inedit.guard.nlp.grammar import grammar, root
from inedit.guard.nlp.quantities import find_quantities
from inedit.guard.nlp.quantity import COUNT, DEADLINE, YEAR, Quantity
from inedit.guard.nlp.text import fold, words
from inedit.guard.nlp.word_lists import word_list


def is_derived(entry: Entry, said: Statement, known: Evidence, year: int) -> bool:
    """Whether a figure that a fact does not give as such follows from one that it gives, beside words of that fact."""
    given, measure = entry.quantity.dimension, said.quantity.dimension
    # each way is asked of the measures only that it knows: a figure is held against every one of the brand's
    share, count = measure == "percent", given == measure == COUNT
    timed, hour, often = measure in _TIMES, "time" in (given, measure), measure == "times"
    return (
        (timed and (is_in_time(entry, said, known.language) or is_between(entry, said, known)))
        or (hour and (is_bare_time(entry, said) or is_an_hour(entry, said, known.language)))
        or (
            given == "time" and entry.quantity.bound == "low" and is_within_hours(entry, said, known.language)
        )
        or (often and is_done_so_often(entry, said))
        or (
            (share or often or count or said.quantity.part > 0)
            and follows_from_counts(entry, said, known, year)
        )
        or (count and is_past_limit(entry, said))
        or (given == "month" and is_later_month(entry, said))
        or (given in (measure, YEAR) and is_reckoned(entry, said, known))
    )


_TIMES = ("minutes", "months", "time")
_FAMILY = 4  # letters that « appels » and « appelle » share


_KILO, _NEAR = 1000, 60
"""Grams in a kilo; characters from a weight to its price."""


def is_in_time(entry: Entry, said: Statement, language: str) -> bool:
    """« Dix heures et demie : validez, et vos graines partent aujourd'hui » of „vor 11 Uhr“: an hour early
    enough, where the text sets no limit itself."""
    given, quantity = entry.quantity, said.quantity
    until = grammar(language).until if _is_an_hour_told(quantity, language) else None
    if until is None or quantity.approximate or quantity.bound:
        return False
    text = fold(entry.fact.text)
    before = text[max(given.span.start - _LEADS, 0) : given.span.start]
    limits = given.approximate == "under" or until.search(before)
    hour = given.value if given.dimension == "time" else given.number * 60
    spoken = given.dimension in ("time", COUNT) and not given.bound and not entry.statement.counted
    own = [w.folded for w in said.clause.words if w.end <= quantity.span.start][-2:]
    limited = any(until.fullmatch(word) for word in own)
    near = [w for w in said.text if 0 < w.start - quantity.span.end <= _FOLLOWS]
    told = sentence_stems(said).union(
        *(c.stems for c in said.earlier), (root(w.text, language) for w in near)
    )
    early = 0 < hour - quantity.value <= _EARLY
    others = [
        q
        for q in find_quantities(entry.fact.text, entry.fact.language)
        if (q.dimension == "time" or (q.dimension == COUNT and not q.counted)) and q.span != given.span
    ]  # “hung out at eight is dry by noon” sets no limit
    return bool(limits) and not others and spoken and early and not limited and len(entry.stems & told) > 1


def _is_an_hour_told(quantity: Quantity, language: str) -> bool:
    """An hour of the day, or what may be one: « dix heures et demie » opens a sentence."""
    opens = quantity.dimension == "minutes" and not quantity.has_left_context
    told = words(quantity.sentence[: quantity.span.end]) if opens else ()
    hours = word_list(language, "hour_word")
    return quantity.dimension == "time" or any(word.folded in hours for word in told)


_LEADS, _EARLY, _FOLLOWS = 14, 300, 140
"""Characters of “before” and its article; minutes before the limit within which an hour is told of it; characters
behind an hour that may say what it is the hour of."""


def is_between(entry: Entry, said: Statement, known: Evidence) -> bool:
    """“Twenty-five minutes later” of “at 2.40 … at 3.05”, « treize ans après » of two years: the time between two
    moments of one fact, of which the text, here or just before, says something else too."""
    dimension = said.quantity.dimension
    moments = {"minutes": ("time", 1), "months": (YEAR, 12)}.get(dimension)
    if moments is None or entry.quantity.dimension != moments[0]:
        return False
    near = sentence_stems(said).union(*(clause.stems for clause in said.earlier))
    if entry.stems.isdisjoint(near):
        return False
    values = [
        e.quantity.value
        for e in known.entries
        if e.fact == entry.fact and e.quantity.dimension == moments[0] and not e.quantity.bound
    ]
    apart = {abs(first - second) * moments[1] for first, second in combinations(values, 2)}
    if dimension == "minutes":  # “leaves at 10.40 pm, arrives at 6.10 am”
        apart |= {_DAY - length for length in apart}
    return said.quantity.value in apart


_DAY = 1440


def is_later_month(entry: Entry, said: Statement) -> bool:
    """“September 2026”, “by September” of “In May 2026 … In September …”: a month that the fact names
    without its year."""
    given, quantity = entry.quantity, said.quantity
    if given.dimension != "month" or quantity.dimension not in ("month", DEADLINE):
        return False
    named = {w.folded for w in words(entry.fact.text) if w.start >= given.span.end}
    if named.isdisjoint(month_names(int(quantity.value % 100), entry.fact.language)):
        return False
    if quantity.dimension == DEADLINE:
        return quantity.value > given.value % 100
    same_year = given.value // 100 == quantity.value // 100
    return quantity.dimension == "month" and same_year and quantity.value > given.value


def is_past_limit(entry: Entry, said: Statement) -> bool:
    """„Sechs Bäume passen nicht in ein Paket“ of at most five: more than a limit, denied."""
    given, quantity = entry.quantity, said.quantity
    limits = given.approximate == "under" and given.dimension == quantity.dimension == COUNT
    denied = said.clause.has(grammar(entry.fact.language).denials)
    same = said.counted == entry.statement.counted and said.counted in entry.stems
    return limits and denied and same and quantity.value > given.value and not quantity.approximate


def is_done_so_often(entry: Entry, said: Statement) -> bool:
    """« Il vous appelle deux fois » of « deux appels »: a number of times beside the verb of what the fact counts."""
    counted = entry.statement.counted
    return (
        said.quantity.dimension == "times"
        and entry.quantity.dimension == COUNT
        and entry.quantity.value == said.quantity.value
        and len(counted) >= _FAMILY
        and any(stem[:_FAMILY] == counted[:_FAMILY] for stem in said.clause.stems)
    )


def is_bare_time(entry: Entry, said: Statement) -> bool:
    """“When 7.40 comes round” of “at 7.40”, “at eight in the morning” of “at eight is”: one of the two has no more than
    its number."""
    bare, given = said.quantity, entry.quantity
    if (bare.dimension, given.dimension) == ("time", COUNT):
        same = bare.number == given.number and bare.value == given.number * 60
        return same and not entry.statement.counted and not entry.stems.isdisjoint(sentence_stems(said))
    if (bare.dimension, given.dimension) != (COUNT, "time") or bare.value % 1 == 0:
        return False
    return int(bare.value) * 60 + bare.value % 1 * 100 == given.value
