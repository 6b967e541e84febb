"""Figures that no fact gives as such, and that follow from those it gives."""

from __future__ import annotations

from itertools import combinations

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.arithmetic import same_clock
from inedit.guard.nlp.grammar import grammar
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, YEAR

_FAMILY = 4  # letters that « appels » and « appelle » share


def is_worked_out(entry: Entry, said: Statement, known: Evidence) -> bool:
    """« Douze envois pour 348 € : cela met le colis à 29 € », « deux adultes, 14 € »: a price of ours times or by a
    number that stands beside it, in the text or in the fact, and a word of the fact."""
    mine, theirs = said.quantity.value, entry.quantity.value
    if said.quantity.dimension not in CURRENCIES or entry.quantity.dimension != said.quantity.dimension:
        return False
    if not mine or not theirs or mine == theirs or entry.stems.isdisjoint(sentence_stems(said)):
        return False
    inside = {
        e.quantity.number for e in known.entries if e.fact == entry.fact and e.quantity is not entry.quantity
    }
    return any(
        number > 0 and number != 1 and (theirs * number == mine or (mine * number == theirs))
        for number in said.counts & said.beside | inside  # « 2 ans » multiplies no price
    )


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
    return any(
        abs(first - second) * moments[1] == said.quantity.value for first, second in combinations(values, 2)
    )


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
    """“When 7.40 comes round” of “at 7.40”: a time of a fact's without its preposition."""
    value = said.quantity.value
    if said.quantity.dimension != COUNT or entry.quantity.dimension != "time" or value % 1 == 0:
        return False
    return int(value) * 60 + value % 1 * 100 == entry.quantity.value


def is_an_hour(entry: Entry, said: Statement, language: str) -> bool:
    """« La boutique ferme à 18 h 30 » of « de 9 h à 18 h 30 »: the end that the verb names, or either one where both
    stand in the sentence."""
    given, quantity = entry.quantity, said.quantity
    if given.dimension != "time" or not given.bound or quantity.dimension != "time" or quantity.bound:
        return False
    if not same_clock(given.value, quantity.value):
        return False
    own, stand = grammar(language), [w.folded for c in (said.clause, *said.around) for w in c.words]
    closes = any(word.startswith(own.closing) for word in stand)
    opens = any(word.startswith(own.opening) and not word.startswith(own.closing) for word in stand)
    ends = {
        "low": opens and quantity.approximate in ("", "from"),
        "high": closes and quantity.approximate in ("", "under"),
    }
    return ends[given.bound]
