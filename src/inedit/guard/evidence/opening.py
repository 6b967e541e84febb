"""Opening hours: which end of them an hour is, and days on which nobody is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import WEEKDAY, Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.arithmetic import same_clock
from inedit.guard.nlp.clock import HALF_A_DAY
from inedit.guard.nlp.grammar import Clause, grammar, root
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
    if not _opens(near, own.opening, ()) and not _gives_hours(said):
        return None
    told = _opening_days(known, {root(word.text, known.language) for word in near}, said)
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


def _opening_days(known: Evidence, stems: set[str], said: Statement) -> list[Entry]:
    """The days in facts that say when something is open which a text with these stems names: where the fact names it in
    another clause than the days, the day's own sentence does."""
    own, told = grammar(known.language), sentence_stems(said)
    return [
        entry
        for entry in known.entries
        if entry.quantity.dimension == WEEKDAY
        and primary(entry.fact.language) == primary(known.language)
        and (_opens(entry.statement.text, own.opening, own.closing) or _has_hours(entry, known))
        and (_opened_in(entry.statement.clause, entry) & stems or _what_opens(entry) & told)
    ]


def _what_opens(entry: Entry) -> set[str]:
    """The things that a fact gives the hours or days of: those of the clause, else of its sentence."""
    told = entry.statement
    own = _opened_in(told.clause, entry)
    return own or set[str]().union(*(_opened_in(clause, entry) for clause in told.around))


def _opened_in(clause: Clause, entry: Entry) -> set[str]:
    days = {root(day, entry.fact.language) for day in measures(entry.fact.language).weekdays}
    figures = [q.span for q in entry.statement.figures]  # “am” is no thing that opens
    return {
        noun.stem
        for noun in clause.nouns
        if noun.role == "bare" and not any(s.start <= noun.word.start < s.end for s in figures)
    } - days


def _gives_hours(said: Statement) -> bool:
    """Whether the sentence of a day gives the hours from one to another: „Samstags erreichen Sie uns von 9 bis 18
    Uhr“."""
    spans = [c.span for c in (said.clause, *said.around)]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    return any(q.dimension == "time" and q.bound and start <= q.span.start < end for q in said.figures)


def out_of_hours(said: Statement, known: Evidence) -> Entry | None:
    """The hours of what a text has open at another one: « l'atelier répond jusqu'à 20 h » of « de 9 h à 18 h 30 », “It
    is half past seven. The workshop is still open.”; None where any hours of ours hold it."""
    quantity, language = said.quantity, known.language
    hours, until = _hours(said, language), quantity.approximate == "under"
    if not hours or quantity.bound or (said.asked and until):
        return None
    sentence = [w for c in (said.clause, *said.around) for w in c.words]
    inside = _open_things(sentence, language, still=not until)
    stems = inside if until or inside else _open_things(_next_sentence(said), language, still=True)
    told = None
    for entry in known.entries if stems else ():
        given = entry.quantity
        if given.dimension != "time" or given.bound != "low" or given.partner is None:
            continue
        if any(given.value <= hour <= given.partner for hour in hours):
            return None
        if not _what_opens(entry).isdisjoint(stems):
            told = entry
    return told


def _open_things(inside: Sequence[Word], language: str, *, still: bool) -> set[str]:
    """The roots of a sentence that has something open, where it must, “still” or “already”; none of another one, or of
    one that denies it."""
    own, folded = grammar(language), {w.folded for w in inside}
    if not _opens(inside, own.opening, own.closing) or not folded.isdisjoint(own.denials | own.negations):
        return set()
    closed = any(word.startswith(own.closing) for word in folded)
    if closed or (still and folded.isdisjoint(word_list(language, "still"))):
        return set()
    return {root(word.text, language) for word in inside}


def _next_sentence(said: Statement) -> list[Word]:
    """The words of the sentence behind a statement's: up to a gap of more than a space before a capital."""
    end = max(c.span.end for c in (said.clause, *said.around))
    listed: list[Word] = []
    for word in (w for w in said.text if w.start >= end):
        if listed and word.start - listed[-1].end > 1 and word.text[0].isupper():
            break
        listed.append(word)
    return listed


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
