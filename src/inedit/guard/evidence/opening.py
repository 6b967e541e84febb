"""Opening hours: which end of them an hour is, and days on which nobody is there."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import WEEKDAY, Statement
from inedit.guard.nlp.arithmetic import same_clock
from inedit.guard.nlp.clock import HALF_A_DAY
from inedit.guard.nlp.grammar import grammar, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.measures import measures
from inedit.guard.nlp.quantity import COUNT
from inedit.guard.nlp.text import Word
from inedit.guard.nlp.word_lists import word_list

_REACH = 110  # characters from a day to what opens: « un vendredi ? Dès neuf heures, l'atelier répond »


def is_an_hour(entry: Entry, said: Statement, language: str) -> bool:
    """« La boutique ferme à 18 h 30 » of « de 9 h à 18 h 30 »: the end that the verb names, or either one where both
    stand in the sentence."""
    given, quantity = entry.quantity, said.quantity
    if given.dimension != "time" or not given.bound or quantity.bound:
        return False
    if not any(same_clock(given.value, hour) for hour in _hours(said, language)):
        return False
    own, stand = grammar(language), [w.folded for c in (said.clause, *said.around) for w in c.words]
    closes = any(word.startswith(own.closing) for word in stand)
    opens = any(word.startswith(own.opening) and not word.startswith(own.closing) for word in stand)
    ends = {
        "low": opens and quantity.approximate in ("", "from"),
        "high": closes and quantity.approximate in ("", "under"),
    }
    return ends[given.bound]


def is_within_hours(entry: Entry, said: Statement, language: str) -> bool:
    """“At nine in the evening the line is still open” of 8 to 22: an hour between the two ends at which something is
    still, or already, open; ``entry`` has the first end."""
    given, quantity = entry.quantity, said.quantity
    if given.dimension != "time" or given.bound != "low" or given.partner is None or quantity.bound:
        return False
    if quantity.approximate or not any(given.value < hour < given.partner for hour in _hours(said, language)):
        return False
    own = grammar(language)
    stand = [w.folded for c in (said.clause, *said.around) for w in c.words]
    if not word_list(language, "still").intersection(stand) or own.negations.intersection(stand):
        return False
    return not entry.stems.isdisjoint(root(w, language) for w in stand) or any(
        word.startswith(own.opening) and not word.startswith(own.closing) for word in stand
    )


def _hours(said: Statement, language: str) -> tuple[Decimal, ...]:
    """The minutes of the day that a figure may be: of „um sieben“, where the hour goes without its unit, two."""
    quantity = said.quantity
    if quantity.dimension == "time":
        return (quantity.value,)
    before = next((w.folded for w in reversed(said.clause.words) if w.end <= quantity.span.start), "")
    bare = quantity.dimension == COUNT and not said.counted and 0 < quantity.value <= HALF_A_DAY / _HOUR
    if not bare or before not in word_list(language, "before_bare_hour"):
        return ()
    return quantity.value * _HOUR, quantity.value * _HOUR + HALF_A_DAY


_HOUR = 60


def wrong_day(said: Statement, known: Evidence) -> Entry | Literal["right"] | None:
    """What the facts say of a weekday on which a text has something open: the fact that gives other days, ``right``
    where the text denies it as it must, None where no opening days are told.

    « Le dimanche, l'atelier répond aussi » is wrong of « du lundi au jeudi », « fermé le dimanche » right, and « un
    vendredi ? L'atelier répond lundi » speaks of one of its days.
    """
    if said.quantity.dimension != WEEKDAY:
        return None
    own, near = grammar(known.language), _near(said)
    if not _opens(near, own.opening, ()):
        return None
    told = _opening_days(known, {root(word.text, known.language) for word in near})
    open_on = {entry.quantity.value for entry in told}
    if not told or said.quantity.value in open_on:
        return None
    at = said.quantity.span.start
    days = [q for q in said.figures if q.dimension == WEEKDAY and abs(q.span.start - at) <= _REACH]
    inside = said.clause.span
    beside = any(inside.start <= q.span.start < inside.end and q.value in open_on for q in days)
    denials = own.denials | own.negations
    denied = any(word.folded in denials or word.folded.startswith(own.closing) for word in near)
    elsewhere = not beside and any(q.value in open_on for q in days)
    return "right" if denied or elsewhere else told[0]


def _opening_days(known: Evidence, stems: set[str]) -> list[Entry]:
    """The days in facts that say when something is open which a text with these stems names."""
    own = grammar(known.language)
    days = {root(day, known.language) for day in measures(known.language).weekdays}
    return [
        entry
        for entry in known.entries
        if entry.quantity.dimension == WEEKDAY
        and primary(entry.fact.language) == primary(known.language)
        and (_opens(entry.statement.text, own.opening, own.closing) or _has_hours(entry, known))
        and any(n.stem in stems - days for n in entry.statement.clause.nouns if n.role == "bare")
    ]


def _has_hours(entry: Entry, known: Evidence) -> bool:
    """Whether the fact of a day gives hours too (« montags bis donnerstags von 9 bis 12 Uhr besetzt »)."""
    return any(
        e.fact == entry.fact and e.quantity.dimension == "time" and e.quantity.bound for e in known.entries
    )


def _opens(listed: Iterable[Word], opening: tuple[str, ...], closing: tuple[str, ...]) -> bool:
    return any(w.folded.startswith(opening) and not w.folded.startswith(closing) for w in listed)


def _near(said: Statement) -> tuple[Word, ...]:
    """The words of a day's sentence, and those soon after it."""
    spans = [clause.span for clause in (said.clause, *said.around)]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    return tuple(w for w in said.text if start <= w.start < max(end, said.quantity.span.end + _REACH))
