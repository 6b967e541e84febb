"""Figures that no fact gives as such, and that follow from those it gives."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from inedit.guard.evidence.index import Entry, Evidence
from inedit.guard.evidence.opening import is_an_hour
from inedit.guard.evidence.polarity import polarity
from inedit.guard.evidence.relations.shared_words import alike
from inedit.guard.evidence.statements import Statement
from inedit.guard.evidence.subjects import sentence_stems
from inedit.guard.nlp.arithmetic import TENTHS, same_amount
from inedit.guard.nlp.dates import month_names
from inedit.guard.nlp.grammar import Clause, grammar, is_content, root
from inedit.guard.nlp.language_data import primary
from inedit.guard.nlp.proofreading.german_words import verb_core
from inedit.guard.nlp.quantity import COUNT, CURRENCIES, YEAR, Quantity
from inedit.guard.nlp.text import words


def is_derived(entry: Entry, said: Statement, known: Evidence, year: int) -> bool:
    """Whether a figure that a fact does not give as such follows from one that it gives, beside words of that fact."""
    return (
        is_worked_out(entry, said, known)
        or is_between(entry, said, known)
        or is_done_so_often(entry, said)
        or is_bare_time(entry, said)
        or is_an_hour(entry, said, known.language)
        or is_part_of_whole(entry, said, known, year)
        or is_multiple(entry, said, known, year)
        or is_rest(entry, said, known)
        or is_later_month(entry, said)
    )


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


def is_part_of_whole(entry: Entry, said: Statement, known: Evidence, year: int) -> bool:
    """“one in nine” of « 212 appels … 24 »: a share that two counts of one fact give, of which the sentence says
    something; ``entry`` is the smaller count."""
    mine = entry.quantity
    if said.quantity.dimension != "percent" or mine.dimension != COUNT or mine.value <= 1 or mine.approximate:
        return False
    if said.quantity.whole > TENTHS:
        return False  # « 41 cuisines sur 60 » gives counts, which are compared as such
    if entry.stems.isdisjoint(sentence_stems(said)):
        return False
    shares = (mine.value * 100 / whole for whole in _counts_beside(entry, known) if whole > mine.value)
    return any(_is_about(share, mine, said, year) for share in shares)


def is_multiple(entry: Entry, said: Statement, known: Evidence, year: int) -> bool:
    """“more than five times as often” of « 131 … 24 »: how many times one count of a fact is the other."""
    mine = entry.quantity
    if said.quantity.dimension != "times" or mine.dimension != COUNT or mine.value <= 1:
        return False
    if entry.stems.isdisjoint(sentence_stems(said)):
        return False
    smaller = (other for other in _counts_beside(entry, known) if 1 < other < mine.value)
    return any(_is_about(mine.value / other, mine, said, year) for other in smaller)


def is_rest(entry: Entry, said: Statement, known: Evidence) -> bool:
    """« Trentotto non hanno messo foglie » of 300 of which 262 did: what is left of a count, denied as it must be."""
    mine = entry.quantity
    denials = grammar(known.language).denials
    denied = said.clause.has(denials) is not entry.statement.clause.has(denials)
    if {said.quantity.dimension, mine.dimension} != {COUNT} or not denied:
        return False
    rest = {whole - mine.value for whole in _counts_beside(entry, known)}
    return said.quantity.value in rest and not entry.stems.isdisjoint(sentence_stems(said))


def is_affirmed_rest(entry: Entry, said: Statement, known: Evidence) -> bool:
    """“38 came into leaf” of 300 plum trees of which 262 did: what is left of a count, said to do what the others did;
    the text tells another count of the fact too."""
    mine, number, language = entry.quantity, said.quantity.value, known.language
    if mine.dimension != COUNT or said.quantity.dimension != COUNT or mine.value in (number, 0):
        return False
    beside = _counts_beside(entry, known)
    if number not in {whole - mine.value for whole in beside} or mine.value * 2 == mine.value + number:
        return False
    own = [e.statement for e in known.entries if e.fact == entry.fact and e.quantity.value == number]
    if any(not _denies(one.clause, language) for one in own):
        return False  # « tres casas … 9, 8 y 6 »: a count of its own
    told = said.counts & (beside | {mine.value}) - {number}
    if not told or _denies(said.clause, language) or _denies(entry.statement.clause, language):
        return False
    done = [w for w in entry.statement.clause.words if w.start >= mine.span.end and is_content(w, language)]
    stems = {verb_core(root(w.text, language), language) for w in done} - {entry.statement.counted}
    if len(stems) != 1:  # « enterraient trop profond » may be done otherwise
        return False
    return any(alike(one, verb_core(other, language)) for one in stems for other in said.clause.stems)


def _denies(clause: Clause, language: str) -> bool:
    own, lexicon = grammar(language), polarity()[primary(language)]
    return clause.has(own.denials | own.negations) or any(
        w.folded.startswith(lexicon.absence) and len(w.folded) > 3 for w in clause.words
    )


def is_later_month(entry: Entry, said: Statement) -> bool:
    """“September 2026” of “In May 2026 … In September …”: a month that the fact names without its year."""
    given, quantity = entry.quantity, said.quantity
    if (
        quantity.dimension != "month"
        or given.dimension != "month"
        or given.value // 100 != quantity.value // 100
    ):
        return False
    named = {w.folded for w in words(entry.fact.text) if w.start >= given.span.end}
    return quantity.value > given.value and not named.isdisjoint(
        month_names(int(quantity.value % 100), entry.fact.language)
    )


def _counts_beside(entry: Entry, known: Evidence) -> set[Decimal]:
    return {
        e.quantity.value
        for e in known.entries
        if e.fact == entry.fact and e.quantity.dimension == COUNT and e.quantity.value != entry.quantity.value
    }


def _is_about(value: Decimal, given: Quantity, said: Statement, year: int) -> bool:
    worked = replace(
        given, value=round(value, 2), number=Decimal(0), dimension=said.quantity.dimension, counted=""
    )
    return same_amount(worked, said.quantity, year)


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
